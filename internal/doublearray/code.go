package doublearray

// Code returns the code of r on the edges of the trie, 0 if no key has it. A caller that looks many words up in one
// text asks for each code once and takes [Trie.StepCode] or [Trie.Matches] from there.
func (t *Trie) Code(r rune) uint16 { return uint16(t.code(r)) }

// StepCode is [Trie.Step] for a rune whose code is known. Code 0 leads nowhere.
func (t *Trie) StepCode(s State, code uint16) State {
	slot := t.base(s, uint32(code)) + uint32(code)
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
				at = u32(words, base&partedIndex)
			}
			dst[found] = Match{int32(n), u32(words, at)}
			found++
		}
		if n >= len(codes) || codes[n] == 0 {
			break
		}
		code := uint32(codes[n])
		if parted {
			base = u32(words, base&partedIndex+code&(1<<(base>>partedShift)-1))
		}
		slot := base + code
		if u16(edges, slot) != code {
			break
		}
		s = State(u32(words, slot))
	}
	return found
}

// An Ending is what a trie has of a state and a code that may follow: the value of the key that ends at the state,
// or NoKey, and Longer if longer keys go on with the code.
type Ending uint32

// What an [Ending] may have.
const (
	NoKey  Ending = 1 << 31
	Longer Ending = 1 << 30
)

// Value returns the value of the key, 0 if there is none.
func (e Ending) Value() uint32 { return uint32(e &^ (NoKey | Longer)) }

// Endings sets each of dst to the ending of a state, the i-th of the i-th state and code. As they do not wait for each
// other, many take much less time than one by one. It returns which have longer keys, in room for as many numbers as
// there are states.
func (t *Trie) Endings(dst []Ending, room []uint16, states []State, codes []uint16) (longer []uint16) {
	edges, words := t.codes, t.words
	n := min(len(dst), len(room), len(states), len(codes))
	dst, room, states, codes = dst[:n], room[:n], states[:n], codes[:n]
	found := 0
	for i, s := range states {
		dst[i], room[found] = NoKey, uint16(i)
		if s != 0 {
			found++
		}
	}
	list := 0 // of those that have longer keys, in the room of what has been read
	for _, i := range room[:found] {
		s, code := states[i], uint32(codes[i])
		// If no key continues, the value is at hand; what is read then does not matter, and is near the root.
		final := uint32(int32(s<<1) >> 31) // all bits or none
		base := uint32(s&payload) &^ final
		at := base // where the value is
		if base > partedIndex {
			at = u32(words, base&partedIndex)
			base = u32(words, base&partedIndex+code&(1<<(base>>partedShift)-1))
		}
		e := Ending(u32(words, at)&^final | uint32(s&payload)&final)
		if s&ends == 0 {
			e = NoKey
		}
		more := Longer
		if u16(edges, base+code)^code|final != 0 {
			more = 0
		}
		if code == 0 {
			more = 0
		}
		dst[i] = e | more
		room[list] = i
		list += int(more / Longer)
	}
	return room[:list]
}

// StepsOf sets those of dst that a list has to the state that a code leads to from a state, the i-th code from the i-th
// state.
func (t *Trie) StepsOf(list []uint16, dst, from []State, codes []uint16) {
	for _, i := range list {
		dst[i] = t.StepCode(from[i], codes[i])
	}
}

// Codes returns the number of codes, which are 1, 2 and so on. It looks through the table of them.
func (t *Trie) Codes() int {
	most := 0
	for _, code := range t.table {
		most = max(most, int(code))
	}
	return most
}
