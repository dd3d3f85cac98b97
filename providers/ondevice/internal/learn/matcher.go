package learn

import (
	"math"
	"sync"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/linear"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/view"
)

// A Matcher chooses between tools by what describes them, without any samples. It never changes and is safe for
// concurrent use.
type Matcher struct {
	tools   []described
	weights map[uint32]float32 // how telling a feature is: the fewer tools have it, the more
	views   sync.Pool
}

// A described tool is one that is known by its words only.
type described struct {
	has   map[uint32]float32 // what its texts speak of, and how prominently
	whole float64            // the sum over the first text
}

// lesser is what the texts of a tool after the first one count.
const lesser = 0.6

// NewMatcher returns a matcher for tools, of which only About is looked at. The first text of a tool should say
// what it does.
func NewMatcher(tools []Tool) *Matcher {
	m := &Matcher{weights: make(map[uint32]float32)}
	var v view.Sentence
	for _, t := range tools {
		d := described{has: make(map[uint32]float32)}
		for i, text := range t.About {
			share := float32(1)
			if i > 0 {
				share = lesser
			}
			v.Read([]rune(text))
			v.Tokenize()
			for _, f := range linear.Merge(v.Topics(nil)) {
				d.has[f.Key] = max(d.has[f.Key], share)
			}
		}
		for k := range d.has {
			m.weights[k]++
		}
		m.tools = append(m.tools, d)
	}
	for k, n := range m.weights {
		m.weights[k] = float32(1 / math.Sqrt(float64(n)))
	}
	for i, t := range tools {
		if len(t.About) == 0 {
			continue
		}
		v.Read([]rune(t.About[0]))
		v.Tokenize()
		for _, f := range linear.Merge(v.Topics(nil)) {
			m.tools[i].whole += float64(f.Value * m.weights[f.Key])
		}
	}
	return m
}

// Scores returns for each tool, in the order that they were given in, how much the sentence and what describes the
// tool speak of the same, from 0 to 1.
func (m *Matcher) Scores(runes []rune) []float64 {
	v, _ := m.views.Get().(*view.Sentence)
	if v == nil {
		v = &view.Sentence{}
	}
	defer m.views.Put(v)
	v.Read(runes[:min(len(runes), maxRunes)])
	v.Tokenize()
	said := linear.Merge(v.Topics(nil))
	all := 0.0
	for i := range said {
		said[i].Value = min(said[i].Value, 1) // saying it twice says no more
		w, ok := m.weights[said[i].Key]
		if !ok {
			w = 1
		}
		all += float64(said[i].Value * w)
	}
	out := make([]float64, len(m.tools))
	for i := range m.tools {
		t := &m.tools[i]
		shared := 0.0
		for _, f := range said {
			if share, ok := t.has[f.Key]; ok {
				shared += float64(float32(f.Value*share) * m.weights[f.Key])
			}
		}
		if shared > 0 && t.whole > 0 {
			out[i] = min(1, math.Sqrt(float64(shared/all)*min(1, shared/t.whole)))
		}
	}
	return out
}
