package names

import "math/bits"

// A table finds forms in a text by their elements, which are their characters or how these sound. It does not keep the
// elements.
type table struct {
	slots   []uint32 // number + 1 of the first of equal forms, by hash; 0 where there is none
	next    []uint32 // number + 1 of the next equal form, 0 after the last; nil if there are no equal ones
	pairs   []uint64 // set of the hashes of how forms begin, with one element or two
	lengths [MaxRunes + 1]bool
	longest int
}

// newTable returns the table of forms. The i-th element of all forms is at(i).
func newTable(forms *forms, at func(i uint32) uint16) table {
	n := forms.len()
	words := 1
	for words*8 < n {
		words *= 2
	}
	t := table{slots: make([]uint32, n*4/3+2), pairs: make([]uint64, words)}
	for f := n - 1; f >= 0; f-- { // backwards, so that equal ones are in order
		from, to := forms.at(uint32(f))
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
			if t.next == nil {
				t.next = make([]uint32, n)
			}
			t.next[f] = t.slots[slot]
		}
		t.slots[slot] = uint32(f + 1)
	}
	return t
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
		for s := t.slots[slot]; s != 0; {
			found(s-1, k+1)
			if t.next == nil {
				break
			}
			s = t.next[s-1]
		}
	}
}
