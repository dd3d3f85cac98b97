package langchain

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Tool is what langchaingo's tools.Tool is. It stands here because package tools brings an interpreter
// along.
type Tool interface {
	Name() string
	Description() string
	Call(ctx context.Context, input string) (string, error)
}

// FromTool returns an assistant.Tool that calls t with the one text that langchaingo's tools take. What
// spec leaves empty comes from t; letters that vendors refuse in names become "_". spec must have no
// Schema.
func FromTool(t Tool, spec assistant.ToolSpec) (assistant.Tool, error) {
	if t == nil {
		return nil, errors.New("nil tool")
	}
	if len(spec.Schema) > 0 {
		return nil, fmt.Errorf("tool %q has a Schema, but langchaingo's tools take one text", t.Name())
	}
	spec.Name = cmp.Or(spec.Name, nameOf(t.Name()))
	spec.Description = cmp.Or(spec.Description, t.Description())
	type input struct {
		Input string `json:"input" jsonschema:"工具的输入"`
	}
	return assistant.NewTool(spec, func(ctx context.Context, in input) (string, error) { return t.Call(ctx, in.Input) })
}

func nameOf(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, strings.TrimSpace(name))
}

// ToTool returns a tool for langchaingo's agents that calls t. The agent's input is the JSON object of
// the arguments; if t has one argument, which is a text, the text itself will do. The description tells
// the agent so.
//
// langchaingo ends the run at the first error of a tool, so an error or a panic of t becomes a result
// that the model reads; only the end of the context is an error. A tool that wants a person's consent
// is refused: langchaingo has no way to ask for it.
func ToTool(t assistant.Tool) (Tool, error) {
	if t == nil {
		return nil, errors.New("nil tool")
	}
	spec := t.Spec()
	if spec.Confirm {
		return nil, fmt.Errorf("tool %q wants a person's consent, which langchaingo cannot ask for", spec.Name)
	}
	out := toTool{tool: t, spec: spec, description: spec.Description}
	if len(spec.Schema) > 0 {
		var schema struct {
			Properties map[string]struct{ Type any }
		}
		if err := json.Unmarshal(spec.Schema, &schema); err != nil {
			return nil, fmt.Errorf("tool %q: schema: %w", spec.Name, err)
		}
		if names := slices.Collect(maps.Keys(schema.Properties)); len(names) == 1 && schema.Properties[names[0]].Type == "string" {
			out.only = names[0]
		} else {
			out.description += "\n输入是符合以下 JSON Schema 的 JSON 对象:" + string(spec.Schema)
		}
	}
	return out, nil
}

type toTool struct {
	tool        assistant.Tool
	spec        *assistant.ToolSpec
	description string
	only        string // name of the only argument, if it is a text
}

func (t toTool) Name() string        { return t.spec.Name }
func (t toTool) Description() string { return t.description }

// defaultTimeout is that of assistant.Assistant.
const defaultTimeout = 30 * time.Second

func (t toTool) Call(ctx context.Context, input string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	limited, cancel := context.WithTimeout(ctx, cmp.Or(t.spec.Timeout, defaultTimeout))
	defer cancel()
	parts, err := t.run(limited, t.arguments(input))
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "工具出错:" + err.Error(), nil
	}
	result := assistant.ToolResult{Parts: parts}.Text()
	if n := slices.IndexFunc(parts, func(p assistant.Part) bool { _, ok := p.(assistant.Text); return !ok }); n >= 0 {
		result = strings.TrimSpace(result + fmt.Sprintf("\n(结果的第%d部分不是文字,无法转达)", n+1))
	}
	return result, nil
}

// run calls the tool and keeps its panics from the agent.
func (t toTool) run(ctx context.Context, arguments string) (parts []assistant.Part, err error) {
	defer func() {
		if recover() != nil {
			parts, err = nil, errors.New("internal failure")
		}
	}()
	return t.tool.Call(ctx, assistant.ToolCall{ID: "call_1", Name: t.spec.Name, Arguments: arguments})
}

// arguments makes the JSON object of what an agent wrote.
func (t toTool) arguments(input string) string {
	text := strings.TrimSpace(input)
	if t.only == "" {
		return cmp.Or(text, "{}")
	}
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &object) == nil {
		if _, ok := object[t.only]; ok {
			return text
		}
	}
	b, _ := json.Marshal(map[string]string{t.only: text}) // text always encodes
	return string(b)
}
