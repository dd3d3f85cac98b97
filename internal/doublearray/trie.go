package doublearray

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/internal/view"
)

const (
	mark       = 0x31304144 // "DA01"
	headerSize = 6 * 4
	pageBits   = 6
	pageSize   = 1 << pageBits
	maxRune    = utf8.MaxRune
)

// MaxValue is the largest value that a key can have.
const MaxValue = 1<<30 - 1

// A State is a place in a [Trie]: what has been read so far is the beginning of at least one key. The zero State is
// no place: it is what [Trie.Step] returns when no key continues with the rune.
//
// A State is the word of its slot. Bit 31 says that a key ends here, bit 30 that no key continues; the other bits are
// the key's value where bit 30 is set, and the base otherwise. The value of a key that others continue lies in the
// word at the base itself, the place of code 0.
//
// A state that many runes continue has several bases, one for each ending of a code: bits 26 to 29 are the number of
// bits of the ending, not 0, and the lower ones the slot of the first of the bases, which are words without codes.
type State uint32

const (
	ends      State = 1 << 31
	childless State = 1 << 30
	payload         = childless - 1

	partedShift  = 26
	partedIndex  = 1<<partedShift - 1
	mostChildren = 24 // that share a base
)

// Final reports whether no key continues from s, so that a further step is in vain.
func (s State) Final() bool { return s == 0 || s&childless != 0 }

// A Trie is a set of keys with their values. It is read-only and safe for concurrent use; no look-up allocates. The
// zero Trie has no keys.
type Trie struct {
	index, table []uint16
	codes        []uint16
	words        []uint32
	keys         int
	maxRunes     int
}

// Open reads a trie from the form that [Build] returns, in place where the machine can; see package view. It checks the sizes, not every slot; a damaged array gives wrong answers but does not panic.
func Open(data string) (*Trie, error) {
	header := view.Uint32s(data[:min(len(data), headerSize)])
	if len(header) < headerSize/4 || header[0] != mark {
		return nil, errors.New("open double array: data does not start with the mark of a double array")
	}
	keys, longest, slots := header[1], header[2], header[5]
	if keys > slots || longest > slots || slots > math.MaxInt32 {
		return nil, errors.New("open double array: the header counts more keys than slots")
	}
	t := &Trie{keys: int(keys), maxRunes: int(longest)}
	rest, want := data[headerSize:], uint64(0)
	var index, table, codes, words string
	for _, part := range []struct {
		to    *string
		count uint32
		size  uint64
	}{{&index, header[3], 2}, {&table, header[4], 2}, {&codes, slots, 2}, {&words, slots, 4}} {
		size := uint64(part.count) * part.size
		if want += size; size > uint64(len(rest)) {
			return nil, fmt.Errorf("open double array: %d bytes after the header, want at least %d", len(data)-headerSize, want)
		}
		*part.to, rest = rest[:size], rest[size:]
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("open double array: %d bytes too many", len(rest))
	}
	t.index, t.table = view.Uint16s(index), view.Uint16s(table)
	t.codes, t.words = view.Uint16s(codes), view.Uint32s(words)
	return t, nil
}

// Len returns the number of keys.
func (t *Trie) Len() int { return t.keys }

// MaxRunes returns the length of the longest key in runes: how far ahead of a position a match can reach.
func (t *Trie) MaxRunes() int { return t.maxRunes }

// Root returns the state in which nothing has been read.
func (t *Trie) Root() State {
	if len(t.words) == 0 {
		return 0
	}
	return State(u32(t.words, 0))
}

// Step returns the state after reading r in state s, or 0 if no key continues so.
func (t *Trie) Step(s State, r rune) State {
	if s&childless != 0 {
		return 0
	}
	code := t.code(r)
	slot := t.base(s, code) + code
	if code == 0 || u16(t.codes, slot) != code {
		return 0
	}
	return State(u32(t.words, slot))
}

// base returns the base of the children of s that the code leads to.
func (t *Trie) base(s State, code uint32) uint32 {
	base := uint32(s & payload)
	if base > partedIndex {
		base = u32(t.words, base&partedIndex+code&(1<<(base>>partedShift)-1))
	}
	return base
}

// Value returns the value of the key that ends at s, and whether one does.
func (t *Trie) Value(s State) (uint32, bool) {
	switch {
	case s&childless != 0:
		return uint32(s & payload), true
	case s&ends != 0:
		return u32(t.words, t.base(s, 0)), true
	}
	return 0, false
}

// Get returns the value of key, and whether it is in the trie.
func (t *Trie) Get(key string) (value uint32, ok bool) {
	s := t.Root()
	for i := 0; i < len(key); {
		r, size := decode.Rune(key, i)
		if s = t.Step(s, r); s == 0 {
			return 0, false
		}
		i += size
	}
	return t.Value(s)
}

// Longest returns the value of the longest key that text starts with and its length in bytes, which is 0 if text
// starts with no key.
func (t *Trie) Longest(text string) (value uint32, length int) {
	s := t.Root()
	for i := 0; i < len(text); {
		r, size := decode.Rune(text, i)
		if s = t.Step(s, r); s == 0 {
			break
		}
		i += size
		if v, ok := t.Value(s); ok {
			value, length = v, i
		}
	}
	return value, length
}

// Prefixes yields the length in bytes and the value of every key that text starts with, shortest first.
func (t *Trie) Prefixes(text string) iter.Seq2[int, uint32] {
	return func(yield func(int, uint32) bool) {
		s := t.Root()
		for i := 0; i < len(text); {
			r, size := decode.Rune(text, i)
			if s = t.Step(s, r); s == 0 {
				return
			}
			i += size
			if v, ok := t.Value(s); ok && !yield(i, v) {
				return
			}
		}
	}
}

// All yields every key with its value, in no useful order. Unlike the look-ups it allocates, and it takes time in
// proportion to the whole array.
func (t *Trie) All() iter.Seq2[string, uint32] {
	return func(yield func(string, uint32) bool) {
		slots := len(t.codes)
		runes := t.runes()
		parent := make([]int32, slots) // base → slot of the state that has it
		for slot := range slots {
			s := State(u32(t.words, uint32(slot)))
			if s&childless != 0 || slot != 0 && u16(t.codes, uint32(slot)) == 0 {
				continue
			}
			for ending := range uint32(1) << (s & payload >> partedShift) {
				if base := t.base(s, ending); uint64(base) < uint64(slots) {
					parent[base] = int32(slot)
				}
			}
		}
		var backwards []rune
		var key []byte
		for slot := 1; slot < slots; slot++ {
			code := u16(t.codes, uint32(slot))
			value, ok := t.Value(State(u32(t.words, uint32(slot))))
			if code == 0 || !ok {
				continue
			}
			backwards = backwards[:0]
			for at := slot; at != 0 && len(backwards) < t.maxRunes; {
				code := int(u16(t.codes, uint32(at)))
				if code > at || code >= len(runes) {
					break // only in a damaged array
				}
				backwards = append(backwards, runes[code])
				at = int(parent[at-code])
			}
			key = key[:0]
			for i := len(backwards) - 1; i >= 0; i-- {
				key = utf8.AppendRune(key, backwards[i])
			}
			if !yield(string(key), value) {
				return
			}
		}
	}
}

// runes returns the rune of every code.
func (t *Trie) runes() []rune {
	runes := []rune{0}
	for page := range t.index {
		for i := range pageSize {
			r := rune(page<<pageBits | i)
			if code := int(t.code(r)); code != 0 {
				for len(runes) <= code {
					runes = append(runes, 0)
				}
				runes[code] = r
			}
		}
	}
	return runes
}

// code returns the code of r, 0 if no key has it.
func (t *Trie) code(r rune) uint32 {
	page := uint32(r) >> pageBits // a negative rune becomes a page that is not there
	return u16(t.table, u16(t.index, page)<<pageBits|uint32(r)&(pageSize-1))
}

// u16 returns the number at a place, 0 if it is beyond the end: a step can lead there, and so can a damaged array.
func u16(s []uint16, i uint32) uint32 {
	if uint64(i) < uint64(len(s)) {
		return uint32(s[i])
	}
	return 0
}

func u32(s []uint32, i uint32) uint32 {
	if uint64(i) < uint64(len(s)) {
		return s[i]
	}
	return 0
}
