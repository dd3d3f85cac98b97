package linear_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/wire"
)

// rows are three classes that one feature each tells apart, and a feature that all have.
func rows() []linear.Row {
	var out []linear.Row
	for i := range 30 {
		c := i % 3
		out = append(out, linear.Row{Class: c, Weight: 1, Features: []linear.Feature{{Key: 7, Value: 1}, {Key: uint32(100 + c), Value: 1}, {Key: uint32(1000 + i), Value: 0.5}}})
	}
	return out
}

var options = linear.Options{Epochs: 10, Rate: 0.2}

func TestTrainTellsApart(t *testing.T) {
	t.Parallel()
	w, err := linear.Train(t.Context(), rows(), 3, options)
	require.NoError(t, err)
	for c := range 3 {
		scores := make([]float64, 3)
		known := w.Score([]linear.Feature{{Key: uint32(100 + c), Value: 1}, {Key: 5, Value: 1}}, scores)
		require.InDelta(t, 0.5, known, 1e-9)
		for k := range 3 {
			if k != c {
				require.Greater(t, scores[c], scores[k]+1)
			}
		}
	}
}

func TestTrainStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := linear.Train(ctx, rows(), 3, options)
	require.ErrorIs(t, err, context.Canceled)
}

func TestOffsetIsNotLearnedAgain(t *testing.T) {
	t.Parallel()
	some := rows()
	for i := range some {
		some[i].Offset = make([]float64, 3)
		some[i].Offset[some[i].Class] = 12
	}
	w, err := linear.Train(t.Context(), some, 3, options)
	require.NoError(t, err)
	require.Empty(t, w.Cells())
}

// A table gives what the weights give, but for rounding.
func TestTableIsTheWeights(t *testing.T) {
	t.Parallel()
	w, err := linear.Train(t.Context(), rows(), 3, options)
	require.NoError(t, err)
	table := linear.NewTable(3, w.Cells(), 1000)
	for _, r := range rows() {
		want := make([]float64, 3)
		w.Score(r.Features, want)
		sums := make([]int64, 3)
		for _, f := range r.Features {
			require.True(t, table.Add(f.Key, int64(f.Value*linear.One), sums) || f.Key == 7) // 7 says nothing
		}
		for c := range 3 {
			require.InDelta(t, want[c]-want[0], table.Sum(sums[c]-sums[0]), 0.05)
		}
	}
	require.False(t, table.Add(5, linear.One, make([]int64, 3)))
}

func TestTableKeepsTheHeaviest(t *testing.T) {
	t.Parallel()
	cells := []linear.Cell{{Key: 1, Class: 0, Weight: 0.1}, {Key: 2, Class: 1, Weight: -3}, {Key: 3, Class: 0, Weight: 2}, {Key: 4, Class: 1, Weight: 0.2}}
	table := linear.NewTable(2, cells, 2)
	for key, kept := range map[uint32]bool{1: false, 2: true, 3: true, 4: false} {
		require.Equal(t, kept, table.Add(key, linear.One, make([]int64, 2)), "%d", key)
	}
	empty := linear.NewTable(2, nil, 10)
	require.False(t, empty.Add(1, linear.One, make([]int64, 2)))
}

// Of more classes than a byte counts, and of keys in any part of the range, all is found again.
func TestWideTable(t *testing.T) {
	t.Parallel()
	const classes = 1000
	var cells []linear.Cell
	for i := range uint32(5000) {
		key := i * 858_993 // up to the end of the range
		cells = append(cells, linear.Cell{Key: key, Class: uint16(i % 500), Weight: 1}, linear.Cell{Key: key, Class: uint16(500 + i%500), Weight: -1})
	}
	table := linear.NewTable(classes, cells, len(cells))
	r := wire.NewReader(table.Append(nil))
	again := linear.ReadTable(r, classes)
	require.NoError(t, r.Err())
	for _, c := range cells {
		sums := make([]int64, classes)
		require.True(t, again.Add(c.Key, linear.One, sums))
		require.InDelta(t, c.Weight, again.Sum(sums[c.Class]), 0.01)
		require.False(t, again.Add(c.Key+1, linear.One, sums))
	}
}

// What is not in order, or leads nowhere, is refused.
func TestDamagedTable(t *testing.T) {
	t.Parallel()
	w, err := linear.Train(t.Context(), rows(), 3, options)
	require.NoError(t, err)
	data := linear.NewTable(3, w.Cells(), 1000).Append(nil)
	refused := 0
	for i := range data {
		damaged := bytes.Clone(data)
		damaged[i] ^= 0x81
		r := wire.NewReader(damaged)
		if linear.ReadTable(r, 3); r.Err() != nil || r.Left() > 0 {
			refused++
		}
	}
	require.Greater(t, refused, len(data)/2) // weights may be anything, and keys nearly
}

func TestSavedTableIsTheSame(t *testing.T) {
	t.Parallel()
	w, err := linear.Train(t.Context(), rows(), 3, options)
	require.NoError(t, err)
	table := linear.NewTable(3, w.Cells(), 1000)
	data := table.Append(nil)
	r := wire.NewReader(data)
	again := linear.ReadTable(r, 3)
	require.NoError(t, r.Err())
	require.Zero(t, r.Left())
	require.Equal(t, table, again)

	r = wire.NewReader(data)
	require.Nil(t, linear.ReadTable(r, 4), "of another number of classes")
	require.ErrorIs(t, r.Err(), wire.ErrMalformed)
	for n := range data {
		r = wire.NewReader(data[:n])
		linear.ReadTable(r, 3)
		require.Error(t, r.Err(), "cut at %d", n)
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	got := linear.Merge([]linear.Feature{{Key: 3, Value: 1}, {Key: 1, Value: 2}, {Key: 3, Value: 4}})
	require.Equal(t, []linear.Feature{{Key: 1, Value: 2}, {Key: 3, Value: 5}}, got)
	require.Empty(t, linear.Merge(nil))
}

func FuzzReadTable(f *testing.F) {
	w, err := linear.Train(f.Context(), rows(), 3, options)
	require.NoError(f, err)
	f.Add(linear.NewTable(3, w.Cells(), 1000).Append(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := wire.NewReader(data)
		table := linear.ReadTable(r, 3)
		if r.Err() != nil {
			require.Nil(t, table)
			return
		}
		for k := range uint32(200) {
			table.Add(k, linear.One, make([]int64, 3))
		}
	})
}
