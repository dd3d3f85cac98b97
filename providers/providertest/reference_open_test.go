package providertest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

func (r *pass) open() {
	url := strings.TrimRight(r.m.e.BaseURL, "/") + r.m.path()
	if r.m.has("double slash") {
		url = r.m.e.BaseURL + r.m.path()
	}
	r.send(http.MethodPost, url, r.encode())
}

func (m *reference) path() string {
	if m.native {
		return "/services/aigc/text-generation/generation"
	}
	return "/chat/completions"
}

// send sends the request and leaves the response or the error behind.
func (r *pass) send(method, url string, body []byte, header ...string) {
	hr, err := http.NewRequestWithContext(r.ctx, method, url, bytes.NewReader(body))
	if err != nil {
		r.openErr = err
		return
	}
	for i := 0; i < len(header); i += 2 {
		hr.Header.Set(header[i], header[i+1])
	}
	if r.m.native && !r.m.e.DisableStreaming && !r.m.has("never streams") {
		hr.Header.Set(dashScopeSSE, "enable")
	}
	hr.Header.Set("Content-Type", "application/json")
	hr.Header.Set("Authorization", "Bearer "+r.m.e.Key)
	idle := r.m.e.IdleTimeout
	if idle == 0 {
		idle = time.Minute
	}
	if r.m.has("no idle timeout") {
		idle = time.Minute
	}
	r.watchdog = time.AfterFunc(idle, func() { r.cancel(errIdle) })
	r.resp, r.openErr = r.m.e.HTTPClient.Do(hr)
	if r.resp != nil {
		r.watchdog.Reset(idle)
		r.resp.Body = &watched{r.resp.Body, func() {
			if !r.m.has("total timeout") {
				r.watchdog.Reset(idle)
			}
		}}
	}
}

type watched struct {
	io.ReadCloser
	alive func()
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	w.alive()
	return n, err
}

// stream reads server-sent events.
func (r *pass) stream() error {
	in := bufio.NewReader(r.resp.Body)
	var data []string
	name := ""
	first, comments := true, 0
	for {
		line, err := in.ReadString('\n')
		if err != nil && err != io.EOF && line == "" {
			return r.end(err)
		}
		if first && !r.m.has("no BOM") {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		first = false
		atEnd := err != nil
		if _, value, _ := strings.Cut(line, ":"); atEnd && strings.Contains(value, "{") && !json.Valid([]byte(value)) && !json.Valid([]byte(line)) {
			return r.end(err) // half an event
		}
		line = strings.TrimSuffix(line, "\n")
		if !r.m.has("no CRLF") {
			line = strings.TrimSuffix(line, "\r")
		}
		if len(line) > 64<<10 && r.m.has("64 KB lines") {
			return r.failure(assistant.ErrProtocol, bufio.ErrTooLong)
		}
		field, value, found := strings.Cut(line, ":")
		if r.m.has("space after colon") && found {
			field, value, _ = strings.Cut(line, ": ")
		}
		switch {
		case strings.HasPrefix(line, "{") && !r.m.has("no bare errors") && !r.m.has("all is a stream"):
			data = append(data, line)
		case field == "data" && found:
			data = append(data, strings.TrimPrefix(value, " "))
		case field == "event":
			name = strings.TrimSpace(value)
			if r.m.has("event:error unknown") {
				name = ""
			}
		case field == "" && found:
			if comments++; comments > 300 && r.m.has("300 comments") {
				return r.failure(assistant.ErrProtocol, errors.New("too many empty lines"))
			}
		}
		if r.m.has("one line per event") && len(data) > 0 || line == "" || atEnd {
			done, err := r.event(name, strings.Join(data, "\n"))
			data, name = nil, ""
			if done || err != nil || r.stopped {
				return err
			}
		}
		if atEnd {
			return r.end(err)
		}
	}
}

// event handles one event; done reports the end mark.
func (r *pass) event(name, data string) (done bool, err error) {
	switch trimmed := strings.TrimSpace(data); {
	case trimmed == "":
		return false, nil
	case name == "error":
		return false, r.bodyError(0, []byte(data))
	case trimmed == "[DONE]":
		r.ended = true
		return true, r.end(nil)
	}
	return false, r.chunk([]byte(data))
}
