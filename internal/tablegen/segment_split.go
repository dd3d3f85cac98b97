package main

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Where a word of the dictionary is split by the rules of locale/segment: the dictionary has much as one word that
// hardly any standard of segmentation has so.
const (
	whole   = 0
	parted  = 1 // after its first character
	dropped = 2 // it is no word; its parts are

	onlyRules = 3 // not in the dictionary, but known to the rules
)

// A splitter decides where words are split.
type splitter struct {
	words map[string]word
	total float64
}

func newSplitter(words []word) *splitter {
	s := &splitter{words: make(map[string]word, len(words))}
	for _, w := range words {
		s.words[w.text] = w
		s.total += float64(w.frequency)
	}
	return s
}

func (s *splitter) split(w word) uint32 {
	runes := utf8.RuneCountInString(w.text)
	switch {
	case runes == 1 || keptWords[w.text]:
		return whole
	case partedWords[w.text]:
		return parted
	case droppedWords[w.text]:
		return dropped
	case counted(w, runes):
		if runes == 2 {
			return parted
		}
		return dropped
	case pronoun(w, runes):
		if runes == 2 {
			return parted
		}
		return dropped
	case particle(w, runes), s.headed(w, runes), s.compound(w, runes):
		return dropped
	}
	return whole
}

const (
	numerals = "一二两三四五六七八九十百千万亿几数多余来"

	// classifiers are the words between a numeral and a noun, and the units, that are one character.
	classifiers = "个种次名位只条件家张场座项部年天岁元吨人句声步页批段份支番股类套招根层对遍处顿门颗群副头双夜刀本杯幅封间丝笔辆篇团碗枚" +
		"届趟周架倍轮匹堆艘首圈所队株斤组串棵块片把阵台排幕朵束粒盏节枝盘班顶桩瓶帮包滴卷曲寸尺丈米里亩款扇盆捆袋桶盒缕桌章例席叠列秒栋" +
		"幢尊户代期道身两镑尾拳脚桩伙具回"
)

// units are words of several characters that follow a numeral.
var units = setOf(`分钟 小时 公里 千米 公斤 公顷 平方米 平方公里 立方米 美元 日元 港元 英镑 欧元 千瓦 千瓦时 人次 周年 平方千米 个月 周岁 个人 吨级
	辆次 万元 亿元 万吨 年 个 名 左右 元 米 里 岁 两 天 亩 次 平方 公尺 厘米 毫米 克 千克 英尺 点钟 星期 世 层楼`)

// counted reports whether a word is a numeral with what it counts: 一个, 三年, 二十七名, 第三次.
func counted(w word, runes int) bool {
	if w.tag != "m" && w.tag != "mq" && w.tag != "t" {
		return false
	}
	text := strings.TrimPrefix(strings.TrimPrefix(w.text, "上"), "第")
	rest := strings.TrimLeft(text, numerals)
	if rest == text || rest == "" {
		return false
	}
	ordinal := text != w.text
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("多余来", first) && !ordinal {
		return runes > 2 && strings.Contains("余多", string(first)) && (isClassifier(rest) || units[rest])
	}
	if w.tag == "t" && (runes != 2 || !strings.Contains("年天届", rest)) {
		return false
	}
	if strings.HasSuffix(w.text, "年") && runes > 3 && strings.HasPrefix(w.text, "一九") {
		return false // a year, not a count of years
	}
	return isClassifier(rest) || units[rest]
}

func isClassifier(s string) bool {
	return utf8.RuneCountInString(s) == 1 && strings.Contains(classifiers, s)
}

// pronoun reports whether a word is a pronoun with the noun or classifier that it points at: 该市, 这件, 每股.
func pronoun(w word, runes int) bool {
	if w.tag != "r" && w.tag != "mq" {
		return false
	}
	first, size := utf8.DecodeRuneInString(w.text)
	return strings.ContainsRune("该此本某各每其这那哪别我你他她谁何诸", first) && runes == 2 && !strings.Contains(bound, w.text[size:]) &&
		!freePronouns[w.text]
}

// bound are characters that make one word with the pronoun before them.
const bound = "们个些种里儿边么样时自己的家类处此他它各何别"

var freePronouns = setOf(`这次 那次 此次 每次 本次 各次 这天 那天 每天 某天 当天 各地 本地 此地 某地 各国 我国 本国 他国 别国 各界 各级 各族 各方 各项 各位 诸位
	那位 本报 本人 本身 本事 本科 本届 本级 本部 此人 某人 有人 别人 他人 何人 各人 每人 旁人 此事 何事 某事 此刻 此间 此举 此话 此外 此前 此后 此等
	其中 其他 其它 其余 其间 其次 其实 其一 其二 其三 每年 每月 每日 每周 每晚 每当 各自 各省 这般 那般 何等 何必 何妨 何以 何方 何时 何地 何在
	这份 我方 我辈 我军 谁家 他日 本文 本题 诸如 某某 各色 何不 何其 何况 何如 何止 何尝 何苦 其父 其子 其妻 你好 我行 他妈`)

// particle reports whether a word is another one with a particle at its end: 轻轻地, 小小的.
func particle(w word, runes int) bool {
	last, _ := utf8.DecodeLastRuneInString(w.text)
	return runes > 2 && (w.tag == "z" || w.tag == "d" || w.tag == "a") && (last == '地' || last == '的')
}

const (
	heads  = "次名类架篇件幅份朵封束只" // classifiers and others that the dictionary has stuck to many nouns, few times each
	titles = "先生 夫人 小姐 太太 女士 老师 师傅 经理 老爷 大哥 将军 律师 公子"
)

// headed reports whether a word of three characters is a word of two with something before it that is a word too:
// 篇文章, 副部长, 张先生.
func (s *splitter) headed(w word, runes int) bool {
	if runes != 3 {
		return false
	}
	first, size := utf8.DecodeRuneInString(w.text)
	rest := s.words[w.text[size:]]
	switch {
	case strings.ContainsRune(heads, first):
		return w.frequency < 30 && rest.frequency > 500 && (rest.tag == "n" || rest.tag == "v" || rest.tag == "vn")
	case first == '副':
		last, _ := utf8.DecodeLastRuneInString(w.text)
		return strings.ContainsRune("长席理任裁委令", last) && rest.frequency > 0
	}
	return w.tag == "nr" && strings.ContainsRune(surnames, first) && strings.Contains(titles, w.text[size:])
}

// looseness is how much more often than by chance the parts of a compound may stand together (as a logarithm) for it
// to be taken apart.
var looseness = map[string]float64{
	"n": 7, "l": 7, "nz": 7, "v": 7, "vn": 7, "b": 7, "a": 7, "t": 7, "s": 7, "j": 5, "ns": 8.5, "nt": 11,
}

// compound reports whether a word is made of words of two or more characters that meet freely: 市场经济, 天安门广场.
func (s *splitter) compound(w word, runes int) bool {
	limit, ok := looseness[w.tag]
	if !ok || runes < 4 || strings.HasSuffix(w.text, "主义") {
		return false
	}
	parts, cost := s.parts([]rune(w.text))
	return parts > 1 && cost-s.cost(w)-limit*float64(parts-1) < 0
}

// parts returns the number and the cost of the likeliest parts of a word, 0 if there are none.
func (s *splitter) parts(runes []rune) (int, float64) {
	type path struct {
		parts int
		cost  float64
	}
	best := make([]path, len(runes)+1)
	for end := 2; end <= len(runes); end++ {
		best[end].cost = math.Inf(1)
		for start := range end - 1 {
			part, ok := s.words[string(runes[start:end])]
			if !ok || end-start == len(runes) || start == 1 || start > 0 && best[start].parts == 0 ||
				part.frequency < 30 || !strings.Contains(contentTags, " "+part.tag+" ") {
				continue
			}
			if c := best[start].cost + s.cost(part); c < best[end].cost {
				best[end] = path{best[start].parts + 1, c}
			}
		}
		if math.IsInf(best[end].cost, 1) {
			best[end] = path{}
		}
	}
	return best[len(runes)].parts, best[len(runes)].cost
}

const contentTags = " n v vn a b ns nz nt t s an j ad q i l "

func (s *splitter) cost(w word) float64 { return math.Log(s.total / float64(w.frequency)) }

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// keptWords stay whole although they look like what is split.
var keptWords = setOf(`一些 一下 一点 一样 一起 一直 一定 一般 一切 一时 一度 一带 一旦 一律 一致 万一 十分 千万 三角 一道 一头 一身 一家人 一对一
	万岁 万里 千里 百里 千米 百米 万代 百家 万家 一家 万户 一代 一步 三国 三军 四季 一回事 一次性 一会儿 一下子 一阵子 一辈子 一口气 一点儿 一块儿
	一边 一面 一路 一块 一把手 一系列 十堰 百人 千人 万人空巷 一把 一手 两岸 两者 双双 百倍 半个 百年 千年 千克 千卡 千伏 千瓦 数组 数列 数位 几何
	四周 四处 四声 八股 九曲 九段 九章 千步 千张 千户 二元 一元 二世 百姓 本位 大发议论
	名胜地 名特产 名医药 次石墨 次平面
	多次 多种 多年 几时 六部 三部曲 万丈 百步 一时间 三天两头 一一 第三者 第一线 第二春 第一手`)

// partedWords are two words that the dictionary has as one of two characters.
var partedWords = setOf(`不是 不好 更是 却是 竟是 越是 似是 也是 都是 这是 那是 先是 很少 很大 很好 很难 很快 太多 太大 太小
	四大 五大 六大 七大 八大 十大 三大 两大 一大 一小 一幅 一期 二人 两人 三人 四人 几人 一人 数人 半年 五间 九间
	首届 首批 首家 首个 首轮 首架 首座 首部 首艘 首位 我家 你家 他家 她家 咱家 俺家 在家 该是 该机 该行 该团 该科
	墙上 桌上 树上 车里 屋里 房里 院里 院中 湖中 林中 湖上 书上 殿内 园内 宫内 宫中 城中 田里 沟里 河里 岛上 船上 城里 村里 房中 屋内 屋外 车上
	类人 多万 余万 上万 余元 多元 多名 多家 多个 多条 多项 多位 多座 多所 余种 余家 余名 余人 余年 余件 余次`)

// droppedWords are several words that the dictionary has as one, of three or more characters.
var droppedWords = setOf(`没什么 没想到 打电话 说实话 干什么 到时候 这样的话 那样的话 这就是说 任何人 一部分 这部分 本世纪 世纪末 上个月 下个月 上个世纪 下一代
	一段话 一番话 一句话 一件事 一首歌 一棵树 一条街 一席话 十来个 上百人 上千人 上万人 好几个 一个个人 若干个 若干年 没人 这三条 不一会儿 多万元 余万元 上万元 亿多元 万多元 万余元 万多亩 中国队 辽宁队 天津队 就是说 也就是说
	这方面 各方面 那方面 多方面 任何时刻 说真的 没关系 这一下 一路上 有意识 有步骤 有把握 无条件 打官司 一整天 一两个 两三个 一上午 没意思 说说话`)
