package langchain

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

type recordKey struct{}

// A record is what [Transport] must know of a call, and what it saw of the latest exchange of it.
type record struct {
	vendor string        // named in errors
	idle   time.Duration // limit on silence, as in [Config]
	patch  *patch        // what is put right in requests for chat; nil if nothing is

	mu       sync.Mutex
	exchange int // number of the latest
	seen
}

// A seen is what was seen of an exchange. Its zero value has seen nothing.
type seen struct {
	lost   error // why there was no response
	status int
	header http.Header
	key    string

	kept    []byte // body that is no stream, or the object in a stream that tells an error
	failed  bool   // kept tells an error although the status says success
	broken  bool   // langchaingo skipped an event
	mixed   error  // why vectors cannot be given to their texts
	done    bool   // the end mark was seen
	bodyErr error

	id, model string

	// Of an answer to chat, which the engine reads.
	meta    assistant.Meta
	end     *assistant.Chunk // the last one
	failure *assistant.Error
	patched bool                // the patch went out with the request
	refused []assistant.Dropped // what of it did not
}

func (r *record) attach(ctx context.Context) context.Context {
	return context.WithValue(ctx, recordKey{}, r)
}

// begin notes a new exchange in place of the one before, which the client has given up, and returns its
// number.
func (r *record) begin(req *http.Request) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.exchange++
	r.seen = seen{}
	r.key, _ = strings.CutPrefix(req.Header.Get("Authorization"), "Bearer ")
	for _, name := range []string{"Api-Key", "X-Api-Key", "X-Goog-Api-Key"} {
		r.key = cmp.Or(req.Header.Get(name), r.key)
	}
	return r.exchange
}

// note notes something of an exchange, unless another has begun meanwhile.
func (r *record) note(exchange int, learn func(s *seen)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if exchange == r.exchange {
		learn(&r.seen)
	}
}

// latest returns what was seen of the latest exchange.
func (r *record) latest() seen {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen
}

// origin returns what the answer says of itself.
func (s *seen) origin() assistant.Meta {
	m := s.meta
	m.ID, m.Model = cmp.Or(m.ID, s.id), cmp.Or(m.Model, s.model)
	for _, name := range []string{"X-Request-Id", "Request-Id", "X-Amzn-Requestid"} {
		m.RequestID = cmp.Or(m.RequestID, s.header.Get(name))
	}
	return m
}
