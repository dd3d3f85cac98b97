package ondevice

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

const vendor = "ondevice"

// A response is what one request is answered with.
type response struct {
	text   string
	calls  []assistant.ToolCall
	finish assistant.FinishReason
}

// Stream answers the last message: a user's command with tool calls, a question about what it lacks,
// or a refusal; tool results with a sentence that says them. The answer depends on nothing but the
// request and the clock.
func (e *Engine) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		r, err := e.respond(ctx, req)
		if err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		meta := &assistant.Meta{Vendor: vendor, Model: vendor, Dropped: droppedOf(req)}
		if !yield(assistant.Chunk{Text: r.text, ToolCalls: r.calls, Meta: meta}, nil) {
			return
		}
		if err := ctx.Err(); err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		yield(assistant.Chunk{Finish: r.finish, Usage: &assistant.Usage{}}, nil)
	}
}

func (e *Engine) respond(ctx context.Context, req *assistant.Request) (response, error) {
	if err := ctx.Err(); err != nil {
		return response{}, err
	}
	turns := conversation(req.Messages)
	if len(turns) == 0 {
		return response{}, invalid("there is no message to answer")
	}
	switch last := turns[len(turns)-1]; last.Role {
	case assistant.RoleTool:
		return response{text: e.say(turns, req.Tools), finish: assistant.FinishStop}, nil
	case assistant.RoleUser:
		return e.obey(ctx, req, turns)
	default:
		return response{}, invalid(fmt.Sprintf("the last message is of the role %q, want user or tool", last.Role))
	}
}

// conversation returns the messages without instructions.
func conversation(messages []assistant.Message) []assistant.Message {
	return slices.DeleteFunc(slices.Clone(messages), func(m assistant.Message) bool { return m.Role == assistant.RoleSystem })
}

func invalid(why string) error {
	return &assistant.Error{Kind: assistant.ErrInvalid, Vendor: vendor, Message: why}
}

// obey answers a user's message.
func (e *Engine) obey(ctx context.Context, req *assistant.Request, turns []assistant.Message) (response, error) {
	in, tools, err := e.hear(ctx, req, turns)
	if err != nil {
		return response{}, err
	}
	if in.Decision() == Act {
		if in.Next != nil && req.SingleTool {
			return response{text: e.speaker(in.Text).oneByOne, finish: assistant.FinishStop}, nil
		}
		return response{calls: callsOf(in, turns), finish: assistant.FinishToolCalls}, nil
	}
	return e.reply(in, tools), nil
}

// hear understands the last message of a conversation, the user's, in the light of the others.
func (e *Engine) hear(ctx context.Context, req *assistant.Request, turns []assistant.Message) (Interpretation, []*assistant.ToolSpec, error) {
	tools, err := allowed(req)
	if err != nil {
		return Interpretation{}, nil, err
	}
	c := Context{Tools: tools, Now: e.now()}
	c.State = e.remember(ctx, turns[:len(turns)-1], c)
	in := e.Understand(ctx, turns[len(turns)-1].Text(), c)
	if err := ctx.Err(); err != nil {
		return Interpretation{}, nil, err
	}
	if mode := req.ToolChoice.Mode; mode == assistant.ToolRequired || mode == assistant.ToolForced {
		in = e.insist(in, c)
	}
	return in, tools, nil
}

// reply says what is to be said about an interpretation that is not acted on.
func (e *Engine) reply(in Interpretation, tools []*assistant.ToolSpec) response {
	s := e.speaker(in.Text)
	switch in.Decision() {
	case Ask:
		return response{text: s.question(in), finish: assistant.FinishStop}
	case Choose:
		return response{text: s.alternatives(in), finish: assistant.FinishStop}
	case Confirm:
		return response{text: s.confirmation(in), finish: assistant.FinishStop}
	case Act:
		return response{}
	}
	return s.decline(in, tools)
}

// allowed returns the tools that the request lets the model call.
func allowed(req *assistant.Request) ([]*assistant.ToolSpec, error) {
	switch req.ToolChoice.Mode {
	case assistant.ToolNone:
		return nil, nil
	case assistant.ToolForced:
		i := slices.IndexFunc(req.Tools, func(s *assistant.ToolSpec) bool { return s.Name == req.ToolChoice.Name })
		if i < 0 {
			return nil, invalid(fmt.Sprintf("tool choice names %q, which is not among the tools", req.ToolChoice.Name))
		}
		return req.Tools[i : i+1], nil
	}
	return req.Tools, nil
}

// insist makes the most likely command of a sentence certain, because some tool has to be called.
func (e *Engine) insist(in Interpretation, c Context) Interpretation {
	decision := in.Decision()
	if decision != Refuse && decision != Confirm || in.Move == Cancellation {
		return in
	}
	if decision == Refuse {
		r := e.reading(c)
		t := newText(in.Text)
		if len(t.runes) == 0 || len(t.runes) > maxRunes {
			return in
		}
		v := r.survey(t, true)
		m := r.match(t, v, r.wholes(t, v))
		r.guess(t, v, &m)
		if in.Candidates, in.Next = r.rank(t, &m, v), nil; len(in.Candidates) == 0 && len(m.best) > 0 {
			best := slices.MaxFunc(m.best, func(a, b fit) int { return cmp.Compare(a.score, b.score) })
			in.Candidates = []Candidate{r.candidate(t, &best)}
		}
	}
	for k := &in; k != nil && len(k.Candidates) > 0; k = k.Next {
		k.Candidates = k.Candidates[:1:1]
		best := &k.Candidates[0]
		best.Confidence, best.unsure = 1, false
		best.Why = append(best.Why, "some tool must be called")
	}
	in.State = in.after(c.State, c.Now)
	return in
}

// callsOf returns the calls of an interpretation, with ids that the conversation does not have yet.
func callsOf(in Interpretation, turns []assistant.Message) []assistant.ToolCall {
	taken := make(map[string]bool)
	for _, m := range turns {
		for _, c := range m.ToolCalls() {
			taken[c.ID] = true
		}
	}
	var calls []assistant.ToolCall
	for n := len(taken) + 1; ; n++ {
		id := fmt.Sprintf("call_%d", n)
		if taken[id] {
			continue
		}
		c := in.Candidates[0]
		calls = append(calls, assistant.ToolCall{ID: id, Name: c.Tool.Name, Arguments: c.Arguments})
		if in.Next == nil {
			return calls
		}
		in = *in.Next
	}
}

// droppedOf lists what the request asks for and the engine does not have.
func droppedOf(req *assistant.Request) []assistant.Dropped {
	const words, choice, length = "the engine writes no free text", "the engine does not sample", "answers are short and whole"
	var out []assistant.Dropped
	for _, f := range []struct {
		set           bool
		field, reason string
	}{
		{req.Model != "" && req.Model != vendor, "Model", "there is one engine"},
		{req.Format.Kind != assistant.FormatText, "Format", words},
		{req.Thinking.Mode == assistant.On || req.Thinking.Effort != "" || req.Thinking.Budget != 0, "Thinking", words},
		{req.Search.Mode == assistant.On || req.Search.Forced, "Search", "the engine uses no network"},
		{req.Temperature.Set, "Temperature", choice},
		{req.TopP.Set, "TopP", choice},
		{req.TopK != 0, "TopK", choice},
		{req.FrequencyPenalty.Set, "FrequencyPenalty", choice},
		{req.PresencePenalty.Set, "PresencePenalty", choice},
		{req.Seed.Set, "Seed", choice},
		{len(req.Stop) > 0, "Stop", length},
		{req.MaxTokens != 0, "MaxTokens", length},
		{len(req.Extra[vendor]) > 0, "Extra", "the engine has no fields of its own"},
	} {
		if f.set {
			out = append(out, assistant.Dropped{Field: f.field, Reason: f.reason})
		}
	}
	for i, m := range req.Messages {
		if m.Role == assistant.RoleSystem {
			out = append(out, assistant.Dropped{Field: fmt.Sprintf("Messages[%d]", i), Reason: "the engine follows no instructions"})
			continue
		}
		for k, p := range m.Parts {
			switch p.(type) {
			case assistant.Image, assistant.Audio, assistant.Video, assistant.File:
				out = append(out, assistant.Dropped{Field: fmt.Sprintf("Messages[%d].Parts[%d]", i, k), Reason: "the engine reads text only"})
			}
		}
	}
	return out
}
