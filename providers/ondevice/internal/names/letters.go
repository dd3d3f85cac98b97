package names

import "slices"

// Letters are the codes of characters, in two bytes. Those of the supplementary planes, which are rare, have codes in the
// place of surrogates.
type letters struct {
	rare []rune
}

const (
	firstRare = 0xD800
	unknown   = 0xDFFF // a rare character that is in no name
)

// add returns the code of a character of a name; none if there are too many rare ones.
func (l *letters) add(r rune) (uint16, bool) {
	code := l.code(r)
	if code == unknown {
		if len(l.rare) == unknown-firstRare {
			return 0, false
		}
		code = uint16(firstRare + len(l.rare))
		l.rare = append(l.rare, r)
	}
	return code, true
}

// code returns the code of a character.
func (l *letters) code(r rune) uint16 {
	if r < 0x10000 {
		return uint16(r)
	}
	if i := slices.Index(l.rare, r); i >= 0 {
		return uint16(firstRare + i)
	}
	return unknown
}

func (l *letters) codes(text []rune) []uint16 {
	codes := make([]uint16, len(text))
	for i, r := range text {
		codes[i] = l.code(r)
	}
	return codes
}

// rune returns the character of a code.
func (l *letters) rune(code uint16) rune {
	if i := int(code) - firstRare; 0 <= i && i < len(l.rare) {
		return l.rare[i]
	}
	return rune(code)
}
