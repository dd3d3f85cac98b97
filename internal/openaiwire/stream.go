package openaiwire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/sse"
)

const (
	afterFinish  = 5 * time.Second // for the token count, once the reply is complete
	maxErrorBody = 64 << 10
	maxStray     = 64 << 10
)

// errStopped says that the caller has left the loop.
var errStopped = errors.New("stopped by the caller")

// A stream is one exchange, from request to last chunk.
type stream struct {
	c     *Client
	ctx   context.Context
	yield func(assistant.Chunk, error) bool
	w     *watch
	resp  *http.Response
	kept  bool // the connection is being saved in the background

	p     piece
	stray []byte // lines that may be a bare JSON error

	reply
}

// An outgoing is a request that is ready to be sent. Its body must be released.
type outgoing struct {
	url     *url.URL
	body    *payload
	model   string
	stream  bool
	dropped []assistant.Dropped
}

// run does the whole exchange; write writes the request.
func (s *stream) run(write func() (*outgoing, error)) {
	if err := s.exchange(write); err != nil && err != errStopped {
		s.yield(assistant.Chunk{}, err)
	}
}

// exchange returns errStopped if the caller has left the loop.
func (s *stream) exchange(write func() (*outgoing, error)) error {
	c := s.c
	if err := s.ctx.Err(); err != nil {
		return fmt.Errorf("%s: %w", c.profile.Vendor, err)
	}
	out, err := write()
	if err != nil {
		return &assistant.Error{Kind: assistant.ErrInvalid, Vendor: c.profile.Vendor, Err: err}
	}
	defer out.body.release()
	s.meta = assistant.Meta{Vendor: c.profile.Vendor, Model: out.model, Dropped: out.dropped}

	accept, idle := streamType, defaultIdle
	if !out.stream {
		accept, idle = jsonType, defaultFirst
	}
	if c.idle != 0 {
		idle = c.idle
	}
	c.conns.enter(s.ctx)
	defer c.conns.leave()
	s.w = newWatch(s.ctx, idle, c.first)
	defer s.close()
	x := Exchange{URL: out.url}
	if c.foreign != nil && out.stream {
		x.Header = c.foreign.StreamHeader
	}
	s.resp, err = c.send(s.w, &x, out.body, accept)
	if err != nil {
		return err
	}
	return s.mark(s.read(out.stream))
}

// encode writes a request for chat.
func (c *Client) encode(req *assistant.Request) (*outgoing, error) {
	if req == nil {
		return nil, errors.New("no request")
	}
	model := first(req.Model, c.model)
	if model == "" {
		return nil, errors.New("no model named, neither in the request nor in the configuration")
	}
	for i, t := range req.Tools {
		if t == nil {
			return nil, fmt.Errorf("tool %d of the request is nil", i)
		}
	}
	e := newEncoder(c.profile, c.rules(model), model, req, !c.whole)
	body := newPayload()
	var err error
	if body.buf, err = e.encode(body.buf); err == nil && c.foreign != nil {
		body.buf, err = c.foreign.Request(body.buf, e.Drop)
	}
	if err != nil {
		body.release()
		return nil, err
	}
	return &outgoing{url: c.address(e), body: body, model: model, stream: e.stream, dropped: e.dropped}, nil
}

// close ends the exchange, unless the connection is being saved.
func (s *stream) close() {
	if s.kept {
		return
	}
	s.w.stop()
	if s.resp != nil {
		_ = s.resp.Body.Close()
	}
}

// mark notes on a vendor error where it comes from and what has been delivered before it. The
// pieces' bytes are no longer ours by now.
func (s *stream) mark(err error) error {
	if e, ok := err.(*assistant.Error); ok {
		e.Delivered = s.delivered
		e.Status = max(e.Status, s.resp.StatusCode)
		e.RequestID = clean(first(e.RequestID, s.meta.RequestID, requestID(s.c.profile, s.resp.Header)), s.c.key())
	}
	return err
}

func (s *stream) read(streamed bool) error {
	body := &watchedBody{Reader: s.resp.Body, w: s.w}
	if s.resp.StatusCode/100 != 2 {
		return s.rejected(body)
	}
	ct := strings.ToLower(s.resp.Header.Get("Content-Type"))
	lines := streamed && s.c.foreign != nil && s.c.foreign.Lines
	if !lines && !strings.HasPrefix(ct, streamType[0]) && (!streamed || strings.Contains(ct, "json")) {
		return s.readWhole(body)
	}
	return s.readEvents(body)
}

// rejected explains a response that is not a success.
func (s *stream) rejected(body io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(body, maxErrorBody))
	if err != nil {
		if err := s.c.interrupted(s.w); err != nil {
			return err
		}
	}
	f := failureOf(data)
	if to, err := s.resp.Location(); err == nil && s.resp.StatusCode/100 == 3 {
		f = &failure{message: fmt.Sprintf("redirect to %s://%s%s; change the base URL if that is right", to.Scheme, to.Host, to.Path)}
	}
	return s.c.failed(f, s.resp.StatusCode, s.resp.Header)
}

// failureOf reads an error body of any kind.
func failureOf(data []byte) *failure {
	if o, err := parseObject(data); err == nil {
		if f := parseFailure(o, false); f != nil {
			return f
		}
		if f := (&failure{code: o.string("Code"), message: o.string("Message"), requestID: o.string("RequestId")}); f.code != "" && f.message != "" {
			return f // a cloud's own interface
		}
	}
	return &failure{message: string(data[:min(len(data), maxMessage)])}
}

// A machine is the memory that decoding needs; machines are reused.
type machine struct {
	sse sse.Reader
	dec decoder
}

var machines = sync.Pool{New: func() any { return new(machine) }}

func (s *stream) readEvents(body io.Reader) error {
	m := machines.Get().(*machine)
	defer func() {
		m.sse.Reset(nil, 0)
		m.dec = decoder{scratch: m.dec.scratch[:0]}
		machines.Put(m)
	}()
	m.sse.Reset(body, s.c.maxEvent)
	for {
		it, err := m.sse.Next()
		if err != nil {
			return s.ended(err)
		}
		if err := s.ctx.Err(); err != nil {
			return fmt.Errorf("%s: %w", s.c.profile.Vendor, err)
		}
		switch it.Kind {
		case sse.Event:
			if isDone(it.Data) {
				s.keep(m.sse.Ended())
				return s.finish()
			}
			err = s.event(&m.dec, it)
		case sse.Stray:
			err = s.strayLine(&m.dec, it.Data)
		}
		if err != nil {
			return err
		}
	}
}

// isDone reports whether data is the mark of a clean end.
func isDone(data []byte) bool {
	return len(data) < 16 && string(bytes.TrimSpace(data)) == "[DONE]"
}

// event takes one event.
func (s *stream) event(d *decoder, it sse.Item) error {
	isError := string(it.Type) == "error"
	data := bytes.TrimSpace(it.Data)
	if len(data) == 0 && !isError {
		return nil
	}
	if isError {
		return s.c.failed(failureOf(data), s.resp.StatusCode, s.resp.Header)
	}
	if err := s.decode(d, data); err != nil {
		if it.Cut {
			return nil // the end of the input, which comes next, is the better reason
		}
		return s.c.protocolError(fmt.Errorf("an event is no chunk: %w", err), data)
	}
	return s.take(&s.p, false)
}

// strayLine gathers lines that are no events: a JSON object among them is taken like one.
func (s *stream) strayLine(d *decoder, line []byte) error {
	if t := s.c.foreign; t != nil && t.Lines && json.Valid(line) && len(s.stray) == 0 {
		if err := s.decode(d, line); err != nil {
			return s.c.protocolError(err, line)
		}
		return s.take(&s.p, false)
	}
	if len(s.stray)+len(line) >= maxStray {
		return s.c.protocolError(errors.New("the answer is not a stream of events"), s.stray)
	}
	s.stray = append(append(s.stray, line...), '\n')
	line = bytes.TrimSpace(line)
	if len(line) == 0 || line[len(line)-1] != '}' || s.stray[0] != '{' || !json.Valid(s.stray) {
		return nil
	}
	data := s.stray
	s.stray = nil
	if err := s.decode(d, data); err != nil {
		return s.c.protocolError(err, data)
	}
	return s.take(&s.p, false)
}

// ended explains the end of the input, or of reading it, without the mark [DONE].
func (s *stream) ended(err error) error {
	if s.ctx.Err() == nil && s.raw != "" {
		return s.finish()
	}
	if err != io.EOF {
		return s.c.broken(s.w, err)
	}
	if len(s.stray) > 0 && !s.delivered && !begins(s.stray) {
		return s.c.protocolError(errors.New("the answer is not a stream of events"), s.stray)
	}
	return &assistant.Error{Kind: assistant.ErrTruncated, Vendor: s.c.profile.Vendor, Err: errNoEnd}
}

// begins reports whether stray lines are the beginning of something that would have been understood: of
// a field's name, or of a JSON object.
func begins(stray []byte) bool {
	stray = bytes.TrimSuffix(stray, []byte("\n"))
	last := string(stray[bytes.LastIndexByte(stray, '\n')+1:])
	for _, name := range []string{"data", "event", "id", "retry"} {
		if last != "" && strings.HasPrefix(name, last) {
			return true
		}
	}
	var syntax *json.SyntaxError
	err := json.Unmarshal(stray, new(json.RawMessage))
	return bytes.HasPrefix(stray, []byte("{")) && errors.As(err, &syntax) && syntax.Offset >= int64(len(stray))
}

var errNoEnd = errors.New("the stream ended without a finish reason")

// protocolError reports an answer that cannot be understood, with its beginning.
func (c *Client) protocolError(err error, data []byte) error {
	return &assistant.Error{
		Kind:    assistant.ErrProtocol,
		Vendor:  c.profile.Vendor,
		Message: clean(string(data[:min(len(data), maxMessage)]), c.key()),
		Err:     err,
	}
}

// keep lets the connection be used again after the end mark.
func (s *stream) keep(ended bool) {
	if ended {
		return // closing is enough
	}
	s.kept = true
	s.c.conns.save(s.w, s.resp.Body)
}
