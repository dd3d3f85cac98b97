package middleware_test

import (
	"context"
	"iter"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// talkative is a model that says so many chunks, for nothing.
type talkative int

func (n talkative) Stream(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		for range n {
			if !yield(assistant.Chunk{Text: "字"}, nil) {
				return
			}
		}
		yield(assistant.Chunk{Finish: assistant.FinishStop}, nil)
	}
}

func fourLayers(m assistant.Model) assistant.Model {
	return middleware.Wrap(m,
		middleware.Fallback{To: []middleware.Alternative{{Model: m}}}.Wrap,
		middleware.Retry{}.Wrap,
		middleware.Breaker{}.Wrap,
		middleware.RateLimit{}.Wrap)
}

func drain(tb testing.TB, m assistant.Model) {
	for _, err := range m.Stream(context.Background(), greeting) {
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkStack measures what retry, rate limit, breaker and fallback add to a chunk, in turns with the
// bare model, and reports the median. Budget: at most 100 ns and no allocation for each chunk.
func BenchmarkStack(b *testing.B) {
	const chunks = 5000
	bare, stack := assistant.Model(talkative(chunks)), fourLayers(talkative(chunks))
	var added, alone []float64
	for b.Loop() {
		x, y := timeOf(b, stack), timeOf(b, bare)
		added = append(added, float64(x-y)/chunks)
		alone = append(alone, float64(y)/chunks)
	}
	slices.Sort(added)
	slices.Sort(alone)
	b.ReportMetric(added[len(added)/2], "ns-added/chunk")
	b.ReportMetric(alone[len(alone)/2], "ns-bare/chunk")
	b.ReportMetric(perChunk(b, fourLayers), "allocs/chunk")
	b.ReportMetric(allocs(b, fourLayers(talkative(1))), "allocs/call")
}

func timeOf(tb testing.TB, m assistant.Model) time.Duration {
	start := time.Now()
	drain(tb, m)
	return time.Since(start)
}

func allocs(tb testing.TB, m assistant.Model) float64 {
	return testing.AllocsPerRun(100, func() { drain(tb, m) })
}

// perChunk is how many allocations a chunk more makes.
func perChunk(tb testing.TB, wrap middleware.Middleware) float64 {
	return (allocs(tb, wrap(talkative(1000))) - allocs(tb, wrap(talkative(10)))) / 990
}

func TestLayersAllocateNothingPerChunk(t *testing.T) {
	for name, wrap := range map[string]middleware.Middleware{
		"four layers": fourLayers,
		"concurrency": middleware.Concurrency{}.Wrap,
		"budget":      middleware.Budget{Account: &middleware.Account{Limits: []middleware.Limit{{Tokens: math.MaxInt}}}}.Wrap,
		"timeout":     middleware.Timeout{}.Wrap,
		"hedge":       middleware.Hedge{}.Wrap,
	} {
		require.InDelta(t, 0, perChunk(t, wrap), 0.001, name)
	}
}
