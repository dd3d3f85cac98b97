package when

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// The tables hold what the reader takes for granted.
func TestTables(t *testing.T) {
	t.Parallel()
	l := words()
	require.LessOrEqual(t, int(classes), 64, "one bit for each class")
	for _, e := range l.entries {
		r, _ := utf8.DecodeRuneInString(e.word)
		at := l.first[r]
		nested := 0
		for _, other := range l.entries[at[0]:at[1]] {
			if strings.HasPrefix(e.word, other.word) {
				nested++
			}
		}
		require.LessOrEqual(t, nested, maxWords, e.word)
	}
	for i := range l.festival {
		f := &l.festival[i]
		found := false
		for year := 2024; year < 2027 && !found; year++ {
			_, _, _, found = f.in(year)
		}
		require.True(t, found, "%s is on no day", f.name)
	}
}
