package langchain

import (
	"net/http"
	"strings"
)

// Transport returns a transport that restores, for the call of [FromLLM] that it serves, what
// langchaingo's clients leave out; the package's section on Transport says what. For [FromEmbedder] it
// puts vectors in order. Calls that come from neither pass through.
//
//	llm, err := openai.New(openai.WithHTTPClient(&http.Client{Transport: langchain.Transport(nil)}))
//
// It changes the bodies of requests, so a transport that signs them must be next. If next is nil,
// http.DefaultTransport.
func Transport(next http.RoundTripper) http.RoundTripper { return transport{next} }

type transport struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	r, _ := req.Context().Value(recordKey{}).(*record)
	if r == nil {
		return t.inner().RoundTrip(req)
	}
	exchange := r.begin(req)
	req, q, err := readQuestion(req)
	switch {
	case err != nil:
		return nil, err
	case q == nil:
	case q.vectors:
		return r.vectors(t.inner(), req, q.body, exchange)
	default:
		return r.chat(t.inner(), req, q, exchange)
	}
	resp, err := t.inner().RoundTrip(req)
	r.note(exchange, func(s *seen) {
		if s.lost = err; err == nil {
			s.status, s.header = resp.StatusCode, resp.Header
		}
	})
	if err != nil {
		return nil, err
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
