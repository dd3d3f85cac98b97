package match

import (
	"iter"
	"unicode"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// Invisible is what leaves the characters around it to the eye as they are: it has no form of its own, or is a mark of
// no script that is laid over another character.
var invisibleTables = []*unicode.RangeTable{
	unicode.Cf, unicode.Cc, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point, unicode.Inherited,
}

func isInvisible(r rune) bool { return unicode.In(r, invisibleTables...) && !isVisible(r) }

// isVisible reports whether a rune of the invisibleTables is not invisible. The marks of kana are part of their words.
func isVisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Prepended_Concatenation_Mark, r) || r == '\u3099' || r == '\u309a'
}

func invisibles() iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for r := range each(invisibleTables...) {
			if !isVisible(r) && !yield(r) {
				return
			}
		}
	}
}

// separators yields what can stand between the characters of a word. What ends a sentence or a line cannot.
func separators() iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for r := range each(unicode.P, unicode.S, unicode.Zs) {
			switch fold.Width.Rune(r) {
			case '。', '!', '?':
				continue
			}
			if !yield(r) {
				return
			}
		}
		yield('\t')
	}
}

// letters yields the letters of scripts with spaces between words, and digits.
func letters() iter.Seq[rune] {
	return each(unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Nd)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// each yields the runes of some tables.
func each(tables ...*unicode.RangeTable) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for _, table := range tables {
			for _, span := range table.R16 {
				for r := rune(span.Lo); r <= rune(span.Hi); r += rune(span.Stride) {
					if !yield(r) {
						return
					}
				}
			}
			for _, span := range table.R32 {
				for r := rune(span.Lo); r <= rune(span.Hi); r += rune(span.Stride) {
					if !yield(r) {
						return
					}
				}
			}
		}
	}
}
