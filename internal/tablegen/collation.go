package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

var cldr = source{
	registry:  debian,
	name:      "unicode-cldr-core",
	version:   "41-0.1",
	sha256:    "35d30d5d3bee4d8244e95236259c4c2a0db06e21bad696515751fcfeee4d0260",
	licence:   "Unicode License",
	copyright: "Copyright 1991-2022 Unicode, Inc.",
	tables: []string{
		"locale/collate/pinyin.bin", "locale/collate/stroke.bin", "locale/collate/zhuyin.bin", "locale/collate/variants.txt",
	},
}

var unicodeForCollate = unicodeData.of("locale/collate/variants.txt")

// The orders of cldr, with the number of their characters and of the parts of an index.
var collations = []struct {
	name                string
	characters, indexes int
}{
	{"pinyin", 44083, 23},
	{"stroke", 92906, 52},
	{"zhuyin", 41309, 36},
}

const (
	collationVariants = 331  // in cldr, in the first of the orders
	compatibility     = 1002 // ideographs in unicodeForCollate
)

// An ordering is a collation of CLDR as far as it is about single characters.
type ordering struct {
	characters []rune
	indexes    []index
	variants   [][2]rune // a character and one that differs from it only in form
}

// An index is a part of the order that a list shows under one heading.
type index struct {
	heading string
	first   int // its first character
}

// collationTables returns a file for each order, and one for the variants: lines of a character and those that differ
// from it only in form.
//
// The file of an order has the number of indexes, for each of them the heading and the number of its first character,
// the number of characters, and for each of them the difference from the one before. Numbers are varints, a heading has
// its length before it.
func collationTables(ctx context.Context) ([]file, error) {
	files, err := cldr.fetch(ctx, "usr/share/unicode/cldr/common/collation")
	if err != nil {
		return nil, err
	}
	var tables []file
	var variants [][2]rune
	for _, c := range collations {
		o, err := parseCollation(string(files["zh.xml"]), c.name)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", cldr, c.name, err)
		}
		if len(o.characters) != c.characters || len(o.indexes) != c.indexes {
			return nil, fmt.Errorf("%s: %s has %d characters and %d indexes, pinned are %d and %d",
				cldr, c.name, len(o.characters), len(o.indexes), c.characters, c.indexes)
		}
		if variants == nil {
			variants = o.variants
		}
		tables = append(tables, file{"locale/collate/" + c.name + ".bin", o.encode()})
	}
	if len(variants) != collationVariants {
		return nil, fmt.Errorf("%s: there are %d variants, pinned are %d", cldr, len(variants), collationVariants)
	}
	if files, err = unicodeForCollate.fetch(ctx, "usr/share/unicode"); err != nil {
		return nil, err
	}
	ideographs := compatibilityIdeographs(string(files["UnicodeData.txt"]))
	if len(ideographs) != compatibility {
		return nil, fmt.Errorf("%s: there are %d compatibility ideographs, pinned are %d", unicodeForCollate, len(ideographs), compatibility)
	}
	return append(tables, file{"locale/collate/variants.txt", variantLines(append(variants, ideographs...))}), nil
}

func (o *ordering) encode() []byte {
	data := binary.AppendUvarint(nil, uint64(len(o.indexes)))
	for _, index := range o.indexes {
		data = binary.AppendUvarint(data, uint64(len(index.heading)))
		data = append(data, index.heading...)
		data = binary.AppendUvarint(data, uint64(index.first))
	}
	data = binary.AppendUvarint(data, uint64(len(o.characters)))
	last := rune(0)
	for _, r := range o.characters {
		data = binary.AppendVarint(data, int64(r-last))
		last = r
	}
	return data
}

// variantLines returns a line for each character that has variants.
func variantLines(pairs [][2]rune) []byte {
	of := make(map[rune][]rune)
	var bases []rune
	for _, p := range pairs {
		if of[p[0]] == nil {
			bases = append(bases, p[0])
		}
		of[p[0]] = append(of[p[0]], p[1])
	}
	slices.Sort(bases)
	lines := fmt.Appendf(nil, "# Generated from %s and %s (%s) by internal/tablegen. DO NOT EDIT.\n# %s\n",
		cldr, unicodeForCollate, cldr.licence, cldr.copyright)
	for _, base := range bases {
		lines = append(lines, string(base)+string(of[base])+"\n"...)
	}
	return lines
}

// compatibilityIdeographs returns those of the Unicode Character Database, each after the ideograph that it is.
func compatibilityIdeographs(data string) [][2]rune {
	var pairs [][2]rune
	for line := range strings.Lines(data) {
		fields := strings.Split(line, ";")
		if len(fields) < 6 || !strings.HasPrefix(fields[1], "CJK COMPATIBILITY IDEOGRAPH-") {
			continue
		}
		code, err1 := strconv.ParseUint(fields[0], 16, 21)
		base, err2 := strconv.ParseUint(fields[5], 16, 21)
		if err1 == nil && err2 == nil {
			pairs = append(pairs, [2]rune{rune(base), rune(code)})
		}
	}
	return pairs
}

// parseCollation reads the rules of a collation: <* and characters in their order, <'\uFDD0 and the heading of an
// index, & and a character and its variants after <<<. Of a character that is there twice, the later place counts.
// Rules for more than one character are left out.
func parseCollation(xml, name string) (*ordering, error) {
	_, rules, ok := strings.Cut(xml, "<collation type='"+name+"'>")
	rules, _, closed := strings.Cut(rules, "]]>")
	if !ok || !closed {
		return nil, fmt.Errorf("the collation is missing")
	}
	o := &ordering{}
	var all []rune
	place := make(map[rune]int)
	var starts []int
	for line := range strings.Lines(rules) {
		rule, _, _ := strings.Cut(strings.TrimSpace(line), " #")
		rule = strings.TrimPrefix(rule, "&[last regular]")
		switch {
		case strings.HasPrefix(rule, "<*"):
			for _, r := range strings.TrimSpace(rule[2:]) {
				if r < 0x2E80 {
					return nil, fmt.Errorf("rule %q has more than characters", rule)
				}
				place[r] = len(all)
				all = append(all, r)
			}
		case strings.HasPrefix(rule, `<'\uFDD0`):
			o.indexes = append(o.indexes, index{heading: heading(strings.ReplaceAll(rule[len(`<'\uFDD0`):], "'", ""))})
			starts = append(starts, len(all))
		case strings.HasPrefix(rule, "&") && strings.Contains(rule, "<<<"):
			if same := strings.Split(rule[1:], "<<<"); allSingle(same) {
				for _, variant := range same[1:] {
					o.variants = append(o.variants, [2]rune{first(same[0]), first(variant)})
				}
			}
		}
	}
	next := 0 // of starts
	for i, r := range all {
		for ; next < len(starts) && starts[next] == i; next++ {
			o.indexes[next].first = len(o.characters)
		}
		if place[r] == i {
			o.characters = append(o.characters, r)
		}
	}
	return o, nil
}

// heading returns the heading that CLDR writes as label: a number of strokes is in the Braille block.
func heading(label string) string {
	if code, ok := strings.CutPrefix(label, `\u28`); ok {
		if n, err := strconv.ParseUint(code, 16, 8); err == nil {
			return strconv.FormatUint(n, 10) + "画"
		}
	}
	return label
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// allSingle tells whether each of the list is one character of Chinese text.
func allSingle(list []string) bool {
	for _, s := range list {
		r, size := utf8.DecodeRuneInString(s)
		if size != len(s) || r < 0x2E80 {
			return false
		}
	}
	return true
}
