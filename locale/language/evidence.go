package language

import (
	"strings"
	"sync"
)

// What a character or a word says.
const (
	onlyChinese = iota + 1
	onlyCantonese
	onlyJapanese

	english
	foreign
)

// Characters that one language uses all the time, and the others hardly or never.
const (
	chineseCharacters = "是你您她它们們这那哪么麼怎沒吗嗎吧啊呀很还让给跟从從说說话谢时对个发过为开关问题现样进动种经头实业东见车长门间听" +
		"读买卖钱饭书电视脑网络请亿产价优传伤众刘别办务劳势华单卫厂历压县变员响团园图圆场坏块处备复够妈孙导岁师带帮广应库" +
		"张录态怀总战户执扩护报择损换无术杀杂权极构标树检欢汉汤沟泪泽洁济测浓涨满滚灵炼热爱爷牵狮猎环盐监盖盘矿码确离积稳" +
		"穷竞笔简类级纪约红纯纸线练组细织终绍结绝统继绩续维绿缓编缘缩缺罗罚耻聪职联肤肿胜脏脸艺节苏苹药获营萨虽蚁补衬袜规" +
		"观览觉订认讨议讯记讲许论设访证评识诉词译试诗诚诞该详语误调谁谈谓财责败货质贩贪购贯贵贴费贺资赏赔赖赛赞赢趋跃踪躲" +
		"转轮软轻载较辆输辑边达迁运违连迟适选递逻遗邮邻郑鉴针钟铁银锁锅错键镇镜闭闲闻阅队阳阴阵阶际陆陈险隐难雾韩页顶顺须" +
		"顾顿预领频颗颜额风飞马驱驶驾骂验骑骗鱼鲜鸟鸡鸭鸿齐齿龙龟妳哦嗯嘛啦咱俩儘滿點樣麽喔噢"
	cantoneseCharacters = "嘅咗唔哋喺冇嚟啲嗰咁佢乜嘢咩嘥噉攞搵諗谂瞓唞嗌冚啱畀嘞喎啩嚿揸揼氹掟孭屙撳睇嬲攰冧嗱吖曱甴囝餸"
	japaneseCharacters  = "込働畑辻峠枠栃匂塀図円駅気実対広売読続転単戦県帰悪楽検権歴沢渋済焼経総緑縄覚観訳変酔釈鉄銭関雑霊頼顔験黒歯発稲穂" +
		"粛両価児処剤剣労効勧勲営団囲圧塁塩壊壌嬢専巻帯庁弾従徳応恵拝拠拡挙挿捜揺摂斎暁暦栄桜桟様毎涙浄渇滝犠猟獣産畳疎砕" +
		"穏竜粋絵継繊聴脳臓舗荘薫蔵薬蛍譲賛辺逓遅郷醸鋭錬録閲陥険隠隣顕髄髪鶏麺黙齢"
)

// Latin words that are in every text of some length.
const (
	englishWords = "the of and to in is it for that you with on this are as at have not or by we can will be was from i he she they " +
		"your my what how please do does if has an but there which when would should could been their its more about all one " +
		"so out up just like into than then them these some who me our no yes hello hi thanks thank good i'm it's don't you're can't let's"
	foreignWords = "le les des est et un une du pour dans que qui pas sur plus avec ce il je vous nous sont mais bonjour merci " +
		"der die das und ist nicht ein eine ich zu mit sie den von auf es dem wir auch bitte danke " +
		"el los las por una con para del se lo como pero hola gracias esto " +
		"o os um uma com em da dos na obrigado ou muito " +
		"di che non per sono della gli ciao grazie questo anche " +
		"het een van niet zijn dat op te voor aan met " +
		"yang dan untuk dengan ini itu tidak dari pada adalah akan saya kamu terima kasih apa"
)

const maxWord = 8 // bytes of the longest of them

var commonWords = sync.OnceValue(func() map[string]uint8 {
	words := make(map[string]uint8)
	for _, word := range strings.Fields(foreignWords) {
		words[word] = foreign
	}
	for _, word := range strings.Fields(englishWords) {
		words[word] = english
	}
	return words
})

// A characterTable has what each character of the main block says.
type characterTable [0x5200]uint8

func (t *characterTable) of(r rune) uint8 {
	if i := r - 0x4E00; 0 <= i && int(i) < len(t) {
		return t[i]
	}
	return 0
}

var characters = sync.OnceValue(func() *characterTable {
	t := &characterTable{}
	for _, list := range []struct {
		characters string
		says       uint8
	}{{japaneseCharacters, onlyJapanese}, {chineseCharacters, onlyChinese}, {cantoneseCharacters, onlyCantonese}} {
		for _, r := range list.characters {
			if i := r - 0x4E00; 0 <= i && int(i) < len(t) {
				t[i] = list.says
			}
		}
	}
	return t
})
