package speech

import (
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// traditionalPairs are the simplified characters that tables and rules here add to a text, each with its traditional form.
const traditionalPairs = "点點万萬亿億负負个個两兩时時钟鐘块塊钱錢镑鎊欧歐号號页頁东東币幣韩韓卢盧宾賓兰蘭泽澤罗羅马馬来來亚亞门門圆圓铢銖伦倫维維约約线線顿頓摄攝华華开開尔爾压壓标標准準气氣电電库庫韦韋贝貝吨噸纳納厘釐码碼顷頃亩畝节節转轉国國际際单單为為于於减減问問杠槓划劃术術数數双雙张張级級间間连連场場战戰这這书書费費银銀铁鐵录錄类類积積汉漢无無发發后後脸臉泪淚爱愛红紅绿綠蓝藍黄黃烟煙赞讚飞飛机機车車龙龍猫貓鸡雞鱼魚鸟鳥颗顆烛燭礼禮奖獎话話脑腦邮郵笔筆闹鬧灯燈锁鎖钥鑰锤錘药藥针針凉涼阳陽云雲风風热熱乐樂画畫听聽声聲灵靈梦夢众眾网網见見觉覺视視计計认認识識让讓语語说說请請调調谁誰贴貼赛賽赢贏趋趨跃躍轮輪软軟输輸达達运運进進远遠迁遷选選适適郁鬱酱醬释釋错錯镜鏡长長闪閃闭閉队隊阵陣险險随隨难難雾霧韵韻须須顾顧预預频頻题題颜顏额額饭飯饮飲饼餅驾駕验驗骑騎鸭鴨鹅鵝麦麥齐齊龟龜叹嘆惊驚恶惡拥擁闻聞写寫图圖园園圣聖坚堅坏壞处處备備复復头頭夺奪奋奮奥奧妈媽娱娛婴嬰孙孫学學宁寧宝寶实實宠寵审審宪憲宽寬对對寻尋导導寿壽将將尘塵尽盡层層属屬岁歲岛島师師帅帥带帶帮幫广廣庄莊庆慶应應庙廟废廢弃棄弹彈强強归歸当當彻徹径徑忆憶忧憂怀懷态態怜憐总總恋戀恼惱悬懸惯慣愿願"

var traditionalForms = sync.OnceValue(func() map[rune]rune {
	forms := make(map[rune]rune, len(traditionalPairs)/6)
	var simplified rune
	for i, r := range []rune(traditionalPairs) {
		if i%2 == 0 {
			simplified = r
			continue
		}
		forms[simplified] = r
	}
	return forms
})

// traditionalOf returns the traditional form of a character that is added to a text.
func traditionalOf(r rune) rune {
	if t, ok := traditionalForms()[r]; ok {
		return t
	}
	return r
}

// simplifiedOnly are common characters that no traditional text has.
const simplifiedOnly = "们这个来时为会说对发动学问开关东车长门见马书电话点号气国图员单厂广产业务两块钱万亿负语请让谁谢过还进远选总统战际间问题网页"

// isTraditional reports whether a text is written in traditional characters, by what it has more of.
func isTraditional(s string) bool {
	k := fold.Script.Span(s)
	if k == len(s) {
		return false
	}
	traditional, simplified := 0, 0
	for i, r := range s {
		switch {
		case !isHan(r):
		case i >= k && fold.Script.Rune(r) != r:
			traditional++
		case strings.ContainsRune(simplifiedOnly, r):
			simplified++
		}
	}
	return traditional > simplified
}
