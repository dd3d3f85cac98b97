package langchain

import (
	"context"
	"io"
	"iter"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/internal/openaiwire"
)

// chat asks a question and returns the answer in the one form that langchaingo's client reads without
// loss. The answer itself is read by the engine of all our adapters, which also keeps the limits on
// silence; what has no place in that form it tells the record.
func (r *record) chat(next http.RoundTripper, req *http.Request, q *question, exchange int) (*http.Response, error) {
	body, refused, err := r.patch.apply(q.body)
	if err != nil {
		return nil, err
	}
	r.note(exchange, func(s *seen) { s.patched, s.refused = r.patch != nil, refused })
	sent := newErrand(next, req, body)
	engine, err := newEngine(r.vendor, r.latest().key, sent, func(cfg *openaiwire.Config) {
		cfg.IdleTimeout, cfg.DisableStreaming = r.idle, !q.Stream
	})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(req.Context())
	a := &answering{record: r, exchange: exchange, errand: sent, cancel: cancel, writer: answerWriter{stream: q.Stream}}
	a.next, a.stop = iter.Pull2(engine.Complete(ctx, openaiwire.Completion{URL: req.URL, Model: q.Model, Write: func(*openaiwire.Fields) {}}))
	a.mu.Lock()
	a.pull()
	failed := a.err
	a.mu.Unlock()
	r.note(exchange, sent.tell)
	switch resp := sent.resp; {
	case resp == nil:
		_ = a.Close()
		return nil, failed
	case resp.StatusCode/100 != 2:
		_ = a.Close()
		return refusal(req, resp, failed), nil
	default:
		kind := "application/json"
		if q.Stream {
			kind = "text/event-stream"
		}
		return response(req, resp, http.StatusOK, kind, a, -1), nil
	}
}

// An answering is the body of an answer that is still being read.
type answering struct {
	record   *record
	exchange int
	errand   *errand
	cancel   context.CancelFunc

	mu     sync.Mutex // next and stop must not run at the same time
	next   func() (assistant.Chunk, error, bool)
	stop   func()
	writer answerWriter
	unread []byte
	err    error // after unread
}

// Read implements io.Reader.
func (a *answering) Read(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.unread) == 0 {
		if a.err != nil {
			return 0, a.err
		}
		a.pull()
	}
	n := copy(p, a.unread)
	a.unread = a.unread[n:]
	return n, nil
}

// pull takes the next chunk of the answer.
func (a *answering) pull() {
	k, err, ok := a.next()
	switch {
	case !ok:
		a.err = io.EOF
	case err != nil:
		a.err = a.record.unanswered(a.exchange, a.errand, err)
		if a.unread = a.writer.broken(); len(a.unread) > 0 {
			a.err = io.EOF // FromLLM asks the record
		}
	default:
		a.record.note(a.exchange, func(s *seen) {
			if k.Meta != nil {
				s.meta = *k.Meta
			}
			if k.Finish != "" {
				s.end = &k
			}
		})
		a.unread = a.writer.write(k)
	}
}

// closeTime is how long the end of an answer may hold its connection back from the next request.
const closeTime = 100 * time.Millisecond

// Close implements io.Closer.
func (a *answering) Close() error {
	a.cancel() // a Read that waits returns
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stop()
	a.unread, a.err = nil, os.ErrClosed
	if a.errand.resp == nil {
		return nil
	}
	select { // the engine may be reading the last bytes
	case <-a.errand.closed:
	case <-time.After(closeTime):
	}
	return nil
}
