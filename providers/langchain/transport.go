package langchain

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Transport returns a transport that remembers, for the call of [FromLLM] that it serves, what
// langchaingo's clients leave out: the status, the headers and the body of a failure, errors inside a
// stream, events that it skips, the end mark, a body that was cut off, the id of the answer. It also reads
// streams to their end, so that their connections are used again, and for [FromEmbedder] it puts vectors
// in order. Calls that come from neither pass through.
//
//	llm, err := openai.New(openai.WithHTTPClient(&http.Client{Transport: langchain.Transport(nil)}))
//
// If next is nil, http.DefaultTransport.
func Transport(next http.RoundTripper) http.RoundTripper { return transport{next} }

type transport struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	r, _ := req.Context().Value(recordKey{}).(*record)
	if r == nil {
		return t.inner().RoundTrip(req)
	}
	resp, err := t.inner().RoundTrip(req)
	exchange := r.begin(req, resp, err)
	if err != nil {
		return nil, err
	}
	if isVectors(req, resp) {
		if found, err := r.reorder(resp); found {
			return resp, nil
		} else if err != nil {
			return nil, err
		}
	}
	kind := resp.Header.Get("Content-Type")
	resp.Body = &watched{
		ReadCloser: resp.Body, record: r, exchange: exchange,
		stream: resp.StatusCode/100 == 2 && strings.HasPrefix(kind, "text/event-stream"),
	}
	return resp, nil
}

// CloseIdleConnections closes those of the transport within, for http.Client.CloseIdleConnections.
func (t transport) CloseIdleConnections() {
	if c, ok := t.inner().(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (t transport) inner() http.RoundTripper {
	if t.next == nil {
		return http.DefaultTransport
	}
	return t.next
}

type recordKey struct{}

// A record is what was seen of the latest exchange of a call. Its zero value has seen nothing.
type record struct {
	mu       sync.Mutex
	exchange int // number of the latest

	lost   error // why there was no response
	status int
	header http.Header
	key    string

	kept    []byte // body that is no stream, or the object in a stream that tells an error
	failed  bool   // kept tells an error although the status says success
	broken  bool   // langchaingo skipped an event
	mixed   error  // why vectors cannot be given to their texts
	done    bool   // the end mark was seen
	bodyErr error

	id, model string
}

func (r *record) attach(ctx context.Context) context.Context {
	return context.WithValue(ctx, recordKey{}, r)
}

// begin notes a new exchange in place of the one before, which the client has given up, and returns its
// number.
func (r *record) begin(req *http.Request, resp *http.Response, err error) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.exchange++
	r.lost, r.status, r.header = err, 0, nil
	r.kept, r.failed, r.broken, r.done, r.mixed, r.bodyErr, r.id, r.model = nil, false, false, false, nil, nil, "", ""
	r.key, _ = strings.CutPrefix(req.Header.Get("Authorization"), "Bearer ")
	for _, name := range []string{"Api-Key", "X-Api-Key", "X-Goog-Api-Key"} {
		r.key = cmp.Or(req.Header.Get(name), r.key)
	}
	if resp != nil {
		r.status, r.header = resp.StatusCode, resp.Header
	}
	return r.exchange
}

// complete reports whether the end mark of a stream was seen.
func (r *record) complete() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.done
}

// cut returns why the body broke off, nil if it did not.
func (r *record) cut() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bodyErr
}

// origin returns what the answer says of itself.
func (r *record) origin() (id, model, requestID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, name := range []string{"X-Request-Id", "Request-Id", "X-Amzn-Requestid"} {
		if requestID == "" {
			requestID = r.header.Get(name)
		}
	}
	return r.id, r.model, requestID
}

const (
	maxKept = 1 << 20 // bytes of a body or a line that are looked at

	drainBytes = 64 << 10
	drainTime  = 100 * time.Millisecond
)

// watched is a body that tells the record what passes.
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
	if bytes.HasPrefix(line, []byte("\ufeff")) { // which langchaingo takes for the name of an unknown field
		w.record.broken = true
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

// An object is what can be in an answer, or in a piece of one. Its choices are what langchaingo's client
// for OpenAI reads; where they are something else, it skips the whole piece in silence.
type object struct {
	ID      any    `json:"id"`
	Model   string `json:"model"`
	Choices []struct {
		Delta struct {
			Content   string `json:"content"`
			Reasoning string `json:"reasoning_content"`
		} `json:"delta"`
	} `json:"choices"`
	Error     json.RawMessage `json:"error"`
	ErrorCode any             `json:"error_code"`
	Code      any             `json:"code"`
	Message   any             `json:"message"`
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
	case !errors.As(err, &typ) || strings.HasPrefix(typ.Field, "choices"):
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
