package match

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// lastAssigned is the end of the planes in which characters fold or sound.
const lastAssigned = 0x3ffff

// The view is what words and texts are compared in.
type view struct {
	set        fold.Set
	invisible  bool // runes count
	homophones func(rune) rune
}

func (c *Config) view() view {
	v := view{set: fold.All, invisible: c.Distinguish&Invisible != 0, homophones: c.Homophones}
	if c.Distinguish&Width != 0 {
		v.set &^= fold.Width
	}
	if c.Distinguish&Case != 0 {
		v.set &^= fold.Case
	}
	if c.Distinguish&Script != 0 {
		v.set &^= fold.Script
	}
	return v
}

func (v view) rune(r rune) rune {
	r = v.set.Rune(r)
	if v.homophones != nil {
		r = v.homophones(r)
	}
	return r
}

// word returns a word as it is looked for.
func (v view) word(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", errors.New("is not UTF-8")
	}
	n := 0
	key := strings.Map(func(r rune) rune {
		if !v.invisible && isInvisible(r) {
			return -1
		}
		n++
		return v.rune(r)
	}, s)
	switch {
	case n > MaxRunes:
		return "", fmt.Errorf("has %d characters, at most %d are possible", n, MaxRunes)
	case s == "":
		return "", errors.New("is empty")
	case key == "":
		return "", errors.New("has only invisible characters")
	}
	return key, nil
}

// sources yields at least the runes that view.rune changes.
func (v view) sources() iter.Seq[rune] {
	if v.homophones == nil {
		return slices.Values(foldable())
	}
	return func(yield func(rune) bool) {
		for r := rune(0); r <= lastAssigned && yield(r); r++ {
		}
	}
}

// foldable returns all runes that can be folded.
var foldable = sync.OnceValue(func() []rune {
	var all []rune
	for r := rune(0); r <= lastAssigned; r++ {
		if fold.All.Rune(r) != r {
			all = append(all, r)
		}
	}
	return slices.Clip(all)
})
