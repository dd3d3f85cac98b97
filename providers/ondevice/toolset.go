package ondevice

import (
	"math"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A toolset is a list of tools with the background, indexed for comparison. It is immutable.
type toolset struct {
	specs     []*assistant.ToolSpec
	tools     []*tool
	phrases   []phrase
	documents map[feature]float64 // in how many tools and background sentences the feature occurs
	total     float64             // how many tools and background sentences there are
	postings  map[feature][]posting
	owned     map[symbol]bool // words of example phrases
}

// A phrase is one sentence that the user's is compared with.
type phrase struct {
	*pattern
	tool   int       // index in tools, or -1 for the background
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

func newToolset(specs []*assistant.ToolSpec) *toolset {
	s := &toolset{
		specs:     slices.Clone(specs),
		documents: make(map[feature]float64),
		postings:  make(map[feature][]posting),
		owned:     make(map[symbol]bool),
	}
	for _, spec := range specs {
		t := newTool(spec)
		for i := range t.sample {
			s.phrases = append(s.phrases, phrase{pattern: &t.sample[i], tool: len(s.tools)})
			for _, w := range t.sample[i].words {
				s.owned[w] = true
			}
		}
		s.tools = append(s.tools, t)
		s.count(append(wordsOf(t.sample), t.about)...)
	}
	for _, b := range backgroundPhrases() {
		s.count(b.pattern.words)
	}
	for _, b := range backgroundPhrases() {
		if !s.covers(b.pattern) {
			s.phrases = append(s.phrases, phrase{pattern: b.pattern, tool: background, topic: b.topic})
		}
	}
	for i := range s.phrases {
		s.index(i)
	}
	return s
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
func (s *toolset) covers(p *pattern) bool {
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
	most := math.Log(2 * (s.total + 1))
	return math.Log((s.total+1)/(s.documents[f]+0.5)) / most
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
		p.length += w * w
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
		length += w * w
		for _, p := range s.postings[f] {
			out[p.phrase] += w * p.weight
		}
	})
	for i := range out {
		if out[i] > 0 {
			out[i] /= math.Sqrt(length) * s.phrases[i].length
		}
	}
	return out
}
