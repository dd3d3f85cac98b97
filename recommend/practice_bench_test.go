package recommend

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
)

// BenchmarkBeauty learns from all but the last thing everybody bought, in the order of buying, and reports how
// often that is among the first ten of all that they had not bought.
func BenchmarkBeauty(b *testing.B) {
	var events []Event
	var test [][]string
	for _, list := range readLists(b, filepath.Join(practice.Path(b, "data/recommend/seq-beauty"), "seq.txt")) {
		last := len(list) - 1
		for at, item := range list[1:last] {
			events = append(events, Event{User: list[0], Item: item, Kind: Buy, Time: now.Add(time.Duration(at) * time.Hour)})
		}
		test = append(test, []string{list[0], list[last]})
	}
	practised(b, events, test, 10)
}

// BenchmarkRetailRocket suggests purchases from what people viewed, put in the cart and bought.
func BenchmarkRetailRocket(b *testing.B) {
	folder := practice.Path(b, "data/recommend/retail_rocket")
	var events []Event
	for _, kind := range []Kind{View, Cart, Buy} {
		for _, line := range readLists(b, filepath.Join(folder, "train."+string(kind)+".tsv")) {
			at, err := strconv.ParseInt(line[2], 10, 64)
			require.NoError(b, err)
			events = append(events, Event{User: line[0], Item: line[1], Kind: kind, Time: time.Unix(at, 0)})
		}
	}
	practised(b, events, readLists(b, filepath.Join(folder, "test.txt")), 20)
}

// practised learns from events and reports how good lists of k are at finding what people took next.
func practised(b *testing.B, events []Event, test [][]string, k int) {
	engine := New(Config{})
	known := map[string]bool{}
	var items []Item
	take := func(id string) {
		if !known[id] {
			known[id] = true
			items = append(items, Item{ID: id})
		}
	}
	for _, e := range events {
		take(e.Item)
	}
	for _, list := range test {
		for _, id := range list[1:] {
			take(id)
		}
	}
	require.NoError(b, engine.Put(b.Context(), items...))
	require.NoError(b, engine.Record(b.Context(), events...))
	started := time.Now()
	_, err := engine.Learn(b.Context(), LearnOptions{ListLength: k})
	require.NoError(b, err)
	learning := time.Since(started)
	for b.Loop() {
		var recall, gain float64
		for _, list := range test {
			got, err := engine.Recommend(b.Context(), Query{User: list[0], Limit: k, Now: now.Add(24 * 365 * time.Hour)})
			require.NoError(b, err)
			r, g := score(got, list[1:], k)
			recall, gain = recall+r, gain+g
		}
		b.ReportMetric(recall/float64(len(test)), "recall@"+strconv.Itoa(k))
		b.ReportMetric(gain/float64(len(test)), "ndcg@"+strconv.Itoa(k))
		b.ReportMetric(learning.Seconds(), "learn-s")
	}
}
