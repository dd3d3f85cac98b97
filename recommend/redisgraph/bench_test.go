package redisgraph

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/servers"
	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// BenchmarkGowalla serves the check-ins of Gowalla from a cluster of three, 200 and 500 neighbours an item: one
// iteration is an answer of 20 to one of the people, one after the other; then eight clients ask at a time. A sample of
// the answers is compared with those in process.
func BenchmarkGowalla(b *testing.B) {
	h := gowalla(b)
	client := dial(b, servers.RedisCluster(b, 3)...)
	for _, size := range []struct {
		name  string
		limit int
	}{{"200", 200}, {"500", 500}} {
		b.Run(size.name, func(b *testing.B) {
			settings := learn.DefaultGraph()
			settings.PersonPower, settings.Limit = 1.2, size.limit
			w := learned(b, h, settings)
			s := store(b, client, Config{History: 1000, Profile: 1000})
			content := w.content()
			started := time.Now()
			p := publish(b, s, content)
			publishing := time.Since(started)
			events := w.events()
			started = time.Now()
			for part := range slices.Chunk(events, 1000) {
				require.NoError(b, s.Record(b.Context(), part...))
			}
			recording := time.Since(started)

			r := rand.New(rand.NewPCG(1, 2))
			var scratch learn.Scratch
			for range 300 {
				w.agree(b, s, r.IntN(h.People()), 20, &scratch)
			}
			var took []time.Duration
			for b.Loop() {
				user := userName(r.IntN(h.People()))
				started := time.Now()
				_, err := s.Recommend(b.Context(), recommend.Query{User: user, Limit: 20})
				took = append(took, time.Since(started))
				require.NoError(b, err)
			}
			slices.Sort(took)
			at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
			b.ReportMetric(at(0.5), "ms-p50")
			b.ReportMetric(at(0.99), "ms-p99")

			const clients, each = 8, 500
			var all sync.WaitGroup
			started = time.Now()
			for c := range clients {
				all.Go(func() {
					r := rand.New(rand.NewPCG(uint64(c), 3))
					for range each {
						if _, err := s.Recommend(b.Context(), recommend.Query{User: userName(r.IntN(h.People())), Limit: 20}); err != nil {
							b.Error(err)
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(clients*each/time.Since(started).Seconds(), "answers/s")
			b.ReportMetric(publishing.Seconds(), "s-publish")
			b.ReportMetric(float64(p.Bytes)/(1<<20), "MiB-lists")
			b.ReportMetric(float64(len(events))/recording.Seconds(), "records/s")
		})
	}
}
