package eval_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/split"
)

// gowalla loads the check-ins in the split that is customary for them.
func gowalla(tb testing.TB) split.Parts {
	tb.Helper()
	folder := practice.Path(tb, "data/recommend/gowalla")
	loader := dataset.NewLoader(dataset.Config{})
	load := func(name string) *dataset.Data {
		data, err := loader.Open(tb.Context(), filepath.Join(folder, name), dataset.Lists{})
		require.NoError(tb, err)
		return data
	}
	return split.Parts{Train: load("train.txt"), Test: load("test.txt")}
}

// Popularity on Gowalla has been measured with other software: Recall@20 .0416, NDCG@20 .0317. That
// these figures come out here too says that protocol and formulas are the customary ones.
func TestPopularityOnGowalla(t *testing.T) {
	t.Parallel()
	parts := gowalla(t)
	require.Equal(t, 29_858, parts.Train.Catalogue.Users.Len())
	require.Equal(t, 40_981, parts.Train.Catalogue.Items.Len())
	require.Equal(t, 810_128, parts.Train.Len())
	require.Equal(t, 217_242, parts.Test.Len())

	result, err := eval.Run(t.Context(), eval.MostPopular(parts.Train), eval.Config{Train: parts.Train, Test: parts.Test})
	require.NoError(t, err)
	require.Len(t, result.Users, 29_858)
	require.Zero(t, result.Dropped)
	require.Zero(t, result.Unanswerable)
	require.InDelta(t, 0.0416, result.Mean(eval.Recall, 20), 0.00005)
	require.InDelta(t, 0.0317, result.Mean(eval.NDCG, 20), 0.00005)
}

// BenchmarkGowalla measures the measuring: all users of Gowalla, with a ranker that costs next to
// nothing.
func BenchmarkGowalla(b *testing.B) {
	parts := gowalla(b)
	ranker := eval.MostPopular(parts.Train)
	users := 0
	for b.Loop() {
		result, err := eval.Run(b.Context(), ranker, eval.Config{Train: parts.Train, Test: parts.Test})
		require.NoError(b, err)
		users += len(result.Users)
		b.ReportMetric(result.Mean(eval.Recall, 20), "recall@20")
		b.ReportMetric(result.Mean(eval.NDCG, 20), "ndcg@20")
	}
	b.ReportMetric(float64(users)/b.Elapsed().Seconds(), "users/s")
}

// BenchmarkLoad reads the training half of Gowalla.
func BenchmarkLoad(b *testing.B) {
	path := filepath.Join(practice.Path(b, "data/recommend/gowalla"), "train.txt")
	b.ReportAllocs()
	events := 0
	for b.Loop() {
		data, err := dataset.NewLoader(dataset.Config{}).Open(b.Context(), path, dataset.Lists{})
		require.NoError(b, err)
		events += data.Len()
	}
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
}

// Amazon Beauty in order of time has 22,363 users and 12,101 items; everybody has a last item and one
// before.
func TestSequencesOfBeauty(t *testing.T) {
	t.Parallel()
	path := filepath.Join(practice.Path(t, "data/recommend/seq-beauty"), "seq.txt")
	data, err := dataset.NewLoader(dataset.Config{}).Open(t.Context(), path, dataset.Lists{Ordered: true})
	require.NoError(t, err)
	require.Equal(t, 22_363, data.Catalogue.Users.Len())
	require.Equal(t, 12_101, data.Catalogue.Items.Len())
	core, err := split.Core(data, 5, 5)
	require.NoError(t, err)
	require.Equal(t, data.Len(), core.Len(), "it is its own 5-core")

	parts, err := split.LeaveOut(data, split.Config{Test: 1, Valid: 1})
	require.NoError(t, err)
	require.Equal(t, 22_363, parts.Test.Len())
	require.Equal(t, 22_363, parts.Valid.Len())
}
