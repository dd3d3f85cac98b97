package learn

import (
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/calibrate"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

// Evidence is what the caller found out about the arguments of a guess.
type Evidence struct {
	Missing   int     // required arguments that nothing was found for
	Invalid   int     // arguments whose value the schema forbids
	Uncovered int     // runes that no argument took and that no phrase of the tool holds
	Distance  float64 // of names that were only found by sound: 0 is exact, 1 is nothing alike
}

// signals is how many things are looked at to tell how sure a guess is.
const signals = 5

// prior is how sure guesses are as a rule. It was fitted to what models of 5 to 250 samples made of sentences they were
// not shown. What is held back in training corrects it once there is much of that: it is made of fewer samples
// than the model, which makes it look worse than it is as long as each sample counts.
var prior = calibrate.Regression{Bias: -0.1, Weights: []float64{0.45, 0.05, 0, 0.5, 0.2}}

// trust returns how firmly the prior is held to if there are so many samples.
func trust(samples int) float64 { return max(10, min(1000, 300_000/float64(samples))) }

// What each piece of evidence against the arguments adds to the log odds of being right.
const (
	perMissing   = -0.5
	perInvalid   = -2.5
	perUncovered = -0.15
	perDistance  = -3.0
)

// Confidence returns the probability that the tool is right and so are its arguments. That of the background is the
// probability of the guess.
func (r *Reading) Confidence(tool string, e Evidence) float64 {
	i, ok := slices.BinarySearch(r.model.names, tool)
	if !ok {
		return 0
	}
	if tool == Background {
		return r.scores[i]
	}
	measure(r.signals[:], r.scores, i, r.background(), r.known, r.energy)
	p := r.model.sure.Probability(r.signals[:])
	doubt := float64(perMissing*float64(e.Missing)) + float64(perInvalid*float64(e.Invalid))
	doubt += float64(perUncovered*float64(min(20, e.Uncovered))) + float64(perDistance*max(0, min(1, e.Distance)))
	return exact.Sigmoid(logit(p) + doubt)
}

// background returns the class of the background, or -1.
func (r *Reading) background() int {
	if r.model.names[0] == Background {
		return 0
	}
	return -1
}

// measure sets x to the signals of class c.
func measure(x, probabilities []float64, c, background int, known, energy float64) {
	other := 0.0
	for k, p := range probabilities {
		if k != c {
			other = max(other, p)
		}
	}
	x[0] = logit(probabilities[c])
	x[1] = max(-6, min(6, exact.Log(max(1e-6, probabilities[c]))-exact.Log(max(1e-6, other))))
	x[2] = 6
	if background >= 0 && c != background {
		x[2] = -logit(probabilities[background])
	}
	x[3] = known
	x[4] = max(-5, min(5, energy))
}

// logit returns the log odds, at most 6 either way.
func logit(p float64) float64 {
	return max(-6, min(6, exact.Log(max(1e-9, p))-exact.Log(max(1e-9, 1-p))))
}

// energy returns how far the best of the scores is above their mean.
func energy(scores []float64) float64 {
	sum := 0.0
	for _, s := range scores {
		sum += s
	}
	return slices.Max(scores) - sum/float64(len(scores))
}
