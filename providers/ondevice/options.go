package ondevice

import (
	"cmp"
	"slices"
)

// An optionIndex finds where the options of all tools of a toolset stand in a text.
type optionIndex []optionWord

// An optionWord is something that an option is called. The index is in the order of the first characters of the words.
type optionWord struct {
	first        rune
	order        int32 // in which findNames looks for the words
	tool, arg    int32
	option, word int32
	only         bool // an option that only phrases know
}

func newOptionIndex(tools []*tool) optionIndex {
	var x optionIndex
	for i, t := range tools {
		for ai, a := range t.args {
			for _, only := range []bool{false, true} {
				options := a.options
				if only {
					options = t.only[a.name]
				}
				for k, o := range options {
					for j, w := range o.words {
						if len(w) > 0 {
							x = append(x, optionWord{w[0], int32(len(x)), int32(i), int32(ai), int32(k), int32(j), only})
						}
					}
				}
			}
		}
	}
	slices.SortFunc(x, func(a, b optionWord) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.order, b.order)) })
	return slices.Clip(x)
}

// of returns the option of the word.
func (w *optionWord) of(tools []*tool) *option {
	t := tools[w.tool]
	a := &t.args[w.arg]
	if w.only {
		return &t.only[a.name][w.option]
	}
	return &a.options[w.option]
}

// A foundOption is where an option stands in a text.
type foundOption struct {
	word       *optionWord
	start, end int
}

// is reports whether it is an option of an argument.
func (f *foundOption) is(tool, arg int) bool {
	return int(f.word.tool) == tool && int(f.word.arg) == arg
}

// span returns it as a value of its argument.
func (f *foundOption) span(s *toolset) span {
	return span{start: f.start, end: f.end, kind: named, arg: int(f.word.arg), json: string(f.word.of(s.tools).json)}
}

// findOptions returns where options stand in a text, by tool and argument and otherwise in the order of [findNames].
func (s *toolset) findOptions(t *text) []foundOption {
	var found []foundOption
	for i, r := range t.runes {
		at, _ := slices.BinarySearchFunc(s.options, r, func(w optionWord, r rune) int { return cmp.Compare(w.first, r) })
		for ; at < len(s.options) && s.options[at].first == r; at++ {
			w := &s.options[at]
			if word := w.of(s.tools).words[w.word]; t.standsAt(word, i) {
				found = append(found, foundOption{w, i, i + len(word)})
			}
		}
	}
	slices.SortFunc(found, func(a, b foundOption) int {
		return cmp.Or(cmp.Compare(a.word.order, b.word.order), cmp.Compare(a.start, b.start))
	})
	return found
}
