package ondevice

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/exact"
)

// A toolset is a list of tools with the background, indexed for comparison. It is immutable.
type toolset struct {
	specs     []*assistant.ToolSpec
	trained   *trained
	tools     []*tool
	phrases   []phrase
	documents map[feature]float64 // in how many tools and background sentences the feature occurs
	total     float64             // how many tools and background sentences there are
	postings  map[feature][]posting
	owned     map[symbol]bool       // words of example phrases
	silent    []int                 // the tools without phrases
	matcher   func() *learn.Matcher // of those
	phrasing  *phrasing
	options   optionIndex
	always    *naming // the lists of names that there are in every session
	model     func() *learn.Model // nil if there is nothing to learn from
}

// A phrase is one sentence that the user's is compared with.
type phrase struct {
	*sentence
	tool   int       // index in tools, or -1 for the background
	not    bool      // the sentence does not call for the tool
	topic  topic     // of the background
	weight []float64 // of the pattern's items
	length float64   // Euclidean, of the weighted features
}

type posting struct {
	phrase int
	weight float64
}

// background is the tool of the phrases that call for none.
const background = -1

// A feature is a run of one to three words.
type feature uint64

// featuresOf calls yield for every run of at most three words.
func featuresOf(words []symbol, yield func(feature)) {
	for i := range words {
		f := feature(0)
		for k := i; k < len(words) && k < i+3; k++ {
			f = (f + feature(uint32(words[k])) + 1) * 0x9E3779B97F4A7C15
			f ^= f >> 29
			yield(f)
		}
	}
}

func featureOf(w symbol) (f feature) {
	featuresOf([]symbol{w}, func(g feature) { f = g })
	return f
}

func newToolset(specs []*assistant.ToolSpec, by *trained, shared map[string]*Names) *toolset {
	s := &toolset{
		specs:     slices.Clone(specs),
		trained:   by,
		documents: make(map[feature]float64),
		postings:  make(map[feature][]posting),
		owned:     make(map[symbol]bool),
	}
	for _, spec := range specs {
		taught := by.skill(spec.Name)
		var t *tool
		if taught != nil && taught.describes(spec) {
			t = taught.tool.as(spec)
		} else {
			t = newTool(spec, taught, shared)
		}
		for i := range t.sample {
			s.phrases = append(s.phrases, phrase{sentence: &t.sample[i], tool: len(s.tools)})
			for _, w := range t.sample[i].words {
				s.owned[w] = true
			}
		}
		for i := range t.not {
			s.phrases = append(s.phrases, phrase{sentence: &t.not[i], tool: len(s.tools), not: true})
		}
		if len(t.sample) == 0 && t.err == nil {
			s.silent = append(s.silent, len(s.tools))
		}
		s.tools = append(s.tools, t)
		s.count(append(wordsOf(t.sample), t.about)...)
	}
	for _, b := range backgroundPhrases() {
		s.count(b.sentence.words)
	}
	for _, b := range backgroundPhrases() {
		if !s.covers(b.sentence) {
			s.phrases = append(s.phrases, phrase{sentence: b.sentence, tool: background, topic: b.topic})
		}
	}
	for i := range s.phrases {
		s.index(i)
	}
	s.phrasing = newPhrasing(s.tools)
	s.options = newOptionIndex(s.tools)
	s.always = s.naming(nil, shared)
	s.model = sync.OnceValue(s.learn)
	s.matcher = sync.OnceValue(s.match)
	return s
}

// match returns what tells the tools without phrases apart.
func (s *toolset) match() *learn.Matcher {
	var tools []learn.Tool
	for _, i := range s.silent {
		tools = append(tools, learn.Tool{Name: s.specs[i].Name, About: s.tools[i].abouts()})
	}
	return learn.NewMatcher(tools)
}

// learn returns the model for the tools: that of the skills if all of them were taught, otherwise one of
// their own.
func (s *toolset) learn() *learn.Model {
	taught := true
	for _, t := range s.tools {
		taught = taught && (t.err != nil || s.trained.skill(t.spec.Name) != nil)
	}
	if taught {
		return s.trained.model
	}
	trainer := learn.NewTrainer()
	n := 0
	for _, t := range s.tools {
		if t.err != nil {
			continue
		}
		var examples []Example
		if l := s.trained.skill(t.spec.Name); l != nil {
			examples = l.examples
		}
		lesson, err := lessonOf(t, examples)
		if err != nil || trainer.Put(lesson) != nil {
			continue // two tools of one name
		}
		n += len(lesson.Samples)
	}
	if n == 0 {
		return nil
	}
	m, err := trainer.Train(context.Background())
	if err != nil {
		return nil
	}
	return m
}

// count enters the words of one tool or background sentence into the document counts.
func (s *toolset) count(views ...[]symbol) {
	seen := make(map[feature]bool)
	for _, words := range views {
		featuresOf(words, func(f feature) {
			if !seen[f] {
				seen[f] = true
				s.documents[f]++
			}
		})
	}
	s.total++
}

// covers reports whether a tool speaks of what a background phrase is about: 天气 is no longer
// background beside a tool for the weather. Question words are about nothing, and phrases without a
// slot are talk.
func (s *toolset) covers(p *sentence) bool {
	if !slices.ContainsFunc(p.items, func(it item) bool { return it.slot }) {
		return false
	}
	for _, t := range s.tools {
		var common, all float64
		for _, it := range p.items {
			if it.slot || it.class&(filler|asks) != 0 {
				continue
			}
			w := s.rarity(featureOf(it.symbol))
			all += w
			if t.says(it.symbol) {
				common += w
			}
		}
		if all > 0 && common >= 0.7*all {
			return true
		}
	}
	return false
}

// rarity is the inverse document frequency of a feature, scaled so that an unknown one has 1.
func (s *toolset) rarity(f feature) float64 {
	most := exact.Log(2 * (s.total + 1))
	return exact.Log((s.total+1)/(s.documents[f]+0.5)) / most
}

func (s *toolset) index(i int) {
	p := &s.phrases[i]
	p.weight = make([]float64, len(p.items))
	for k, it := range p.items {
		if !it.slot && it.class&filler == 0 {
			p.weight[k] = s.rarity(featureOf(it.symbol))
		}
	}
	s.weigh(p.words, func(f feature, w float64) {
		p.length += float64(w * w)
		s.postings[f] = append(s.postings[f], posting{i, w})
	})
	p.length = math.Sqrt(p.length)
}

// weigh calls yield for every distinct feature of a sentence, in order.
func (s *toolset) weigh(words []symbol, yield func(feature, float64)) {
	seen := make(map[feature]bool, 3*len(words))
	featuresOf(words, func(f feature) {
		if !seen[f] {
			seen[f] = true
			yield(f, s.rarity(f))
		}
	})
}

// similarities returns the cosine between the words and every phrase.
func (s *toolset) similarities(words []symbol) []float64 {
	out := make([]float64, len(s.phrases))
	length := 0.0
	s.weigh(words, func(f feature, w float64) {
		length += float64(w * w)
		for _, p := range s.postings[f] {
			out[p.phrase] += float64(w * p.weight)
		}
	})
	for i := range out {
		if out[i] > 0 {
			out[i] /= math.Sqrt(length) * s.phrases[i].length
		}
	}
	return out
}
