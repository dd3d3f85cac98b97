package ondevice

import (
	"cmp"
	"slices"
)

// What lowers a score: a sentence that undoes, alters or forbids is not the command that it
// resembles, and a question seldom is one.
const (
	oppositePenalty = 0.4
	questionPenalty = 0.7
	querySlot       = 0.65 // free text that is a question
	foreignProse    = 0.4  // of a word's weight, where free text takes it
	foreignExtra    = 2    // times a word's weight, where nothing takes it
	misreadPenalty  = 0.5  // free text that the schema forbids: the phrase meant something else
	outdonePenalty  = 0.5  // the background fits as well
	closePenalty    = 0.8  // the background fits nearly as well as a description
	closeLead       = 0.2  // what counts as nearly
	weakest         = 0.3  // scores below are no candidates
	descriptionOnly = 0.9  // weight of a description
	besidePhrases   = 0.65 // weight of a description if there are phrases, which say it better
	leastWords      = 0.6  // part of a phrase's words, by weight, that a sentence must share
	leastCovered    = 0.8  // weight of the words that a description must share with a sentence
)

// A matching is how a sentence fits the tools and the background.
type matching struct {
	fits       []fit // best first
	topic      topic
	background float64
	pattern    *pattern // of the background
}

// A fit is how a sentence fits one tool.
type fit struct {
	tool       int
	phrase     *phrase // the example, nil if the description alone spoke
	alignment  alignment
	spans      []span // of the sentence, for this tool
	score      float64
	confidence float64
}

// match compares a sentence with every phrase.
func (r *reading) match(t *text) matching {
	s := r.set
	values := findSpans(t, r.now)
	weight := s.weights(t)
	names := make([][]span, len(s.tools))
	all := slices.Clone(values)
	for i, tool := range s.tools {
		names[i] = outside(values, findNames(t, tool.args, r.engine.entities))
		all = append(all, names[i]...)
	}
	sortSpans(all)
	similar := s.similarities(view(t, all))
	present := make(map[symbol]bool, len(t.tokens))
	for _, k := range t.tokens {
		present[k.symbol] = true
	}

	m := matching{}
	best := make([]fit, len(s.tools))
	utterances := make([]*utterance, len(s.tools))
	for i, tool := range s.tools {
		spans := append(names[i], values...)
		sortSpans(spans)
		utterances[i] = newUtterance(t, weight, spans, tool.args)
		s.foreign(utterances[i], tool)
		best[i] = fit{tool: i, spans: spans}
		if tool.err == nil {
			best[i].score, best[i].alignment = s.describe(utterances[i], tool)
		}
	}
	plain := newUtterance(t, weight, nil, nil)
	s.foreign(plain, nil)
	for i := range s.phrases {
		p := &s.phrases[i]
		u, most := plain, m.background
		if p.tool != background {
			u, most = utterances[p.tool], best[p.tool].score
		}
		if b := p.bound(present); max(b, (b+similar[i])/2) <= most {
			continue
		}
		a := u.align(p.pattern, p.weight)
		if p.tool == background {
			if a.score > m.background {
				m.background, m.topic, m.pattern = a.score, p.topic, p.pattern
			}
			continue
		}
		score := max(a.score, (a.score+similar[i])/2) * s.tools[p.tool].doubt(a)
		if score > best[p.tool].score {
			f := &best[p.tool]
			f.score, f.alignment, f.phrase = score, a, p
		}
	}
	m.rank(best)
	return m
}

// outside returns the names that are not just part of a moment, as the unit 天 is of 明天.
func outside(values, names []span) []span {
	return slices.DeleteFunc(names, func(n span) bool {
		return slices.ContainsFunc(values, func(v span) bool {
			return v.kind == moment && v.start <= n.start && n.end <= v.end && n.end-n.start < v.end-v.start
		})
	})
}

// rank sorts the tools by confidence, which is the score set against the background.
func (m *matching) rank(fits []fit) {
	for _, f := range fits {
		f.confidence = f.score
		if lead := f.score - m.background; m.pattern != nil && lead < margin && !f.phrase.includes(m.pattern) {
			f.confidence *= outdonePenalty
		} else if f.phrase == nil && lead < closeLead {
			f.confidence *= closePenalty
		}
		m.fits = append(m.fits, f)
	}
	slices.SortStableFunc(m.fits, func(a, b fit) int { return cmp.Compare(b.confidence, a.confidence) })
	m.fits = m.fits[:min(len(m.fits), MaxCandidates)]
}

// includes reports whether the phrase has all the words of the background's, which then is no
// evidence against it: {}怎么样 beside {time}天气怎么样.
func (p *phrase) includes(other *pattern) bool {
	return p != nil && !slices.ContainsFunc(other.words, func(w symbol) bool { return !slices.Contains(p.words, w) })
}

// doubt is the factor by which words that the phrase does not explain lower its score. It is zero for
// a sentence of bare values, which may be about anything.
func (t *tool) doubt(a alignment) float64 {
	if !a.worded {
		return 0
	}
	f := min(1, a.shared/leastWords)
	if (a.skipped^a.lacking)&(stops|changes|negates) != 0 {
		f *= oppositePenalty
	}
	if a.skipped&^t.class&(asks|looks) != 0 {
		f *= questionPenalty
	}
	if a.prose&^t.class&asks != 0 {
		f *= querySlot
	}
	return f
}

// bound is the most that an alignment can score if only the words in present occur.
func (p *phrase) bound(present map[symbol]bool) float64 {
	var gained, lost float64
	for i, it := range p.items {
		switch {
		case it.slot && it.arg == anyText:
		case it.slot:
			gained += 2 * spanWeight
		case present[it.symbol]:
			gained += 2 * gain(&it, p.weight[i])
		default:
			lost += p.weight[i]
		}
	}
	if gained == 0 {
		return 0
	}
	return min(1, (gained+2*spanWeight)/(gained+2*spanWeight+lost))
}

// weights returns the rarity of the word at each rune.
func (s *toolset) weights(t *text) []float64 {
	w := make([]float64, len(t.tokens))
	for i, k := range t.tokens {
		if k.class&filler == 0 {
			w[i] = s.rarity(featureOf(k.symbol))
		}
	}
	return w
}

// foreign raises the cost of words that only other tools' phrases have, as free text and left over:
// 起床 in 叫我起床 speaks for the alarm, not for a reminder called 起床.
func (s *toolset) foreign(u *utterance, tool *tool) {
	u.weight = slices.Clone(u.weight)
	for i, k := range u.tokens {
		if k.class&filler == 0 && s.owned[k.symbol] && (tool == nil || !tool.says(k.symbol)) {
			u.prose[i] += foreignProse * u.weight[i]
			u.weight[i] *= foreignExtra
		}
	}
}

// view returns the words of a sentence with its values replaced by their kinds.
func view(t *text, spans []span) []symbol {
	out := make([]symbol, 0, len(t.runes))
	for i := 0; i < len(t.runes); {
		if s := longest(spans, i); s != nil {
			out = append(out, s.kind.symbol())
			i = s.end
			continue
		}
		k := t.tokens[i]
		if k.class&filler == 0 {
			out = append(out, k.symbol)
		}
		i = k.end
	}
	return out
}

// describe scores a sentence against a tool's name and description: how much of it they cover, words
// and pairs of words alike.
func (s *toolset) describe(u *utterance, t *tool) (float64, alignment) {
	pairs := make(map[[2]symbol]bool, len(t.about))
	for i := 1; i < len(t.about); i++ {
		pairs[[2]symbol{t.about[i-1], t.about[i]}] = true
	}
	var a alignment
	var said, covered, values float64
	last, lastHalf := symbol(0), 0.0 // the word before, and what of its weight is not covered yet
	for i := 0; i < len(u.runes); {
		if sp := longest(u.at(i), i); sp != nil && u.takes(sp) {
			values += spanWeight
			a.filled = append(a.filled, fill{anyValue, sp, sp.start, sp.end})
			i, last, lastHalf = sp.end, 0, 0
			continue
		}
		k, w := u.tokens[i], u.weight[i]
		whole := k.end > i+1 // a word of several characters needs no neighbour to be sure of
		i = k.end
		if k.class&filler != 0 {
			continue
		}
		said += w
		switch {
		case !t.says(k.symbol):
			a.skipped |= k.class
			lastHalf = 0
		case whole:
			covered += w
			lastHalf = 0
		case last != 0 && pairs[[2]symbol{last, k.symbol}]:
			covered += w + lastHalf
			lastHalf = 0
		default:
			covered += w / 2
			lastHalf = w / 2
		}
		last = k.symbol
	}
	if covered < leastCovered {
		return 0, a
	}
	a.worded, a.shared = true, 1
	a.score = (covered + values) / (said + values)
	weight := descriptionOnly
	if len(t.sample) > 0 {
		weight = besidePhrases
	}
	return weight * a.score * t.doubt(a), a
}
