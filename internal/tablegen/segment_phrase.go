package main

import (
	"strings"
	"unicode/utf8"
)

// The dictionary has many phrases that somebody once added to it, with a frequency that says nothing.
const rare = 3

// loosely are the characters that make two words with whatever follows them, and the words of two characters that they
// begin all the same.
var loosely = map[rune]map[string]bool{
	'很': setOf("很多"),
	'更': setOf("更加 更为 更新 更名 更换 更改 更迭 更替 更正 更衣 更始 更生 更鼓 更其 更动 更夫 更漏 更番 更阑 更声 更豉 更深"),
	'最': setOf("最后 最近 最终 最初 最为 最先 最佳 最新 最好 最高 最末 最上 最下 最前"),
	'每': setOf("每每 每当 每逢 每况"),
}

const (
	// rarely are adverbs and auxiliaries, which make one word with a verb or an adjective only if that is not rare.
	rarely = "没再还只各所就要会能也都又已将全先极直真刚别曾正才便却应敢肯想仍常总竟该太可"

	// aspects follow a verb.
	aspects = "着过了在得"
)

// afterAspect are words of two characters that end in one of aspects, or seem to.
var afterAspect = setOf(`接着 睡着 附着 吸着 固着 粘着 黏着 胶着 沉着 衣着 卓着 原着 专着 名着 土着 显着 论着 编着 巨着 执着 穿着 有着 随着 沿着 顺着 朝着 向着 本着 当着
	为着 趁着 冲着 借着 按着 乘着 凭着 因着
	现在 存在 实在 正在 所在 内在 潜在 何在 自在 健在 旨在 意在 贵在 处在 好在 外在 志在 先在`)

// pair reports whether a word of two characters is two words: 很厚, 每件, 没去, 看着, 坐在.
func (s *splitter) pair(w word) bool {
	first, size := utf8.DecodeRuneInString(w.text)
	last := w.text[size:]
	if whole, ok := loosely[first]; ok {
		return !whole[w.text]
	}
	verb := s.words[w.text[:size]].tag == "v" || s.words[w.text[:size]].tag == "zg"
	switch t := s.words[last].tag; {
	case strings.ContainsRune(rarely, first) && w.frequency <= rare && (t == "v" || t == "a" || t == "d" || t == "p" || t == "zg"):
		return true
	case last == "着" || last == "在":
		return verb && !afterAspect[w.text] && w.tag != "n"
	case strings.Contains(aspects, last):
		return verb && w.frequency <= rare
	case strings.Contains(localizers, last):
		return w.frequency < 500 && s.words[w.text[:size]].tag == "n" && strings.Contains(placeTags, " "+w.tag+" ") && !localized[w.text]
	}
	return false
}

const (
	localizers = "里上中内" // 店里, 桥上; what is not rare is a word
	placeTags  = " s n t f ns "
)

var localized = setOf(`邻里 表里 乡里 头里 底里 衬里 府上 祖上 圣上 塞上 掌上 郎中 个中 附中 意中 侍中 其内 海内 室内 校内 体内 颅内 市内 区内 岛内 县内 业内 分内 关内 户内
	课内 国中 云中 汉中 关中 隆中 狱中 席上 楼上 山上 山里 海里 国内 省内 门上 岸上 坪上 嘉里 河内 台中 初中 高中 苏中 华里 英里`)

const (
	negated   = "没很更再也还就才刚又别太"
	qualified = "最极真都不"
	handling  = "吃喝看买卖洗娶登写读唱穿打做说讲听拉坐骑抱拿送问找爱怕无有下过晒掏戴换养修拍睡照抽"
	pointing  = "这那哪每"

	// prefixes are verbs and others that make terms with what follows them, and suffixes what makes terms of verbs.
	prefixes = "反负超动混伐派潜特组土泛复应变制防抗植自多"
	suffixes = "者法物员工器力色率性化量机剂板会院局部司处科于出起为声"

	// adverbial are the words of one character that make no word with two others.
	adverbial = " v d p c r zg ad "

	// following are what follows a verb or a noun of two characters as a word.
	following = "到给成在着俩过上去来"
)

// directions are what a verb and its direction make two words with: 跳 起来.
var directions = setOf("起来 出来 下来 上来 进来 回来 过来 进去 出去 下去 上去 回去 过去")

// triple tells where a word of three characters is split.
func (s *splitter) triple(w word) uint32 {
	split := s.phrase(w)
	if s.headed(w) {
		split = parted
	}
	if split == parted {
		_, size := utf8.DecodeRuneInString(w.text)
		if rest, ok := s.words[w.text[size:]]; !ok || s.split(rest) != whole {
			return dropped
		}
	}
	return split
}

// phrase tells where a word of three characters is split if it is a phrase: 没客人, 吃晚饭, 板着脸, 跳起来, 两间房,
// 复制到.
func (s *splitter) phrase(w word) uint32 {
	r := []rune(w.text)
	first, rest, start, last := s.words[string(r[0])], s.words[string(r[1:])], s.words[string(r[:2])], string(r[2])
	known := w.frequency > rare
	common := rest.frequency >= 200 && strings.Contains(contentTags, " "+rest.tag+" ")
	name := w.tag == "ns" || w.tag == "nr" || w.tag == "nz" || w.tag == "nrt"
	counts := strings.ContainsRune("一两三几二四五六七八九十半", r[0])
	switch {
	case directions[rest.text] && first.tag != "n":
		return parted
	case r[0] == '那' && w.tag == "nr": // from novels: 那婆子
		return dropped
	case strings.ContainsRune(negated, r[0]) && common && !known:
		return parted
	case name:
	case r[1] == '着':
		return decide(dropped, !known && !strings.ContainsRune(suffixes, r[2]))
	case r[1] == '了', r[1] == '一' && isClassifier(last):
		return decide(dropped, !known && (first.tag == "v" || first.tag == "zg"))
	case strings.ContainsRune("个封句杯张碗顿", r[1]) && first.tag == "v" && !known && r[2] != '人': // 写封信
		return dropped
	case r[2] == '了' && strings.ContainsRune("别不太没", r[0]) && !known:
		return dropped
	case r[1] == '不': // 去不去
		return decide(dropped, r[0] == r[2] && w.text != "时不时" && w.text != "动不动")
	case r[1] == '得': // 看得见
	case strings.ContainsRune(following, r[2]) && !known:
		return decide(dropped, start.frequency >= 500 && start.tag != "d")
	case counts && isClassifier(string(r[1])) && r[1] != '个':
		return decide(dropped, w.frequency <= 12 && r[1] != r[2] && !strings.ContainsRune("制酸醇论期式数", r[2]))
	case (counts || strings.ContainsRune(pointing, r[0])) && isClassifier(string(r[1])):
		return decide(dropped, w.frequency < 100 && r[1] != r[2] && !strings.ContainsRune("劲子儿", r[2]))
	case strings.ContainsRune(negated, r[0]) && (common || !known && rest.frequency >= 20):
		return decide(parted, w.frequency < 70)
	case strings.ContainsRune(qualified, r[0]) && common:
		return decide(parted, !known)
	case strings.ContainsRune(handling, r[0]) && common:
		return decide(parted, w.frequency < 40)
	case strings.ContainsRune("大小新旧老好", r[0]) && rest.tag == "n":
		return decide(parted, rest.frequency >= 500 && w.frequency < 30)
	default:
		return decide(parted, !known && rest.frequency >= 1000 && strings.Contains(adverbial, " "+first.tag+" ") &&
			!strings.ContainsRune(prefixes, r[0]) && !strings.ContainsRune(suffixes, r[2]))
	}
	return whole
}

// decide returns split if the condition holds.
func decide(split uint32, condition bool) uint32 {
	if condition {
		return split
	}
	return whole
}

// doubled reports whether a word of four characters is like 婆婆妈妈.
func doubled(text string) bool {
	r := []rune(text)
	return len(r) == 4 && r[0] == r[1] && r[2] == r[3]
}
