package report

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/significance"
)

// Config is what a report says and how sure it is. The zero value is usable.
type Config struct {
	// Title of the report. If empty, 推荐评测.
	Title string
	// Notes are paragraphs under the title: the data, the split, the version.
	Notes []string
	// Cutoff is the length of list that is plotted and compared. If zero, the largest of the first
	// result.
	Cutoff int
	// Significance is how intervals and tests are drawn. If Samples is zero, 1,000.
	Significance significance.Config
}

// Report is the figures of all results. Make one with [New].
type Report struct {
	Title       string       `json:"title"`
	Notes       []string     `json:"notes,omitempty"`
	Cutoff      int          `json:"cutoff"`
	Results     []Result     `json:"results"`
	Comparisons []Comparison `json:"comparisons,omitempty"`
	// Taken is the share of all that was taken in training by the most popular items, as Result.Tail.
	Taken []float64 `json:"taken"`
}

// Result is the figures of one recommender.
type Result struct {
	Name         string   `json:"name"`
	Users        int      `json:"users"`
	Items        int      `json:"items"`
	Dropped      int      `json:"dropped"`
	Unanswerable int      `json:"unanswerable"`
	Figures      []Figure `json:"figures"`
	// Activity is recall at the cutoff by how much users took in training.
	Activity []Group `json:"activity"`
	// Tail is the share of suggestions that the most popular 0, 1, … 100 hundredths of items get.
	Tail    []float64 `json:"tail"`
	Latency Latency   `json:"latency"`
}

// Figure is a metric at a cutoff. Undefined ones are left out of a report.
type Figure struct {
	Metric eval.Metric `json:"metric"`
	K      int         `json:"k"`
	// Interval has Low and High equal to Mean for metrics that only all lists together have.
	significance.Interval
	Users int `json:"users"` // who have a value
}

// Group is the users who took From to To items in training.
type Group struct {
	From   int                   `json:"from"`
	To     int                   `json:"to"`
	Users  int                   `json:"users"`
	Recall significance.Interval `json:"recall"`
}

// Latency is in milliseconds.
type Latency struct {
	Mean    float64 `json:"mean_ms"`
	P50     float64 `json:"p50_ms"`
	P99     float64 `json:"p99_ms"`
	Max     float64 `json:"max_ms"`
	Workers int     `json:"workers"`
}

// Comparison is a result against the first one.
type Comparison struct {
	Name   string      `json:"name"`
	Metric eval.Metric `json:"metric"`
	K      int         `json:"k"`
	significance.Comparison
}

// groups is how many groups of users there are, if their activity differs enough.
const groups = 5

// New computes a report. It returns an error if there are no results, two have the same name or one
// has none, a result was not measured at the cutoff, or ctx ends.
func New(ctx context.Context, config Config, results ...*eval.Result) (*Report, error) {
	if len(results) == 0 {
		return nil, errors.New("report: no results")
	}
	first := results[0]
	config.Significance.Samples = cmp.Or(config.Significance.Samples, 1000)
	r := &Report{Title: cmp.Or(config.Title, "推荐评测"), Notes: config.Notes, Cutoff: cmp.Or(config.Cutoff, slices.Max(first.Cutoffs))}
	r.Taken = tail(first, first.ItemTaken)
	edges := activityEdges(first.Taken)
	names := map[string]bool{}
	for i, result := range results {
		if result.Name == "" || names[result.Name] {
			return nil, fmt.Errorf("report: result %d has the name %q: give every one a name of its own in eval.Config", i, result.Name)
		}
		if !slices.Contains(result.Cutoffs, r.Cutoff) {
			return nil, fmt.Errorf("report: %s was not measured at %d: its cutoffs are %v", result.Name, r.Cutoff, result.Cutoffs)
		}
		names[result.Name] = true
		summary, err := summarise(ctx, result, r.Cutoff, edges, config.Significance)
		if err != nil {
			return nil, err
		}
		r.Results = append(r.Results, summary)
	}
	for _, result := range results[1:] {
		for _, metric := range eval.PerUser() {
			if math.IsNaN(first.Mean(metric, r.Cutoff)) || math.IsNaN(result.Mean(metric, r.Cutoff)) {
				continue
			}
			c, err := eval.Compare(ctx, result, first, metric, r.Cutoff, config.Significance)
			if err != nil {
				return nil, fmt.Errorf("report: %s against %s: %w", result.Name, first.Name, err)
			}
			r.Comparisons = append(r.Comparisons, Comparison{result.Name, metric, r.Cutoff, c})
		}
	}
	return r, nil
}

func summarise(ctx context.Context, result *eval.Result, cutoff int, edges []int32, config significance.Config) (Result, error) {
	out := Result{Name: result.Name, Users: len(result.Users), Items: len(result.Items),
		Dropped: result.Dropped, Unanswerable: result.Unanswerable,
		Tail: tail(result, result.ItemListed),
		Latency: Latency{float64(result.Latency.Mean) / 1e6, float64(result.Latency.P50) / 1e6,
			float64(result.Latency.P99) / 1e6, float64(result.Latency.Max) / 1e6, result.Workers}}
	for _, k := range result.Cutoffs {
		for _, metric := range eval.PerUser() {
			values := slices.DeleteFunc(result.Values(metric, k), math.IsNaN)
			if len(values) == 0 {
				continue
			}
			interval, err := significance.Mean(ctx, values, config)
			if err != nil {
				return out, fmt.Errorf("report: %s: %s@%d: %w", result.Name, metric, k, err)
			}
			out.Figures = append(out.Figures, Figure{metric, k, interval, len(values)})
		}
		for _, metric := range eval.Overall() {
			if v := result.Mean(metric, k); !math.IsNaN(v) {
				out.Figures = append(out.Figures, Figure{metric, k, significance.Interval{Mean: v, Low: v, High: v}, len(result.Users)})
			}
		}
	}
	recall := result.Values(eval.Recall, cutoff)
	for g, from := range edges[:len(edges)-1] {
		var values []float64
		for i, v := range recall {
			if taken := result.Taken[i]; taken >= from && taken < edges[g+1] {
				values = append(values, v)
			}
		}
		group := Group{From: int(from), To: int(edges[g+1]) - 1, Users: len(values)}
		if len(values) > 0 {
			interval, err := significance.Mean(ctx, values, config)
			if err != nil {
				return out, fmt.Errorf("report: %s: recall by activity: %w", result.Name, err)
			}
			group.Recall = interval
		}
		out.Activity = append(out.Activity, group)
	}
	return out, nil
}

// activityEdges parts users into groups of about the same size; group g is from edge g to below edge
// g+1.
func activityEdges(taken []int32) []int32 {
	sorted := slices.Sorted(slices.Values(taken))
	var edges []int32
	for g := range groups {
		edges = append(edges, sorted[g*len(sorted)/groups])
	}
	return slices.Compact(append(edges, sorted[len(sorted)-1]+1))
}

// tail returns the share of counts that the most popular 0, 1, … 100 hundredths of items have.
func tail(result *eval.Result, counts []int32) []float64 {
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(result.ItemTaken[b], result.ItemTaken[a]) })
	shares, sum, total := make([]float64, 101), 0.0, 0.0
	for _, n := range counts {
		total += float64(n)
	}
	if total == 0 {
		return shares
	}
	done := 0
	for percent := range shares {
		for ; done < percent*len(order)/100; done++ {
			sum += float64(counts[order[done]])
		}
		shares[percent] = sum / total
	}
	return shares
}

// figure returns a figure of the result.
func (r *Result) figure(m eval.Metric, k int) (Figure, bool) {
	i := slices.IndexFunc(r.Figures, func(f Figure) bool { return f.Metric == m && f.K == k })
	if i < 0 {
		return Figure{}, false
	}
	return r.Figures[i], true
}

// JSON writes the report as indented JSON.
func (r *Report) JSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		return fmt.Errorf("report: json: %w", err)
	}
	return nil
}

// cutoffs returns all cutoffs of the results, ascending.
func (r *Report) cutoffs() []int {
	var all []int
	for i := range r.Results {
		for _, f := range r.Results[i].Figures {
			all = append(all, f.K)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(all)))
}

// metrics returns all metrics in the order of reports.
func metrics() []eval.Metric { return append(eval.PerUser(), eval.Overall()...) }
