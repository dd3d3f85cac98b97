package names

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		names    []string
		sentence string
		want     string
	}{
		{"a homophone", []string{"李晓明", "王芳"}, "给李小名打电话", "0:李小名"},
		{"zh and z, an and ang", []string{"张三丰"}, "叫臧三峰来", "0:臧三峰"},
		{"n and l", []string{"南宁"}, "去蓝领", "0:蓝领"},
		{"f and h", []string{"湖南"}, "去福兰玩", "0:福兰"},
		{"what is written right is left out", []string{"晴天"}, "播放晴天", ""},
		{"another syllable", []string{"晴天"}, "播放雨天", ""},
		{"one character", []string{"灯"}, "打开登", ""},
		{"digits are read", []string{"查理2号"}, "打开茶里二号", "0:茶里二号"},
		{"Latin letters are themselves", []string{"小爱pro"}, "买小艾 Pro", "0:小艾 Pro"},
		{"not in a number", []string{"2号楼"}, "12号搂，2号搂", "0:2号搂"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			hits := of(c.names...).Alike(Of(view.OfString(c.sentence)))
			require.Equal(t, c.want, show(c.sentence, hits))
			for _, h := range hits {
				require.Positive(t, h.Distance)
				require.LessOrEqual(t, h.Distance, 0.5)
			}
		})
	}
	var none *Index
	require.Empty(t, none.Alike(Of(view.OfString("晴天"))))
}

func TestNearest(t *testing.T) {
	t.Parallel()
	x := of("晴天", "七里香", "青花瓷/青花磁器", "发如雪", "简单爱", "夜曲", "晴天", "查理2号", "iPhone 15 Pro", "掌子")
	for _, c := range []struct {
		text string
		want []int // the nearest
	}{
		{"晴天", []int{0, 6}},
		{"《晴天》", []int{0, 6}},
		{"七里乡", []int{1}},
		{"七李想", []int{1}},
		{"清花瓷", []int{2}},
		{"青花磁", []int{2}},
		{"发入雪", []int{3}},
		{"花如雪", []int{3}},
		{"简单哎", []int{4}},
		{"茶里二号", []int{7}},
		{"iphone15", []int{8}},
		{"长子", []int{9}}, // zhǎng, as in 长大
		{"完全不同的文字", nil},
		{"", nil},
		{strings.Repeat("晴", MaxRunes+1), nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			var got []int
			for _, h := range x.Nearest(c.text, max(1, len(c.want))) {
				got = append(got, h.Name)
			}
			require.Equal(t, c.want, got)
		})
	}
	require.Empty(t, x.Nearest("晴天", 0))
	require.Zero(t, x.Nearest("晴天", 1)[0].Distance)
	h := x.Nearest("“七里乡”", 1)[0]
	require.Equal(t, [2]int{1, 4}, [2]int{h.Start, h.End})
	var none *Index
	require.Empty(t, none.Nearest("晴天", 1))
}

// A name is nearer the fewer and the more alike its different characters are.
func TestDistanceGrows(t *testing.T) {
	t.Parallel()
	x := of("张小明")
	last := -1.0
	for _, heard := range []string{"张小明", "章小明", "仗小明", "脏小明", "脏小民", "脏小", "王小民"} {
		hits := x.Nearest(heard, 1)
		require.Len(t, hits, 1, heard)
		require.Greater(t, hits[0].Distance, last, heard)
		last = hits[0].Distance
	}
}

// The distance is the same from both sides, 0 only of the same, and keeps the triangle inequality but for what single
// confusions break.
func TestDistanceIsSymmetric(t *testing.T) {
	t.Parallel()
	ofInitials, ofFinals := unlike()
	for _, m := range []*matrix{ofInitials, ofFinals} {
		for i := range m {
			require.Zero(t, m[i][i])
			for j := range m[i] {
				require.Equal(t, m[i][j], m[j][i])
				require.Equal(t, i == j, m[i][j] == 0)
			}
		}
	}
	m := newMishearing(2)
	for range 2000 {
		a, b := []rune{pick(m, m.common), pick(m, m.common)}, []rune{pick(m, m.common), pick(m, m.common), pick(m, m.common)}
		var x, y heard
		x.hear(a, new(letters).codes(a), false)
		y.hear(b, new(letters).codes(b), false)
		d := x.distance(0, 2, y.voice, 10_000)
		require.Equal(t, d, y.distance(0, 3, x.voice, 10_000))
		require.LessOrEqual(t, d, 1000)
	}
}

// What is said of confusions names parts of syllables.
func TestConfusionsAreOfSyllables(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(confusions) {
		for i, pair := range strings.Fields(line) {
			if i == 0 {
				continue
			}
			a, b, ok := strings.Cut(pair, "-")
			require.True(t, ok, pair)
			both := indexOf(initials, a) != 0 && indexOf(initials, b) != 0 || indexOf(finals, a) != 0 && indexOf(finals, b) != 0
			require.True(t, both, pair)
		}
	}
}
