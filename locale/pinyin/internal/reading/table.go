package reading

import (
	_ "embed"
	"iter"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/internal/view"
)

//go:embed readings.bin
var readingsData string

//go:embed phrases.bin
var phrasesData string

// The parts of readings.bin: after the lengths of the three, in uint32, come
//
//	index  uint16  page of 64 runes → its place in pages
//	pages  uint16  rune → its sound, or lists + the place of its readings in lists
//	lists  uint16  number of readings + 256 × those that are in use today, then all, the commonest first
const (
	readingsHeader = 3 * 4
	phrasesHeader  = 2 * 4
	pageBits       = 6
	lists          = 1 << 12 // every sound is below
)

// A Table has the readings of characters and phrases.
type Table struct {
	index, pages, lists []uint16
	phrases             *doublearray.Trie
	kept                string   // traditional characters in phrases, which are not folded
	overrides           []uint16 // for phrases with more than two
	name                doublearray.State
	models              model
	bits                [basic]uint16 // of the runes; elsewhere of rune 0
	glyphs              *[basic]glyph // of the same
	pairs               [1 << pairBits / 64]uint64
}

// Default returns the table that is part of the program.
var Default = sync.OnceValue(func() *Table {
	t := &embedded
	t.glyphs = &glyphs
	if err := t.open(readingsData, phrasesData, modelData); err != nil {
		panic("pinyin: the embedded tables are damaged: " + err.Error())
	}
	return t
})

// The room of the table and its glyphs is outside of the heap, of which the collector keeps as much again free.
var (
	embedded Table
	glyphs   [basic]glyph
)

// open reads the tables; there is room for the glyphs.
func (t *Table) open(readings, phrases, models string) error {
	header, rest := view.Uint32s(readings[:readingsHeader]), readings[readingsHeader:]
	for i, part := range []*[]uint16{&t.index, &t.pages, &t.lists} {
		*part, rest = view.Uint16s(rest[:header[i]]), rest[header[i]:]
	}
	header, rest = view.Uint32s(phrases[:phrasesHeader]), phrases[phrasesHeader:]
	size, kept := header[0], header[1]
	t.kept, t.overrides = rest[size:size+kept], view.Uint16s(rest[size+kept:])
	var err error
	if t.phrases, err = doublearray.Open(rest[:size]); err != nil {
		return err
	}
	if t.models, err = openModel(models); err != nil {
		return err
	}
	t.name = t.phrases.Step(t.phrases.Root(), nameMark)
	t.bits[0] = elsewhere
	for r := range rune(basic) {
		if bits, g := t.newGlyph(r); bits != 0 { // what has no reading takes no memory
			t.bits[r], t.glyphs[r] = bits, g
			if g.key != 0 {
				t.glyphs[g.key] = g
			}
		}
	}
	t.addPairs()
	return nil
}

// entry returns what pages has for r.
func (t *Table) entry(r rune) uint16 {
	page := int(uint32(r) >> pageBits)
	if page >= len(t.index) {
		return 0
	}
	return t.pages[int(t.index[page])<<pageBits|int(r)&(1<<pageBits-1)]
}

// common returns the commonest sound of an entry.
func (t *Table) common(entry uint16) uint16 {
	if entry < lists {
		return entry
	}
	return t.lists[int(entry-lists)+1]
}

// The tone of a sound is in its lowest bits. Every syllable can be neutral.
const (
	toneMask = 7
	neutral  = 5
)

// has reports whether sound is among those of an entry, or is one of them without its tone.
func (t *Table) has(entry, sound uint16) bool {
	same := func(s uint16) bool { return s == sound || sound&toneMask == neutral && s|toneMask == sound|toneMask }
	if entry < lists {
		return same(entry)
	}
	at := int(entry - lists)
	for i := range int(t.lists[at] & 0xff) {
		if same(t.lists[at+1+i]) {
			return true
		}
	}
	return false
}

// Sounds yields the sounds of r, the commonest first.
func (t *Table) Sounds(r rune) iter.Seq[uint16] {
	return func(yield func(uint16) bool) {
		entry := t.entry(r)
		if entry == 0 {
			return
		}
		if entry < lists {
			yield(entry)
			return
		}
		at := int(entry - lists)
		for i := range int(t.lists[at] & 0xff) {
			if !yield(t.lists[at+1+i]) {
				return
			}
		}
	}
}

// InUse returns the sounds of r that are in use today, the commonest first.
func (t *Table) InUse(r rune) []uint16 {
	entry := t.entry(r)
	switch {
	case entry == 0:
		return nil
	case entry < lists:
		return []uint16{entry}
	}
	at := int(entry - lists)
	sounds := make([]uint16, t.lists[at]>>8)
	for i := range sounds {
		sounds[i] = t.lists[at+1+i]
	}
	return sounds
}

// key returns the rune under which phrases and models know r: that of simplified text, except for the few characters
// whose simplified form merges words with different readings, as 乾 and 干.
func (t *Table) key(r rune) rune {
	simplified := fold.All.Rune(r) // what has a reading has no case and one width, and this table the segmenter needs too
	if simplified != r && strings.ContainsRune(t.kept, r) {
		return r
	}
	return simplified
}
