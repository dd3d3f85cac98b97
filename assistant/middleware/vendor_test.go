package middleware_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

// A vendor answers call n, the first is 0, that comes so long after the start, with a turn, and
// remembers when it was called.
type vendor struct {
	turn func(n int, since time.Duration) assistanttest.Turn // one call at a time

	mu       sync.Mutex
	start    time.Time
	calls    []time.Duration
	requests []*assistant.Request
	open     int // streams
	mostOpen int
}

func newVendor(turn func(n int, since time.Duration) assistanttest.Turn) *vendor {
	return &vendor{turn: turn, start: time.Now()}
}

// turns is a vendor that takes the turns in order and repeats the last one.
func turns(list ...assistanttest.Turn) *vendor {
	return newVendor(func(n int, _ time.Duration) assistanttest.Turn { return list[min(n, len(list)-1)] })
}

func (v *vendor) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		if err := ctx.Err(); err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		v.mu.Lock()
		since := time.Since(v.start)
		n := len(v.calls)
		v.calls = append(v.calls, since)
		seen := *req
		v.requests = append(v.requests, &seen)
		v.open++
		v.mostOpen = max(v.mostOpen, v.open)
		turn := v.turn(n, since)
		v.mu.Unlock()
		defer func() {
			v.mu.Lock()
			v.open--
			v.mu.Unlock()
		}()
		for c, err := range turn(ctx, req) {
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

func (v *vendor) seen() []time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]time.Duration(nil), v.calls...)
}

func (v *vendor) stillOpen() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.open
}

// fail is a turn that fails with a kind of error.
func fail(kind assistant.ErrorKind, chunks ...assistant.Chunk) assistanttest.Turn {
	return assistanttest.Break(&assistant.Error{Kind: kind, Vendor: "甲", Delivered: len(chunks) > 0}, chunks...)
}

// busy is a turn that fails and says how long to wait.
func busy(kind assistant.ErrorKind, wait time.Duration) assistanttest.Turn {
	return assistanttest.Break(&assistant.Error{Kind: kind, Vendor: "甲", RetryAfter: wait})
}

// pieces is a turn that waits before each piece of text, and ends with a usage.
func pieces(gap time.Duration, texts ...string) assistanttest.Turn {
	return func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return func(yield func(assistant.Chunk, error) bool) {
			for i, text := range texts {
				if !pause(ctx, gap) {
					yield(assistant.Chunk{}, ctx.Err())
					return
				}
				c := assistant.Chunk{Text: text}
				if i == len(texts)-1 {
					c.Finish, c.Usage = assistant.FinishStop, &assistant.Usage{Input: 10, Output: len(texts), Total: 10 + len(texts)}
				}
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

// after is a turn that lets some time pass before another one.
func after(d time.Duration, turn assistanttest.Turn) assistanttest.Turn {
	return func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return func(yield func(assistant.Chunk, error) bool) {
			if !pause(ctx, d) {
				yield(assistant.Chunk{}, ctx.Err())
				return
			}
			turn(ctx, req)(yield)
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func text(s string) assistant.Chunk { return assistant.Chunk{Text: s} }

var greeting = &assistant.Request{Messages: []assistant.Message{assistant.User("有适合送长辈的茶吗？")}}

// ask returns the text of the answer.
func ask(ctx context.Context, m assistant.Model) (string, error) {
	r, err := assistant.Generate(ctx, m, greeting)
	if r == nil {
		return "", err
	}
	return r.Text(), err
}

// bubble runs f on a fake clock.
func bubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, f)
}

// between fails unless each time lies in its range of seconds.
func between(t *testing.T, times []time.Duration, ranges ...[2]float64) {
	t.Helper()
	require.Len(t, times, len(ranges), "%v", times)
	for i, r := range ranges {
		s := times[i].Seconds()
		require.True(t, s >= r[0] && s <= r[1], "call %d at %v, want %v: %v", i, times[i], r, times)
	}
}

// oneKind returns the kind of a vendor's error, and fails if there is none.
func oneKind(t *testing.T, err error) assistant.ErrorKind {
	t.Helper()
	var e *assistant.Error
	require.ErrorAs(t, err, &e)
	return e.Kind
}

var errStrange = errors.New("strange")

func numbered(i int) string { return fmt.Sprint("答", i) }
