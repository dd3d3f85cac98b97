package number

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Words around a number that make it approximate.
var (
	approxBefore = []string{"大约", "大約", "大概", "差不多", "将近", "將近", "接近", "约莫", "約莫", "约", "約", "近"}
	approxAfter  = []string{"左右", "上下"}
)

// Characters before 约 and 近 that make them other words: 预约三个, 附近三家.
const beforeAbout = "就最附远遠靠接邻鄰临臨亲親贴貼相预預节節合签簽条條契违違邀解履失相特制誓大"

// Characters before 负 that make it another word: 胜负三局.
const beforeMinus = "胜勝欺担擔抱辜自肩"

// Characters behind 来 that make 一千来 a number. 一千来 before others may be a number and a verb: 五千来自, 花一千来场.
const afterThousand = "个個人名位户戶家块塊元毛钱錢斤公里米吨噸克尺亩畝只隻条條本件辆輛台臺匹棵篇字步平美港欧歐"

// Characters before 半 that make it another word: 大半杯.
const beforeHalf = "多大过過小对對下上各参參"

// What 多, 来, 余, 成 and 折 must not be followed by, because the character then begins another word.
var (
	afterTenth = strings.Fields(`员 員 功 年 为 為 立 本 交 分 果 绩 績 就 长 長 品 人 语 語 不 群 都 熟 活 批 套 百
		对 對 双 雙 倍`)
	afterDiscount = strings.Fields("叠 疊 腾 騰 磨 断 斷 返 射 扇 纸 紙 成 线 線 算 桌 椅")
	afterRest     = strings.Fields("额 額 下 生 地 款 热 熱 波 味 姚 杭 家 先 华")
	afterCome     = strings.Fields("自 了 到 临 臨 源 访 訪 电 電 信 宾 賓 得 回 看 说 說 往 历 歷 不 年 袭 襲 世 者")
	afterMany     = strings.Fields("少 么 麼 样 樣 元化 媒 云 雲 谢 謝 亏 虧 半 次元")
)

func afterMore(r rune) []string {
	switch r {
	case '来', '來':
		return afterCome
	case '余', '餘':
		return afterRest
	}
	return afterMany
}

// notOrdinal lists words that begin like an ordinal.
var notOrdinal = strings.Fields("第三方 第三者 第三世界 第三产业 第三產業 第二产业 第二產業 第一产业 第一產業 第一手 第一线 第一線 第六感 第一夫人 第一时间 第一時間 第二春 第五纵队 第五縱隊")

// counted lists the characters that follow a number when things are counted. In a sentence a single
// digit is a number only before one of them or when it stands alone.
const counted = `个個位名只隻条條张張本件杯碗瓶块塊元角毛钱錢分秒天年月日周週号號点點时時小刻岁歲斤两兩克吨噸米里公
千毫厘釐英尺寸度次遍趟部台臺辆輛架艘座栋棟间間层層楼樓家所队隊组組班群对對双雙套份篇章节節页頁行句段首种種项項步
届屆期批排串堆袋包盒箱罐桶盘盤锅鍋头頭匹根支枝颗顆粒朵棵扇床百十万萬亿億成折倍代集场場门門道回味口员員星级級
磅升字人元圆圓路线線等之礼禮星％%/枚款轮輪课課局季打筆笔滴幅株席顿頓卷盏盞扎束瓣剂劑格帧幀平立亩畝顷頃海加盎
兆斗石担擔里哩码碼呎吋摄攝华華餐丈壶壺听聽`

// words are common words that hold a numeral but are not numbers, with their traditional forms.
const words = `一下 一些 一样 一樣 一直 一般 一定 一起 一切 一旦 一向 一律 一致 一面 一边 一邊 一生 一共 一再 一同 一齐 一齊 一带 一帶
一味 一概 一举 一舉 一体 一體 一流 一线 一線 一时 一時 一会 一會 一会儿 一會兒 一看 一阵 一陣 一番 一路 一身 一心 一手 一方面 一点 一點 一代 一并 一併
一贯 一貫 一连 一連 一瞬 一度 一经 一經 一系列 一把手 一本正经 一本正經 一口气 一口氣 一目了然 一步步 一步一步 一天天 一家人 一家子
一个个 一個個 一件件 一张张 一張張 一句话 一句話 一头雾水 一頭霧水 一成不变 一成不變 一级棒 一等奖 一等獎 一股 一元一次 一元二次 二元一次 一加 一五一十 一团 一團 一行人
一日三餐 一路平安 一路顺风 一路順風 一次性 一回事 一码事 一碼事 一分钱一分货 一帆风顺 一帆風順 一毛不拔 一层层 一層層 一场空
统一 統一 唯一 惟一 万一 萬一 专一 專一 双十一 雙十一 双十二 雙十二 双11 双12 单一 單一 逐一 同一 任一 均一 划一 劃一 之一 其一 不一 星期一 周一 週一 礼拜一 禮拜一 合一
二手 二胡 二维码 二維碼 二哥 二姐 二叔 二话不说 二話不說 二线 二線 二级 二級 二等 二十四节气 二十四節氣 二十八宿 无二 無二 不二 第二
三明治 三国 三國 三角 三文鱼 三文魚 三亚 三亞 三星 三峡 三峽 三军 三軍 三轮车 三輪車 三番五次 三五成群 三三五五 三心二意 三言两语 三言兩語 三长两短
三長兩短 三三两两 三三兩兩 三天两头 三天兩頭 三分球 三维 三維 三脚架 三腳架 三角形 三等 三级 三級 三线 三線 三头六臂 三頭六臂 三令五申
三七二十一 二八定律 二一添作五 九牛一毛 九九乘法 九九归一 五五开 十一黄金周 十一假期 十一期间 四川 四季 四周 四週 四处 四處 四肢 四面八方 四方 四海 四合院 四分五裂 四通八达 四通八達 四平八稳 四平八穩 四级 四級 四六级 四六級
五金 五官 五谷 五花八门 五花八門 五颜六色 五顏六色 五星级 五星級 五星红旗 五角星 五湖四海 五脏 五臟 五行 五线谱 五線譜 五福 五一
六安 六神 六一 六级 六級 七夕 七上八下 七嘴八舌 七手八脚 七手八腳 七星 乱七八糟 亂七八糟 横七竖八 七零八落 七高八低 杂七杂八 三下五除二 半斤八两 半斤八兩 四两拨千斤 七老八十 八字 参股 參股 参战 參戰 参军 參軍 参演 參演 参展 參展 参选 參選 参保 參保 参会 參會 参拜 參拜 参谋 參謀 参照 參照 参议 參議 参见 參見 参阅 參閱 参透 參透 参政 參政 参禅 參禪 参评 參評 参赛 參賽 半身 二项式 二項式 三项式 多项式 二项分布 二項分佈 负二项 生辰八字 高八度 低八度 八度音 五角场 五角大楼 三元桥 三块石 七尺男儿 一元复始 一寸光阴 三人成虎 一人得道 十人十色 三生有幸 五体投地 六亲不认 七窍 九死一生 一日千里 一诺千金 两败俱伤 四大皆空 八面玲珑 半身不遂 半身像 八卦 八仙 八宝 八寶 八成是 八角 八级
九寨 九江 九龙 九龍 九州 九霄 九一八 八一 十一长假 十分 十足 十堰 十全十美 十字 十月怀胎 十万火急 十萬火急 十指 十里洋场 十之八九 十有八九
百度 百货 百貨 百姓 百科 百合 百分点 百分點 百分比 百分制 百般 百事 百无 百無 百忙 百里挑一 百发百中 百發百中
千万 千萬 千克 千米 千瓦 千卡 千赫 千帕 千伏 千焦 千升 千字文 千古 千金 千家万户 千家萬戶 千方百计 千方百計 千变万化 千變萬化
千山万水 千山萬水 千丝万缕 千絲萬縷 千篇一律 千军万马 千軍萬馬 千辛万苦 千辛萬苦 千言万语 千言萬語 千奇百怪 千载难逢 成千上万 成千上萬
成百上千 万能 萬能 万物 萬物 万岁 萬歲 万分 萬分 万众 萬眾 万事 萬事 万象 萬象 万达 萬達 万科 萬科 万圣 萬聖 万全 萬全
万维网 亿万 億萬 千千万万 千千萬萬 万万没 萬萬沒 万万不 萬萬不 挑一 一一 两两 兩兩 两岸 兩岸 两会 兩會 两性 兩性 两旁 兩旁 两侧 兩側 两边 兩邊
两面 兩面 两手 兩手 两头 兩頭 两口子 兩口子 两家人 斤两 斤兩 几乎 幾乎 几何 幾何 几时 幾時 几率 幾率 数学 數學 数据 數據 数字 數字
数量 數量 数码 數碼 数百万计 半天 半岛 半島 半路 半夜 半径 半徑 半途 半场 半場 半决赛 半決賽 半边天 半邊天 半导体 半導體 半成品 半信半疑
零食 零件 零售 零钱 零錢 零花 零星 零碎 零部件 零散 零距离 零距離 零下 清零 归零 歸零 凋零 大陆 大陸 着陆 著陸 登陆 登陸 陆续 陸續 陆军 陸軍
参加 參加 参考 參考 参与 參與 参观 參觀 参数 參數 人参 人參 肆意 放肆 队伍 隊伍 入伍 退伍 落伍 伍佰 收拾 拾取 拾起 拾遗 京兆
3D 2D 2G 3G 4G 5G 6G 4K 8K 2K 1080P 1080p 720p 720P 4S 7Z`

// numbers are exceptions to words: they begin like one but are numbers after all.
const numbers = `八字以内 八字以下 一下午 一点钟 一點鐘 十分钟 十分鐘 十分之 百分之 千分之 万分之 萬分之 百万分之 千万分之 一会期 一时间 两会儿 一千万 一千萬
几千万 几百 几千 数百 数千 一线城市 三角钱 一角钱 八角钱 一面墙 一面旗 一面镜 一度电 一度電 一手牌 一代人 三等份 四季度 一定金 百年前 百年后
五行字 两手牌 千万元 千萬元 千万级 千万美元 千万人 千万次 千万个 千万年 三级台阶 一等份 五一八 六一二 八一六 三星级 三星級 两会期
四周后 四周前 四周内 四周时间 半夜三更`

// word is one entry of words or numbers, as seen from a numeral in it.
type word struct {
	text   string
	offset int // of the numeral within text
	number bool
}

// beside names the words to look at: those with this first numeral and this character behind it or, in those
// that it ends, before it.
type beside struct {
	numeral, character rune
	before             bool
}

// wordsAt holds every word under its first numeral character and what is beside it.
var wordsAt = sync.OnceValue(func() map[beside][]word {
	m := make(map[beside][]word)
	add := func(text string, number bool) {
		before := rune(0)
		for i, r := range text {
			if t := classify(r); t.kind == other && r != '半' && (r < '0' || r > '9') {
				before = r
				continue
			}
			after, w := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			key := beside{r, after, false}
			if w == 0 {
				key = beside{r, before, true}
			}
			m[key] = append(m[key], word{text, i, number})
			return
		}
	}
	for _, w := range strings.Fields(words) {
		add(w, false)
	}
	for _, w := range strings.Fields(numbers) {
		add(w, true)
	}
	return m
})

// wordOver returns the longest known word that the numeral r at i is the first numeral of.
func wordOver(s string, i int, r rune) (w word, ok bool) {
	m := wordsAt()
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after := rune(0)
	if k := i + utf8.RuneLen(r); k < len(s) {
		after, _ = utf8.DecodeRuneInString(s[k:])
	}
	for _, list := range [...][]word{m[beside{r, after, false}], m[beside{r, before, true}]} {
		for _, c := range list {
			from := i - c.offset
			if from < 0 || len(c.text) <= len(w.text) || !strings.HasPrefix(s[from:], c.text) {
				continue
			}
			if end := from + len(c.text); end < len(s) && inWord(rune(s[end-1])) && inWord(rune(s[end])) { // 3G, but not of 3GB
				continue
			}
			w, ok = c, true
		}
	}
	return w, ok
}
