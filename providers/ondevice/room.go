package ondevice

import (
	"slices"
	"sync"
)

// A room is where a sentence is compared with the phrases of a toolset. It serves one comparison after the other.
type room struct {
	utterances []*utterance // of each tool, and of the background
	fits       []fit        // of each tool
	similar    []float64    // of each phrase
	weight     []float64    // of the phrase that is compared
	numbers    []float64
	places     []int
	shortlist  []int  // of all tools
	best       []best // of each tool, and of the background
	first      []int
	listed     []int
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// reset makes the room one for a text.
func (r *room) reset(t *text, s *toolset) {
	n, size := len(s.tools)+1, len(t.runes)
	for len(r.utterances) < n {
		r.utterances = append(r.utterances, new(utterance))
	}
	r.fits, r.similar = sized(r.fits, len(s.tools)), sized(r.similar, len(s.phrases))
	r.numbers, r.places = sized(r.numbers, 2*n*size), sized(r.places, n*(size+2))
	r.shortlist = sized(r.shortlist, len(s.tools)*listedPhrases+listedBackground)
	r.best = sized(r.best, n)
	for i, u := range r.utterances[:n] {
		*u = utterance{weight: r.numbers[2*i*size:][:size], prose: r.numbers[(2*i+1)*size:][:size], first: r.places[i*(size+2):][:size+2], filled: u.filled}
	}
}

func sized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// release gives the room back, with nothing of the sentence in it.
func (r *room) release() {
	if r == nil {
		return
	}
	for _, u := range r.utterances {
		clear(u.filled[:cap(u.filled)])
		*u = utterance{filled: u.filled}
	}
	clear(r.fits[:cap(r.fits)])
	rooms.Put(r)
}
