package match

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxList is the largest word list that [Load] reads, in bytes.
const MaxList = 64 << 20

// Load reads a list of words in UTF-8, one on a line:
//
//	# a comment
//	敏感词
//	代开发票	广告	0.8
//
// Behind the word may stand its category and its weight, with tabs between. Blank lines, lines that begin with #, and
// spaces around a field are passed over. Errors name the line.
func Load(r io.Reader) ([]Word, error) {
	var b strings.Builder
	n, err := io.Copy(&b, io.LimitReader(r, MaxList+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("match: load words: %w", err)
	case n > MaxList:
		return nil, fmt.Errorf("match: load words: the list is longer than %d bytes", MaxList)
	}
	list := strings.TrimPrefix(b.String(), "\ufeff")
	words := make([]Word, 0, strings.Count(list, "\n")+1)
	line := 0
	for text := range strings.Lines(list) {
		line++
		text = strings.TrimRight(text, "\r\n")
		if blank := strings.TrimSpace(text) == ""; blank || text[0] == '#' {
			continue
		}
		word, err := parse(text)
		if err != nil {
			return nil, fmt.Errorf("match: load words: line %d, %q: %w", line, excerpt(text), err)
		}
		words = append(words, word)
	}
	return words, nil
}

func parse(line string) (Word, error) {
	if !utf8.ValidString(line) {
		return Word{}, errors.New("is not UTF-8")
	}
	text, rest, _ := strings.Cut(line, "\t")
	category, weight, _ := strings.Cut(rest, "\t")
	w := Word{Text: strings.TrimSpace(text), Category: strings.TrimSpace(category)}
	if w.Text == "" {
		return Word{}, errors.New("no word before the tab")
	}
	if weight = strings.TrimSpace(weight); weight != "" {
		var err error
		w.Weight, err = strconv.ParseFloat(weight, 64)
		if err != nil || math.IsNaN(w.Weight) || math.IsInf(w.Weight, 0) {
			return Word{}, fmt.Errorf("weight %q is not a number; want word, category and weight with tabs between", weight)
		}
	}
	return w, nil
}
