package ondevice

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn"
)

// A Context is what a sentence is understood against.
type Context struct {
	// Tools are what may be called.
	Tools []*assistant.ToolSpec

	// Names lists what arguments are called in this session, by the name of the argument: the user's
	// contacts, the devices of his home.
	Names map[string]*Names

	// Now is the instant that words such as 明天 count from. If zero, the engine's clock.
	Now time.Time

	// Features is what is known besides the words, about the user, the device and the screen, such as
	// "screen": "music" and "likes_video": "0.7". It counts for skills with examples that have features
	// of the same names.
	Features map[string]string

	// State is what the dialogue has come to: that of the last [Interpretation], or zero.
	State State
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
	m := r.mend(t)
	in = r.turn(m.text, c.State)
	if in.Decision() == Refuse && in.Move == Fresh && t.all().is(dialogueWords().cancel) {
		in.Move, in.idle = Cancellation, true
		in.Why = append(in.Why, "there is nothing to drop")
	}
	if m.text != t {
		m.restore(&in, sentence)
	}
	in.State = in.after(c.State, r.now)
	return in
}

// A reading is the work on one sentence.
type reading struct {
	engine *Engine
	set    *toolset
	naming *naming
	now    time.Time
	names  map[string]*Names // of the session
	given  []learn.Given     // what is known besides the words
	listed []json.RawMessage // what the last tool listed
}

// lists returns the lists of names for each argument of a tool.
func (r *reading) lists(t *tool) [][]*Names {
	out := make([][]*Names, len(t.args))
	for i := range t.args {
		out[i] = r.listsOf(t, i)
	}
	return out
}

// listsOf returns the lists of names for an argument of a tool, those of the session first.
func (r *reading) listsOf(t *tool, arg int) []*Names {
	return listsOf(t.args[arg].name, r.names, t.names, r.engine.names)
}

func (e *Engine) reading(c Context) *reading {
	now := c.Now
	if now.IsZero() {
		now = e.now()
	}
	r := &reading{engine: e, set: e.toolset(c.Tools), now: now.In(e.location), names: c.Names, given: given(c.Features)}
	if r.naming = r.set.always; len(c.Names) > 0 {
		r.naming = r.set.naming(c.Names, e.names)
	}
	return r
}

// sentence understands a sentence as one command, or as several.
func (r *reading) sentence(t *text) Interpretation { return r.commands(t, maxCommands) }

// maxCommands bounds the commands in one sentence.
const maxCommands = 3

// commands understands a sentence as at most so many commands.
func (r *reading) commands(t *text, most int) Interpretation {
	whole := r.command(t)
	if most == 1 || whole.settled {
		return whole
	}
	several, ok := r.split(t, most)
	switch {
	case !ok && whole.Decision() == Refuse:
		return r.clause(t, whole)
	case !ok:
		return whole
	case whole.Decision() == Refuse:
		return several
	case several.comma || several.Decision() != Act: // the surer one
		if whole.Candidates[0].Confidence >= several.confidence() {
			return whole
		}
	}
	return several
}

// command understands a sentence as one command.
func (r *reading) command(t *text) Interpretation {
	in := Interpretation{Text: t.raw}
	for _, tool := range r.set.tools {
		switch {
		case tool.err != nil:
			in.Why = append(in.Why, fmt.Sprintf("tool %q is left out: %v", tool.spec.Name, tool.err))
		case tool.beyond != "":
			in.Why = append(in.Why, fmt.Sprintf("tool %q cannot be called here: argument %q cannot be read from words", tool.spec.Name, tool.beyond))
		}
	}
	v := r.survey(t, false)
	wholes := r.wholes(t, v.spans)
	if in.Candidates = r.settled(t, wholes, v.spans); len(in.Candidates) > 0 {
		in.settled = true
		return in
	}
	if r.misheard(t) {
		v = r.survey(t, true)
		wholes = r.wholes(t, v.spans)
	}
	m := r.match(t, v, wholes)
	r.guess(t, v, &m)
	in.Topic, in.Background = string(m.topic), m.background
	if m.background > 0 {
		in.Why = append(in.Why, fmt.Sprintf("background %q fits %.2f by %q", m.topic, m.background, m.sentence.phrase))
	}
	in.Candidates = r.rank(t, &m)
	r.engine.decide(&in)
	return in
}

// splitters stand between two commands in one sentence.
var splitters = []string{"然后", "接着", "并且", "顺便", "随后", "同时", "还有", "另外", "再", "，", ",", "。", "；"}

// maxSplits bounds the places where a sentence is tried to be parted.
const maxSplits = 4

// split understands a sentence as several commands if each part is one by itself, or goes on with the
// one before.
func (r *reading) split(t *text, most int) (Interpretation, bool) {
	tried := 0
	for _, splitter := range splitters {
		mark := foldString(splitter)
		for i := 1; i+len(mark) < len(t.runes) && tried < maxSplits; i++ {
			if !slices.Equal(t.runes[i:i+len(mark)], mark) {
				continue
			}
			tried++
			left, _, _ := t.slice(0, i)
			first := r.command(newText(left))
			if first.Decision() == Refuse {
				continue
			}
			right, start, _ := t.slice(i+len(mark), len(t.runes))
			second, ok := r.further(newText(right), &first, most-1)
			if !ok || first.Candidates[0].same(second.Candidates[0]) || first.Decision() == Ask && first.Candidates[0].Tool == second.Candidates[0].Tool {
				continue
			}
			second.shift(start)
			first.Text = t.raw
			first.Next = &second
			first.comma = splitter == "，" || splitter == ","
			first.Why = append(first.Why, fmt.Sprintf("several commands, parted at %q", splitter))
			return first, true
		}
	}
	return Interpretation{}, false
}

// clause understands a sentence of which only one part is a command, the other one being why: 我退休啦，闹钟
// 全都取消吧. Since that part is not understood, the user is asked.
func (r *reading) clause(t *text, whole Interpretation) Interpretation {
	for i := 1; i < len(t.runes); i++ {
		if !strings.ContainsRune(",，。;；!！", t.runes[i]) {
			continue
		}
		before, behind := t.cut(i)
		for _, part := range []struct {
			said  string
			other stretch
			shift int
		}{{behind, stretch{t, 0, i}, t.offset[i]}, {before, stretch{t, i, len(t.runes)}, 0}} {
			if !part.other.reason() {
				continue
			}
			in := r.command(newText(part.said))
			if d := in.Decision(); (d == Act || d == Ask) && in.Candidates[0].Confidence > whole.confidenceOrNone() {
				in.shift(part.shift)
				in.Text = t.raw
				in.Candidates = in.Candidates[:1:1]
				r.restate(t, &in.Candidates[0])
				in.Candidates[0].unsure = !in.Candidates[0].Tool.ReadOnly
				in.Why = append(in.Why, "only a part of the sentence is a command")
				return in
			}
		}
	}
	return whole
}

// reason reports whether a part of a sentence may be why something is wanted: short, and nothing that
// asks, forbids or is quoted.
func (s stretch) reason() bool {
	if s.to-s.from > maxReason {
		return false
	}
	for i := s.from; i < s.to; i = s.tokens[i].end {
		if s.tokens[i].class&(asks|looks|quotes|embeds|negates) != 0 {
			return false
		}
	}
	return true
}

// maxReason bounds the characters of a reason.
const maxReason = 12

func (in Interpretation) confidenceOrNone() float64 {
	if len(in.Candidates) == 0 {
		return 0
	}
	return in.Candidates[0].Confidence
}

// further understands what follows a command in the same sentence.
func (r *reading) further(t *text, first *Interpretation, most int) (Interpretation, bool) {
	in := r.commands(t, most)
	if in.Decision() != Refuse {
		return in, true
	}
	if first.Decision() != Act {
		return in, false
	}
	d := r.dialogue(first.after(State{}, r.now))
	if d == nil {
		return in, false
	}
	for _, move := range []func(*text, Interpretation) (Interpretation, bool){d.add, d.carry} {
		if next, ok := move(t, in); ok {
			return next, next.Decision() != Refuse
		}
	}
	return in, false
}

// same reports whether both are the same call.
func (c Candidate) same(d Candidate) bool { return c.Tool == d.Tool && c.Arguments == d.Arguments }

// shift moves the offsets of the slots to a sentence in which this one starts at byte by.
func (in *Interpretation) shift(by int) {
	for n := in; n != nil; n = n.Next {
		for _, c := range n.Candidates {
			for i := range c.Slots {
				if c.Slots[i].Origin != Carried {
					c.Slots[i].Start += by
					c.Slots[i].End += by
				}
			}
		}
	}
}
