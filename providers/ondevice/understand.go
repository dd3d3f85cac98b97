package ondevice

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Context is what a sentence is understood against.
type Context struct {
	// Tools are what may be called.
	Tools []*assistant.ToolSpec

	// Now is the instant that words such as 明天 count from. If zero, the engine's clock.
	Now time.Time

	// Last is the interpretation of the user's previous sentence. If its decision was [Ask], a
	// sentence that is no command of its own is taken as the answer.
	Last *Interpretation
}

// Understand reads one sentence as a command. It never fails: a sentence that cannot be understood,
// or a context that is done, gives an interpretation whose decision is [Refuse].
func (e *Engine) Understand(ctx context.Context, sentence string, c Context) Interpretation {
	r := e.reading(c)
	in := Interpretation{Text: sentence}
	if err := ctx.Err(); err != nil {
		in.Why = append(in.Why, "not read: "+err.Error())
		return in
	}
	t := newText(sentence)
	switch {
	case len(t.runes) == 0:
		in.Why = append(in.Why, "nothing was said")
		return in
	case len(t.runes) > maxRunes:
		in.Why = append(in.Why, fmt.Sprintf("longer than %d characters", maxRunes))
		return in
	}
	if c.Last != nil && c.Last.Decision() == Ask {
		return r.reply(t, c.Last)
	}
	return r.sentence(t)
}

// A reading is the work on one sentence.
type reading struct {
	engine *Engine
	set    *toolset
	now    time.Time
}

func (e *Engine) reading(c Context) *reading {
	now := c.Now
	if now.IsZero() {
		now = e.now()
	}
	return &reading{engine: e, set: e.toolset(c.Tools), now: now.In(e.location)}
}

// sentence understands a sentence as one command, or as two.
func (r *reading) sentence(t *text) Interpretation {
	whole := r.command(t)
	two, ok := r.split(t)
	if ok && (two.Decision() == Act || whole.Decision() != Act) {
		return two
	}
	return whole
}

// command understands a sentence as one command.
func (r *reading) command(t *text) Interpretation {
	in := Interpretation{Text: t.raw}
	for _, tool := range r.set.tools {
		if tool.err != nil {
			in.Why = append(in.Why, fmt.Sprintf("tool %q is left out: %v", tool.spec.Name, tool.err))
		}
	}
	m := r.match(t)
	in.Topic, in.Background = string(m.topic), m.background
	if m.background > 0 {
		in.Why = append(in.Why, fmt.Sprintf("background %q fits %.2f by %q", m.topic, m.background, m.pattern.phrase))
	}
	for _, f := range m.fits {
		if f.score < weakest {
			continue
		}
		in.Candidates = append(in.Candidates, r.candidate(t, f))
	}
	slices.SortStableFunc(in.Candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(len(a.Missing), len(b.Missing)))
	})
	return in
}

// splitters stand between two commands in one sentence.
var splitters = []string{"然后", "接着", "并且", "顺便", "随后", "同时", "还有", "另外", "再", "，", ",", "。", "；"}

// maxSplits bounds the places where a sentence is tried to be parted.
const maxSplits = 4

// split understands a sentence as two commands if each half is one by itself.
func (r *reading) split(t *text) (Interpretation, bool) {
	tried := 0
	for _, splitter := range splitters {
		mark := foldString(splitter)
		for i := 1; i+len(mark) < len(t.runes) && tried < maxSplits; i++ {
			if !slices.Equal(t.runes[i:i+len(mark)], mark) {
				continue
			}
			tried++
			left, _, _ := t.slice(0, i)
			right, start, _ := t.slice(i+len(mark), len(t.runes))
			first := r.command(newText(left))
			if first.Decision() == Refuse {
				continue
			}
			second := r.command(newText(right))
			if second.Decision() == Refuse || first.Candidates[0].same(second.Candidates[0]) {
				continue
			}
			second.shift(start)
			first.Text = t.raw
			first.Next = &second
			first.Why = append(first.Why, fmt.Sprintf("two commands, parted at %q", splitter))
			return first, true
		}
	}
	return Interpretation{}, false
}

// same reports whether both are the same call.
func (c Candidate) same(d Candidate) bool { return c.Tool == d.Tool && c.Arguments == d.Arguments }

// shift moves the offsets of the slots to a sentence in which this one starts at byte by.
func (in *Interpretation) shift(by int) {
	for _, c := range in.Candidates {
		for i := range c.Slots {
			c.Slots[i].Start += by
			c.Slots[i].End += by
		}
	}
}
