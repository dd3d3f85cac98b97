package reading

import "github.com/zhushou-ai/zhushou/locale/internal/cut"

// A Passage is a part of a text, and how it is read: the places of a [cut.Part], with sounds.
type Passage struct {
	At     []int      // where each place begins in the text, in bytes, and the end of the last
	Words  []cut.Word // the words that begin at each place, and [cut.Begins] behind the last
	Sounds []uint16   // of each place; 0 if what is there has no reading
}

// Begins reports whether a word begins at place k.
func (p *Passage) Begins(k int) bool { return p.Words[k] != 0 }

// End returns the place where what is at place k ends: a character there, or text without reading.
func (p *Passage) End(k int) int {
	silent := p.Sounds[k] == 0
	for k++; silent && k < len(p.Sounds) && p.Sounds[k] == 0; k++ {
	}
	return k
}
