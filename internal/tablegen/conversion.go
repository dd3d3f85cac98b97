package main

import (
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// conversionTables returns the tables of locale/script: all dictionaries as text, except that the simplified phrases,
// which are nine tenths of everything, are a double array whose values are the numbers of the phrases. Four phrases in
// five convert as their characters do and are there only to be matched whole: the text lists the others, whose numbers
// come first, in the order of their numbers.
func conversionTables(dictionaries map[string][]pair) ([]file, error) {
	characters := make(map[string]string)
	for _, p := range dictionaries["STCharacters"] {
		characters[p.from] = p.to
	}
	own, plain := splitPhrases(characters, dictionaries["STPhrases"], dictionaries["STPhrases_GeneratedFromRegionalPhrases"])
	var entries []doublearray.Entry
	for _, p := range append(own[:len(own):len(own)], plain...) {
		entries = append(entries, doublearray.Entry{Key: p.from, Value: uint32(len(entries))})
	}
	phrases, err := doublearray.Build(entries)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	fmt.Fprintf(&text, "# Generated from %s (%s) by internal/tablegen. DO NOT EDIT.\n", openCC, openCC.licence)
	fmt.Fprintf(&text, "# %s\n", openCC.copyright)
	for _, d := range openCCEntries {
		switch d.name {
		case "STPhrases":
			writeDictionary(&text, d.name, own)
		case "STPhrases_GeneratedFromRegionalPhrases":
		default:
			writeDictionary(&text, d.name, dictionaries[d.name])
		}
	}
	writeDictionary(&text, "Both", inBothScripts(dictionaries))
	return []file{{"locale/script/phrases.bin", phrases}, {"locale/script/dictionaries.txt", []byte(text.String())}}, nil
}

// inBothScripts returns the characters that a conversion between the scripts changes, but which the other script has
// too: because the dictionary says that they may stay, or because Taiwan or Hong Kong writes them.
func inBothScripts(dictionaries map[string][]pair) []pair {
	regional := make(map[string]bool)
	for _, name := range []string{"TWVariants", "HKVariants"} {
		for _, p := range dictionaries[name] {
			regional[p.to] = true
		}
	}
	var both []pair
	for _, name := range []string{"STCharacters", "TSCharacters"} {
		for _, p := range dictionaries[name] {
			if p.from != p.to && (p.stays || name == "STCharacters" && regional[p.from]) {
				both = append(both, pair{from: p.from, to: p.from})
			}
		}
	}
	return both
}

// splitPhrases parts the phrases of the dictionaries, the first of which is right where they disagree, by whether
// their replacement is that of their characters.
func splitPhrases(characters map[string]string, dictionaries ...[]pair) (own, plain []pair) {
	seen := make(map[string]bool)
	for _, d := range dictionaries {
		for _, p := range d {
			if seen[p.from] {
				continue
			}
			seen[p.from] = true
			var each strings.Builder
			for _, r := range p.from {
				to, ok := characters[string(r)]
				if !ok {
					to = string(r)
				}
				each.WriteString(to)
			}
			if each.String() == p.to {
				plain = append(plain, p)
			} else {
				own = append(own, p)
			}
		}
	}
	return own, plain
}

// writeDictionary writes a heading and a line for each pair; a pair that changes nothing is written without its
// replacement.
func writeDictionary(text *strings.Builder, name string, pairs []pair) {
	fmt.Fprintf(text, "[%s]\n", name)
	for _, p := range pairs {
		text.WriteString(p.from)
		if p.to != p.from {
			text.WriteString("\t" + p.to)
		}
		text.WriteString("\n")
	}
}
