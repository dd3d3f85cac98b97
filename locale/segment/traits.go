package segment

// A trait is a set of things that the rules know of a character.
type trait uint16

const (
	numeral     trait = 1 << iota // stands for a number
	figure                        // stands for a digit
	scale                         // 十, 百, 千, 万, 亿
	ordinal                       // 第
	vague                         // makes a number of the scale after it
	beyond                        // says that a number is somewhat more
	foreign                       // is used to write foreign names
	foreignly                     // is used for little else
	division                      // says what kind of place a name is of
	suffix                        // makes another word of the word before it
	family                        // is a surname
	familyStart                   // starts a surname of two characters
	familyEnd                     // ends one
	impersonal                    // does not end a person's name
	arabic                        // is a digit from 0 to 9
	dotted                        // is a dot as in names
)

const (
	numbering = numeral | vague | ordinal      // may start a number
	naming    = family | familyStart | foreign // may start a name
	suffixing = suffix | division              // may be a suffix
)

// counting has the traits of a first character that count in a piece of no place, of one, two, and more places.
var counting = [...]trait{0, ^familyStart, ^(family | suffix | division), ^(family | familyStart | suffix | division)}

// counted returns those of the traits of a first character that count in a piece of so many places.
func (t trait) counted(places int) trait { return t & counting[min(places, len(counting)-1)] }

// traitsOf has the characters with each trait, simplified.
var traitsOf = []struct {
	trait trait
	runes string
}{
	{numeral, "〇○零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅兆"},
	{figure, "〇○零一二三四五六七八九"},
	{scale, "十百千万亿拾佰仟兆"},
	{ordinal, "第"},
	{vague, "几数"},
	{beyond, "多余来几"},
	{division, "省市县镇乡村州"},
	{impersonal, "塔寺汤酒式型科属路街桥楼庙河县市区省乡镇村堂殿院馆店厂站港氏人国军党族语话会部洲湾饭菜面肉糖茶的了是和在说道有不也就都被把从我你他她它这那曾又却即均已便及或等后以而则该由因向对将让给比跟到获任称"},
	{suffix, "们者性化型式"},
	{foreign, "鲍黛阿埃艾安奥巴班邦保贝本比彼毕宾波勃博伯布查茨达戴丹道德邓迪蒂丁杜多顿朵厄恩尔法凡方菲费芬丰冯佛夫弗福盖甘冈高戈哥格葛贡古瓜圭哈海汉豪赫黑亨洪" +
		"胡华霍基吉季加伽贾焦杰金津卡凯坎康考柯科可克肯孔库夸昆拉莱兰朗劳勒雷黎里利莉力立丽理列烈林琳留隆卢鲁路伦罗洛吕马玛迈麦曼毛梅门蒙米密明缪摩莫默姆" +
		"穆纳娜奈南内尼妮涅宁纽农努诺欧帕潘庞培佩彭蓬皮平珀泼普契齐奇恰钱乔切钦琼丘热仁日荣茹儒瑞若撒萨塞赛桑瑟森沙莎山尚绍舍申生圣施诗什史士舒朔斯丝思" +
		"松苏索塔泰坦汤唐陶特腾提田帖廷通图托脱瓦万汪旺威韦维魏温文翁沃乌武伍西希席锡夏香肖谢欣辛兴休许雅亚延扬杨耶叶伊宜易因英尤雨约赞泽曾扎詹珍芝朱兹" +
		"祖佐"},
	{foreignly, "埃艾朗奥蒂芬尔菲弗茨迪戈格哈赫霍卡凯科克肯库拉莱勒黎莉伦罗洛玛姆穆纳娜尼妮涅诺努帕佩皮珀普契瑞若撒萨塞瑟莎斯丝索塔坦廷图托瓦威韦维沃乌希" +
		"锡夏谢亚扬耶伊尤泽扎詹兹佐夫德特基巴贝布达顿恩法费丹杜吉贾杰莫默摩欧潘乔切琼桑森泰"},
}

// readTraits returns the traits of the characters, by their codes.
func (x *lexicon) readTraits(codes int) []trait {
	traits := make([]trait, codes)
	for _, t := range traitsOf {
		for _, r := range t.runes {
			traits[x.basic[r].code] |= t.trait
		}
	}
	traits[0] = 0
	return traits
}
