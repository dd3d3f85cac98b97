package recommend

import (
	"bufio"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
)

// BenchmarkGowalla reports the accuracy of the engine on the check-ins of Gowalla, in the split that is
// customary for it: Recall@20 and NDCG@20 over all items a person has not visited in training, as a
// mean over people. The data is not part of the project; without it the benchmark is skipped.
func BenchmarkGowalla(b *testing.B) {
	folder := practice.Path(b, "data/recommend/gowalla")
	train, test := readLists(b, filepath.Join(folder, "train.txt")), readLists(b, filepath.Join(folder, "test.txt"))
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

	engine := New(Config{})
	var items []Item
	var events []Event
	known := map[string]bool{}
	for _, list := range train {
		for _, item := range list[1:] {
			if !known[item] {
				known[item] = true
				items = append(items, Item{ID: item})
			}
			events = append(events, Event{User: list[0], Item: item, Time: now})
		}
	}
	require.NoError(b, engine.Put(b.Context(), items...))
	started := time.Now()
	require.NoError(b, engine.Record(b.Context(), events...))
	loading := time.Since(started)

	for b.Loop() {
		var recall, gain float64
		var people int
		for _, list := range test {
			if len(list) < 2 {
				continue
			}
			got, err := engine.Recommend(b.Context(), Query{User: list[0], Limit: 20, Now: now})
			require.NoError(b, err)
			r, g := score(got, list[1:])
			recall, gain, people = recall+r, gain+g, people+1
		}
		b.ReportMetric(recall/float64(people), "recall@20")
		b.ReportMetric(gain/float64(people), "ndcg@20")
		b.ReportMetric(float64(len(events))/loading.Seconds(), "events/s")
		b.ReportMetric(float64(people), "people")
	}
}

// score returns the recall and the normalised discounted cumulative gain of an answer.
func score(got []Suggestion, want []string) (recall, gain float64) {
	wanted := map[string]bool{}
	for _, item := range want {
		wanted[item] = true
	}
	var hits int
	var ideal float64
	for i := range 20 {
		discount := 1 / math.Log2(float64(i+2))
		if i < len(wanted) {
			ideal += discount
		}
		if i < len(got) && wanted[got[i].Item] {
			hits++
			gain += discount
		}
	}
	return float64(hits) / float64(len(wanted)), gain / ideal
}

// readLists reads lines of ids parted by spaces: a person, then items.
func readLists(b *testing.B, path string) [][]string {
	f, err := os.Open(path)
	require.NoError(b, err)
	defer f.Close()
	var lists [][]string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if fields := strings.Fields(lines.Text()); len(fields) > 0 {
			lists = append(lists, fields)
		}
	}
	require.NoError(b, lines.Err())
	return lists
}
