package doublearray_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

func ExampleAutomaton() {
	a, err := doublearray.NewAutomaton([]doublearray.Entry{{Key: "中国", Value: 1}, {Key: "国人", Value: 2}, {Key: "人", Value: 3}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := a.Start()
	for i, r := range "中国人" {
		for key := a.Step(&c, a.Code(r)); key != 0; key = a.Shorter(key) {
			value, length := a.Key(key)
			fmt.Println(value, "of", length, "runes ends with the one at", i)
		}
	}
	// Output:
	// 1 of 2 runes ends with the one at 3
	// 2 of 2 runes ends with the one at 6
	// 3 of 1 runes ends with the one at 6
}

// ending returns the values of the keys that text ends with, the longest first.
func ending(want map[string]uint32, text string) []uint32 {
	var values []uint32
	for i := range text {
		if v, ok := want[text[i:]]; ok {
			values = append(values, v)
		}
	}
	return values
}

func listed(a *doublearray.Automaton, key uint32) []uint32 {
	var values []uint32
	for ; key != 0; key = a.Shorter(key) {
		value, _ := a.Key(key)
		values = append(values, value)
	}
	return values
}

// underWay returns the longest end of text that a key begins with and continues, in runes.
func underWay(want map[string]uint32, text string) int {
	for i := range text {
		for key := range want {
			if len(key) > len(text)-i && strings.HasPrefix(key, text[i:]) {
				return len([]rune(text[i:]))
			}
		}
	}
	return 0
}

// follows checks the automaton of some keys on a text, step by step and in blocks that cut cuts off.
func follows(t *testing.T, want map[string]uint32, text string, cut func(most int) int) {
	t.Helper()
	entries := make([]doublearray.Entry, 0, len(want))
	for key, value := range want {
		entries = append(entries, doublearray.Entry{Key: key, Value: value})
	}
	a, err := doublearray.NewAutomaton(entries)
	require.NoError(t, err)
	var codes []uint16
	var found [][]uint32
	var states []doublearray.Cursor
	c := a.Start()
	runes := []rune(text)
	for i, r := range runes {
		codes = append(codes, a.Code(r))
		found = append(found, listed(a, a.Step(&c, codes[i])))
		states = append(states, c)
		read := string(runes[:i+1])
		require.Equal(t, ending(want, read), found[i], "%q after %q", want, read)
		depth := underWay(want, read)
		require.Equal(t, depth, a.Depth(c), "%q after %q", want, read)
		for suffix := c; depth > 0; {
			depth = underWay(want, string(runes[i+2-depth:i+1]))
			suffix = a.Suffix(suffix)
			require.Equal(t, depth, a.Depth(suffix), "%q after %q", want, read)
		}
		for _, next := range runes {
			goes := false
			for key := range want {
				goes = goes || strings.HasPrefix(key, string(runes[i+1-a.Depth(c):i+1])+string(next))
			}
			require.Equal(t, goes, a.Continues(c, a.Code(next)), "%q with %c after %q", want, next, read)
		}
	}
	c = a.Start()
	var hits [doublearray.Block]doublearray.Found
	for i := 0; i < len(codes); {
		block := codes[i : i+cut(len(codes)-i)]
		n, count := a.Scan(&c, block, hits[:])
		require.Equal(t, min(len(block), doublearray.Block), n)
		for _, hit := range hits[:count] {
			at := i + int(hit.At)
			require.Equal(t, found[at], listed(a, hit.Key), "%q in %q at %d", want, text, at)
			found[at] = nil
		}
		if i += n; n > 0 {
			require.True(t, c.Same(states[i-1]), "%q in %q after %d", want, text, i)
			require.Equal(t, states[i-1].Last(), c.Last())
		}
	}
	for at := range found {
		require.Nil(t, found[at], "%q in %q at %d", want, text, at)
	}
}

func TestAutomatonFindsAllKeys(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	rng := rand.New(rand.NewPCG(5, 6))
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune([]rune("甲乙丙丁")[rng.IntN(2+rng.IntN(3))])
		}
		return b.String()
	}
	for range 2_000 {
		want := make(map[string]uint32)
		for i := range rng.IntN(8) {
			want[text(1+rng.IntN(5))] = uint32(i)
		}
		follows(t, want, text(rng.IntN(90)), func(most int) int { return rng.IntN(most + 1) })
	}
}

func FuzzAutomaton(f *testing.F) {
	f.Add("甲乙 乙丙 乙", "甲乙丙丁", uint8(3))
	f.Add("a aa aaa", "aaaa", uint8(1))
	f.Fuzz(func(t *testing.T, keys, text string, cut uint8) {
		if len(keys) > 200 || len(text) > 200 {
			return
		}
		want := make(map[string]uint32)
		for i, key := range strings.Fields(strings.ToValidUTF8(keys, "")) {
			want[key] = uint32(i)
		}
		follows(t, want, strings.ToValidUTF8(text, ""), func(most int) int { return min(most, 1+int(cut)) })
	})
}

func TestScanStopsAtForeignCodes(t *testing.T) {
	t.Parallel()
	a, err := doublearray.NewAutomaton([]doublearray.Entry{{Key: "甲乙", Value: 7}})
	require.NoError(t, err)
	require.Equal(t, 2, a.Codes())
	c := a.Start()
	var hits [doublearray.Block]doublearray.Found
	n, found := a.Scan(&c, []uint16{a.Code('甲'), a.Code('乙'), 3, a.Code('甲')}, hits[:])
	require.Equal(t, 2, n)
	require.Equal(t, 1, found)
	n, found = a.Scan(&c, []uint16{3}, hits[:])
	require.Zero(t, n)
	require.Zero(t, found)
	require.Zero(t, a.Code(-1))
	require.Zero(t, a.Code('丙'))
}

func TestAutomatonRefuses(t *testing.T) {
	t.Parallel()
	for want, entries := range map[string][]doublearray.Entry{
		"build automaton: a key is empty":                                {{Key: ""}},
		`build automaton: key "甲" is there twice`:                        {{Key: "甲"}, {Key: "甲"}},
		`build automaton: value 268435456 of key "甲" is above 268435455`: {{Key: "甲", Value: 1 << 28}},
		"build automaton: a key of 65536 runes, at most 65535":           {{Key: strings.Repeat("甲", 1<<16)}},
	} {
		_, err := doublearray.NewAutomaton(entries)
		require.EqualError(t, err, want)
	}
}
