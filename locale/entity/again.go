package entity

import (
	"time"
	"unicode/utf8"
)

// ahead is how many bytes behind a cut are read again, beyond what was cut off: the words that a unit is told by.
const ahead = 48

// A rereader reads again what the best readings cut off from others: 明天 of 明天三点, where 三点五公里 was chosen, and 五个
// of 三点五, where 下午三点 was.
type rereader struct {
	text    *Text
	ref     time.Time
	finders []Finder
	best    []Entity // by start
	found   []Entity
}

// read reads to both sides of every cut, as far as the next of the best readings.
func (r *rereader) read(cuts []cut) []Entity {
	for _, c := range cuts {
		r.before(c)
		r.behind(c)
	}
	return r.found
}

// before reads what ends where the best reading of a cut begins.
func (r *rereader) before(c cut) {
	from, to := c.from, r.best[c.best].from
	if c.best > 0 {
		from = max(from, r.best[c.best-1].to)
	}
	if n := len(r.found); n > 0 {
		from = max(from, r.found[n-1].to)
	}
	r.add(from, to, func(e *Entity) bool { return e.to == to })
}

// behind reads what begins where the best reading of a cut ends.
func (r *rereader) behind(c cut) {
	from, to := r.best[c.best].to, len(r.text.view)
	if c.to <= from {
		return
	}
	if c.best+1 < len(r.best) {
		to = r.best[c.best+1].from
	}
	short := to > c.to+ahead
	if short {
		for to = c.to + ahead; !utf8.RuneStart(r.text.view[to]); to-- {
		}
	}
	r.add(from, to, func(e *Entity) bool { return e.from == from && !(short && e.to == to) })
}

// add notes the best of the entities in a stretch of the folded text that are wanted.
func (r *rereader) add(from, to int, wanted func(*Entity) bool) {
	if from >= to {
		return
	}
	part := r.text.part(from, to)
	var best Entity
	for _, f := range r.finders {
		f.Find(part, r.ref, func(e Entity) {
			if wanted(&e) && (best.Kind == 0 || Compare(e, best) < 0) {
				best = e
			}
		})
	}
	if best.Kind != 0 {
		r.found = append(r.found, best)
	}
}
