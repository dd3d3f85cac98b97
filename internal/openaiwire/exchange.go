package openaiwire

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An Exchange is one HTTP call beside chat. The zero kind posts JSON with the client's key.
type Exchange struct {
	URL    *url.URL
	Body   []byte
	Header http.Header // added to that of the client

	Get      bool // ask instead of post; Body is not sent
	Form     bool // Body is a form, not JSON
	Keyless  bool // the key stays here
	Stranger bool // the address is another host's: neither key, signature nor the client's header go there
}

// Do makes a call and returns the object that comes back; error objects are errors, whatever their
// status.
func (c *Client) Do(ctx context.Context, x Exchange) (map[string]json.RawMessage, error) {
	resp, data, err := c.fetch(ctx, &x)
	if err != nil && (resp == nil || resp.StatusCode/100 == 2 || ctx.Err() != nil) {
		return nil, err
	}
	o, err := parseObject(data)
	if resp.StatusCode/100 != 2 || err == nil && parseFailure(o, o["data"] != nil || o["results"] != nil) != nil {
		return nil, c.failed(failureOf(data), resp.StatusCode, resp.Header)
	}
	if err != nil {
		return nil, c.protocolError(fmt.Errorf("the answer is not a JSON object: %w", err), data)
	}
	return o, nil
}

// fetch makes a call and reads the answer to its end. The response is nil if there was none.
func (c *Client) fetch(ctx context.Context, x *Exchange) (*http.Response, []byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", c.profile.Vendor, err)
	}
	p := newPayload()
	p.buf = append(p.buf, x.Body...)
	defer p.release()
	idle := c.idle
	if idle == 0 {
		idle = defaultIdle
	}
	w := newWatch(ctx, idle, 0)
	defer w.stop()
	resp, err := c.send(w, x, p, jsonType)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	var body io.Reader = &watchedBody{Reader: resp.Body, w: w}
	if resp.StatusCode/100 != 2 {
		body = io.LimitReader(body, maxErrorBody)
	}
	data, err := c.readBody(w, body, resp.ContentLength)
	return resp, data, err
}

// Failed is the error for a failure that the vendor reports inside an answer, in a place of its own.
func (c *Client) Failed(code, message, requestID string) *assistant.Error {
	return c.failed(&failure{code: code, message: message, requestID: requestID}, http.StatusOK, nil)
}

// NotUnderstood is the error for an answer that lacks what it must hold.
func (c *Client) NotUnderstood(format string, args ...any) error {
	return c.protocolError(fmt.Errorf(format, args...), nil)
}

// Invalid is the error for a call that the vendor could only refuse, so that it is not made.
func (c *Client) Invalid(format string, args ...any) error {
	return &assistant.Error{Kind: assistant.ErrInvalid, Vendor: c.profile.Vendor, Err: fmt.Errorf(format, args...)}
}
