package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// foldTable returns the table of internal/fold: traditional and compatibility characters, each with the simplified
// character it is folded to, which no other line folds further.
func foldTable(dictionaries map[string][]pair) file {
	simplified := make(map[string]string)
	for _, name := range []string{"CJK_Compatibility_Ideographs", "TSCharacters"} {
		for _, p := range dictionaries[name] {
			if p.from != p.to && utf8.RuneCountInString(p.from) == 1 && utf8.RuneCountInString(p.to) == 1 {
				simplified[p.from] = p.to
			}
		}
	}
	var lines []string
	for from, to := range simplified {
		for hops := 0; simplified[to] != "" && hops < len(simplified); hops++ {
			to = simplified[to]
		}
		if from != to {
			lines = append(lines, from+to+"\n")
		}
	}
	slices.Sort(lines)
	header := fmt.Sprintf("# Generated from %s (%s) by internal/tablegen. DO NOT EDIT.\n# %s\n", openCC, openCC.licence, openCC.copyright)
	return file{"internal/fold/simplified.txt", []byte(header + strings.Join(lines, ""))}
}
