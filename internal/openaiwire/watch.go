package openaiwire

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

var (
	errIdle  = errors.New("nothing came for too long")
	errFirst = errors.New("the reply did not begin in time")
)

const notReading = -1

// A watch owns the context of one HTTP exchange and ends it when the caller's context ends or when
// the server stays silent. It costs a timer, no goroutine.
//
// The context is not a child of the caller's, so that the rest of a finished reply can still be read,
// and the connection kept, when the caller cancels on his way out.
type watch struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	parent context.Context
	unlink func() bool

	start time.Time
	since atomic.Int64 // start of the read that is waiting, since start; notReading if none is
	idle  atomic.Int64 // longest that a read may wait

	mu    sync.Mutex
	timer *time.Timer   // nil once stopped
	first time.Duration // when the first token is due, since start; zero if it has come
}

// newWatch begins to watch. A limit of zero or less is none.
func newWatch(parent context.Context, idle, first time.Duration) *watch {
	w := &watch{parent: parent, start: time.Now(), first: first}
	w.ctx, w.cancel = context.WithCancelCause(context.WithoutCancel(parent))
	w.unlink = context.AfterFunc(parent, func() { w.cancel(parent.Err()) })
	w.idle.Store(int64(idle))
	if wait, ok := w.wait(); ok {
		w.mu.Lock()
		w.timer = time.AfterFunc(wait, w.fire)
		w.mu.Unlock()
	}
	return w
}

// wait returns how long no limit can be reached; ok is false if there are none.
func (w *watch) wait() (wait time.Duration, ok bool) {
	now := time.Since(w.start)
	if idle := time.Duration(w.idle.Load()); idle > 0 {
		wait, ok = idle, true
		if since := w.since.Load(); since != notReading {
			wait += time.Duration(since) - now
		}
	}
	if w.first > 0 && (!ok || w.first-now < wait) {
		wait, ok = w.first-now, true
	}
	return wait, ok
}

// fire runs when the earliest limit that was known may be reached. Reading does not move the timer,
// it only takes note of the time; so the limits are looked at again here.
func (w *watch) fire() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer == nil {
		return
	}
	wait, ok := w.wait()
	switch {
	case !ok:
	case wait > 0:
		w.timer.Reset(wait)
	case w.first > 0 && w.first <= time.Since(w.start):
		w.cancel(errFirst)
	default:
		w.cancel(errIdle)
	}
}

// reading notes that a read begins; the clock runs until pause.
func (w *watch) reading() { w.since.Store(int64(time.Since(w.start))) }

// pause notes that the caller, not the server, is at work.
func (w *watch) pause() { w.since.Store(notReading) }

// begun ends the wait for the first token.
func (w *watch) begun() {
	w.mu.Lock()
	w.first = 0
	w.mu.Unlock()
}

// hurry shortens the longest that a read may wait to at most limit.
func (w *watch) hurry(limit time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if idle := time.Duration(w.idle.Load()); idle > 0 && idle <= limit {
		return
	}
	w.idle.Store(int64(limit))
	w.first = 0
	if w.timer != nil {
		w.timer.Reset(limit)
	} else {
		w.timer = time.AfterFunc(limit, w.fire)
	}
}

// expired returns which limit ended the exchange, nil if none did.
func (w *watch) expired() error {
	if err := context.Cause(w.ctx); err == errIdle || err == errFirst {
		return err
	}
	return nil
}

// detach makes the exchange independent of the caller's context.
func (w *watch) detach() { w.unlink() }

// stop ends the exchange and frees everything.
func (w *watch) stop() {
	w.unlink()
	w.mu.Lock()
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
	w.mu.Unlock()
	w.cancel(context.Canceled)
}

// A watchedBody runs the watch's clock during every read.
type watchedBody struct {
	io.Reader
	w *watch
}

func (b *watchedBody) Read(p []byte) (int, error) {
	b.w.reading()
	n, err := b.Reader.Read(p)
	b.w.pause()
	return n, err
}
