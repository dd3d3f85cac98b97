// Package others has sentences that call for no tool, so that a learner knows what it is not asked for.
// They are in others.txt and were written for this package.
package others

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed others.txt
var source string

// Sentences returns the sentences, always the same. The caller must not change them.
var Sentences = sync.OnceValue(func() []string {
	var out []string
	seen := make(map[string]bool)
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		parts, n := parse(line)
		for i := range n {
			var b strings.Builder
			for k, words := range parts {
				b.WriteString(words[(i+k*i/len(words))%len(words)])
			}
			if s := b.String(); !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	return out
})

// parse cuts a line into what each part may be, and returns how many sentences it gives.
func parse(line string) (parts [][]string, n int) {
	n = 1
	for line != "" {
		text, rest, _ := strings.Cut(line, "(")
		parts = append(parts, []string{text})
		list, after, ok := strings.Cut(rest, ")")
		if !ok {
			break
		}
		words := strings.Split(list, "|")
		parts = append(parts, words)
		n, line = max(n, len(words)), after
	}
	return parts, n
}
