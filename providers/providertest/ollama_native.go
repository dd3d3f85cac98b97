package providertest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// OllamaNative describes the protocol that is Ollama's own: POST {base}/api/chat, answered by one JSON
// object on each line. Adapters get the address of the server.
func OllamaNative() *Vendor {
	v := Ollama()
	v.Base = ""
	v.Envelopes = []Envelope{{"native", func(f Fault) string { return `{"error":` + quote(f.Message) + `}` }}}
	for i := range v.Faults {
		v.Faults[i].Code, v.Faults[i].Type = "", ""
	}
	v.Chunk, v.Completion = nil, nil
	v.Fields, v.Parts, v.Rules = ollamaFields, nil, nil
	v.Scenarios = ollamaNativeScenarios
	v.flatten = flattenOllama
	return v
}

const ollamaChat = "/api/chat"

func isOllamaChat(_ *Server, r *Request) bool { return r.Path == ollamaChat }

var (
	ollamaFields  = []string{"model", "messages", "tools", "format", "options", "stream", "keep_alive", "think", "truncate", "shift", "logprobs", "top_logprobs"}
	ollamaOptions = []string{
		"num_keep", "seed", "num_predict", "top_k", "top_p", "min_p", "typical_p", "repeat_last_n", "temperature", "repeat_penalty",
		"presence_penalty", "frequency_penalty", "stop", "num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread",
	}
)

// An ollamaBody is a native chat request.
type ollamaBody struct {
	Model    string
	Messages []struct {
		Role, Content, Thinking string
		Images                  [][]byte
		ToolName                string `json:"tool_name"`
		ToolCalls               []struct {
			Function struct {
				Name      string
				Arguments map[string]any
			}
		} `json:"tool_calls"`
	}
	Stream  *bool
	Tools   []ChatTool
	Options map[string]json.RawMessage
	Format  json.RawMessage
	Think   json.RawMessage
}

func checkOllamaChat(s *Server, r *Request) (Script, error) {
	v := s.vendor
	if r.Method != http.MethodPost {
		return nil, v.refuse("use POST")
	}
	fields, err := r.fields()
	if err != nil {
		return nil, v.refuse("%v", err)
	}
	var body ollamaBody
	if err := r.Decode(&body); err != nil {
		return nil, v.refuse("%v", err)
	}
	if f := unknownField(v, fields, ollamaFields); f != nil && s.cfg.Strict {
		return nil, f
	}
	if f := unknownField(v, body.Options, ollamaOptions); f != nil && s.cfg.Strict {
		return nil, f
	}
	switch {
	case body.Model == "":
		return nil, v.refuse("model is required")
	case s.cfg.Model != "" && body.Model != s.cfg.Model:
		f := v.NoModel
		f.Message = strings.ReplaceAll(f.Message, "{model}", body.Model)
		return nil, &f
	case len(body.Format) > 0 && string(body.Format) != `"json"` && body.Format[0] != '{':
		return nil, v.refuse("invalid format: %s; expected \"json\" or a valid JSON Schema object", body.Format)
	case len(body.Think) > 0 && !slices.Contains([]string{"true", "false", `"low"`, `"medium"`, `"high"`}, string(body.Think)):
		return nil, v.refuse("invalid think value: %s", body.Think)
	case len(body.Think) > 0 && body.Think[0] == '"' && !strings.Contains(body.Model, "gpt-oss"):
		return nil, v.refuse("think value %s is not supported for this model", body.Think)
	}
	for i, m := range body.Messages {
		if !slices.Contains([]string{"system", "user", "assistant", "tool"}, m.Role) {
			return nil, v.refuse("messages[%d]: invalid role: %q", i, m.Role)
		}
	}
	return usualAnswer, nil
}

// streams reports whether a native request asks for a stream, which it does unless it says no.
func (b *ollamaBody) streams() bool { return b.Stream == nil || *b.Stream }

// ollama is the native form of an Answer.
func (a Answer) ollama(r *Request) Response {
	var body ollamaBody
	_ = r.Decode(&body) // the checks have done so before
	u := a.count(r)
	end := fmt.Sprintf(`"done":true,"done_reason":%s,"total_duration":1,"prompt_eval_count":%d,"eval_count":%d`, quote(firstWord(a.Finish, "stop")), u.Input, u.Output)
	if !body.streams() {
		return JSON(200, ollamaLine(body.Model, a.Reasoning, a.Text, a.Calls, end))
	}
	var lines []string
	for _, s := range syllables(a.Reasoning) {
		lines = append(lines, ollamaLine(body.Model, s, "", nil, `"done":false`))
	}
	for _, s := range syllables(a.Text) {
		lines = append(lines, ollamaLine(body.Model, "", s, nil, `"done":false`))
	}
	for _, c := range a.Calls {
		lines = append(lines, ollamaLine(body.Model, "", "", []assistant.ToolCall{c}, `"done":false`))
	}
	return ndjson(append(lines, ollamaLine(body.Model, "", "", nil, end))...)
}

func firstWord(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// ndjson is a stream of lines.
func ndjson(lines ...string) Response {
	r := SSE()
	for _, line := range lines {
		r.Body = append(r.Body, Piece{Data: line + "\n"})
	}
	return r.With("Content-Type", "application/x-ndjson")
}

func ollamaLine(model, thinking, text string, calls []assistant.ToolCall, more string) string {
	message := `"role":"assistant","content":` + quote(text)
	if thinking != "" {
		message += `,"thinking":` + quote(thinking)
	}
	if len(calls) > 0 {
		list := make([]string, len(calls))
		for i, c := range calls {
			arguments := c.Arguments
			if arguments == "" {
				arguments = "{}"
			}
			list[i] = fmt.Sprintf(`{"id":%s,"function":{"name":%s,"arguments":%s}}`, quote(c.ID), quote(c.Name), arguments)
		}
		message += `,"tool_calls":[` + strings.Join(list, ",") + `]`
	}
	return fmt.Sprintf(`{"model":%s,"created_at":"2026-11-21T22:26:40.123456Z","message":{%s},%s}`, quote(model), message, more)
}

// flattenOllama puts the options beside the fields, arguments into a text, and names as the compatible
// protocol does.
func flattenOllama(body map[string]any) (map[string]any, error) {
	flat := maps.Clone(body)
	if options, ok := body["options"].(map[string]any); ok {
		maps.Copy(flat, options)
	}
	if think, ok := body["think"]; ok {
		flat["enable_thinking"] = think
	}
	if _, ok := body["stream"].(bool); !ok {
		return nil, fmt.Errorf("stream is %v; without a word the server streams", body["stream"])
	}
	messages, _ := body["messages"].([]any)
	for _, m := range messages {
		calls, _ := at(m, "tool_calls").([]any)
		for _, c := range calls {
			function, _ := at(c, "function").(map[string]any)
			arguments, err := json.Marshal(function["arguments"])
			if err != nil {
				return nil, err
			}
			function["arguments"] = string(arguments)
		}
	}
	return flat, nil
}

// ollamaNativeScenarios are what the native protocol sends.
func ollamaNativeScenarios(v *Vendor) []Scenario {
	const (
		end   = `"done":true,"done_reason":"stop","total_duration":1,"prompt_eval_count":12,"eval_count":5`
		going = `"done":false`
	)
	plain := &assistant.Usage{Input: 12, Output: 5, Total: 17}
	line := func(thinking, text, more string) string { return ollamaLine(v.Model, thinking, text, nil, more) }
	both := func(name string, stream, whole Response, w Want) Scenario {
		return Scenario{Name: "native/" + name, Stream: stream, Whole: whole, Want: w}
	}
	stream := func(name string, s Response, w Want) Scenario {
		return Scenario{Name: "native/" + name, Stream: s, Want: w}
	}
	weather := assistant.ToolCall{ID: "call_1", Name: "get_weather", Arguments: `{"city":"杭州"}`}
	nameless := assistant.ToolCall{Name: "now", Arguments: `{}`}
	tools := both("tool calls",
		ndjson(line("", "查", going), ollamaLine(v.Model, "", "", []assistant.ToolCall{weather}, going), ollamaLine(v.Model, "", "", []assistant.ToolCall{nameless}, going), line("", "", end)),
		JSON(200, ollamaLine(v.Model, "", "查", []assistant.ToolCall{weather, nameless}, end)),
		Want{Text: "查", Calls: []assistant.ToolCall{weather, nameless}, Finish: finishCalls, Usage: plain})
	tools.Request = withTools
	broken := failing(assistant.ErrTruncated)
	server := &WantError{Kinds: []assistant.ErrorKind{assistant.ErrServer}, Message: "unexpected EOF"}
	const failure = `{"error":"an error was encountered while running the model: unexpected EOF"}`
	half := line("", "好啊", going)
	long := strings.Repeat("很长的话", 20_000)
	return []Scenario{
		both("plain", ndjson(line("", "你", going), line("", "好", going), line("", "", end)), JSON(200, line("", "你好", end)), Want{Text: "你好", Usage: plain}),
		both("reasoning first", ndjson(line("先", "", going), line("想", "", going), line("", "好", going), line("", "", end)), JSON(200, line("先想", "好", end)),
			Want{Reasoning: "先想", Text: "好", Usage: plain}),
		both("cut at the limit", ndjson(line("", "你", going), line("", "", strings.Replace(end, `"stop"`, `"length"`, 1))), JSON(200, line("", "你", strings.Replace(end, `"stop"`, `"length"`, 1))),
			Want{Text: "你", Finish: finishLength, Usage: plain}),
		both("no reason, as older servers end", ndjson(line("", "你好", going), line("", "", `"done":true`)), JSON(200, line("", "你好", `"done":true`)), Want{Text: "你好"}),
		both("a very long line", ndjson(line("", long, going), line("", "", end)), JSON(200, line("", long, end)), Want{Text: long, Usage: plain}),
		tools,
		stream("one byte at a time", ndjson(line("", "你", going), line("", "好", going), line("", "", end)).Dripping(1, 0), Want{Text: "你好", Usage: plain}),
		stream("an error in the stream", ndjson(line("", "你好", going), failure), Want{Text: "你好", Error: server}),
		stream("an error at once", ndjson(failure), Want{Error: server}),
		stream("cut after text", ndjson(line("", "你", going), line("", "好", going)), Want{Text: "你好", Error: broken}),
		stream("cut after text, connection closed", ndjson(line("", "你", going)).Ending(EndShort), Want{Text: "你", Error: broken}),
		stream("cut inside a line", func() Response {
			r := ndjson(line("", "你", going))
			r.Body = append(r.Body, Piece{Data: half[:len(half)/2]})
			return r
		}(), Want{Text: "你", Error: broken}),
		stream("nothing", ndjson(), Want{Error: failing(assistant.ErrTruncated, assistant.ErrProtocol)}),
		{Name: "native/status 200 without an answer", Whole: JSON(200, `{"model":"m"}`), Want: Want{Error: failing(assistant.ErrProtocol, assistant.ErrTruncated)}},
	}
}
