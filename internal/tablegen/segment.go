package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
)

var jieba = source{
	registry:  npm,
	name:      "@node-rs/jieba",
	version:   "2.0.3",
	sha256:    "dc47710696737e8f694ca6f21d4fe37a830d912cc38e8f2ef7049b5212b18ec8",
	licence:   "MIT License",
	copyright: "Copyright (c) 2020-present LongYinan; words and frequencies Copyright (c) 2013 Sun Junyi (jieba)",
	tables:    []string{"locale/segment/words.bin", "locale/segment/words.txt"},
}

const (
	jiebaWords = 349_045
	jiebaIDFs  = 270_132
)

// A word is an entry of jieba's dictionary.
type word struct {
	text      string
	frequency int
	tag       string
	idf       float64 // 0 if the table has none
}

// The value of a key of words.bin, from the lowest bit: its tag, its frequency and its idf, the first two as places in
// the lists of words.txt, and where it is split.
const (
	tagBits, frequencyBits, idfBits = 6, 13, 9
	frequencyShift                  = tagBits
	idfShift                        = frequencyShift + frequencyBits
	splitShift                      = idfShift + idfBits
)

// segmentTables returns the tables of locale/segment.
func segmentTables(ctx context.Context) ([]file, error) {
	words, err := readJieba(ctx)
	if err != nil {
		return nil, err
	}
	folded := foldWords(words)
	splitter := newSplitter(folded)
	all, added := withAdded(folded)
	tags, frequencies := tagsOf(words), frequenciesOf(all)
	if len(tags) >= 1<<tagBits || len(frequencies) > 1<<frequencyBits {
		return nil, fmt.Errorf("%s: %d tags and %d frequencies do not fit into a value", jieba, len(tags), len(frequencies))
	}
	low, high, median := idfRange(words)
	entries := make([]doublearray.Entry, 0, len(all))
	for _, w := range all {
		split := uint32(onlyRules)
		if !added[w.text] {
			split = splitter.split(w)
		}
		value := uint32(slices.Index(tags, w.tag)+1) | split<<splitShift
		n, _ := slices.BinarySearchFunc(frequencies, w.frequency, func(f, g int) int { return g - f })
		value |= uint32(n) << frequencyShift
		if w.idf > 0 {
			value |= uint32(1+math.Round((w.idf-low)/(high-low)*(1<<idfBits-2))) << idfShift
		}
		entries = append(entries, doublearray.Entry{Key: w.text, Value: value})
	}
	array, err := doublearray.Build(entries)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "# Generated from %s (%s) by internal/tablegen. DO NOT EDIT.\n# %s\n", jieba, jieba.licence, jieba.copyright)
	fmt.Fprintf(&text, "[tags]\n%s\n", strings.Join(tags, " "))
	fmt.Fprintf(&text, "[idf]\n%v %v %v\n", low, high, median)
	total := 0
	for _, w := range words {
		total += w.frequency
	}
	fmt.Fprintf(&text, "[frequencies]\n%d\n", total)
	for line := range slices.Chunk(frequencies, 16) {
		fmt.Fprintln(&text, strings.Trim(fmt.Sprint(line), "[]"))
	}
	fmt.Fprintf(&text, "[names]\n%s", countNames(folded))
	return []file{{"locale/segment/words.bin", array}, {"locale/segment/words.txt", []byte(text.String())}}, nil
}

func readJieba(ctx context.Context) ([]word, error) {
	files, err := jieba.fetch(ctx, "")
	if err != nil {
		return nil, err
	}
	idfs := make(map[string]float64)
	if err := readFields(string(files["idf.txt"]), 2, jiebaIDFs, func(f []string) error {
		idfs[f[0]], err = strconv.ParseFloat(f[1], 64)
		return err
	}); err != nil {
		return nil, fmt.Errorf("%s: idf.txt: %w", jieba, err)
	}
	var words []word
	if err := readFields(string(files["dict.txt"]), 3, jiebaWords, func(f []string) error {
		n, err := strconv.Atoi(f[1])
		words = append(words, word{f[0], n, f[2], idfs[f[0]]})
		return err
	}); err != nil {
		return nil, fmt.Errorf("%s: dict.txt: %w", jieba, err)
	}
	return words, nil
}

// readFields calls read with the fields of each line of data, which must have as many fields and lines.
func readFields(data string, fields, lines int, read func([]string) error) error {
	n := 0
	for line := range strings.Lines(data) {
		f := strings.Fields(line)
		if len(f) != fields {
			return fmt.Errorf("line %q has not %d fields", line, fields)
		}
		if err := read(f); err != nil {
			return fmt.Errorf("line %q: %w", line, err)
		}
		n++
	}
	if n != lines {
		return fmt.Errorf("it has %d entries, pinned are %d", n, lines)
	}
	return nil
}

// foldWords returns the words as they are after folding, ordered. Where two fold together, the one that folding leaves
// as it is counts, so that simplified words are what they were; else the more frequent one.
func foldWords(words []word) []word {
	best := make(map[string]word, len(words))
	for _, w := range words {
		key, _ := fold.All.String(w.text)
		old, ok := best[key]
		if !ok || key == w.text || old.text != key && old.frequency < w.frequency {
			best[key] = w
		}
	}
	folded := make([]word, 0, len(best))
	for key, w := range best {
		w.text = key
		folded = append(folded, w)
	}
	slices.SortFunc(folded, func(a, b word) int { return strings.Compare(a.text, b.text) })
	return folded
}

// tagsOf returns the tags, the commonest first.
func tagsOf(words []word) []string {
	counts := make(map[string]int)
	for _, w := range words {
		counts[w.tag]++
	}
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}

// frequenciesOf returns the different frequencies, the highest first.
func frequenciesOf(words []word) []int {
	var list []int
	for _, w := range words {
		list = append(list, w.frequency)
	}
	slices.SortFunc(list, func(a, b int) int { return b - a })
	return slices.Compact(list)
}

func idfRange(words []word) (low, high, median float64) {
	var list []float64
	for _, w := range words {
		if w.idf > 0 {
			list = append(list, w.idf)
		}
	}
	slices.Sort(list)
	return list[0], list[len(list)-1], list[len(list)/2]
}
