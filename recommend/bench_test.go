package recommend

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
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
	b.Run("after an event", func(b *testing.B) { // the lists that this made stale are built again
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

func BenchmarkRecord(b *testing.B) {
	engine := bigShop(b)
	b.ReportAllocs()
	var i int
	for b.Loop() {
		e := Event{User: fmt.Sprint("u", i*31%10000), Item: fmt.Sprint("i", i*7919%10000), Time: now}
		if err := engine.Record(b.Context(), e); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
