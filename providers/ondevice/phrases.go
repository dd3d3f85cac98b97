package ondevice

import (
	"cmp"
	"encoding/json"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/pattern"
)

// A phrasing is the phrases of all tools of a toolset as one automaton.
type phrasing struct {
	set   *pattern.Set
	owner []int  // the tool of each phrase
	not   []bool // it does not call for the tool
	text  []string
	names []pattern.Kind // the kind of the names of each tool's first argument
}

// politeness may stand anywhere in a sentence that fits a phrase.
var politeness = []string{
	"请", "请你", "请您", "麻烦", "麻烦你", "麻烦您", "劳驾", "拜托", "帮我", "帮忙", "帮", "帮我把", "给我", "替我", "我想", "我要", "我想要", "我需要", "能不能", "能否", "可以", "可不可以",
	"一下", "一下子", "吧", "啊", "呀", "哦", "哈", "嘛", "嗯", "呃", "那个", "那", "就", "谢谢", "谢谢你", "多谢", "谢了", "好吗", "好不好", "行吗", "可以吗", "行不行", "现在", "马上", "立刻", "赶紧", "快点",
	"你好", "您好", "嘿", "喂", "小助手", "助手", "的话", "唔该", "唔该晒", "同我", "帮手", "喇", "啦", "呗", "佢", "嘞", "啫", "喔", "咯", "哇", "来着", "拜托了", "哈哈", "喽", "呐", "哟", "哩", "咧",
}

// newPhrasing compiles the phrases of tools. Phrases that cannot be read are left out: those of skills
// were checked when they were learned, so that each is looked at by itself only if there is such a one.
func newPhrasing(tools []*tool) *phrasing {
	p := phrasingOf(tools, false)
	if p.set == nil {
		p = phrasingOf(tools, true)
	}
	return p
}

// phrasingOf compiles the phrases, of which the set is nil if one cannot be read. With check, those are left out.
func phrasingOf(tools []*tool, check bool) *phrasing {
	p, all := arrange(tools, check)
	set, err := pattern.Compile(all, politeness)
	if err != nil { // a slot without kinds
		return p
	}
	p.set = set
	return p
}

// arrange lists the phrases of tools, which the phrasing does not have yet. With check, those that cannot be read are
// left out.
func arrange(tools []*tool, check bool) (p *phrasing, all []pattern.Phrase) {
	p = &phrasing{names: make([]pattern.Kind, len(tools))}
	next := kindNames
	for i, t := range tools {
		p.names[i] = next
		next += pattern.Kind(len(t.args))
		if t.err != nil {
			continue
		}
		scope := t.scope(p.names[i])
		for k, phrase := range slices.Concat(t.nots, t.phrases) {
			ph := pattern.Phrase{Text: phrase, Scope: scope}
			if check || len(t.names) > 0 {
				e, err := pattern.Parse(ph)
				if err != nil {
					continue
				}
				for _, slot := range e.Slots() { // the tool that knows fewer names knows them better
					ph.Rank = max(ph.Rank, t.names[slot.Name].Len())
				}
			}
			all = append(all, ph)
			p.owner = append(p.owner, i)
			p.not = append(p.not, k < len(t.nots))
			p.text = append(p.text, phrase)
		}
	}
	return p, all
}

// phrasingFor returns the phrases of tools: those of all skills if these are the tools, in whatever order.
func (t *trained) phrasingFor(tools []*tool) *phrasing {
	if len(tools) != len(t.skills) || len(tools) == 0 {
		return newPhrasing(tools)
	}
	place := make([]int, len(tools)) // of each skill's tool
	for i := range place {
		place[i] = -1
	}
	for i, tool := range tools {
		k := t.place(tool.spec.Name)
		if k < 0 || place[k] >= 0 || !t.skills[k].describes(tool.spec) {
			return newPhrasing(tools)
		}
		place[k] = i
	}
	all := *t.phrasing()
	owner, names := make([]int, len(all.owner)), make([]pattern.Kind, len(all.names))
	for i, k := range all.owner {
		owner[i] = place[k]
	}
	for k, kind := range all.names {
		names[place[k]] = kind
	}
	all.owner, all.names = owner, names
	return &all
}

// maxMatches bounds the phrases that a sentence is tried with.
const maxMatches = 12

// A whole is a phrase that covers the sentence.
type whole struct {
	tool   int
	not    bool // it does not call for the tool
	phrase string
	match  pattern.Match
	fills  []fill
	values []listed // of slots that were filled from a list of the skill
}

type listed struct {
	arg        int
	value      string
	start, end int
}

// wholes returns the phrases that cover a sentence, best first. They are there until the survey is released.
func (r *reading) wholes(t *text, v *survey) []whole {
	spans := v.spans
	p := r.set.phrasing
	if p.set == nil {
		return nil
	}
	stage := stages.Get().(*stage)
	defer stage.release()
	candidates, from := stage.candidates[:0], stage.from[:0]
	for i := range spans {
		for k := range spans[i] {
			s := &spans[i][k]
			if s.kind != named {
				if i > 0 {
					continue // values are the same for all tools
				}
				for _, kind := range s.kinds() {
					candidates = append(candidates, pattern.Candidate{Start: s.start, End: s.end, Kind: kind})
					from = append(from, s)
				}
				continue
			}
			candidates = append(candidates, pattern.Candidate{Start: s.start, End: s.end, Kind: p.names[i] + pattern.Kind(s.arg), Doubt: s.doubt})
			from = append(from, s)
		}
	}
	stage.candidates, stage.from = candidates, from
	stage.matches = p.set.AppendMatches(stage.matches[:0], t.listen().view, candidates, pattern.Options{Loose: true, Limit: maxMatches})
	out := v.wholes[:0]
	for _, m := range stage.matches {
		w := whole{tool: p.owner[m.Phrase], not: p.not[m.Phrase], phrase: p.text[m.Phrase], match: m}
		tool := r.set.tools[w.tool]
		for _, f := range m.Fills {
			ai := tool.arg(f.Slot)
			switch {
			case ai < 0:
			case f.Value >= len(tool.lists[f.Of]): // what was saved is of other skills
			case f.Value >= 0:
				w.values = append(w.values, listed{ai, tool.lists[f.Of][f.Value].value(), f.Start, f.End})
			case f.Candidate >= 0:
				w.fills = append(w.fills, fill{ai, from[f.Candidate], f.Start, f.End})
			default:
				w.fills = append(w.fills, fill{ai, nil, f.Start, f.End})
			}
		}
		out = append(out, w)
	}
	v.wholes = out
	return out
}

// A stage is what there is in a sentence for the phrases. It is used again.
type stage struct {
	candidates []pattern.Candidate
	from       []*span // of the candidates
	matches    []pattern.Match
}

var stages = sync.Pool{New: func() any { return new(stage) }}

// release gives the stage back, with nothing of the sentence in it.
func (s *stage) release() {
	clear(s.from)
	clear(s.matches)
	stages.Put(s)
}

// kinds returns the kinds of a value that is no name.
func (s *span) kinds() []pattern.Kind {
	switch s.kind {
	case moment:
		if s.later() {
			return []pattern.Kind{kindMoment, kindLater}
		}
		return []pattern.Kind{kindMoment}
	case period:
		return []pattern.Kind{kindPeriod}
	case repeat:
		return []pattern.Kind{kindRepeat}
	case numeric:
		if s.ceiling > 0 { // the phrases say it in their own words
			return nil
		}
		return []pattern.Kind{kindNumber}
	}
	return nil
}

// settled returns the commands of a sentence that a phrase covers with nothing left to guess: no free
// text, no name that only sounds alike, and arguments that are valid. There are several if tools claim
// the same sentence.
func (r *reading) settled(t *text, wholes []whole, spans [][]span) []Candidate {
	var out []Candidate
	var excluded []int
	for _, w := range wholes {
		if w.match.Free+w.match.Doubt > 0 || w.match.Skipped > 1 && len(t.runes)-w.match.Skipped <= 1 || len(out) > 0 && !w.rivals(wholes[0]) {
			break
		}
		if w.not {
			excluded = append(excluded, w.tool)
			continue
		}
		tool := r.set.tools[w.tool].spec
		if slices.Contains(excluded, w.tool) {
			continue
		}
		if slices.ContainsFunc(out, func(c Candidate) bool { return c.Tool == tool }) {
			continue
		}
		if c, ok := r.fromWhole(t, &w, spans[w.tool]); ok {
			if !tool.ReadOnly && t.able() {
				return nil
			}
			out = append(out, c)
		} else if len(out) == 0 {
			return nil
		}
	}
	return out
}

// rivals reports whether a sentence fits two phrases equally well.
func (w *whole) rivals(first whole) bool {
	return w.match.Skipped == first.match.Skipped && len(w.match.Fills) == len(first.match.Fills) && w.match.Literal == first.match.Literal
}

// fromWhole makes the call that a phrase stands for.
func (r *reading) fromWhole(t *text, w *whole, spans []span) (Candidate, bool) {
	f := &filling{reading: r, text: t, tool: r.set.tools[w.tool], values: make([][]json.RawMessage, len(r.set.tools[w.tool].args))}
	for _, v := range w.values {
		source, start, end := t.slice(v.start, v.end)
		value, err := f.tool.args[v.arg].parse(v.value)
		if err != nil {
			return Candidate{}, false
		}
		f.set(v.arg, value, Slot{Source: source, Start: start, End: end})
	}
	slices.SortStableFunc(w.fills, func(a, b fill) int { return cmp.Compare(a.start, b.start) })
	for _, l := range w.fills {
		if l.span == nil {
			if f.crowded(l, spans) {
				return Candidate{}, false
			}
			l.start, l.end = t.quoted(l.start, l.end)
			if n := len(f.values[l.arg]); !f.tool.args[l.arg].list || n == 0 {
				if f.putText(l); len(f.values[l.arg]) == n && !t.hollow(l.start, l.end) && f.holds(l, spans) {
					return Candidate{}, false // a value was said and is lost
				}
			}
		} else if !f.put(l.arg, l.span) {
			return Candidate{}, false
		}
	}
	f.repeated(spans)
	if f.tool.nested {
		f.stated(spans)
	}
	c := f.build()
	if !f.valid(c) || f.misread || len(f.bad) > 0 {
		return Candidate{}, false
	}
	c.Confidence = f.trust()
	c.Why = append([]string{"is the phrase " + w.phrase}, f.why...)
	return c, true
}

// crowded reports whether a text that should be a name of a list holds something else that an argument takes: 青岛周六
// is no city.
func (w *filling) crowded(l fill, spans []span) bool {
	if !w.closed(l.arg) {
		return false
	}
	if (stretch{w.text, l.start, l.end}).has(negates | asks | quotes | embeds) {
		return true
	}
	return slices.ContainsFunc(spans, func(s span) bool {
		return s.start >= l.start && s.end <= l.end && s.end-s.start < l.end-l.start && s.heard == 0 && !(s.kind == named && s.arg == l.arg) && w.wanting(&s) >= 0
	})
}

// holds reports whether there is a time or a number in a text.
func (w *filling) holds(l fill, spans []span) bool {
	return slices.ContainsFunc(spans, func(s span) bool { return s.kind != named && s.start >= l.start && s.end <= l.end })
}

// fitOf says how well a phrase with free text fits the sentence that it covers, in the measure of the
// alignments.
func (r *reading) fitOf(u *utterance, w *whole) (alignment, float64) {
	a := alignment{worded: true, shared: 1}
	taken := make([]bool, len(u.runes))
	gained, lost := 0.0, 0.0
	for _, f := range w.fills {
		for k := f.start; k < f.end; k++ {
			taken[k] = true
		}
		if f.span != nil {
			gained += float64(2 * spanWeight * (1 - f.span.heard))
			continue
		}
		if shape := u.args[f.arg].shape; shape != nil {
			if said, _, _ := u.slice(f.start, f.end); shape.MatchString(said) {
				gained += 2 * spanWeight
				continue
			}
		}
		for k := f.start; k < f.end; k++ {
			lost += u.prose[k]
		}
		a.prose |= u.question(f.start, f.end)
		a.skipped |= u.opening(f.start) & negates
		if u.listed == nil || !u.listed[f.arg] { // a name that was misheard is no text
			a.free += f.end - f.start
		}
		a.front = a.front || f.start <= u.head && stretch{u.text, f.start, f.end}.has(negates|stops|changes|looks|embeds)
	}
	for i := 0; i < len(u.runes); i = u.tokens[i].end {
		if !taken[i] {
			gained += 2 * u.weight[i]
		}
	}
	if gained == 0 {
		return a, 0
	}
	a.score = gained / (gained + lost)
	return a, a.score * r.set.tools[w.tool].doubt(a)
}
