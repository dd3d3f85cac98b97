package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var cldrNumbers = source{
	registry:  npm,
	name:      "cldr-numbers-full",
	version:   "48.2.0",
	sha256:    "2d17a1453c559a62112caeed52e0bcfe3cb8539c99d239ae7b7ed4d0827679d9",
	licence:   "Unicode License V3",
	copyright: "Copyright 2004-2026 Unicode, Inc.",
	tables:    []string{"locale/quantity/currencies.txt"},
}

// The languages whose names of currencies are taken, with the number of them.
var currencyNames = []struct {
	language string
	entries  int
}{{"zh", 307}, {"zh-Hant", 304}, {"zh-Hant-HK", 304}, {"yue-Hans", 304}}

// quantityTables returns the table of currencies: one a line, its code, its name, and after it other names and
// symbols, separated by tabs.
func quantityTables(ctx context.Context) ([]file, error) {
	files, err := cldrNumbers.fetch(ctx, "main")
	if err != nil {
		return nil, err
	}
	names := make(map[string][]string)
	for _, from := range currencyNames {
		currencies, err := readCurrencies(files[from.language+"/currencies.json"], from.language)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", cldrNumbers, from.language, err)
		}
		if len(currencies) != from.entries {
			return nil, fmt.Errorf("%s: %s has %d currencies, pinned are %d", cldrNumbers, from.language, len(currencies), from.entries)
		}
		for code, of := range currencies {
			names[code] = append(names[code], of.DisplayName)
			for _, symbol := range []string{of.Symbol, of.Narrow} {
				if symbol != "" && symbol != code && strings.ContainsFunc(symbol, func(r rune) bool { return r > 0x7F || r == '$' }) {
					names[code] = append(names[code], symbol)
				}
			}
		}
	}
	var table bytes.Buffer
	fmt.Fprintf(&table, "# The currencies of %s: code, name, other names and symbols. Made by internal/tablegen.\n", cldrNumbers)
	for _, code := range slices.Sorted(maps.Keys(names)) {
		table.WriteString(code)
		var seen []string
		for _, name := range names[code] {
			if name = plainName(name); !slices.Contains(seen, name) {
				seen = append(seen, name)
				table.WriteString("\t" + name)
			}
		}
		table.WriteByte('\n')
	}
	return []file{{"locale/quantity/currencies.txt", table.Bytes()}}, nil
}

type currency struct {
	DisplayName string `json:"displayName"`
	Symbol      string `json:"symbol"`
	Narrow      string `json:"symbol-alt-narrow"`
}

func readCurrencies(data []byte, language string) (map[string]currency, error) {
	var document struct {
		Main map[string]struct {
			Numbers struct {
				Currencies map[string]currency `json:"currencies"`
			} `json:"numbers"`
		} `json:"main"`
	}
	if err := json.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	return document.Main[language].Numbers.Currencies, nil
}

// yearsOfUse is the space before the years or the remark in brackets at the end of some names.
var yearsOfUse = regexp.MustCompile(`\s*[(（]\s*(.*?)\s*[)）]$`)

// plainName writes a remark at the end of a name without blanks.
func plainName(name string) string { return yearsOfUse.ReplaceAllString(name, "（$1）") }
