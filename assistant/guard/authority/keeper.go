package authority

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/arguments"
)

// A Tier says who decides about a call.
type Tier uint8

// The tiers.
const (
	_           Tier = iota
	UserDecides      // the person, each time
	Authorised       // the person, beforehand, by a [Grant]
	Autonomous       // the model
)

// A Rule says how much a tool may do by itself.
type Rule struct {
	Tier Tier // required

	// Irreversible tools do what cannot be undone.
	Irreversible bool
	// Outbound tools send their arguments to somebody else, as a search or the fetching of a page does.
	Outbound bool
	// Tainted lets a free tool take what comes from documents and tools, because what it does stays here and can be
	// undone: a list of things to do, say. It does not count for tools that are Irreversible or Outbound.
	Tainted bool
	// Trusted tools return what the program itself says: it is not tainted.
	Trusted bool
	// Amount is the path of the argument that is spent. If a call does not have it as a number, it is refused.
	Amount string
}

// A Keeper lets tools run, or does not. Fill in Grants, which is required for tools that need one, and Tools. A Keeper is
// safe for concurrent use and must not change once it is in use.
type Keeper struct {
	Tools  map[string]Rule
	Grants Grants
	// Decided, if not nil, is told of every call that was let through or refused. It may be called from several
	// goroutines at once.
	Decided func(ctx context.Context, d Decision)
}

// A Decision says what became of a call.
type Decision struct {
	Subject string
	Call    assistant.ToolCall
	Tier    Tier
	Tainted []string // the paths of the tainted arguments
	Grant   string   // the id of the grant that was used
	Err     error    // why the call was refused
}

// A run is one conversation with one person.
type run struct {
	subject string
	reading atomic.Pointer[func() *reading]
}

type runKey struct{}

// Begin returns a context in which a person's runs are known: calls of tools in any other are refused, unless they are
// free and can do no harm.
func (k *Keeper) Begin(ctx context.Context, subject string) context.Context {
	return context.WithValue(ctx, runKey{}, &run{subject: subject})
}

// Wrap makes a model of a model: a middleware that notes what the model is given to read. Without it, every argument is
// tainted. It belongs above whatever changes what is read or called, such as [guard.Mask]: it must see what tools see.
func (k *Keeper) Wrap(m assistant.Model) assistant.Model { return model{m, k} }

type model struct {
	assistant.Model
	keeper *Keeper
}

// Stream implements [assistant.Model].
func (m model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		m.keeper.Read(ctx, req.Messages)
		m.Model.Stream(ctx, req)(yield)
	}
}

// Read notes what the model has read in a run that goes on in another process: call it with the messages of the session
// before [assistant.Assistant.Resume]. Otherwise the model of [Keeper.Wrap] does it.
func (k *Keeper) Read(ctx context.Context, messages []assistant.Message) {
	r, ok := ctx.Value(runKey{}).(*run)
	if !ok {
		return
	}
	messages = slices.Clone(messages)
	reading := sync.OnceValue(func() *reading { // most runs never need it
		return read(messages, func(tool string) bool { return k.Tools[tool].Trusted })
	})
	r.reading.Store(&reading)
}

// Guard returns the tools, each of which runs only if it may.
func (k *Keeper) Guard(tools ...assistant.Tool) []assistant.Tool {
	out := make([]assistant.Tool, len(tools))
	for i, t := range tools {
		spec := *t.Spec()
		rule, ok := k.Tools[spec.Name]
		switch {
		case ok && rule.Tier != 0:
		case spec.ReadOnly:
			rule.Tier = Autonomous
		default:
			rule.Tier = UserDecides
		}
		if rule.Tier == UserDecides {
			spec.Confirm = true // the assistant asks, and calls the tool once the person has agreed
		}
		guarded := &tool{Tool: t, keeper: k, spec: &spec, rule: rule}
		if len(spec.Schema) > 0 {
			guarded.schema, guarded.broken = arguments.CompileGo(spec.Schema)
		}
		out[i] = guarded
	}
	return out
}

type tool struct {
	assistant.Tool
	keeper *Keeper
	spec   *assistant.ToolSpec
	rule   Rule
	schema *arguments.Schema // nil if there is none
	broken error             // what is wrong with it
}

// Spec implements [assistant.Tool].
func (t *tool) Spec() *assistant.ToolSpec { return t.spec }

// Unwrap returns the tool that is guarded: see [assistant.ToolAs].
func (t *tool) Unwrap() assistant.Tool { return t.Tool }

// Call implements [assistant.Tool].
func (t *tool) Call(ctx context.Context, call assistant.ToolCall) ([]assistant.Part, error) {
	d := t.decide(ctx, &call)
	if t.keeper.Decided != nil {
		t.keeper.Decided(ctx, d)
	}
	if d.Err != nil {
		return nil, d.Err
	}
	return t.Tool.Call(ctx, call)
}

// decide decides about a call, and gives its arguments the form in which they were looked at.
func (t *tool) decide(ctx context.Context, call *assistant.ToolCall) (d Decision) {
	call.Name = t.spec.Name
	d = Decision{Call: *call, Tier: t.rule.Tier}
	r, known := ctx.Value(runKey{}).(*run)
	c := Claim{Call: *call}
	if known {
		d.Subject, c.Subject = r.subject, r.subject
	}
	harmless := t.spec.ReadOnly && !t.rule.Outbound && !t.rule.Irreversible
	if t.rule.Tier == Autonomous && harmless {
		return d
	}
	if d.Err = t.broken; d.Err != nil {
		return d
	}
	call.Arguments, c.values, d.Err = readArguments(t.schema, call.Arguments)
	if d.Err != nil {
		return d
	}
	if c.Call, d.Call = *call, *call; t.rule.Tier == UserDecides {
		return d
	}
	for _, v := range c.values {
		if known && !r.tainted(v.text) || t.rule.Amount != "" && v.at(t.rule.Amount) { // the grant bounds the amount
			continue
		}
		c.tainted = append(c.tainted, v)
		if !slices.Contains(d.Tainted, v.path) {
			d.Tainted = append(d.Tainted, v.path)
		}
	}
	fine := len(c.tainted) == 0 || t.rule.Tainted && !t.rule.Outbound
	if t.rule.Tier == Autonomous && !t.rule.Irreversible && known && fine {
		return d
	}
	d.Grant, d.Err = t.take(ctx, c, known)
	return d
}

func (r *run) tainted(text string) bool {
	reading := r.reading.Load()
	return reading == nil || (*reading)().tainted(text)
}

// take uses a grant up.
func (t *tool) take(ctx context.Context, c Claim, known bool) (id string, err error) {
	if !known || c.Subject == "" {
		return "", fmt.Errorf("%w: it is not known who asks", ErrNoGrant)
	}
	if t.keeper.Grants == nil {
		return "", fmt.Errorf("%w: none was given for %s", ErrNoGrant, c.Call.Name)
	}
	if c.Amount, err = t.amount(c.values); err != nil {
		return "", err
	}
	defer func() {
		if p := recover(); p != nil {
			id, err = "", errors.New("authority could not be checked")
		}
	}()
	return t.keeper.Grants.Take(ctx, c)
}

func (t *tool) amount(values []leaf) (sum float64, err error) {
	if t.rule.Amount == "" {
		return 0, nil
	}
	found := false
	for _, v := range values {
		if !v.at(t.rule.Amount) {
			continue
		}
		n, err := json.Number(v.text).Float64()
		if err != nil || n < 0 {
			return 0, fmt.Errorf("%w: %q is no amount", ErrNoGrant, v.path)
		}
		sum, found = sum+n, true
	}
	if !found {
		return 0, fmt.Errorf("%w: the call does not say %q, what it would spend", ErrNoGrant, t.rule.Amount)
	}
	return sum, nil
}
