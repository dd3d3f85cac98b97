package doublearray

import "github.com/zhushou-ai/zhushou/internal/decode"

// LongestAfter continues from a state that has been reached before text[i:]: it returns the value and the end in text
// of the longest key that ends there or later, an end of 0 if there is none, and where the text left the trie. It is
// [Trie.Longest] for a caller that has made the first steps itself.
func (t *Trie) LongestAfter(s State, text string, i int) (value uint32, end, left int) {
	index, table, codes, words := t.index, t.table, t.codes, t.words
	for {
		base := uint32(s & payload)
		if s&childless != 0 {
			return base, i, i
		}
		if s&ends != 0 {
			value, end = u32(words, t.base(s, 0)), i
		}
		if s == 0 || i >= len(text) {
			return value, end, i
		}
		r, size := decode.Three(text, i), 3
		if r < 0x800 || r&^0x7ff == 0xd800 {
			r, size = decode.Rune(text, i)
		}
		code := u16(table, u16(index, uint32(r)>>pageBits)<<pageBits|uint32(r)&(pageSize-1))
		if base > partedIndex {
			base = u32(words, base&partedIndex+code&(1<<(base>>partedShift)-1))
		}
		slot := base + code
		if code == 0 || u16(codes, slot) != code {
			return value, end, i
		}
		s = State(u32(words, slot))
		i += size
	}
}
