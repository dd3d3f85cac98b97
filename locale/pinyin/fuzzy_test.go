package pinyin

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fuzzy Fuzzy
		a, b  string
	}{
		{ZhZ, "zhong1", "zong1"}, {ChC, "cheng2", "ceng2"}, {ShS, "shi4", "si4"}, {NL, "nan2", "lan2"}, {FH, "fei1", "hui1"},
		{FH, "fu2", "hu2"}, {FH, "huang2", "fang2"}, {FH, "hun1", "fen1"}, {RL, "re4", "le4"}, {AnAng, "fan2", "fang2"},
		{EnEng, "chen2", "cheng2"}, {InIng, "lin2", "ling2"}, {IanIang, "yan2", "yang2"}, {UanUang, "guan1", "guang1"},
	} {
		a, b := syllable(t, c.a), syllable(t, c.b)
		require.Equal(t, c.fuzzy.Key(a), c.fuzzy.Key(b), "%s %s", a, b)
		require.NotEqual(t, (AllFuzzy &^ c.fuzzy).Key(a), (AllFuzzy &^ c.fuzzy).Key(b), "%s %s", a, b)
		require.NotEqual(t, Fuzzy(0).Key(a), Fuzzy(0).Key(b))
	}
	require.Equal(t, AllFuzzy.Key(syllable(t, "zhuang1")), AllFuzzy.Key(syllable(t, "zuan4")))
	require.Equal(t, Fuzzy(0).Key(syllable(t, "ma1")), Fuzzy(0).Key(syllable(t, "ma3")))
	require.Zero(t, AllFuzzy.Key(0))
	require.Zero(t, AllFuzzy.Key(1<<16-1))
	require.Equal(t, AllFuzzy.Keys("张先生"), AllFuzzy.Keys("脏 仙僧"))
}

func TestKeysAreTheirOwn(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for f := range AllFuzzy + 1 {
		for at := range sounds() {
			key := f.Key(Syllable(at << toneBits))
			require.Equal(t, key, f.Key(key))
			require.Equal(t, NoTone, key.Tone())
		}
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	parse := func(text string) []Syllable {
		all, err := Parse(text)
		require.NoError(t, err)
		return all
	}
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"", "", 0}, {"ma1", "ma1", 0}, {"ma1", "ma3", 0.1}, {"ma", "ma3", 0}, {"zhong1", "zong1", 0.2}, {"zhang1", "zan1", 0.4},
		{"fei1", "hui1", 0.4}, {"ma1", "mi1", 0.5}, {"ma1", "ta1", 0.5}, {"ma1", "ti2", 1}, {"wang2 ming2", "wang2", 1},
		{"zhang1 wei3", "zang1 wei1", 0.3}, {"li3 na4", "", 2},
	} {
		require.InDelta(t, c.want, Distance(parse(c.a), parse(c.b)), 1e-9, "%s %s", c.a, c.b)
		require.InDelta(t, c.want, Distance(parse(c.b), parse(c.a)), 1e-9, "%s %s", c.b, c.a)
	}
}
