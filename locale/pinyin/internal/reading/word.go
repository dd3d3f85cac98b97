package reading

// A word is a word of the text, or text without reading, in one machine word so that it is stored at once: from the
// lowest bit its first unit in 16 bits, its tag and its endTag in 8 each, its key and its endKey in 16 each. It ends
// where the next one begins.
type word uint64

const (
	tagShift    = 16
	endTagShift = 24
	keyShift    = 32
	endKeyShift = 48
)

func newWord(from int, tag uint8) word {
	return word(from) | word(tag)<<tagShift | word(tag)<<endTagShift
}

// newSilentWord returns text without reading, of a single word.
func newSilentWord(from int, tag uint8, key uint16) word {
	return newWord(from, tag) | word(key)<<keyShift | word(key)<<endKeyShift
}

// withEnd returns text without reading with another last word.
func (w word) withEnd(tag uint8, key uint16) word {
	return w&^(0xff<<endTagShift|0xffff<<endKeyShift) | word(tag)<<endTagShift | word(key)<<endKeyShift
}

func (w word) from() int { return int(uint16(w)) }

// tag returns what tagOf has of the word; of text without reading, of its first word.
func (w word) tag() uint8 { return uint8(w >> tagShift) }

// endTag returns what tag does; of text without reading, of its last word.
func (w word) endTag() uint8 { return uint8(w >> endTagShift) }

// key returns what the first word of text without reading is to models; see markOf.
func (w word) key() uint16 { return uint16(w >> keyShift) }

// endKey returns what the last word of text without reading is to models.
func (w word) endKey() uint16 { return uint16(w >> endKeyShift) }

// A spot is a unit and its word, in one machine word.
type spot uint32

func newSpot(unit, word int) spot { return spot(unit) | spot(word)<<16 }

func (at spot) unit() int { return int(uint16(at)) }
func (at spot) word() int { return int(at >> 16) }
