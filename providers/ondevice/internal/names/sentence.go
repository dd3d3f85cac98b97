package names

import (
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// A Sentence is one that names are looked for in. What is worked out for one list serves all. It is for one goroutine.
type Sentence struct {
	view   *view.Text
	runes  []rune // with Arabic digits
	codes  []uint16
	alone  []uint16 // the keys of the characters, each read alone
	parted []bool   // whether a word can end before each rune and another one begin with it
	rare   bool     // it has characters whose codes differ from list to list
	heard  *heard   // nil until it is needed
}

// Of returns a sentence from its view, which must not change.
func Of(v *view.Text) *Sentence {
	s := &Sentence{view: v, runes: numerals(v.Runes), parted: make([]bool, len(v.Runes)+1)}
	s.codes = (&letters{}).codes(s.runes)
	s.alone = keysAlone(s.codes)
	for i := range s.parted {
		s.parted[i] = v.Parted(i)
	}
	s.rare = slices.ContainsFunc(s.runes, func(r rune) bool { return r >= 0x10000 })
	return s
}

// in returns the codes of the characters in a list, and their keys, each read alone.
func (s *Sentence) in(x *Index) (codes, alone []uint16) {
	if s.rare {
		codes = x.letters.codes(s.runes)
		return codes, keysAlone(codes)
	}
	return s.codes, s.alone
}

func keysAlone(codes []uint16) []uint16 {
	p, keys := phonetics(), make([]uint16, len(codes))
	for i, code := range codes {
		keys[i] = p.keyAlone(code)
	}
	return keys
}

// hear returns the sentence as it sounds, with its codes in a list.
func (s *Sentence) hear(x *Index) *heard {
	if s.heard == nil {
		s.heard = new(heard)
		s.heard.hear(s.runes, s.codes, false)
	}
	s.heard.codes, _ = s.in(x)
	return s.heard
}
