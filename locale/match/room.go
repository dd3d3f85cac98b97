package match

import "slices"

// What a scan of ordinary words needs is in the scanner, so that it need not allocate. The types here keep a few
// elements in themselves and only more than these elsewhere. (Slices of the scanner's own arrays inside it would force
// it off the stack.)

const (
	fewRunes = 32 // the longest ordinary word
	fewHits  = 16 // that wait, or end at a few places together
)

// A window has room for the marks of a block behind those of a word.
type window struct {
	few  [block + fewRunes]mark
	many []mark // instead of few, if words are longer
}

func (w *window) all() []mark {
	if w.many != nil {
		return w.many
	}
	return w.few[:]
}

// A queue is a list of hits.
type queue struct {
	few        [fewHits]Hit
	many       []Hit // instead of few, once they do not fit
	head, tail int   // where the list is
}

func (q *queue) empty() bool { return q.head == q.tail }
func (q *queue) clear()      { q.head, q.tail = 0, 0 }
func (q *queue) all() []Hit  { return q.places()[q.head:q.tail] }

func (q *queue) places() []Hit {
	if q.many != nil {
		return q.many
	}
	return q.few[:]
}

func (q *queue) push(h Hit) {
	if q.many == nil && q.tail < len(q.few) {
		q.few[q.tail] = h
		q.tail++
		return
	}
	q.insert(q.tail-q.head, h)
}

// insert puts a hit before the one at i.
//
//go:noinline
func (q *queue) insert(i int, h Hit) {
	if places := q.places(); q.tail == len(places) {
		if 2*q.head < len(places) {
			q.many = make([]Hit, 2*len(places))
		}
		q.head, q.tail = 0, copy(q.places(), places[q.head:q.tail])
	}
	q.tail++
	hits := q.all()
	copy(hits[i+1:], hits[i:])
	hits[i] = h
}

// drop takes out the hits for which undone holds.
func (q *queue) drop(undone func(Hit) bool) {
	q.tail = q.head + len(slices.DeleteFunc(q.all(), undone))
}

// shift takes out the first n hits.
func (q *queue) shift(n int) {
	if q.head += n; q.empty() {
		q.clear()
	}
}
