package learn

import (
	"context"
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/calibrate"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
)

// wordWeights bounds what is kept of what chooses the tool, if there are so many samples.
func wordWeights(samples int) int { return 140_000 + 15*max(0, samples-1000) }

// toolOptions are how the tool is learned if there are so many samples.
func toolOptions(samples int) linear.Options {
	opt := linear.Options{Epochs: 12, Rate: 0.1}
	if samples > 4000 {
		opt.Epochs = 8
	}
	return opt
}

// A held is a sample that was held back, and what was made of it.
type held struct {
	p      *prepared
	class  int // -1 if its tool was held back as well
	scores []float64
	known  float64
}

// learnTools trains what chooses the tool.
func (m *Model) learnTools(ctx context.Context, lessons []*lesson, n int) error {
	var back []held
	ways, folds := parts(n, given(lessons))
	for f := range folds {
		some, err := holdBack(ctx, lessons, n, f, ways)
		if err != nil {
			return err
		}
		back = append(back, some...)
	}
	var rows []linear.Row
	for c, l := range lessons {
		for i := range l.samples {
			rows = appendRow(rows, &l.samples[i], c)
		}
		for i := range l.copies[:min(len(l.copies), 4*len(l.source))] {
			rows = appendRow(rows, &l.copies[i], c)
		}
	}
	w, err := linear.Train(ctx, rows, len(lessons), toolOptions(n))
	if err != nil {
		return err
	}
	m.words = linear.NewTable(len(lessons), w.Cells(), wordWeights(n))
	m.calibrate(back, n)
	return m.learnFacts(ctx, back)
}

func appendRow(rows []linear.Row, p *prepared, class int) []linear.Row {
	if len(p.features) == 0 {
		return rows
	}
	return append(rows, linear.Row{Features: p.features, Class: class, Weight: p.weight})
}

// parts returns into how many parts so many samples are cut, and how many of these are held back in turn. What is
// learned from few samples suffers from each that is missing, so that the parts must be small. What is held back
// of few samples matters little, unless what the given facts mean has to be learned from it.
func parts(samples int, given bool) (ways, held int) {
	switch {
	case samples <= 100:
		ways, held = 6, 2
	case samples <= 500:
		ways, held = 10, 5
	case samples <= 4000:
		ways, held = 5, 3
	default:
		return 5, 1
	}
	if given {
		held = ways
	}
	return ways, held
}

// given reports whether anything is given with a sample.
func given(lessons []*lesson) bool {
	for _, l := range lessons {
		for i := range l.samples {
			if len(l.samples[i].given) > 0 {
				return true
			}
		}
	}
	return false
}

// fewSamples is below which number of samples a part of the background does.
const fewSamples = 400

// holdBack learns without one part of the samples, and without one part of the tools, and says what it makes of
// what it was not shown.
func holdBack(ctx context.Context, lessons []*lesson, n, fold, ways int) ([]held, error) {
	out := make([]bool, len(lessons)) // tools that are held back
	if len(lessons) > ways {
		for c := range lessons {
			out[c] = c%ways == fold && lessons[c].name != Background
		}
	}
	var rows []linear.Row
	for c, l := range lessons {
		if out[c] {
			continue
		}
		for i := range l.samples {
			spare := l.name == Background && n < fewSamples && i%3 != fold%3
			if (l.samples[i].group+c)%ways != fold && !spare {
				rows = appendRow(rows, &l.samples[i], c)
			}
		}
		for i := range l.copies[:min(len(l.copies), 2*len(l.source))] {
			if (l.copies[i].group+c)%ways != fold {
				rows = appendRow(rows, &l.copies[i], c)
			}
		}
	}
	if len(rows) == 0 {
		return nil, nil
	}
	w, err := linear.Train(ctx, rows, len(lessons), toolOptions(n))
	if err != nil {
		return nil, err
	}
	var back []held
	for c, l := range lessons {
		for i := range l.samples {
			if (l.samples[i].group+c)%ways != fold {
				continue
			}
			h := held{p: &l.samples[i], class: c, scores: make([]float64, len(lessons))}
			h.known = w.Score(h.p.features, h.scores)
			if out[c] {
				h.class = -1
			}
			low := slices.Min(h.scores)
			for k := range out { // a tool that was not shown is no answer
				if out[k] {
					h.scores[k] = low
				}
			}
			back = append(back, h)
		}
	}
	return back, nil
}

// strangers is how many sentences that are for no tool there are for one that is.
const strangers = 0.1

// calibrate fits the temperature and how sure guesses are.
func (m *Model) calibrate(back []held, n int) {
	var scores [][]float64
	var right []int
	for _, h := range back {
		if h.class >= 0 {
			scores, right = append(scores, h.scores), append(right, h.class)
		}
	}
	m.temperature = calibrate.Temperature(scores, right)
	background := -1
	if m.names[0] == Background {
		background = 0
	}
	usual, strange := 0, 0
	var inputs [][]float64
	var good []bool
	var weight []float64
	for _, h := range back {
		p := make([]float64, len(h.scores))
		best := 0
		for c, s := range h.scores {
			p[c] = s / m.temperature
			if s > h.scores[best] {
				best = c
			}
		}
		exact.Softmax(p)
		if best == background {
			continue
		}
		x := make([]float64, signals)
		measure(x, p, best, background, h.known, energy(h.scores))
		inputs, good = append(inputs, x), append(good, best == h.class)
		switch {
		case h.class < 0, h.class == background:
			strange++
			weight = append(weight, -1)
		default:
			usual++
			weight = append(weight, 1)
		}
	}
	for i, w := range weight { // what users say is mostly for some tool
		if w < 0 {
			weight[i] = min(1, float64(strangers*float64(usual))/float64(strange))
		}
	}
	m.sure = prior.Fit(inputs, good, weight, trust(n))
	for i, x := range inputs {
		p := math.Floor(m.sure.Probability(x)*fine) / fine // as it is saved
		m.outcomes = append(m.outcomes, calibrate.Outcome{Probability: p, Right: good[i]})
	}
}

// fine is how many probabilities are told apart in what is kept of the samples that were held back.
const fine = 1 << 16

// maxFactWeights bounds what is kept of what the given facts mean.
const maxFactWeights = 50_000

// learnFacts trains what the given facts mean for what was said.
func (m *Model) learnFacts(ctx context.Context, back []held) error {
	var rows []linear.Row
	for _, h := range back {
		if h.class < 0 || len(h.p.given) == 0 {
			continue
		}
		offset := make([]float64, len(h.scores))
		text := make([]float64, len(h.scores))
		for c, s := range h.scores {
			offset[c] = s / m.temperature
		}
		copy(text, offset)
		exact.Softmax(text)
		fs := linear.Merge(cross(nil, m.keys, text, h.p.given))
		rows = append(rows, linear.Row{Features: fs, Class: h.class, Weight: 1, Offset: offset})
	}
	if len(rows) == 0 {
		return nil
	}
	w, err := linear.Train(ctx, rows, len(m.names), linear.Options{Epochs: 20, Rate: 0.1})
	if err != nil {
		return err
	}
	m.crossed = linear.NewTable(len(m.names), w.Cells(), maxFactWeights)
	return nil
}
