package assistant

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"
)

// An Assistant answers people with a model and tools. Fill in Model and what else is needed; zero
// fields have useful defaults. An Assistant is safe for concurrent use and must not be modified
// once it is in use.
type Assistant struct {
	// Model answers. It is required.
	Model Model

	// Instructions tell the model who it is and how to behave. They are not stored in the session,
	// so that a new release can change them.
	Instructions string

	// Tools are what the model may have done.
	Tools []Tool

	// Sessions keeps the conversations. If nil, every run stands alone and is forgotten, and tools
	// that need confirmation cannot run.
	Sessions Sessions

	// Template holds the settings of every request: thinking, search, sampling and so on. Its
	// Messages stand before the conversation's. It must have no Tools, which could not be run. A
	// ToolChoice that demands a call holds until there is a result.
	Template Request

	// Prepare, if not nil, may change each request just before it is sent: shorten the history, add
	// today's date, narrow the tools, of which those it takes away are not run either. What it does
	// is not stored. It may modify the list of tools; everything else that req points to, such as
	// messages and Extra, it must replace instead. A shorter history must keep calls with their results.
	Prepare func(ctx context.Context, req *Request) error

	// Limits bounds a run.
	Limits Limits

	// Parallel is how many tools may run at once in one run. If zero, 8.
	Parallel int

	// ToolTimeout bounds each call of a tool that has no timeout of its own. If zero, 30 seconds.
	ToolTimeout time.Duration

	// Panicked, if not nil, is told of every panic in a tool, with the stack, which neither the model
	// nor the user gets to see. It may be called from several goroutines at once, and must not panic.
	Panicked func(ctx context.Context, tool string, value any, stack []byte)
}

// Limits bounds a run. Hitting one ends the run with a [*LimitError]; everything so far is saved, and
// a Run with an empty message goes on from there.
type Limits struct {
	Steps     int           // requests to the model; if zero, 16
	ToolCalls int           // if zero, 64
	Tokens    int           // total of all requests, checked between them; if zero, no limit
	Time      time.Duration // if zero, no limit but the context's
}

// ErrLimit matches every [*LimitError].
var ErrLimit = errors.New("limit of the run reached")

// A LimitError says which of the [Limits] ended a run.
type LimitError struct {
	Limit string // "steps", "tool calls", "tokens" or "time"
	Max   string // the limit's value
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("%v: %s, at most %s", ErrLimit, e.Limit, e.Max)
}

// Unwrap returns [ErrLimit].
func (e *LimitError) Unwrap() error { return ErrLimit }

// Run adds m to the session, asks the model, runs the tools that it calls and goes on until it has
// answered. It yields what happens as it happens, and ends with a [*Done] event or with one error.
// Breaking out of the loop cancels the run; what the person has seen so far is kept in the session,
// marked partial.
//
// An empty sessionID makes a run that is not kept. If m has no parts, the run goes on from the
// history as it stands, which is how to try again after an error. Calls that still wait for
// confirmation are declined: a person who says something new has moved on. A context that has ended
// leaves the session alone.
func (a *Assistant) Run(ctx context.Context, sessionID string, m Message) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		a.start(ctx, sessionID, yield, func(r *run) error { return r.begin(m) })
	}
}

// A Decision is a person's answer to [ConfirmationWanted].
type Decision struct {
	CallID  string // which call; if empty, all that wait
	Approve bool
	Reason  string // why not, for the model to read; may be empty
}

// Resume goes on with a run that waits for a person, in this process or another one. Calls that no
// decision names keep waiting, and the run ends with [Done] until none does. If several processes
// resume a session at once, each call runs in one of them, and the others get [ErrConflict].
func (a *Assistant) Resume(ctx context.Context, sessionID string, decisions ...Decision) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		a.start(ctx, sessionID, yield, func(r *run) error { return r.decide(decisions) })
	}
}

// Ask is the short way for one question: it runs without a session and returns the text of the
// answer. A refusal of the model is an answer; one cut at the token limit, or withheld or retracted
// by the vendor, comes with an error.
func (a *Assistant) Ask(ctx context.Context, question string) (string, error) {
	for ev, err := range a.Run(ctx, "", User(question)) {
		if err != nil {
			return "", err
		}
		done, ok := ev.(*Done)
		if !ok {
			continue
		}
		text := done.Reply.Text()
		if err := done.Reply.withheld(); err != nil {
			return text, err
		}
		if done.Reply.Finish == FinishLength {
			return text, &Error{Kind: ErrTruncated, Vendor: done.Reply.Vendor, Message: "token limit reached"}
		}
		return text, nil
	}
	return "", errors.New("run ended without an answer") // unreachable: Run yields Done or an error
}

// specs returns what the model is told of the tools.
func (a *Assistant) specs() ([]*ToolSpec, error) {
	if len(a.Template.Tools) > 0 {
		return nil, errors.New("assistant has a Template with Tools: put them into the Assistant's own Tools")
	}
	specs := make([]*ToolSpec, 0, len(a.Tools))
	for i, t := range a.Tools {
		if t == nil {
			return nil, fmt.Errorf("assistant's Tools[%d] is nil", i)
		}
		s := t.Spec()
		if s == nil || s.Name == "" {
			return nil, fmt.Errorf("assistant's Tools[%d], a %T, has no name", i, t)
		}
		if named(specs, s.Name) {
			return nil, fmt.Errorf("assistant has two tools named %q", s.Name)
		}
		specs = append(specs, s)
	}
	return specs, nil
}

func named(specs []*ToolSpec, name string) bool {
	for _, s := range specs {
		if s.Name == name {
			return true
		}
	}
	return false
}

// private reports whether there is a private tool of that name.
func (a *Assistant) private(name string) bool {
	t := a.tool(name)
	return t != nil && t.Spec().Private
}

func (a *Assistant) tool(name string) Tool {
	for _, t := range a.Tools {
		if t.Spec().Name == name {
			return t
		}
	}
	return nil
}
