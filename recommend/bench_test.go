package recommend

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// bigShop has 10,000 items in 50 categories and 400,000 events of 10,000 people; low item numbers are
// the popular ones.
func bigShop(b *testing.B) *Engine {
	w := rand.New(rand.NewPCG(1, 2))
	engine := New(Config{})
	items := make([]Item, 10000)
	for i := range items {
		items[i] = Item{
			ID: fmt.Sprint("i", i), Title: fmt.Sprintf("第%d款%s", i, someWords[i%len(someWords)]),
			Categories: []string{fmt.Sprint("类", i%50)}, Brand: fmt.Sprint("牌", i%200), Price: Fen(int64(i)),
		}
	}
	require.NoError(b, engine.Put(b.Context(), items...))
	events := make([]Event, 400000)
	for i := range events {
		x := w.Float64()
		events[i] = Event{
			User: fmt.Sprint("u", w.IntN(10000)), Item: fmt.Sprint("i", int(x*x*10000)),
			Time: now.Add(-time.Duration(w.IntN(100*24)) * time.Hour),
		}
	}
	require.NoError(b, engine.Record(b.Context(), events...))
	for i := range 10000 { // build what is built on demand
		ask(b, engine, Query{User: fmt.Sprint("u", i)})
	}
	return engine
}

func BenchmarkRecommend(b *testing.B) {
	engine := bigShop(b)
	for _, c := range []struct {
		name string
		Query
	}{
		{"person", Query{}},
		{"diverse", Query{Diversity: 0.5}},
		{"filtered", Query{Filter: Filter{Categories: []string{"类7"}, MaxPrice: Fen(5000)}}},
		{"text", Query{Text: "想买个保温杯"}},
		{"candidates", Query{Candidates: []string{"i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8", "i9"}}},
		{"everybody", Query{NonPersonal: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			var i int
			for b.Loop() {
				q := c.Query
				q.Now, q.User = now, fmt.Sprint("u", i%10000)
				i++
				if _, err := engine.Recommend(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("page", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := engine.Recommend(b.Context(), Query{Recent: []string{"i7", "i300"}, Now: now}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkRecord takes in events: in memory, and into the log of a folder, from one caller with batches
// and from many with one event each.
func BenchmarkRecord(b *testing.B) {
	event := func(i int) Event {
		return Event{User: fmt.Sprint("u", i*31%10000), Item: fmt.Sprint("i", i*7919%10000), Time: now.Add(time.Duration(i) * time.Millisecond)}
	}
	b.Run("memory", func(b *testing.B) {
		engine := bigShop(b)
		b.ReportAllocs()
		var i int
		for b.Loop() {
			if err := engine.Record(b.Context(), event(i)); err != nil {
				b.Fatal(err)
			}
			i++
		}
		b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "events/s")
	})
	b.Run("folder, 100 at once", func(b *testing.B) {
		engine := open(b, b.TempDir())
		batch := make([]Event, 100)
		var i int
		for b.Loop() {
			for k := range batch {
				batch[k] = event(i)
				i++
			}
			if err := engine.Record(b.Context(), batch...); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "events/s")
	})
	for _, writers := range []int{8, 64} {
		b.Run(fmt.Sprintf("folder, %d writers", writers), func(b *testing.B) {
			engine := open(b, b.TempDir())
			var next atomic.Int64
			b.SetParallelism(writers / runtime.GOMAXPROCS(0))
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := engine.Record(b.Context(), event(int(next.Add(1)))); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(next.Load())/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkSession asks for what goes with the items of a visit, and for what a person wants right after
// they did something, with nothing learned, with the graph and with the blend.
func BenchmarkSession(b *testing.B) {
	for name, options := range map[string]*LearnOptions{"incremental": nil, "graph": {GraphOnly: true}, "blend": {}} {
		engine := bigShop(b)
		if options != nil {
			_, err := engine.Learn(b.Context(), *options)
			require.NoError(b, err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var i int
			for b.Loop() {
				recent := []string{fmt.Sprint("i", i%1000), fmt.Sprint("i", i%777), fmt.Sprint("i", i%100)}
				if _, err := engine.Recommend(b.Context(), Query{Recent: recent, Now: now}); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
		b.Run(name+", event to answer", func(b *testing.B) {
			var i int
			for b.Loop() {
				user := fmt.Sprint("u", i%10000)
				if err := engine.Record(b.Context(), Event{User: user, Item: fmt.Sprint("i", i*7919%10000), Time: now}); err != nil {
					b.Fatal(err)
				}
				if _, err := engine.Recommend(b.Context(), Query{User: user, Now: now}); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}

// BenchmarkOpen opens a folder with ten million events of a million people on 100,000 items.
func BenchmarkOpen(b *testing.B) {
	if testing.Short() {
		b.Skip("writes 400 MB")
	}
	dir := b.TempDir()
	c := &columns{about: fmt.Appendf(nil, `{"version":%d}`, snapshotVersion), starts: []int64{0}, takerStarts: []int64{0}}
	const people, items, each = 1_000_000, 100_000, 10
	takers := make([][]int32, items)
	for who := range people {
		c.users = append(c.users, resident{fmt.Sprintf("u%07d", who), int32(who)})
		for k := range each {
			item := int32((who*31 + k*7919) % items)
			c.deedItems, c.deedWeights = append(c.deedItems, item), append(c.deedWeights, 1)
			c.deedWhens = append(c.deedWhens, newDeed(item, View, 1, now.Unix()+int64(k)).when)
			takers[item] = append(takers[item], int32(who))
		}
		c.starts = append(c.starts, int64(len(c.deedItems)))
	}
	for i := range items {
		it := Item{ID: fmt.Sprint("i", i)}
		c.itemIDs, c.items = append(c.itemIDs, []byte(it.ID)), append(c.items, encodeItem(&it))
		c.takers = append(c.takers, takers[i]...)
		c.takerStarts = append(c.takerStarts, int64(len(c.takers)))
		c.passed = append(c.passed, 0)
		c.trends = append(c.trends, int64(math.Float64bits(float64(len(takers[i])))), 0, now.Unix())
	}
	store, err := journal.OpenStore(b.Context(), dir, journal.Options{})
	require.NoError(b, err)
	_, err = store.Append(b.Context(), encodeRemove("none"))
	require.NoError(b, err)
	require.NoError(b, store.Compact(b.Context(), 1, c.write))
	require.NoError(b, store.Close())
	for _, skip := range []bool{false, true} {
		b.Run(fmt.Sprintf("checksums=%v", !skip), func(b *testing.B) {
			for b.Loop() {
				engine, err := Open(b.Context(), dir, Config{Storage: Storage{SkipChecksums: skip}})
				require.NoError(b, err)
				b.StopTimer()
				require.NotEmpty(b, ask(b, engine, Query{User: "u0000500"}))
				require.NoError(b, engine.Close())
				b.StartTimer()
			}
		})
	}
}
