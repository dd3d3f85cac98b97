package openaiwire

import (
	"fmt"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// tools writes the tools and how they may be used.
func (e *encoder) tools() {
	req := e.req
	if len(req.Tools) == 0 {
		if req.ToolChoice.Mode == assistant.ToolRequired || req.ToolChoice.Mode == assistant.ToolForced {
			e.Drop("ToolChoice", "the request has no tools")
		}
		return
	}
	modes := e.rules.ToolModes
	if e.thinks {
		modes = e.rules.ThinkingToolModes
	}
	choice, ok := e.choice(modes)
	if !ok && choice.Mode == assistant.ToolNone {
		return // no tools come to the same
	}
	tools := req.Tools
	if choice.Mode == assistant.ToolRequired && req.ToolChoice.Mode == assistant.ToolForced {
		tools = e.only(req.ToolChoice.Name)
	}
	e.name("tools")
	for i, t := range tools {
		open := byte(',')
		if i == 0 {
			open = '['
		}
		e.b = append(e.b, open)
		e.tool(t)
	}
	e.b = append(e.b, ']')
	e.toolChoice(choice, ok)
	e.parallel()
}

func (e *encoder) tool(t *assistant.ToolSpec) {
	e.b = append(e.b, `{"type":"function","function":{"name":`...)
	e.b = jsontext.AppendString(e.b, t.Name)
	if t.Description != "" {
		e.b = append(e.b, `,"description":`...)
		e.b = jsontext.AppendString(e.b, t.Description)
	}
	e.b = append(e.b, `,"parameters":`...)
	if len(t.Schema) == 0 {
		e.b = append(e.b, `{"type":"object","properties":{}}`...)
	} else {
		b, err := appendCompact(e.b, t.Schema)
		if err != nil {
			e.fail("the schema of tool %q is not JSON: %w", t.Name, err)
			return
		}
		e.b = b
	}
	if e.rules.StrictTools {
		e.b = append(e.b, `,"strict":true`...)
	}
	e.b = append(e.b, '}', '}')
}

// choice returns the tool choice in terms that the model may take, and whether it takes it. Where
// ToolRequired stands for ToolForced, no other tool may be offered.
func (e *encoder) choice(modes ToolModes) (assistant.ToolChoice, bool) {
	c, tools := e.req.ToolChoice, e.req.Tools
	switch {
	case c.Mode == assistant.ToolRequired && len(tools) == 1 && !modes.has(assistant.ToolRequired):
		c = assistant.ToolChoice{Mode: assistant.ToolForced, Name: tools[0].Name}
	case c.Mode == assistant.ToolForced && !modes.has(assistant.ToolForced) && modes.has(assistant.ToolRequired):
		c.Mode = assistant.ToolRequired
	}
	return c, modes.has(c.Mode)
}

// only returns the tool of that name alone, and notes that the others are not offered.
func (e *encoder) only(name string) []*assistant.ToolSpec {
	i := e.tooled(name)
	if i < 0 {
		return nil
	}
	if len(e.req.Tools) > 1 {
		e.Drop("Tools", fmt.Sprintf("the vendor cannot be told which tool to call, so that %s is the only one it was offered", name))
	}
	return e.req.Tools[i : i+1]
}

// tooled returns which tool has a name; that there is none is the caller's fault.
func (e *encoder) tooled(name string) int {
	i := slices.IndexFunc(e.req.Tools, func(t *assistant.ToolSpec) bool { return t.Name == name })
	if i < 0 {
		e.fail("ToolChoice names %q, which is not among the tools", name)
	}
	return i
}

func (e *encoder) toolChoice(c assistant.ToolChoice, ok bool) {
	if !ok {
		reason := "the model does not take it"
		if e.thinks {
			reason += " while it thinks"
		}
		e.Drop("ToolChoice", reason)
		return
	}
	switch c.Mode {
	case assistant.ToolNone:
		e.String("tool_choice", "none")
	case assistant.ToolRequired:
		e.String("tool_choice", "required")
	case assistant.ToolForced:
		e.tooled(c.Name)
		e.Object("tool_choice", func(f *Fields) {
			f.String("type", "function")
			f.Object("function", func(f *Fields) { f.String("name", c.Name) })
		})
	}
}

// parallel says whether one reply may hold several calls.
func (e *encoder) parallel() {
	const name = "parallel_tool_calls"
	can := e.rules.Params&ParamParallelTools != 0
	switch {
	case e.req.SingleTool && can:
		e.Bool(name, false)
	case e.req.SingleTool:
		e.Drop("SingleTool", "the vendor cannot be held to one call")
	case can && !e.rules.ParallelByDefault && !e.yields(name):
		e.Bool(name, true)
	}
}
