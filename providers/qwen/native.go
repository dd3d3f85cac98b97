package qwen

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/jsontext"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// NewNative returns a model behind the vendor's own protocol, for the one thing that only it has: the
// sources of a web search, which come as assistant.Citation parts, and their marks in the text. It reads
// text only. Config.BaseURL is that of New, or the address that "/services" stands under. It sends
// nothing.
func NewNative(cfg Config) (*Model, error) {
	cfg.Model = cmp.Or(cfg.Model, DefaultModel)
	base, err := baseURL(cfg)
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	api, err := besideChat(base, "")
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	if api.Path == "" {
		api.Path = nativePath
	}
	cfg.BaseURL, cfg.Region = api.String(), ""
	p := profile()
	if cfg.PreserveThinking {
		p = preservingProfile()
	}
	client, err := newClientWith(cfg, nativeProfile(p), &openaiwire.Translation{
		Path:         "/services/aigc/text-generation/generation",
		StreamHeader: http.Header{"X-Dashscope-Sse": {"enable"}},
		Request:      nativeRequest,
		Answer:       commonAnswer,
	})
	if err != nil {
		return nil, fmt.Errorf("qwen: %w", err)
	}
	return &Model{client: client}, nil
}

const nativePath = "/api/v1"

// nativeProfile is common without media, and with the sources of a search.
func nativeProfile(common *openaiwire.Profile) *openaiwire.Profile {
	p := *common
	p.Models = slices.Clone(p.Models)
	change := func(r *openaiwire.Rules) {
		r.Parts &= openaiwire.PartFile
		r.NoStreamUsage = true   // counts come on every event
		r.Thinking.Efforts = nil // this protocol has budgets for them
		r.Search = nativeSearch
	}
	change(&p.Rules)
	for i := range p.Models {
		change(&p.Models[i].Rules)
	}
	return &p
}

// nativeSearch is search with the sources and their marks.
func nativeSearch(f *openaiwire.Fields, s assistant.Search) {
	f.Bool("enable_search", s.Mode != assistant.Off)
	if s.Mode == assistant.Off {
		return
	}
	f.Object("search_options", func(f *openaiwire.Fields) {
		f.Bool("enable_source", true)
		f.Bool("enable_citation", true)
		searchOptions(f, s)
	})
}

// nativeRequest puts the fields of the common protocol where the native one has them.
func nativeRequest(body []byte, _ func(field, reason string)) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, fmt.Errorf("translate the request: %w", err)
	}
	messages, err := withoutParts(fields["messages"])
	if err != nil {
		return nil, fmt.Errorf("translate the messages: %w", err)
	}
	parameters := maps.Clone(fields)
	for _, name := range []string{"model", "messages", "stream", "stream_options"} {
		delete(parameters, name)
	}
	parameters["result_format"] = json.RawMessage(`"message"`)
	if string(fields["stream"]) == "true" {
		parameters["incremental_output"] = json.RawMessage("true")
	}
	return jsontext.Marshal(map[string]any{
		"model": fields["model"], "input": map[string]any{"messages": messages}, "parameters": parameters,
	})
}

// withoutParts makes one text of each list of parts, none of which is anything else here.
func withoutParts(raw json.RawMessage) ([]map[string]json.RawMessage, error) {
	var messages []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &messages); err != nil {
		return nil, err
	}
	for _, m := range messages {
		var parts []struct {
			Text string `json:"text"`
		}
		if json.Unmarshal(m["content"], &parts) != nil || parts == nil {
			continue // a text already, or null
		}
		var text strings.Builder
		for _, p := range parts {
			text.WriteString(p.Text)
		}
		content, err := jsontext.Marshal(text.String())
		if err != nil {
			return nil, err
		}
		m["content"] = content
	}
	return messages, nil
}

// commonAnswer writes an event or a whole answer of the native protocol in the words of the common one.
func commonAnswer(data []byte) []byte {
	var in struct {
		Output *struct {
			Choices    []json.RawMessage `json:"choices"`
			SearchInfo json.RawMessage   `json:"search_info"`
		} `json:"output"`
		Usage     map[string]json.RawMessage `json:"usage"`
		RequestID json.RawMessage            `json:"request_id"`
	}
	if json.Unmarshal(data, &in) != nil || in.Output == nil || in.Output.Choices == nil {
		return data // errors of all vendors are understood
	}
	out := map[string]any{"choices": in.Output.Choices, "request_id": in.RequestID}
	if len(in.Output.SearchInfo) > 0 {
		out["search_info"] = in.Output.SearchInfo
	}
	if in.Usage != nil {
		if details, ok := in.Usage["output_tokens_details"]; ok {
			in.Usage["completion_tokens_details"] = details
		}
		out["usage"] = in.Usage
	}
	b, err := jsontext.Marshal(out)
	if err != nil {
		return data
	}
	return b
}
