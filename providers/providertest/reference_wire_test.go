package providertest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unsafe"

	"github.com/zhushou-ai/zhushou/assistant"
)

func unsafeString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

type refMessage struct {
	Content          *string `json:"content"`
	ReasoningContent *string `json:"reasoning_content"`
	ToolCalls        []struct {
		Index    *int   `json:"index"`
		ID       string `json:"id"`
		Function struct {
			Name      string  `json:"name"`
			Arguments *string `json:"arguments"`
		} `json:"function"`
	} `json:"tool_calls"`
}

type refChunk struct {
	ID      string `json:"id"`
	Model   string `json:"model"`
	Choices []struct {
		Delta        refMessage `json:"delta"`
		Message      refMessage `json:"message"`
		FinishReason string     `json:"finish_reason"`
	} `json:"choices"`
	Usage *struct {
		Prompt     int  `json:"prompt_tokens"`
		Completion int  `json:"completion_tokens"`
		Total      int  `json:"total_tokens"`
		Hit        *int `json:"prompt_cache_hit_tokens"`
		In         struct {
			Cached  *int `json:"cached_tokens"`
			Created *int `json:"cache_creation_input_tokens"`
		} `json:"prompt_tokens_details"`
		Out struct {
			Reasoning *int `json:"reasoning_tokens"`
		} `json:"completion_tokens_details"`
	} `json:"usage"`
}

// whole reads an answer that is not streamed.
func (r *pass) whole() error {
	body, err := io.ReadAll(r.resp.Body)
	if err != nil {
		return r.failure(assistant.ErrTruncated, err)
	}
	body = bytes.TrimSpace(body)
	if err := r.chunk(body); err != nil || r.stopped {
		return err
	}
	r.ended = true
	if r.finish == "" && !r.m.has("empty success") {
		return r.failure(assistant.ErrProtocol, errors.New("no answer in the body"))
	}
	if r.finish == "" {
		r.finish = "stop"
	}
	return r.last()
}

func (r *pass) chunk(data []byte) error {
	if r.m.native {
		return r.nativeChunk(data)
	}
	if isError(data) && !r.m.has("errors are chunks") {
		return r.bodyError(0, data)
	}
	var c refChunk
	if err := json.Unmarshal(data, &c); err != nil {
		if r.m.has("skips broken JSON") {
			return nil
		}
		return r.failure(assistant.ErrProtocol, err)
	}
	if c.ID != "" {
		r.meta.ID, r.meta.Model = c.ID, c.Model
	}
	r.count(c)
	if len(c.Choices) == 0 {
		return nil
	}
	choice := c.Choices[0]
	for _, msg := range []refMessage{choice.Delta, choice.Message} {
		if s := str(msg.ReasoningContent); s != "" && !r.m.has("no reasoning") && !r.emit(assistant.Chunk{Reasoning: s}) {
			return nil
		}
		if s := str(msg.Content); s != "" {
			if r.m.has("cuts characters") && len(s) > 1 {
				if !r.emit(assistant.Chunk{Text: s[:1]}) {
					return nil
				}
				s = s[1:]
			}
			if r.m.has("trims") {
				s = strings.TrimSpace(s)
			}
			if !r.emit(assistant.Chunk{Text: s}) {
				return nil
			}
		}
		r.assemble(msg)
	}
	if f := choice.FinishReason; f != "" && f != "null" || f == "null" && r.m.has("null finishes") {
		if r.finish != "" && r.m.has("finishes twice") {
			r.emit(assistant.Chunk{Finish: assistant.FinishStop})
		}
		r.finish = f
		if r.m.has("ends at finish") {
			r.ended = true
			if err := r.last(); err != nil {
				return err
			}
			r.stopped = true
		}
	}
	return nil
}

func (r *pass) count(c refChunk) {
	u := c.Usage
	if u == nil || len(c.Choices) == 0 && r.m.has("ignores usage without choices") {
		return
	}
	if r.usage != nil && r.m.has("first usage wins") {
		return
	}
	r.usage = &assistant.Usage{Input: u.Prompt, Output: u.Completion, Total: u.Total}
	if u.Total == 0 {
		r.usage.Total = u.Prompt + u.Completion
	}
	opt := func(n *int) assistant.Opt[int] {
		if n == nil {
			if r.m.has("missing is zero") {
				return assistant.Some(0)
			}
			return assistant.Opt[int]{}
		}
		return assistant.Some(*n)
	}
	r.usage.CacheRead, r.usage.CacheWrite, r.usage.Reasoning = opt(u.In.Cached), opt(u.In.Created), opt(u.Out.Reasoning)
	if u.Hit != nil {
		r.usage.CacheRead = opt(u.Hit)
	}
}

func (r *pass) assemble(msg refMessage) {
	for k, f := range msg.ToolCalls {
		at := -1
		for i, call := range r.calls {
			switch {
			case r.m.has("every id is new") && f.ID != "":
			case f.Index != nil && *f.Index == r.indexes[i] && (f.ID == "" || f.ID == call.ID || r.m.has("trusts index")),
				f.Index == nil && f.ID != "" && f.ID == call.ID,
				f.Index == nil && f.ID == "" && i == len(r.calls)-1,
				f.Index == nil && i == 0 && r.m.has("missing index is 0"),
				r.m.has("last call only") && i == len(r.calls)-1 && f.ID == "":
				at = i
			}
		}
		if at < 0 {
			index := k
			if f.Index != nil {
				index = *f.Index
			}
			r.calls, r.indexes = append(r.calls, new(assistant.ToolCall)), append(r.indexes, index)
			at = len(r.calls) - 1
		}
		call := r.calls[at]
		if f.ID != "" || r.m.has("empty id overwrites") {
			call.ID = f.ID
		}
		if call.Name == "" || r.m.has("names add up") {
			call.Name += f.Function.Name
		}
		call.Arguments += str(f.Function.Arguments)
		if r.m.has("calls in pieces") {
			r.emit(assistant.Chunk{ToolCalls: []assistant.ToolCall{*call}})
		}
	}
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
