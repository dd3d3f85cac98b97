package providertest

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// requestChecks send requests that hold more than a greeting. The server refuses what the vendor
// would; each check then looks at what was sent.
var requestChecks = []wireCheck{
	sends("conversation", conversation, sentConversation),
	sends("usage is asked for", greeting, sentUsageOption),
	sends("several system messages", severalSystem, sentOneSystem),
	sends("explicit zeros", explicitZeros, sentZeros),
	sends("tool without arguments", func() *assistant.Request {
		r := greeting()
		r.Tools = []*assistant.ToolSpec{clockTool()}
		return r
	}, nil),
	sends("tool calls in parallel", withTools, sentParallel(true)),
	sends("tool calls one at a time", func() *assistant.Request { r := withTools(); r.SingleTool = true; return r }, sentParallel(false)),
	sends("no tool", withChoice(assistant.ToolChoice{Mode: assistant.ToolNone}), sentChoice(`"none"`)),
	sends("forced tool", withChoice(assistant.ToolChoice{Mode: assistant.ToolForced, Name: "now"}),
		sentChoice(`{"type":"function","function":{"name":"now"}}`)),
	sends("choice without tools", func() *assistant.Request {
		r := greeting()
		r.ToolChoice.Mode = assistant.ToolNone
		return r
	}, nil),
	sends("picture", withPicture, sentPicture),
	sends("result that failed", failedResult, nil),
	sends("result without text", emptyResult, nil),
	sends("foreign reasoning", foreignReasoning, sentNoForeign),
	sends("JSON schema", withSchema, nil),
	sends("origin of an answer", func() *assistant.Request {
		r := conversation()
		for i := range r.Messages {
			r.Messages[i].Origin = &assistant.Origin{Tier: "hologram", Vendor: "hologram", Detail: json.RawMessage(`"hologram"`)}
		}
		return r
	}, sentNoOrigin),
	sends("part of a newer release", func() *assistant.Request {
		r := greeting()
		r.Messages[0].Parts = append(r.Messages[0].Parts, assistant.Unknown{JSON: json.RawMessage(`{"type":"hologram"}`)})
		return r
	}, nil),
	{"request/extra fields", checkExtra},
	sends("nothing dropped in silence", everything, sentOrDropped),
}

// sends is a check that the server takes the request and that look, if it is not nil, is content with
// the body.
func sends(name string, request func() *assistant.Request, look func(v *Vendor, body map[string]any, r *assistant.Reply) error) wireCheck {
	return wireCheck{"request/" + name, func(r *rig) error { return r.send(request(), look) }}
}

func (r *rig) send(req *assistant.Request, look func(v *Vendor, body map[string]any, r *assistant.Reply) error) error {
	b, err := r.start(bench{})
	if err != nil {
		return err
	}
	defer b.close()
	t := b.ask(req)
	sent, err := b.sent(1)
	if err != nil {
		return err
	}
	if err := t.whole(); err != nil {
		return err
	}
	if look == nil {
		return nil
	}
	var body map[string]any
	if err := sent[0].Decode(&body); err != nil {
		return err
	}
	return look(r.vendor, body, t.reply())
}

// sentNoOrigin checks that a vendor is not told who has answered before.
func sentNoOrigin(_ *Vendor, body map[string]any, r *assistant.Reply) error {
	b, err := json.Marshal(body)
	if err == nil && strings.Contains(string(b), "hologram") {
		err = errors.New("the request says where an earlier answer came from")
	}
	for _, d := range r.Dropped {
		if err == nil && strings.HasPrefix(d.Field, "Messages") {
			err = fmt.Errorf("%v: an origin is not meant for vendors, and nothing is dropped with it", d)
		}
	}
	return err
}

func sentConversation(v *Vendor, body map[string]any, r *assistant.Reply) error {
	messages, _ := body["messages"].([]any)
	var roles []string
	for _, m := range messages {
		roles = append(roles, fmt.Sprint(m.(map[string]any)["role"]))
	}
	if want := []string{"system", "user", "assistant", "tool", "assistant", "user"}; !slices.Equal(roles, want) {
		return fmt.Errorf("roles are %q, want %q", roles, want)
	}
	call := messages[2].(map[string]any)
	if call["content"] != "我查一下。" {
		return fmt.Errorf("the text beside the call is %v", call["content"])
	}
	if got := at(call, "tool_calls", 0, "id"); got != "call_1" {
		return fmt.Errorf("the call's id is %v, want the vendor's own", got)
	}
	if got := at(call, "tool_calls", 0, "function", "arguments"); got != `{"city":"杭州"}` {
		return fmt.Errorf("the call's arguments are %v", got)
	}
	if got := fmt.Sprint(at(messages[3], "content")); !strings.Contains(got, "晴,12到20度") {
		return fmt.Errorf("the tool's result is %s", got)
	}
	if got := at(body, "tools", 0, "function", "description"); got != "查询一个城市的天气" {
		return fmt.Errorf("the tool's description is %v", got)
	}
	if got := at(body, "tools", 0, "function", "parameters", "required", 0); got != "city" {
		return fmt.Errorf("the tool's schema is %v", at(body, "tools", 0, "function", "parameters"))
	}
	if got := fmt.Sprint(body["stop"]); !strings.Contains(got, "再见") && (r == nil || !dropped(r, "Stop")) {
		return fmt.Errorf("stop is %v", body["stop"])
	}
	return nil
}

func sentUsageOption(_ *Vendor, body map[string]any, _ *assistant.Reply) error {
	if at(body, "stream_options", "include_usage") != true {
		return errors.New("stream_options.include_usage is not true, so most vendors send no usage")
	}
	return nil
}

func sentOneSystem(_ *Vendor, body map[string]any, _ *assistant.Reply) error {
	messages, _ := body["messages"].([]any)
	var systems []string
	for i, m := range messages {
		if at(m, "role") == "system" {
			if i > 0 {
				return fmt.Errorf("message %d has role system; some vendors refuse it there", i)
			}
			systems = append(systems, fmt.Sprint(at(m, "content")))
		}
	}
	if len(systems) != 1 || !strings.Contains(systems[0], "第一条") || !strings.Contains(systems[0], "第二条") {
		return fmt.Errorf("system messages are %q, want one with both texts", systems)
	}
	return nil
}

func sentZeros(_ *Vendor, body map[string]any, r *assistant.Reply) error {
	for field, path := range map[string]string{"temperature": "Temperature", "seed": "Seed", "presence_penalty": "PresencePenalty"} {
		if got, ok := body[field]; !dropped(r, path) && (!ok || got != 0.0) {
			return fmt.Errorf("%s is %v, want an explicit 0", field, got)
		}
	}
	return nil
}

func sentParallel(want bool) func(*Vendor, map[string]any, *assistant.Reply) error {
	return func(v *Vendor, body map[string]any, r *assistant.Reply) error {
		got, sent := body["parallel_tool_calls"]
		byDefault := v.Name != "qwen" // OpenAI calls in parallel unless told not to, Qwen only if told to
		if !sent {
			got = byDefault
		}
		if got != want && !dropped(r, "SingleTool") {
			return fmt.Errorf("parallel_tool_calls is %v, want %v", got, want)
		}
		return nil
	}
}

func sentChoice(want string) func(*Vendor, map[string]any, *assistant.Reply) error {
	return func(_ *Vendor, body map[string]any, r *assistant.Reply) error {
		var w any
		if err := json.Unmarshal([]byte(want), &w); err != nil {
			return err
		}
		if w == "none" && body["tools"] == nil {
			return nil // what is not offered cannot be called
		}
		if body["tool_choice"] == "required" && at(body, "tools", 1) == nil && at(w, "function", "name") == at(body, "tools", 0, "function", "name") {
			return nil // only the one that is wanted can be called
		}
		if !reflect.DeepEqual(body["tool_choice"], w) && !dropped(r, "ToolChoice") {
			return fmt.Errorf("tool_choice is %v, want %s", body["tool_choice"], want)
		}
		return nil
	}
}

func sentPicture(_ *Vendor, body map[string]any, r *assistant.Reply) error {
	if dropped(r, "Messages[0].Parts") {
		return nil // the model is blind, and the adapter says so
	}
	parts := at(body, "messages", 0, "content")
	if got := at(parts, 0, "text"); got != "图里是什么?" {
		return fmt.Errorf("the text part is %v", got)
	}
	if got := at(parts, 1, "image_url", "url"); got != "https://example.com/a.png" {
		return fmt.Errorf("the picture's address is %v", got)
	}
	if got := fmt.Sprint(at(parts, 2, "image_url", "url")); !strings.HasPrefix(got, "data:image/png;base64,iVBORw0KGgo") {
		return fmt.Errorf("the picture's data is %.60s, want a data URL of type image/png", got)
	}
	return nil
}

func sentNoForeign(_ *Vendor, body map[string]any, _ *assistant.Reply) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	for _, secret := range []string{"别家的思考", "foreign-blob", "Zm9yZWlnbi1ibG9i"} {
		if strings.Contains(string(b), secret) {
			return fmt.Errorf("%q, which another vendor's model thought, was sent", secret)
		}
	}
	return nil
}

// checkExtra sends one of the vendor's own fields, and a field of somebody else's.
func checkExtra(r *rig) error {
	own := r.vendor.Fields[len(r.vendor.Fields)-1]
	req := greeting()
	req.Extra = map[string]map[string]any{
		r.vendor.Name:   {own: "x1"},
		"somebody else": {"for_somebody_else": true},
	}
	return r.send(req, func(v *Vendor, body map[string]any, _ *assistant.Reply) error {
		if got := body[own]; got != "x1" {
			return fmt.Errorf("%s of Extra[%q] was sent as %v", own, v.Name, got)
		}
		if _, ok := body["for_somebody_else"]; ok {
			return errors.New("another adapter's Extra was sent")
		}
		return nil
	})
}

// fieldsOf are the wire fields that can carry what a field of a request asks for.
var fieldsOf = map[string][]string{
	"Temperature":      {"temperature"},
	"TopP":             {"top_p"},
	"TopK":             {"top_k"},
	"FrequencyPenalty": {"frequency_penalty"},
	"PresencePenalty":  {"presence_penalty"},
	"Seed":             {"seed"},
	"Stop":             {"stop"},
	"MaxTokens":        {"max_tokens", "max_completion_tokens"},
	"User":             {"user", "user_id", "safety_identifier"},
	"Thinking":         {"enable_thinking", "thinking", "reasoning_effort"},
	"Search":           {"enable_search", "web_search", "web_search_options"},
	"SingleTool":       {"parallel_tool_calls"},
	"Tools":            {"tools"},
}

func sentOrDropped(_ *Vendor, body map[string]any, r *assistant.Reply) error {
	for path, fields := range fieldsOf {
		sent := slices.ContainsFunc(fields, func(f string) bool { _, ok := body[f]; return ok })
		if !sent && !dropped(r, path) {
			return fmt.Errorf("field %s of the request was neither sent nor listed in Meta.Dropped", path)
		}
	}
	return nil
}

// dropped reports whether the reply admits that a field of the request, or a part of it, was not sent.
func dropped(r *assistant.Reply, path string) bool {
	return slices.ContainsFunc(r.Dropped, func(d assistant.Dropped) bool { return strings.HasPrefix(d.Field, path) && d.Reason != "" })
}

// at walks through decoded JSON by keys and indexes; what is not there is nil.
func at(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[step]
		case int:
			s, _ := v.([]any)
			if step >= len(s) {
				return nil
			}
			v = s[step]
		}
	}
	return v
}
