package sense

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
)

var update = flag.Bool("update", false, "write words.bin")

// The words are those of words.txt, each in one group.
func TestWords(t *testing.T) {
	t.Parallel()
	var entries []doublearray.Entry
	seen := make(map[string]string)
	group := uint32(0)
	for name, words := range groups(source) {
		require.NotEmpty(t, words, "the group %q: is there a colon behind its name?", name)
		group++
		for w := range strings.FieldsSeq(words) {
			w, _ = fold.All.String(w)
			if other, ok := seen[w]; ok {
				require.Equal(t, name, other, "the group of %s", w)
				continue
			}
			seen[w] = name
			entries = append(entries, doublearray.Entry{Key: w, Value: group})
		}
	}
	want, err := doublearray.Build(entries)
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("words.bin", want, 0o644))
		return
	}
	require.Equal(t, string(want), built, "words.bin is older than words.txt: run this test with -update")
	trie, err := doublearray.Open(built)
	require.NoError(t, err)
	require.LessOrEqual(t, trie.MaxRunes(), MaxRunes)
}
