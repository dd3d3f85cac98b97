package eval

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/recommend/eval/significance"
)

// Latency is how long the ranker took for one user.
type Latency struct {
	Mean, P50, P99, Max time.Duration
}

// Result is what [Run] measured. It may be read by many goroutines.
type Result struct {
	Name    string
	Cutoffs []int // ascending

	// Users are the users who were asked about, ascending. Values and the two columns below are in
	// their order.
	Users []int32
	// Taken is how many items the user took in training.
	Taken []int32
	// Wanted is how many test items there were to find.
	Wanted []int32

	// Items are the items of training and test that have a name in them, ItemTaken by how many users
	// each was taken in training, and ItemListed in how many lists of the largest cutoff it was.
	Items, ItemTaken, ItemListed []int32

	// Dropped is how many items the ranker should not have returned: already taken, repeated, or
	// without a name. Unanswerable is how many test items were left out because they are in Train.
	Dropped, Unanswerable int

	Latency Latency
	// Wall is how long it all took, with Workers at the same time.
	Wall    time.Duration
	Workers int

	values  []float64            // by user, cutoff and metric
	overall map[Metric][]float64 // by cutoff
}

func (r *run) result(wall time.Duration) *Result {
	out := &Result{
		Name: r.config.Name, Cutoffs: r.config.Cutoffs, Users: r.users,
		Dropped: int(r.dropped.Load()), Unanswerable: r.unanswerable,
		Latency: latency(r.latencies), Wall: wall, Workers: r.config.Workers,
		values: r.values, overall: map[Metric][]float64{},
	}
	for _, user := range r.users {
		out.Taken = append(out.Taken, int32(len(r.seen.Row(user))))
		out.Wanted = append(out.Wanted, int32(len(r.answerable(user))))
	}
	known := make([]bool, len(r.taken))
	for _, item := range slices.Concat(r.config.Train.Item, r.config.Test.Item) {
		known[item] = true
	}
	last := r.listed[len(r.listed)-1]
	for item, ok := range known {
		if ok {
			out.Items = append(out.Items, int32(item))
			out.ItemTaken = append(out.ItemTaken, r.taken[item])
			out.ItemListed = append(out.ItemListed, last[item])
		}
	}
	for c := range r.config.Cutoffs {
		counts, covered := make([]int32, 0, len(out.Items)), 0
		for _, item := range out.Items {
			counts = append(counts, r.listed[c][item])
			if r.listed[c][item] > 0 {
				covered++
			}
		}
		out.overall[Coverage] = append(out.overall[Coverage], float64(covered)/float64(len(out.Items)))
		out.overall[Gini] = append(out.overall[Gini], gini(counts))
	}
	return out
}

// latency sorts the times.
func latency(times []time.Duration) Latency {
	slices.Sort(times)
	var total time.Duration
	for _, t := range times {
		total += t
	}
	n := len(times)
	return Latency{Mean: total / time.Duration(n), P50: times[n/2], P99: times[n*99/100], Max: times[n-1]}
}

// Mean returns the metric at the cutoff: the mean over users for whom it is defined, or the figure of
// all lists. It is NaN if there is none, or the metric or cutoff was not measured.
func (r *Result) Mean(m Metric, k int) float64 {
	if c := slices.Index(r.Cutoffs, k); c >= 0 && r.overall[m] != nil {
		return r.overall[m][c]
	}
	var total float64
	n := 0
	r.each(m, k, func(_ int, v float64) {
		if !math.IsNaN(v) {
			total += v
			n++
		}
	})
	return total / float64(n)
}

// Values returns the metric at the cutoff for every user, in the order of Users, NaN where it is
// undefined. It is nil if the metric is not one of a user, or the cutoff was not measured.
func (r *Result) Values(m Metric, k int) []float64 {
	var values []float64
	r.each(m, k, func(_ int, v float64) { values = append(values, v) })
	return values
}

func (r *Result) each(m Metric, k int, visit func(i int, v float64)) {
	c, place := slices.Index(r.Cutoffs, k), m.place()
	if c < 0 || place < 0 {
		return
	}
	row := len(r.Cutoffs) * perUser
	for i := range r.Users {
		visit(i, r.values[i*row+c*perUser+place])
	}
}

// Compare compares a with b by the metric at the cutoff, over the users for whom both have a value.
// It returns an error if there are none, if the metric is not one of a user or was not measured, or
// if ctx ends.
func Compare(ctx context.Context, a, b *Result, m Metric, k int, config significance.Config) (significance.Comparison, error) {
	of := make(map[int32]float64, len(b.Users))
	b.each(m, k, func(i int, v float64) { of[b.Users[i]] = v })
	var left, right []float64
	a.each(m, k, func(i int, v float64) {
		if w, ok := of[a.Users[i]]; ok && !math.IsNaN(v) && !math.IsNaN(w) {
			left, right = append(left, v), append(right, w)
		}
	})
	if len(left) == 0 {
		return significance.Comparison{}, fmt.Errorf("eval: no user has %s@%d in both results: check the metric, the cutoff and the test sets", m, k)
	}
	return significance.Compare(ctx, left, right, config)
}
