package eval

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// A Summary is what one model did, in figures. It marshals to JSON, to be kept as the baseline of a gate.
type Summary struct {
	Model    string           `json:"model"`
	Judge    string           `json:"judge"`
	Passed   Rate             `json:"passed"` // of all cases that were judged or have no answer
	Refused  int              `json:"refused"`
	Safe     int              `json:"safe"`
	Failed   int              `json:"errors"` // cases without an answer
	First    Times            `json:"first"`  // until the first text
	Took     Times            `json:"took"`
	Input    int              `json:"input_tokens"`
	Output   int              `json:"output_tokens"`
	Cost     middleware.Money `json:"cost,omitzero"`
	Outcomes map[string]bool  `json:"outcomes,omitzero"` // by case, whether it passed
}

// Times are durations at which so many of a hundred are done.
type Times struct {
	P50 time.Duration `json:"p50"`
	P95 time.Duration `json:"p95"`
}

func times(of []time.Duration) Times {
	if len(of) == 0 {
		return Times{}
	}
	slices.Sort(of)
	at := func(p float64) time.Duration { return of[min(len(of)-1, int(math.Ceil(p*float64(len(of))))-1)] }
	return Times{at(0.5), at(0.95)}
}

// Compare sums up each model, in the order in which they first appear among the answers, by the marks of one
// judge. Cases without an answer count as not passed.
func Compare(answers []Answer, marks []Mark, judge string) []Summary {
	var out []Summary
	index := make(map[string]int)
	type clock struct{ first, took []time.Duration }
	var clocks []clock
	for i := range answers {
		a := &answers[i]
		at, ok := index[a.Model]
		if !ok {
			at = len(out)
			index[a.Model] = at
			out = append(out, Summary{Model: a.Model, Judge: judge, Outcomes: make(map[string]bool)})
			clocks = append(clocks, clock{})
		}
		s := &out[at]
		if a.Error != "" {
			s.Failed++
			s.Passed.Judged++
			s.Outcomes[a.Case.ID] = false
			continue
		}
		if a.First > 0 {
			clocks[at].first = append(clocks[at].first, a.First)
		}
		clocks[at].took = append(clocks[at].took, a.Took)
		s.Input += a.Usage.Input
		s.Output += a.Usage.Output
		s.Cost += a.Cost
	}
	for i := range marks {
		m := &marks[i]
		at, ok := index[m.Answer.Model]
		if !ok || m.Judge != judge || m.Outcome == Unjudged {
			continue
		}
		s := &out[at]
		s.Passed.Judged++
		switch m.Outcome {
		case Pass:
			s.Passed.Hits++
		case Refused:
			s.Refused++
		case Safe:
			s.Safe++
		}
		s.Outcomes[m.Answer.Case.ID] = m.Outcome == Pass
	}
	for i := range out {
		out[i].First, out[i].Took = times(clocks[i].first), times(clocks[i].took)
	}
	return out
}

// A Difference says how two models differ on the cases that both were judged on.
type Difference struct {
	Only [2]int  // cases that only the first, and only the second, passed
	P    float64 // how likely so lopsided a split is by luck: McNemar's exact test, two-sided
}

// Differ compares two summaries case by case.
func Differ(a, b Summary) Difference {
	var d Difference
	for id, first := range a.Outcomes {
		second, ok := b.Outcomes[id]
		switch {
		case !ok || first == second:
		case first:
			d.Only[0]++
		default:
			d.Only[1]++
		}
	}
	d.P = mcnemar(d.Only[0], d.Only[1])
	return d
}

// mcnemar is the chance of a split at least as lopsided among as many coins.
func mcnemar(a, b int) float64 {
	n, k := a+b, min(a, b)
	if n == 0 {
		return 1
	}
	total := 0.0
	for i := range k + 1 {
		l1, _ := math.Lgamma(float64(n + 1))
		l2, _ := math.Lgamma(float64(i + 1))
		l3, _ := math.Lgamma(float64(n - i + 1))
		total += math.Exp(l1 - l2 - l3 - float64(n)*math.Ln2)
	}
	return min(1, 2*total)
}

// Limits say what a release may lose against its baseline.
type Limits struct {
	// Worse is how unlikely luck must be for a loss of quality to count. If zero, 0.05.
	Worse float64
	// Slower is how many times as long the median and the 95th percentile may take. If zero, speed is not held
	// against it: a machine that is busy is not a worse model.
	Slower float64
	// Dearer is how many times as many tokens of output there may be. If zero, they are not held against it.
	Dearer float64
}

// Regressed returns what got worse from a baseline to now, and nothing if nothing did. It is meant for a test:
//
//	for _, loss := range eval.Regressed(baseline, now, eval.Limits{}) {
//		t.Error(loss)
//	}
func Regressed(baseline, now Summary, l Limits) []string {
	if l.Worse == 0 {
		l.Worse = 0.05
	}
	var out []string
	if d := Differ(baseline, now); d.Only[0] > d.Only[1] && d.P < l.Worse {
		out = append(out, fmt.Sprintf("quality: %d cases passed before and do not now, %d the other way round (p = %.4f)", d.Only[0], d.Only[1], d.P))
	}
	missing := 0
	for id := range baseline.Outcomes {
		if _, ok := now.Outcomes[id]; !ok {
			missing++
		}
	}
	if missing > 0 {
		out = append(out, fmt.Sprintf("coverage: %d cases of the baseline were not judged", missing))
	}
	if now.Failed > baseline.Failed {
		out = append(out, fmt.Sprintf("errors: %d cases without an answer, %d before", now.Failed, baseline.Failed))
	}
	for _, t := range []struct {
		name        string
		before, now time.Duration
	}{
		{"median time", baseline.Took.P50, now.Took.P50}, {"95th percentile of time", baseline.Took.P95, now.Took.P95},
	} {
		if l.Slower > 0 && t.before > 0 && float64(t.now) > l.Slower*float64(t.before) {
			out = append(out, fmt.Sprintf("%s: %v, %v before", t.name, t.now, t.before))
		}
	}
	if l.Dearer > 0 && float64(now.Output) > l.Dearer*float64(baseline.Output) {
		out = append(out, fmt.Sprintf("tokens: %d of output, %d before", now.Output, baseline.Output))
	}
	return out
}

// A Decision is one request that a router decided about, as recorded, with what is known of it.
type Decision struct {
	Confidence float64 // of the device
	Right      bool    // whether the device was right, or would have been
}

// A Point is what a threshold of confidence gives.
type Point struct {
	Threshold float64 // act on the device from this confidence on
	Share     float64 // of requests that stay on the device
	Precision Rate    // of these, how many are right
}

// Cascade simulates a router on recorded decisions and returns the thresholds that make a difference, highest
// first.
func Cascade(decisions []Decision) []Point {
	sorted := slices.Clone(decisions)
	slices.SortStableFunc(sorted, func(a, b Decision) int { return cmp.Compare(b.Confidence, a.Confidence) })
	var out []Point
	right := 0
	for i, d := range sorted {
		if d.Right {
			right++
		}
		if i+1 < len(sorted) && sorted[i+1].Confidence == d.Confidence {
			continue
		}
		out = append(out, Point{d.Confidence, float64(i+1) / float64(len(sorted)), Rate{right, i + 1}})
	}
	return out
}

// Threshold returns the lowest threshold with at least that precision, and what it gives; false if there is none.
func Threshold(points []Point, precision float64) (Point, bool) {
	for _, p := range slices.Backward(points) {
		if atLeast(p.Precision, precision) {
			return p, true
		}
	}
	return Point{}, false
}
