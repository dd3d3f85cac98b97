package reading

// A glyph is what deciding how a character is read takes at every character, in as little room as possible.
type glyph struct {
	sound uint16 // the commonest, with the flag foreign; 0 if the character has no reading
	code  uint16 // of the key in phrases; 0 if no phrase has it
	model uint16 // place of the choices of the key in models; 0 if it has no model
}

// foreign is the flag of characters whose key is another character.
const foreign = 1 << 15

// The glyphs that a Table keeps: those of ideographs that are not rare.
const (
	firstGlyph = '〇'
	lastGlyph  = 0x9fff
	keptGlyphs = lastGlyph - firstGlyph + 1
	noGlyph    = '〈' - firstGlyph // stands for all that has no reading
)

func (t *Table) newGlyph(r rune) glyph {
	g := glyph{sound: t.common(t.entry(r))}
	if g.sound == 0 {
		return g
	}
	if key := t.key(r); key <= 0xffff {
		g.code, g.model = t.phrases.Code(key), t.models.find(key)
		if key != r {
			g.sound |= foreign
		}
	}
	return g
}

// A rareGlyph is that of a character which a Table does not keep.
type rareGlyph struct {
	glyph
	r rune
}

// addRare adds a rare character to the block and returns the number of its glyph.
func (b *block) addRare(t *Table, r rune) (id uint16) {
	g := t.newGlyph(r)
	if r < firstGlyph || g.sound == 0 {
		return noGlyph
	}
	b.rare = append(b.rare, rareGlyph{g, r})
	return uint16(keptGlyphs + len(b.rare) - 1)
}

func (b *block) glyph(t *Table, id uint16) *glyph {
	if int(id) < len(t.glyphs) {
		return &t.glyphs[id]
	}
	return &b.rare[id-keptGlyphs].glyph
}

// char returns the character whose glyph has a number.
func (b *block) char(id uint16) rune {
	if id < keptGlyphs {
		return firstGlyph + rune(id)
	}
	return b.rare[id-keptGlyphs].r
}
