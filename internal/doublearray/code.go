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

// StepCodes sets each of dst to the state that a code leads to from a state, the i-th code from the i-th state, as
// [Trie.StepCode] does. As no step waits for another, many take much less time than one by one.
func (t *Trie) StepCodes(dst, from []State, codes []uint16) {
	edges, words := t.codes, t.words
	n := min(len(dst), len(from), len(codes))
	dst, from, codes = dst[:n], from[:n], codes[:n]
	for i := range dst {
		s, code := from[i], uint32(codes[i])
		base := uint32(s & payload)
		if base > partedIndex {
			base = u32(words, uint(base&partedIndex+code&(1<<(base>>partedShift)-1)))
		}
		slot := uint(base + code)
		next := State(u32(words, slot))
		if u16(edges, slot) != code {
			next = 0
		}
		if s&childless != 0 || code == 0 {
			next = 0
		}
		dst[i] = next
	}
}

// A Match is a key that a text starts with: how many codes after the first it takes, and its value.
type Match struct {
	Codes int32
	Value uint32
}

// Matches fills dst with the keys that a text starts with, shortest first, as many as find room, and returns how many
// there are. The first code has led from the root to s, codes are the others.
func (t *Trie) Matches(dst []Match, s State, codes []uint16) int {
	edges, words := t.codes, t.words
	found := 0
	for n := 0; s != 0 && found < len(dst); n++ {
		if s&childless != 0 {
			dst[found] = Match{int32(n), uint32(s & payload)}
			return found + 1
		}
		base := uint32(s & payload)
		parted := base > partedIndex
		if s&ends != 0 {
			at := base
			if parted {
				at = u32(words, uint(base&partedIndex))
			}
			dst[found] = Match{int32(n), u32(words, uint(at))}
			found++
		}
		if n >= len(codes) || codes[n] == 0 {
			break
		}
		code := uint32(codes[n])
		if parted {
			base = u32(words, uint(base&partedIndex+code&(1<<(base>>partedShift)-1)))
		}
		slot := uint(base + code)
		if u16(edges, slot) != code {
			break
		}
		s = State(u32(words, slot))
	}
	return found
}

// Codes returns the number of codes, which are 1, 2 and so on. It looks through the table of them.
func (t *Trie) Codes() int {
	most := uint32(0)
	for i := range uint(len(t.table) / 2) {
		most = max(most, u16(t.table, i))
	}
	return int(most)
}
