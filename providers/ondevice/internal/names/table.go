package names

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"

	"github.com/zhushou-ai/zhushou/internal/offheap"
)

// A table finds forms in a text by their elements, which are their characters or how these sound. It does not keep the
// elements.
type table struct {
	slots   []uint32 // number + 1 of the first of equal forms, by hash; 0 where there is none
	next    []link   // by form, where there is another equal one
	pairs   []uint64 // set of the hashes of how forms begin, with one element or two
	lengths [MaxRunes + 1]bool
	longest int
}

// A link leads from a form to the next equal one.
type link struct{ form, next uint32 }

// newTable returns the table of n forms, which each yields, the last one first. The i-th element of all forms is at(i).
func newTable(forms *forms, n int, each iter.Seq[uint32], at func(i uint32) uint16) table {
	words := 1
	for words*8 < n {
		words *= 2
	}
	t := table{slots: make([]uint32, n*8/7+2), pairs: make([]uint64, words)}
	for f := range each { // backwards, so that equal ones are in order
		from, to := forms.at(f)
		h := start
		for i := from; i < to; i++ {
			if h = hash(h, at(i)); i == from+1 || to == from+1 {
				t.mark(h)
			}
		}
		t.lengths[to-from] = true
		t.longest = max(t.longest, int(to-from))
		slot := t.slot(h, func(g uint32) bool {
			if forms.length(g) != int(to-from) {
				return false
			}
			first, _ := forms.at(g)
			for k := range to - from {
				if at(first+k) != at(from+k) {
					return false
				}
			}
			return true
		})
		if t.slots[slot] != 0 {
			t.next = append(t.next, link{f, t.slots[slot] - 1})
		}
		t.slots[slot] = f + 1
	}
	slices.Reverse(t.next)
	t.next = tight(t.next)
	return t
}

// size returns the bytes of what move moves.
func (t *table) size() int {
	return offheap.Size(t.slots) + offheap.Size(t.next) + offheap.Size(t.pairs)
}

func (t *table) move(m *offheap.Memory) {
	t.slots, t.next, t.pairs = offheap.Move(m, t.slots), offheap.Move(m, t.next), offheap.Move(m, t.pairs)
}

const start uint64 = 0x9E3779B97F4A7C15

func hash(h uint64, e uint16) uint64 {
	h = (h ^ uint64(e)) * 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// slot returns the place of a form, or the free one for it.
func (t *table) slot(h uint64, same func(f uint32) bool) int {
	high, _ := bits.Mul64(h*start, uint64(len(t.slots)))
	for i := int(high); ; i++ {
		if i == len(t.slots) {
			i = 0
		}
		if s := t.slots[i]; s == 0 || same(s-1) {
			return i
		}
	}
}

func (t *table) mark(h uint64) {
	bit := h & uint64(len(t.pairs)*64-1)
	t.pairs[bit/64] |= 1 << (bit % 64)
}

func (t *table) marked(h uint64) bool {
	bit := h & uint64(len(t.pairs)*64-1)
	return t.pairs[bit/64]&(1<<(bit%64)) != 0
}

// begins reports whether a form may begin with the first elements of text.
func (t *table) begins(text []uint16) bool {
	h := hash(start, text[0])
	return t.lengths[1] && t.marked(h) || len(text) > 1 && t.marked(hash(h, text[1]))
}

// find calls found for all forms that text begins with, with their length.
func (t *table) find(text []uint16, forms *forms, at func(i uint32) uint16, found func(f uint32, length int)) {
	h := start
	for k := 0; k < min(len(text), t.longest); k++ {
		h = hash(h, text[k])
		if k == 1 && !t.marked(h) {
			return
		}
		if !t.lengths[k+1] || k == 0 && !t.marked(h) {
			continue
		}
		slot := t.slot(h, func(f uint32) bool {
			if forms.length(f) != k+1 {
				return false
			}
			first, _ := forms.at(f)
			for i, e := range text[:k+1] {
				if at(first+uint32(i)) != e {
					return false
				}
			}
			return true
		})
		if t.slots[slot] == 0 {
			continue
		}
		for form, ok := t.slots[slot]-1, true; ok; form, ok = t.after(form) {
			found(form, k+1)
		}
	}
}

// after returns the next form that is equal to one.
func (t *table) after(form uint32) (uint32, bool) {
	i, ok := slices.BinarySearchFunc(t.next, form, func(l link, form uint32) int { return cmp.Compare(l.form, form) })
	if !ok {
		return 0, false
	}
	return t.next[i].next, true
}
