package names

import (
	"cmp"
	"math"
	"runtime"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// farthest is the distance, in thousandths, beyond which a name was hardly meant.
const farthest = 500

// leastOther is the least cost of a character whose sound has another key.
const leastOther = 23

// Nearest returns up to limit names that a stretch of text may be meant for, the nearest first; names that are equally
// near come in the order of the list. What is further than a name can be misheard is left out, and what has no
// character that sounds alike. Text that is written as the name has distance 0.
func (x *Index) Nearest(text string, limit int) []Hit {
	v := view.OfString(text)
	n := len(v.Runes)
	if x.Len() == 0 || n == 0 || n > MaxRunes || limit <= 0 {
		return nil
	}
	defer runtime.KeepAlive(x)
	s := x.sound()
	w := s.work(x)
	defer s.pool.Put(w)
	said := numerals(v.Runes)
	w.heard.hear(said, x.letters.codes(said), true)
	w.count(s)
	start, end := v.Span(0, n)
	best := nearest{limit: limit, farthest: farthest}
	for _, f := range w.byShared() {
		if best.tooFar(n, x.forms.length(f), int(w.shared[f])) {
			continue
		}
		if d := w.heard.distance(0, n, s.voice(x, f, &w.voice), best.farthest); d <= best.farthest {
			best.add(x.hit(f, start, end, d))
		}
	}
	w.reset()
	return best.hits
}

// count finds the forms that have sounds of what was said, and how many.
func (w *work) count(s *sounding) {
	for i, code := range w.heard.codes {
		if slices.Contains(w.heard.codes[:i], code) {
			continue
		}
		s.postings.of(w.heard.key(i), func(f uint32) {
			switch w.shared[f] {
			case 0:
				w.forms = append(w.forms, f)
			case math.MaxUint8:
				return
			}
			w.shared[f]++
			w.most = max(w.most, int(w.shared[f]))
		})
	}
}

// byShared returns the forms with the most shared sounds first.
func (w *work) byShared() []uint32 {
	var next [math.MaxUint8 + 2]int // for each number the place of the next form
	for _, f := range w.forms {
		next[w.most-int(w.shared[f])+1]++
	}
	for i := range w.most {
		next[i+1] += next[i]
	}
	w.room = append(w.room[:0], w.forms...)
	for _, f := range w.forms {
		at := &next[w.most-int(w.shared[f])]
		w.room[*at] = f
		*at++
	}
	return w.room
}

func (w *work) reset() {
	for _, f := range w.forms {
		w.shared[f] = 0
	}
	w.forms, w.most = w.forms[:0], 0
}

// A nearest collects the nearest names.
type nearest struct {
	hits     []Hit
	limit    int
	farthest int // what is further does not count
}

// tooFar reports whether texts of these lengths that share so many sounds are too unlike, whatever the others are.
func (n *nearest) tooFar(a, b, shared int) bool {
	shorter, longer := min(a, b), max(a, b)
	least := (longer-shorter)*gap + max(0, shorter-shared)*leastOther
	return least*1000 > n.farthest*longer*whole
}

func (n *nearest) add(h Hit) {
	compare := func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Alias, b.Alias))
	}
	if i := slices.IndexFunc(n.hits, func(other Hit) bool { return other.Name == h.Name }); i >= 0 {
		if compare(n.hits[i], h) <= 0 {
			return
		}
		n.hits = slices.Delete(n.hits, i, i+1)
	}
	at, _ := slices.BinarySearchFunc(n.hits, h, compare)
	n.hits = slices.Insert(n.hits, at, h)
	if len(n.hits) > n.limit {
		n.hits = n.hits[:n.limit]
	}
	if len(n.hits) == n.limit {
		n.farthest = min(n.farthest, int(n.hits[n.limit-1].Distance*1000+0.5))
	}
}

// What a name must have to be sure of, in the measure of distances.
const (
	sureNear  = 0.2
	sureAhead = 0.1 // of the second
	many      = 5000
)

// Sure reports whether the first of hits is what was meant in some 98 of 100 cases, a quarter of the texts being no name
// at all: it is near, the nearer the more names there are, and the second is not nearly as near. The hits are what
// [Index.Nearest] has returned for a limit of at least 2.
func (x *Index) Sure(hits []Hit) bool {
	near := sureNear
	if x.Len() >= many {
		near /= 2
	}
	return len(hits) > 0 && hits[0].Distance < near && (len(hits) == 1 || hits[1].Distance-hits[0].Distance >= sureAhead)
}
