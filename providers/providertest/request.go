package providertest

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// A Request is one that a [Server] received. It must not be modified.
type Request struct {
	Method string
	Host   string // as the client called the server
	Path   string
	Query  string      // as it came, without the question mark
	Header http.Header // as it came, the key included
	Body   []byte
	Client string // address of the connection's other end; equal for requests on one connection
}

// Decode unmarshals the body into v.
func (r *Request) Decode(v any) error {
	if err := json.Unmarshal(r.Body, v); err != nil {
		return fmt.Errorf("request body: %w", err)
	}
	return nil
}

// Stream reports whether the request asks for a streamed answer, in the words of its protocol.
func (r *Request) Stream() bool {
	if r.Header.Get(dashScopeSSE) == "enable" {
		return true
	}
	var body struct {
		Stream bool `json:"stream"` // Tencent writes Stream, which matches too
	}
	return r.Decode(&body) == nil && body.Stream
}

// fields returns the body as one raw value for each field.
func (r *Request) fields() (map[string]json.RawMessage, error) {
	var m map[string]json.RawMessage
	if err := r.Decode(&m); err != nil {
		return nil, err
	}
	if m == nil {
		return nil, fmt.Errorf("request body: null where an object is wanted")
	}
	return m, nil
}
