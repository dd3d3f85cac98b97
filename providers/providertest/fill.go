package providertest

import "strings"

// fillPath is DeepSeek's endpoint for what stands between two texts.
const fillPath = "/beta/completions"

func isFill(s *Server, r *Request) bool { return s.vendor.Name == "deepseek" && r.Path == fillPath }

var fillFields = []string{"model", "prompt", "suffix", "max_tokens", "temperature", "top_p", "stop", "stream", "stream_options",
	"echo", "frequency_penalty", "presence_penalty", "logprobs"}

const maxFill = 4096 // tokens

func checkFill(s *Server, r *Request) (Script, error) {
	v := s.vendor
	if f := checkPost(r, v.refuse); f != nil {
		return nil, f
	}
	fields, err := r.fields()
	if err != nil {
		return nil, v.refuse("%v", err)
	}
	if f := unknownField(v, fields, fillFields); f != nil && s.cfg.Strict {
		return nil, f
	}
	var body struct {
		Model     string  `json:"model"`
		Prompt    *string `json:"prompt"`
		MaxTokens int     `json:"max_tokens"`
	}
	switch err := r.Decode(&body); {
	case err != nil:
		return nil, v.refuse("%v", err)
	case body.Prompt == nil || *body.Prompt == "":
		return nil, v.refuse("prompt is missing")
	case body.MaxTokens < 0 || body.MaxTokens > maxFill:
		return nil, v.refuse("max_tokens must be in [1, %d]", maxFill)
	case body.Model == "", s.cfg.Model != "" && body.Model != s.cfg.Model:
		f := v.NoModel
		f.Message = strings.ReplaceAll(f.Message, "{model}", body.Model)
		return nil, &f
	}
	return usualAnswer, nil
}

// filling is the answer without messages and roles.
func (a Answer) filling(r *Request) Response {
	reason := a.reason()
	piece := func(text, finish, usage string) string {
		if usage == "" {
			usage = "null"
		}
		return `{"id":"` + answerID + `","object":"text_completion","created":1795300000,"model":"deepseek-flash","choices":[{"index":0,"text":` +
			quote(text) + `,"logprobs":null,"finish_reason":` + quoteOrNull(finish) + `}],"usage":` + usage + `}`
	}
	if !r.Stream() {
		return JSON(200, piece(a.Text, reason, a.usage(r)))
	}
	var events []string
	for _, s := range syllables(a.Text) {
		events = append(events, event(piece(s, "", "")))
	}
	return SSE(append(events, event(piece("", reason, a.usage(r))), done)...)
}
