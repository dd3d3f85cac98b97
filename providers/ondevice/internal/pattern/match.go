package pattern

import (
	"cmp"
	"runtime"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// A Candidate is a stretch of the sentence that can fill a slot, by indices of the sentence that the view was made from.
type Candidate struct {
	Start, End int
	Kind       Kind
	// Doubt counts as so many characters that nothing covers, for example of a name that only sounds alike. What is above
	// MaxRunes is MaxRunes.
	Doubt int
}

// Options say how closely a sentence must fit.
type Options struct {
	// Loose allows words of the skip list to stand anywhere.
	Loose bool
	// Limit is the largest number of matches. If zero, there is none.
	Limit int
}

// A Match is a phrase that a sentence fits.
type Match struct {
	Phrase  int    // index of the phrase
	Fills   []Fill // the slots that are filled, from left to right
	Literal int    // characters that are words of the phrase
	Free    int    // characters in free text and wildcards
	Skipped int    // characters that were skipped
	Doubt   int    // of all candidates
}

// A Fill is what stands in a slot.
type Fill struct {
	Slot       string
	Of         string // what it is filled from: the name behind the colon, or Slot
	Start, End int    // in the sentence that the view was made from, without the marks around
	Candidate  int    // index of the candidate, or -1
	Value      int    // index of the value in the scope's list, or -1
}

// MaxRunes is the length of the longest sentence that is matched, in characters of its view.
const MaxRunes = 1000

// Match returns the phrases that a sentence fits, best first, each in the best of its ways. See the comment of the
// package for what is best. A candidate that is empty or reaches out of the sentence is not used.
func (s *Set) Match(sentence *view.Text, candidates []Candidate, o Options) []Match {
	return s.AppendMatches(nil, sentence, candidates, o)
}

// AppendMatches appends what [Set.Match] returns.
func (s *Set) AppendMatches(dst []Match, sentence *view.Text, candidates []Candidate, o Options) []Match {
	n := len(sentence.Runes)
	if n == 0 || n > MaxRunes || len(s.ranks) == 0 {
		return dst
	}
	defer runtime.KeepAlive(s)
	w, _ := s.pool.Get().(*work)
	if w == nil {
		w = new(work)
	}
	w.begin(s, sentence, candidates, o.Loose)
	w.run()
	dst = w.appendMatches(dst, o.Limit)
	w.set, w.text = nil, nil
	s.pool.Put(w)
	return dst
}

// found is a phrase that the sentence fits, and how well.
type found struct {
	phrase              uint32
	cell                int32
	cost                cost
	longest, candidates int // the characters in the longest slot, the number of candidates
}

// appendMatches appends what was found, in order.
func (w *work) appendMatches(dst []Match, limit int) []Match {
	for i := range w.found {
		w.measure(&w.found[i])
	}
	slices.SortFunc(w.found, w.compare)
	if limit > 0 {
		w.found = w.found[:min(limit, len(w.found))]
	}
	fills := 0
	for _, f := range w.found {
		fills += f.cost.slots()
	}
	room := make([]Fill, 0, fills)
	for _, f := range w.found {
		from := len(room)
		m := Match{Phrase: int(f.phrase)}
		room = w.trace(&m, f.cell, room)
		m.Fills = room[from:len(room):len(room)]
		slices.Reverse(m.Fills)
		m.Skipped = f.cost.skipped()
		m.Doubt = f.cost.uncovered() - m.Free - m.Skipped
		dst = append(dst, m)
	}
	return dst
}

// compare orders matches, the better ones first.
func (w *work) compare(a, b found) int {
	return cmp.Or(
		cmp.Compare(a.cost.uncovered(), b.cost.uncovered()),
		cmp.Compare(a.cost.skipped(), b.cost.skipped()),
		cmp.Compare(a.cost.slots(), b.cost.slots()),
		cmp.Compare(b.longest, a.longest),
		cmp.Compare(w.set.ranks[a.phrase], w.set.ranks[b.phrase]),
		cmp.Compare(a.candidates, b.candidates),
		cmp.Compare(a.phrase, b.phrase),
	)
}

// measure looks at the slots that are filled with candidates and values.
func (w *work) measure(f *found) {
	for at := f.cell; at >= 0; at = w.cells[at].before {
		c := &w.cells[at]
		if c.label.op() != fillLabel {
			continue
		}
		f.longest = max(f.longest, int(c.end-c.start))
		if w.spans[c.span].candidate >= 0 {
			f.candidates++
		}
	}
}

// trace appends the fills on the way to a cell, the last ones first, and counts its characters.
func (w *work) trace(m *Match, at int32, fills []Fill) []Fill {
	for ; at >= 0; at = w.cells[at].before {
		c := &w.cells[at]
		switch c.label.op() {
		case runeLabel:
			m.Literal += int(c.end - c.start)
		case jumpLabel:
			m.Free += int(c.end - c.start)
		case textLabel:
			m.Free += int(c.end - c.start)
			if i := c.label.index(); i != noSlot && i != goesOn {
				fills = append(fills, w.fill(c, i))
			}
		case fillLabel:
			fills = append(fills, w.fill(c, int(w.set.fills[c.label.index()].slot)))
		}
	}
	return fills
}

func (w *work) fill(c *cell, slot int) Fill {
	s := w.set.slots[slot]
	f := Fill{Slot: s.Name, Of: s.Of, Candidate: -1, Value: -1}
	f.Start, f.End = w.text.Span(int(c.start), int(c.end))
	if c.span >= 0 {
		s := w.spans[c.span]
		f.Candidate, f.Value = int(s.candidate), int(s.value)
	}
	return f
}
