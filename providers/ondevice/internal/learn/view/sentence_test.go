package view_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/view"
)

func read(s string) *view.Sentence {
	var v view.Sentence
	v.Read([]rune(s))
	v.Tokenize()
	return &v
}

func TestUnits(t *testing.T) {
	t.Parallel()
	v := read("播放 Half a Life，6：30")
	runes := []rune("播放 Half a Life，6：30")
	var units []string
	for _, u := range v.Units {
		units = append(units, string(runes[u.Start:u.End]))
	}
	require.Equal(t, []string{"播", "放", "Half", "a", "Life", "，", "6", "：", "30"}, units)
	from, to := v.Range(3, 14)
	require.Equal(t, [2]int{2, 5}, [2]int{from, to})
	from, to = v.Range(2, 3) // only a space
	require.Equal(t, from, to)
}

func keys(s *view.Sentence) map[view.Key]bool {
	out := make(map[view.Key]bool)
	for _, t := range s.Tokens {
		if !t.Idle {
			out[t.Key] = true
		}
	}
	return out
}

func TestWordsThatMeanTheSame(t *testing.T) {
	t.Parallel()
	require.Equal(t, keys(read("帮我放一首歌曲")), keys(read("請播放音樂")))
	require.NotEqual(t, keys(read("开灯")), keys(read("关灯")))
	require.NotEqual(t, keys(read("关灯")), keys(read("别关灯")))
}

func TestSpansBecomeTheirKinds(t *testing.T) {
	t.Parallel()
	a, b := &view.Sentence{}, &view.Sentence{}
	a.Read([]rune("明天八点叫我"))
	a.Type(0, 4, view.KeyOf("time"), false)
	a.Tokenize()
	b.Read([]rune("下午三点半叫我"))
	b.Type(0, 5, view.KeyOf("time"), false)
	b.Tokenize()
	require.Equal(t, keys(a), keys(b))
}

func TestSpansAreInOrder(t *testing.T) {
	t.Parallel()
	var v view.Sentence
	v.Read([]rune("一二三四五"))
	v.Type(3, 4, 1, false)
	v.Type(0, 2, 1, false)
	v.Type(0, 4, 1, false)
	v.Type(2, 2, 1, false) // empty
	require.Len(t, v.Spans, 3)
	require.Equal(t, [3]int{4, 2, 4}, [3]int{v.Spans[0].End, v.Spans[1].End, v.Spans[2].End})
}

// Width, case and script make no difference, and each of the two views has length one.
func TestFeatures(t *testing.T) {
	t.Parallel()
	a, b := read("把客厅的灯打开").Features(nil), read("把客廳的燈打開").Features(nil)
	require.Equal(t, a, b)
	sum := 0.0
	for _, f := range a {
		sum += float64(f.Value) * float64(f.Value)
	}
	require.InDelta(t, 2, sum, 1e-3)
	require.NotEmpty(t, read("").Features(nil))
	require.NotEqual(t, linear.Merge(read("ＡＢＣ").Features(nil)), linear.Merge(read("abd").Features(nil)))
}

func TestListedSpansCanBeHidden(t *testing.T) {
	t.Parallel()
	v := &view.Sentence{}
	v.Read([]rune("播放红豆"))
	plain := &view.Sentence{}
	plain.Read([]rune("播放红豆"))
	v.Type(2, 4, 1, true)
	require.NotEqual(t, v.Spans, plain.Spans)
	v.Tokenize()
	shown, hidden := v.Place(nil, 2, false), v.Place(nil, 2, true)
	require.Greater(t, len(shown), len(hidden))
}

func FuzzRead(f *testing.F) {
	f.Add("明天 6：30 Half a Life\u200d", 2, 6)
	f.Fuzz(func(t *testing.T, s string, start, end int) {
		runes := []rune(s)
		if start < 0 || end < start || end > len(runes) {
			return
		}
		var v view.Sentence
		v.Read(runes)
		v.Type(start, end, 1, false)
		v.Tokenize()
		at := 0
		for _, u := range v.Units {
			require.True(t, at <= u.Start && u.Start < u.End && u.End <= len(runes))
			at = u.End
		}
		at = 0
		for _, x := range v.Tokens {
			require.Equal(t, at, x.Start)
			require.Greater(t, x.End, x.Start)
			at = x.End
		}
		require.Equal(t, len(v.Units), at)
		for i := range v.Units {
			v.Place(nil, i, false)
			v.Own(nil, i, 1, false)
		}
	})
}
