package pinyin

import (
	"iter"
	"sync"

	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// A Converter reads Chinese text aloud in letters. The zero Converter writes pinyin with tone marks, syllables apart
// from each other. It is safe for concurrent use as long as its fields do not change.
type Converter struct {
	// Style is the way in which syllables are written.
	Style Style

	// Umlaut is the way in which the vowel ü is written.
	Umlaut Umlaut

	// Words writes the syllables of a word together, with an apostrophe where pinyin has one: xī'ān.
	Words bool

	// Separator stands between syllables, or between words. If empty, it is a space; see Together.
	Separator string

	// Together writes everything together, without a separator.
	Together bool

	// Skip leaves out what has no reading: Latin letters, numbers, punctuation.
	Skip bool

	// Sandhi writes the tones as they are said: nǐ hǎo becomes ní hǎo, bù duì bú duì, yī gè yí gè.
	Sandhi bool

	// Segmenter cuts the text into words, precisely whatever its mode. If nil, it is the zero Segmenter.
	Segmenter *segment.Segmenter
}

// A Piece is a character of a text, with the marks that belong to it, and its syllable, or text that has no reading.
type Piece struct {
	Text     string   // a part of the text, unchanged
	Start    int      // the offset of Text in it, in bytes
	Syllable Syllable // none if the text has no reading
	Begins   bool     // a word begins here
}

// String returns the pinyin of s in a style, syllables apart from each other and other text as it is. The marks that belong
// to a character are part of it.
func String(s string, style Style) string {
	c := Converter{Style: style}
	return c.String(s)
}

// All yields the characters of s with their syllables, and what is between them.
func All(s string) iter.Seq[Piece] { return new(Converter).All(s) }

// Initials returns the first letters of the syllables of s, other text as it is: zgr of 中国人.
func Initials(s string) string {
	c := Converter{Style: FirstLetter, Together: true}
	return c.String(s)
}

// Readings returns all readings of a character, the commonest first and archaic ones last; none if it has none.
func Readings(r rune) []Syllable {
	var all []Syllable
	for s := range reading.Default().Sounds(r) {
		all = append(all, Syllable(s))
	}
	return all
}

var defaultSegmenter segment.Segmenter

// read calls emit with one passage of s after the other.
func (c *Converter) read(s string, emit func(*reading.Passage) bool) {
	g := c.Segmenter
	switch {
	case g == nil:
		g = &defaultSegmenter
	case g.Mode != segment.Precise:
		precise := *g
		precise.Mode = segment.Precise
		g = &precise
	}
	if !c.Sandhi {
		reading.Default().Read(g, s, emit)
		return
	}
	reading.Default().Read(g, s, func(p *reading.Passage) bool {
		sandhi(s, p)
		return emit(p)
	})
}

// All yields the characters of s with their syllables, and what is between them: pieces that follow each other and are
// the whole text, without Skip. Yielding does not allocate.
func (c *Converter) All(s string) iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		c.read(s, func(p *reading.Passage) bool {
			for k, end := 0, 0; k < len(p.Sounds); k = end {
				end = p.End(k)
				sound, start := p.Sounds[k], p.At[k]
				if sound == 0 && c.Skip {
					continue
				}
				if !yield(Piece{s[start:p.At[end]], start, Syllable(sound), p.Begins(k)}) {
					return false
				}
			}
			return true
		})
	}
}

// rooms are where strings are written first, which have to be copied anyway.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// String returns s in pinyin.
func (c *Converter) String(s string) string {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	*room = c.Append((*room)[:0], s)
	return string(*room)
}
