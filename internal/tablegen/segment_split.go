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
	case runes == 2 && s.pair(w):
		return parted
	case particle(w, runes), s.team(w), s.compound(w, runes):
		return dropped
	case runes == 3:
		return s.triple(w)
	}
	return whole
}

const (
	numerals = "一二两三四五六七八九十百千万亿几数多余来半"

	// classifiers are the words between a numeral and a noun, and the units, that are one character.
	classifiers = "个种次名位只条件家张场座项部年天岁元吨人句声步页批段份支番股类套招根层对遍处顿门颗群副头双夜刀本杯幅封间丝笔辆篇团碗枚" +
		"届趟周架倍轮匹堆艘首圈所队株斤组串棵块片把阵台排幕朵束粒盏节枝盘班顶桩瓶帮包滴卷曲寸尺丈米里亩款扇盆捆袋桶盒缕桌章例席叠列秒栋" +
		"幢尊户代期道身两镑尾拳脚桩伙具回起宗锅壶摊捧剂胎"
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
	bound := bound
	if strings.ContainsRune("本我你他她别", first) {
		bound += "家类处"
	}
	return strings.ContainsRune("该此本某各每其这那哪别我你他她谁何诸", first) && runes == 2 && !strings.Contains(bound, w.text[size:]) &&
		!freePronouns[w.text]
}

// bound are characters that make one word with the pronoun before them.
const bound = "们些里儿边么样时自己的此他它各何别"

var freePronouns = setOf(`此次 本次 各地 本地 此地 某地 各国 我国 本国 他国 别国 各界 各级 各族 各方 各位 诸位 各处 何处 此处
	本报 本人 本身 本事 本科 本届 本级 本部 某人 有人 别人 他人 何人 各人 旁人 何事 某事 此刻 此间 此举 此外 此前 此后 此等
	其中 其他 其它 其余 其间 其次 其实 其一 其二 其三 每当 每每 各自 这般 那般 何等 何必 何妨 何以 何方 何时 何地 何在
	我方 我辈 我军 谁家 他日 本文 本题 诸如 某某 各色 何不 何其 何况 何如 何止 何尝 何苦 其父 其子 其妻 你好 我行 他妈 本家 各家 别处`)

// particle reports whether a word is another one with a particle at its end: 轻轻地, 小小的.
func particle(w word, runes int) bool {
	last, size := utf8.DecodeLastRuneInString(w.text)
	if runes < 3 || last != '地' && last != '的' {
		return false
	}
	first, second := 0, utf8.RuneLen(last)
	return w.tag == "z" || w.tag == "d" || w.tag == "a" || runes == 3 && w.text[first:second] == w.text[second:len(w.text)-size]
}

const (
	heads  = "次名类架篇件幅份朵封束只" // classifiers and others that the dictionary has stuck to many nouns, few times each
	titles = "先生 夫人 小姐 太太 女士 老师 师傅 经理 老爷 大哥 将军 律师 公子 政委 香主 大夫 公公 婆婆 书记 主任 局长 部长 主席 总理 市长 县长 队长 " +
		"司令 师长 团长 教授 医生 院长 校长 处长 科长 厂长 姑娘 少爷 大人 大姐 大妈 大爷 大叔 阿姨 同志 掌柜 道长 师太 师兄 帮主 庄主 大侠 老板 总管 " +
		"老汉 老太 妈妈 奶奶 爷爷 叔叔 嫂子 护士 记者"
)

// headed reports whether a word of three characters is a word of two with something before it that is a word too:
// 篇文章, 副部长, 张先生.
func (s *splitter) headed(w word) bool {
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

// team reports whether a word is that of a place and 队.
func (s *splitter) team(w word) bool {
	place, ok := strings.CutSuffix(w.text, "队")
	return ok && s.words[place].tag == "ns"
}

// looseness is how much more often than by chance the parts of a compound may stand together (as a logarithm) for it
// to be taken apart.
var looseness = map[string]float64{
	"n": 7, "l": 7, "nz": 7, "v": 7, "vn": 7, "b": 7, "a": 7, "t": 7, "s": 7, "j": 5, "ns": 8.5, "nt": 11,
	"nr": 3, "i": 3, "z": 3,
}

// compound reports whether a word is made of words of two or more characters that meet freely: 市场经济, 天安门广场.
func (s *splitter) compound(w word, runes int) bool {
	limit, ok := looseness[w.tag]
	if !ok || runes < 4 || strings.HasSuffix(w.text, "主义") || doubled(w.text) {
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

const contentTags = " n v vn a b ns nz nt t s an j ad q i l r d z f "

func (s *splitter) cost(w word) float64 { return math.Log(s.total / float64(w.frequency)) }

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
