package ondevice

import (
	"slices"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

// refusals stand before what is not wanted.
var refusals = sync.OnceValue(func() [][]rune {
	return folded("不 别 不要 不用 不想 不必 不允许 不接受 无需 禁止 关闭 取消 禁用 停用 拒绝 不再 没有 非 不能 不可 不会 没 不需要")
})

// A cutWord is a word of a text, with what kind of word it is.
type cutWord struct {
	start, end int
	tag        segment.Tag
	class      segment.Class
}

var segmenter segment.Segmenter

// words cuts the text. No word goes beyond the ends of a time: 一周里|纽约 has no 周里纽.
func (t *text) words(spans []span) []cutWord {
	ends := []int{0}
	for _, s := range spans {
		if s.kind == moment || s.kind == period || s.kind == repeat {
			ends = append(ends, s.start, s.end)
		}
	}
	ends = append(ends, len(t.runes))
	slices.Sort(ends)
	var out []cutWord
	for i := 1; i < len(ends); i++ {
		if ends[i-1] >= ends[i] {
			continue
		}
		from := t.offset[ends[i-1]]
		for k := range segmenter.Cut(t.raw[from:t.offset[ends[i]]]) {
			if w := (cutWord{t.at(from + k.Start), t.at(from + k.End()), k.Tag, k.Class}); w.start < w.end && k.Class != segment.Space {
				out = append(out, w)
			}
		}
	}
	return out
}

// quotations returns what stands in quotation marks, without them.
func (t *text) quotations() []stretch {
	var out []stretch
	pairs := []rune(quotation)
	for i := 0; i < len(t.runes); i++ {
		k := slices.Index(pairs, t.runes[i])
		if k < 0 || k%2 != 0 {
			continue
		}
		if n := slices.Index(t.runes[i+1:], pairs[k+1]); n > 0 {
			out = append(out, stretch{t, i + 1, i + 1 + n})
			i += n + 1
		}
	}
	return out
}

// texts finds the texts that are named, look like values of the field, or are in its examples.
func (s *stating) texts(f *field) {
	ms := s.named[f]
	for _, m := range ms {
		s.behind(f, m)
	}
	s.coded(f, ms)
	last, follow := -1, 0 // where the last text of a list ends, and how surely it is one
	for _, q := range s.quotes {
		near, _ := s.text.evidence(ms, q.from-1, q.to+1)
		if f.list && last >= 0 && s.continues(last, q.from-1) {
			near = max(near, follow)
		}
		last, follow = q.to+1, near
		if f.role == subject || f.role == prosaic {
			near = max(near, 40)
		}
		if near > 0 {
			source, _, _ := s.text.slice(q.from, q.to)
			s.add(f, q.from, q.to, quote(source), near+10)
		}
	}
	for _, o := range f.samples {
		for _, n := range appendNames(nil, s.text, o.words[0], 0, "") {
			if len(o.words[0]) == 1 && !s.word(n.start, n.end) {
				continue
			}
			near, _ := s.text.evidence(ms, n.start, n.end)
			s.add(f, n.start, n.end, o.json, 40+n.end-n.start+near/2)
		}
	}
	s.about(f)
	s.namesOf(f)
	s.ending(f)
	s.enumerated(f)
}

// about finds the subject behind a word for that: 关于分数加减法的测验.
func (s *stating) about(f *field) {
	if f.role != subject {
		return
	}
	for i := range s.text.runes {
		n := s.text.prefix(i, len(s.text.runes), aboutWords())
		if n == 0 {
			continue
		}
		if end := s.end(f, i+n); end > i+n && end < len(s.text.runes) && s.text.runes[end] == '的' {
			s.wording(f, i+n, end, 45)
		}
	}
}

var aboutWords = sync.OnceValue(func() [][]rune { return folded("关于 有关") })

// word reports whether the runes are a word of their own.
func (s *stating) word(from, to int) bool {
	return slices.ContainsFunc(s.words, func(w cutWord) bool { return w.start == from && w.end == to })
}

// wording adds the text at the runes, or the texts of a list.
func (s *stating) wording(f *field, from, to, weight int) {
	source, start, end := s.text.clean(from, to)
	if source == "" || s.text.hollow(from, to) {
		return
	}
	from, to = s.text.at(start), s.text.at(end)
	v := quote(source)
	if f.list {
		v = nil
		for _, piece := range splitList(source) {
			piece = strings.TrimSuffix(strings.TrimSuffix(piece, "等等"), "等")
			if v != nil {
				v = append(v, ',')
			}
			v = append(v, quote(strings.Trim(piece, `"“”'`))...)
		}
	}
	s.add(f, from, to, v, weight)
}

// behind reads the text that follows the name of a field: 作者是张伟, 主题为“春天”.
func (s *stating) behind(f *field, m mention) {
	if m.weight < head {
		return
	}
	i, copula := m.end, false
	for i < len(s.text.runes) {
		if n := s.text.copula(i, len(s.text.runes)); n > 0 {
			i, copula = i+n, true
			continue
		}
		if f.list && !copula && s.text.runes[i] == '有' {
			i, copula = i+1, true
			continue
		}
		if copula {
			break
		}
		n := s.text.prefix(i, len(s.text.runes), valueLeads())
		if n == 0 {
			break
		}
		i += n
	}
	if i >= len(s.text.runes) {
		return
	}
	end := s.end(f, i)
	if !copula {
		if whole := 4 * (m.end - m.start); m.weight < whole || m.weight < 3*head/2 || i > m.end || end-i > maxExample || s.text.tokens[i].class != 0 || s.isVerb(i) {
			return // 学生姓名小明 is said in full, and nothing else
		}
	}
	if f.role == someone && end-i > maxPerson || end <= i {
		return
	}
	s.wording(f, i, end, 90+3*m.weight)
}

// isVerb reports whether a verb or a word of grammar begins at rune i.
func (s *stating) isVerb(i int) bool {
	return slices.ContainsFunc(s.words, func(w cutWord) bool {
		if w.start != i {
			return false
		}
		switch w.tag.String() {
		case "v", "p", "d", "uj", "r", "c", "ul", "y", "u", "f":
			return true
		}
		return w.class == segment.Punctuation
	})
}

const maxPerson = 12

// valueLeads may stand between a name and the copula.
var valueLeads = sync.OnceValue(func() [][]rune {
	return folded("号 号码 编号 名称 名字 的名称 的名字 分别 就 也 应该 应 可以 目前 现在 id 信息 列表 清单 主要 一般 我想 想 希望 类型")
})

// end returns where the text that begins at rune i ends: at a mark, before the name of another field, before what
// the speaker goes on with.
func (s *stating) end(f *field, i int) int {
	t := s.text
	for _, q := range s.quotes {
		if q.from-1 == i && !f.list {
			return q.to + 1
		}
	}
	for _, c := range s.codes {
		if !f.list && c.from == i && f.role != prosaic && f.role != reason && (c.to-c.from > 2 || f.role == identifier) {
			return c.to
		}
		if c.from == i+1 && f.role == plate {
			return c.to
		}
	}
	joined := false // the things of a list, by marks of their own
	for k := i; k < len(t.runes); k++ {
		switch r := t.runes[k]; {
		case isBreak(r) && !(f.list && (r == '、' || r == ',' && !joined && !s.statement(k+1))):
			return k
		case r == '、' || r == '和':
			joined = true
		case k > i && r == '的' && f.role != prosaic && f.role != reason:
			return k
		case k > i && t.prefix(k, len(t.runes), furtherWords()) > 0 && f.role != prosaic:
			return k
		}
		for g, ms := range s.named {
			if g == f {
				continue
			}
			for _, m := range ms {
				if m.start == k && k > i && m.weight >= 6 && (t.copula(m.end, len(t.runes)) > 0 || slices.ContainsFunc(s.spans, func(sp span) bool { return sp.start == m.end })) {
					return k
				}
			}
		}
	}
	return len(t.runes)
}

// statement reports whether what begins at rune i says something new, rather than going on with a list.
func (s *stating) statement(i int) bool {
	t := s.text
	end := i
	for end < len(t.runes) && !isBreak(t.runes[end]) {
		end++
	}
	if end-i > maxExample || s.isVerb(i) || t.prefix(i, end, furtherWords()) > 0 {
		return true
	}
	for k := i; k < end; k++ {
		if t.copula(k, end) > 0 {
			return true
		}
	}
	for _, ms := range s.named {
		if slices.ContainsFunc(ms, func(m mention) bool { return m.start == i && m.weight >= 6 }) {
			return true
		}
	}
	return false
}

// furtherWords begin what the speaker says next.
var furtherWords = sync.OnceValue(func() [][]rune {
	return folded("并且 并 而且 请 请帮 帮我 帮忙 然后 能不能 能否 可以吗 你能 同时 另外 谢谢 想要 我想 我要 麻烦")
})

// coded finds what has the shape of the field's values: an address, a number to call, an identifier.
func (s *stating) coded(f *field, ms []mention) {
	shape := shapes()[f.role]
	for _, c := range s.codes {
		if f.role == plate && c.from > 0 && strings.ContainsRune("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼", s.text.runes[c.from-1]) {
			c.from--
		}
		source, _, _ := s.text.slice(c.from, c.to)
		near, copula := s.text.evidence(ms, c.from, c.to)
		fits := f.shape == nil || f.shape.MatchString(source)
		looks := shape != nil && shape.MatchString(source)
		weight := 0
		switch {
		case shape != nil && looks && fits:
			weight = 70 + near
		case shape != nil && copula:
			weight = near
		case shape != nil:
		case f.role == identifier || f.role == plate:
			if near > 0 && (c.digits() || copula) && (near >= 100 || !s.counts(c)) {
				weight = 20 + near
			} else if c.digits() && !s.counts(c) && f.required && f.within == nil {
				weight = 30
			}
			if f.shape != nil && fits && c.digits() {
				weight += 45
			}
		case f.shape != nil && fits && c.digits() && c.letters():
			weight = 40 + near
		case f.list: // read with what is listed beside it
		case copula:
			weight = near - 10
		case near >= 100 && c.letters():
			weight = near
		case f.required && c.letters() && f.shape != nil && !s.counts(c):
			weight = 25
		}
		if weight > 0 {
			s.add(f, c.from, c.to, quote(source), weight)
		}
	}
}

// counts reports whether a stretch is a number or a time, rather than a code: 12, 30GB.
func (s *stating) counts(c stretch) bool {
	if !c.letters() && c.to-c.from < 6 {
		return true
	}
	return slices.ContainsFunc(s.spans, func(sp span) bool {
		if sp.kind == moment {
			return sp.start <= c.from && c.to <= sp.end
		}
		if sp.kind != numeric || sp.start != c.from {
			return false
		}
		_, end := s.text.unitAt(sp.end)
		return end > 0 && sp.end <= c.to && (end >= c.to || !c.letters())
	})
}
