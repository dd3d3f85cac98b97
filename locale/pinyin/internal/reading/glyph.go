package reading

import "github.com/zhushou-ai/zhushou/internal/doublearray"

// What a Table keeps of each character that is not rare comes in two parts: in 16 bits what is looked at for every
// character of a text, so that it stays in the nearest caches, and a glyph for those that need a closer look. The bits
// are 0 if the character has no reading; else its commonest sound, and these flags.
const (
	elsewhere = 1 << 15 // the key of the character is another character, or the character is rare
	modelled  = 1 << 14 // it has a model
)

// A glyph is what deciding how a character is read takes.
type glyph struct {
	first doublearray.State // of the phrases that begin with the key; 0 if none does
	code  uint16            // of the key in phrases; 0 if no phrase has it
	model uint16            // place of the choices of the key in models; 0 if it has no model
}

// The characters that a Table keeps: ideographs that are not rare.
const (
	firstGlyph = '〇'
	lastGlyph  = 0x9fff
	keptGlyphs = lastGlyph - firstGlyph + 1
	noGlyph    = '〈' - firstGlyph // stands for all that has no reading
)

func (t *Table) newGlyph(r rune) (bits uint16, g glyph) {
	if bits = t.common(t.entry(r)); bits == 0 {
		return 0, g
	}
	key := t.key(r)
	if key != r || r > lastGlyph {
		bits |= elsewhere
	}
	if key <= 0xffff {
		g.code, g.model = t.phrases.Code(key), t.models.find(key)
		g.first = t.phrases.StepCode(t.phrases.Root(), g.code)
	}
	if g.model != 0 {
		bits |= modelled
	}
	return bits, g
}

// A rareGlyph is that of a character which a Table does not keep.
type rareGlyph struct {
	glyph
	r rune
}

// addRare adds a rare character to the block and returns its number and its bits.
func (b *block) addRare(r rune) (id uint32, bits uint16) {
	if r < firstGlyph {
		return noGlyph, 0
	}
	bits, g := b.table.newGlyph(r)
	if bits == 0 {
		return noGlyph, 0
	}
	b.rare = append(b.rare, rareGlyph{g, r})
	return uint32(keptGlyphs + len(b.rare) - 1), bits
}

func (b *block) glyph(id uint16) *glyph {
	if int(id) < keptGlyphs {
		return &b.table.glyphs[id]
	}
	return &b.rare[id-keptGlyphs].glyph
}

// char returns the character with a number.
func (b *block) char(id uint16) rune {
	if id < keptGlyphs {
		return firstGlyph + rune(id)
	}
	return b.rare[id-keptGlyphs].r
}
