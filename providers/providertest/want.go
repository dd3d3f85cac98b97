package providertest

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// WantError is the right failure.
type WantError struct {
	// Kinds are the kinds to accept; nil accepts every one.
	Kinds     []assistant.ErrorKind
	Status    int    // zero accepts any
	Code      string // empty accepts any
	Message   string // must be in the error's message; empty accepts any
	RequestID string // empty accepts any
	DropTurn  bool
	// RetryAfterMin and RetryAfterMax bound the RetryAfter; both zero means that it must be zero.
	RetryAfterMin, RetryAfterMax time.Duration
}

// maxErrorText bounds what an error may quote from a response, in bytes.
const maxErrorText = 16 << 10

func failing(kinds ...assistant.ErrorKind) *WantError { return &WantError{Kinds: kinds} }

// check compares one pass over a stream with what is wanted. No text of an error may hold the key.
func (w Want) check(t *transcript, v *Vendor, key string) error {
	if err := t.broken(); err != nil {
		return err
	}
	if t.err != nil {
		if err := checkSecret(t.err, key); err != nil {
			return err
		}
	}
	r := t.reply()
	if w.Error != nil {
		if t.err == nil {
			return fmt.Errorf("the stream succeeded with text %q, calls %v and finish reason %q; it must fail with %q",
				r.Text(), r.ToolCalls(), r.Finish, w.Error.Kinds)
		}
		if err := w.Error.check(t.err, !t.collect().Empty(), v.Name); err != nil {
			return err
		}
	} else if t.err != nil {
		return fmt.Errorf("the stream failed: %w", t.err)
	}
	return w.checkReply(t, r, v)
}

func (w Want) checkReply(t *transcript, r *assistant.Reply, v *Vendor) error {
	if got := r.Text(); got != w.Text && !(w.Lossy && strings.HasPrefix(w.Text, got)) {
		return fmt.Errorf("text is %s, want %s", brief(got), brief(w.Text))
	}
	if got := r.Message.Reasoning(); got != w.Reasoning {
		return fmt.Errorf("reasoning is %s, want %s", brief(got), brief(w.Reasoning))
	}
	if err := w.checkOpaque(r); err != nil {
		return err
	}
	if err := w.checkCalls(r.ToolCalls()); err != nil {
		return err
	}
	if w.Error != nil {
		return nil
	}
	accepted := w.Finish
	if accepted == nil {
		accepted = finishStop
	}
	if !slices.Contains(accepted, r.Finish) {
		return fmt.Errorf("finish reason is %q, want one of %q", r.Finish, accepted)
	}
	if w.RawFinish != "" && r.RawFinish != w.RawFinish {
		return fmt.Errorf("Meta.RawFinish is %q, want %q", r.RawFinish, w.RawFinish)
	}
	if !reflect.DeepEqual(r.Retracted, w.Retracted) {
		return fmt.Errorf("what is retracted is %+v, want %+v", r.Retracted, w.Retracted)
	}
	if got := r.Message.Citations(); w.Citations != nil && !slices.Equal(got, w.Citations) {
		return fmt.Errorf("citations are %+v, want %+v", got, w.Citations)
	}
	if w.Usage != nil && r.Usage != *w.Usage {
		return fmt.Errorf("usage is %+v, want %+v", r.Usage, *w.Usage)
	}
	if w.RequestID != "" && r.RequestID != w.RequestID {
		return fmt.Errorf("Meta.RequestID is %q, want %q", r.RequestID, w.RequestID)
	}
	return checkMeta(t, r, v)
}

func checkMeta(t *transcript, r *assistant.Reply, v *Vendor) error {
	if t.chunks[0].Meta == nil {
		return errors.New("the first chunk has no Meta")
	}
	if r.Vendor != v.Name {
		return fmt.Errorf("Meta.Vendor is %q, want %q", r.Vendor, v.Name)
	}
	if r.Model != v.Model {
		return fmt.Errorf("Meta.Model is %q, want %q", r.Model, v.Model)
	}
	if r.ID != answerID && !v.native() {
		return fmt.Errorf("Meta.ID is %q, want %q", r.ID, answerID)
	}
	return nil
}

func (w Want) checkOpaque(r *assistant.Reply) error {
	var got string
	for _, p := range r.Message.Parts {
		if p, ok := p.(assistant.Reasoning); ok {
			got += string(p.Opaque)
		}
	}
	if got != w.Opaque {
		return fmt.Errorf("the opaque reasoning is %q, want %q", got, w.Opaque)
	}
	return nil
}

func (w Want) checkCalls(got []assistant.ToolCall) error {
	if w.AnyCalls {
		return nil
	}
	if len(got) != len(w.Calls) {
		return fmt.Errorf("%d tool calls %s, want %d", len(got), brief(fmt.Sprint(got)), len(w.Calls))
	}
	for i, want := range w.Calls {
		if want.ID == "" {
			want.ID = got[i].ID
		}
		if got[i] != want {
			return fmt.Errorf("tool call %d is %s, want %s", i, brief(fmt.Sprintf("%+v", got[i])), brief(fmt.Sprintf("%+v", want)))
		}
	}
	return nil
}

func (w *WantError) check(err error, delivered bool, vendor string) error {
	var e *assistant.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("the error %q is no *assistant.Error", err)
	}
	if !slices.ContainsFunc(assistantKinds, func(k assistant.ErrorKind) bool { return k == e.Kind }) {
		return fmt.Errorf("the error's kind %q is unknown", e.Kind)
	}
	if w.Kinds != nil && !slices.ContainsFunc(w.Kinds, func(k assistant.ErrorKind) bool { return errors.Is(err, k) }) {
		return fmt.Errorf("the error %s matches none of %q", brief(err.Error()), w.Kinds)
	}
	if e.Vendor != vendor {
		return fmt.Errorf("the error's Vendor is %q, want %q", e.Vendor, vendor)
	}
	if e.Delivered != delivered {
		return fmt.Errorf("the error's Delivered is %v although content yielded before is %v", e.Delivered, delivered)
	}
	if w.Status != 0 && e.Status != w.Status {
		return fmt.Errorf("the error's Status is %d, want %d", e.Status, w.Status)
	}
	if w.Code != "" && e.Code != w.Code {
		return fmt.Errorf("the error's Code is %q, want %q", e.Code, w.Code)
	}
	if !strings.Contains(e.Message, w.Message) {
		return fmt.Errorf("the error's Message is %s, want %q in it", brief(e.Message), w.Message)
	}
	if w.RequestID != "" && e.RequestID != w.RequestID {
		return fmt.Errorf("the error's RequestID is %q, want %q", e.RequestID, w.RequestID)
	}
	if e.DropTurn != w.DropTurn {
		return fmt.Errorf("the error's DropTurn is %v, want %v", e.DropTurn, w.DropTurn)
	}
	if e.RetryAfter < w.RetryAfterMin || e.RetryAfter > w.RetryAfterMax {
		return fmt.Errorf("the error's RetryAfter is %v, want %v to %v", e.RetryAfter, w.RetryAfterMin, w.RetryAfterMax)
	}
	if n := len(err.Error()); n > maxErrorText {
		return fmt.Errorf("the error's text has %d bytes; quote at most a bounded part of a response", n)
	}
	return nil
}

var assistantKinds = []assistant.ErrorKind{
	assistant.ErrAuth, assistant.ErrPermission, assistant.ErrQuota, assistant.ErrRateLimited, assistant.ErrOverloaded,
	assistant.ErrServer, assistant.ErrTimeout, assistant.ErrContextLength, assistant.ErrBlocked, assistant.ErrInvalid,
	assistant.ErrNotFound, assistant.ErrTruncated, assistant.ErrProtocol, assistant.ErrNetwork,
}

// checkSecret finds the key in every form that an error takes in logs.
func checkSecret(err error, key string) error {
	forms := []string{err.Error(), fmt.Sprintf("%+v", err)}
	var e *assistant.Error
	if errors.As(err, &e) {
		forms = append(forms, e.Message, e.Code, e.LogValue().String())
		if b, jsonErr := json.Marshal(e); jsonErr == nil {
			forms = append(forms, string(b))
		}
	}
	var v slog.LogValuer
	if errors.As(err, &v) {
		forms = append(forms, v.LogValue().String())
	}
	for _, f := range forms {
		if strings.Contains(f, key) {
			return errors.New("the error's text holds the key")
		}
	}
	return nil
}

// brief quotes a text, and only its beginning if it is long.
func brief(s string) string {
	const limit = 200
	if len(s) <= limit {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%q… (%d bytes)", s[:limit], len(s))
}
