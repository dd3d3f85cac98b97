package segment

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// A Keyword is a word that tells what a text is about.
type Keyword struct {
	Text   string  // as it is in the text, the first time
	Tag    Tag     // its part of speech
	Count  int     // how often it is there
	Weight float64 // the higher, the more it tells: its share of the words, times its idf
}

// Keywords returns the n words of s that tell most about it, the best first; see [Segmenter.Keywords].
func Keywords(s string, n int) []Keyword { return (&Segmenter{}).Keywords(s, n) }

// Keywords returns the n words of s that tell most about it, the best first: those that are frequent in s and rare
// elsewhere (TF-IDF, with the frequencies of jieba's idf table). Words of one character, numbers and words without
// content do not count; the same word in another script, width or case is the same. Mode is not used.
func (g *Segmenter) Keywords(s string, n int) []Keyword {
	if n <= 0 {
		return nil
	}
	precise := *g
	precise.Mode = Precise
	found := make(map[string]int)
	var list []Keyword
	total := 0
	for t := range precise.Cut(s) {
		if t.Class != Word && t.Class != Latin || utf8.RuneCountInString(t.Text) < 2 {
			continue
		}
		key, _ := fold.All.String(t.Text)
		if stopWords()[key] {
			continue
		}
		total++
		i, ok := found[key]
		if !ok {
			i = len(list)
			found[key] = i
			list = append(list, Keyword{Text: t.Text, Tag: t.Tag, Weight: loaded().idf(key)})
		}
		list[i].Count++
	}
	for i := range list {
		list[i].Weight *= float64(list[i].Count) / float64(total)
	}
	slices.SortStableFunc(list, func(a, b Keyword) int { return cmp.Compare(b.Weight, a.Weight) })
	for i := range list {
		list[i].Text = strings.Clone(list[i].Text) // so that it does not hold the whole text
	}
	return list[:min(n, len(list))]
}

// idf returns the idf of a folded word, that of the middle of the table if it has none.
func (x *lexicon) idf(word string) float64 {
	v, _ := x.words.Get(word)
	if n := value(v).idf(); n > 0 {
		return x.idfLow + float64(n-1)*x.idfStep
	}
	return x.idfMedian
}
