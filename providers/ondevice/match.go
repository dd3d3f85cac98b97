package ondevice

import (
	"cmp"
	"slices"
	"sync"
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
	apparent        = 0.64 // how well a sentence fits the background if it is said to be that
	exactly         = 0.97 // how well a sentence fits the background if it is just that
	invalidPenalty  = 0.8  // words that are no value of their argument
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
	best       []fit   // of each tool
	guesses    float64 // how likely the learned part holds any tool
	topic      topic
	background float64
	sentence   *sentence // of the background
}

// A fit is how a sentence fits one tool.
type fit struct {
	tool      int
	phrase    *phrase    // the example, nil if the description alone spoke
	whole     *Candidate // by the phrase that covers the sentence, if there is one and it fits best
	alignment alignment
	spans     []span // of the sentence, for this tool
	score     float64
	not       float64 // how well the sentence fits what does not call for the tool
	guess     float64 // how likely the learned part holds the tool
	marks     []fill  // where the learned part sees the arguments
	fitness   float64 // the score, set against the background and what the arguments turned out to be
	outdone   bool    // something that calls for no tool, or not for this one, fits as well
	unused    int     // values that no argument took
	void      bool    // the arguments make no call
	unasked   bool    // the phrase is a question, and the sentence is none
	asked     bool    // the other way round
	able      bool    // the sentence asks what can be done
	stray     bool    // something is named that only other tools take
	told      bool    // the sentence tells something
	supposed  bool    // the sentence begins with a condition
}

// match compares a sentence with every phrase.
func (r *reading) match(t *text, v *survey, wholes []whole) matching {
	s := r.set
	weight := s.weights(t)
	if r.room == nil {
		r.room = rooms.Get().(*room)
	}
	room := r.room
	room.reset(t, s)
	similar := s.similarities(room.similar, viewOf(t, v))
	present := make([]symbol, len(t.tokens))
	words := make([]int, len(t.tokens)) // the places of the words that are spoken of
	for i, k := range t.tokens {
		present[i], words[i] = k.symbol, s.words.place(k.symbol)
	}
	slices.Sort(present)

	m := matching{}
	best, utterances := room.fits, room.utterances
	for i, tool := range s.tools {
		utterances[i].read(t, weight, v.spans[i], tool.args)
		utterances[i].listed = v.listed[i]
		s.foreign(utterances[i], i, words)
		best[i] = fit{tool: i, spans: v.spans[i]}
		if tool.err == nil {
			best[i].score, best[i].alignment = s.describe(utterances[i], i, words)
		}
	}
	plain := utterances[len(s.tools)]
	plain.read(t, weight, nil, nil)
	s.foreign(plain, background, words)
	s.inner(t, similar)
	for _, i := range s.shortlist(similar, room) {
		p := &s.phrases[i]
		u, most := plain, m.background
		switch {
		case p.not:
			u, most = utterances[p.tool], best[p.tool].not
		case p.tool != background:
			u, most = utterances[p.tool], best[p.tool].score
		}
		room.weight = s.appendWeights(room.weight[:0], p)
		if b := p.bound(room.weight, present); max(b, (b+similar[i])/2) <= most {
			continue
		}
		a := u.align(p.sentence, room.weight)
		if p.tool == background {
			if a.score > m.background {
				m.background, m.topic, m.sentence = a.score, p.topic, p.sentence
			}
			continue
		}
		score := max(a.score, (a.score+similar[i])/2) * s.tools[p.tool].doubt(a)
		if p.not {
			best[p.tool].not = max(best[p.tool].not, score)
			continue
		}
		if score > best[p.tool].score {
			f := &best[p.tool]
			a.filled = slices.Clone(a.filled)
			f.score, f.alignment, f.phrase = score, a, p
		}
	}
	excluded := make([]bool, len(s.tools))
	for i := range wholes {
		w := &wholes[i]
		if a, score := r.fitOf(utterances[w.tool], w); best[w.tool].yields(score) || w.not {
			if excluded[w.tool] = excluded[w.tool] || w.not; excluded[w.tool] {
				if best[w.tool].whole == nil { // no better phrase says that it is meant
					best[w.tool].not = 1
				}
				continue
			}
			if c, ok := r.fromWhole(t, w, v.spans[w.tool]); ok && !r.leaves(t, w, v.spans[w.tool], c) {
				f := &best[w.tool]
				f.score, f.alignment, f.whole = score, a, &c
			}
		}
	}
	m.best = best
	return m
}

// yields reports whether a phrase that covers the sentence, with free text and such a score, fits better than what was
// found before. Free text is half as bad as words that are left over.
func (f *fit) yields(score float64) bool {
	if f.whole == nil {
		return (1+score)/2 >= f.score
	}
	return score >= f.score
}

// inner makes phrases a little similar that share only a word which stands across or inside those of the
// sentence, such as 多少 in 是多少.
func (s *toolset) inner(t *text, similar []float64) {
	const little = 1e-3
	for next, i := 0, 0; i < len(t.tokens); i++ {
		k := t.tokens[i]
		if i == next {
			next = k.end
			continue
		}
		if k.end == i+1 || k.class&filler != 0 {
			continue
		}
		f := featureOf(k.symbol)
		for _, p := range s.glossary.having(f) {
			if similar[p] == 0 {
				similar[p] = little * s.rarity(f)
			}
		}
	}
}

// outside returns the names that are not just part of a moment, as the unit 天 is of 明天.
func outside(values, names []span) []span {
	return slices.DeleteFunc(names, func(n span) bool {
		return slices.ContainsFunc(values, func(v span) bool {
			return v.kind == moment && v.start <= n.start && n.end <= v.end && n.end-n.start < v.end-v.start
		})
	})
}

// rank makes calls of the fits and sorts them by how likely each is meant.
func (r *reading) rank(t *text, m *matching, v *survey) []Candidate {
	order := make([]int, 0, len(m.best))
	for i := range m.best {
		f := &m.best[i]
		f.against(m)
		if f.score >= weakest || f.guess >= leastGuess {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(m.best[b].fitness, m.best[a].fitness), cmp.Compare(m.best[b].guess, m.best[a].guess))
	})
	order = order[:min(len(order), 2*MaxCandidates)]
	m.heads(order)
	out, question := make([]Candidate, len(order)), asking(t.runes)
	condition, able := t.conditional(), t.able()
	for k, i := range order {
		out[k] = r.candidate(t, &m.best[i])
	}
	for k, i := range order {
		rival := 0.0
		for _, j := range order {
			if o := &m.best[j]; j != i && o.alignment.behead && !m.best[i].alignment.behead {
				rival = max(rival, float64(beheaded*o.fitness))
			} else if j != i {
				rival = max(rival, o.fitness)
			}
		}
		f := &m.best[i]
		if f.void {
			continue
		}
		f.mood(question, able, r.set.tools[i])
		f.stray = r.strays(t, v, i, &out[k])
		f.told, f.supposed = !question && t.tells(&out[k], r.set.tools[i]), condition
		out[k].Confidence = f.probability(rival, m.background, r.set.tools[i], &out[k])
		out[k].Why = append([]string{f.explain()}, out[k].Why...)
	}
	slices.SortStableFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(len(a.Missing), len(b.Missing)))
	})
	return out[:min(len(out), MaxCandidates)]
}

// heads makes the learned part yield where it goes by words inside a text: in 提醒我打开客厅的灯 the first word
// says what is wanted.
func (m *matching) heads(order []int) {
	headed := slices.ContainsFunc(order, func(i int) bool { return m.best[i].score >= weakest && !m.best[i].alignment.behead })
	misled := slices.ContainsFunc(order, func(i int) bool { return m.best[i].alignment.behead && m.best[i].guess > misledGuess })
	if !headed || !misled {
		return
	}
	for _, i := range order {
		switch f := &m.best[i]; {
		case f.alignment.behead:
			f.guess = min(f.guess, misledGuess)
		case f.score >= weakest:
			f.guess = max(f.guess, misledGuess)
		}
	}
}

const misledGuess = 0.4

// beheaded is how much less a tool rivals another whose word the sentence begins with.
const beheaded = 0.6

// against sets the fitness, which is the score set against the background and what does not call for the
// tool.
func (f *fit) against(m *matching) {
	f.fitness = f.score
	if f.whole != nil { // free text is half as bad as words that are left over
		f.fitness = (1 + f.score) / 2
	}
	if f.not > f.score && (f.whole == nil || f.not == 1) {
		f.fitness *= outdonePenalty
		f.outdone = true
	} else if lead := f.score - m.background; m.sentence != nil && lead < margin && (m.background >= exactly || !f.phrase.includes(m.sentence)) {
		f.fitness *= outdonePenalty
		f.outdone = true
	} else if f.phrase == nil && lead < closeLead {
		f.fitness *= closePenalty
	}
}

// includes reports whether the phrase has all the words of the background's, which then is no
// evidence against it: {}怎么样 beside {time}天气怎么样.
func (p *phrase) includes(other *sentence) bool {
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

// bound is the most that an alignment can score if only the words in present occur, which are ascending.
func (p *phrase) bound(weight []float64, present []symbol) float64 {
	var gained, lost float64
	for i, it := range p.items {
		switch {
		case it.slot && it.arg == anyText:
		case it.slot:
			gained += 2 * spanWeight
		case has(present, it.symbol):
			gained += 2 * gain(&it, weight[i])
		default:
			lost += weight[i]
		}
	}
	if gained == 0 {
		return 0
	}
	return min(1, (gained+2*spanWeight)/(gained+2*spanWeight+lost))
}

func has(ascending []symbol, w symbol) bool {
	_, ok := slices.BinarySearch(ascending, w)
	return ok
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
func (s *toolset) foreign(u *utterance, tool int, words []int) {
	for i, k := range u.tokens {
		if w := words[i]; k.class&filler == 0 && w >= 0 && s.words.owned[w] && (tool == background || !s.words.by(tool, w)) {
			u.prose[i] += float64(foreignProse * u.weight[i])
			u.alien = u.alien || i == u.head
			u.weight[i] *= foreignExtra
		}
	}
}

// viewOf returns the words of a sentence with its values replaced by their kinds.
func viewOf(t *text, v *survey) []symbol {
	first := v.first(len(t.runes))
	out := make([]symbol, 0, len(t.runes))
	for i := 0; i < len(t.runes); {
		if s := first[i]; s != nil {
			for s.ceiling > i { // phrases say such words, too
				out = append(out, t.tokens[i].symbol)
				i = t.tokens[i].end
			}
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

// opens is the word for opening and switching on, the opposite of what [stops].
var opens = sync.OnceValue(func() symbol { return tokenize(foldString("打开"))[0].symbol })

// describe scores a sentence against a tool's name and description: how much of it they cover, words
// and pairs of words alike.
func (s *toolset) describe(u *utterance, tool int, words []int) (float64, alignment) {
	t := s.tools[tool]
	var a alignment
	var said, covered, values float64
	last, lastHalf := symbol(0), 0.0 // the word before, and what of its weight is not covered yet
	for i := 0; i < len(u.runes); {
		if sp := longest(u.at(i), i); sp != nil && u.takes(sp) {
			values += spanWeight
			i, last, lastHalf = sp.end, 0, 0
			continue
		}
		k, w, says := u.tokens[i], u.weight[i], s.words.by(tool, words[i])
		whole := k.end > i+1 // a word of several characters needs no neighbour to be sure of
		i = k.end
		if k.class&filler != 0 {
			continue
		}
		said += w
		if k.class&negates != 0 && t.purpose&negates == 0 {
			a.skipped |= negates
		}
		switch {
		case !says:
			a.skipped |= k.class
			if k.symbol == opens() {
				a.lacking |= t.class & stops
			}
			lastHalf = 0
		case whole:
			covered += w
			lastHalf = 0
		case last != 0 && t.pairs(last, k.symbol):
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
	for i := 0; i < len(u.runes); {
		if sp := longest(u.at(i), i); sp != nil && u.takes(sp) {
			a.filled = append(a.filled, fill{anyValue, sp, sp.start, sp.end})
			i = sp.end
			continue
		}
		i = u.tokens[i].end
	}
	a.worded, a.shared = true, 1
	a.score = (covered + values) / (said + values)
	weight := descriptionOnly
	if len(t.sample) > 0 {
		weight = besidePhrases
	}
	return weight * a.score * t.doubt(a), a
}

// pairs reports whether one word follows the other in what describes the tool.
func (t *tool) pairs(before, behind symbol) bool {
	for i := 1; i < len(t.about); i++ {
		if t.about[i-1] == before && t.about[i] == behind {
			return true
		}
	}
	return false
}
