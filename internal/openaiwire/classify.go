package openaiwire

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An ErrorRule gives the kind of errors that match all its fields that are not empty.
type ErrorRule struct {
	Status  int
	Code    string // of code or type, without regard to case; "*" stands for any text
	Message string // contained in the message; lower case
	Kind    assistant.ErrorKind
	// DropTurn says that the offending turn makes the vendor refuse all later requests too.
	DropTurn bool
	// Hint, if not empty, says in the error what the vendor's own words leave out.
	Hint string
}

func (r *ErrorRule) matches(status int, code, typ, message string) bool {
	return (r.Status == 0 || r.Status == status) &&
		(r.Code == "" || code != "" && glob(r.Code, code) || typ != "" && glob(r.Code, typ)) &&
		(r.Message == "" || strings.Contains(message, r.Message))
}

// commonErrors are the codes and messages that mean the same wherever they occur.
var commonErrors = []ErrorRule{
	{Code: "context_length_exceeded", Kind: assistant.ErrContextLength},
	{Message: "maximum context length", Kind: assistant.ErrContextLength},
	{Message: "maximum input length", Kind: assistant.ErrContextLength},
	{Message: "context window", Status: 400, Kind: assistant.ErrContextLength},
	{Message: "prompt is too long", Kind: assistant.ErrContextLength},
	{Message: "exceeds the available context", Kind: assistant.ErrContextLength},
	{Code: "content_filter", Kind: assistant.ErrBlocked},
	{Code: "content_filter_error", Kind: assistant.ErrBlocked},
	{Code: "content_policy_violation", Kind: assistant.ErrBlocked},
	{Message: "content exists risk", Kind: assistant.ErrBlocked},
	{Code: "insufficient_quota", Kind: assistant.ErrQuota},
	{Code: "billing_*", Kind: assistant.ErrQuota},
	{Message: "insufficient balance", Kind: assistant.ErrQuota},
	{Code: "invalid_api_key", Kind: assistant.ErrAuth},
	{Code: "model_not_found", Kind: assistant.ErrNotFound},
}

// lateErrors are words so general that the HTTP status, if it says anything, is asked before them.
var lateErrors = []ErrorRule{
	{Code: "rate_limit*", Kind: assistant.ErrRateLimited},
	{Code: "*overloaded*", Kind: assistant.ErrOverloaded},
	{Code: "authentication_error", Kind: assistant.ErrAuth},
	{Code: "permission_*", Kind: assistant.ErrPermission},
	{Code: "not_found*", Kind: assistant.ErrNotFound},
	{Code: "timeout*", Kind: assistant.ErrTimeout},
	{Code: "badrequest*", Kind: assistant.ErrInvalid},
	{Code: "invalid_*", Kind: assistant.ErrInvalid},
}

// kindOfStatus is what an HTTP status means if nothing else is known; empty if it says nothing.
func kindOfStatus(status int) assistant.ErrorKind {
	switch status {
	case http.StatusUnauthorized:
		return assistant.ErrAuth
	case http.StatusPaymentRequired:
		return assistant.ErrQuota
	case http.StatusForbidden:
		return assistant.ErrPermission
	case http.StatusNotFound:
		return assistant.ErrNotFound
	case http.StatusRequestTimeout, http.StatusGatewayTimeout:
		return assistant.ErrTimeout
	case http.StatusTooManyRequests:
		return assistant.ErrRateLimited
	case http.StatusUnavailableForLegalReasons:
		return assistant.ErrBlocked
	case http.StatusBadGateway, http.StatusServiceUnavailable, 529:
		return assistant.ErrOverloaded
	}
	switch {
	case status >= 500:
		return assistant.ErrServer
	case status >= 400:
		return assistant.ErrInvalid
	case status >= 300:
		return assistant.ErrProtocol // a redirect: the base URL is wrong
	}
	return ""
}

// failed turns a vendor's error object into an error. status is the HTTP status it came with.
func (c *Client) failed(f *failure, status int, h http.Header) *assistant.Error {
	p := c.profile
	e := &assistant.Error{
		Vendor:     p.Vendor,
		Status:     status,
		Code:       clean(first(f.code, f.typ), c.key()),
		Message:    clean(f.message, c.key()),
		RequestID:  clean(first(f.requestID, idInMessage(f.message, p.RequestIDMark), requestID(p, h)), c.key()),
		RetryAfter: retryAfter(h, time.Now()),
	}
	code, typ, message := strings.ToLower(f.code), strings.ToLower(f.typ), strings.ToLower(f.message)
	effective := status
	if effective/100 == 2 {
		effective = f.httpStatus()
	}
	for _, rules := range [][]ErrorRule{p.Errors, commonErrors} {
		for i := range rules {
			if rules[i].matches(effective, code, typ, message) {
				e.Kind, e.DropTurn = rules[i].Kind, rules[i].DropTurn
				if hint := rules[i].Hint; hint != "" {
					e.Err = errors.New(hint)
				}
				return e
			}
		}
	}
	if e.Kind = kindOfStatus(effective); e.Kind != "" {
		return e
	}
	for i := range lateErrors {
		if lateErrors[i].matches(effective, code, typ, message) {
			e.Kind = lateErrors[i].Kind
			return e
		}
	}
	e.Kind = assistant.ErrServer
	return e
}

// idInMessage returns the request id that stands behind mark at the end of a message.
func idInMessage(message, mark string) string {
	if mark == "" {
		return ""
	}
	i := strings.LastIndex(message, mark)
	if i < 0 {
		return ""
	}
	id, _, _ := strings.Cut(strings.TrimSpace(message[i+len(mark):]), " ")
	return strings.Trim(id, ".,;)")
}

// requestID returns the request id in the response headers.
func requestID(p *Profile, h http.Header) string {
	for _, name := range p.RequestIDs {
		if id := h.Get(name); id != "" {
			return id
		}
	}
	return h.Get("X-Request-Id")
}

// maxRetryAfter bounds what a vendor may ask for.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads how long to wait, from seconds, milliseconds or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	wait := time.Duration(0)
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil {
		wait = seconds(ms / 1000)
	} else if v := strings.TrimSpace(h.Get("Retry-After")); v == "" {
		return 0
	} else if s, err := strconv.ParseFloat(v, 64); err == nil {
		wait = seconds(s)
	} else if at, err := http.ParseTime(v); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), maxRetryAfter)
}

func seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, maxRetryAfter.Seconds()) * float64(time.Second))
}
