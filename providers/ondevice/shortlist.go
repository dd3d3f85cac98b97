package ondevice

import (
	"cmp"
	"slices"
)

// How many phrases a sentence is aligned with: the most similar ones of each tool, and of the background.
const (
	listedTools      = 8
	listedPhrases    = 6
	listedBackground = 40
)

// shortlist returns the phrases that are worth a closer look, by their similarity: the most similar ones of the tools
// that have the most similar ones, and all of these tools' phrases without words. They are valid until the next call.
func (s *toolset) shortlist(similar []float64, r *room) []int {
	before := func(a, b int) int { return cmp.Or(cmp.Compare(similar[b], similar[a]), cmp.Compare(a, b)) }
	lists, room := r.best, r.shortlist // the background's list is the last
	for i := range lists {
		n := min(listedPhrases, len(room))
		if i == len(s.tools) {
			n = listedBackground
		}
		lists[i].places, room = room[:0:n], room[n:]
	}
	var wordless []int
	first := r.first[:0] // the first phrase of each tool
	for i, v := range similar {
		p := &s.phrases[i]
		of := p.tool
		if of == background {
			of = len(s.tools)
		}
		switch {
		case len(p.words) == 0:
			wordless = append(wordless, i)
		case v > 0:
			lists[of].add(i, similar)
		}
	}
	for i := range s.tools {
		if l := lists[i].places; len(l) > 0 {
			first = append(first, l[0])
		}
	}
	for _, i := range wordless {
		if t := s.phrases[i].tool; t != background && len(lists[t].places) == 0 && !slices.ContainsFunc(first, func(k int) bool { return s.phrases[k].tool == t }) {
			first = append(first, i)
		}
	}
	slices.SortFunc(first, before)
	first = first[:min(len(first), listedTools)]
	r.first = first
	out := append(r.listed[:0], lists[len(s.tools)].places...)
	for _, i := range first {
		out = append(out, lists[s.phrases[i].tool].places...)
	}
	for _, i := range wordless {
		if t := s.phrases[i].tool; t == background || slices.ContainsFunc(first, func(k int) bool { return s.phrases[k].tool == t }) {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, before)
	r.listed = out
	return out
}

// best are the most similar phrases of a tool, in order, as many as there is room for.
type best struct{ places []int }

func (b *best) add(place int, similar []float64) {
	n := len(b.places)
	if n == cap(b.places) {
		if similar[place] <= similar[b.places[n-1]] {
			return
		}
		n--
		b.places = b.places[:n]
	}
	b.places = append(b.places, place)
	for ; n > 0 && similar[place] > similar[b.places[n-1]]; n-- {
		b.places[n] = b.places[n-1]
	}
	b.places[n] = place
}
