package ondevice

import (
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// maxRunes bounds what is taken for a command; longer text is prose.
const maxRunes = 160

// A text is one sentence prepared for understanding: folded characters that still know where they
// stood in the sentence. Spaces are dropped, except between two Latin words.
type text struct {
	raw    string
	runes  []rune
	offset []int   // byte offset of each rune in raw, and one more for the end
	tokens []token // the longest word that starts at each rune
}

func newText(raw string) *text {
	t := &text{raw: raw}
	for i, r := range raw {
		r = fold(r)
		if unicode.IsSpace(r) {
			if !t.betweenWords(i) {
				continue
			}
			r = ' '
		}
		t.runes = append(t.runes, r)
		t.offset = append(t.offset, i)
		if len(t.runes) > maxRunes {
			break
		}
	}
	t.offset = append(t.offset, len(raw))
	t.tokens = tokenize(t.runes)
	return t
}

// betweenWords reports whether the space at byte i parts two Latin words.
func (t *text) betweenWords(i int) bool {
	if n := len(t.runes); n == 0 || !isLatin(t.runes[n-1]) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(t.raw[i:], unicode.IsSpace))
	return isLatin(fold(next))
}

// at returns the index of the first rune at or after byte offset b.
func (t *text) at(b int) int { return sort.SearchInts(t.offset[:len(t.runes)], b) }

// slice returns the original words of the runes [from, to), and their byte offsets without the space
// around them.
func (t *text) slice(from, to int) (s string, start, end int) {
	if from >= to {
		return "", t.offset[from], t.offset[from]
	}
	start = t.offset[from]
	_, size := utf8.DecodeRuneInString(t.raw[t.offset[to-1]:])
	end = t.offset[to-1] + size
	return t.raw[start:end], start, end
}

// fold maps forms of a character that mean the same in a command to one: full width to half width,
// capitals to small letters, traditional to simplified.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	if f := width.LookupRune(r).Folded(); f != 0 {
		r = f
	}
	if s, ok := simplified()[r]; ok {
		return s
	}
	return unicode.ToLower(r)
}

func foldString(s string) []rune {
	out := make([]rune, 0, utf8.RuneCountInString(s))
	for _, r := range s {
		if r = fold(r); !unicode.IsSpace(r) {
			out = append(out, r)
		}
	}
	return out
}

func isLatin(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// simplified maps the traditional characters that occur in spoken commands. It serves comparison
// only; what is handed to a tool keeps the user's own script.
var simplified = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, len(scripts)/(2*3))
	rs := []rune(scripts)
	for i := 0; i+1 < len(rs); i += 2 {
		m[rs[i]] = rs[i+1]
	}
	return m
})

// scripts holds pairs of a traditional character and its simplified form.
const scripts = "" +
	"個个們们來来這这時时會会說说對对開开關关閉闭啟启動动電电燈灯風风調调溫温設设鬧闹鐘钟鈴铃點点後后間间兩两萬万億亿單单換换轉转輛辆車车門门簾帘廳厅" +
	"臥卧廚厨書书買买賣卖購购錢钱價价訂订號号機机視视聽听樂乐聲声響响靜静讓让請请煩烦幫帮給给謝谢難难題题問问誰谁麼么為为裡里裏里還还從从進进過过遠远" +
	"長长寬宽測测計计數数學学習习課课師师醫医藥药飯饭館馆飲饮麵面湯汤雞鸡魚鱼豬猪龍龙鳥鸟貓猫馬马經经濟济網网絡络線线連连斷断錯错誤误記记錄录寫写讀读" +
	"詞词詩诗語语譯译總总結结統统級级終终組组織织紅红綠绿藍蓝黃黄變变強强減减圖图畫画節节國国慶庆親亲愛爱歡欢憂忧傷伤氣气雲云霧雾陽阳陰阴熱热涼凉濕湿" +
	"乾干爛烂壞坏舊旧壓压縮缩檔档碼码軟软體体鍵键盤盘螢荧顯显發发佈布郵邮訊讯簡简報报紙纸雜杂誌志專专輯辑場场園园區区縣县鄉乡鎮镇臺台灣湾廣广東东軌轨" +
	"鐵铁飛飞運运輸输達达離离邊边與与並并無无實实現现應应該该當当將将許许願愿歲岁歷历處处務务業业員员職职責责貴贵賓宾賽赛贏赢選选擇择種种類类樣样條条" +
	"項项張张雙双頭头腦脑臉脸髮发齒齿腳脚腫肿復复複复練练跡迹遊游戲戏劇剧藝艺術术導导觀观眾众療疗養养護护產产農农稅税貸贷債债帳账戶户銀银證证險险規规" +
	"則则團团隊队黨党軍军戰战爭争殺杀槍枪彈弹搶抢騙骗竊窃審审訴诉訟讼衛卫潔洁淨净掃扫濾滤爐炉鍋锅壺壶櫃柜櫥橱鎖锁鑰钥鏡镜傘伞襪袜褲裤襯衬領领帶带圍围" +
	"鈕钮釦扣針针紗纱綢绸緞缎絲丝錶表週周禮礼夠够幾几憶忆惡恶懶懒懷怀態态慣惯慮虑獨独獎奖獲获環环瑪玛畢毕異异癢痒監监盡尽睏困礎础確确禦御積积稱称穩稳" +
	"窮穷競竞築筑籃篮糧粮紀纪約约紋纹純纯細细紹绍絕绝綜综維维緊紧編编緩缓績绩繞绕繪绘繳缴續续聞闻聯联肅肃脈脉膽胆臨临舉举艦舰莊庄華华葉叶蘋苹蘭兰蟲虫" +
	"補补裝装製制見见覺觉觸触討讨訓训託托訪访評评試试話话詢询詳详誠诚論论諸诸謀谋議议讚赞豐丰負负財财貢贡貨货費费資资質质賴赖趕赶趙赵載载輕轻輪轮辦办" +
	"遞递遲迟適适遺遗鄰邻醬酱釋释鈔钞鉛铅銷销錦锦鍛锻鏈链鑽钻閒闲閱阅闊阔隨随雖虽靈灵韓韩頁页順顺須须預预頓顿頻频顆颗額额顏颜顧顾飾饰餓饿驗验驚惊鬆松" +
	"鬥斗鮮鲜鹽盐齊齐齡龄倆俩倫伦偉伟側侧備备傑杰傳传傾倾僅仅儀仪優优兒儿內内冊册別别剛刚創创劃划劑剂勁劲勞劳勢势勵励勸劝協协嗎吗嘗尝噸吨嚇吓嚴严喚唤" +
	"醜丑塊块塵尘墊垫墳坟夾夹奪夺奮奋婦妇媽妈嬰婴孫孙寧宁寶宝尋寻層层屬属島岛幣币帥帅幹干庫库廁厕廈厦廟庙弔吊彎弯彙汇徑径徹彻恆恒悶闷憐怜戀恋挾挟捨舍" +
	"掛挂揀拣揚扬損损搖摇擁拥擊击擋挡擔担據据擬拟擴扩擺摆攝摄攤摊敗败敘叙敵敌於于晝昼暫暂曆历曉晓桿杆棄弃棗枣楊杨極极構构榮荣樁桩樓楼標标橋桥檢检檯台" +
	"欄栏權权歐欧歸归氈毡決决沒没況况洶汹淚泪淺浅渾浑湊凑準准溝沟滅灭滯滞滲渗滾滚滿满漁渔漢汉漲涨潑泼潤润澤泽濃浓瀏浏灑洒災灾烏乌煉炼熒荧燒烧營营爺爷" +
	"牆墙獄狱獵猎獻献畝亩痺痹瘋疯皺皱盜盗盞盏礦矿祕秘禍祸穀谷窩窝筆笔筍笋範范簽签籌筹籤签罰罚羅罗罵骂腸肠艙舱艱艰蒼苍蓋盖薦荐蘇苏虧亏蝦虾蠟蜡衝冲襲袭" +
	"認认識识諒谅講讲謊谎譜谱豎竖貝贝貿贸賠赔賢贤贈赠躍跃軸轴較较輝辉轎轿辭辞違违鄭郑鉤钩銳锐鍾钟鎢钨陳陈隱隐雛雏韻韵頂顶頌颂頸颈餘余餵喂騎骑騰腾驅驱" +
	"骯肮髒脏魯鲁鴨鸭麗丽黴霉齋斋壽寿鐳镭參参陸陆刪删鋪铺鎊镑蕭萧擾扰攪搅鬍胡隻只顛颠鋼钢鋁铝鏟铲闢辟擠挤緒绪鄧邓劉刘蔣蒋吳吴馮冯賀贺龔龚龐庞註注洩泄" +
	"喫吃佔占嗚呜"
