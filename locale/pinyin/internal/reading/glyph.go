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
	key   uint16            // the character to phrases and models; 0 if that is rare
}

// The characters that a Table keeps are those below basic. What has no rune there is rune 0 in a [cut.Part].
const basic = 1 << 16

func (t *Table) newGlyph(r rune) (bits uint16, g glyph) {
	if bits = t.common(t.entry(r)); bits == 0 {
		return 0, g
	}
	key := t.key(r)
	if key != r || r >= basic {
		bits |= elsewhere
	}
	if key < basic {
		g.key, g.code, g.model = uint16(key), t.phrases.Code(key), t.models.find(key)
		g.first = t.phrases.StepCode(t.phrases.Root(), g.code)
	}
	if g.model != 0 {
		bits |= modelled
	}
	return bits, g
}
