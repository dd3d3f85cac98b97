package providertest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Ollama describes a server of one's own: its compatible chat, and its vectors at /api/embed. It wants
// no key, but takes the right one, as the same server in the cloud does.
func Ollama() *Vendor {
	v := OpenAI()
	v.Name, v.Base, v.Model = "ollama", "/v1", "qwen3:8b"
	v.EmbeddingModel, v.RerankModel, v.ImageModel = "bge-m3", "", ""
	v.NoKey, v.RowsInOrder = true, true
	v.Fields = with(baseFields, "seed", "frequency_penalty", "presence_penalty", "reasoning", "reasoning_effort")
	v.Fields = slices.DeleteFunc(v.Fields, func(f string) bool { return f == "tool_choice" })
	v.Parts = []string{"text", "image_url"}
	v.Rules = []Rule{ollamaImages, ollamaEffort}
	v.Envelopes = []Envelope{{"compatible", ollamaEnvelope}}
	v.Rows, v.Scenarios = func(string) int { return 0 }, ollamaScenarios
	v.BadKey = Fault{Status: 401, Type: "authentication_error", Message: "unauthorized", Kinds: []assistant.ErrorKind{assistant.ErrAuth}}
	v.NoModel = ollamaFault(404, "not_found_error", "model \"{model}\" not found, try pulling it first", assistant.ErrNotFound)
	v.BadRequest = ollamaFault(400, "invalid_request_error", "{reason}", assistant.ErrInvalid)
	v.Faults = []Fault{
		ollamaFault(400, "invalid_request_error", "registry.ollama.ai/library/gemma:2b does not support tools", assistant.ErrInvalid),
		ollamaFault(400, "invalid_request_error", "\"llama3.2\" does not support thinking", assistant.ErrInvalid),
		ollamaFault(400, "invalid_request_error", "the input length exceeds the context length", assistant.ErrContextLength),
		ollamaFault(404, "not_found_error", "model \"qwen3:8b\" not found, try pulling it first", assistant.ErrNotFound),
		ollamaFault(429, "api_error", "you've reached your hourly usage limit", assistant.ErrRateLimited),
		ollamaFault(500, "api_error", "model requires more system memory (10.2 GiB) than is available (5.6 GiB)", assistant.ErrServer),
		ollamaFault(500, "api_error", "llama runner process has terminated: exit status 2", assistant.ErrServer),
		ollamaFault(503, "api_error", "server busy, please try again.  maximum pending requests exceeded", assistant.ErrOverloaded),
	}
	return v
}

func ollamaFault(status int, typ, message string, kinds ...assistant.ErrorKind) Fault {
	return Fault{Status: status, Type: typ, Message: message, Kinds: kinds}
}

// ollamaEnvelope has no code, and no request id.
func ollamaEnvelope(f Fault) string {
	return fmt.Sprintf(`{"error":{"message":%s,"type":%s,"param":null,"code":%s}}`, quote(f.Message), quote(f.Type), quoteOrNull(f.Code))
}

// ollamaImages takes bytes, not addresses.
func ollamaImages(v *Vendor, c *Chat) *Fault {
	for _, m := range c.Messages {
		var parts []chatPart
		if json.Unmarshal(m.Content, &parts) != nil {
			continue
		}
		for _, p := range parts {
			if p.ImageURL != nil && !strings.HasPrefix(p.ImageURL.URL, "data:image/") && !strings.HasPrefix(p.ImageURL.URL, "data:;base64,") {
				return v.refuse("invalid image input")
			}
		}
	}
	return nil
}

func ollamaEffort(v *Vendor, c *Chat) *Fault {
	raw, ok := c.Fields["reasoning_effort"]
	if ok && !slices.Contains([]string{`"none"`, `"low"`, `"medium"`, `"high"`, `"x1"`}, string(raw)) {
		return v.refuse("invalid reasoning value: %s (must be \"high\", \"medium\", \"low\", or \"none\")", raw)
	}
	return nil
}

// ollamaScenarios are thinking under its name here, and calls that come whole.
func ollamaScenarios(v *Vendor) []Scenario {
	plain := &assistant.Usage{Input: 26, Output: 9, Total: 35}
	const count = `{"prompt_tokens":26,"completion_tokens":9,"total_tokens":35}`
	weather := []assistant.ToolCall{{ID: "call_x1", Name: "get_weather", Arguments: `{"city":"杭州"}`}}
	const call = `"tool_calls":[{"id":"call_x1","index":0,"type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"杭州\"}"}}]`
	return []Scenario{
		{
			Name: "ollama/reasoning",
			Stream: SSE(v.delta(`{"role":"assistant","content":"","reasoning":"先想"}`), v.delta(`{"role":"assistant","content":"好"}`),
				v.chunk(choice(`{"role":"assistant","content":""}`, "stop"), ""), v.usage(count), done),
			Whole: JSON(200, v.Completion(v.Model, message(`{"role":"assistant","content":"好","reasoning":"先想"}`, "stop"), count)),
			Want:  Want{Reasoning: "先想", Text: "好", Usage: plain},
		},
		{
			Name:    "ollama/tool call in one piece",
			Request: withTools,
			Stream:  SSE(v.delta(`{"role":"assistant","content":"",`+call+`}`), v.chunk(choice(`{"role":"assistant","content":""}`, "tool_calls"), ""), v.usage(count), done),
			Whole:   JSON(200, v.Completion(v.Model, message(`{"role":"assistant","content":"",`+call+`}`, "tool_calls"), count)),
			Want:    Want{Calls: weather, Finish: finishCalls, Usage: plain},
		},
		{
			Name:   "ollama/an error in the words of its own interface",
			Stream: SSE(event(`{"error":"an error was encountered while running the model: unexpected EOF"}`)),
			Whole:  JSON(500, `{"error":"an error was encountered while running the model: unexpected EOF"}`),
			Want:   Want{Error: &WantError{Kinds: []assistant.ErrorKind{assistant.ErrServer}, Message: "unexpected EOF"}},
		},
	}
}

// ollamaEmbed is the path of vectors, beside the compatible paths.
const ollamaEmbed = "/api/embed"

func isOllamaEmbed(_ *Server, r *Request) bool { return r.Path == ollamaEmbed }

func failOllama(_ *Vendor, f Fault) Response {
	return JSON(f.Status, fmt.Sprintf(`{"error":%s}`, quote(f.Message)))
}

var ollamaEmbedFields = []string{"model", "input", "truncate", "dimensions", "options", "keep_alive"}

func checkOllamaEmbed(s *Server, r *Request) (Script, error) {
	v := s.vendor
	if f := checkPost(r, v.refuse); f != nil {
		return nil, f
	}
	fields, err := r.fields()
	if err != nil {
		return nil, v.refuse("%v", err)
	}
	if f := unknownField(v, fields, ollamaEmbedFields); f != nil && s.cfg.Strict {
		return nil, f
	}
	var body embeddingBody
	if err := r.Decode(&body); err != nil {
		return nil, v.refuse("%v", err)
	}
	texts, err := oneOrMore(body.Input)
	switch {
	case body.Model == "":
		return nil, v.refuse("model is required")
	case err != nil:
		return nil, v.refuse("invalid input type")
	case slices.Contains(texts, ""):
		return nil, v.refuse("input must not be empty")
	case body.dimensions() < 1 || body.dimensions() > 1<<16:
		return nil, v.refuse("dimensions %d is not a valid value", body.dimensions())
	}
	return vectors{}, nil
}

// ollamaVectors has the vectors alone, in the order of the texts.
func ollamaVectors(model string, rows []row, tokens int) Response {
	data := make([]string, len(rows))
	for i, row := range rows {
		data[len(rows)-1-i] = row.embedding
	}
	return JSON(200, fmt.Sprintf(`{"model":%s,"embeddings":[%s],"total_duration":14143917,"load_duration":1019500,"prompt_eval_count":%d}`,
		quote(model), strings.Join(data, ","), tokens))
}
