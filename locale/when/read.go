package when

import (
	"strings"
	"unicode/utf8"
)

// form is the shape of a meaning.
type form uint8

const (
	formPoint   form = iota // a
	formRange               // from a to b
	formStretch             // size before or after now
	formLength              // size
	formRepeat              // rule
)

// meaning is an expression that was read, before it is placed in time.
type meaning struct {
	form   form
	start  int // in the folded text
	a, b   expr
	mod    Mod
	modB   Mod // of the second point: 2010年之后2018年之前
	size   length
	top    length // of a length between two: 三到五天
	dir    int8   // of a stretch: -1 back, 1 ahead
	word   int16  // its word, see words.txt
	inside bool   // 三天内
	since  bool   // 三天以来, 春节以来
	repeat *rule

	resolved resolved
}

// reset makes the meaning that of nothing yet, from i on.
func (m *meaning) reset(i int) {
	*m = meaning{start: i}
	m.a.level, m.b.level = open, open
}

// clone returns a copy that outlives the parser.
func (m *meaning) clone() *meaning {
	c := *m
	return &c
}

// resolved is what resolving a meaning used, for the methods of Match.
type resolved struct {
	r resolver
	c choice
}

// expression reads the longest expression of time at i. If ok is false, end may still be past i: the
// text up to there looks like a time but must not be taken for one.
func (p *parser) expression(i int) (m *meaning, end int, ok bool) {
	if !p.mayStart(i) {
		return nil, i, false
	}
	if r := p.at(i); r < utf8.RuneSelf && (isLatin(p.before(i)) || isArabic(r) && isArabic(p.before(i))) {
		return nil, i, false
	}
	if p.before(i) == ' ' && strings.HasSuffix(strings.TrimRight(p.text[:i], " "), "第") {
		return nil, i, false // 第 4 月
	}
	trap := p.skip(i, trapWord)
	best := i
	for n, read := range [...]func(*parser, int, *meaning) (int, bool){
		(*parser).recurrence, (*parser).stretch, (*parser).rangeOrPoint, (*parser).duration,
	} {
		try := &p.meanings[n]
		try.reset(i)
		if k, found := read(p, i, try); found && k > best {
			m, best = try, k
		}
	}
	if trap > i && best <= trap {
		return nil, trap, false
	}
	return m, best, best > i
}

func isNumeral(r rune) bool {
	if _, ok := unitValue(r); ok {
		return true
	}
	return r == '几' || r == '数' || r == '半' || r == '差' || r == '第' || r == '最' || r == '首' || r == '闰'
}

// rangeOrPoint reads one point or a range of two, with the words around them: 三点之前, 从三点到五点, 5月1日至3日.
func (p *parser) rangeOrPoint(i int, m *meaning) (int, bool) {
	j := i
	from, until, about := false, false, false
	if k := p.skip(j, fromWord); k > j {
		from, j = true, p.spaces(k)
	} else if k := p.skip(j, untilMark); k > j {
		until, j = true, p.spaces(k)
	}
	if k := p.skip(j, aboutBefore); k > j && !from {
		about, j = true, p.spaces(k)
	}
	first := j
	end := p.point(j, &m.a, from)
	if m.a.empty() {
		end = j
	}
	shared := false
	if end == j {
		if end, shared = p.sharedUnit(j, end, m); !shared {
			return i, false
		}
	} else if k, ok := p.second(end, m, from); ok {
		end = k
	} else if k, ok := p.sharedUnit(j, end, m); ok {
		end, shared = k, true
	}
	if m.form == formRange {
		if !from {
			m.start = first
		}
		if k := p.literal(p.spaces(end), "之间 期间 止 为止 这段时间 结束"); k > end {
			end = k
		} else if k := p.skip(p.spaces(end), aboutAfter); k > end && m.a.hasClock() { // 三四点左右
			m.mod, end = About, k
		}
		return end, true
	}
	if shared {
		return i, false
	}
	end = p.modAfter(end, m, from)
	switch {
	case m.mod == Exactly && until:
		m.mod = Until
	case m.mod == Exactly && about:
		m.mod = About
	case m.mod == Exactly && from:
		m.start = first // 从 without an end says nothing
	case m.mod == Before || m.mod == After:
		m.start = first
	}
	if m.start != first && from && m.mod != Since {
		m.start = first
	}
	if m.a.empty() || !p.standsAlone(first, end, m) {
		return i, false
	}
	return end, true
}

// modAfter reads the words behind a point that say how it is meant.
func (p *parser) modAfter(i int, m *meaning, from bool) int {
	j := p.spaces(i)
	if p.opt.Only != Everything {
		return i
	}
	if s := m.a.last(); m.a.level == Day || m.a.level == Year {
		if k := p.literal(j, "全天 一整天 整天 整整一天"); k > j && m.a.level == Day {
			return k
		}
		if k := p.literal(j, "全年 一整年 整年"); k > j && m.a.level == Year && s.op != opShift {
			return k
		}
	}
	if s := m.a.last(); s.op == opRel && s.unit >= Week && m.a.n == 1 { // 本周内
		if k := p.literal(j, "以内 之内 内"); k > j && (k-j > len("内") || p.literal(k, "容 部 存 涵 衣 心 外 地 陆 幕 科 参") == k) {
			return k
		}
	}
	switch k := p.skip(j, aboutAfter); {
	case k > j:
		m.mod = About
		return k
	}
	if e, k, ok := p.word(j, beforeWord); ok && p.mayClose(e.word, k) {
		m.mod = Before
		return k
	}
	if e, k, ok := p.word(j, afterWord); ok && p.mayClose(e.word, k) {
		m.mod = After
		return k
	}
	if e, k, ok := p.word(j, sinceWord); ok && p.skip(j, notSince) <= k && (e.word != "来" && e.word != "开始" || from) {
		m.mod, m.since = Since, e.word == "以来" || e.word == "至今"
		return k
	}
	if k := p.skip(j, stopWord); k > j {
		m.mod = Until
		return k
	}
	return i
}

// mayClose reports whether 前 or 后 before k is a word of its own and not the beginning of 前面 or 后天.
func (p *parser) mayClose(word string, k int) bool {
	if utf8.RuneCountInString(word) > 1 {
		return true
	}
	for _, c := range [...]class{relDay, relYear, aheadWord, relPart} {
		if p.skip(k-len(word), c) > k && !(c == relPart && (p.skip(k, partWord) > k || p.pointFollows(p.skip(k, shortPart)))) { // 五天后|晚上
			return false
		}
	}
	return p.skip(k, notAround) == k
}
