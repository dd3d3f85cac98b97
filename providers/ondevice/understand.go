package ondevice

import (
	"context"
	"encoding/json"
	"fmt"
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
	defer func() { r.room.release() }()
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
		in.Why = append(in.Why, "what the speaker took back is left out")
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
	names  map[string]*Names         // of the session
	given  []learn.Given             // what is known besides the words
	listed []json.RawMessage         // what the last tool listed
	room   *room                     // for one command at a time; nil before the first
	known  map[string]Interpretation // what texts were understood as
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

// command understands a sentence as one command, in its own words or in those that phrases use for them.
func (r *reading) command(t *text) Interpretation {
	in := r.once(t)
	if in.settled {
		return in
	}
	if g, ok := t.gloss(); ok {
		if other := r.literally(g); other.confidenceOrNone() > in.confidenceOrNone() {
			other.Text = t.raw
			other.Why = append(other.Why, fmt.Sprintf("read as %q", g.raw))
			return other
		}
	}
	return in
}

// literally understands a sentence as one command in the words that it has.
func (r *reading) literally(t *text) Interpretation {
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
	defer func() { v.release() }()
	wholes := r.wholes(t, v)
	if in.Candidates = r.settled(t, wholes, v.spans); len(in.Candidates) > 0 {
		in.settled = true
		return in
	}
	if r.misheard(t) {
		v.release()
		v = r.survey(t, true)
		wholes = r.wholes(t, v)
	}
	m := r.match(t, v, wholes)
	r.guess(t, v, &m)
	in.Topic, in.Background = string(m.topic), m.background
	if m.background > 0 {
		in.Why = append(in.Why, fmt.Sprintf("background %q fits %.2f by %q", m.topic, m.background, m.sentence.phrase))
	}
	in.Candidates = r.rank(t, &m, v)
	r.engine.decide(&in)
	return in
}
