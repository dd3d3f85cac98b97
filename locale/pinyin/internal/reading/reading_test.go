package reading

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

var noDictionary segment.Segmenter

func TestModel(t *testing.T) {
	t.Parallel()
	var b Builder
	require.NoError(t, b.AddCharacter('长', []uint16{8, 16, 24}, []int16{0, -10, -40}))
	b.AddWeight('长', 1, before, '校', 20)
	b.AddWeight('长', 1, after, '短', -15)
	b.AddWeight('长', 2, before, '校', 127)
	b.AddWeight('长', 2, shape, 0x15, -50)
	require.NoError(t, b.AddCharacter('行', []uint16{32, 40}, []int16{0, 5}))
	data, err := b.Bytes()
	require.NoError(t, err)
	m, err := openModel(string(data))
	require.NoError(t, err)
	require.Zero(t, m.find('重'))
	choose := func(r rune, f Features) uint16 {
		at := m.find(r)
		require.NotZero(t, at)
		return m.choose(at, &f)
	}
	require.EqualValues(t, 8, choose('长', Features{}))
	require.EqualValues(t, 24, choose('长', Features{before: '校'}))
	require.EqualValues(t, 24, choose('长', Features{before: '校', shape: 0x15}))
	require.EqualValues(t, 24, choose('长', Features{before: '校', after: '短'}))
	require.EqualValues(t, 8, choose('长', Features{after: '短'}))
	require.EqualValues(t, 40, choose('行', Features{}))
}

// A sound that cannot win is given up early; that must not change which one does.
func TestModelChoosesTheHighest(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var b Builder
		sounds, bias := []uint16{8, 16, 24, 32}, []int16{0, 0, 0, 0}
		var weights [MaxChoices][kinds][3]int8
		for c := 1; c < len(sounds); c++ {
			bias[c] = int16(rng.IntN(120) - 100)
		}
		require.NoError(t, b.AddCharacter('长', sounds, bias))
		for c := 1; c < len(sounds); c++ {
			for kind := range kinds {
				for value := 1; value < 3; value++ {
					w := int8(rng.IntN(255) - 127)
					weights[c][kind][value] = w
					b.AddWeight('长', c, kind, uint32(value), w)
				}
			}
		}
		data, err := b.Bytes()
		require.NoError(t, err)
		m, err := openModel(string(data))
		require.NoError(t, err)
		for range 20 {
			var f Features
			for kind := range f {
				f[kind] = uint32(rng.IntN(3))
			}
			want, highest := sounds[0], 0
			for c := 1; c < len(sounds); c++ {
				score := int(bias[c])
				for kind, value := range f {
					score += int(weights[c][kind][value])
				}
				if score > highest {
					want, highest = sounds[c], score
				}
			}
			require.Equal(t, want, m.choose(m.find('长'), &f))
		}
	}
}

func TestBuilderRefuses(t *testing.T) {
	t.Parallel()
	var b Builder
	require.ErrorContains(t, b.AddCharacter('𠀀', []uint16{8, 16}, []int16{0, 0}), "plane")
	require.ErrorContains(t, b.AddCharacter('长', []uint16{8}, []int16{0}), "1 sounds")
	require.ErrorContains(t, b.AddCharacter('长', []uint16{8, 16}, []int16{0}), "1 biases")
}

// How words are said does not depend on where in a block they are.
func TestBlocksDoNotShow(t *testing.T) {
	t.Parallel()
	table := Default()
	sounds := func(text string) (all []uint16) {
		table.Read(&noDictionary, text, func(p *Passage) bool {
			all = append(all, p.Sounds...)
			return true
		})
		return all
	}
	clause := "他长大以后在重庆的银行当行长，"
	want := sounds(clause)
	for n := range 60 {
		got := sounds(strings.Repeat("好，", n) + clause)
		require.Equal(t, want, got[len(got)-len(want):], n)
	}
}

func TestPassage(t *testing.T) {
	t.Parallel()
	type place struct {
		text           string
		sounds, begins bool
	}
	var all []place
	text := "A, 中国!\n?葛\U000e0100城江南style"
	Default().Read(&noDictionary, text, func(p *Passage) bool {
		for k := 0; k < len(p.Sounds); k = p.End(k) {
			all = append(all, place{text[p.At[k]:p.At[p.End(k)]], p.Sounds[k] != 0, p.Begins(k)})
		}
		return true
	})
	require.Equal(t, []place{
		{"A, ", false, true}, {"中", true, true}, {"国", true, false}, {"!\n?", false, true},
		{"葛\U000e0100", true, true}, {"城", true, true}, {"江", true, true}, {"南", true, false}, {"style", false, false},
	}, all)
}

func TestOpenRefusesDamage(t *testing.T) {
	t.Parallel()
	broken := Table{glyphs: new([basic]glyph)}
	err := broken.open(readingsData, phrasesData[:8]+"x"+phrasesData[9:], modelData)
	require.Error(t, err)
	err = broken.open(readingsData, phrasesData, modelData[:len(modelData)-4])
	require.ErrorContains(t, err, "another size")
}
