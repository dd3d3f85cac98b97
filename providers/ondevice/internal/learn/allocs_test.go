//go:build !race

package learn_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
)

// Under the race detector a pool forgets at random.
func TestAllocates(t *testing.T) {
	m := trained(t, home())
	text := textOf("打开客厅的灯，再放一首歌")
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		r := m.Read(text)
		r.Slots(r.Guesses()[0].Tool)
		r.Confidence(r.Guesses()[0].Tool, learn.Evidence{})
		r.Close()
	}), 3.0)
}
