// Package doublearray keeps a large, fixed set of words with a number for each of them, and finds which of them a
// text starts with.
//
// The words are a trie over runes, stored as a double array: one step is one addition and one comparison, whatever
// the size of the set. [Build] makes the array once; [Open] reads it in place from a string, typically one that is
// embedded in the program, so that on most machines opening costs nothing and processes share the pages:
//
//	//go:embed words.bin
//	var words string
//
//	trie, err := doublearray.Open(words)
//	value, length := trie.Longest("中国人民")
//
// # Form
//
// All numbers are little-endian. A header of six uint32 (mark, keys, longest key in runes, index length, table length,
// slots) is followed by
//
//	index  uint16 × index length   page of 64 runes → its place in table
//	table  uint16 × table length   rune → code; common runes have small codes, 0 is a rune in no key
//	codes  uint16 × slots          code on the edge that leads into the slot, 0 in a slot that no edge leads into
//	words  uint32 × slots          what the slot holds, see [State]
//
// The child of a state with base b along code c is slot b+c, if codes[b+c] is c. No two states have the same base,
// so the code alone proves the parent. A failing step, which ends every search, reads two bytes of codes and nothing
// of words. A state with very many children has several bases, each for the codes that end in the same bits, because a
// large family leaves wide gaps in the array that nothing fills; their table is behind the last slot with a code.
package doublearray
