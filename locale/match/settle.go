package match

import (
	"cmp"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// settle lets go of the hits that nothing can undo any more.
func (sc *scanner) settle() {
	low := math.MaxInt
	if sc.excepting || sc.longest {
		low = sc.low()
	}
	n := 0
	for _, h := range sc.waiting.all() {
		if sc.excepting && h.Start >= low || sc.afterLetter && h.End == sc.place {
			break
		}
		sc.certain(h)
		n++
	}
	sc.waiting.shift(n)
	if sc.longest {
		if sc.patience--; sc.patience > 0 {
			return
		}
		waiting := sc.waiting.all()
		for _, h := range waiting {
			low = min(low, h.Start)
		}
		sc.choose(low)
		sc.patience = len(waiting) / fewHits // so that looking at them all takes no time that matters
	}
}

// finish lets go of the rest at the end of the text.
func (sc *scanner) finish() {
	sc.out.clear()
	for _, h := range sc.waiting.all() {
		sc.certain(h)
	}
	sc.waiting.clear()
	sc.choose(math.MaxInt)
}

// low returns the start of the longest word that may be under way, and so the least start of all hits to come.
func (sc *scanner) low() int {
	low := math.MaxInt
	if depth := sc.automaton.Depth(sc.tight); depth > 0 {
		low = sc.marks.all()[sc.known-depth].start()
	}
	if sc.loose.apart {
		if depth := sc.automaton.Depth(sc.loose.cursor); depth > 0 {
			low = min(low, sc.loose.last(depth)[0].start())
		}
	}
	return low
}

// certain takes a hit that nothing can undo.
func (sc *scanner) certain(h Hit) {
	switch {
	case !sc.longest:
		sc.out.push(h)
	case h.Start >= sc.covered:
		best := sc.best.all()
		i, ok := slices.BinarySearchFunc(best, h.Start, func(b Hit, start int) int { return cmp.Compare(b.Start, start) })
		switch {
		case !ok:
			sc.best.insert(i, h)
		case h.End > best[i].End:
			best[i] = h
		}
	}
}

// choose reports the best hits that start before low, from left to right, where they do not overlap.
func (sc *scanner) choose(low int) {
	n := 0
	for _, h := range sc.best.all() {
		if h.Start >= low {
			break
		}
		if n++; h.Start >= sc.covered {
			sc.covered = h.End
			sc.out.push(h)
		}
	}
	sc.best.shift(n)
}

// pending returns the least start of a hit that may still come or waits, the largest number if there is none.
func (sc *scanner) pending() int {
	low := math.MaxInt
	for _, h := range sc.waiting.all() {
		low = min(low, h.Start)
	}
	low = min(low, sc.earliest(sc.tight, sc.marks.all()[:sc.known], false))
	if l := &sc.loose; l.apart {
		low = min(low, sc.earliest(l.cursor, l.last(l.known), l.gap > 0 && !sc.han[l.cursor.Last()]))
	}
	return low
}

// earliest returns the least start of a hit that the cursor may be in, having read marks. Han says that only a Han
// character can go on.
func (sc *scanner) earliest(c doublearray.Cursor, marks []mark, han bool) int {
	for {
		depth := sc.automaton.Depth(c)
		if depth == 0 {
			return math.MaxInt
		}
		if start := marks[len(marks)-depth]; !start.inside() && (!han || sc.continuesHan(c)) {
			return start.start()
		}
		c = sc.automaton.Suffix(c)
	}
}

func (sc *scanner) continuesHan(c doublearray.Cursor) bool {
	for code, han := range sc.han {
		if han && sc.automaton.Continues(c, uint16(code)) {
			return true
		}
	}
	return false
}
