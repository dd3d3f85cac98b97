package middleware_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// An outage of 60 seconds with a fallback, four requests a second. Nobody notices it but by the name of
// who answers: before the circuit opens a request takes the time of the attempts that fail, after that
// only those few that try whether the vendor is back.
func TestOutageWithAFallback(t *testing.T) {
	const begin, end = 20 * time.Second, 80 * time.Second
	bubble(t, func(t *testing.T) {
		primary := newVendor(func(_ int, since time.Duration) assistanttest.Turn {
			if since >= begin && since < end {
				return after(200*time.Millisecond, fail(assistant.ErrServer))
			}
			return after(100*time.Millisecond, from("甲", "一"))
		})
		spare := turns(after(300*time.Millisecond, from("乙", "二")))
		news := &changes{start: primary.start}
		m := middleware.Wrap(primary,
			middleware.Fallback{To: []middleware.Alternative{{Model: spare, Name: "乙"}}}.Wrap,
			middleware.Retry{}.Wrap,
			middleware.Breaker{Window: 10 * time.Second, Changed: news.note}.Wrap,
			middleware.RateLimit{Requests: 6000}.Wrap)

		type served struct {
			at, took time.Duration
			by       string
		}
		var mu sync.Mutex
		var all []served
		var wg sync.WaitGroup
		for range 4 * 120 {
			wg.Go(func() {
				start := time.Now()
				r, err := assistant.Generate(t.Context(), m, greeting)
				if err != nil {
					t.Errorf("at %v: %v", start.Sub(primary.start), err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				all = append(all, served{start.Sub(primary.start), time.Since(start), r.Vendor})
			})
			time.Sleep(250 * time.Millisecond)
		}
		wg.Wait()
		require.Len(t, all, 480)

		states := news.states()
		require.Equal(t, middleware.Open, states[0])
		opened, closed := news.at[0], news.at[len(news.at)-1]
		require.Equal(t, middleware.Closed, states[len(states)-1])
		between(t, []time.Duration{opened, closed}, [2]float64{22, 26}, [2]float64{80, 97})
		trials := 0
		for _, s := range states {
			if s == middleware.HalfOpen {
				trials++
			}
		}
		slow := 0
		for _, s := range all {
			switch {
			case s.at < begin-time.Second || s.at > closed:
				require.Equal(t, "甲", s.by, "at %v", s.at)
				require.Equal(t, 100*time.Millisecond, s.took)
			case s.at > opened && s.at < closed:
				if s.took > 300*time.Millisecond {
					slow++
				} else if s.by == "甲" {
					require.GreaterOrEqual(t, s.at, end)
				}
			}
		}
		require.LessOrEqual(t, slow, trials)
		require.InDelta(t, 4, trials, 1)
		asked := 0
		for _, at := range primary.seen() {
			if at > opened && at < end {
				asked++
			}
		}
		require.LessOrEqual(t, asked, trials)
	})
}

// A vendor that is slow for a minute, not down. Requests go to another region after a second, which costs
// a second request each and no more than a second; when the circuit opens for timeouts, not even that.
func TestBrownoutWithAHedge(t *testing.T) {
	const begin, end = 20 * time.Second, 80 * time.Second
	bubble(t, func(t *testing.T) {
		north := newVendor(func(_ int, since time.Duration) assistanttest.Turn {
			if since >= begin && since < end {
				return after(30*time.Second, from("北", "一"))
			}
			return after(100*time.Millisecond, from("北", "一"))
		})
		south := turns(after(200*time.Millisecond, from("南", "二")))
		spends := 0
		account := &middleware.Account{Spent: func(context.Context, middleware.Spend) { spends++ }}
		paid := middleware.Budget{Account: account}
		m := middleware.Wrap(north,
			middleware.Retry{}.Wrap,
			middleware.Breaker{}.Wrap,
			middleware.Hedge{To: paid.Wrap(south), Delay: time.Second, Share: 1}.Wrap,
			paid.Wrap,
			middleware.Timeout{First: 5 * time.Second}.Wrap)
		n := 0
		for ; time.Since(north.start) < 120*time.Second; n++ {
			since := time.Since(north.start)
			r, err := assistant.Generate(t.Context(), m, greeting)
			require.NoError(t, err)
			took := time.Since(north.start) - since
			if since >= begin && since < end {
				require.Equal(t, "南", r.Vendor)
				require.LessOrEqual(t, took, 1200*time.Millisecond)
			} else {
				require.Equal(t, "北", r.Vendor)
				require.Equal(t, 100*time.Millisecond, took)
			}
			require.Zero(t, north.stillOpen()+south.stillOpen())
			time.Sleep(time.Second)
		}
		require.Len(t, north.seen(), n)
		require.InDelta(t, 60/2.2, len(south.seen()), 1)
		require.Equal(t, n+len(south.seen()), spends)
	})
}

// A bill is what a vendor charges for one call.
type bill struct{ input, output int }

// A chaotic vendor does what the dice say, and writes a bill for every call that it worked for.
type chaotic struct {
	name string
	mu   sync.Mutex
	rng  *rand.Rand

	calls, open int
	bills       []bill
}

func (v *chaotic) roll(n int) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.rng.IntN(n)
}

func (v *chaotic) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		v.mu.Lock()
		v.calls++
		v.open++
		n := v.calls
		v.mu.Unlock()
		spent := bill{}
		defer func() {
			v.mu.Lock()
			v.open--
			v.bills = append(v.bills, spent)
			v.mu.Unlock()
		}()
		refuse := []assistant.ErrorKind{assistant.ErrAuth, assistant.ErrPermission, assistant.ErrQuota, assistant.ErrRateLimited, assistant.ErrOverloaded,
			assistant.ErrServer, assistant.ErrContextLength, assistant.ErrBlocked, assistant.ErrInvalid, assistant.ErrNotFound}
		broken := []assistant.ErrorKind{assistant.ErrTimeout, assistant.ErrTruncated, assistant.ErrProtocol, assistant.ErrNetwork}
		if d := v.roll(4); d > 0 && !pause(ctx, time.Duration(v.roll(1500*d*d))*time.Millisecond) {
			yield(assistant.Chunk{}, ctx.Err())
			return
		}
		if v.roll(3) == 0 {
			kind := refuse[v.roll(len(refuse))]
			wait := time.Duration(v.roll(3)) * time.Duration(v.roll(40)) * time.Second
			yield(assistant.Chunk{}, &assistant.Error{Kind: kind, Vendor: v.name, RetryAfter: wait})
			return
		}
		spent.input = 10 // from here on it works
		if v.roll(2) == 0 && !yield(assistant.Chunk{Meta: &assistant.Meta{Vendor: v.name}}, nil) {
			return
		}
		breaks := -1
		if v.roll(3) == 0 {
			breaks = v.roll(6)
		}
		said := 0
		for i, piece := range answerOf(v.name, n) {
			if i == breaks {
				switch v.roll(3) {
				case 0: // silence
				case 1:
					<-ctx.Done()
					yield(assistant.Chunk{}, ctx.Err())
				default:
					yield(assistant.Chunk{}, &assistant.Error{Kind: broken[v.roll(len(broken))], Vendor: v.name, Delivered: i > 0})
				}
				return
			}
			if !pause(ctx, time.Duration(v.roll(800))*time.Millisecond) {
				yield(assistant.Chunk{}, ctx.Err())
				return
			}
			said += utf8.RuneCountInString(piece)
			spent.output = (said*6 + 9) / 10
			if !yield(text(piece), nil) {
				return
			}
		}
		u := assistant.Usage{Input: spent.input, Output: spent.output, Total: spent.input + spent.output}
		yield(assistant.Chunk{Finish: assistant.FinishStop, Usage: &u}, nil)
	}
}

func answerOf(name string, n int) []string {
	return []string{name, fmt.Sprintf("第%d次", n), "：", "明前龙井", "，香气清高", "。"}
}

// For any faults, every call ends in the whole answer of one call to a vendor, or in one error that says
// what it is; every call to a vendor is counted, for no less than it was billed; and nothing is left.
func TestEveryCallEndsWell(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) { endsWell(t, seed) })
	}
}

func endsWell(t *testing.T, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 7))
	one, two := &chaotic{name: "甲", rng: rand.New(rand.NewPCG(seed, 1))}, &chaotic{name: "乙", rng: rand.New(rand.NewPCG(seed, 2))}
	var mu sync.Mutex
	var spends []middleware.Spend
	account := &middleware.Account{Limits: []middleware.Limit{{Tokens: []int{2000, 1_000_000}[rng.IntN(2)]}}, Spent: func(_ context.Context, s middleware.Spend) {
		mu.Lock()
		defer mu.Unlock()
		spends = append(spends, s)
	}}
	resume := rng.IntN(2) == 0
	stack := func(v assistant.Model) assistant.Model {
		return middleware.Wrap(v,
			middleware.Retry{Resume: resume && rng.IntN(2) == 0}.Wrap,
			middleware.Breaker{}.Wrap,
			middleware.Hedge{Delay: 2 * time.Second, Share: 0.5}.Wrap,
			middleware.RateLimit{Requests: 40, Tokens: 60_000, MaxWait: 4 * time.Second}.Wrap,
			middleware.Concurrency{Max: 2, Queue: 1}.Wrap,
			middleware.Budget{Account: account}.Wrap,
			middleware.Timeout{First: 5 * time.Second, Between: 3 * time.Second}.Wrap)
	}
	m := middleware.Wrap(stack(one),
		middleware.Log{Logger: slog.New(slog.DiscardHandler)}.Wrap,
		middleware.Cache{Single: rng.IntN(2) == 0}.Wrap,
		middleware.Fallback{To: []middleware.Alternative{{Model: stack(two)}}}.Wrap)

	var wg sync.WaitGroup
	for i := range 24 {
		leave := -1
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		switch rng.IntN(6) {
		case 0:
			leave = rng.IntN(4)
		case 1:
			ctx, cancel = context.WithTimeout(ctx, time.Duration(rng.IntN(8000))*time.Millisecond)
			defer cancel()
		}
		req := &assistant.Request{Messages: []assistant.Message{assistant.User(fmt.Sprintf("第%d个问题：有适合送长辈的茶吗？", i%20))}}
		wg.Go(func() { check(t, seed, resume, ctx, m, req, leave) })
		time.Sleep(time.Duration(rng.IntN(2000)) * time.Millisecond)
	}
	wg.Wait()
	synctest.Wait()

	require.Zero(t, one.open+two.open, "seed %d", seed)
	require.Len(t, spends, one.calls+two.calls, "seed %d: every call to a vendor is counted once", seed)
	billed, counted := bill{}, assistant.Usage{}
	for _, b := range append(one.bills, two.bills...) {
		billed.input, billed.output = billed.input+b.input, billed.output+b.output
	}
	for _, s := range spends {
		counted = counted.Add(s.Usage)
	}
	require.GreaterOrEqual(t, counted.Input, billed.input, "seed %d", seed)
	require.GreaterOrEqual(t, counted.Output, billed.output, "seed %d", seed)
}

// check makes one call and looks at how it ends.
func check(t *testing.T, seed uint64, resume bool, ctx context.Context, m assistant.Model, req *assistant.Request, leave int) {
	var said strings.Builder
	finished, n := false, 0
	var failed error
	for c, err := range m.Stream(ctx, req) {
		if failed != nil || finished {
			t.Errorf("seed %d: something came after the end", seed)
		}
		failed = err
		said.WriteString(c.Text)
		finished = finished || c.Finish != ""
		if n++; n-1 == leave {
			return
		}
	}
	var e *assistant.Error
	switch {
	case failed == nil && !finished:
		t.Errorf("seed %d: the call ended in silence", seed)
	case failed != nil && ctx.Err() == nil && !errors.As(failed, &e):
		t.Errorf("seed %d: an error of no kind: %v", seed, failed)
	case failed == nil && !resume: // an answer that was continued has the words of two calls
		var name rune
		var call int
		if _, err := fmt.Sscanf(said.String(), "%c第%d次：", &name, &call); err != nil || said.String() != strings.Join(answerOf(string(name), call), "") {
			t.Errorf("seed %d: answer %q", seed, said.String())
		}
	}
}

func TestWrapOrder(t *testing.T) {
	t.Parallel()
	var order []string
	layer := func(name string) middleware.Middleware {
		return func(m assistant.Model) assistant.Model { return noting{m, name, &order} }
	}
	_, err := ask(t.Context(), middleware.Wrap(turns(assistanttest.Say("好")), layer("外"), layer("中"), layer("内")))
	require.NoError(t, err)
	require.Equal(t, []string{"外", "中", "内"}, order)
}

type noting struct {
	assistant.Model
	name  string
	order *[]string
}

func (n noting) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	*n.order = append(*n.order, n.name)
	return n.Model.Stream(ctx, req)
}
