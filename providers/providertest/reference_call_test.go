package providertest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// fetch makes one call that is not streamed and returns the body.
func (m *reference) fetch(ctx context.Context, method, url string, body any, header ...string) ([]byte, error) {
	r := m.begin(ctx, nil)
	defer r.cancel(nil)
	b, err := json.Marshal(body)
	if err != nil {
		return nil, r.failure(assistant.ErrInvalid, err)
	}
	out, err := r.fetch(method, url, b, header)
	if err != nil && m.has("retries") {
		out, err = r.fetch(method, url, b, header)
	}
	if err != nil && m.has("leaks on error") {
		go func() { select {} }()
	}
	if err != nil {
		return nil, r.translate(err)
	}
	return out, nil
}

func (r *pass) fetch(method, url string, body []byte, header []string) ([]byte, error) {
	r.send(method, url, body, header...)
	if r.watchdog != nil {
		defer r.watchdog.Stop()
	}
	if r.openErr != nil {
		return nil, r.failure(assistant.ErrNetwork, r.openErr)
	}
	defer r.resp.Body.Close()
	if r.m.has("closes early") && r.resp.StatusCode != http.StatusOK {
		r.resp.Body.Close()
		return nil, r.failure(assistant.ErrServer, errors.New(r.resp.Status))
	}
	r.meta.RequestID = r.resp.Header.Get("X-Request-Id")
	if r.resp.StatusCode != http.StatusOK && !r.m.has("any status") {
		return nil, r.httpError()
	}
	out, err := io.ReadAll(r.resp.Body)
	if err != nil {
		return nil, r.failure(assistant.ErrTruncated, err)
	}
	if isError(out) && !r.m.has("errors are answers") {
		return nil, r.bodyError(0, out)
	}
	return out, nil
}

// under is an address below the base URL.
func (m *reference) under(path string) string {
	if m.has("double slash") {
		return m.e.BaseURL + path
	}
	return strings.TrimRight(m.e.BaseURL, "/") + path
}

// beside is an address on the same host.
func (m *reference) beside(path string) string {
	scheme, rest, _ := strings.Cut(m.e.BaseURL, "://")
	host, _, _ := strings.Cut(rest, "/")
	if m.has("double slash") && strings.HasSuffix(m.e.BaseURL, "/") {
		host += "/"
	}
	return scheme + "://" + host + path
}

func (m *reference) protocol(text string) error {
	return &assistant.Error{Kind: assistant.ErrProtocol, Vendor: m.vendor, Err: errors.New(text)}
}

func (m *reference) invalid(text string) error {
	return &assistant.Error{Kind: assistant.ErrInvalid, Vendor: m.vendor, Message: text}
}
