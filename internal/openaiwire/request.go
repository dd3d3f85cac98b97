package openaiwire

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An encoder writes one request.
type encoder struct {
	Fields
	profile   *Profile
	rules     *Rules
	req       *assistant.Request
	model     string
	stream    bool
	mode      assistant.Switch // what will be said about thinking
	thinks    bool             // whether the model will think
	note      string           // what must be added to the system message
	unthought bool             // thinking was given up, and it has been said
	prefixed  bool             // whether the last answer is to be continued
	fileIDs   []string         // documents to name in a system message
}

// newEncoder decides what the request will be; encode then writes it into buf.
func newEncoder(p *Profile, rules *Rules, model string, req *assistant.Request, wantStream bool) *encoder {
	e := &encoder{profile: p, rules: rules, req: req, model: model}
	e.extra = req.Extra[p.Vendor]
	e.written = make([]string, 0, 16)
	e.decideThinking()
	e.stream = wantStream || e.rules.Stream == StreamOnly || e.rules.Stream == StreamWhenThinking && e.thinks
	return e
}

// encode appends the body of the request to buf. An error is the caller's fault.
func (e *encoder) encode(buf []byte) ([]byte, error) {
	if len(e.req.Messages) == 0 {
		return buf, fmt.Errorf("the request has no messages")
	}
	e.b = append(buf, '{')
	e.String("model", e.model)
	e.format() // first, because it may add to the system message
	e.messages()
	e.streaming()
	e.thinking()
	e.tools()
	e.sampling()
	e.search()
	for _, f := range e.rules.Fixed {
		if !e.yields(f.Name) && !slices.Contains(e.written, f.Name) {
			e.name(f.Name)
			e.b = append(e.b, f.JSON...)
		}
	}
	e.mergeExtra(e.profile.Vendor)
	e.b = append(e.b, '}')
	return e.b, e.err
}

func (e *encoder) streaming() {
	if !e.stream {
		e.written = append(e.written, "stream") // it is not the caller's to set
		return
	}
	e.Bool("stream", true)
	if !e.rules.NoStreamUsage && !e.yields("stream_options") {
		e.Object("stream_options", func(f *Fields) { f.Bool("include_usage", true) })
	}
}

func (e *encoder) sampling() {
	req, r := e.req, e.rules
	if req.MaxTokens > 0 {
		name := r.MaxTokens
		if name == "" {
			name = "max_tokens"
		}
		e.Int(name, int64(req.MaxTokens))
		e.written = append(e.written, "max_tokens", "max_completion_tokens") // vendors refuse both together
	}
	if v := req.Temperature; v.Set && e.takes(ParamTemperature, "Temperature") {
		e.Float("temperature", "Temperature", v.Value, r.Temperature)
	}
	if v := req.TopP; v.Set && e.takes(ParamTopP, "TopP") {
		e.Float("top_p", "TopP", v.Value, r.TopP)
	}
	if v := req.TopK; v > 0 && e.takes(ParamTopK, "TopK") {
		e.Int("top_k", int64(v))
	}
	if v := req.FrequencyPenalty; v.Set && e.takes(ParamFrequencyPenalty, "FrequencyPenalty") {
		e.Float("frequency_penalty", "FrequencyPenalty", v.Value, Range{})
	}
	if v := req.PresencePenalty; v.Set && e.takes(ParamPresencePenalty, "PresencePenalty") {
		e.Float("presence_penalty", "PresencePenalty", v.Value, Range{})
	}
	if v := req.Seed; v.Set && e.takes(ParamSeed, "Seed") {
		if r.MaxSeed > 0 && (v.Value < r.MinSeed || v.Value > r.MaxSeed) {
			e.Drop("Seed", fmt.Sprintf("the vendor takes %d to %d", r.MinSeed, r.MaxSeed))
		} else {
			e.Int("seed", v.Value)
		}
	}
	if len(req.Stop) > 0 && e.takes(ParamStop, "Stop") {
		stop, most := e.stops(), r.MaxStops
		if most == 0 {
			most = 4
		}
		if len(stop) > most {
			e.Drop("Stop", fmt.Sprintf("the vendor takes %d texts; the first ones were sent", most))
			stop = stop[:most]
		}
		if len(stop) > 0 {
			e.Strings("stop", stop)
		}
	}
	if req.User != "" {
		if r.User == "" {
			e.Drop("User", "the vendor has no field for it")
		} else {
			e.String(r.User, req.User)
		}
	}
}

// stops returns the stop texts that are not too long.
func (e *encoder) stops() []string {
	most := e.rules.MaxStopLength
	if most == 0 {
		return e.req.Stop
	}
	var out []string
	for i, s := range e.req.Stop {
		if utf8.RuneCountInString(s) > most {
			e.Drop(fmt.Sprintf("Stop[%d]", i), fmt.Sprintf("the vendor takes %d characters", most))
		} else {
			out = append(out, s)
		}
	}
	return out
}

// takes reports whether the model has an optional field, and notes it if not.
func (e *encoder) takes(p Param, field string) bool {
	if e.rules.Params&p == 0 {
		e.Drop(field, "the model does not take it")
		return false
	}
	if e.thinks && e.rules.IgnoredThinking&p != 0 {
		e.Drop(field, "the model ignores it while it thinks")
		return false
	}
	return true
}

func (e *encoder) search() {
	s := e.req.Search
	asked := s.Mode == assistant.On || s.Forced || len(s.Sites) > 0 || s.Days > 0
	if s.Mode == assistant.Default && !asked {
		return
	}
	if e.rules.Search == nil {
		if s.Mode != assistant.Off {
			e.Drop("Search", "the vendor has no web search here")
		}
		return
	}
	e.rules.Search(&e.Fields, s)
}

// format writes the form of the answer.
func (e *encoder) format() {
	f := e.req.Format
	switch f.Kind {
	case assistant.FormatText:
		return
	case assistant.FormatSchema:
		schema, err := appendCompact(nil, f.Schema)
		if err != nil {
			e.fail("Format.Schema is not JSON: %w", err)
			return
		}
		if e.rules.Formats&FormatSchema != 0 {
			e.Object("response_format", func(o *Fields) {
				o.String("type", "json_schema")
				if e.rules.BareSchema {
					o.name("json_schema")
					o.b = append(o.b, schema...)
					return
				}
				o.Object("json_schema", func(o *Fields) {
					name := f.Name
					if name == "" {
						name = "answer"
					}
					o.String("name", name)
					if f.Strict {
						o.Bool("strict", true)
					}
					o.name("schema")
					o.b = append(o.b, schema...)
				})
			})
			return
		}
		e.Drop("Format.Schema", "the model does not enforce a schema; it was told the schema in words")
		e.note = "请只输出一个符合以下 JSON Schema 的 JSON 对象,不要输出其他文字:\n" + string(schema)
	case assistant.FormatJSON:
		if e.rules.Formats&FormatJSON == 0 {
			e.Drop("Format", "the model does not enforce JSON; it was told in words")
		}
		if e.rules.Formats&FormatJSON == 0 || e.rules.JSONWord && !e.saysJSON() {
			e.note = "请只输出一个 JSON 对象,不要输出其他文字。"
		}
	}
	if e.rules.Formats&FormatJSON != 0 {
		e.Object("response_format", func(o *Fields) { o.String("type", "json_object") })
	}
}

// saysJSON reports whether a system or user message has the word "json".
func (e *encoder) saysJSON() bool {
	for _, m := range e.req.Messages {
		if m.Role != assistant.RoleSystem && m.Role != assistant.RoleUser {
			continue
		}
		for _, p := range m.Parts {
			if t, ok := p.(assistant.Text); ok && strings.Contains(strings.ToLower(t.Text), "json") {
				return true
			}
		}
	}
	return false
}
