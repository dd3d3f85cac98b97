package learn

import (
	"cmp"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/calibrate"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/crf"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/view"
)

// A Model knows the tools that it was trained for. It never changes.
type Model struct {
	names []string // of the tools, ascending; the background, if there is one, is the first
	keys  []view.Key

	words       *linear.Table // by tool
	temperature float64
	crossed     *linear.Table // by tool; nil if nothing was given in training

	slots  *crf.Model // nil if no slot was marked in training
	labels []string   // names of the slots, ascending

	sure     calibrate.Regression
	outcomes []calibrate.Outcome // of what was held back, as the regression sees it

	readings sync.Pool
}

// Tools returns the names of the tools it knows, in order.
func (m *Model) Tools() []string { return slices.Clone(m.names) }

// Threshold returns the lowest confidence above which, by what was held back in training, at least the
// share precision of acts is right. It is more than 1 if nothing is sure enough.
func (m *Model) Threshold(precision float64) float64 {
	return calibrate.Threshold(m.outcomes, precision)
}

// A Reading is what a model sees in one sentence. It is for one goroutine.
type Reading struct {
	model    *Model
	view     view.Sentence
	features []linear.Feature
	facts    []fact
	crossed  []linear.Feature
	sums     []int64
	text     []float64 // probability by the words alone, by tool
	scores   []float64 // with what is given
	known    float64   // part of the features that is known
	energy   float64   // how much speaks for any tool at all
	guesses  []Guess
	signals  [signals]float64
	tagger   tagger
}

// A Guess is a tool that the sentence may call for.
type Guess struct {
	Tool        string
	Probability float64 // of all tools and the background together they sum to 1
}

// Read looks at a sentence. Close gives back what the result holds.
func (m *Model) Read(t Text) *Reading {
	r, _ := m.readings.Get().(*Reading)
	if r == nil {
		r = &Reading{}
	}
	r.model = m
	r.tagger.ready = false
	if len(t.Runes) > maxRunes {
		t.Runes = t.Runes[:maxRunes]
	}
	read(&r.view, &t)
	r.facts = facts(r.facts[:0], t.Given)
	r.features = r.view.Features(r.features[:0]) // the same key twice does no harm here
	r.classify()
	return r
}

// Close gives the reading back to the model. It must not be used afterwards.
func (r *Reading) Close() {
	m := r.model
	r.model = nil
	m.readings.Put(r)
}

func (r *Reading) classify() {
	m := r.model
	n := len(m.names)
	r.sums, r.text, r.scores = room(r.sums, n), room(r.text, n), room(r.scores, n)
	clear(r.sums)
	var known, all float64
	for _, f := range r.features {
		v := int64(float32(f.Value * linear.One))
		square := float64(v * v)
		all += square
		if m.words.Add(f.Key, v, r.sums) {
			known += square
		}
	}
	r.known = known / max(1, all)
	for c, s := range r.sums {
		r.text[c] = m.words.Sum(s)
	}
	r.energy = energy(r.text)
	for c := range r.text {
		r.text[c] /= m.temperature
	}
	copy(r.scores, r.text)
	exact.Softmax(r.text)
	if m.crossed != nil && len(r.facts) > 0 {
		r.crossed = cross(r.crossed[:0], m.keys, r.text, r.facts)
		clear(r.sums)
		for _, f := range r.crossed {
			m.crossed.Add(f.Key, int64(float32(f.Value*linear.One)), r.sums)
		}
		for c, s := range r.sums {
			r.scores[c] += m.crossed.Sum(s)
		}
	}
	exact.Softmax(r.scores)
	r.guesses = r.guesses[:0]
	for c, p := range r.scores {
		r.guesses = append(r.guesses, Guess{m.names[c], p})
	}
	slices.SortStableFunc(r.guesses, func(a, b Guess) int { return cmp.Compare(b.Probability, a.Probability) })
}

// Guesses returns the tools, the likeliest first, the background among them. The slice is valid
// until Close.
func (r *Reading) Guesses() []Guess { return r.guesses }

func room[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	return x[:n]
}
