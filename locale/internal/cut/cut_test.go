package cut_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/internal/cut"
)

func TestWord(t *testing.T) {
	t.Parallel()
	require.EqualValues(t, 63, (cut.Begins | 63).Tag())
	require.Zero(t, cut.Begins.Tag())
}

func TestPart(t *testing.T) {
	t.Parallel()
	word := cut.Begins | 1
	p := cut.Part{Words: []cut.Word{word, 0, 0, word, word, cut.Begins}}
	for k, want := range [][2]int{{0, 3}, {0, 3}, {0, 3}, {3, 4}, {4, 5}} {
		require.Equal(t, want, [2]int{p.Start(k), p.End(k)}, k)
	}
}
