package view

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestString(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"打開燈", "打开灯"},
		{"Ｐｌａｙ Some Music!", "playsomemusic"},
		{"《七里香》，谢谢。", "七里香谢谢"},
		{"马克·吐温", "马克吐温"},
		{"3.5元，8:00，1,000，-5度", "3.5元8:001,000-5度"},
		{"v3.", "v3"},
		{".5 1..5", "515"},
		{"iPhone-15 T-shirt", "iphone15tshirt"},
		{"唔好開客廳嗰盞燈，睇吓佢", "不好开客厅那盏灯看吓它"},
		{"關係", "关系"},
		{"50%", "50%"},
		{"C++ #1 @a", "c++#1@a"},
		{"播放晴天😊❤️~", "播放晴天❤"},
		{"3~5天，3、5", "3~5天35"},
		{"　\t\n\u200B", ""},
	} {
		require.Equal(t, c.want, String(c.text), c.text)
	}
}

func TestIndices(t *testing.T) {
	t.Parallel()
	v := OfString("“明天 八点”，开会")
	require.Equal(t, "明天八点开会", string(v.Runes))
	for _, c := range []struct{ i, j, start, end int }{
		{0, 2, 1, 3}, {0, 4, 1, 6}, {2, 4, 4, 6}, {4, 6, 8, 10}, {0, 6, 1, 10}, {4, 4, 8, 8}, {6, 6, 10, 10},
	} {
		start, end := v.Span(c.i, c.j)
		require.Equal(t, [2]int{c.start, c.end}, [2]int{start, end}, c)
	}
	require.Equal(t, 0, v.Index(0))
	require.Equal(t, 0, v.Index(1))
	require.Equal(t, 2, v.Index(3))
	require.Equal(t, 4, v.Index(6))
	require.Equal(t, 6, v.Index(10))
	require.True(t, v.Within(10))
	require.False(t, v.Within(11))
	v.Read([]rune("灯"))
	require.Equal(t, "灯", string(v.Runes))
	start, end := v.Span(0, 1)
	require.Equal(t, [2]int{0, 1}, [2]int{start, end})
}

func TestParted(t *testing.T) {
	t.Parallel()
	v := OfString("play it12号3.5 3~5")
	var parted []int
	for i := range len(v.Runes) + 1 {
		if v.Parted(i) {
			parted = append(parted, i)
		}
	}
	require.Equal(t, "playit12号3.53~5", string(v.Runes))
	require.Equal(t, []int{0, 4, 6, 8, 9, 12, 13, 14, 15}, parted)
}

// The view of a view is itself, and indices lead back to characters that are the same but for folding.
func FuzzView(f *testing.F) {
	f.Add("“明天 八点”，開會 3.5 iPhone-15")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		sentence := []rune(text)
		v := Of(sentence)
		last := -1
		for i := range v.Runes {
			start, end := v.Span(i, i+1)
			require.Greater(t, start, last)
			require.Equal(t, start+1, end)
			require.Equal(t, i, v.Index(start))
			last = start
		}
		require.Equal(t, len(v.Runes), v.Index(len(sentence)))
		require.True(t, v.Within(len(sentence)))
	})
}
