package providertest

import (
	"encoding/json"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// nativeSeen is what a cumulative stream has shown so far.
type nativeSeen struct{ text, reasoning string }

// nativeBody turns a compatible body into a native one.
func (r *pass) nativeBody(body map[string]any) map[string]any {
	m := r.m
	parameters := map[string]any{"result_format": "message"}
	if m.has("text format") {
		delete(parameters, "result_format")
	}
	for field, value := range body {
		switch field {
		case "model", "messages", "stream", "stream_options":
		default:
			parameters[field] = value
		}
	}
	if !m.e.DisableStreaming && (m.incremental || r.req.Thinking.Mode == assistant.On) && !m.has("cumulative thinking") {
		parameters["incremental_output"] = true
	}
	if r.req.Thinking.Mode == assistant.On {
		parameters["enable_thinking"] = true
	}
	return map[string]any{"model": body["model"], "input": map[string]any{"messages": body["messages"]}, "parameters": parameters}
}

type refNative struct {
	Output struct {
		Choices []struct {
			Message refMessage `json:"message"`
			Finish  string     `json:"finish_reason"`
		} `json:"choices"`
		SearchInfo struct {
			Results []struct {
				Index int    `json:"index"`
				Title string `json:"title"`
				URL   string `json:"url"`
				Site  string `json:"site_name"`
			} `json:"search_results"`
		} `json:"search_info"`
	} `json:"output"`
	Usage struct {
		Input  int `json:"input_tokens"`
		Output int `json:"output_tokens"`
		Total  int `json:"total_tokens"`
		Out    struct {
			Reasoning int `json:"reasoning_tokens"`
		} `json:"output_tokens_details"`
		In struct {
			Cached int `json:"cached_tokens"`
		} `json:"prompt_tokens_details"`
	} `json:"usage"`
	RequestID string `json:"request_id"`
}

// nativeChunk handles one native event or whole answer.
func (r *pass) nativeChunk(data []byte) error {
	if isError(data) && !r.m.has("errors are chunks") {
		return r.bodyError(0, data)
	}
	var c refNative
	if err := json.Unmarshal(data, &c); err != nil {
		return r.failure(assistant.ErrProtocol, err)
	}
	r.meta.Model, r.meta.RequestID = firstOf(r.req.Model, r.m.e.Model), c.RequestID
	u := c.Usage
	if r.usage == nil || !r.m.has("first usage wins") {
		r.usage = &assistant.Usage{
			Input: u.Input, Output: u.Output, Total: u.Total, CacheRead: assistant.Some(u.In.Cached), Reasoning: assistant.Some(u.Out.Reasoning),
		}
	}
	if len(c.Output.Choices) == 0 {
		return nil
	}
	r.sources = nil
	for _, s := range c.Output.SearchInfo.Results {
		if !r.m.has("no sources") {
			r.sources = append(r.sources, assistant.Citation{Index: s.Index, Title: s.Title, URL: s.URL, Site: s.Site})
		}
	}
	choice := c.Output.Choices[0]
	incremental := r.m.incremental || r.req.Thinking.Mode == assistant.On
	if !incremental {
		r.calls, r.indexes = nil, nil // every event repeats the calls
	}
	reasoning, text := str(choice.Message.ReasoningContent), str(choice.Message.Content)
	if !incremental && !r.m.has("cumulative as new") || r.m.has("guesses") {
		reasoning, text = r.fresh(&r.seen.reasoning, reasoning), r.fresh(&r.seen.text, text)
	}
	if reasoning != "" && !r.m.has("no reasoning") && !r.emit(assistant.Chunk{Reasoning: reasoning}) {
		return nil
	}
	if text != "" && !r.emit(assistant.Chunk{Text: text}) {
		return nil
	}
	r.assemble(choice.Message)
	if f := choice.Finish; f != "" && (f != "null" || r.m.has("null finishes")) {
		r.finish = f
	}
	return nil
}

// fresh returns what all has beyond what was seen, and notes it.
func (r *pass) fresh(seen *string, all string) string {
	fresh, ok := strings.CutPrefix(all, *seen)
	if !ok && r.m.has("guesses") {
		*seen += all
		return all
	}
	*seen = all
	return fresh
}
