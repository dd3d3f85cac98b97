package middleware

import (
	"context"
	"sync"
	"time"
)

// A Limiter shares out the requests and tokens that a vendor's account allows. An implementation on a
// shared store makes one limit for many processes. It is safe for concurrent use.
//
// An error of Reserve ends the call; an implementation that would rather send than refuse while its
// store is away returns none. An error of Adjust changes nothing, for the call is over.
type Limiter interface {
	// Reserve books one request and its tokens under key, and returns how long the caller must wait
	// before sending it. If that is longer than most, it books nothing and returns false.
	Reserve(ctx context.Context, key string, tokens int, most time.Duration) (wait time.Duration, ok bool, err error)

	// Adjust adds to what is booked; negative numbers give back.
	Adjust(ctx context.Context, key string, requests, tokens int) error
}

// A MemoryLimiter is a [Limiter] for one process. The zero MemoryLimiter has no limits. Its fields must
// not change once it is in use.
//
// A sixth of a minute's share may be used at once; the rest comes evenly, so that no stretch of a
// minute has more than Requests. The same holds for tokens, as far as estimates are right and no single
// request is larger than a sixth of the share: such a request waits until nothing is booked, and those
// after it wait until the minute has made up for it.
type MemoryLimiter struct {
	Requests int // a minute and key; if zero, no limit
	Tokens   int // a minute and key; if zero, no limit

	mu    sync.Mutex
	keys  map[string]*share
	sweep int // the number of keys at which those that are idle are forgotten
}

// A share is what one key has left.
type share struct{ requests, tokens bucket }

const minKeys = 1024

// Reserve implements [Limiter].
func (l *MemoryLimiter) Reserve(_ context.Context, key string, tokens int, most time.Duration) (time.Duration, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	s := l.share(key, now)
	wait := max(s.requests.wait(now, 1), s.tokens.wait(now, tokens))
	if wait > most {
		return wait, false, nil
	}
	s.requests.take(now, 1)
	s.tokens.take(now, tokens)
	return wait, true, nil
}

// Adjust implements [Limiter].
func (l *MemoryLimiter) Adjust(_ context.Context, key string, requests, tokens int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	s := l.share(key, now)
	s.requests.take(now, requests)
	s.tokens.take(now, tokens)
	return nil
}

func (l *MemoryLimiter) share(key string, now time.Time) *share {
	if s, ok := l.keys[key]; ok {
		return s
	}
	if l.keys == nil {
		l.keys, l.sweep = make(map[string]*share), minKeys
	}
	if len(l.keys) >= l.sweep { // a key that has all of its share is as good as new
		for k, s := range l.keys {
			if s.requests.full(now) && s.tokens.full(now) {
				delete(l.keys, k)
			}
		}
		l.sweep = max(minKeys, 2*len(l.keys))
	}
	s := &share{requests: newBucket(l.Requests), tokens: newBucket(l.Tokens)}
	l.keys[key] = s
	return s
}

// A bucket fills evenly and may be overdrawn. The zero bucket is bottomless.
type bucket struct {
	size float64 // the most that it holds
	rate float64 // a second
	left float64 // at the time below; negative if overdrawn
	at   time.Time
}

func newBucket(perMinute int) bucket {
	if perMinute <= 0 {
		return bucket{}
	}
	size := max(1, float64(perMinute/6))
	// What is there at once and what flows in during a minute must not be more than the limit, and a hair
	// less, against rounding.
	return bucket{size: size, rate: (float64(perMinute) - size + 1) / 60.00001, left: size}
}

func (b *bucket) flow(now time.Time) {
	if !b.at.IsZero() {
		b.left = min(b.size, b.left+now.Sub(b.at).Seconds()*b.rate)
	}
	b.at = now
}

func (b *bucket) full(now time.Time) bool {
	b.flow(now)
	return b.left >= b.size
}

// wait returns the time until n can be taken; more than fits can be when the bucket is full.
func (b *bucket) wait(now time.Time, n int) time.Duration {
	if b.rate == 0 || n <= 0 {
		return 0
	}
	b.flow(now)
	missing := min(float64(n), b.size) - b.left
	if missing <= 0 {
		return 0
	}
	return time.Duration(missing/b.rate*float64(time.Second)) + 1
}

func (b *bucket) take(now time.Time, n int) {
	if b.rate == 0 {
		return
	}
	b.flow(now)
	b.left = min(b.size, b.left-float64(n))
}
