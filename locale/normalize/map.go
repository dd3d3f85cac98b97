package normalize

import "sort"

// A Map leads from a normalized text back to the original. The zero Map is that of a text that did not change, or in
// which nothing moved. It takes room only where something changes its size in bytes, and once for a row of equal
// changes.
type Map []run

// From a run's place on, and up to the next run, every size bytes of the result are from bytes of the original. The
// bytes of a unit belong together. An insertion has no bytes in the original; what was taken out lies between a run
// and the next.
type run struct {
	at, origin int
	size, from int
}

func (r run) copies() bool { return r.size == 1 && r.from == 1 }

// find returns the run that offset i of the result belongs to.
func (m Map) find(i int) run {
	n := sort.Search(len(m), func(n int) bool { return m[n].at > i })
	if n == 0 {
		return run{size: 1, from: 1}
	}
	return m[n-1]
}

// Original returns the offset in the original of offset i of the result: where the character at i, or what it was made
// of, begins. An offset inside what was made of one piece of the original is the beginning of the piece, one inside an
// insertion the place of it, and the end of the result is the end of the original. Offsets never run backwards, and
// all are character boundaries if i is one.
func (m Map) Original(i int) int {
	r := m.find(i)
	return r.origin + (i-r.at)/r.size*r.from
}

// Range returns the part of the original that [i, j) of the result was made of. It is [Map.Original] for i, but at j it
// ends where that part ends, without what was taken out behind it, and a piece that is cut by j is whole in it.
func (m Map) Range(i, j int) (start, end int) {
	start = m.Original(i)
	if j <= i {
		return start, start
	}
	r := m.find(j - 1)
	return start, r.origin + (j-1-r.at)/r.size*r.from + r.from
}

// An editor writes the changed form of a text and the way back. A nil way is not kept.
type editor struct {
	dst   []byte
	start int // of the result in dst
	way   *Map
}

// note says that the bytes from offset at of the result to its end were made of [from, to) of the original, and
// that copies of the original follow.
func (e *editor) note(at, from, to int) {
	if e.way == nil {
		return
	}
	m, size := *e.way, len(e.dst)-e.start-at
	for len(m) > 0 && m[len(m)-1].at >= at {
		m = m[:len(m)-1]
	}
	if size > 0 {
		m = m.add(run{at, from, size, to - from})
	}
	*e.way = m.add(run{at + size, to, 1, 1})
}

// noteCopy says that from offset at of the result on the original is copied as from offset from.
func (e *editor) noteCopy(at, from int) {
	if e.way == nil {
		return
	}
	m := *e.way
	for len(m) > 0 && m[len(m)-1].at >= at {
		m = m[:len(m)-1]
	}
	*e.way = m.add(run{at, from, 1, 1})
}

// length is that of the result so far.
func (e *editor) length() int { return len(e.dst) - e.start }

// add appends a run unless the last one goes on.
func (m Map) add(r run) Map {
	last := run{size: 1, from: 1}
	if len(m) > 0 {
		last = m[len(m)-1]
	}
	if last.size == r.size && last.from == r.from && (r.at-last.at)%r.size == 0 &&
		last.origin+(r.at-last.at)/r.size*r.from == r.origin {
		return m
	}
	return append(m, r)
}

// then returns the way back through both m and the way that a later step took from m's result to a result of length
// bytes.
func (m Map) then(later Map, length int) Map {
	if len(m) == 0 {
		return later
	}
	if len(later) == 0 {
		return m
	}
	var both Map
	if later[0].at > 0 {
		both = m.copied(both, 0, 0, later[0].at)
	}
	for n, r := range later {
		end := length
		if n+1 < len(later) {
			end = later[n+1].at
		}
		if r.copies() {
			both = m.copied(both, r.at, r.origin, end-r.at)
			continue
		}
		for at, origin := r.at, r.origin; at < end; at, origin = at+r.size, origin+r.from {
			start, stop := m.Range(origin, origin+r.from)
			both = both.add(run{at, start, min(r.size, end-at), stop - start})
		}
	}
	return both.add(run{length, m.Original(later.Original(length)), 1, 1})
}

// copied adds the runs of n bytes that m's result has from offset origin on, and the later result from at on.
func (m Map) copied(both Map, at, origin, n int) Map {
	next := sort.Search(len(m), func(n int) bool { return m[n].at > origin })
	for n > 0 {
		r := run{size: 1, from: 1}
		if next > 0 {
			r = m[next-1]
		}
		size := n
		if next < len(m) {
			size = min(size, m[next].at-origin)
		}
		skipped := origin - r.at
		r.origin += skipped / r.size * r.from
		r.at = at
		if cut := skipped % r.size; cut != 0 { // the rest of a piece stays a piece of its own
			rest := min(size, r.size-cut)
			both = both.add(run{at, r.origin, rest, r.from})
			r.origin += r.from
			r.at += rest
		}
		whole := (at + size - r.at) / r.size * r.size
		if whole > 0 {
			both = both.add(r)
		}
		if r.at+whole < at+size {
			both = both.add(run{r.at + whole, r.origin + whole/r.size*r.from, at + size - r.at - whole, r.from})
		}
		at, origin, n, next = at+size, origin+size, n-size, next+1
	}
	return both
}
