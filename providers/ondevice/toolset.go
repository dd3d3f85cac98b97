package ondevice

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
)

// A toolset is a list of tools with the background, indexed for comparison. It is immutable.
type toolset struct {
	specs    []*assistant.ToolSpec
	trained  *trained
	tools    []*tool
	byName   map[string]int // the first tool of a name that can be used
	phrases  []phrase
	glossary *glossary
	counts   []int32               // of the items of all phrases, in the order of these
	words    concordance           // which tools speak of which words
	silent   []int                 // the tools without phrases
	matcher  func() *learn.Matcher // of those
	phrasing *phrasing
	options  optionIndex
	always   *naming             // the lists of names that there are in every session
	model    func() *learn.Model // nil if there is nothing to learn from
}

// A phrase is one sentence that the user's is compared with.
type phrase struct {
	*sentence
	tool   int     // index in tools, or -1 for the background
	not    bool    // the sentence does not call for the tool
	topic  topic   // of the background
	counts uint32  // where those of the items begin
	length float64 // Euclidean, of the weighted features
}

// background is the tool of the phrases that call for none.
const background = -1

func newToolset(specs []*assistant.ToolSpec, by *trained, shared map[string]*Names) *toolset {
	s := &toolset{
		specs:   slices.Clone(specs),
		trained: by,
		byName:  make(map[string]int, len(specs)),
	}
	var words counting
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
		}
		for i := range t.not {
			s.phrases = append(s.phrases, phrase{sentence: &t.not[i], tool: len(s.tools), not: true})
			words.mention(t.not[i].words)
		}
		if len(t.sample) == 0 && t.err == nil {
			s.silent = append(s.silent, len(s.tools))
		}
		if _, ok := s.byName[spec.Name]; !ok && t.err == nil {
			s.byName[spec.Name] = len(s.tools)
		}
		s.tools = append(s.tools, t)
		words.add(append(wordsOf(t.sample), t.about)...)
	}
	for _, b := range backgroundPhrases() {
		words.add(b.sentence.words)
	}
	s.glossary = newGlossary(&words)
	for _, b := range backgroundPhrases() {
		if !s.covers(b.sentence) {
			s.phrases = append(s.phrases, phrase{sentence: b.sentence, tool: background, topic: b.topic})
		}
	}
	s.phrases = slices.Clip(slices.Clone(s.phrases))
	s.weigh()
	s.glossary.index(s.phrases)
	s.words = newConcordance(s.tools)
	s.phrasing = by.phrasingFor(s.tools)
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
func (s *toolset) rarity(f feature) float64 { return s.glossary.rarity(f) }

// weigh works out the weights of the phrases' items.
func (s *toolset) weigh() {
	n := 0
	for i := range s.phrases {
		n += len(s.phrases[i].items)
	}
	s.counts = make([]int32, 0, n)
	for i := range s.phrases {
		p := &s.phrases[i]
		p.counts = uint32(len(s.counts))
		for _, it := range p.items {
			count := int32(unweighted)
			if !it.slot && it.class&filler == 0 {
				count = int32(s.glossary.count(featureOf(it.symbol)))
			}
			s.counts = append(s.counts, count)
		}
		p.length = s.glossary.length(p.words)
	}
}

// unweighted is in the place of the count of a slot or filler.
const unweighted = -1

// appendWeights appends the weights of a phrase's items.
func (s *toolset) appendWeights(dst []float64, p *phrase) []float64 {
	for _, count := range s.counts[p.counts:][:len(p.items)] {
		w := 0.0
		if count != unweighted {
			w = s.glossary.rarities[count]
		}
		dst = append(dst, w)
	}
	return dst
}

// similarities sets out to the cosine between the words and every phrase, and returns it.
func (s *toolset) similarities(out []float64, words []symbol) []float64 {
	clear(out)
	length := 0.0
	for _, f := range distinct(words) {
		w := s.rarity(f)
		square := float64(w * w)
		length += square
		for _, p := range s.glossary.having(f) {
			out[p] += square
		}
	}
	length = math.Sqrt(length)
	for i := range out {
		if out[i] > 0 {
			out[i] /= length * s.phrases[i].length
		}
	}
	return out
}
