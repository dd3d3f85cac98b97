package learn_test

import (
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// question is a profile and what its owner took next.
type question struct {
	profile []learn.Taken
	truth   []int32
}

// fields reads lines of numbers.
func fields(b *testing.B, name string) [][]int {
	var lists [][]int
	for lines := practice.Lines(b, filepath.Join("data/recommend", name)); lines.Scan(); {
		var list []int
		for _, field := range strings.Fields(lines.Text()) {
			n, err := strconv.Atoi(field)
			require.NoError(b, err)
			list = append(list, n)
		}
		lists = append(lists, list)
	}
	return lists
}

// ask puts all questions to a learner and reports recall and gain of lists of k, how long an answer takes, and how
// many a second all processors give together.
func ask(b *testing.B, l learn.Learner, items, k int, questions []question, prefix string) {
	var lock sync.Mutex
	var recall, gain float64
	var took []time.Duration
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	started := time.Now()
	for worker := range workers {
		group.Go(func() {
			var s learn.Scratch
			scores := make([]float32, items)
			var hits []learn.Hit
			var r, g float64
			var mine []time.Duration
			for i := worker; i < len(questions); i += workers {
				q := questions[i]
				begun := time.Now()
				l.Score(scores, q.profile, &s)
				for _, t := range q.profile {
					scores[t.Item] = learn.Bar
				}
				hits = learn.Top(hits[:0], scores, k, &s)
				mine = append(mine, time.Since(begun))
				hr, hg := judge(hits, q.truth, k)
				r, g = r+hr, g+hg
			}
			lock.Lock()
			defer lock.Unlock()
			recall, gain, took = recall+r, gain+g, append(took, mine...)
		})
	}
	group.Wait()
	wall := time.Since(started)
	slices.Sort(took)
	n := float64(len(questions))
	b.ReportMetric(recall/n, prefix+"recall@"+strconv.Itoa(k))
	b.ReportMetric(gain/n, prefix+"ndcg@"+strconv.Itoa(k))
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), prefix+"p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), prefix+"p99-µs")
	b.ReportMetric(n/wall.Seconds(), prefix+"answers/s")
}

// judge returns recall and normalised discounted cumulative gain of a list, the ideal list cut at k.
func judge(hits []learn.Hit, truth []int32, k int) (recall, gain float64) {
	var ideal float64
	for i := range k {
		discount := 1 / math.Log2(float64(i+2))
		if i < len(truth) {
			ideal += discount
		}
		if i < len(hits) && slices.Contains(truth, hits[i].Item) {
			recall++
			gain += discount
		}
	}
	return recall / float64(len(truth)), gain / ideal
}

// learnt learns a blend and reports how long it took, in wall and processor time, and the most memory there was.
func learnt(b *testing.B, h *learn.Histories, config learn.Config) (*learn.Blend, *learn.Report) {
	runtime.GC()
	stop, done := make(chan struct{}), make(chan uint64)
	go func() { done <- peak(stop) }()
	cpu, wall := processorTime(), time.Now()
	if testing.Verbose() {
		config.Progress = func(stage string) { b.Logf("%6.2f s %s", time.Since(wall).Seconds(), stage) }
	}
	blend, report, err := learn.Learn(b.Context(), h, config)
	b.ReportMetric(time.Since(wall).Seconds(), "learn-s")
	b.ReportMetric((processorTime() - cpu).Seconds(), "learn-cpu-s")
	close(stop)
	b.ReportMetric(float64(<-done)/1e6, "peak-MB")
	require.NoError(b, err)
	b.Logf("settings %+v", report.Settings)
	b.Logf("held back from %d, ordered %v: blend %.4f %.4f", report.Held, report.Ordered, report.Blend.Recall, report.Blend.NDCG)
	for _, p := range report.Parts {
		b.Logf("%-12s alone %.4f %.4f, blend without it %.4f %.4f", p.Name, p.Alone.Recall, p.Alone.NDCG, p.Without.Recall, p.Without.NDCG)
	}
	return blend, report
}

// peak returns the most memory that the heap had in use until told to stop.
func peak(stop <-chan struct{}) (most uint64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		metrics.Read(sample)
		most = max(most, sample[0].Value.Uint64()+sample[1].Value.Uint64())
		select {
		case <-stop:
			return most
		case <-tick.C:
		}
	}
}

// gowalla reads the check-ins of Gowalla in the split that is customary for them.
func gowalla(b *testing.B) (*learn.Histories, []question) {
	h := &learn.Histories{Items: 40981}
	profiles := map[int][]learn.Taken{}
	for _, list := range fields(b, "gowalla/train.txt") {
		var p []learn.Taken
		for _, item := range list[1:] {
			p = append(p, learn.Taken{Item: int32(item), Weight: 1})
		}
		h.Add(p)
		profiles[list[0]] = p
	}
	var questions []question
	for _, list := range fields(b, "gowalla/test.txt") {
		if len(list) > 1 {
			questions = append(questions, question{profiles[list[0]], items(list[1:])})
		}
	}
	return h, questions
}

func items(list []int) []int32 {
	var items []int32
	for _, i := range list {
		items = append(items, int32(i))
	}
	return items
}

// BenchmarkGowalla reports Recall@20 and NDCG@20 over all items a person has not visited in training.
func BenchmarkGowalla(b *testing.B) {
	h, questions := gowalla(b)
	for b.Loop() {
		blend, _ := learnt(b, h, learn.Config{})
		runtime.GC()
		ask(b, blend, h.Items, 20, questions, "")
	}
}

// BenchmarkGowallaGraph is the graph alone: as it is by default, and whole, with the exponents that are published for it.
func BenchmarkGowallaGraph(b *testing.B) {
	h, questions := gowalla(b)
	for name, settings := range map[string]learn.GraphSettings{
		"default":   learn.DefaultGraph(),
		"published": {PersonPower: 1.2, ItemPower: 0.4, Power: 0.7},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				started := time.Now()
				g, err := learn.NewGraph(b.Context(), h, settings, 0)
				require.NoError(b, err)
				b.ReportMetric(time.Since(started).Seconds(), "build-s")
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc)/1e6, "heap-MB")
				ask(b, g, h.Items, 20, questions, "")
			}
		})
	}
}

// BenchmarkGowallaFactors is the factors alone, with ten sweeps of three steps, so that it can be held against the library
// implicit, which makes three.
func BenchmarkGowallaFactors(b *testing.B) {
	h, questions := gowalla(b)
	for _, dims := range []int{128, 256} {
		b.Run(fmt.Sprint(dims), func(b *testing.B) {
			settings := learn.DefaultFactors()
			settings.Dims, settings.Sweeps, settings.Steps = dims, 10, 3
			for b.Loop() {
				started := time.Now()
				f, err := learn.NewFactors(b.Context(), h, settings, 0)
				require.NoError(b, err)
				b.ReportMetric(time.Since(started).Seconds(), "learn-s")
				ask(b, f, h.Items, 20, questions, "")
			}
		})
	}
}

// BenchmarkBeauty learns from all but the last thing everybody bought and reports how often that is among the first
// ten of all that they had not bought. The recall of one thing is the hit rate.
func BenchmarkBeauty(b *testing.B) {
	h := &learn.Histories{}
	var questions []question
	for _, list := range fields(b, "seq-beauty/seq.txt") {
		var p []learn.Taken
		for at, item := range list[1:] {
			p = append(p, learn.Taken{Item: int32(item), Weight: 1, Time: int64(at)})
		}
		last := len(p) - 1
		h.Items = max(h.Items, int(slices.MaxFunc(p, func(a, b learn.Taken) int { return int(a.Item - b.Item) }).Item)+1)
		h.Add(p[:last])
		questions = append(questions, question{p[:last], []int32{p[last].Item}})
	}
	for b.Loop() {
		blend, _ := learnt(b, h, learn.Config{ListLength: 10})
		ask(b, blend, h.Items, 10, questions, "")
	}
}

// The kinds of events of a shop.
const (
	view learn.Kind = iota
	cart
	buy
)

// retailRocket reads the events of a shop and everybody's last purchase.
func retailRocket(b *testing.B) (*learn.Histories, []question) {
	profiles := map[int][]learn.Taken{}
	h := &learn.Histories{}
	for kind, name := range []string{view: "view", cart: "cart", buy: "buy"} {
		for _, line := range fields(b, "retail_rocket/train."+name+".tsv") {
			profiles[line[0]] = append(profiles[line[0]], learn.Taken{Item: int32(line[1]), Kind: learn.Kind(kind), Weight: 1, Time: int64(line[2])})
			h.Items = max(h.Items, line[1]+1)
		}
	}
	var questions []question
	for _, line := range fields(b, "retail_rocket/test.txt") {
		h.Items = max(h.Items, slices.Max(line[1:])+1)
		p := profiles[line[0]]
		slices.SortStableFunc(p, func(a, b learn.Taken) int { return int(a.Time - b.Time) })
		h.Add(p)
		questions = append(questions, question{p, items(line[1:])})
	}
	return h, questions
}

// BenchmarkRetailRocket suggests purchases from views, carts and purchases.
func BenchmarkRetailRocket(b *testing.B) {
	h, questions := retailRocket(b)
	for b.Loop() {
		blend, _ := learnt(b, h, learn.Config{Targets: []learn.Kind{buy}})
		ask(b, blend, h.Items, 20, questions, "")
	}
}

// BenchmarkSession asks for three things that somebody took, without the rest of their history, and looks for a fifth of
// it that was held back from learning. It is part of the training data. All items are scored, or what is proposed.
func BenchmarkSession(b *testing.B) {
	all, _ := gowalla(b)
	h := &learn.Histories{Items: all.Items}
	var visits []question
	for u := range all.People() {
		rest, truth := []learn.Taken{}, []int32{}
		for i, t := range all.Profile(u) {
			if (i*7+u)%5 == 0 {
				truth = append(truth, t.Item)
			} else {
				rest = append(rest, t)
			}
		}
		if len(truth) > 0 && len(rest) >= 3 && u%3 == 0 {
			visits = append(visits, question{rest[:3], truth})
		}
		h.Add(rest)
	}
	settings := learn.DefaultSettings()
	blend, _, err := learn.Learn(b.Context(), h, learn.Config{Settings: &settings})
	require.NoError(b, err)
	for name, l := range map[string]learn.Learner{"all": blend, "proposed": proposals{blend, h.Items}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ask(b, l, h.Items, 20, visits, "")
			}
		})
	}
	b.Run("proposing", func(b *testing.B) {
		var s learn.Scratch
		var hits []learn.Hit
		for i := 0; b.Loop(); i++ {
			hits = blend.Propose(hits[:0], visits[i*7%len(visits)].profile, &s)
		}
	})
}

// proposals scores what a blend proposes.
type proposals struct {
	*learn.Blend
	items int
}

func (p proposals) Score(dst []float32, profile []learn.Taken, s *learn.Scratch) {
	clear(dst)
	for _, hit := range p.Propose(nil, profile, s) {
		dst[hit.Item] = hit.Score
	}
}
