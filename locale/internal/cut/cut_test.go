package cut_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/internal/cut"
)

func TestWord(t *testing.T) {
	t.Parallel()
	w := cut.NewWord(6, 255)
	require.EqualValues(t, 6, w.Class())
	require.EqualValues(t, 255, w.Tag())
	require.Equal(t, cut.Begins, w&cut.Begins)
	require.NotZero(t, cut.NewWord(0, 0))
}

func TestPart(t *testing.T) {
	t.Parallel()
	first, second := cut.NewWord(0, 1), cut.NewWord(3, 0)
	p := cut.Part{Words: []cut.Word{first, 0, 0, second, second, cut.Begins}}
	for k, want := range []struct {
		word cut.Word
		end  int
	}{{first, 3}, {first, 3}, {first, 3}, {second, 4}, {second, 5}} {
		require.Equal(t, want.word, p.Word(k), k)
		require.Equal(t, want.end, p.End(k), k)
	}
}
