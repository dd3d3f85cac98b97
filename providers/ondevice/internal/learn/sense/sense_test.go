package sense_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/sense"
)

func TestLongest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, group string
		length      int
	}{
		{"播放音乐", "act.play", 2},
		{"来一首歌", "act.play", 3},
		{"不要关灯", "not.forbid", 2},
		{"请问几点", "say.please", 2},
		{"龘", "", 0},
		{"", "", 0},
	} {
		g, n := sense.Longest([]rune(c.text))
		require.Equal(t, c.group, g.String(), c.text)
		require.Equal(t, c.length, n, c.text)
	}
}

func TestFamily(t *testing.T) {
	t.Parallel()
	light, _ := sense.Longest([]rune("台灯"))
	curtain, _ := sense.Longest([]rune("窗帘"))
	song, _ := sense.Longest([]rune("歌曲"))
	require.Equal(t, light.Family(), curtain.Family())
	require.NotEqual(t, light.Family(), song.Family())
	please, _ := sense.Longest([]rune("麻烦"))
	require.True(t, please.Idle())
	require.False(t, light.Idle())
	require.Zero(t, sense.Group(0).Family())
}
