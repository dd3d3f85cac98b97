package doublearray_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

func Example() {
	trie, err := doublearray.New([]doublearray.Entry{{"中国", 1}, {"中国人", 2}, {"人民", 3}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for length, value := range trie.Prefixes("中国人民") {
		fmt.Println("中国人民"[:length], value)
	}
	// Output:
	// 中国 1
	// 中国人 2
}

// words returns n different words of one to six runes, the runes as uneven as in a language.
func words(n int) []doublearray.Entry {
	rng := rand.New(rand.NewPCG(1, 2))
	runes := rand.NewZipf(rng, 1.1, 20, 8000)
	seen := make(map[string]bool, n)
	entries := make([]doublearray.Entry, 0, n)
	for len(entries) < n {
		var word strings.Builder
		for range 1 + rng.IntN(3) + rng.IntN(4) {
			word.WriteRune('一' + rune(runes.Uint64()))
		}
		if !seen[word.String()] {
			seen[word.String()] = true
			entries = append(entries, doublearray.Entry{Key: word.String(), Value: uint32(len(entries))})
		}
	}
	return entries
}

func build(t testing.TB, entries []doublearray.Entry) *doublearray.Trie {
	t.Helper()
	trie, err := doublearray.New(entries)
	require.NoError(t, err)
	return trie
}

// agree checks every look-up of text against a map of the same entries.
func agree(t *testing.T, trie *doublearray.Trie, want map[string]uint32, text string) {
	t.Helper()
	value, ok := trie.Get(text)
	wantValue, wantOK := want[text]
	require.Equal(t, wantOK, ok, "%q", text)
	require.Equal(t, wantValue, value, "%q", text)

	prefixes, longest, longestValue := map[int]uint32{}, 0, uint32(0)
	for i := 1; i <= len(text); i++ {
		if v, ok := want[text[:i]]; ok {
			prefixes[i], longest, longestValue = v, i, v
		}
	}
	require.Equal(t, prefixes, maps.Collect(trie.Prefixes(text)), "%q", text)
	require.Equal(t, prefixes, matches(trie, text), "%q", text)
	value, length := trie.Longest(text)
	require.Equal(t, longest, length, "%q", text)
	require.Equal(t, longestValue, value, "%q", text)
}

// codesOf returns the codes of a text, and where each rune ends.
func codesOf(trie *doublearray.Trie, text string) (codes []uint16, ends []int) {
	for i, r := range text {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD") {
			r, size = -1, 1
		}
		codes, ends = append(codes, trie.Code(r)), append(ends, i+size)
	}
	return codes, ends
}

// inBatches checks that looking many states up at once is the same as one by one: those after one, two and more of the
// runes from each of a text on.
func inBatches(t *testing.T, trie *doublearray.Trie, text string) {
	t.Helper()
	codes, _ := codesOf(trie, text)
	n := len(codes)
	codes = append(codes, make([]uint16, n+1)...)
	states, next := make([]doublearray.State, n), make([]doublearray.State, n)
	for i := range states {
		states[i] = trie.Root()
	}
	forks, err := trie.Forks()
	require.NoError(t, err)
	from := make([]doublearray.Fork, n)
	for i := range from {
		from[i] = forks.Of(codes[i])
	}
	forks.Steps(next, from, codes[1:])
	for i := range n {
		require.Equal(t, trie.StepCode(trie.StepCode(trie.Root(), codes[i]), codes[i+1]), next[i])
	}
	endings, room := make([]doublearray.Ending, n), make([]uint16, n)
	for depth := range n {
		longer := trie.Endings(endings, room, states, codes[depth:])
		for i, s := range states {
			next[i] = trie.StepCode(s, codes[depth+i])
		}
		steps := make([]doublearray.State, n)
		trie.StepsOf(longer, steps, states, codes[depth:])
		for i, s := range states {
			value, ok := trie.Value(s)
			require.Equal(t, value, endings[i].Value())
			require.Equal(t, ok, endings[i]&doublearray.NoKey == 0)
			require.Equal(t, next[i] != 0, endings[i]&doublearray.Longer != 0)
			if next[i] != 0 {
				require.EqualValues(t, i, longer[0])
				require.Equal(t, next[i], steps[i])
				longer = longer[1:]
			}
		}
		require.Empty(t, longer)
		states, next = next, states
	}
}

// matches returns what Prefixes yields, found by codes.
func matches(trie *doublearray.Trie, text string) map[int]uint32 {
	codes, ends := codesOf(trie, text)
	found := map[int]uint32{}
	if len(codes) > 0 {
		list := make([]doublearray.Match, trie.MaxRunes())
		n := trie.Matches(list, trie.StepCode(trie.Root(), codes[0]), codes[1:])
		for _, m := range list[:n] {
			found[ends[m.Codes]] = m.Value
		}
	}
	return found
}

// A state with thousands of children, and one of them with hundreds, both keys themselves.
func TestManyChildren(t *testing.T) {
	t.Parallel()
	want := map[string]uint32{"甲": 1, "甲一": 2}
	for i := range 5000 {
		want["甲"+string(rune('一'+i))] = uint32(i + 10)
	}
	for i := range 300 {
		want["甲一"+string(rune('一'+7*i))] = uint32(i + 9000)
	}
	var entries []doublearray.Entry
	for key, value := range want {
		entries = append(entries, doublearray.Entry{Key: key, Value: value})
	}
	trie := build(t, entries)
	require.Equal(t, want, maps.Collect(trie.All()))
	for key := range want {
		agree(t, trie, want, key+"一丁")
	}
	require.Equal(t, 5001, trie.Codes())
	agree(t, trie, want, "甲a")
	agree(t, trie, want, "乙")
	inBatches(t, trie, "甲一丁甲一丈甲a甲丂乙甲甲一")
}

func TestAgreesWithMap(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	const n = 20_000
	entries := words(n)
	want := make(map[string]uint32, n)
	for _, e := range entries {
		want[e.Key] = e.Value
	}
	trie := build(t, entries)
	require.Equal(t, n, trie.Len())
	require.Equal(t, 6, trie.MaxRunes())
	require.Equal(t, want, maps.Collect(trie.All()))
	for i, e := range entries {
		agree(t, trie, want, e.Key)
		agree(t, trie, want, e.Key+entries[n-1-i].Key)
		if i%100 == 0 {
			inBatches(t, trie, e.Key+entries[n-1-i].Key)
		}
	}
}

func TestLookUp(t *testing.T) {
	t.Parallel()
	entries := []doublearray.Entry{
		{"a", 0}, {"ab", doublearray.MaxValue}, {"中", 7}, {"中国", 8}, {"𠀀𠀁", 9}, {"\U0010FFFF", 10}, {"�", 11}, {"\x00", 12},
	}
	want := map[string]uint32{}
	for _, e := range entries {
		want[e.Key] = e.Value
	}
	trie := build(t, entries)
	for name, text := range map[string]string{
		"nothing":                "",
		"a key with value 0":     "a",
		"the largest value":      "ab",
		"beyond the BMP":         "𠀀𠀁𠀂",
		"half a key":             "𠀀",
		"the last rune":          "\U0010FFFF",
		"an unknown rune":        "界",
		"replacement character":  "�",
		"a byte is not UTF-8":    "\xff",
		"bad byte inside":        "中\xff国",
		"a surrogate in WTF-8":   "\xed\xa0\x80",
		"a cut rune":             "中\xe5\x9b",
		"zero":                   "\x00中",
		"a key and what follows": "中国人民",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			agree(t, trie, want, text)
		})
	}
}

func TestStepNeverLeavesTheTrie(t *testing.T) {
	t.Parallel()
	trie := build(t, []doublearray.Entry{{"ab", 1}})
	for _, r := range []rune{-1, 0, 'b', utf8.MaxRune, utf8.MaxRune + 1, 1 << 30} {
		require.Zero(t, trie.Step(trie.Root(), r), r)
		require.Zero(t, trie.Step(0, r), r)
	}
	s := trie.Step(trie.Step(trie.Root(), 'a'), 'b')
	require.NotZero(t, s)
	require.True(t, s.Final())
	require.Zero(t, trie.Step(s, 'a'))
}

func TestNoKeys(t *testing.T) {
	t.Parallel()
	for name, trie := range map[string]*doublearray.Trie{"zero": {}, "built": build(t, nil)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			agree(t, trie, nil, "中国")
			require.Zero(t, trie.Len())
			require.Empty(t, maps.Collect(trie.All()))
		})
	}
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		entries []doublearray.Entry
		message string
	}{
		"an empty key":     {[]doublearray.Entry{{"", 1}}, "a key is empty"},
		"a repeated key":   {[]doublearray.Entry{{"中", 1}, {"国", 1}, {"中", 1}}, `key "中" is there twice`},
		"a key not UTF-8":  {[]doublearray.Entry{{"\xff", 1}}, `key "\xff" is not UTF-8`},
		"a value too high": {[]doublearray.Entry{{"中", 1 << 30}}, `value 1073741824 of key "中"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := doublearray.New(c.entries)
			require.ErrorContains(t, err, c.message)
		})
	}
}

func TestBuildIsCompactAndRepeatable(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	entries := words(50_000)
	data, err := doublearray.Build(entries)
	require.NoError(t, err)
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	again, err := doublearray.Build(entries)
	require.NoError(t, err)
	require.Equal(t, data, again)

	nodes := map[string]bool{}
	for _, e := range entries {
		for i := range e.Key {
			nodes[e.Key[:i]] = true
		}
		nodes[e.Key] = true
	}
	require.Less(t, len(data), len(nodes)*6*5/4+50_000, "%d states", len(nodes))
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	good, err := doublearray.Build([]doublearray.Entry{{"中国", 1}})
	require.NoError(t, err)
	for name, data := range map[string]string{
		"nothing": "", "another mark": "x" + string(good[1:]), "cut": string(good[:len(good)-1]),
		"too long": string(good) + "x", "huge sizes": string(good[:12]) + strings.Repeat("\xff", 12),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := doublearray.Open(data)
			require.ErrorContains(t, err, "open double array")
		})
	}
}

func TestDamageDoesNotPanic(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	good, err := doublearray.Build(words(20))
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		data := slices.Clone(good)
		for range 1 + rng.IntN(8) {
			data[rng.IntN(len(data))] = byte(rng.Uint32())
		}
		trie, err := doublearray.Open(string(data))
		if err != nil {
			continue
		}
		for key := range trie.All() {
			require.LessOrEqual(t, utf8.RuneCountInString(key), trie.MaxRunes())
			trie.Get(key)
			lookUpInBatches(trie, key)
		}
	}
}

// lookUpInBatches is for arrays that may be damaged, where nothing is promised but that it returns.
func lookUpInBatches(trie *doublearray.Trie, text string) {
	codes, _ := codesOf(trie, text)
	n := len(codes)
	next := make([]doublearray.State, n)
	if forks, err := trie.Forks(); err == nil {
		from := make([]doublearray.Fork, n)
		for i := range from {
			from[i] = forks.Of(codes[i])
		}
		forks.Steps(next, from, codes)
	}
	trie.Endings(make([]doublearray.Ending, n), make([]uint16, n), next, codes)
	for i, s := range next {
		trie.Matches(make([]doublearray.Match, n), s, codes[i:])
	}
}

func TestLookUpDoesNotAllocate(t *testing.T) {
	trie := build(t, words(1000))
	text := words(10)[9].Key + "中国人民"
	sum := 0
	require.Zero(t, testing.AllocsPerRun(100, func() {
		_, n := trie.Longest(text)
		_, ok := trie.Get(text)
		for length := range trie.Prefixes(text) {
			sum += length
		}
		if ok {
			sum += n
		}
	}))
}

func FuzzAgreesWithMap(f *testing.F) {
	f.Add("中,中国,人民", "中国人民")
	f.Add("a,ab,abc,b", "abcd")
	f.Add("\x00,\xff,�", "\xff")
	f.Fuzz(func(t *testing.T, keys, text string) {
		want := map[string]uint32{}
		var entries []doublearray.Entry
		for i, key := range strings.Split(keys, ",") {
			if _, twice := want[key]; !twice && key != "" && utf8.ValidString(key) {
				want[key] = uint32(i)
				entries = append(entries, doublearray.Entry{Key: key, Value: uint32(i)})
			}
		}
		trie := build(t, entries)
		require.Equal(t, want, maps.Collect(trie.All()))
		for i := range text {
			agree(t, trie, want, text[i:])
		}
		if utf8.RuneCountInString(text) < 100 {
			inBatches(t, trie, text)
		}
	})
}

// FuzzOpen looks into arrays that may be damaged.
func FuzzOpen(f *testing.F) {
	good, err := doublearray.Build([]doublearray.Entry{{"ab", 1}, {"a", 2}, {"c", 3}}) // small, so that much of it is damaged
	require.NoError(f, err)
	f.Add(string(good), "abc")
	f.Fuzz(func(t *testing.T, data, text string) {
		trie, err := doublearray.Open(data)
		if err != nil {
			return
		}
		trie.Get(text)
		lookUpInBatches(trie, text)
		_, length := trie.Longest(text)
		require.LessOrEqual(t, length, len(text))
		for key := range trie.All() {
			require.LessOrEqual(t, utf8.RuneCountInString(key), trie.MaxRunes())
		}
	})
}

func BenchmarkBuild350000(b *testing.B) {
	entries := words(350_000)
	for b.Loop() {
		data, err := doublearray.Build(entries)
		require.NoError(b, err)
		b.ReportMetric(float64(len(data))/1e6, "MB")
	}
}

func BenchmarkLongest(b *testing.B) {
	entries := words(350_000)
	trie := build(b, entries)
	var text strings.Builder
	for i := range 100_000 {
		text.WriteString(entries[i*3].Key)
	}
	s := text.String()
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		for i := 0; i < len(s); {
			_, n := trie.Longest(s[i:])
			i += max(n, 3)
		}
	}
}
