package hunyuan

import (
	"encoding/json"

	"github.com/zhushou-ai/zhushou/internal/jsontext"
)

// A nativeAnswer is one event, or what is in the wrapper of a whole answer.
type nativeAnswer struct {
	Response *nativeAnswer // the wrapper

	Error     json.RawMessage
	RequestID string `json:"RequestId"`
	ID        string `json:"Id"`
	Choices   []struct {
		FinishReason    string
		ModerationLevel json.RawMessage
		Delta, Message  *struct {
			Content          string
			ReasoningContent string
			ToolCalls        []struct {
				ID       string `json:"Id"`
				Index    *int
				Function struct{ Name, Arguments string }
			}
		}
	}
	ModerationLevel json.RawMessage // in its former place
	Usage           *struct {
		PromptTokens, CompletionTokens, TotalTokens int
		PromptTokensDetails                         *struct{ CachedTokens *int }
	}
	SearchInfo *struct {
		SearchResults []struct {
			Index            int
			Title, URL, Text string
		}
	}
	ErrorMsg *struct {
		Msg  string
		Code json.RawMessage
	}
}

// commonAnswer writes an event or a whole answer of the native protocol in the words of the common one.
func commonAnswer(data []byte) []byte {
	var in nativeAnswer
	if json.Unmarshal(data, &in) != nil {
		return data
	}
	if in.Response != nil {
		in = *in.Response
	}
	if in.ErrorMsg != nil && (in.ErrorMsg.Msg != "" || len(in.ErrorMsg.Code) > 0) {
		return written(data, map[string]any{
			"error": map[string]any{"code": in.ErrorMsg.Code, "message": in.ErrorMsg.Msg}, "request_id": in.RequestID,
		})
	}
	if in.Error != nil || in.Choices == nil {
		return data // errors of all vendors are understood
	}
	out := map[string]any{"id": in.ID, "request_id": in.RequestID, "choices": in.choices()}
	if in.ModerationLevel != nil {
		out["moderation_level"] = in.ModerationLevel
	}
	if u := in.Usage; u != nil {
		usage := map[string]any{"prompt_tokens": u.PromptTokens, "completion_tokens": u.CompletionTokens, "total_tokens": u.TotalTokens}
		if d := u.PromptTokensDetails; d != nil && d.CachedTokens != nil {
			usage["prompt_tokens_details"] = map[string]any{"cached_tokens": *d.CachedTokens}
		}
		out["usage"] = usage
	}
	if in.SearchInfo != nil {
		sources := []map[string]any{}
		for _, s := range in.SearchInfo.SearchResults {
			sources = append(sources, map[string]any{"index": s.Index, "title": s.Title, "url": s.URL, "site_name": s.Text})
		}
		out["search_results"] = sources
	}
	return written(data, out)
}

func (in *nativeAnswer) choices() []map[string]any {
	var out []map[string]any
	for i, c := range in.Choices {
		choice := map[string]any{"index": i, "finish_reason": c.FinishReason}
		if c.ModerationLevel != nil {
			choice["moderation_level"] = c.ModerationLevel
		}
		what, said := "delta", c.Delta
		if said == nil {
			what, said = "message", c.Message
		}
		if said != nil {
			calls := []map[string]any{}
			for _, t := range said.ToolCalls {
				call := map[string]any{"id": t.ID, "type": "function", "function": map[string]any{"name": t.Function.Name, "arguments": t.Function.Arguments}}
				if t.Index != nil {
					call["index"] = *t.Index
				}
				calls = append(calls, call)
			}
			choice[what] = map[string]any{"content": said.Content, "reasoning_content": said.ReasoningContent, "tool_calls": calls}
		}
		out = append(out, choice)
	}
	return out
}

// written returns v as JSON, or data if that cannot be.
func written(data []byte, v any) []byte {
	b, err := jsontext.Marshal(v)
	if err != nil {
		return data
	}
	return b
}
