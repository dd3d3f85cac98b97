package learn

import "math"

// selector finds the strongest entries of a row. It holds the memory for that.
type selector struct {
	counts [1 << keyBits]int32
	keys   []uint16
}

// keyBits are how many bits of a value, below its sign, tell roughly how great it is.
const keyBits = 11

// strongest moves the n entries of greatest value to the front of a row and returns them, in no order. The value of an
// entry is its weight, or where there are factors its weight times the factor of its number; none is below zero. Of
// equal values the one with the lower number is the stronger.
func (s *selector) strongest(row []entry, n int, factors []float32) []entry {
	if n >= len(row) {
		return row
	}
	if len(row) < len(s.counts)/4 {
		return split(row, n, factors)
	}
	keys := s.read(row, factors)
	border := uint16(len(s.counts) - 1) // the key of the weakest that stays
	left := n
	for ; left > int(s.counts[border]); border-- {
		left -= int(s.counts[border])
	}
	above := 0
	for i, k := range keys {
		if k > border {
			row[i], row[above] = row[above], row[i]
			keys[i], keys[above] = keys[above], k
			above++
		}
	}
	on := above
	for i := above; i < len(row); i++ {
		if keys[i] == border {
			row[i], row[on] = row[on], row[i]
			keys[i], keys[on] = keys[on], keys[i]
			on++
		}
	}
	split(row[above:on], left, factors)
	return row[:n]
}

// read returns the keys of a row and counts them.
func (s *selector) read(row []entry, factors []float32) []uint16 {
	clear(s.counts[:])
	if cap(s.keys) < len(row) {
		s.keys = make([]uint16, len(row)+len(row)/4)
	}
	keys := s.keys[:len(row)]
	for i, e := range row {
		value := e.weight
		if factors != nil {
			value *= factors[e.id]
		}
		k := math.Float32bits(value) >> (31 - keyBits) & (1<<keyBits - 1)
		keys[i] = uint16(k)
		s.counts[k]++
	}
	return keys
}

// split is strongest for short rows.
func split(row []entry, n int, factors []float32) []entry {
	if n >= len(row) {
		return row
	}
	above := func(a, b entry) bool {
		va, vb := a.weight, b.weight
		if factors != nil {
			va, vb = va*factors[a.id], vb*factors[b.id]
		}
		return va > vb || va == vb && a.id < b.id
	}
	for from, to := 0, len(row); to-from > 1; {
		pivot := median(row[from], row[(from+to)/2], row[to-1], above)
		i, j := from, to-1
		for i <= j {
			for above(row[i], pivot) {
				i++
			}
			for above(pivot, row[j]) {
				j--
			}
			if i <= j {
				row[i], row[j] = row[j], row[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case n <= j:
			to = j + 1
		case n > i:
			from = i
		default:
			return row[:n]
		}
	}
	return row[:n]
}

func median(a, b, c entry, above func(a, b entry) bool) entry {
	if above(b, a) {
		a, b = b, a
	}
	switch { // a is above b
	case above(b, c):
		return b
	case above(c, a):
		return a
	}
	return c
}
