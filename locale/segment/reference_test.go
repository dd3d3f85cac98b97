package segment

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// reference cuts a text as jieba does without its hidden Markov model, in the plainest way: of all paths of words the
// likeliest, found from the end, and of equal ones that whose first word is longer.
func reference(words map[string]value, s string) []string {
	x, runes := loaded(), []rune(s)
	cost := make([]uint64, len(runes)+1)
	next := make([]int, len(runes))
	for i := len(runes) - 1; i >= 0; i-- {
		cost[i], next[i] = uint64(x.unknown)+cost[i+1], i+1
		for j := i + 1; j <= min(len(runes), i+16); j++ {
			if v, ok := words[string(runes[i:j])]; ok {
				if c := uint64(x.costs[v.frequency()]) + cost[j]; c <= cost[i] {
					cost[i], next[i] = c, j
				}
			}
		}
	}
	var cut []string
	for i := 0; i < len(runes); i = next[i] {
		cut = append(cut, string(runes[i:next[i]]))
	}
	return cut
}

func TestAgreesWithReference(t *testing.T) {
	t.Parallel()
	words := make(map[string]value)
	var keys []string
	for key, v := range loaded().words.All() {
		if value(v).split() == onlyRules {
			continue
		}
		words[key] = value(v)
		if strings.IndexFunc(key, func(r rune) bool { return r < '一' }) < 0 {
			keys = append(keys, key)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var text strings.Builder
		for range 1 + rng.IntN(40) {
			key := []rune(keys[rng.IntN(len(keys))])
			from := rng.IntN(len(key))
			text.WriteString(string(key[from : from+1+rng.IntN(len(key)-from)])) // a part, so that words cross
		}
		var got []string
		for token := range (&Segmenter{DictionaryOnly: true}).Cut(text.String()) {
			got = append(got, token.Text)
		}
		require.Equal(t, reference(words, text.String()), got)
	}
}

func TestTablesAreWhole(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	x := loaded()
	require.Equal(t, 347_804, x.words.Len())
	_, tags, _ := strings.Cut(wordLists, "[tags]\n")
	tags, _, _ = strings.Cut(tags, "\n")
	require.Equal(t, strings.Fields(tags), tagNames[1:])
	require.InDelta(t, 11.95, x.idfMedian, 0.01)
	require.InDelta(t, 13.90, x.idfLow+x.idfStep*510, 0.01)
	for key, v := range x.words.All() {
		require.NotZero(t, x.costs[value(v).frequency()], key)
		require.Less(t, int(value(v).tag()), len(tagNames), key)
		require.NotEqual(t, NoTag, value(v).tag(), key)
		run := 0 // of what may be a run of letters
		for _, r := range key {
			if run++; x.glyph(r).kind() == han {
				run = 0
			}
			require.LessOrEqual(t, run, longestLatin, key)
		}
	}
	for _, list := range [][]spelling{x.afterNumber, x.beforeClock, x.surnames, x.beforeName, x.afterName, x.afterVerb} {
		require.NotEmpty(t, list)
	}
	for r, want := range map[rune]trait{'一': numeral | figure, '十': numeral | scale, '第': ordinal, '〇': numeral | figure, '王': family, '们': suffix, '镇': division} {
		require.Equal(t, want, x.basic[r].trait()&want, string(r))
	}
}
