package ask

import (
	"fmt"
	"slices"

	"github.com/zhushou-ai/zhushou/locale/match"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// Vocabulary is what a catalogue calls its things. The zero value has no names; then everything
// but prices and counts is a term.
type Vocabulary struct {
	Categories []string // as in Item.Categories
	Brands     []string // as in Item.Brand

	// Also lists what people say for a category or brand: {"茶叶": {"茶", "好茶"}, "华为": {"HUAWEI"}}.
	// A name that is neither is an error of [New].
	Also map[string][]string
}

// Reader reads wishes with the names of one catalogue. It is immutable and safe for concurrent use.
// A nil Reader knows no names.
type Reader struct {
	names     *match.Matcher
	segmenter segment.Segmenter
}

// New returns a reader for a catalogue with these names. Names are found in either script, width and
// case. One that is both a category and a brand is read as the category. The error names what is
// wrong: an empty name, one that is longer than [segment.MaxWord] characters or more than a word list
// takes, or a key of Also that is no name.
func New(v Vocabulary) (*Reader, error) {
	var words []match.Word
	add := func(said, name string, kind Kind) {
		words = append(words, match.Word{Text: said, Category: name, Weight: float64(kind)})
	}
	for kind, names := range map[Kind][]string{Category: v.Categories, Brand: v.Brands} {
		for _, name := range names {
			if kind == Brand && slices.Contains(v.Categories, name) {
				continue
			}
			add(name, name, kind)
			for _, said := range v.Also[name] {
				add(said, name, kind)
			}
		}
	}
	for name := range v.Also {
		if !slices.Contains(v.Categories, name) && !slices.Contains(v.Brands, name) {
			return nil, fmt.Errorf("ask: Also has %q, which is neither a category nor a brand: add it to one of them", name)
		}
	}
	slices.SortFunc(words, func(a, b match.Word) int { // one order, whatever that of the maps
		if a.Weight != b.Weight {
			return int(a.Weight - b.Weight)
		}
		if a.Text < b.Text {
			return -1
		}
		return 1
	})
	r := new(Reader)
	var err error
	if r.names, err = match.New(match.Config{Words: words, WholeWords: true}); err != nil {
		return nil, fmt.Errorf("ask: name: %w", err)
	}
	r.segmenter.Dictionary = new(segment.Dictionary)
	for _, w := range words {
		if len([]rune(w.Text)) < 2 { // a character would win over the words that it is in: 茶 over 茶几
			continue
		}
		if err := r.segmenter.Dictionary.Add(w.Text, 0, segment.Noun); err != nil {
			return nil, fmt.Errorf("ask: name %q: %w", w.Text, err)
		}
	}
	return r, nil
}
