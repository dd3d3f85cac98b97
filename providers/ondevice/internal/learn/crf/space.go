package crf

import "slices"

// A Space says which labels there are. Label 0 is that of what is in no slot, 2k+1 begins slot k and 2k+2
// goes on with it.
type Space struct {
	Labels int
	Slots  int
	Sets   [][]int // labels that may occur in one sentence, ascending and with 0
}

// NewSpace returns the space of so many slots; a set has the labels of the slots that are listed for it.
func NewSpace(slots int, sets [][]int) *Space {
	s := &Space{Labels: 2*slots + 1, Slots: slots}
	for _, set := range sets {
		labels := []int{0}
		for _, k := range set {
			labels = append(labels, Begin(k), Inside(k))
		}
		s.Sets = append(s.Sets, labels)
	}
	return s
}

// MaxPairs bounds the pairs of labels of all sets together.
const MaxPairs = 1 << 23

// Pairs returns how many pairs of labels the sets have.
func (s *Space) Pairs() int {
	n := 0
	for _, set := range s.Sets {
		n = min(MaxPairs+1, n+(len(set)+1)*len(set))
	}
	return n
}

// Begin returns the label of the first place of slot k, and Inside that of the others.
func Begin(k int) int  { return 2*k + 1 }
func Inside(k int) int { return 2*k + 2 }

// Slot returns the slot of a label, -1 for label 0, and whether the slot begins there.
func Slot(label int) (k int, begins bool) {
	if label == 0 {
		return -1, false
	}
	return (label - 1) / 2, label%2 == 1
}

// Follows reports whether a label may follow another. The start of a sentence is label s.Labels.
func (s *Space) Follows(from, label int) bool {
	if label == 0 || label%2 == 1 {
		return true
	}
	return from == label || from == label-1
}

// A label has three parts with weights of their own: the label itself; whether it is outside, begins or goes
// on, whatever the slot; and the slot, wherever in it. What is learned about one slot so serves the others.
// Parts are numbered: the labels, the three kinds, the slots.
func (s *Space) Parts() int { return s.Labels + 3 + s.Slots }

// Start returns what stands for the start of a sentence among what a label may follow. It is the part of
// the kind outside, so that a slot begins a sentence as it begins after a word of none.
func (s *Space) Start() int { return s.Parts() }

// kindOf returns the part of a label that says whether it begins a slot.
func (s *Space) kindOf(label int) int {
	if label == 0 || label == s.Start() {
		return s.Labels
	}
	return s.Labels + 2 - label%2
}

// slotOf returns the part of a label that says which slot it is of. Label 0 has none and counts as itself.
func (s *Space) slotOf(label int) int {
	if label == 0 {
		return 0
	}
	return s.Labels + 3 + (label-1)/2
}

// parts are the parts of the labels of a set: the labels, the kinds, the slots.
type parts struct {
	all        []int // as the space numbers them
	kind, slot []int // of each label, the indices in all
}

func newParts(s *Space, set []int) parts {
	p := parts{kind: make([]int, len(set)), slot: make([]int, len(set))}
	p.all = append(p.all, set...)
	p.all = append(p.all, s.Labels, s.Labels+1, s.Labels+2)
	for y, label := range set {
		p.kind[y] = len(set) + s.kindOf(label) - s.Labels
		if label == 0 {
			continue
		}
		part := s.slotOf(label)
		at := slices.Index(p.all, part)
		if at < 0 {
			at = len(p.all)
			p.all = append(p.all, part)
		}
		p.slot[y] = at
	}
	return p
}

// transition is the key of the weights of what follows a label.
func transition(from int) uint32 { return 0xfff00000 + uint32(from) }
