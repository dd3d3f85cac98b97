package match_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/match"
)

// A sign is a character of the small alphabet that random texts and words are made of.
type sign struct {
	text, folded string
	kind         kind
}

type kind int

const (
	han kind = iota
	letter
	separator
	hidden
	other
)

var signs = []sign{
	{"甲", "甲", han},
	{"甲", "甲", han},
	{"国", "国", han},
	{"國", "国", han},
	{"𠮷", "𠮷", han},
	{"a", "a", letter},
	{"A", "a", letter},
	{"Ａ", "a", letter},
	{"b", "b", letter},
	{"9", "9", letter},
	{"*", "*", separator},
	{"＊", "*", separator},
	{" ", " ", separator},
	{"😀", "😀", separator},
	{"\u200b", "\u200b", hidden},
	{"\u0336", "\u0336", hidden},
	{"。", "。", other},
	{"\n", "\n", other},
	{"か", "か", other},
	{"\xff", "\xff", other},
	{"\xe7\x94", "\xe7\x94", other}, // 甲 without its end
}

// wordSigns are those of signs that words are made of.
const wordSigns = 12

// A spot is a character of a text.
type spot struct {
	sign
	start, end int
}

// spots returns the characters of a text over the alphabet.
func spots(text string) []spot {
	var all []spot
	for i := 0; i < len(text); {
		best := sign{text[i : i+1], text[i : i+1], other}
		for _, s := range signs {
			if strings.HasPrefix(text[i:], s.text) && len(s.text) > len(best.text) || s.text == best.text {
				best = s
			}
		}
		all = append(all, spot{best, i, i + len(best.text)})
		i += len(best.text)
	}
	return all
}

// key returns the folded characters of a word that are not hidden.
func key(word string) []string {
	var k []string
	for _, s := range spots(word) {
		if s.kind != hidden {
			k = append(k, s.folded)
		}
	}
	return k
}

// naive finds what [match.Matcher.Find] should, straight from the definition.
func naive(c match.Config, text string) []match.Hit {
	text2 := slices.DeleteFunc(spots(text), func(s spot) bool { return s.kind == hidden })
	var hits []match.Hit
	for w := range c.Words {
		for _, h := range occurrences(c, text2, c.Words[w].Text, c.WholeWords) {
			h.Word = &c.Words[w]
			hits = append(hits, h)
		}
	}
	for _, e := range c.Exceptions {
		for _, x := range occurrences(c, text2, e, false) {
			hits = slices.DeleteFunc(hits, func(h match.Hit) bool { return x.Start <= h.Start && h.End <= x.End })
		}
	}
	slices.SortStableFunc(hits, func(a, b match.Hit) int {
		return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.Start, b.Start))
	})
	return hits
}

// occurrences returns where a word stands in a text without hidden characters.
func occurrences(c match.Config, text []spot, word string, whole bool) []match.Hit {
	k := key(word)
	var found []match.Hit
	for i := range text {
		for _, gaps := range []bool{false, true} {
			last, ok := occurs(c, text, i, k, gaps)
			if !ok || whole && (joined(text, i-1) || joined(text, last)) {
				continue
			}
			found = append(found, match.Hit{Start: text[i].start, End: text[last].end})
		}
	}
	return found
}

// joined reports whether the characters at i and i+1 are both letters.
func joined(text []spot, i int) bool {
	return i >= 0 && i+1 < len(text) && text[i].kind == letter && text[i+1].kind == letter
}

// occurs reports whether the word stands at i, with gaps or without, and where it ends.
func occurs(c match.Config, text []spot, i int, word []string, gaps bool) (last int, ok bool) {
	gapped := false
	for n, folded := range word {
		if gaps && n > 0 {
			before := i
			for i < len(text) && text[i].kind == separator {
				i++
			}
			if i == len(text) || i-before > c.MaxGap || i > before && text[before-1].kind != han && text[i].kind != han {
				return 0, false
			}
			gapped = gapped || i > before
		}
		if i == len(text) || text[i].folded != folded || gaps && text[i].kind == separator {
			return 0, false
		}
		i++
	}
	return i - 1, gapped == gaps
}

// A maker makes random cases.
type maker struct{ *rand.Rand }

func (r maker) text(n, of int) string {
	var b strings.Builder
	for range n {
		b.WriteString(signs[r.IntN(of)].text)
	}
	return b.String()
}

// config returns a matcher's words and options. Few characters take part, so that much is found.
func (r maker) config() match.Config {
	var c match.Config
	for range 1 + r.IntN(6) {
		c.Words = append(c.Words, match.Word{Text: r.text(1+r.IntN(4), wordSigns)})
	}
	if r.IntN(2) == 0 {
		for range r.IntN(3) {
			c.Exceptions = append(c.Exceptions, r.text(1+r.IntN(5), wordSigns))
		}
	}
	c.MaxGap = max(0, r.IntN(5)-1)
	c.WholeWords = r.IntN(2) == 0
	return c
}
