package names

import "encoding/binary"

// Postings are lists of the forms that have a sound, one for each key. A list is the differences of their numbers.
type postings struct {
	bytes  []byte
	starts []uint32 // for each list, and one more
}

// leastLists and mostLists bound the number of lists; keys may share one.
const (
	leastLists = 1 << 4
	mostLists  = 1 << 12
)

// list returns the list of a key.
func (p *postings) list(key uint16) uint16 { return key & uint16(len(p.starts)-2) }

func newPostings(forms *forms, key func(i uint32) uint16) postings {
	lists := leastLists
	for lists < mostLists && lists < 4*forms.len() {
		lists *= 2
	}
	p := postings{starts: make([]uint32, lists+1)}
	last := make([]uint32, lists)
	each := func(f func(list int, difference uint64)) {
		clear(last)
		i, next := uint32(0), uint32(0)
		for n := range uint32(forms.len()) {
			for next += uint32(forms.length(n)); i < next; i++ {
				list := p.list(key(i))
				f(int(list), uint64(n-last[list]))
				last[list] = n
			}
		}
	}
	var room [binary.MaxVarintLen64]byte
	each(func(list int, difference uint64) {
		p.starts[list+1] += uint32(binary.PutUvarint(room[:], difference))
	})
	for i := range lists {
		p.starts[i+1] += p.starts[i]
	}
	p.bytes = make([]byte, p.starts[lists])
	next := make([]uint32, lists)
	copy(next, p.starts)
	each(func(list int, difference uint64) {
		next[list] += uint32(binary.PutUvarint(p.bytes[next[list]:], difference))
	})
	return p
}

// of calls yield for each form that has a key, once for each time it has it.
func (p *postings) of(key uint16, yield func(f uint32)) {
	list := p.list(key)
	bytes := p.bytes[p.starts[list]:p.starts[list+1]]
	form := uint32(0)
	for len(bytes) > 0 {
		difference, n := binary.Uvarint(bytes)
		form += uint32(difference)
		yield(form)
		bytes = bytes[n:]
	}
}
