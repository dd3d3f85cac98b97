package providertest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
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

// errorBody is the union of the envelopes.
type errorBody struct {
	Error     json.RawMessage `json:"error"`
	Code      json.RawMessage `json:"code"`
	Message   string          `json:"message"`
	RequestID string          `json:"request_id"`
	ErrorCode json.RawMessage `json:"error_code"`
	ErrorMsg  string          `json:"error_msg"`
	Detail    string          `json:"detail"`
	Response  struct {
		Error     struct{ Code, Message string }
		RequestId string
	}
}

func isError(data []byte) bool {
	var b errorBody
	return json.Unmarshal(data, &b) == nil &&
		(present(b.Error) || present(b.Code) || present(b.ErrorCode) || b.Response.Error.Code != "")
}

func present(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

func (r *pass) bodyError(status int, data []byte) error {
	var b errorBody
	_ = json.Unmarshal(data, &b)
	var inner struct {
		Code      json.RawMessage `json:"code"`
		Message   string          `json:"message"`
		RequestID string          `json:"request_id"`
	}
	if json.Unmarshal(b.Error, &inner) != nil {
		_ = json.Unmarshal(b.Error, &inner.Message)
	}
	e := &assistant.Error{
		Status:    status,
		Code:      firstOf(word(inner.Code), word(b.Code), word(b.ErrorCode), b.Response.Error.Code),
		Message:   firstOf(inner.Message, b.Message, b.ErrorMsg, b.Response.Error.Message, b.Detail),
		RequestID: firstOf(b.RequestID, inner.RequestID, b.Response.RequestId, r.meta.RequestID),
		Delivered: r.delivered && !r.m.has("never delivered"),
		Vendor:    r.m.vendor,
	}
	if !r.m.has("shows the key") {
		e.Message = strings.ReplaceAll(e.Message, r.m.e.Key, "…")
	}
	if len(e.Message) > 1000 && !r.m.has("quotes all") {
		e.Message = strings.ToValidUTF8(e.Message[:1000], "")
	}
	e.Kind = kindOf(r.m.vendor, status, e.Code, e.Message)
	if r.m.has("kind by status") {
		e.Kind = kindOf("", status, "", "")
	}
	if r.m.has("no request id") {
		e.RequestID = ""
	}
	return e
}

func firstOf(s ...string) string {
	for _, s := range s {
		if s != "" {
			return s
		}
	}
	return ""
}

func word(raw json.RawMessage) string {
	if !present(raw) {
		return ""
	}
	return strings.Trim(string(raw), `"`)
}

func kindOf(vendor string, status int, code, message string) assistant.ErrorKind {
	code, message = strings.ToLower(code), strings.ToLower(message)
	has := func(s string, words ...string) bool {
		for _, w := range words {
			if strings.Contains(s, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has(code, "data_inspection_failed", "datainspectionfailed", "ipinfringement", "faqruleblocked", "customroleblocked", "content_policy", "content_filter"):
		return assistant.ErrBlocked
	case has(code, "arrearage", "freetieronly", "billoverdue", "commoditynotpurchased"), has(message, "free allocated quota"),
		vendor == "openai" && code == "insufficient_quota", status == 402:
		return assistant.ErrQuota
	case has(code, "context_length"), has(message, "range of input length", "maximum context length"):
		return assistant.ErrContextLength
	case code == "requesttimeout", status == 504:
		return assistant.ErrTimeout
	case status == 401:
		return assistant.ErrAuth
	case status == 403:
		return assistant.ErrPermission
	case status == 404:
		return assistant.ErrNotFound
	case status == 429, has(code, "rate_limit"):
		return assistant.ErrRateLimited
	case status == 503:
		return assistant.ErrOverloaded
	case status >= 400 && status < 500:
		return assistant.ErrInvalid
	}
	return assistant.ErrServer
}

func (r *pass) httpError() error {
	body, _ := io.ReadAll(io.LimitReader(r.resp.Body, 1<<20)) // a body that is cut short still tells something
	e := new(assistant.Error)
	errors.As(r.bodyError(r.resp.StatusCode, body), &e)
	after := r.resp.Header.Get("Retry-After")
	if n, err := strconv.Atoi(after); err == nil && n > 0 {
		e.RetryAfter = time.Duration(n) * time.Second
	} else if t, err := http.ParseTime(after); err == nil && time.Until(t) > 0 && !r.m.has("no dates") {
		e.RetryAfter = time.Until(t)
	}
	if r.m.has("no retry after") {
		e.RetryAfter = 0
	}
	return e
}

func (r *pass) failure(kind assistant.ErrorKind, cause error) error {
	return &assistant.Error{
		Kind: kind, Vendor: r.m.vendor, RequestID: r.meta.RequestID, Err: cause, Delivered: r.delivered && !r.m.has("never delivered"),
	}
}

// translate puts the end of a context in place of what the network said because of it.
func (r *pass) translate(err error) error {
	if r.m.has("hides the context") {
		return err
	}
	if outer := r.outer.Err(); outer != nil {
		return outer
	}
	if errors.Is(context.Cause(r.ctx), errIdle) {
		return r.failure(assistant.ErrTimeout, errIdle)
	}
	if r.m.has("foreign errors") {
		return errors.New(err.Error())
	}
	if r.m.has("secret in the error") {
		return fmt.Errorf("%w with Bearer %s", err, r.m.e.Key)
	}
	return err
}
