package providertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

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
	case has(code, "data_inspection_failed", "datainspectionfailed", "ipinfringement", "faqruleblocked", "customroleblocked", "content_policy", "content_filter"), status == 451:
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
