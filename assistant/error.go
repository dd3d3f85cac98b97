package assistant

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"
)

// An ErrorKind classifies a failed model call, whatever the vendor. Kinds are errors themselves:
// test for them with [errors.Is].
type ErrorKind string

// The kinds of error.
const (
	ErrAuth          ErrorKind = "authentication failed"    // key wrong, missing, or of another region
	ErrPermission    ErrorKind = "not permitted"            // key valid, model or feature not activated
	ErrQuota         ErrorKind = "quota or balance used up" // waiting does not help
	ErrRateLimited   ErrorKind = "rate limited"             // waiting helps
	ErrOverloaded    ErrorKind = "vendor overloaded"
	ErrServer        ErrorKind = "vendor failed"
	ErrTimeout       ErrorKind = "vendor timed out" // nothing came for too long; not the caller's own deadline
	ErrContextLength ErrorKind = "input too long for the model"
	ErrBlocked       ErrorKind = "blocked by the vendor's content filter"
	ErrInvalid       ErrorKind = "invalid request"
	ErrNotFound      ErrorKind = "no such model or resource"
	ErrTruncated     ErrorKind = "reply cut off" // also matches [io.ErrUnexpectedEOF]
	ErrProtocol      ErrorKind = "answer not understood"
	ErrNetwork       ErrorKind = "network failed"
)

func (k ErrorKind) Error() string { return string(k) }

// Is makes [ErrTruncated] match [io.ErrUnexpectedEOF].
func (k ErrorKind) Is(target error) bool {
	return k == ErrTruncated && target == io.ErrUnexpectedEOF
}

// Retryable reports whether the same request may succeed if it is sent again after a while.
func (k ErrorKind) Retryable() bool {
	switch k {
	case ErrRateLimited, ErrOverloaded, ErrServer, ErrTimeout, ErrTruncated, ErrNetwork:
		return true
	}
	return false
}

// An Error is a failed model call. Its text never holds a key, a header or a body of the request.
type Error struct {
	Kind      ErrorKind
	Vendor    string
	Status    int    // HTTP status, zero if there was none
	Code      string // the vendor's own code
	Message   string // the vendor's own words, cut to a bounded length
	RequestID string
	// RetryAfter is how long the vendor asks to wait, zero if it does not say.
	RetryAfter time.Duration
	// Delivered reports that part of the reply had already been yielded when the error came, so that
	// sending the request again would show it twice.
	Delivered bool
	// DropTurn reports that the history is poisoned: the vendor will refuse every request that still
	// contains the offending turn.
	DropTurn bool
	// Err is the cause, if there is one, such as a network error.
	Err error
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.Vendor != "" {
		b.WriteString(e.Vendor + ": ")
	}
	b.WriteString(e.Kind.Error())
	if e.Status != 0 {
		fmt.Fprintf(&b, " (status %d)", e.Status)
	}
	if e.Code != "" {
		b.WriteString(" [" + e.Code + "]")
	}
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	if e.Err != nil {
		b.WriteString(": " + strings.ReplaceAll(e.Err.Error(), "\n", ": "))
	}
	if e.RequestID != "" {
		b.WriteString(" (request " + e.RequestID + ")")
	}
	return b.String()
}

// Unwrap returns the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// LogValue groups the fields for structured logs.
func (e *Error) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("kind", string(e.Kind))}
	add := func(key, v string) {
		if v != "" {
			attrs = append(attrs, slog.String(key, v))
		}
	}
	add("vendor", e.Vendor)
	if e.Status != 0 {
		attrs = append(attrs, slog.Int("status", e.Status))
	}
	add("code", e.Code)
	add("message", e.Message)
	add("request_id", e.RequestID)
	if e.Err != nil {
		add("cause", e.Err.Error())
	}
	return slog.GroupValue(attrs...)
}

// Retryable reports whether err is a vendor error that may pass if the request is sent again, and
// no part of the reply has been delivered yet. Errors of the caller's own context never are.
func Retryable(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var e *Error
	return errors.As(err, &e) && e.Kind.Retryable() && !e.Delivered
}
