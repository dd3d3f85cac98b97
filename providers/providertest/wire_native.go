package providertest

import (
	"fmt"
	"maps"

	"github.com/zhushou-ai/zhushou/assistant"
)

// nativeRequestChecks are those of requestChecks that make sense where the body has another form.
var nativeRequestChecks = []wireCheck{
	sends("conversation", conversation, flattened(sentConversation)),
	sends("several system messages", severalSystem, flattened(sentOneSystem)),
	sends("explicit zeros", explicitZeros, flattened(sentZeros)),
	sends("tool calls one at a time", func() *assistant.Request { r := withTools(); r.SingleTool = true; return r }, nil),
	sends("forced tool", withChoice(assistant.ToolChoice{Mode: assistant.ToolForced, Name: "now"}),
		flattened(sentChoice(`{"type":"function","function":{"name":"now"}}`))),
	sends("result without text", emptyResult, nil),
	sends("foreign reasoning", foreignReasoning, flattened(sentNoForeign)),
	sends("reasoning asked for", func() *assistant.Request {
		r := greeting()
		r.Thinking.Mode = assistant.On
		return r
	}, flattened(sentThinking)),
}

// flattened lets look see a native body as if it were a compatible one.
func flattened(look func(v *Vendor, body map[string]any, r *assistant.Reply) error) func(v *Vendor, body map[string]any, r *assistant.Reply) error {
	return func(v *Vendor, body map[string]any, r *assistant.Reply) error {
		flat, err := v.flatten(body)
		if err != nil {
			return err
		}
		return look(v, flat, r)
	}
}

// flattenDashScope puts input and parameters side by side.
func flattenDashScope(body map[string]any) (map[string]any, error) {
	flat := maps.Clone(body)
	for _, field := range []string{"input", "parameters"} {
		inner, ok := body[field].(map[string]any)
		if !ok {
			return nil, fmt.Errorf("the field %s of the body is no object", field)
		}
		maps.Copy(flat, inner)
	}
	if flat["result_format"] != "message" {
		return nil, fmt.Errorf("result_format is %v; only message has reasoning and tool calls", flat["result_format"])
	}
	return flat, nil
}

func sentThinking(_ *Vendor, body map[string]any, r *assistant.Reply) error {
	if body["enable_thinking"] != true && !dropped(r, "Thinking") {
		return fmt.Errorf("enable_thinking is %v, want true", body["enable_thinking"])
	}
	return nil
}
