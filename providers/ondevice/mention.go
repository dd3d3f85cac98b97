package ondevice

import (
	"slices"
	"sync"
	"unicode"
)

// A mention is where a sentence names a field.
type mention struct {
	start, end int
	weight     int // how much of the name is said, and whether it is the head of it
}

// head is the least weight of a mention that has what the field is, not only what it belongs to.
const head = 6

// mentions returns where the text names the field: the longest pieces of its labels. The end of a label is
// what the field is, the beginning what it belongs to, as in 土壤的温度.
func (t *text) mentions(f *field) []mention {
	var out []mention
	for i := 0; i < len(t.runes); i++ {
		best := mention{}
		for _, label := range f.labels {
			for k := range label {
				n := 0
				for k+n < len(label) && i+n < len(t.runes) && label[k+n] == t.runes[i+n] {
					n++
				}
				if n < 2 || isLatin(label[k]) && (i > 0 && isLatin(t.runes[i-1]) || i+n < len(t.runes) && isLatin(t.runes[i+n-1]) && isLatin(t.runes[i+n])) {
					continue
				}
				weight := n
				if k+n == len(label) {
					weight = 3 * n
				}
				if k == 0 && k+n == len(label) {
					weight = 4 * n
				}
				if weight > best.weight {
					best = mention{i, i + n, weight}
				}
			}
		}
		if best.weight > 0 && !slices.ContainsFunc(out, func(m mention) bool { return m.start <= best.start && best.end <= m.end && m.weight >= best.weight }) {
			out = append(out, best)
		}
	}
	return out
}

// Words between the name of a thing and its value.
var (
	copulas = sync.OnceValue(func() [][]rune {
		return folded("是 为 : = 叫 叫做 名叫 就是 填 写 选 选择 改成 改为 改到 调到 调成 设为 设成 设置为 设定为 等于 定为 定在 是在 写成 变成 换成 控制在 升到 提升到 包括 包含 涵盖 分别是 分别为 属于 如下 → ->")
	})
	links = sync.OnceValue(func() [][]rune {
		return folded("有 达到 达 大约 约 大概 左右 共 共有 一共 总共 目前 现在 当前 只有 在 于 也 应 第 # 最好 希望 号 号码 名称 名字 编号 值 数 里 内 上 要 每天 每周 每 温度 id \" “ ‘ '")
	})
)

// linked reports whether nothing but links stands in the runes [from, to), and whether a copula is among them.
func (t *text) linked(from, to int) (ok, copula bool) {
	for from < to {
		if n := t.copula(from, to); n > 0 {
			from, copula = from+n, true
			continue
		}
		n := t.prefix(from, to, links())
		if n == 0 {
			return false, copula
		}
		from += n
	}
	return true, copula
}

// copula returns the length of the copula that the runes [from, to) begin with. That of 是否 is none.
func (t *text) copula(from, to int) int {
	n := t.prefix(from, to, copulas())
	if end := from + n; n > 0 && end < len(t.runes) && t.runes[end-1] == '是' && (t.runes[end] == '否' || t.runes[end] == '不') {
		return 0
	}
	return n
}

// prefix returns the length of the longest of the words that the runes [from, to) begin with.
func (t *text) prefix(from, to int, words [][]rune) int {
	for _, w := range words { // longer ones come first
		if from+len(w) <= to && slices.Equal(t.runes[from:from+len(w)], w) {
			return len(w)
		}
	}
	return 0
}

// isBreak reports whether r parts two statements.
func isBreak(r rune) bool {
	switch r {
	case ',', '，', '。', ';', '；', '!', '！', '?', '？', '\n', '、':
		return true
	}
	return false
}

// evidence returns how surely the value at the runes [from, to) is said to be that of a field with the mentions:
// right behind its name, near it in the same statement, or right before it.
func (t *text) evidence(ms []mention, from, to int) (weight int, copula bool) {
	for _, m := range ms {
		w := 0
		switch {
		case m.end <= from:
			ok, is := t.linked(m.end, from)
			switch {
			case ok && is:
				w, copula = 120+3*m.weight, true
			case ok && m.weight < head:
				w = 50 + 2*m.weight
			case ok:
				w = 100 + 3*m.weight
			case m.weight < head:
				w = 0
			case from-m.end <= maxBefore && !slices.ContainsFunc(t.runes[m.end:from], isBreak):
				w = 30 + 2*m.weight
			}
		case m.weight >= head && t.follows(to, m.start):
			w = 35 + 2*m.weight
		}
		weight = max(weight, w)
	}
	return weight, copula
}

// follows reports whether what begins at rune to belongs to the value that ends at rune from: 30分钟的时长.
func (t *text) follows(from, to int) bool {
	if _, end := t.unitAt(from); end > from && end <= to {
		from = end
	}
	for from < to {
		n := t.prefix(from, to, closeLinks())
		if n == 0 {
			return false
		}
		from += n
	}
	return from == to
}

var closeLinks = sync.OnceValue(func() [][]rune {
	return folded("的 个 这个 那个 ” \" 』 」 》 级 级别 程度 水平 风格 大 小")
})

// maxBefore is how far before a value its name may stand.
const maxBefore = 7

// codes returns the stretches that are letters, digits and the marks within them: HT-2026-018, a@b.cn. One with
// neither letters nor marks is a number.
func (t *text) codes() []stretch {
	var out []stretch
	for i := 0; i < len(t.runes); {
		if !isLatin(t.runes[i]) && t.runes[i] != '#' {
			i++
			continue
		}
		end := i + 1
		for end < len(t.runes) && isCode(t.runes[end]) {
			end++
		}
		for end > i+1 && (t.runes[end-1] == '.' || t.runes[end-1] == ':' || t.runes[end-1] == '/') {
			end--
		}
		out = append(out, stretch{t, i, end})
		i = end
	}
	return out
}

func isCode(r rune) bool {
	return isLatin(r) || r < unicode.MaxASCII && r > ' ' && r != ',' && r != ';' && r != '"' && r != '\'' && r != '(' && r != ')' && r != '!' && r != '?' && r != '=' && r != '<' && r != '>'
}

// letters reports whether there is a letter in the stretch, and digits whether there is a digit.
func (s stretch) letters() bool { return slices.ContainsFunc(s.runesOf(), unicode.IsLetter) }
func (s stretch) digits() bool  { return slices.ContainsFunc(s.runesOf(), unicode.IsDigit) }
