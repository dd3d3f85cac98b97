package guard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// stream checks a request, and the reply to it as it comes.
func (e *engine) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
	in := &intake{engine: e, ctx: ctx}
	checked, stop, err := in.request(req)
	if err != nil {
		yield(assistant.Chunk{}, err)
		return
	}
	out := &outlet{engine: e, ctx: ctx}
	f := &flow{yield: yield, rest: out.rest, check: out.judge, fault: out.fault, last: out.last}
	f.meta = func(m *assistant.Meta) *assistant.Meta {
		return amend(m, slices.Concat(in.dropped, out.dropped))
	}
	if stop != nil {
		stop.drop = true
		f.stop(stop)
		return
	}
	out.text, out.thought = e.check(ctx, Output), e.check(ctx, Reasoning)
	f.text, f.thought = out.text.lane(), out.thought.lane()
	f.run(m.Stream(ctx, checked))
	out.report()
}

// An outlet checks a reply.
type outlet struct {
	*engine
	ctx           context.Context
	text, thought *check
	dropped       []assistant.Dropped
	stopped       *check // the one that ended the reply
	taken         Action
}

// judge reports whether what was read of a text ends the reply.
func (o *outlet) judge(l *lane, thought bool) (*ending, error) {
	c := o.text
	if thought {
		c = o.thought
	}
	if c.fatal != nil {
		return nil, c.fatal
	}
	stop := l.stop()
	if stop == nil {
		return nil, nil
	}
	f := c.findings[stop.finding]
	o.stopped, o.taken = c, f.Action
	return o.ending(c.stage, f), nil
}

// report tells of the texts.
func (o *outlet) report() {
	for _, c := range []*check{o.thought, o.text} {
		taken := Allow
		if c == o.stopped {
			taken = o.taken
		}
		c.report(taken)
	}
}

// rest checks what of a chunk is whole.
func (o *outlet) rest(k *assistant.Chunk) (*ending, error) {
	if len(k.ToolCalls) > 0 {
		k.ToolCalls = slices.Clone(k.ToolCalls)
		for i := range k.ToolCalls {
			arguments, stop, err := o.json(o.ctx, ToolArguments, k.ToolCalls[i].Arguments, false)
			if stop != nil || err != nil {
				return stop, err
			}
			k.ToolCalls[i].Arguments = arguments
		}
	}
	if len(k.Parts) > 0 {
		var parts []assistant.Part
		for _, p := range k.Parts {
			kept, ok, stop, err := o.part(p)
			if stop != nil || err != nil {
				return stop, err
			}
			if ok {
				parts = append(parts, kept)
			}
		}
		k.Parts = parts
	}
	if k.Retract != nil {
		r := *k.Retract
		text, stop, err := o.engine.text(o.ctx, Output, r.Replacement, false)
		if err != nil {
			return nil, err
		}
		if r.Replacement = text; stop != nil {
			r.Replacement = stop.answer
		}
		k.Retract = &r
	}
	return nil, nil
}

// part checks a part of a reply.
func (o *outlet) part(p assistant.Part) (kept assistant.Part, ok bool, stop *ending, err error) {
	if what := medium(p); what != "" {
		if o.Media != PassMedia {
			if o.Media == RefuseMedia {
				return nil, false, nil, o.Media.refused(what, "the reply")
			}
			o.dropped = append(o.dropped, assistant.Dropped{Field: "Reply", Reason: what + " that cannot be checked"})
			return nil, false, nil, nil
		}
		if stop, err = o.media(o.ctx, Output, []assistant.Part{p}); stop != nil || err != nil {
			return nil, false, stop, err
		}
	}
	stage := Output
	switch p := p.(type) {
	case assistant.Reasoning:
		stage = Reasoning
	case assistant.Unknown: // a part that a newer release knows
		var text string
		text, stop, err = o.json(o.ctx, Output, string(p.JSON), false)
		return assistant.Unknown{JSON: []byte(text)}, true, stop, err
	}
	kept = mapPart(p, func(s string) string {
		if s == "" || stop != nil || err != nil {
			return s
		}
		var out string
		out, stop, err = o.engine.text(o.ctx, stage, s, false)
		return out
	})
	return kept, true, stop, err
}

// media asks the classifiers about media.
func (e *engine) media(ctx context.Context, stage Stage, parts []assistant.Part) (*ending, error) {
	c := e.check(ctx, stage)
	if len(e.Classifiers) == 0 || c.policy.Off {
		return nil, nil
	}
	var changes []change
	for _, f := range c.classify(Sample{Stage: stage, Parts: parts, Final: true}) {
		changes = c.found(changes, f, 0)
	}
	if c.fatal != nil {
		return nil, c.fatal
	}
	for _, one := range changes {
		if f := c.findings[one.finding]; f.Action > Allow { // a picture cannot be changed
			c.report(max(f.Action, Block))
			return e.ending(stage, f), nil
		}
	}
	c.report(Allow)
	return nil, nil
}

// json checks JSON as people would read it.
func (e *engine) json(ctx context.Context, stage Stage, s string, old bool) (string, *ending, error) {
	view := readable(s)
	out, stop, err := e.text(ctx, stage, view, old)
	if stop != nil || err != nil || out == view {
		return s, stop, err
	}
	return written(out), nil, nil
}

// fault makes a refusal of a vendor's error that is one.
func (o *outlet) fault(err error) (*ending, error) {
	if !errors.Is(err, assistant.ErrBlocked) {
		return nil, err
	}
	stop := o.vendor("blocked")
	var e *assistant.Error
	if errors.As(err, &e) {
		stop.drop = e.DropTurn
	}
	return stop, nil
}

func (o *outlet) vendor(reason string) *ending {
	return &ending{answer: lookUp(o.Answers, "vendor", defaultAnswer), reason: "vendor: " + reason}
}

// last makes a refusal of a reply that the vendor withheld.
func (o *outlet) last(k *assistant.Chunk, f *flow) (*ending, bool) {
	switch {
	case k.Finish == assistant.FinishFiltered:
	case k.Finish == assistant.FinishOther && refusing(f.origin):
	default:
		return nil, false
	}
	if k.Retract != nil && k.Retract.Replacement != "" || f.replaced {
		k.Finish = assistant.FinishRefusal
		return nil, false
	}
	stop := o.vendor("content filter")
	if k.Retract != nil {
		stop.reason, stop.drop = "vendor: "+k.Retract.Reason, k.Retract.DropTurn
	}
	return stop, true
}

// refusing reports whether a vendor's own word for the end of a reply says that it was withheld.
func refusing(m *assistant.Meta) bool {
	if m == nil {
		return false
	}
	raw := strings.ToLower(m.RawFinish)
	return slices.ContainsFunc([]string{"refus", "filter", "sensitive", "safety", "block", "prohibited", "moderat", "recitation"},
		func(word string) bool { return strings.Contains(raw, word) })
}

// An intake checks a request.
type intake struct {
	*engine
	ctx     context.Context
	dropped []assistant.Dropped
}

// request returns what may go to the model. What was said before the model's last answer was judged then, and is only
// changed where it must be.
func (in *intake) request(req *assistant.Request) (*assistant.Request, *ending, error) {
	fresh := 0
	for i, m := range req.Messages {
		if m.Role == assistant.RoleAssistant {
			fresh = i + 1
		}
	}
	checked := *req
	checked.Messages = slices.Clone(req.Messages)
	for i, m := range req.Messages {
		var stop *ending
		var err error
		place := fmt.Sprintf("Messages[%d].Parts", i)
		switch m.Role {
		case assistant.RoleUser:
			m.Parts, stop, err = in.parts(Input, m.Parts, place, i < fresh)
		case assistant.RoleTool:
			m.Parts, err = in.results(m.Parts, place, i < fresh)
		}
		if stop != nil || err != nil {
			return nil, stop, err
		}
		checked.Messages[i] = m
	}
	return &checked, nil, nil
}

// results checks the results of tools. One that must not pass is replaced by a notice, and the model goes on without.
func (in *intake) results(parts []assistant.Part, place string, old bool) ([]assistant.Part, error) {
	out := slices.Clone(parts)
	for i, p := range parts {
		r, ok := p.(assistant.ToolResult)
		if !ok {
			continue
		}
		checked, stop, err := in.parts(in.resultStage(r.Name), r.Parts, fmt.Sprintf("%s[%d].Parts", place, i), old)
		if err != nil {
			return nil, err
		}
		if r.Parts = checked; stop != nil {
			r.Parts = []assistant.Part{assistant.Text{Text: in.notice()}}
		}
		out[i] = r
	}
	return out, nil
}

func (e *engine) notice() string { return lookUp(e.Replacements, "", defaultNotice) }

func (e *engine) resultStage(tool string) Stage {
	if slices.Contains(e.Retrievers, tool) {
		return Retrieved
	}
	return ToolResult
}

// parts checks the parts of a message or result.
func (in *intake) parts(stage Stage, parts []assistant.Part, place string, old bool) ([]assistant.Part, *ending, error) {
	out := make([]assistant.Part, 0, len(parts))
	for i := 0; i < len(parts); i++ {
		if texts := proseAt(parts[i:]); len(texts) > 1 { // a model reads them as one
			checked, stop, err := in.texts(in.ctx, stage, texts, old)
			if stop != nil || err != nil {
				return nil, stop, err
			}
			for n, text := range checked {
				if text != "" || texts[n] == "" { // it went into the one before
					out = append(out, assistant.Text{Text: text})
				}
			}
			i += len(texts) - 1
			continue
		}
		p, stop, err := in.part(stage, parts[i], fmt.Sprintf("%s[%d]", place, i), old)
		if stop != nil || err != nil {
			return nil, stop, err
		}
		if p != nil {
			out = append(out, p)
		}
	}
	if len(out) == 0 && len(parts) > 0 {
		out = append(out, assistant.Text{Text: omitted})
	}
	return out, nil, nil
}

// proseAt returns the texts with which parts begin, up to the first one that is JSON.
func proseAt(parts []assistant.Part) (texts []string) {
	for _, p := range parts {
		t, ok := p.(assistant.Text)
		if !ok || isJSON(t.Text) {
			break
		}
		texts = append(texts, t.Text)
	}
	return texts
}

// part checks one part, and returns nil if it is left out.
func (in *intake) part(stage Stage, p assistant.Part, place string, old bool) (checked assistant.Part, stop *ending, err error) {
	if what := medium(p); what != "" {
		switch {
		case in.Media == RefuseMedia:
			return nil, nil, in.Media.refused(what, place)
		case in.Media == DropMedia:
			in.dropped = append(in.dropped, assistant.Dropped{Field: place, Reason: what + " that cannot be checked"})
			return nil, nil, nil
		case !old:
			if stop, err = in.media(in.ctx, stage, []assistant.Part{p}); stop != nil || err != nil {
				return nil, stop, err
			}
		}
	}
	checked = mapPart(p, func(s string) string {
		if s == "" || stop != nil || err != nil {
			return s
		}
		var text string
		if isJSON(s) {
			text, stop, err = in.json(in.ctx, stage, s, old)
		} else {
			text, stop, err = in.engine.text(in.ctx, stage, s, old)
		}
		return text
	})
	return checked, stop, err
}
