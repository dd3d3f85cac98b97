package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/pinyin"
	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

func TestReadNotes(t *testing.T) {
	t.Parallel()
	text, sounds, err := readNotes("他得děi走了le，快3点")
	require.NoError(t, err)
	require.Equal(t, "他得走了，快3点", text)
	dei, _ := pinyin.ParseSyllable("dei3")
	le, _ := pinyin.ParseSyllable("le5")
	require.Equal(t, map[int]uint16{3: uint16(dei), 9: uint16(le)}, sounds)
	for _, line := range []string{"děi走", "走xyz", "走zǒuzǒu"} {
		_, _, err := readNotes(line)
		require.Error(t, err, line)
	}
}

// What a model has learned it says again, and the packed model says the same.
func TestFit(t *testing.T) {
	t.Parallel()
	zhi3, _ := pinyin.ParseSyllable("zhi3")
	zhi1, _ := pinyin.ParseSyllable("zhi1")
	var examples []example
	for i := range 40 {
		e := example{sound: uint16(zhi3), weight: 1}
		e.place.Features[0] = 100 + uint32(i%4)
		if i%4 == 0 {
			e.sound = uint16(zhi1)
		}
		examples = append(examples, e)
	}
	o := options{decay: 0.1, settled: 1, steps: 100}
	m := fit('只', examples, reading.Default(), o)
	for _, e := range examples {
		require.Equal(t, e.sound, m.choose(e.place.Features))
	}
	require.Nil(t, fit('只', examples[1:4], reading.Default(), o), "one sound only")
	one, err := encode(map[rune]*model{'只': m})
	require.NoError(t, err)
	two, err := encode(map[rune]*model{'只': fit('只', examples, reading.Default(), o)})
	require.NoError(t, err)
	require.Equal(t, one, two)
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	c := corpus{table: reading.Default(), segmenter: new(segment.Segmenter), notes: make(map[rune][]example)}
	require.NoError(t, c.addSentences("他长得高\t1\t长\tzhang3\n"))
	require.Len(t, c.sentences['长'], 1)
	require.ErrorContains(t, c.addSentences("他长得高\t1\t长\n"), "four fields")
	require.ErrorContains(t, c.addSentences("他长得高\t1\t长\tx\n"), "no syllable")
	require.NoError(t, c.addNotes(notes))
	require.NoError(t, c.addWords("校长 100 n\n校长们 1 n\n", options{words: 0.5, frequency: 10}))
	require.Len(t, c.words['长'], 1)
	require.Len(t, c.all(func(example) bool { return false })['长'], len(c.notes['长'])+1)
}
