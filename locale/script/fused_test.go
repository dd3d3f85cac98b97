package script

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// alphabets are letters of one byte, of three and of every size. Of each the last is in no dictionary.
var alphabets = [...][]rune{[]rune("abcde"), []rune("甲乙丙丁，"), []rune("a乙ß𠀁c"), []rune("甲b丙d。")}

const (
	letterSize = utf8.UTFMax
	inKeys     = 4 // letters that are in dictionaries
)

// invented returns a random dictionary over few letters, so that its words overlap in every way.
func invented(rng *rand.Rand, alphabet []rune, n, from, to int) []pair {
	letters := func(most int) string {
		var word strings.Builder
		for range 1 + rng.IntN(most) {
			word.WriteRune(alphabet[rng.IntN(inKeys)])
		}
		return word.String()
	}
	seen := make(map[string]bool)
	var pairs []pair
	for range n {
		if p := (pair{letters(from), letters(to)}); !seen[p.from] {
			seen[p.from] = true
			pairs = append(pairs, p)
		}
	}
	return pairs
}

func plainOf(dictionaries ...[]pair) plainGroup {
	var g plainGroup
	for _, pairs := range dictionaries {
		d := plainDictionary{pairs: map[string]string{}}
		for _, p := range pairs {
			d.pairs[p.from] = p.to
			d.longest = max(d.longest, len(p.from))
		}
		g = append(g, d)
	}
	return g
}

// The fused pass is the chain for any dictionaries, not only for those of OpenCC, and wherever the text is cut.
func TestFusedIsTheChainOfAnyDictionaries(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	const (
		longest = 4
		reach   = 6 * letterSize // a key of the first stage, in whose last character a key that cuts begins
	)
	for seed := range uint64(1600) {
		rng := rand.New(rand.NewPCG(seed, 11))
		alphabet := alphabets[seed/2%uint64(len(alphabets))]
		cut := invented(rng, alphabet, 1+rng.IntN(3), 3, 2)
		first := [][]pair{invented(rng, alphabet, 1+rng.IntN(4), longest, 3), invented(rng, alphabet, 1+rng.IntN(4), longest, 3)}
		second := [][]pair{invented(rng, alphabet, 1+rng.IntN(4), longest, 3), invented(rng, alphabet, 1+rng.IntN(4), 2, 1)}
		chain := plainChain{cutter: plainOf(cut), stages: []plainGroup{plainOf(first...), plainOf(second...)}}
		if seed%2 == 0 { // as from simplified: the first stage's phrases cut, its characters are replaced one by one
			first = [][]pair{longer(first[0]), invented(rng, alphabet, 3, 1, 1)}
			cut = nil
			chain.cutter, chain.stages[0] = plainOf(first[0]), plainOf(first...)
		}
		f := newFused(cut, newTable(merge(first...)), newTable(merge(second...)))
		for range 10 {
			var text strings.Builder
			for range rng.IntN(60) {
				text.WriteRune(alphabet[rng.IntN(len(alphabet))])
			}
			s := text.String()
			about := fmt.Sprintf("seed %d: cut %v, first %v, second %v, text %q", seed, cut, first, second, s)
			whole, end := f.append(nil, s, len(s), len(s))
			require.Equal(t, len(s), end, about)
			require.Equal(t, chain.convert(s), string(whole), about)

			var pieces []byte
			for done, given := 0, 0; done < len(s); {
				given = min(len(s), given+1+rng.IntN(12*letterSize))
				known := given - done
				if given < len(s) {
					known = max(0, known-reach)
				}
				n := 0
				pieces, n = f.append(pieces, s[done:given], known-rng.IntN(min(known, 2)+1), known)
				done += n
			}
			require.Equal(t, string(whole), string(pieces), about)
		}
	}
}

// longer returns the pairs with keys of several characters.
func longer(pairs []pair) []pair {
	var kept []pair
	for _, p := range pairs {
		if utf8.RuneCountInString(p.from) > 1 {
			kept = append(kept, p)
		}
	}
	return kept
}

func TestMergeShortCircuits(t *testing.T) {
	t.Parallel()
	merged := merge([]pair{{"宏", "一"}, {"宏大", "二"}}, []pair{{"宏內核", "三"}, {"核", "四"}, {"宏", "五"}})
	require.Equal(t, []pair{{"宏", "一"}, {"宏大", "二"}, {"核", "四"}}, merged)
}

// A place that cannot be decided yet is left for the next piece, together with all that leads up to it.
func TestFusedWaitsForWhatFollows(t *testing.T) {
	t.Parallel()
	f := newFused([]pair{{"zz", "zz"}}, newTable([]pair{{"cdab", "y"}}), newTable([]pair{{"aaac", "X"}, {"aaay", "Y"}}))
	out, n := f.append(nil, "baaacda", 2, 2)
	require.Equal(t, "b", string(out))
	require.Equal(t, 1, n)
	out, n = f.append(nil, "aaacdab", 7, 7)
	require.Equal(t, "Y", string(out))
	require.Equal(t, 7, n)
}
