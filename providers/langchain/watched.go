package langchain

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"time"
)

const (
	maxKept = 1 << 20 // bytes of a body or a line that are looked at

	drainBytes = 64 << 10
	drainTime  = 100 * time.Millisecond
)

// watched is the body of an answer that the engine does not read, because it is in another protocol. It
// tells the record what passes.
type watched struct {
	io.ReadCloser
	record   *record
	exchange int
	stream   bool

	line   []byte
	skip   bool // the line is too long to be looked at
	event  string
	closed bool
}

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	r := w.record
	r.mu.Lock()
	defer r.mu.Unlock()
	if w.exchange != r.exchange {
		return n, err
	}
	if w.stream {
		w.lines(p[:n], err != nil)
	} else if len(r.kept) < maxKept {
		r.kept = append(r.kept, p[:min(n, maxKept-len(r.kept))]...)
	}
	switch {
	case err == nil || w.closed:
	case err == io.EOF:
		if !w.stream {
			w.whole()
		}
	default:
		r.bodyErr = err
	}
	return n, err
}

// Close implements io.Closer. What is whole is read to its end before, within bounds, so that the
// connection is used again.
func (w *watched) Close() error {
	w.record.mu.Lock()
	drain := !w.closed && (w.record.done || !w.stream)
	w.record.mu.Unlock()
	if drain {
		late := time.AfterFunc(drainTime, func() { _ = w.ReadCloser.Close() })
		_, _ = io.CopyN(io.Discard, readerFunc(w.Read), drainBytes)
		late.Stop()
	}
	w.record.mu.Lock()
	w.closed = true
	w.record.mu.Unlock()
	return w.ReadCloser.Close()
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// lines looks at the lines of a stream.
func (w *watched) lines(b []byte, last bool) {
	for len(b) > 0 {
		end := bytes.IndexAny(b, "\r\n")
		part := b
		if end >= 0 {
			part = b[:end]
		}
		if len(w.line)+len(part) > maxKept {
			w.skip = true
		} else {
			w.line = append(w.line, part...)
		}
		if end < 0 {
			break
		}
		w.endLine(false)
		b = b[end+1:]
	}
	if last && len(w.line) > 0 {
		w.endLine(true)
	}
}

// endLine looks at a line. One that has no end may have been cut off.
func (w *watched) endLine(cut bool) {
	line, skip := w.line, w.skip
	w.line, w.skip = w.line[:0], false
	if skip || w.record.done {
		return
	}
	if name, ok := bytes.CutPrefix(line, []byte("event:")); ok {
		w.event = string(bytes.TrimSpace(name))
		return
	}
	data, ok := bytes.CutPrefix(line, []byte("data:"))
	if !ok && !bytes.HasPrefix(line, []byte("{")) { // some vendors send errors without "data:"
		return
	}
	event := w.event
	w.event = ""
	switch data = bytes.TrimSpace(data); {
	case len(data) == 0:
	case string(data) == "[DONE]":
		w.record.done = true
	default:
		w.record.object(data, event == "error" || !ok, cut)
	}
}

// whole looks at a body that is no stream.
func (w *watched) whole() {
	if body := bytes.TrimSpace(w.record.kept); w.record.status/100 == 2 && bytes.HasPrefix(body, []byte("{")) {
		w.record.object(body, false, false)
	}
}

// An object is what can be in an answer, or in a piece of one.
type object struct {
	ID        any               `json:"id"`
	Model     string            `json:"model"`
	Choices   []json.RawMessage `json:"choices"`
	Error     json.RawMessage   `json:"error"`
	ErrorCode any               `json:"error_code"`
	Code      any               `json:"code"`
	Message   any               `json:"message"`
	Response  *struct{ Error json.RawMessage }
}

// object looks at one object of an answer. isError says that the protocol marks it as an error, cut that
// it may not be whole.
func (r *record) object(data []byte, isError, cut bool) {
	if r.failed {
		return
	}
	var o object
	err := json.Unmarshal(data, &o)
	var typ *json.UnmarshalTypeError
	switch {
	case isError && !cut || says(o.Error) || o.Response != nil && says(o.Response.Error),
		o.Choices == nil && (o.ErrorCode != nil || o.Code != nil && o.Message != nil):
		r.failed, r.kept = true, bytes.Clone(data)
	case cut || err == nil:
	case !errors.As(err, &typ):
		r.broken = true
	}
	if id, ok := o.ID.(string); ok && r.id == "" {
		r.id, r.model = id, o.Model
	}
}

// says reports whether an error field holds something.
func says(v json.RawMessage) bool {
	switch string(bytes.TrimSpace(v)) {
	case "", "null", "false", `""`, "{}", "0":
		return false
	}
	return true
}
