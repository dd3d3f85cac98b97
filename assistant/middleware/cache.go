package middleware

import (
	"context"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Cache answers a request that came before with the reply of then, streamed in pieces as any other. Two
// requests are the same if everything in them is, user and vendor's fields included; what only looks
// different, such as the order of a map, does not count.
//
// Only replies that ended well are kept: with FinishStop or FinishToolCalls, and nothing retracted. A
// reply from the cache has the Meta of the first one without its RequestID, and a usage of zero, for
// nothing was billed.
//
// Replies of models differ each time; whoever puts a Cache in a stack wants the same answer again. Each
// Wrap has a cache of its own.
type Cache struct {
	TTL      time.Duration // how long a reply is kept; if zero, one hour
	MaxBytes int           // the most that is kept; the replies unused for longest go first. If zero, 64 MiB

	// AcrossUsers gives one user the reply of another's request. If false, requests that differ in
	// [assistant.Request.User] are different.
	AcrossUsers bool

	// Scope, if not nil, separates requests further, by tenant for example.
	Scope func(ctx context.Context, req *assistant.Request) string

	// Skip, if not nil, says which requests go past the cache.
	Skip func(ctx context.Context, req *assistant.Request) bool

	// Single makes requests wait for an equal one that is under way, and answers them with its reply
	// once the one who asked first has read it to its end. If that fails or is cancelled, each goes its own
	// way.
	Single bool
}

// Wrap is a [Middleware].
func (c Cache) Wrap(m assistant.Model) assistant.Model {
	c.TTL = or(c.TTL, time.Hour)
	c.MaxBytes = or(c.MaxBytes, 64<<20)
	s := newReplies(c.MaxBytes, c.TTL)
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := c.stream(ctx, s, m, req, yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}

func (c *Cache) stream(ctx context.Context, s *replies, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	key, ok := c.key(ctx, req)
	if !ok {
		var p passage
		return p.carry(m.Stream(ctx, req), yield)
	}
	for waited := false; ; waited = true {
		chunks, hit, flight := s.look(key, c.Single && !waited)
		switch {
		case hit:
			return replay(ctx, chunks, yield)
		case flight != nil && !flight.leader:
			select {
			case <-flight.done:
				continue
			case <-ctx.Done():
				return ctx.Err()
			}
		case flight != nil:
			defer s.land(key, flight)
		}
		rec := recorder{most: c.MaxBytes / 8}
		var p passage
		return p.carry(m.Stream(ctx, req), func(k assistant.Chunk, _ error) bool {
			if rec.add(k); p.finished { // before the caller sees the end, and may ask again
				s.keep(key, rec.reply())
			}
			return yield(k, nil)
		})
	}
}

func (c *Cache) key(ctx context.Context, req *assistant.Request) (cacheKey, bool) {
	if c.Skip != nil && c.Skip(ctx, req) {
		return cacheKey{}, false
	}
	scope, user := "", req.User
	if c.Scope != nil {
		scope = c.Scope(ctx, req)
	}
	if c.AcrossUsers {
		user = ""
	}
	return keyOf(req, scope, user)
}

// replay streams a kept reply.
func replay(ctx context.Context, chunks []assistant.Chunk, yield func(assistant.Chunk, error) bool) error {
	for _, k := range chunks {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !yield(k, nil) {
			return nil
		}
	}
	return nil
}

// A recorder keeps a reply in pieces of about the size of a line.
type recorder struct {
	chunks []assistant.Chunk
	bytes  int
	most   int
	unfit  bool // not to be kept
}

const (
	pieceBytes = 120
	chunkBytes = 160 // of a chunk without its text
)

func (r *recorder) add(k assistant.Chunk) {
	switch k.Finish {
	case "", assistant.FinishStop, assistant.FinishToolCalls:
	default:
		r.unfit = true
	}
	if r.unfit = r.unfit || k.Retract != nil || r.bytes > r.most; r.unfit {
		r.chunks = nil
		return
	}
	k.Usage = nil
	if k.Meta != nil {
		meta := *k.Meta
		meta.RequestID = ""
		k.Meta = &meta
		r.bytes += chunkBytes
	}
	r.bytes += len(k.Text) + len(k.Reasoning)
	plain := k.Meta == nil && k.Finish == "" && len(k.ToolCalls)+len(k.Parts) == 0
	if n := len(r.chunks); plain && n > 0 {
		last := &r.chunks[n-1]
		if len(last.ToolCalls)+len(last.Parts) == 0 && len(last.Text)+len(last.Reasoning) < pieceBytes {
			if k.Reasoning == "" || last.Text == "" { // reasoning comes first in a chunk
				last.Text += k.Text
				last.Reasoning += k.Reasoning
				return
			}
		}
	}
	for _, call := range k.ToolCalls {
		r.bytes += chunkBytes + len(call.Name) + len(call.Arguments)
	}
	r.bytes += partsBytes(k.Parts) + chunkBytes
	r.chunks = append(r.chunks, k)
}

func (r *recorder) reply() *kept {
	if r.unfit || r.bytes > r.most {
		return nil
	}
	r.chunks[len(r.chunks)-1].Usage = &assistant.Usage{}
	return &kept{chunks: r.chunks, bytes: r.bytes}
}

// partsBytes is the size of parts in memory, roughly.
func partsBytes(parts []assistant.Part) (n int) {
	for _, p := range parts {
		n += chunkBytes
		switch p := p.(type) {
		case assistant.Text:
			n += len(p.Text)
		case assistant.Image:
			n += len(p.Data) + len(p.URL)
		case assistant.Audio:
			n += len(p.Data) + len(p.URL) + len(p.Transcript)
		case assistant.Video:
			n += len(p.Data) + len(p.URL)
		case assistant.File:
			n += len(p.Data) + len(p.URL) + len(p.Name)
		case assistant.Reasoning:
			n += len(p.Text) + len(p.Opaque)
		case assistant.Citation:
			n += len(p.Title) + len(p.URL) + len(p.Site) + len(p.Snippet)
		case assistant.Unknown:
			n += len(p.JSON)
		}
	}
	return n
}
