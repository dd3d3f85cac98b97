package speech_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/speech"
)

// tableWords returns the fields of the lines of a table.
func tableWords(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	var lines [][]string
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) > 0 && !strings.HasPrefix(f[0], "#") {
			require.Greater(t, len(f), 1, line)
			lines = append(lines, f)
		}
	}
	return lines
}

// The words that stay do so in every style, and each stands in the table once.
func TestKeptWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, line := range tableWords(t, "keep.txt") {
		for _, word := range line[1:] {
			require.False(t, seen[word], word)
			seen[word] = true
			for name, p := range writings() {
				p.Writing.Acronyms = false
				require.Equal(t, word, speech.Written(word, p), name)
				require.Equal(t, "他说"+word+"，", speech.Written("他说"+word+"，", p), name)
			}
		}
	}
	require.Greater(t, len(seen), 1000)
}

func TestAcronyms(t *testing.T) {
	t.Parallel()
	p := speech.Profile{Writing: speech.Writing{Acronyms: true}}
	seen := map[string]bool{}
	for _, line := range tableWords(t, "acronyms.txt") {
		for _, name := range line[1:] {
			require.False(t, seen[name], name)
			seen[name] = true
			require.Equal(t, line[0], speech.Written(name, p))
		}
	}
}
