package ondevice

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

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
	turns := slices.DeleteFunc(slices.Clone(req.Messages), func(m assistant.Message) bool { return m.Role == assistant.RoleSystem })
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

func invalid(why string) error {
	return &assistant.Error{Kind: assistant.ErrInvalid, Vendor: vendor, Message: why}
}

// obey answers a user's message.
func (e *Engine) obey(ctx context.Context, req *assistant.Request, turns []assistant.Message) (response, error) {
	tools, err := allowed(req)
	if err != nil {
		return response{}, err
	}
	c := Context{Tools: tools, Now: e.now()}
	c.Last = e.pending(ctx, turns[:len(turns)-1], c)
	sentence := turns[len(turns)-1].Text()
	in := e.Understand(ctx, sentence, c)
	if err := ctx.Err(); err != nil {
		return response{}, err
	}
	if mode := req.ToolChoice.Mode; mode == assistant.ToolRequired || mode == assistant.ToolForced {
		in = e.insist(in, c)
	}
	switch in.Decision() {
	case Act:
		if in.Next != nil && req.SingleTool {
			return response{text: oneByOne, finish: assistant.FinishStop}, nil
		}
		return response{calls: callsOf(in, turns), finish: assistant.FinishToolCalls}, nil
	case Ask:
		return response{text: question(in), finish: assistant.FinishStop}, nil
	case Choose:
		return response{text: alternatives(in), finish: assistant.FinishStop}, nil
	}
	return e.decline(in, tools), nil
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
	if in.Decision() != Refuse || in.Cancelled {
		return in
	}
	r := e.reading(c)
	t := newText(in.Text)
	if len(t.runes) == 0 || len(t.runes) > maxRunes {
		return in
	}
	fits := r.match(t).fits
	if len(fits) == 0 {
		return in
	}
	best := r.candidate(t, fits[0])
	best.Confidence = certain
	best.Why = append(best.Why, "some tool must be called")
	in.Candidates = []Candidate{best}
	return in
}

// maxPending bounds how many answered questions one command may take.
const maxPending = 4

// pending returns what the engine made of the user's last sentence, if it answered with a question.
// The engine keeps no state, so it understands the sentences again.
func (e *Engine) pending(ctx context.Context, turns []assistant.Message, c Context) *Interpretation {
	first := len(turns)
	for n := 0; n < maxPending && first >= 2 && isQuestion(turns[first-2], turns[first-1]); n++ {
		first -= 2
	}
	var last *Interpretation
	for ; first < len(turns); first += 2 {
		c.Last = last
		in := e.Understand(ctx, turns[first].Text(), c)
		last = nil
		if in.Decision() == Ask && question(in) == turns[first+1].Text() {
			last = &in
		}
	}
	return last
}

// isQuestion reports whether the engine may have asked a as an answer to q.
func isQuestion(q, a assistant.Message) bool {
	return q.Role == assistant.RoleUser && a.Role == assistant.RoleAssistant && strings.HasPrefix(a.Text(), asking)
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
