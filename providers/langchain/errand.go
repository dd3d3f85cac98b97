package langchain

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An errand is the transport of the engine: it sends what langchaingo's client has written, whatever the
// engine has, and keeps what came.
type errand struct {
	next http.RoundTripper
	req  *http.Request
	body []byte

	resp   *http.Response
	once   sync.Once
	closed chan struct{} // closed with the body of resp
}

func newErrand(next http.RoundTripper, req *http.Request, body []byte) *errand {
	return &errand{next: next, req: req, body: body, closed: make(chan struct{})}
}

// RoundTrip implements http.RoundTripper.
func (e *errand) RoundTrip(own *http.Request) (*http.Response, error) {
	_ = own.Body.Close()
	req := withBody(e.req.WithContext(own.Context()), e.body)
	for _, name := range []string{"Accept", "Accept-Encoding"} { // a compressing proxy holds events back
		if req.Header.Get(name) == "" {
			req.Header[name] = own.Header[name]
		}
	}
	resp, err := e.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if resp.Body == nil {
		resp.Body = http.NoBody
	}
	resp.Body = closing{resp.Body, func() { e.once.Do(func() { close(e.closed) }) }}
	e.resp = resp
	return resp, nil
}

// A closing body calls a function when it has been closed.
type closing struct {
	io.ReadCloser
	closed func()
}

func (c closing) Close() error {
	defer c.closed()
	return c.ReadCloser.Close()
}

// tell notes what came.
func (e *errand) tell(s *seen) {
	if e.resp != nil {
		s.status, s.header = e.resp.StatusCode, e.resp.Header
	}
}

// unanswered notes why there is no answer, or not more of it, and returns what the client is told.
func (r *record) unanswered(exchange int, sent *errand, err error) error {
	var e *assistant.Error
	if errors.As(err, &e) {
		own := *e
		own.Delivered = false // that is for FromLLM to say
		e, err = &own, &own
	}
	r.note(exchange, func(s *seen) {
		switch {
		case e != nil:
			s.failure = e
		case sent.resp == nil:
			s.lost = err
		default:
			s.bodyErr = err
		}
	})
	return err
}

// refusal is the answer to a client that the vendor has refused.
func refusal(req *http.Request, resp *http.Response, err error) *http.Response {
	message := ""
	var e *assistant.Error
	if errors.As(err, &e) {
		message = e.Message
	}
	body, _ := json.Marshal(map[string]any{"error": map[string]string{"message": message}}) // text always encodes
	return response(req, resp, resp.StatusCode, "application/json", io.NopCloser(bytes.NewReader(body)), int64(len(body)))
}

// response is resp with another body.
func response(req *http.Request, resp *http.Response, status int, kind string, body io.ReadCloser, length int64) *http.Response {
	h := http.Header{}
	maps.Copy(h, resp.Header)
	for _, name := range []string{"Content-Length", "Content-Encoding"} {
		h.Del(name)
	}
	h.Set("Content-Type", kind)
	return &http.Response{
		Status: resp.Status, StatusCode: status, Proto: resp.Proto, ProtoMajor: resp.ProtoMajor, ProtoMinor: resp.ProtoMinor,
		Header: h, Body: body, ContentLength: length, Request: req,
	}
}
