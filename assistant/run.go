package assistant

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

const (
	defaultSteps     = 16
	defaultToolCalls = 64
	saveTimeout      = 5 * time.Second
)

// errStopped ends a run whose caller broke out of the loop; it is never yielded.
var errStopped = errors.New("stopped by the caller")

// A run is one Run or Resume: the session as this run sees it, and what it has used up.
type run struct {
	a     *Assistant
	ctx   context.Context
	yield func(Event, error) bool

	id      string // of the session; empty if nothing is kept
	version int64
	pending []ToolCall
	request Request
	offered []*ToolSpec // to the model in the current step: no other tool is run
	// messages are the instructions and, from head on, the session's. Requests get them without the
	// room for more, so that a model that appends to its request does not write here.
	messages []Message
	head     int

	usage   Usage
	unsaved Usage // part of usage that the session does not have yet
	steps   int
	calls   int

	reply    Collector // of the current step
	failed   error     // why its stream ended early
	texts    slab[TextDelta]
	thoughts slab[ReasoningDelta]
}

// start runs the loop after begin has put the first message in place, and yields its error.
func (a *Assistant) start(ctx context.Context, id string, yield func(Event, error) bool, begin func(*run) error) {
	if limit := a.Limits.Time; limit > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, limit, &LimitError{"time", limit.String()})
		defer stop()
	}
	r := &run{a: a, ctx: ctx, id: id, yield: yield}
	if a.Sessions == nil {
		r.id = ""
	}
	err := r.load()
	if err == nil {
		err = begin(r)
	}
	if err == nil {
		err = r.loop()
	}
	if err == nil || errors.Is(err, errStopped) {
		return
	}
	var limit *LimitError
	if errors.As(context.Cause(ctx), &limit) && !errors.Is(err, ErrLimit) {
		err = fmt.Errorf("%w: %w", limit, err)
	}
	yield(nil, err)
}

func (r *run) load() error {
	if r.a.Model == nil {
		return errors.New("assistant has no Model")
	}
	if err := r.ctx.Err(); err != nil {
		return err
	}
	specs, err := r.a.specs()
	if err != nil {
		return err
	}
	var stored []Message
	if r.id != "" {
		s, err := r.a.Sessions.Load(r.ctx, r.id)
		if err != nil {
			return fmt.Errorf("load session: %w", err)
		}
		if s == nil {
			return fmt.Errorf("load session: %T returned none for %q", r.a.Sessions, r.id)
		}
		r.version, r.pending, stored = s.Version, s.Pending, s.Messages
	}
	t := &r.a.Template
	r.request = *t
	r.request.Tools, r.offered = specs, specs
	messages := make([]Message, 0, 1+len(t.Messages)+len(stored)+4)
	if r.a.Instructions != "" {
		messages = append(messages, System(r.a.Instructions))
	}
	messages = append(messages, t.Messages...)
	r.head = len(messages)
	r.messages = append(messages, stored...)
	return nil
}

// history is the session's part of the messages.
func (r *run) history() []Message { return r.messages[r.head:] }

// begin puts the person's message into the session.
func (r *run) begin(m Message) error {
	for i, p := range m.Parts {
		switch p.(type) {
		case nil, ToolCall, ToolResult: // vendors refuse results that no call asked for, and the reverse
			return fmt.Errorf("message to run: part %d is a %T: want what a person says", i, p)
		}
	}
	add := closing(r.unanswered("the user went on without confirming"))
	if len(m.Parts) > 0 {
		if m.Role == "" {
			m.Role = RoleUser
		}
		add = append(add, m)
	}
	if len(add) == 0 {
		if len(r.history()) == 0 {
			return errors.New("nothing to answer: message and session are empty")
		}
		return nil
	}
	return r.save(nil, add...)
}

// loop asks the model and runs its tools until it has answered or calls wait for a person.
func (r *run) loop() error {
	for {
		if len(r.pending) > 0 {
			return r.done(&Reply{})
		}
		if err := r.checkLimits(); err != nil {
			return err
		}
		reply, jobs, err := r.step()
		if err != nil {
			return err
		}
		if len(jobs) == 0 {
			return r.done(reply)
		}
		if err := r.runJobs(jobs, nil); err != nil {
			return err
		}
		if len(r.pending) > 0 || reply.Finish == FinishFiltered {
			return r.done(reply)
		}
	}
}

func (r *run) checkLimits() error {
	l := r.a.Limits
	if steps := orDefault(l.Steps, defaultSteps); r.steps >= steps {
		return &LimitError{"steps", strconv.Itoa(steps)}
	}
	if l.Tokens > 0 && r.usage.Total >= l.Tokens {
		return &LimitError{"tokens", strconv.Itoa(l.Tokens)}
	}
	return r.ctx.Err()
}

func orDefault[T int | time.Duration](v, fallback T) T {
	if v > 0 {
		return v
	}
	return fallback
}

// step asks the model once, saves its answer and returns the calls in it.
func (r *run) step() (*Reply, []job, error) {
	r.steps++
	req := &r.request
	req.Messages, req.ToolChoice = slices.Clip(r.messages), r.toolChoice()
	if r.a.Prepare != nil {
		once := r.request
		once.Tools = slices.Clone(once.Tools)
		if err := r.a.Prepare(r.ctx, &once); err != nil {
			return nil, nil, fmt.Errorf("prepare request: %w", err)
		}
		req, r.offered = &once, once.Tools
	}
	r.reply, r.failed = Collector{}, nil
	r.a.Model.Stream(r.ctx, req)(r.receive)
	if r.failed != nil {
		return nil, nil, r.broken(r.failed)
	}
	reply := r.reply.Reply()
	if reply.Finish == "" {
		return nil, nil, r.broken(r.reply.truncated())
	}
	r.count(reply.Usage)
	if d := reply.Retracted; d != nil && d.DropTurn {
		return reply, nil, r.dropTurn()
	}
	jobs := r.planReply(reply)
	return reply, jobs, r.saveAnswer(reply.Message)
}

// toolChoice is the Template's, except that a forced call is forced once: with its result at hand the
// model must be free to answer.
func (r *run) toolChoice() ToolChoice {
	c := r.a.Template.ToolChoice
	if c.Mode >= ToolRequired && r.messages[len(r.messages)-1].Role == RoleTool {
		return ToolChoice{}
	}
	return c
}

// receive takes one chunk of the answer. It is the body of the loop over the stream, as a method
// because a loop would allocate for every variable that it shares with its function.
func (r *run) receive(chunk Chunk, err error) bool {
	if r.failed != nil { // the model goes on although it was told to stop
		return false
	}
	if err != nil {
		r.failed = err
		return false
	}
	r.reply.Add(chunk)
	if !r.show(&chunk) {
		r.failed = errStopped
	}
	return r.failed == nil
}

func (r *run) saveAnswer(m Message) error {
	switch {
	case len(m.Parts) > 0:
		return r.save(nil, m)
	case r.unsaved != Usage{}:
		return r.save(nil)
	}
	return nil
}

// show yields what a chunk holds for the person.
func (r *run) show(k *Chunk) bool {
	if k.Meta != nil && k.Meta.Origin != nil && !r.yield(&Answering{k.Meta.Origin}, nil) {
		return false
	}
	if k.Reasoning != "" && !r.yield(r.thoughts.put(ReasoningDelta{k.Reasoning}), nil) {
		return false
	}
	if k.Text != "" && !r.yield(r.texts.put(TextDelta{k.Text}), nil) {
		return false
	}
	for _, p := range k.Parts {
		if _, hidden := p.(Reasoning); !hidden && !r.yield(&PartReceived{p}, nil) {
			return false
		}
	}
	return k.Retract == nil || r.yield(&Retracted{*k.Retract}, nil)
}

// broken saves what the person has seen of an answer that failed, and returns err.
func (r *run) broken(err error) error {
	partial := r.reply.Reply()
	r.count(partial.Usage)
	var e *Error
	if errors.As(err, &e) && e.DropTurn {
		return errors.Join(err, r.dropTurn())
	}
	m := Message{Role: RoleAssistant, Partial: true, Origin: partial.Origin}
	for _, p := range partial.Message.Parts {
		if _, ok := p.(ToolCall); !ok { // calls of a broken answer never ran
			m.Parts = append(m.Parts, p)
		}
	}
	if saveErr := r.saveAnswer(m); saveErr != nil {
		return errors.Join(err, saveErr)
	}
	return err
}

func (r *run) count(u Usage) {
	r.usage = r.usage.Add(u)
	r.unsaved = r.unsaved.Add(u)
}

// dropTurn removes the last message of the user, and all that followed, from the session.
func (r *run) dropTurn() error {
	kept := r.history()
	for i := len(kept) - 1; i >= 0; i-- {
		if kept[i].Role == RoleUser {
			kept = kept[:i:i]
			break
		}
	}
	return r.append(Change{Messages: kept, Replace: true})
}

// save adds messages to the session.
func (r *run) save(pending []ToolCall, add ...Message) error {
	if r.id != "" {
		return r.append(Change{Messages: slices.Clone(add), Pending: pending})
	}
	r.messages = append(r.messages, add...)
	return nil
}

// append changes the session here and in the store.
func (r *run) append(c Change) error {
	if err := r.store(c); err != nil {
		return err
	}
	if c.Replace {
		r.messages = r.messages[:r.head:r.head]
	}
	r.messages = append(r.messages, c.Messages...)
	return nil
}

// store makes a change in the store. It does so even if the caller is gone, because what has happened
// must not be lost.
func (r *run) store(c Change) error {
	if r.id != "" {
		c.Version, c.Usage = r.version, r.unsaved
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), saveTimeout)
		defer cancel()
		if err := r.a.Sessions.Append(ctx, r.id, c); err != nil {
			return fmt.Errorf("save session: %w", err)
		}
	}
	r.version++
	r.pending, r.unsaved = c.Pending, Usage{}
	return nil
}

func (r *run) done(reply *Reply) error {
	d := &Done{Reply: reply, Usage: r.usage, Steps: r.steps, Pending: r.pending}
	if !r.yield(d, nil) {
		return errStopped
	}
	return nil
}
