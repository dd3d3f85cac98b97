package langchain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// A question is a request in OpenAI's protocol, for chat or for vectors, as langchaingo's client has
// written it.
type question struct {
	Model    string            `json:"model"`
	Stream   bool              `json:"stream"`
	N        int               `json:"n"`
	Messages []json.RawMessage `json:"messages"`
	Input    json.RawMessage   `json:"input"`

	vectors bool
	body    []byte
}

// readQuestion reads the body of a request if it may be a question, and returns a request that can be
// sent in its place. The question is nil if it is none, or asks for several answers: one reply cannot
// hold them.
func readQuestion(req *http.Request) (*http.Request, *question, error) {
	path := strings.TrimRight(req.URL.Path, "/")
	chat, vectors := strings.HasSuffix(path, "/chat/completions"), strings.HasSuffix(path, "/embeddings")
	if req.Method != http.MethodPost || req.Body == nil || !chat && !vectors {
		return req, nil, nil
	}
	body, err := io.ReadAll(req.Body)
	_ = req.Body.Close()
	if err != nil {
		return nil, nil, fmt.Errorf("reading the request: %w", err)
	}
	req = withBody(req, body)
	q := &question{vectors: vectors, body: body}
	if json.Unmarshal(body, q) != nil || chat && (len(q.Messages) == 0 || q.N > 1) || vectors && len(q.Input) == 0 {
		q = nil
	}
	return req, q, nil
}

// withBody returns a copy of req with another body.
func withBody(req *http.Request, body []byte) *http.Request {
	req = req.Clone(req.Context())
	if req.Header == nil {
		req.Header = http.Header{}
	}
	req.ContentLength = int64(len(body))
	req.Header.Del("Content-Length")
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	req.Body, _ = req.GetBody() // it cannot fail
	return req
}
