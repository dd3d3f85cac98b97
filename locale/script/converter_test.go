package script

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func sorted(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }

var all = []Converter{
	S2T, S2TW, S2TWP, S2HK, S2HKP, T2S, TW2S, TW2SP, HK2S, HK2SP, T2TW, T2HK, TW2T, HK2T, T2JP, JP2T,
}

// One pass gives what the passes of OpenCC give one after the other.
func TestFusedIsTheChain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	text := generated(1, 60_000)
	for _, c := range all {
		t.Run(c.configuration.name, func(t *testing.T) {
			t.Parallel()
			chain := plain(t, c.configuration)
			got := c.String(text)
			want := chain.convert(text)
			if got != want {
				i := 0
				for i < len(want) && i < len(got) && want[i] == got[i] {
					i++
				}
				require.Equal(t, want[max(0, i-60):min(len(want), i+60)], got[max(0, i-60):min(len(got), i+60)])
			}
			// Again in pieces, where what is at the end of the text matters.
			for piece := range strings.SplitSeq(text, "\n") {
				require.Equal(t, chain.convert(piece), c.String(piece), "%q", piece)
			}
		})
	}
}

func TestString(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		converter  Converter
		text, want string
	}{
		"characters by word":       {S2T, "头发发白，皇后在后面", "頭髮發白，皇后在後面"},
		"and back":                 {T2S, "頭髮發白，乾坤與乾淨", "头发发白，乾坤与干净"},
		"words of Taiwan":          {S2TWP, "用鼠标打开软件", "用滑鼠開啟軟體"},
		"words of the mainland":    {TW2SP, "用滑鼠開啟軟體", "用鼠标打开软件"},
		"Hong Kong":                {S2HK, "里面有为什么", "裏面有為什麼"},
		"Japanese":                 {T2JP, "國學", "国学"},
		"nothing":                  {S2T, "", ""},
		"no Chinese":               {S2T, "plain text, été, 😀", "plain text, été, 😀"},
		"the zero converter":       {Converter{}, "头发", "头发"},
		"compatibility characters": {S2T, "\uf900有此\uf9b0", "豈有此聆"},
		"description sequence":     {S2T, "⿰讠言发⿱⿰发发发发", "⿰讠言發⿱⿰发发发發"},
		"the shortest sequence":    {S2T, "⿾a发⿾发", "⿾a發⿾发"},
		"sequence without an end":  {S2T, "⿰发", "⿰發"},
		"bytes are not UTF-8":      {S2T, "头\xff发\xe5\x8f", "頭\xff發\xe5\x8f"},
		"surrogate halves":         {S2T, "\xed\xa0\x80发\xed\xbf\xbf", "\xed\xa0\x80發\xed\xbf\xbf"},
		"a bad byte parts a word":  {S2T, "头\xff发", "頭\xff發"},
		"beyond the BMP":           {T2S, "𠁞", "𠀾"},
		"zero bytes":               {S2T, "\x00发\x00", "\x00發\x00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, c.converter.String(c.text))
			require.Equal(t, "前"+c.want, string(c.converter.Append([]byte("前"), c.text)))
		})
	}
}

// One character for ever, and what is hardest for each part of the machine.
func TestTimeIsLinear(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	const n = 300_000
	for name, unit := range map[string]string{
		"one character": "发", "operators": "⿰", "bad bytes": "\xff", "start of many words": "一", "of the second stage": "信", "tokens": "宏",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Repeat(unit, n)
			for _, c := range all {
				require.NotEmpty(t, c.String(text))
			}
		})
	}
}

func TestAppendDoesNotAllocate(t *testing.T) {
	text := generated(2, 20_000)
	user, err := S2TWP.With(Pair{"助手", "小幫手"})
	require.NoError(t, err)
	for _, c := range append(all[:len(all):len(all)], user) {
		dst := c.Append(nil, text)
		dst = slices.Grow(dst, len(text)) // Append asks for room for the worst first
		require.Zero(t, testing.AllocsPerRun(10, func() { dst = c.Append(dst[:0], text) }))
	}
}

// The queue between the stages is big enough for the dictionaries.
func TestQueueHasRoom(t *testing.T) {
	t.Parallel()
	for _, c := range all {
		if f := c.configuration.fused(); f != nil {
			longest := 0
			for n := range f.first.trie.Len() {
				longest = max(longest, utf8.RuneCount(f.first.values.at(uint32(n))))
			}
			require.LessOrEqual(t, f.second.trie.MaxRunes()+longest, len(queue{}.room), c.configuration.name)
		}
	}
}

func TestTablesAreWhole(t *testing.T) {
	t.Parallel()
	require.Equal(t, 49_645, phrases().Len())
	for _, c := range all {
		for _, s := range c.configuration.stages {
			for _, name := range s.dictionaries {
				require.NotEmpty(t, dictionary(name), name)
			}
		}
	}
	require.Len(t, compatibility(), 1002)
}

// A compatibility character in a key reads like the common one, also as the second, of which the filter of pairs knows.
func TestCompatibilityCharacterInKey(t *testing.T) {
	t.Parallel()
	const after = "，甲甲甲" // so that the key is not near the end of the text
	tried := 0
	for key := range phrases().All() {
		first, size := utf8.DecodeRuneInString(key)
		second, more := utf8.DecodeRuneInString(key[size:])
		for _, same := range duplicates()[second] {
			tried++
			text := string(first) + string(same) + key[size+more:] + after
			require.Equal(t, S2TWP.String(key+after), S2TWP.String(text), text)
		}
	}
	require.NotZero(t, tried)
}

// A character in more bytes than it needs is not that character.
func TestOverlongCharacter(t *testing.T) {
	t.Parallel()
	m := newTable([]pair{{"ß", "甲"}, {"乙", "丙"}})
	const overlong = "\xe0\x83\x9f" // of ß
	got, _ := m.append(nil, overlong+"乙ß乙乙乙", len(overlong)+len("乙ß"))
	require.Equal(t, overlong+"丙甲", string(got))
}

func FuzzString(f *testing.F) {
	chains := make([]plainChain, len(all))
	for i, c := range all {
		chains[i] = plain(f, c.configuration)
	}
	f.Add("头发发白，用鼠标打开软件⿰讠言\xff", uint8(2))
	f.Add("用滑鼠開啟軟體，裡面是核心", uint8(7))
	f.Fuzz(func(t *testing.T, text string, which uint8) {
		i := int(which) % len(all)
		require.Equal(t, chains[i].convert(text), all[i].String(text))
	})
}
