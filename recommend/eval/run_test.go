package eval_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/significance"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// What should not have been returned is left out before the cut, and counted.
func TestDropsWhatMayNotBeSuggested(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	ranker := always(parts.Train, "茶", "杯", "杯", "没有", "壶", "书")
	result, err := eval.Run(t.Context(), ranker, eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{2}})
	require.NoError(t, err)
	require.InDelta(t, 2./3, result.Mean(eval.Recall, 2), 1e-12)
	require.Equal(t, 4, result.Dropped)
}

// What was taken in training is not to be found again, unless things are taken repeatedly.
func TestRepeat(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	took(t, parts.Test, "小明", "茶")
	config := eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{1}}
	once, err := eval.Run(t.Context(), always(parts.Train, "茶"), config)
	require.NoError(t, err)
	require.Zero(t, once.Mean(eval.Recall, 1))
	require.Equal(t, 1, once.Unanswerable)
	require.Equal(t, []int32{3}, once.Wanted)

	config.Repeat = true
	again, err := eval.Run(t.Context(), always(parts.Train, "茶"), config)
	require.NoError(t, err)
	require.InDelta(t, 1./4, again.Mean(eval.Recall, 1), 1e-12)
	require.Zero(t, again.Unanswerable+again.Dropped)
}

func TestByName(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	ranker := eval.ByName(parts.Train.Catalogue, func(_ context.Context, user string, q eval.Query) ([]string, error) {
		require.Equal(t, "小明", user)
		require.Equal(t, 3, q.K)
		return []string{"没有", "书", "杯"}, nil
	})
	result, err := eval.Run(t.Context(), ranker, eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{3}})
	require.NoError(t, err)
	require.InDelta(t, 2./3, result.Mean(eval.Recall, 3), 1e-12)
	require.Equal(t, 1, result.Dropped)

	broken := errors.New("no answer")
	failing := eval.ByName(parts.Train.Catalogue, func(context.Context, string, eval.Query) ([]string, error) { return nil, broken })
	_, err = eval.Run(t.Context(), failing, eval.Config{Train: parts.Train, Test: parts.Test})
	require.ErrorIs(t, err, broken)
}

func TestWorkersDoNotChangeFigures(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 3)
	config := eval.Config{Train: w.parts.Train, Test: w.parts.Test, Workers: 1}
	one, err := eval.Run(t.Context(), w, config)
	require.NoError(t, err)
	config.Workers = 7
	many, err := eval.Run(t.Context(), w, config)
	require.NoError(t, err)
	same(t, one, many, eval.PerUser()...)
	for _, metric := range eval.Overall() {
		require.Equal(t, one.Mean(metric, 20), many.Mean(metric, 20))
	}
	require.Equal(t, one.ItemListed, many.ItemListed)
}

func TestSample(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 4)
	config := eval.Config{Train: w.parts.Train, Test: w.parts.Test, Sample: 10, Seed: 5}
	a, err := eval.Run(t.Context(), w, config)
	require.NoError(t, err)
	b, err := eval.Run(t.Context(), w, config)
	require.NoError(t, err)
	require.Len(t, a.Users, 10)
	require.IsIncreasing(t, a.Users)
	require.Equal(t, a.Users, b.Users)
	config.Seed = 6
	c, err := eval.Run(t.Context(), w, config)
	require.NoError(t, err)
	require.NotEqual(t, a.Users, c.Users)
}

func TestMostPopular(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	numbers := func(names ...string) (list []int32) {
		for _, name := range names {
			n, _ := parts.Train.Catalogue.Items.Number(name)
			list = append(list, n)
		}
		return list
	}
	ranker := eval.MostPopular(parts.Train)
	first, err := ranker.Rank(t.Context(), eval.Query{K: 1})
	require.NoError(t, err)
	require.Equal(t, numbers("茶"), first)
	all, err := ranker.Rank(t.Context(), eval.Query{K: 10, Seen: numbers("茶")})
	require.NoError(t, err)
	require.ElementsMatch(t, numbers("壶", "杯"), all)
	all, err = ranker.Rank(t.Context(), eval.Query{K: 10, Seen: numbers("茶"), Repeat: true})
	require.NoError(t, err)
	require.Len(t, all, 3)
	require.Equal(t, numbers("茶")[0], all[0])
}

func TestProgress(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 5)
	last := 0
	_, err := eval.Run(t.Context(), w, eval.Config{Train: w.parts.Train, Test: w.parts.Test, Progress: func(done, total int) {
		require.Greater(t, done, last)
		require.Equal(t, 40, total)
		last = done
	}})
	require.NoError(t, err)
	require.Equal(t, 40, last)
}

func TestRankerFails(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	config := eval.Config{Train: parts.Train, Test: parts.Test}
	broken := errors.New("no index")
	_, err := eval.Run(t.Context(), eval.RankerFunc(func(context.Context, eval.Query) ([]int32, error) { return nil, broken }), config)
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, `user "小明"`)

	_, err = eval.Run(t.Context(), eval.RankerFunc(func(context.Context, eval.Query) ([]int32, error) { panic("out of range") }), config)
	require.ErrorContains(t, err, "the ranker panicked: out of range")
}

func TestCancel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 6)
	ctx, cancel := context.WithCancel(t.Context())
	var calls atomic.Int32
	_, err := eval.Run(ctx, eval.RankerFunc(func(context.Context, eval.Query) ([]int32, error) {
		if calls.Add(1) == 3 {
			cancel()
		}
		return nil, nil
	}), eval.Config{Train: w.parts.Train, Test: w.parts.Test, Workers: 1})
	require.ErrorIs(t, err, context.Canceled)
	require.EqualValues(t, 3, calls.Load())
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	other := stall(t)
	broken := parts.Train.Pick([]int32{0})
	broken.Item = nil
	for name, c := range map[string]struct {
		config eval.Config
		want   string
	}{
		"no data":         {eval.Config{Train: parts.Train}, "set Train and Test"},
		"two catalogues":  {eval.Config{Train: parts.Train, Test: other.Test}, "different catalogues"},
		"cutoff of 0":     {eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{0}}, "from 1 to 1000"},
		"no cutoff":       {eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{}}, "from 1 to 1000"},
		"cutoff too long": {eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{5000}}, "from 1 to 1000"},
		"workers":         {eval.Config{Train: parts.Train, Test: parts.Test, Workers: -1}, "from 0"},
		"columns":         {eval.Config{Train: broken, Test: parts.Test}, "unequal length"},
		"nobody":          {eval.Config{Train: parts.Train, Test: parts.Test.Pick(nil)}, "check the split"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := eval.Run(t.Context(), eval.MostPopular(parts.Train.Pick(nil)), c.config)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 7)
	ideal := eval.RankerFunc(func(_ context.Context, q eval.Query) ([]int32, error) { return w.truth[q.User], nil })
	better, worse := w.run(t, ideal, 20), w.run(t, w, 20)
	c, err := eval.Compare(t.Context(), better, worse, eval.NDCG, 20, significance.Config{})
	require.NoError(t, err)
	require.Equal(t, 40, c.N)
	require.InDelta(t, better.Mean(eval.NDCG, 20), c.A, 1e-12)
	require.InDelta(t, worse.Mean(eval.NDCG, 20), c.B, 1e-12)
	require.True(t, c.Significant(0.01))

	none, err := eval.Compare(t.Context(), better, better, eval.NDCG, 20, significance.Config{})
	require.NoError(t, err)
	require.False(t, none.Significant(0.99))

	_, err = eval.Compare(t.Context(), better, worse, eval.Coverage, 20, significance.Config{})
	require.ErrorContains(t, err, "coverage@20")

	// Users who are in one result only do not count.
	few := w
	few.parts.Test = w.parts.Test.Where(func(event int) bool { return w.parts.Test.User[event] < 15 })
	c, err = eval.Compare(t.Context(), few.run(t, ideal, 20), worse, eval.NDCG, 20, significance.Config{})
	require.NoError(t, err)
	require.Equal(t, 15, c.N)
}

func TestLatencyAndWall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 8)
	result := w.run(t, w, 10)
	require.LessOrEqual(t, result.Latency.P50, result.Latency.P99)
	require.LessOrEqual(t, result.Latency.P99, result.Latency.Max)
	require.Positive(t, result.Wall)
}

// Data made by hand may be wrong in any way; it must not crash the measuring.
func TestDataByHand(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	bad := &dataset.Data{Catalogue: parts.Train.Catalogue, User: []int32{99}, Item: []int32{0}}
	_, err := eval.Run(t.Context(), always(parts.Train, "杯"), eval.Config{Train: parts.Train, Test: bad})
	require.ErrorContains(t, err, "user 99 has no name")
}
