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
	b := new(block)
	b.place = visit
	b.read(t, g, s, func([]Unit, int) bool { return true })
}

// visit calls place with all places of the block.
func (b *block) visit() {
	for id := range b.nWords {
		from, to := b.span(id)
		for i := from; i < to; i++ {
			u, at := &b.units[i], newSpot(i, id)
			if u.Sound() == 0 {
				continue
			}
			p := Place{u.Start, b.key(i), u.Sound(), b.by[i] != 0, b.features(at)}
			if sound := b.surnameOf(id); i == from && sound != 0 && !p.Settled {
				p.Sound, p.Settled = sound, true
			}
			b.place(p)
		}
	}
}

// Inside returns the features without those of what stands before or after the text.
func (f Features) Inside() Features {
	for _, kind := range []int{before, after} {
		if f[kind] == edge {
			f[kind] = 0
		}
	}
	if f[tagBefore] == edgeTag {
		f[tagBefore] = 0
	}
	if f[tagAfter] == edgeTag {
		f[tagAfter] = 0
	}
	return f
}
