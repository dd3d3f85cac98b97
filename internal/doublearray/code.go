package doublearray

// Code returns the code of r on the edges of the trie, 0 if no key has it. A caller that looks many words up in one
// text asks for each code once and takes [Trie.StepCode] or [Trie.Matches] from there.
func (t *Trie) Code(r rune) uint16 { return uint16(t.code(r)) }

// StepCode is [Trie.Step] for a rune whose code is known. Code 0 leads nowhere.
func (t *Trie) StepCode(s State, code uint16) State {
	slot := uint(t.base(s, uint32(code)) + uint32(code))
	if s&childless != 0 || code == 0 || u16(t.codes, slot) != uint32(code) {
		return 0
	}
	return State(u32(t.words, slot))
}

// A Match is a key that a text starts with: how many codes after the first it takes, and its value.
type Match struct {
	Codes int32
	Value uint32
}

// Matches appends to dst the keys that a text starts with, shortest first. The first code has led from the root to s,
// codes are the others.
func (t *Trie) Matches(dst []Match, s State, codes []uint16) []Match {
	edges, words := t.codes, t.words
	for n := 0; s != 0; n++ {
		if s&childless != 0 {
			return append(dst, Match{int32(n), uint32(s & payload)})
		}
		base := uint32(s & payload)
		parted := base > partedIndex
		if s&ends != 0 {
			at := base
			if parted {
				at = u32(words, uint(base&partedIndex))
			}
			dst = append(dst, Match{int32(n), u32(words, uint(at))})
		}
		if n >= len(codes) || codes[n] == 0 {
			return dst
		}
		code := uint32(codes[n])
		if parted {
			base = u32(words, uint(base&partedIndex+code&(1<<(base>>partedShift)-1)))
		}
		slot := uint(base + code)
		if u16(edges, slot) != code {
			return dst
		}
		s = State(u32(words, slot))
	}
	return dst
}

// Codes returns the number of codes, which are 1, 2 and so on. It looks through the table of them.
func (t *Trie) Codes() int {
	most := uint32(0)
	for i := range uint(len(t.table) / 2) {
		most = max(most, u16(t.table, i))
	}
	return int(most)
}
