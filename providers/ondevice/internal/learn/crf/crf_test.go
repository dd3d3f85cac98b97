package crf_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/crf"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/wire"
)

// language makes sentences in which x opens slot 0 and y slot 1, each of which goes on for some more z. Set 1 has
// only slot 1.
func language(n int) (*crf.Space, []crf.Sequence) {
	random := rand.New(rand.NewPCG(1, 2))
	space := crf.NewSpace(2, [][]int{{0, 1}, {1}})
	var out []crf.Sequence
	for i := range n {
		s := crf.Sequence{Set: i % 2}
		put := func(feature uint32, label int) {
			s.Features = append(s.Features, []uint32{feature, 9})
			s.Labels = append(s.Labels, label)
		}
		for range 1 + random.IntN(3) {
			slot := random.IntN(2)
			if s.Set == 1 {
				slot = 1
			}
			put(1, 0)
			put(uint32(10+slot), crf.Begin(slot))
			for range random.IntN(3) {
				put(3, crf.Inside(slot))
			}
		}
		out = append(out, s)
	}
	return space, out
}

var options = crf.Options{Epochs: 10, Rate: 0.1, Least: 1}

func label(m *crf.Model, w *crf.Work, s crf.Sequence) []int {
	m.Places(w, len(s.Features))
	for i, fs := range s.Features {
		for _, f := range fs {
			m.Add(w, i, f)
		}
	}
	return m.Label(w, s.Set)
}

func TestLearnsWhatFollowsWhat(t *testing.T) {
	t.Parallel()
	space, seqs := language(80)
	cells, err := crf.Train(t.Context(), seqs[:60], space, options)
	require.NoError(t, err)
	m := crf.NewModel(space, cells, 10000)
	var w crf.Work
	for _, s := range seqs[60:] {
		require.Equal(t, s.Labels, label(m, &w, s))
	}
	require.Empty(t, label(m, &w, crf.Sequence{}))
	require.False(t, m.Empty(0))
}

// A slot is never gone on with that was not begun, whatever the features say.
func TestLabelsAreWellFormed(t *testing.T) {
	t.Parallel()
	space, seqs := language(40)
	cells, err := crf.Train(t.Context(), seqs, space, options)
	require.NoError(t, err)
	m := crf.NewModel(space, cells, 10000)
	random := rand.New(rand.NewPCG(3, 4))
	var w crf.Work
	for range 300 {
		s := crf.Sequence{Set: random.IntN(2), Features: make([][]uint32, random.IntN(12))}
		for i := range s.Features {
			s.Features[i] = []uint32{uint32(random.IntN(14))}
		}
		last := space.Start()
		for _, y := range label(m, &w, s) {
			require.True(t, space.Follows(last, y))
			require.Contains(t, space.Sets[s.Set], y)
			last = y
		}
	}
}

func TestTrainStops(t *testing.T) {
	t.Parallel()
	space, seqs := language(4)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := crf.Train(ctx, seqs, space, options)
	require.ErrorIs(t, err, context.Canceled)
}

func TestLabels(t *testing.T) {
	t.Parallel()
	for k := range 5 {
		slot, begins := crf.Slot(crf.Begin(k))
		require.Equal(t, k, slot)
		require.True(t, begins)
		slot, begins = crf.Slot(crf.Inside(k))
		require.Equal(t, k, slot)
		require.False(t, begins)
	}
	slot, _ := crf.Slot(0)
	require.Equal(t, -1, slot)
}

func TestSavedModelIsTheSame(t *testing.T) {
	t.Parallel()
	space, seqs := language(40)
	cells, err := crf.Train(t.Context(), seqs, space, options)
	require.NoError(t, err)
	data := crf.NewModel(space, cells, 10000).Append(nil)
	r := wire.NewReader(data)
	m := crf.ReadModel(r, 2, 2)
	require.NoError(t, r.Err())
	require.Zero(t, r.Left())
	require.Equal(t, data, m.Append(nil))
	for n := range data {
		r = wire.NewReader(data[:n])
		crf.ReadModel(r, 2, 2)
		require.Error(t, r.Err(), "cut at %d", n)
	}
}

// What is added in two steps is what is added in one.
func TestSaveAndRestore(t *testing.T) {
	t.Parallel()
	space, seqs := language(10)
	m := crf.NewModel(space, []linear.Cell{{Key: 10, Class: uint16(crf.Begin(0)), Weight: 1}}, 10)
	var w crf.Work
	m.Places(&w, 2)
	kept := w.Save(nil)
	m.Add(&w, 1, 10)
	require.Equal(t, []int{0, crf.Begin(0)}, m.Label(&w, seqs[0].Set))
	w.Restore(kept)
	require.Equal(t, []int{0, 0}, m.Label(&w, seqs[0].Set))
}

func FuzzReadModel(f *testing.F) {
	space, seqs := language(10)
	cells, err := crf.Train(f.Context(), seqs, space, options)
	require.NoError(f, err)
	f.Add(crf.NewModel(space, cells, 10000).Append(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := wire.NewReader(data)
		m := crf.ReadModel(r, 2, 2)
		if r.Err() != nil {
			return
		}
		var w crf.Work
		for _, s := range seqs {
			require.Len(t, label(m, &w, s), len(s.Features))
		}
	})
}
