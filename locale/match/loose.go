package match

import "github.com/zhushou-ai/zhushou/internal/doublearray"

// Loose reads a text without its separators. As long as it is at the same state as the tight cursor, which is nearly
// always, it does nothing; they part at a separator inside a word.
type loose struct {
	apart  bool
	cursor doublearray.Cursor
	marks  window // of what the cursor has read, the last known ones
	known  int
	gap    int // separators since the last rune that was read
	since  int // runes read since the last separator
}

// last returns the last n marks.
func (l *loose) last(n int) []mark { return l.marks.all()[l.known-n : l.known] }

// across takes the rune that the tight cursor has just read, which was at before. It returns the first key that ends.
func (sc *scanner) across(r special, before doublearray.Cursor) uint32 {
	l := &sc.loose
	switch {
	case r.separator:
		if !l.apart {
			depth := sc.automaton.Depth(before)
			l.cursor, l.gap = before, 0
			l.known = copy(l.marks.all(), sc.marks.all()[sc.known-1-depth:sc.known-1])
		}
		l.since = 0
		if l.gap++; l.gap > sc.maxGap {
			l.cursor = sc.automaton.Start()
		}
		l.apart = !l.cursor.Same(sc.tight)
		return 0
	case !l.apart:
		return 0
	}
	if l.gap > 0 && !sc.han[l.cursor.Last()] && !sc.han[r.code] {
		l.cursor = sc.automaton.Start()
	}
	l.gap = 0
	l.since++
	marks := l.marks.all()
	if l.known == len(marks) {
		l.known = copy(marks, l.last(sc.automaton.Depth(l.cursor)))
	}
	marks[l.known] = sc.marks.all()[sc.known-1]
	l.known++
	key := sc.automaton.Step(&l.cursor, r.code)
	l.apart = !l.cursor.Same(sc.tight)
	return key
}
