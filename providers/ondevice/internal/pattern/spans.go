package pattern

import "slices"

// A span is a stretch of the sentence that can fill a slot or be skipped.
type span struct {
	start, end int32 // in the view
	kind       Kind
	doubt      int32
	candidate  int32 // or -1
	value      int32 // or -1
}

// addCandidates makes the candidates spans.
func (w *work) addCandidates(candidates []Candidate) {
	for i, c := range candidates {
		if c.Start < 0 || c.Start >= c.End || c.Kind == Text || c.Kind > MaxKind {
			continue
		}
		start, end := w.text.Index(c.Start), w.text.Index(c.End)
		if start >= end || !w.text.Within(c.End) {
			continue
		}
		w.spans = append(w.spans, span{int32(start), int32(end), c.Kind, int32(min(max(c.Doubt, 0), MaxRunes)), int32(i), -1})
	}
}

// addValues finds the values of lists and the words to skip that stand in the sentence.
func (w *work) addValues() {
	s := w.set
	for start := range w.text.Runes {
		if !w.parted[start] {
			continue
		}
		from := len(w.spans)
		w.states = append(w.states[:0], s.valueRoot)
		for end := start; len(w.states) > 0; end++ {
			w.nexts = w.nexts[:0]
			for i := 0; i < len(w.states); i++ { // it grows while empty edges are followed
				state := w.states[i]
				if end < len(w.text.Runes) {
					for _, e := range s.over(state, w.text.Runes[end]) {
						w.nexts = w.once(w.nexts, e.to)
					}
				}
				for _, e := range s.edges[s.others[state]:s.starts[state+1]] {
					if e.label == emptyLabel {
						w.states = w.once(w.states, e.to)
					} else if w.parted[end] {
						w.addValue(from, start, end, s.values[e.to])
					}
				}
			}
			w.states, w.nexts = w.nexts, w.states
		}
	}
}

// once appends a state that is not there yet. There are few at a time.
func (w *work) once(states []uint32, state uint32) []uint32 {
	if slices.Contains(states, state) {
		return states
	}
	return append(states, state)
}

// addValue adds a value that begins with the spans at from on. Of values of a list that end together it keeps the first.
func (w *work) addValue(from, start, end int, v value) {
	for i := from; i < len(w.spans); i++ {
		if s := &w.spans[i]; s.kind == v.list && int(s.end) == end {
			s.value = min(s.value, int32(v.index))
			return
		}
	}
	w.spans = append(w.spans, span{int32(start), int32(end), v.list, 0, -1, int32(v.index)})
}

// index sorts the spans by where they begin.
func (w *work) index() {
	slices.SortStableFunc(w.spans, func(a, b span) int { return int(a.start - b.start) })
	w.first = w.first[:0]
	k := 0
	for i := range len(w.text.Runes) + 1 {
		for k < len(w.spans) && int(w.spans[k].start) < i {
			k++
		}
		w.first = append(w.first, int32(k))
	}
	w.first = append(w.first, int32(len(w.spans)))
}

// over returns the edges of a state over a character.
func (s *Set) over(state uint32, r rune) []edge {
	edges := s.edges[s.starts[state]:s.others[state]]
	low := 0
	if len(edges) > 4 {
		low, _ = slices.BinarySearchFunc(edges, label(r), func(e edge, l label) int { return int(e.label) - int(l) })
	}
	for low < len(edges) && edges[low].label < label(r) {
		low++
	}
	high := low
	for high < len(edges) && edges[high].label == label(r) {
		high++
	}
	return edges[low:high]
}
