package ondevice

import (
	"slices"
	"unicode/utf8"
)

// A mending is a sentence without what its speaker did not mean to say.
type mending struct {
	text *text
	// pieces are the stretches of the sentence, in bytes, that the text is made of, in the order of the
	// text.
	pieces []piece
}

type piece struct{ start, end int }

// mend leaves out of a sentence what its speaker did not mean to say: 嗯, and what was corrected in the
// same breath, 明天八点，不对，九点.
func (r *reading) mend(t *text) mending {
	m := mending{t, []piece{{0, len(t.raw)}}}
	if hums := t.hums(); len(hums) > 0 {
		m.rebuild(t.raw, without(len(t.raw), hums))
	}
	for range maxSlips {
		pieces, ok := r.slip(m.text)
		if !ok {
			break
		}
		m.rebuild(m.text.raw, pieces)
	}
	return m
}

// maxSlips bounds the corrections within one sentence.
const maxSlips = 3

// rebuild makes the text of pieces of itself.
func (m *mending) rebuild(raw string, pieces []piece) {
	var next []piece
	var b []byte
	for _, p := range pieces {
		b = append(b, raw[p.start:p.end]...)
		at := 0
		for _, old := range m.pieces { // the part of the old pieces that p covers
			length := old.end - old.start
			from, to := max(p.start, at), min(p.end, at+length)
			if from < to {
				next = append(next, piece{old.start + from - at, old.start + to - at})
			}
			at += length
		}
	}
	m.text, m.pieces = newText(string(b)), next
}

// without returns the pieces of n bytes that remain when others are cut out, which are in order.
func without(n int, cut []piece) []piece {
	var out []piece
	at := 0
	for _, c := range cut {
		if c.start > at {
			out = append(out, piece{at, c.start})
		}
		at = max(at, c.end)
	}
	if at < n {
		out = append(out, piece{at, n})
	}
	return out
}

// restore moves the slots of an interpretation back into the sentence as it was given. Words that do
// not stand in one place have the offset of the first of them.
func (m *mending) restore(in *Interpretation, raw string) {
	for c := in; c != nil; c = c.Next {
		c.Text = raw
		for _, candidate := range c.Candidates {
			for i := range candidate.Slots {
				s := &candidate.Slots[i]
				if s.Origin == Carried {
					continue
				}
				length := s.End - s.Start
				s.Start = m.back(s.Start)
				if s.End = s.Start + length; s.End > len(raw) || length == len(s.Source) && raw[s.Start:s.End] != s.Source {
					s.End = s.Start
				}
			}
		}
	}
}

// back returns where a byte of the text stands in the sentence.
func (m *mending) back(at int) int {
	for _, p := range m.pieces {
		if n := p.end - p.start; at < n {
			return p.start + at
		} else {
			at -= n
		}
	}
	return m.pieces[len(m.pieces)-1].end
}

var hums = []rune("嗯呃唔额")

// hums returns the hums in a sentence that says more than that.
func (t *text) hums() []piece {
	var out []piece
	for i := 0; i < len(t.runes); i++ {
		r := t.runes[i]
		if !slices.Contains(hums, r) || t.tokens[i].end != i+1 || !t.hum(i) {
			continue
		}
		to := i + 1
		for to < len(t.runes) && (t.runes[to] == r || isMark(t.runes[to]) && (i == 0 || isMark(t.runes[i-1]))) {
			to++
		}
		if to < len(t.runes) || i > 0 {
			out = append(out, piece{t.offset[i], t.offset[to]})
		}
		i = to - 1
	}
	if len(out) == 1 && out[0].start == t.offset[0] && out[0].end == len(t.raw) {
		return nil
	}
	return out
}

// hum reports whether the character at rune i can be a hum: 额 and 唔 are words elsewhere (余额, 唔该).
func (t *text) hum(i int) bool {
	switch t.runes[i] {
	case '额', '唔':
		before := i == 0 || isMark(t.runes[i-1])
		behind := i+1 == len(t.runes) || isMark(t.runes[i+1])
		return before && behind
	}
	return true
}

// slip returns the pieces of a sentence without what its speaker corrected in it.
func (r *reading) slip(t *text) ([]piece, bool) {
	for i := 1; i < len(t.runes); i++ {
		rest, ok := stretch{t, i, len(t.runes)}.behind(slipWords())
		if !ok || rest.empty() || !t.parts(i, rest.from) {
			continue
		}
		left := stretch{t, 0, i}.marks()
		if left.empty() || rest.from == i+1 && t.runes[rest.from] == '要' && !t.gap(rest.from) { // 不要 forbids
			continue
		}
		rest, _ = rest.behind(insteadWords())
		if pieces, ok := r.replaced(left, rest); ok {
			return pieces, true
		}
		if rest.from == i+1 && !t.gap(rest.from) {
			continue // 不 may begin anything: 不合格
		}
		if pieces, ok := r.restarted(left, rest); ok {
			return pieces, true
		}
		if said, _, _ := t.slice(rest.from, rest.to); r.sentence(newText(said)).Decision() != Refuse {
			return []piece{{t.offset[rest.from], len(t.raw)}}, true // he began anew
		}
	}
	return nil, false
}

// restarted returns the pieces of a sentence whose speaker began again with a word that he had said: 空调降两度，不对，
// 降三度 is 空调降三度.
func (r *reading) restarted(left, rest stretch) ([]piece, bool) {
	t := left.text
	for i := left.from; i < left.to; i++ {
		if t.runes[i] != t.runes[rest.from] {
			continue
		}
		pieces := []piece{{0, t.offset[i]}, {t.offset[rest.from], len(t.raw)}}
		m := mending{t, []piece{{0, len(t.raw)}}}
		m.rebuild(t.raw, pieces)
		if r.sentence(m.text).Decision() != Refuse {
			return pieces, true
		}
	}
	return nil, false
}

// parts reports whether words of correction at the runes [from, to) stand by themselves: with a mark
// or space on one side at least.
func (t *text) parts(from, to int) bool {
	return from > 0 && isMark(t.runes[from-1]) || isMark(t.runes[to-1]) || t.gap(from) || t.gap(to)
}

// gap reports whether there is space before rune i.
func (t *text) gap(i int) bool {
	if i <= 0 || i >= len(t.runes) {
		return false
	}
	_, size := utf8.DecodeRuneInString(t.raw[t.offset[i-1]:])
	return t.offset[i] > t.offset[i-1]+size
}

// replaced returns the pieces of a sentence in which the value that rest begins with takes the place of
// one of the same kind in left: of the one at the end of left or, if there is nothing else in rest, of
// any.
func (r *reading) replaced(left, rest stretch) ([]piece, bool) {
	t := left.text
	values := findSpans(t, r.now)
	if pieces, ok := r.exchanged(left, rest, values); ok {
		return pieces, true
	}
	for _, tool := range r.set.tools {
		if tool.err != nil {
			continue
		}
		if names := outside(values, findNames(t, tool, r.lists(tool), false)); len(names) > 0 {
			if pieces, ok := r.exchanged(left, rest, names); ok {
				return pieces, true
			}
		}
	}
	return nil, false
}

// exchanged is replaced with one of the values, which are times and numbers or the names of one tool.
func (r *reading) exchanged(left, rest stretch, values []span) ([]piece, bool) {
	t := left.text
	sortSpans(values)
	for _, later := range values {
		if later.start != rest.from {
			continue
		}
		tail := stretch{t, later.end, rest.to} // what follows the new value
		for _, before := range values {
			if before.end <= left.to && before.start < before.end && before.end-before.start == later.end-later.start && (stretch{t, before.start, before.end}).common(stretch{t, later.start, later.end}) == later.end-later.start {
				return []piece{{0, t.offset[before.start]}, {t.offset[later.start], len(t.raw)}}, true
			}
		}
		for _, before := range slices.Backward(values) {
			if before.end > left.to || before.kind != later.kind || before.kind == named && before.arg != later.arg {
				continue
			}
			before = longestEnding(values, before, left.to)
			unit := stretch{t, before.end, left.to}
			whole := tail.bare().empty()
			from := r.kept(t, before, later)
			if n := unit.common(tail); n > 0 && n < unit.to-unit.from {
				rest := stretch{t, tail.from + n, tail.to}
				if clause := rest.marks(); rest.empty() || clause.from > rest.from { // 厨房的灯打开，不对，餐厅的灯
					return []piece{{0, t.offset[from]}, {t.offset[later.start], t.offset[tail.from+n]}, {t.offset[unit.from+n], t.offset[left.to]}, {t.offset[rest.from], len(t.raw)}}, true
				}
			}
			if !unit.empty() && !whole && !tail.begins(unit) {
				continue
			}
			switch {
			case unit.empty() || tail.begins(unit):
				return []piece{{0, t.offset[from]}, {t.offset[rest.from], len(t.raw)}}, true
			default: // 八点的闹钟，不对，九点
				return []piece{{0, t.offset[from]}, {t.offset[later.start], t.offset[later.end]}, {t.offset[before.end], t.offset[left.to]}}, true
			}
		}
	}
	return nil, false
}

// longestEnding returns the longest value of the kind that ends where s does.
func longestEnding(values []span, s span, limit int) span {
	for _, v := range values {
		if v.end == s.end && v.kind == s.kind && v.start < s.start && v.end <= limit {
			s = v
		}
	}
	return s
}

func (s stretch) begins(with stretch) bool {
	n := with.to - with.from
	return s.to-s.from >= n && slices.Equal(s.runes[s.from:s.from+n], with.runesOf())
}

// common returns how many characters two stretches begin with alike.
func (s stretch) common(with stretch) int {
	n := 0
	for s.from+n < s.to && with.from+n < with.to && s.runes[s.from+n] == with.runes[with.from+n] {
		n++
	}
	return n
}

// kept returns where in the earlier value that begins which the later one replaces.
func (r *reading) kept(t *text, before, later span) int {
	if before.kind != moment && before.kind != repeat {
		return before.start
	}
	said, _, _ := t.slice(later.start, later.end)
	for at := before.end - 1; at > before.start; at-- {
		head, _, _ := t.slice(before.start, at)
		rest, _, _ := t.slice(at, before.end)
		if _, ok := r.joined(head, rest, head+said); ok {
			return at
		}
	}
	return before.start
}
