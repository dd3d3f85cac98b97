package providertest

import (
	"encoding/json"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

const (
	dashScopeChat = dashScopeAPI + "/services/aigc/text-generation/generation"
	dashScopeSSE  = "X-DashScope-SSE"
)

func isDashScopeChat(_ *Server, r *Request) bool { return r.Path == dashScopeChat }

var dashScopeParameters = []string{
	"result_format", "incremental_output", "temperature", "top_p", "top_k", "max_tokens", "seed", "stop",
	"repetition_penalty", "presence_penalty", "n", "tools", "tool_choice", "parallel_tool_calls",
	"response_format", "enable_thinking", "thinking_budget", "preserve_thinking", "logprobs", "top_logprobs",
	"enable_search", "search_options", "enable_code_interpreter", "vl_high_resolution_images", "max_input_tokens",
}

// A dashScopeBody is a native chat request.
type dashScopeBody struct {
	Model string `json:"model"`
	Input struct {
		Messages []ChatMessage `json:"messages"`
	} `json:"input"`
	Parameters json.RawMessage `json:"parameters"`
}

// dashScopeSwitches are the parameters that decide the form of the answer.
type dashScopeSwitches struct {
	ResultFormat string `json:"result_format"`
	Incremental  bool   `json:"incremental_output"`
}

// switchesOf reads them from a request that has passed the checks.
func switchesOf(r *Request) (dashScopeSwitches, string) {
	var body dashScopeBody
	var out dashScopeSwitches
	if r.Decode(&body) == nil && len(body.Parameters) > 0 {
		_ = json.Unmarshal(body.Parameters, &out)
	}
	return out, body.Model
}

// checkDashScopeChat puts the parts of a native request together as those of a compatible one, so that
// the same rules hold for both, and adds the rules that only the native protocol has.
func checkDashScopeChat(s *Server, r *Request) (Script, error) {
	v := dashScopeOf(s.vendor)
	if f := checkPost(r, v.refuse); f != nil {
		return nil, f
	}
	fields, err := r.fields()
	if err != nil {
		return nil, v.refuse("%v", err)
	}
	if f := unknownField(v, fields, []string{"model", "input", "parameters"}); f != nil {
		return nil, f
	}
	var body dashScopeBody
	if err := r.Decode(&body); err != nil {
		return nil, v.refuse("%v", err)
	}
	c := &Chat{Fields: map[string]json.RawMessage{}}
	if len(body.Parameters) > 0 {
		if err := json.Unmarshal(body.Parameters, c); err != nil {
			return nil, v.refuse("parameters: %v", err)
		}
		if err := json.Unmarshal(body.Parameters, &c.Fields); err != nil {
			return nil, v.refuse("parameters: %v", err)
		}
	}
	if s.cfg.Strict {
		if f := unknownField(v, c.Fields, v.Fields); f != nil {
			return nil, f
		}
	}
	c.Model, c.Messages, c.Stream = body.Model, body.Input.Messages, r.Stream()
	if f := s.checkRules(v, c); f != nil {
		return nil, f
	}
	if f := dashScopeForm(v, r, c); f != nil {
		return nil, f
	}
	return usualAnswer, nil
}

func dashScopeForm(v *Vendor, r *Request, c *Chat) *Fault {
	form, _ := switchesOf(r)
	thinks := c.EnableThinking != nil && *c.EnableThinking || hasPrefix(c.Model, "qwq", "qvq") || isThinkingOnly(c.Model)
	switch {
	case form.ResultFormat != "" && form.ResultFormat != "message" && form.ResultFormat != "text":
		return v.refuse("result_format %q is neither message nor text", form.ResultFormat)
	case form.ResultFormat != "message" && len(c.Tools) > 0:
		return v.refuse("result_format must be message to use tools")
	case c.Stream && thinks && !form.Incremental:
		return v.refuse("This model only supports incremental_output=true")
	}
	return nil
}

// dashScopeAnswer is the native form of an Answer.
func (a Answer) dashScope(r *Request) Response {
	reason := a.reason()
	usage := a.count(r)
	if !r.Stream() {
		return dashScopeWhole{dashScopeStep{a.Reasoning, a.Text, a.Calls, reason}, usage}.Response(nil, r)
	}
	var steps []dashScopeStep
	for _, s := range syllables(a.Reasoning) {
		steps = append(steps, dashScopeStep{reasoning: s})
	}
	for _, s := range syllables(a.Text) {
		steps = append(steps, dashScopeStep{text: s})
	}
	return dashScopeStream{steps: append(steps, dashScopeStep{calls: a.Calls, finish: reason}), usage: usage}.Response(nil, r)
}

func dashScopeUsage(u assistant.Usage) string {
	return fmt.Sprintf(`{"input_tokens":%d,"output_tokens":%d,"total_tokens":%d,"output_tokens_details":{"reasoning_tokens":%d},"prompt_tokens_details":{"cached_tokens":%d}}`,
		u.Input, u.Output, u.Total, u.Reasoning.Value, u.CacheRead.Value)
}
