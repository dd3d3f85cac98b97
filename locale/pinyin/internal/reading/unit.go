package reading

// A Unit is a character with its sound, or text that has none, as much as there is in one place. It ends where the next
// one starts.
type Unit struct {
	Start int // in the text, in bytes

	bits uint64 // the sound in 16 bits, the number of the character in 16, and flags, in one word so that it is stored at once
}

const (
	glyphShift = 16

	begins  = 1 << 32 // a word begins here
	opens   = 1 << 33 // a word of the block begins here
	foreign = 1 << 34 // the key of the character is another character, or the character is rare
)

// Sound returns the sound, 0 if the text has no reading.
func (u *Unit) Sound() uint16 { return uint16(u.bits) }

// SetSound gives the unit another sound.
func (u *Unit) SetSound(sound uint16) { u.bits = u.bits>>glyphShift<<glyphShift | uint64(sound) }

// Begins reports whether a word begins here.
func (u *Unit) Begins() bool { return u.bits&begins != 0 }

func (u *Unit) opens() bool   { return u.bits&opens != 0 }
func (u *Unit) foreign() bool { return u.bits&foreign != 0 }

// glyph returns the number of the character.
func (u *Unit) glyph() uint16 { return uint16(u.bits >> glyphShift) }
