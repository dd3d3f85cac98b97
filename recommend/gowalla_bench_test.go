package recommend

import (
	"bufio"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
)

// BenchmarkGowalla reports the accuracy of the engine on the check-ins of Gowalla, in the split that is
// customary for it: Recall@20 and NDCG@20 over all items a person has not visited in training, as a
// mean over people, with all rules at work; what one answer takes, alone on the machine; and how many
// answers a second all processors give. The data is not part of the project; without it the benchmark is
// skipped.
func BenchmarkGowalla(b *testing.B) {
	for _, c := range []struct {
		name  string
		learn func(*Engine) error
	}{
		{"incremental", nil},
		{"graph", func(e *Engine) error {
			_, err := e.Learn(b.Context(), LearnOptions{GraphOnly: true})
			return err
		}},
		{"blend", func(e *Engine) error {
			o := LearnOptions{}
			if testing.Verbose() {
				o.Progress = func(stage string) { b.Log(stage) }
			}
			_, err := e.Learn(b.Context(), o)
			return err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			engine, test, speed := gowalla(b)
			started := time.Now()
			if c.learn != nil {
				require.NoError(b, c.learn(engine))
			}
			learning := time.Since(started)
			runtime.GC()
			for b.Loop() {
				b.ReportMetric(speed, "events/s")
				b.ReportMetric(learning.Seconds(), "learn-s")
				rate(b, engine, test)
				latency(b, engine, func(i int) Query { return Query{User: test[i%len(test)][0], Limit: 20, Now: now} }, "")
				latency(b, engine, func(i int) Query {
					return Query{Recent: test[i%len(test)][1:min(4, len(test[i%len(test)]))], Limit: 20, Now: now}
				}, "session-")
			}
		})
	}
}

// gowalla is an engine that knows who was where, people with where they went later, and how many events a
// second it took in.
func gowalla(b *testing.B) (engine *Engine, test [][]string, speed float64) {
	folder := practice.Path(b, "data/recommend/gowalla")
	train := readLists(b, filepath.Join(folder, "train.txt"))
	test = slices.DeleteFunc(readLists(b, filepath.Join(folder, "test.txt")), func(list []string) bool { return len(list) < 2 })
	engine = New(Config{})
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
	return engine, test, float64(len(events)) / time.Since(started).Seconds()
}

// rate reports how good the answers for all people are and how many a second there are.
func rate(b *testing.B, engine *Engine, test [][]string) {
	var lock sync.Mutex
	var recall, gain float64
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	started := time.Now()
	for worker := range workers {
		group.Go(func() {
			var mine, gained float64
			for i := worker; i < len(test); i += workers {
				got, err := engine.Recommend(b.Context(), Query{User: test[i][0], Limit: 20, Now: now})
				if err != nil {
					b.Error(err)
				}
				r, g := score(got, test[i][1:], 20)
				mine, gained = mine+r, gained+g
			}
			lock.Lock()
			defer lock.Unlock()
			recall, gain = recall+mine, gain+gained
		})
	}
	group.Wait()
	n := float64(len(test))
	b.ReportMetric(n/time.Since(started).Seconds(), "answers/s")
	b.ReportMetric(recall/n, "recall@20")
	b.ReportMetric(gain/n, "ndcg@20")
}

// latency reports what one answer takes.
func latency(b *testing.B, engine *Engine, query func(i int) Query, prefix string) {
	const asked = 3000
	took := make([]time.Duration, 0, asked)
	for i := range asked {
		q := query(i * 7)
		started := time.Now()
		_, err := engine.Recommend(b.Context(), q)
		took = append(took, time.Since(started))
		require.NoError(b, err)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[asked/2].Microseconds()), prefix+"p50-µs")
	b.ReportMetric(float64(took[asked*99/100].Microseconds()), prefix+"p99-µs")
}

// score returns the recall and the normalised discounted cumulative gain of an answer of k.
func score(got []Suggestion, want []string, k int) (recall, gain float64) {
	wanted := map[string]bool{}
	for _, item := range want {
		wanted[item] = true
	}
	var hits int
	var ideal float64
	for i := range k {
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
