package middleware

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A race is one call of a [Hedge]: the first request runs in the caller's goroutine, the second one, if
// it comes to that, in its own, and whichever has content first wins.
type race struct {
	*starts
	req   *assistant.Request
	timer *time.Timer // sends the second request; nil if nothing will

	ctx          context.Context // of the second request
	cancelFirst  context.CancelFunc
	cancelSecond context.CancelFunc

	out  chan assistant.Chunk // what the second request brings, if it wins
	done chan struct{}        // closed when the second request has ended
	err  error                // why it did; to be read after done

	mu      sync.Mutex
	over    bool // no second request any more
	sent    bool // there is a second request
	decided bool // one of them has won
	lost    bool // by the first
}

// claim makes the first request the winner, if the second is not.
func (r *race) claim() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.decided {
		return false
	}
	r.decided, r.over = true, true
	r.cancelSecond()
	return true
}

// pending reports whether there is a second request that may still bring a reply. If not, there will be
// none.
func (r *race) pending() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	return r.sent
}

func (r *race) isLost() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lost
}

// close ends the second request and waits until it has.
func (r *race) close() {
	r.mu.Lock()
	r.over = true
	sent := r.sent
	r.mu.Unlock()
	if r.timer != nil {
		r.timer.Stop()
	}
	r.cancelSecond()
	if sent {
		<-r.done
	}
}

// second is the second request, in the timer's goroutine.
func (r *race) second() {
	r.mu.Lock()
	if r.over || !r.spend() {
		r.mu.Unlock()
		return
	}
	r.sent = true
	r.mu.Unlock()
	defer close(r.done)
	defer func() {
		if p := recover(); p != nil { // the caller has no way to catch it in this goroutine
			r.err = fmt.Errorf("model panicked: %v", p)
		}
	}()
	won := false
	p := passage{holds: true}
	r.err = p.carry(r.To.Stream(r.ctx, r.req), func(c assistant.Chunk, _ error) bool {
		if !won {
			if won = r.win(); !won {
				return false
			}
		}
		select {
		case r.out <- c:
			return true
		case <-r.ctx.Done():
			return false
		}
	})
	if p.stopped && !p.finished {
		r.err = r.ctx.Err()
	}
}

// win makes the second request the winner, if the first is not.
func (r *race) win() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.decided {
		return false
	}
	r.decided, r.lost = true, true
	r.cancelFirst()
	return true
}

// relay hands over what the second request brings, or returns the error of the first one if that is
// nothing.
func (r *race) relay(first error, yield func(assistant.Chunk, error) bool) error {
	for {
		select {
		case c := <-r.out:
			if !yield(c, nil) {
				return nil
			}
		case <-r.done:
			if r.err != nil && !r.isLost() && first != nil {
				return first
			}
			return r.err
		}
	}
}

// starts knows how long calls take to begin, and how many second requests there may be.
type starts struct {
	Hedge

	mu      sync.Mutex
	credit  float64 // second requests that may be sent now
	times   [128]time.Duration
	n       int // calls learned from
	learned time.Duration
}

const (
	learnFrom  = 20 // calls
	learnEvery = 8
	maxInARow  = 5
	oneCredit  = 1 - 1e-9 // what ten tenths make
)

// delay returns how long to wait before the second request, and counts the call.
func (s *starts) delay() (time.Duration, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.credit = min(s.credit+s.Share, maxInARow)
	if s.n < learnFrom {
		return s.Delay, s.Delay > 0
	}
	return max(s.learned, s.MinDelay), true
}

// spend takes the right to one second request.
func (s *starts) spend() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.credit < oneCredit {
		return false
	}
	s.credit--
	return true
}

// learn takes the time after which a call began.
func (s *starts) learn(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.times[s.n%len(s.times)] = d
	s.n++
	if s.n < learnFrom || s.n > learnFrom && s.n%learnEvery != 0 {
		return
	}
	seen := s.times
	known := seen[:min(s.n, len(seen))]
	slices.Sort(known)
	s.learned = known[min(int(s.Percentile*float64(len(known))), len(known)-1)]
}
