package openaiwire

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

// A payload is the body of a request in a pooled buffer. The transport may still read a body after
// the response has come, so the buffer goes back when nobody holds it any more.
type payload struct {
	buf  []byte
	refs atomic.Int32
}

// maxPooled bounds the buffers that are kept, so that one huge request does not stay in memory.
const maxPooled = 1 << 20

var payloads = sync.Pool{New: func() any { return new(payload) }}

// newPayload returns an empty payload, held by the caller until he releases it.
func newPayload() *payload {
	p := payloads.Get().(*payload)
	p.buf = p.buf[:0]
	p.refs.Store(1)
	return p
}

func (p *payload) release() {
	if p.refs.Add(-1) == 0 && cap(p.buf) <= maxPooled {
		payloads.Put(p)
	}
}

func (p *payload) open() io.ReadCloser {
	p.refs.Add(1)
	return &payloadReader{p: p}
}

// reopen is open for http.Request.GetBody, which is only called while the request is held.
func (p *payload) reopen() (io.ReadCloser, error) { return p.open(), nil }

type payloadReader struct {
	mu  sync.Mutex // transports close a body while they read it
	p   *payload
	off int
}

var errClosed = errors.New("request body closed")

func (r *payloadReader) Read(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.p == nil {
		return 0, errClosed
	}
	if r.off == len(r.p.buf) {
		return 0, io.EOF
	}
	n := copy(b, r.p.buf[r.off:])
	r.off += n
	return n, nil
}

func (r *payloadReader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.p != nil {
		r.p.release()
		r.p = nil
	}
	return nil
}
