package measure

import (
	_ "embed"
	"sync"
	"unicode/utf8"
)

// A class is what measuring needs to know of a character: its width, in the lower two bits, and how it joins others
// to a grapheme. internal/tablegen has the same constants.
type class uint8

const (
	zeroWide class = iota
	oneWide
	twoWide
	ambiguousWide
)

func (c class) width() class { return c & 3 }

// join is the Grapheme_Cluster_Break property, or pictograph for the Extended_Pictographic ones of the others.
func (c class) join() class { return c >> 2 }

const (
	other class = iota
	carriageReturn
	lineFeed
	control
	extend
	zeroWidthJoiner
	regionalIndicator
	prepend
	spacingMark
	hangulL
	hangulV
	hangulT
	hangulLV
	hangulLVT
	pictograph
)

// plain tells whether a character is visible and joins only what extends every character. So the text between two
// plain characters is one grapheme for each.
func (c class) plain() bool { return c-1 < 3 }

// extends tells whether a character belongs to the grapheme of the one before it, whatever that is.
func (c class) extends() bool {
	j := c.join()
	return j == extend || j == zeroWidthJoiner || j == spacingMark
}

// A table has the class of every character.
type table struct {
	index  [tableEnd / tableBlock]uint8 // the number of the block of each 128 code points
	blocks [256 * tableBlock]class
}

const (
	tableEnd   = 0x20000 // from here on few rules suffice
	tableBlock = 128
)

//go:embed classes.bin
var tableData string

var classes = sync.OnceValue(func() *table {
	t := &table{}
	n := copy(t.index[:], tableData)
	for i, c := range []byte(tableData[n:]) {
		t.blocks[i] = class(c)
	}
	return t
})

func (t *table) of(r rune) class {
	if uint32(r) >= tableEnd {
		return classAbove(r)
	}
	return t.below(r)
}

// below is of for a character below tableEnd.
func (t *table) below(r rune) class {
	return t.blocks[int(t.index[uint32(r)/tableBlock%uint32(len(t.index))])*tableBlock+int(uint32(r)%tableBlock)]
}

// at returns the class of the character at s[i:], and its size.
func (t *table) at(s string, i int) (class, int) {
	if b := s[i]; b < utf8.RuneSelf {
		return t.below(rune(b)), 1
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	return t.of(r), size
}

// classAbove is the class of the planes that few rules suffice for.
func classAbove(r rune) class {
	switch {
	case r < 0x40000 && r&0xFFFE != 0xFFFE: // ideographs, there or yet to come
		return twoWide
	case 0xE0000 <= r && r < 0xE1000: // tags and variation selectors
		if 0xE0020 <= r && r <= 0xE007F || 0xE0100 <= r && r <= 0xE01EF {
			return extend << 2
		}
		return control << 2
	case r >= 0xF0000 && r&0xFFFE != 0xFFFE: // private use
		return ambiguousWide
	}
	return oneWide
}
