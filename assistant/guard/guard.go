package guard

import (
	"context"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/match"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A Guard checks what goes to a model and its tools and what comes back, by words, by private data and by classifiers,
// and does with what it finds what its actions say. Its zero value finds nothing in texts, and refuses media. It must not
// change once it is in use.
//
// In a stream, text is held back only where it may be the beginning of something: see the package comment.
type Guard struct {
	// Profile says what to do with which category. If nil, Actions alone do.
	Profile *profile.Profile

	// Actions come before those of the profile. For what neither of them names, the finding's own action counts; if it
	// has none, words end the answer ([Block]) and private data is hidden ([Redact]).
	Actions []profile.Rule

	// Words are lists of words whose Category is one of the profile.
	Words []Pack

	// Private finds private data, of the category that the profile names for it, or "private". If nil, it is not looked
	// for. In replies, choose the types: see the package comment for those that delay ordinary text.
	Private *privacy.Detector
	// Masker hides private data that is to be masked. Its Detector is not used.
	Masker privacy.Masker

	// Classifiers are asked in this order about what the words have not decided.
	Classifiers []Classifier

	// Stages say how to check each stage; those that it does not name are checked by the zero [Policy].
	Stages map[Stage]Policy

	// Media says what happens to pictures, recordings, films and files. Those that pass are shown to the classifiers.
	Media Media

	// Retrievers are the names of tools whose results are text that was looked up: of the stage [Retrieved].
	Retrievers []string

	// Answers are what to say instead of an answer, by category, by group such as "A.1", or by "*" for all.
	Answers map[string]string
	// Replacements are what [Rewrite] puts in the place of a finding, likewise.
	Replacements map[string]string
	// Char stands for each character that is hidden; ● if zero.
	Char rune

	// Decided, if not nil, is told of every text that was checked. It may be called from several goroutines at once.
	Decided func(ctx context.Context, d Decision)
}

// A Pack is a list of words, which may be replaced while the guard is in use.
type Pack struct {
	Name string
	// Load returns the words for the next text: the Load method of an [sync/atomic.Pointer], or what [Fixed] returns. If
	// it is nil, or returns nil, there are none.
	Load func() *match.Matcher
}

// Fixed returns a Load that always returns m.
func Fixed(m *match.Matcher) func() *match.Matcher { return func() *match.Matcher { return m } }

// A Policy says how a stage is checked. The zero Policy checks it, holds text back until it is judged, and lets nothing
// pass that could not be checked.
type Policy struct {
	// Off leaves the stage unchecked.
	Off bool

	// FailOpen lets pass what a classifier could not judge, because it failed, panicked or was too slow. If false, it is
	// blocked. Either way [Decision.Errors] says so.
	FailOpen bool

	// Budget bounds the time that the classifiers together have for one sample. If zero, 2 seconds.
	Budget time.Duration

	// Mode says when text is shown.
	Mode Mode

	// Unit is how many characters of a reply a classifier is asked about at most; if zero, 200. Text that is held back is
	// judged at the end of each sentence, too. What does not come as a stream is judged as a whole.
	Unit int

	// MaxHold is how long a sentence may take to come before it is judged as far as it came; it is looked at whenever
	// more comes. If zero, sentences are only judged whole.
	MaxHold time.Duration
}

// A Mode says when text is shown.
type Mode uint8

// The modes.
const (
	Hold    Mode = iota // once it is judged
	Retract             // at once as far as words and private data decide; what a classifier wants hidden or stopped is withdrawn
	Observe             // at once: decisions are reported and have no effect
)

func (p Policy) budget() time.Duration {
	if p.Budget > 0 {
		return p.Budget
	}
	return 2 * time.Second
}

func (p Policy) unit() int {
	if p.Unit > 0 {
		return p.Unit
	}
	return 200
}

// An engine is a guard in use.
type engine struct {
	Guard
	memo memo
}

// Wrap makes a model of a model: a middleware. It belongs around all others, [Mask] included: then it sees what the
// person says and reads.
//
// A reply that ends for what a check found, or that a vendor withheld in any of the ways that vendors have, ends as
// [assistant.FinishRefusal], with a prepared answer as its text.
func (g Guard) Wrap(m assistant.Model) assistant.Model {
	e := &engine{Guard: g}
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		e.stream(ctx, m, req, yield)
	})
}

// Check checks one text and returns what may pass of it: with changes, or a prepared answer if the decision ends it.
// The error is that of ctx.
func (g Guard) Check(ctx context.Context, stage Stage, text string) (string, Decision, error) {
	e := &engine{Guard: g}
	d := Decision{Stage: stage, Action: Allow}
	decided := e.Decided
	e.Decided = func(ctx context.Context, one Decision) {
		if d = one; decided != nil {
			decided(ctx, one)
		}
	}
	out, stop, err := e.text(ctx, stage, text, false)
	if stop != nil {
		out = stop.answer
	}
	return out, d, err
}

// check begins to check a text.
func (e *engine) check(ctx context.Context, stage Stage) *check {
	return &check{g: e, ctx: ctx, stage: stage, policy: e.Stages[stage], began: time.Now()}
}

// text checks a whole text. One that is old was judged before, and stops nothing.
func (e *engine) text(ctx context.Context, stage Stage, text string, old bool) (string, *ending, error) {
	out, stop, err := e.texts(ctx, stage, []string{text}, old)
	if stop != nil || err != nil {
		return "", stop, err
	}
	return out[0], nil, nil
}

// texts checks texts that are read as one.
func (e *engine) texts(ctx context.Context, stage Stage, texts []string, old bool) ([]string, *ending, error) {
	c := e.check(ctx, stage)
	c.whole, c.old = true, old
	l := c.lane()
	ends := make([]int, len(texts))
	for i, text := range texts {
		l.write(text)
		ends[i] = l.read + len(l.tail)
	}
	l.end()
	if c.fatal != nil {
		return nil, nil, c.fatal
	}
	if stop := l.stop(); stop != nil {
		f := c.findings[stop.finding]
		c.report(f.Action)
		return nil, e.ending(stage, f), nil
	}
	out := make([]string, len(texts))
	for i, end := range ends {
		out[i] = l.take(end)
	}
	if !old {
		c.report(Allow)
	}
	return out, nil, nil
}

// ending is how a reply ends for a finding.
func (e *engine) ending(stage Stage, f Finding) *ending {
	answer := f.Answer
	if answer == "" && f.Category == Unavailable {
		answer = lookUp(e.Answers, Unavailable, defaultUnavailable)
	} else if answer == "" {
		answer = lookUp(e.Answers, f.Category, defaultAnswer)
	}
	return &ending{answer: answer, reason: reasonMark + stage.String() + ": " + f.Category}
}

const (
	defaultAnswer      = "抱歉，这个问题我不能回答。"
	defaultUnavailable = "抱歉，内容检查暂时不可用，请稍后再试。"
	defaultReplacement = "（略）"
	defaultNotice      = "（这段内容不宜展示，已略去）"
)

func (e *engine) replacement(f Finding) string {
	return lookUp(e.Replacements, f.Category, defaultReplacement)
}

// lookUp returns the text for a category, for its group, or for all.
func lookUp(texts map[string]string, category, otherwise string) string {
	for id := category; id != ""; {
		if text, ok := texts[id]; ok {
			return text
		}
		id = id[:max(0, strings.LastIndexByte(id, '.'))]
	}
	if text, ok := texts["*"]; ok {
		return text
	}
	return otherwise
}

// action decides what to do with a finding.
func (e *engine) action(stage Stage, f Finding) Action {
	if f.Category == Unavailable && f.Action != 0 {
		return f.Action
	}
	a, otherwise := profile.Find(e.Actions, f.Category, stage)
	if (a == 0 || otherwise) && e.Profile != nil {
		if b, other := profile.Find(e.Profile.Actions, f.Category, stage); b != 0 && (a == 0 || !other) {
			a, otherwise = b, other
		}
	}
	if a != 0 && (!otherwise || f.Action == 0) {
		return a
	}
	switch {
	case f.Action != 0:
		return f.Action
	case f.Category == e.private():
		return Redact
	}
	return Block
}

func (e *engine) private() string {
	if e.Profile != nil && e.Profile.Private != "" {
		return e.Profile.Private
	}
	return "private"
}

func (e *engine) char() rune {
	if e.Char != 0 {
		return e.Char
	}
	return '●'
}
