// Package cut is the form in which package segment hands text that it has cut to packages of locale that go on with its
// characters. It is what the segmenter has at hand, as arrays; tokens would have to be made, and read again.
package cut

// A Part is a part of a text. It is divided into at most [Most] places: a character with the marks that belong to it, or
// what is no Chinese text, as much as cannot be parted.
type Part struct {
	At    []int    // where each place begins in the text, in bytes, and the end of the last
	Runes []uint16 // what each place begins with; 0 if that is beyond U+FFFF or no UTF-8
	Words []Word   // the words that begin at each place, and [Begins] behind the last

	// Class returns the segment.Class of the token that begins at a place. It takes longer than what is in Words.
	Class func(place int) uint8

	// Room is for what a package that goes on wants to keep, from one part to the next and from one text to another. It
	// may be that of another package, or nil.
	Room any
}

// Most is the most places that a part has.
const Most = 512

// A Word is a word with its tag. The zero Word is none; a place that has it is in the word of the place before.
type Word uint16

// Begins is in every word but the zero Word.
const Begins Word = 1 << 15

// Tag returns the segment.Tag of the word.
func (w Word) Tag() uint8 { return uint8(w) }

// Start returns the first place of the word that place k belongs to.
func (p *Part) Start(k int) int {
	for p.Words[k] == 0 && k > 0 {
		k--
	}
	return k
}

// End returns the place after the word that place k belongs to.
func (p *Part) End(k int) int {
	for k++; p.Words[k] == 0; k++ {
	}
	return k
}
