package reading

import "github.com/zhushou-ai/zhushou/locale/internal/cut"

// A Unit is a character with its sound, or text that has none, as much as there is in one place. It ends where the next
// one starts.
type Unit struct {
	Start int // in the text, in bytes

	// In one word, so that it is stored at once: the sound in 16 bits, the number of the character in 16, then what the
	// segmenter knows of the word that begins here, as a [cut.Word] with what tagOf returns for its tag, and flags.
	bits uint64
}

const (
	glyphShift = 16
	wordShift  = 32

	opens   = uint64(cut.Begins) << wordShift // a word of the block begins here
	resumes = 1 << 48                         // it is the rest of a word of the text
	foreign = 1 << 49                         // the key of the character is another character, or the character is rare
)

// Sound returns the sound, 0 if the text has no reading.
func (u *Unit) Sound() uint16 { return uint16(u.bits) }

// SetSound gives the unit another sound.
func (u *Unit) SetSound(sound uint16) { u.bits = u.bits>>glyphShift<<glyphShift | uint64(sound) }

// Begins reports whether a word begins here.
func (u *Unit) Begins() bool { return u.bits&(opens|resumes) == opens }

func (u *Unit) opens() bool   { return u.bits&opens != 0 }
func (u *Unit) foreign() bool { return u.bits&foreign != 0 }

// glyph returns the number of the character.
func (u *Unit) glyph() uint16 { return uint16(u.bits >> glyphShift) }

// silent reports whether the text has no reading, for want of a character that has.
func (u *Unit) silent() bool { return u.glyph() == noGlyph }

// tag returns what tagOf has of the word that opens here; of text without reading, of its first word.
func (u *Unit) tag() uint8 { return uint8(u.bits >> wordShift) }

// An edge is what models see of a word at the edge of text without reading: what tagOf has of it, and what markOf has.
type edge struct {
	tag uint8
	key uint16
}

// A silence is the first and the last word of text without reading.
type silence struct{ first, last edge }
