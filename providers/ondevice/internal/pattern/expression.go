package pattern

import (
	"math/bits"
	"slices"
	"strings"
)

// An Expression is a phrase that has been read.
type Expression struct {
	root *node
}

// Parse reads a phrase and puts the rules of its scope in. A mistake gives an [*Error].
func Parse(p Phrase) (*Expression, error) {
	root, err := readPhrase(0, p)
	if err != nil {
		return nil, err
	}
	return &Expression{root}, nil
}

// Slots returns the slots of the phrase in the order in which they first stand in it.
func (e *Expression) Slots() []Slot {
	var slots []Slot
	e.root.visit(func(n *node) {
		if n.op == opSlot && !slices.Contains(slots, n.slot) {
			slots = append(slots, n.slot)
		}
	})
	return slots
}

// A Piece is a part of a sentence: words as they are written in the phrase, or a slot.
type Piece struct {
	Text string
	Slot Slot // the zero Slot if it is words
}

// Sentences returns up to limit different sentences that the phrase describes, spread evenly over its choices and
// always the same ones. The first has every optional part and the first of all alternatives. Any text is left out.
func (e *Expression) Sentences(limit int) [][]Piece {
	all := e.root.ways()
	n := min(all, uint64(max(limit, 0)))
	stride := strideOf(all)
	var sentences [][]Piece
	seen := make(map[string]bool)
	for i := range n {
		high, low := bits.Mul64(i, stride)
		sentence := e.root.pick(nil, bits.Rem64(high, low, all))
		if text := written(sentence); text != "" && !seen[text] {
			seen[text] = true
			sentences = append(sentences, sentence)
		}
	}
	return sentences
}

// strideOf returns a step that comes to each of n numbers once, and soon to all parts of them.
func strideOf(n uint64) uint64 {
	high, low := bits.Mul64(n, 0x9E3779B97F4A7C15) // the golden section of n
	stride := high + low>>63
	for ; ; stride++ {
		a, b := n, max(stride, 1)
		for b != 0 {
			a, b = b, a%b
		}
		if a == 1 {
			return max(stride, 1)
		}
	}
}

// written returns a sentence as text.
func written(sentence []Piece) string {
	var b strings.Builder
	for _, p := range sentence {
		if p.Slot != (Slot{}) {
			b.WriteString("{" + p.Slot.Name + ":" + p.Slot.Of + "}")
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// maxWays bounds the number of sentences that are told apart.
const maxWays = 1 << 62

func times(a, b uint64) uint64 {
	if high, low := bits.Mul64(a, b); high == 0 && low < maxWays {
		return low
	}
	return maxWays
}

// ways returns the number of choices in the node, at most maxWays.
func (n *node) ways() uint64 {
	ways := uint64(1)
	switch n.op {
	case opChoice:
		ways = 0
		for _, item := range n.items {
			ways = min(maxWays, ways+item.ways())
		}
	case opOrder, opBoth:
		for i, item := range n.items {
			ways = times(ways, times(uint64(i+1), item.ways()))
		}
	default:
		for _, item := range n.items {
			ways = times(ways, item.ways())
		}
	}
	return ways
}

// pick appends the sentence of one choice, which is below n.ways.
func (n *node) pick(dst []Piece, choice uint64) []Piece {
	switch n.op {
	case opWords:
		if n.words == "" {
			return dst
		}
		if last := len(dst) - 1; last >= 0 && dst[last].Slot == (Slot{}) {
			dst[last].Text += n.words
			return dst
		}
		return append(dst, Piece{Text: n.words})
	case opSlot:
		return append(dst, Piece{Slot: n.slot})
	case opChoice:
		for _, item := range n.items {
			if ways := item.ways(); choice >= ways {
				choice -= ways
				continue
			}
			return item.pick(dst, choice)
		}
		return dst
	}
	items := slices.Clone(n.items)
	for i := range items {
		if n.op == opOrder || n.op == opBoth {
			left := uint64(len(items) - i)
			k := i + int(choice%left)
			choice /= left
			next := items[k]
			copy(items[i+1:k+1], items[i:k])
			items[i] = next
		}
		ways := items[i].ways()
		dst = items[i].pick(dst, choice%ways)
		choice /= ways
	}
	return dst
}
