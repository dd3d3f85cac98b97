package reading

import "github.com/zhushou-ai/zhushou/locale/segment"

// A Place is where a character stands in a text, for the program that fits the models.
type Place struct {
	Start    int    // in the text, in bytes
	Key      rune   // the character, as models know it
	Sound    uint16 // that it has without its model
	Settled  bool   // by a phrase or as a surname, so that no model is asked
	Features Features
}

// Places calls visit with the place of each character of s that has a reading.
func (t *Table) Places(g *segment.Segmenter, s string, visit func(Place)) {
	t.read(g, s, visit, func(*Passage) bool { return true })
}

// visit calls place with all places of the block.
func (b *block) visit() {
	for i, sound := range b.sound[:b.n] {
		if sound == 0 {
			continue
		}
		p := Place{Start: b.part.At[i], Key: b.keyRune(i), Sound: sound, Settled: b.by[i] != 0}
		b.note(i, &p.Features)
		if b.opens(i) && !p.Settled {
			if sound := b.surnameOf(i); sound != 0 {
				p.Sound, p.Settled = sound, true
			}
		}
		b.place(p)
	}
}

// Inside returns the features without those of what stands before or after the text.
func (f Features) Inside() Features {
	for _, kind := range []int{before, after} {
		if f[kind] == outside {
			f[kind] = 0
		}
	}
	if f[tagBefore] == outsideTag {
		f[tagBefore] = 0
	}
	if f[tagAfter] == outsideTag {
		f[tagAfter] = 0
	}
	return f
}
