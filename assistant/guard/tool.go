package guard

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Tool returns a tool whose arguments and results are checked: what must not be done is not run, and the model reads
// why; what must not be read is changed or replaced by a notice before it enters the session. A model that is wrapped
// by the guard sees the same of tools that are not; but there, arguments that must not pass end the reply.
func (g Guard) Tool(t assistant.Tool) assistant.Tool {
	return &tool{Tool: t, engine: &engine{Guard: g}}
}

// Tools returns the tools, each checked: see [Guard.Tool].
func (g Guard) Tools(tools ...assistant.Tool) []assistant.Tool {
	out := make([]assistant.Tool, len(tools))
	for i, t := range tools {
		out[i] = g.Tool(t)
	}
	return out
}

type tool struct {
	assistant.Tool
	engine *engine
}

// Unwrap returns the tool that is checked: see [assistant.ToolAs].
func (t *tool) Unwrap() assistant.Tool { return t.Tool }

// Call implements [assistant.Tool].
func (t *tool) Call(ctx context.Context, call assistant.ToolCall) ([]assistant.Part, error) {
	arguments, stop, err := t.engine.json(ctx, ToolArguments, call.Arguments, false)
	if err != nil {
		return nil, err
	}
	if stop != nil {
		return nil, fmt.Errorf("this call is not allowed (%s)", stop.reason)
	}
	call.Arguments = arguments
	parts, err := t.Tool.Call(ctx, call)
	in := &intake{engine: t.engine, ctx: ctx}
	if err != nil {
		text, stop, failed := t.engine.text(ctx, t.engine.resultStage(call.Name), err.Error(), false)
		switch {
		case failed != nil:
			return nil, failed
		case stop != nil:
			return nil, fmt.Errorf("the tool failed; its words are withheld (%s)", stop.reason)
		case text != err.Error():
			return nil, fmt.Errorf("%s", text)
		}
		return nil, err
	}
	checked, stop, err := in.parts(t.engine.resultStage(call.Name), parts, "Parts", false)
	if err != nil {
		return nil, err
	}
	if stop != nil {
		return []assistant.Part{assistant.Text{Text: t.engine.notice()}}, nil
	}
	return checked, nil
}
