package middleware

import (
	"context"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Hedge sends a second request when the first one is slow to begin, and hands over the reply that
// begins first; the other request is cancelled. Slow is what is slower than most calls before.
//
// Both requests cost money. A [Budget] below Hedge counts them both, the cancelled one by an estimate if
// the vendor told no number. At most one call in ten is hedged if Share is zero.
type Hedge struct {
	// To answers the second request; if nil, the same model does. The layers below Hedge do not stand around
	// To, which has its own. A request that names a model names it to both.
	To assistant.Model

	// Percentile is the share of calls that begin sooner than a second request is sent; if zero, 0.95.
	Percentile float64

	// Delay is used until Percentile has been learned from 20 calls; if zero, nothing is hedged so long.
	Delay time.Duration

	// MinDelay is the least delay, whatever was learned; if zero, 100 ms.
	MinDelay time.Duration

	// Share bounds the second requests, as a share of all calls; if zero, 0.1. Up to five may come in a
	// row after a time without any.
	Share float64
}

// Wrap is a [Middleware].
func (h Hedge) Wrap(m assistant.Model) assistant.Model {
	if h.To == nil {
		h.To = m
	}
	h.Percentile = min(or(h.Percentile, 0.95), 1)
	h.MinDelay = or(h.MinDelay, 100*time.Millisecond)
	h.Share = or(h.Share, 0.1)
	s := &starts{Hedge: h, credit: 1}
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := s.stream(ctx, m, req, yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}

func (s *starts) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) error {
	r := race{starts: s, req: req, out: make(chan assistant.Chunk), done: make(chan struct{})}
	first, cancel := context.WithCancel(ctx)
	defer cancel()
	r.cancelFirst = cancel
	r.ctx, r.cancelSecond = context.WithCancel(ctx)
	defer r.close()
	begin := time.Now()
	delay, ok := s.delay()
	if ok {
		r.timer = time.AfterFunc(delay, r.second)
	}

	won := false
	p := passage{holds: true}
	err := p.carry(m.Stream(first, req), func(c assistant.Chunk, _ error) bool {
		if !won {
			if won = r.claim(); !won {
				return false
			}
			s.learn(time.Since(begin))
		}
		return yield(c, nil)
	})
	if won || !r.pending() {
		return err
	}
	if ctx.Err() == nil && r.isLost() {
		// It took longer, nobody knows how long. To count the time so far would make the delay longer each
		// time that the vendor is slow; to count nothing, shorter.
		s.learn(delay)
	}
	return r.relay(err, yield)
}
