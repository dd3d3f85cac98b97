package openaiwire

import (
	"context"
	"io"
	"sync"
	"time"
)

// The last bytes of a stream often come a little after [DONE], and a connection that is closed before
// them cannot be used again. So they are read in the background, within these bounds.
const (
	drainTime  = 300 * time.Millisecond
	drainBytes = 64 << 10
	drainWait  = 100 * time.Millisecond // the most that the next request waits for its connection
)

// connections knows which connection will be free soon. A request that comes right after a reply, as
// in every loop of tool calls, waits for it: that takes less time than a new TLS handshake.
type connections struct {
	mu    sync.Mutex
	open  int
	saved chan struct{} // closed when the latest connection has been saved or lost; may be nil
}

// enter begins an exchange. If others are open, there is no telling which connection comes free.
func (c *connections) enter(ctx context.Context) {
	c.mu.Lock()
	saved, alone := c.saved, c.open == 0
	c.open++
	c.mu.Unlock()
	if saved == nil || !alone {
		return
	}
	select {
	case <-saved:
		return
	default:
	}
	t := time.NewTimer(drainWait)
	defer t.Stop()
	select {
	case <-saved:
	case <-t.C:
	case <-ctx.Done():
	}
}

// leave ends an exchange.
func (c *connections) leave() {
	c.mu.Lock()
	c.open--
	c.mu.Unlock()
}

// save reads body to its end in the background and then stops w. This does not depend on the
// caller's context, which he cancels when he has his reply.
func (c *connections) save(w *watch, body io.ReadCloser) {
	saved := make(chan struct{})
	c.mu.Lock()
	c.saved = saved
	c.mu.Unlock()
	w.detach()
	w.reading()
	w.hurry(drainTime)
	go func() {
		defer close(saved)
		_, _ = io.CopyN(io.Discard, body, drainBytes)
		_ = body.Close()
		w.stop()
	}()
}
