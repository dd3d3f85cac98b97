package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFoldWords(t *testing.T) {
	t.Parallel()
	require.Equal(t, []word{{"4s店", 2, "n", 0}, {"干", 10, "v", 1}, {"干坤", 5, "n", 2}}, foldWords([]word{
		{"乾坤", 5, "n", 2}, {"乾", 20, "nr", 0}, {"干", 10, "v", 1}, {"幹", 30, "v", 0}, {"4S店", 3, "n", 0}, {"4s店", 2, "n", 0}, {"干乾", 0, "", 0},
	}[:6]))
	require.Equal(t, []word{{"aa制", 7, "n", 0}}, foldWords([]word{{"AA制", 3, "n", 0}, {"Aa制", 7, "n", 0}}))
}

func TestReadFieldsRefuses(t *testing.T) {
	t.Parallel()
	accept := func([]string) error { return nil }
	require.NoError(t, readFields("好 1\n坏 2", 2, 2, accept))
	require.EqualError(t, readFields("好 1\n坏", 2, 2, accept), `line "坏" has not 2 fields`)
	require.EqualError(t, readFields("好 1\n", 2, 2, accept), "it has 1 entries, pinned are 2")
}

func TestSplit(t *testing.T) {
	t.Parallel()
	words := []word{
		{"市场", 20_000, "n", 0}, {"经济", 60_000, "n", 0}, {"市场经济", 1500, "n", 0}, {"胸有成竹", 20, "i", 0}, {"人工", 2000, "n", 0}, {"智能", 1000, "n", 0},
		{"人工智能", 900, "n", 0}, {"看", 50_000, "v", 0}, {"去", 80_000, "v", 0}, {"没", 70_000, "v", 0}, {"起来", 30_000, "v", 0}, {"晚饭", 800, "n", 0},
		{"复制", 700, "v", 0}, {"日本", 20_000, "ns", 0}, {"部长", 1000, "n", 0}, {"先生", 20_000, "n", 0}, {"社会", 50_000, "n", 0}, {"主义", 3000, "n", 0}, {"社会主义", 10_000, "n", 0}, {"其他", 50_000_000, "v", 0},
	}
	s := newSplitter(words)
	for name, c := range map[string]struct {
		text, tag string
		want      uint32
	}{
		"numeral and classifier": {"一个", "m", parted}, "count of years": {"五年", "t", parted}, "longer numeral": {"二十七名", "m", dropped},
		"ordinal": {"第三次", "m", dropped}, "unit": {"万美元", "m", dropped}, "year": {"一九九八年", "m", whole}, "month": {"三月", "m", whole},
		"listed to stay": {"一些", "m", whole}, "no classifier": {"一旦", "d", whole}, "number": {"三百", "m", whole}, "vague": {"多次", "m", whole},
		"pronoun": {"该市", "r", parted}, "classifier after it": {"这个", "r", parted}, "one pronoun": {"这些", "r", whole}, "not a pronoun": {"该死", "v", whole},
		"particle": {"轻轻地", "z", dropped}, "no particle": {"目的", "n", whole},
		"compound": {"市场经济", "n", dropped}, "idiom": {"胸有成竹", "i", whole}, "term": {"人工智能", "n", whole}, "ism": {"社会主义", "n", whole},
		"verb with aspect": {"看着", "v", parted}, "adverb": {"没去", "v", parted}, "always two": {"很厚", "a", parted}, "listed": {"很多", "m", whole},
		"direction": {"看起来", "v", whole}, "directed": {"去起来", "v", parted}, "object": {"看晚饭", "v", parted}, "question": {"去不去", "v", dropped},
		"possible": {"看不见", "v", whole}, "to": {"复制到", "v", dropped}, "measured": {"两顿饭", "m", dropped}, "team": {"日本队", "nt", dropped},
		"deputy": {"副部长", "n", parted}, "doubled": {"看看去去", "z", whole}, "double adjective": {"高高的", "n", dropped},
		"character": {"一", "m", whole}, "classifier before it": {"篇市场", "n", parted}, "title": {"张先生", "nr", parted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, ok := s.words[c.text]
			if !ok {
				w = word{c.text, 3, c.tag, 0}
			}
			require.Equal(t, c.want, s.split(w))
		})
	}
}

func TestWithAdded(t *testing.T) {
	t.Parallel()
	all, added := withAdded([]word{{"微信", 3, "n", 0}})
	require.Equal(t, word{"微信", 3, "n", 0}, all[0])
	require.False(t, added["微信"])
	require.True(t, added["唐山"])
	require.Contains(t, all, word{"唐山", addedFrequency, "ns", 0})
	require.Len(t, all, len(added)+1)
}

func TestCountNames(t *testing.T) {
	t.Parallel()
	counts := countNames([]word{{"王小明", 3, "nr", 0}, {"王小平", 3, "nrfg", 0}, {"王朝", 3, "nr", 0}, {"老太太", 3, "nr", 0}, {"王小二", 3, "n", 0}})
	require.Equal(t, "0 2 王\n1 2 小\n", counts.String())
}
