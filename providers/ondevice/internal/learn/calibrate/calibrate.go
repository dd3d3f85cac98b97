// Package calibrate turns scores into probabilities that are shares of cases, and measures how well
// they are.
package calibrate

import (
	"cmp"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

// An Outcome is what was predicted of one case and how it came out.
type Outcome struct {
	Probability float64
	Right       bool
}

// Error returns the expected calibration error: how far, on average, the probabilities of the cases in
// one of so many bins are from the share of them that came out right.
func Error(cases []Outcome, bins int) float64 {
	type bin struct {
		n, right int
		sum      float64
	}
	all := make([]bin, bins)
	for _, c := range cases {
		b := &all[max(0, min(bins-1, int(c.Probability*float64(bins))))]
		b.n++
		b.sum += c.Probability
		if c.Right {
			b.right++
		}
	}
	e := 0.0
	for _, b := range all {
		e += math.Abs(b.sum - float64(b.right))
	}
	return e / float64(max(1, len(cases)))
}

// Ranking returns the probability that a case that came out right has a higher one than a case that did
// not (AUROC); it is 0.5 if all are alike or of one sort.
func Ranking(cases []Outcome) float64 {
	cases = slices.Clone(cases)
	slices.SortFunc(cases, func(a, b Outcome) int { return cmp.Compare(a.Probability, b.Probability) })
	var right, wrong, won float64
	for i := 0; i < len(cases); {
		var r, w float64
		j := i
		for ; j < len(cases) && cases[j].Probability == cases[i].Probability; j++ {
			if cases[j].Right {
				r++
			} else {
				w++
			}
		}
		half := w / 2
		won += float64(r * float64(wrong+half))
		right, wrong = right+r, wrong+w
		i = j
	}
	if right == 0 || wrong == 0 {
		return 0.5
	}
	return won / (right * wrong)
}

// Covered returns the share of right cases among the likeliest ones, as many as coverage says.
func Covered(cases []Outcome, coverage float64) float64 {
	cases = slices.Clone(cases)
	slices.SortStableFunc(cases, func(a, b Outcome) int { return cmp.Compare(b.Probability, a.Probability) })
	cases = cases[:int(math.Round(coverage*float64(len(cases))))]
	right := 0
	for _, c := range cases {
		if c.Right {
			right++
		}
	}
	return float64(right) / float64(max(1, len(cases)))
}

// Threshold returns the lowest probability such that, of the cases at least as likely, the share precision
// came out right. It is 1.01 if there is none.
func Threshold(cases []Outcome, precision float64) float64 {
	cases = slices.Clone(cases)
	slices.SortStableFunc(cases, func(a, b Outcome) int { return cmp.Compare(b.Probability, a.Probability) })
	best := 1.01
	right := 0
	for i, c := range cases {
		if c.Right {
			right++
		}
		last := i == len(cases)-1 || cases[i+1].Probability != c.Probability
		if last && float64(right) >= float64(precision*float64(i+1)) {
			best = c.Probability
		}
	}
	return best
}

// Temperature returns what scores must be divided by so that their softmax is likeliest to give the right
// classes. Among equals it prefers 1.
func Temperature(scores [][]float64, right []int) float64 {
	best, least := 1.0, loss(scores, right, 1)
	for k := -16; k <= 16; k++ {
		t := exact.Exp(float64(k) / 8)
		if l := loss(scores, right, t); l < least-1e-9 {
			best, least = t, l
		}
	}
	return best
}

func loss(scores [][]float64, right []int, t float64) float64 {
	sum := float64(float64(exact.Log(t)*exact.Log(t)) * 2) // as if some cases spoke for 1
	var p []float64
	for i, s := range scores {
		p = p[:0]
		for _, x := range s {
			p = append(p, x/t)
		}
		exact.Softmax(p)
		sum -= exact.Log(max(1e-9, p[right[i]]))
	}
	return sum
}

// A Regression gives the probability that something is right from what is known about it.
type Regression struct {
	Bias    float64
	Weights []float64
}

// Probability returns the probability for these inputs.
func (r *Regression) Probability(x []float64) float64 {
	sum := r.Bias
	for i, w := range r.Weights {
		sum += float64(w * x[i])
	}
	return exact.Sigmoid(sum)
}

// Fit returns the regression that fits the cases best and stays near the one it is called on, the nearer
// the larger trust is. Weights that are not negative there stay so.
func (r *Regression) Fit(inputs [][]float64, right []bool, weight []float64, trust float64) Regression {
	out := Regression{r.Bias, slices.Clone(r.Weights)}
	n := len(r.Weights)
	grad := make([]float64, n+1)
	curve := make([]float64, n+1)
	// A diagonal Newton method, damped: each input is scaled by its own curvature.
	for range 200 {
		clear(grad)
		clear(curve)
		for i := range r.Weights {
			grad[i] = float64(trust * (out.Weights[i] - r.Weights[i]))
			curve[i] = trust
		}
		grad[n] = float64(trust * (out.Bias - r.Bias))
		curve[n] = trust
		for k, x := range inputs {
			p := out.Probability(x)
			g, h := p, float64(p*(1-p))
			if right[k] {
				g--
			}
			g, h = float64(g*weight[k]), float64(h*weight[k])
			for i := range out.Weights {
				grad[i] += float64(g * x[i])
				curve[i] += float64(float64(h*x[i]) * x[i])
			}
			grad[n] += g
			curve[n] += h
		}
		for i := range out.Weights {
			out.Weights[i] -= 0.3 * grad[i] / (curve[i] + 1e-9)
			if r.Weights[i] >= 0 {
				out.Weights[i] = max(0, out.Weights[i])
			}
		}
		out.Bias -= 0.3 * grad[n] / (curve[n] + 1e-9)
	}
	return out
}
