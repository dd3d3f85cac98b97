package match

import (
	"math"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

const block = doublearray.Block // runes that are read at a time

// A scanner reads a text and finds hits in order of where they end. Most of the text goes through
// [doublearray.Automaton.Scan] in blocks; step takes one rune at a time where more is to be thought of.
type scanner struct {
	*Matcher
	longest bool  // report only the leftmost and longest
	out     queue // hits to report

	codes   [block]uint16
	at, end int    // codes[at:end] are still to be read
	careful int    // those before this one with care
	marks   window // of what tight has read, the last known ones
	known   int    // how many there are

	keys       [block]doublearray.Found // what Scan has found
	key, found int                      // keys[key:found] are still to be reported
	base       int                      // index of the mark of the first rune that Scan read

	tight doublearray.Cursor // reads all that is visible
	loose loose              // reads across gaps

	afterLetter bool  // the last rune was a letter
	place       int   // where the last rune ends, if a word ends there
	waiting     queue // in order; an exception or a letter may still undo them
	best        queue // the longest from each start, in order of the starts
	covered     int   // up to here all of the longest are reported
	patience    int   // runes before best is looked at again, while many hits wait
}

// scanner returns a scanner at the beginning of a text.
func (m *Matcher) scanner(longest bool) scanner {
	sc := scanner{Matcher: m, longest: longest, tight: m.automaton.Start()}
	if n := m.automaton.MaxRunes(); n > fewRunes {
		sc.marks.many = make([]mark, block+n)
		sc.loose.marks.many = make([]mark, block+n)
	}
	return sc
}

// scan reads a whole text.
func (m *Matcher) scan(s string, longest bool, yield func(Hit) bool) {
	if m.empty() {
		return
	}
	sc := m.scanner(longest)
	for taken := 0; taken < len(s); {
		taken += sc.read(s[taken:], taken, true)
		for sc.next() {
			for _, h := range sc.out.all() {
				if !yield(h) {
					return
				}
			}
		}
	}
	sc.finish()
	for _, h := range sc.out.all() {
		if !yield(h) {
			return
		}
	}
}

// read takes the next block from s, which begins at base, and returns its length. It is 0 only if s is not the last
// there is, and the beginning of a rune.
func (sc *scanner) read(s string, base int, last bool) int {
	marks, depth := sc.marks.all(), sc.automaton.Depth(sc.tight)
	sc.known = copy(marks, marks[sc.known-depth:sc.known])
	taken, n := sc.table.read(sc.codes[:], marks[depth:], s, base, last)
	sc.at, sc.end, sc.careful = 0, n, 0
	return taken
}

// next reads up to the next place with hits to report, and returns false if there is none in the block.
func (sc *scanner) next() bool {
	for sc.out.clear(); sc.out.empty(); {
		switch {
		case sc.key < sc.found:
			sc.report()
		case sc.at == sc.end:
			return false
		case sc.at < sc.careful || !sc.quick():
			sc.step()
		}
	}
	return true
}

// quick reads as many runes as need no care, and reports whether there were any.
func (sc *scanner) quick() bool {
	if sc.loose.apart || !sc.waiting.empty() || !sc.best.empty() {
		return false
	}
	before := sc.tight
	n, found := sc.automaton.Scan(&sc.tight, sc.codes[sc.at:sc.end], sc.keys[:])
	if n == 0 {
		return false
	}
	if found > 0 && (sc.longest || sc.excepting) { // the hits will have to wait
		sc.tight, sc.careful = before, sc.at+n
		return false
	}
	sc.key, sc.found, sc.base = 0, found, sc.known
	sc.at += n
	sc.known += n
	sc.afterLetter = false
	return true
}

// report takes keys that Scan has found, as many as fit.
func (sc *scanner) report() {
	marks := sc.marks.all()
	for ; sc.key < sc.found && sc.out.tail < fewHits/2; sc.key++ {
		f := sc.keys[sc.key]
		last := sc.base + int(f.At)
		sc.place = marks[last].end()
		for key := f.Key; key != 0; key = sc.automaton.Shorter(key) {
			value, length := sc.automaton.Key(key)
			if start := marks[last+1-length]; value < uint32(len(sc.words)) && sc.keep == nil && !start.inside() {
				sc.out.push(Hit{start.start(), sc.place, &sc.words[value]})
			} else {
				sc.word(value, start)
			}
		}
	}
}

// step reads one rune with care.
func (sc *scanner) step() {
	r := special{code: sc.codes[sc.at]}
	if int(r.code) > sc.table.codes {
		r = sc.table.specials[int(r.code)-sc.table.codes-1]
	}
	here := &sc.marks.all()[sc.known]
	sc.at++
	sc.known++
	if r.letter && sc.afterLetter {
		*here |= insideBit
		sc.waiting.drop(func(h Hit) bool { return h.End == sc.place })
	}
	sc.afterLetter = r.letter
	before := sc.tight
	key, gapped := sc.automaton.Step(&sc.tight, r.code), uint32(0)
	if sc.maxGap > 0 {
		gapped = sc.across(r, before)
	}
	sc.place = here.end()
	sc.both(key, gapped)
	if !sc.waiting.empty() || !sc.best.empty() {
		sc.settle()
	}
}

// both takes the keys that end with the last rune: those that tight has found, and those with a gap in them that loose
// has.
func (sc *scanner) both(key, gapped uint32) {
	excepted := math.MaxInt
	for key != 0 || gapped != 0 {
		var (
			start, looseStart mark = math.MaxInt64, math.MaxInt64
			value, looseValue uint32
			length            int
		)
		if key != 0 {
			value, length = sc.automaton.Key(key)
			start = sc.marks.all()[sc.known-length]
		}
		if gapped != 0 {
			looseValue, length = sc.automaton.Key(gapped)
			if length <= sc.loose.since {
				gapped = 0 // it has no gap, nor have the shorter ones
				continue
			}
			looseStart = sc.loose.last(length)[0]
		}
		if start <= looseStart {
			key = sc.automaton.Shorter(key)
		} else {
			gapped, start, value = sc.automaton.Shorter(gapped), looseStart, looseValue
		}
		if value&^hasTwins < uint32(len(sc.words)) {
			sc.word(value, start)
		} else {
			excepted = min(excepted, start.start())
		}
	}
	if excepted < math.MaxInt {
		sc.waiting.drop(func(h Hit) bool { return h.Start >= excepted })
	}
}

// word takes a word, and those that are the same in the view, that ends with the last rune.
func (sc *scanner) word(value uint32, start mark) {
	n := value &^ hasTwins
	sc.hit(n, start)
	if n != value {
		for _, twin := range sc.twins[n] {
			sc.hit(twin, start)
		}
	}
}

func (sc *scanner) hit(n uint32, start mark) {
	hit := Hit{start.start(), sc.place, &sc.words[n]}
	switch {
	case start.inside() || sc.keep != nil && !sc.keep(hit.Word):
	case sc.excepting || sc.afterLetter || !sc.waiting.empty():
		sc.waiting.push(hit)
	default:
		sc.certain(hit)
	}
}
