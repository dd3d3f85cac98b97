package doublearray

import (
	"fmt"
	"runtime"

	"github.com/zhushou-ai/zhushou/internal/offheap"
)

// Forks are the states after one code, made ready for many steps from there: each has a list of bases of its own, be it
// a single one, so that a step takes no branch. Reading a text, most states are such, and whether they have one base or
// several is hard to foresee. Forks are read-only once made, and safe for concurrent use.
type Forks struct {
	codes  []uint16
	words  []uint32
	bases  []uint32 // at 0 is one from which no code leads anywhere
	byCode []Fork
	memory *offheap.Memory // of the last two; see Steps
}

// A Fork is the state after one code: the place of its bases, and in the low bits what of a code tells which. The zero
// Fork has no keys that continue.
type Fork uint32

const (
	forkBits = 13 // no state is parted into more than 1<<13 families
	forkMask = 1<<forkBits - 1
)

// Forks returns the forks of the trie. It fails if they have more than 2¹⁹ bases.
func (t *Trie) Forks() (*Forks, error) {
	f := &Forks{codes: t.codes, words: t.words, bases: []uint32{0}, byCode: make([]Fork, t.Codes()+1)}
	for code := range f.byCode {
		s := t.StepCode(t.Root(), uint16(code))
		if s.Final() {
			continue
		}
		at, base, mask := uint32(len(f.bases)), uint32(s&payload), uint32(0)
		if base > partedIndex {
			mask = 1<<(base>>partedShift) - 1
		}
		for ending := range mask + 1 {
			f.bases = append(f.bases, t.base(s, ending))
		}
		if mask > forkMask || len(f.bases) > 1<<(32-forkBits) {
			return nil, fmt.Errorf("forks of a double array: more than %d bases", 1<<(32-forkBits))
		}
		f.byCode[code] = Fork(at<<forkBits | mask)
	}
	f.memory = offheap.Reserve(offheap.Size(f.bases) + offheap.Size(f.byCode))
	f.bases, f.byCode = offheap.Move(f.memory, f.bases), offheap.Move(f.memory, f.byCode)
	return f, nil
}

// Of returns the fork after a code.
func (f *Forks) Of(code uint16) Fork {
	defer runtime.KeepAlive(f)
	if int(code) < len(f.byCode) {
		return f.byCode[code]
	}
	return 0
}

// Steps sets each of dst to the state that a code leads to from a fork, the i-th code from the i-th fork, as
// [Trie.StepCode] does from the state. As no step waits for another, many take much less time than one by one.
func (f *Forks) Steps(dst []State, from []Fork, codes []uint16) {
	bases, edges := f.bases, f.codes
	words := f.words[:len(edges)] // it has as many; so one comparison is enough
	n := min(len(dst), len(from), len(codes))
	dst, from, codes = dst[:n], from[:n], codes[:n]
	for i := range dst {
		fork, code := uint32(from[i]), uint32(codes[i])
		slot := bases[fork>>forkBits+code&fork&forkMask] + code
		next := State(0)
		if uint64(slot) < uint64(len(edges)) {
			next = State(words[slot])
			if uint32(edges[slot]) != code {
				next = 0
			}
		}
		if code == 0 {
			next = 0
		}
		dst[i] = next
	}
	runtime.KeepAlive(f) // of the bases
}
