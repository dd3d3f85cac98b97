// Package decode reads UTF-8 where most characters take three bytes, as in Chinese text.
package decode

import "unicode/utf8"

// Three returns the character at offset i of s if it has the form of three bytes and is not the last of s, and else -1.
// It does not tell overlong forms, below U+0800, and surrogates, from U+D800 to U+DFFF. It is small enough to be put in
// line, where it takes one load and one comparison of what it has loaded.
func Three(s string, i int) rune {
	if i+4 > len(s) {
		return -1
	}
	c := s[i : i+4]
	v := uint32(c[0]) | uint32(c[1])<<8 | uint32(c[2])<<16 | uint32(c[3])<<24
	if v&0xc0c0f0 != 0x8080e0 {
		return -1
	}
	return rune(v<<12&0xf000 | v>>2&0xfc0 | v>>16&0x3f)
}

// lastThree is Three for what may be the last of s.
func lastThree(s string, i int) rune {
	if i+3 > len(s) {
		return -1
	}
	c := s[i : i+3]
	v := uint32(c[0]) | uint32(c[1])<<8 | uint32(c[2])<<16
	if v&0xc0c0f0 != 0x8080e0 {
		return -1
	}
	return rune(v<<12&0xf000 | v>>2&0xfc0 | v>>16&0x3f)
}

// Rune returns the character at offset i of s, which is below len(s), and its size, as [utf8.DecodeRuneInString] does; a
// byte that is not UTF-8 is -1, so that it cannot pass for U+FFFD.
func Rune(s string, i int) (rune, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	if r := lastThree(s, i); r >= 0x800 && r&^0x7ff != 0xd800 {
		return r, 3
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && size == 1 {
		return -1, 1
	}
	return r, size
}

// Eight returns the eight bytes at offset i of s, the first in the lowest bits. They must be there.
func Eight(s string, i int) uint64 {
	c := s[i : i+8]
	return uint64(c[0]) | uint64(c[1])<<8 | uint64(c[2])<<16 | uint64(c[3])<<24 |
		uint64(c[4])<<32 | uint64(c[5])<<40 | uint64(c[6])<<48 | uint64(c[7])<<56
}
