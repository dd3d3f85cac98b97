package middleware_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

func prices(t *testing.T) *middleware.Prices {
	t.Helper()
	p, err := middleware.ParsePrices(strings.NewReader("currency,vendor,model,input,output\nCNY,甲,茶,1000,2000\n"))
	require.NoError(t, err)
	return p
}

// by makes a copy of the greeting with a user.
func by(user string) *assistant.Request {
	req := *greeting
	req.User = user
	return &req
}

func TestBudgetStopsHard(t *testing.T) {
	bubble(t, func(t *testing.T) { // begins on 2000-01-01 at midnight UTC, eight o'clock in Beijing
		v := turns(used(40))
		account := &middleware.Account{
			Limits:   []middleware.Limit{{Per: middleware.Day, Tokens: 100, Key: middleware.ByUser}, {Per: middleware.Month, Tokens: 300}},
			Estimate: guess(50),
		}
		m := middleware.Budget{Account: account}.Wrap(v)
		do := func(user string) error {
			_, err := assistant.Generate(t.Context(), m, by(user))
			return err
		}
		require.NoError(t, do("一"))
		require.NoError(t, do("一")) // 80 of 100
		err := do("一")
		require.Equal(t, assistant.ErrQuota, oneKind(t, err))
		require.ErrorIs(t, err, middleware.ErrBudget)
		var b *middleware.BudgetError
		require.ErrorAs(t, err, &b)
		beijing := time.FixedZone("", 8*3600)
		require.Equal(t, middleware.Amount{Tokens: 80}, b.Spent)
		require.Equal(t, "一", b.Key)
		require.True(t, b.Until.Equal(time.Date(2000, 1, 2, 0, 0, 0, 0, beijing)), b.Until)
		require.EqualError(t, b, "budget used up: 80 of 100 tokens per day")

		require.NoError(t, do("二"), "another user")
		time.Sleep(16*time.Hour - time.Second)
		require.ErrorIs(t, do("一"), middleware.ErrBudget)
		time.Sleep(time.Second) // midnight in Beijing
		require.NoError(t, do("一"))
		require.NoError(t, do(""), "nobody in particular") // 200 of 300
		require.NoError(t, do(""))
		require.NoError(t, do("三")) // 280
		err = do("四")
		require.ErrorAs(t, err, &b)
		require.Equal(t, middleware.Month, b.Per)
		require.Equal(t, middleware.Amount{Tokens: 280}, b.Spent)
		require.Len(t, v.seen(), 7)
	})
}

// A call that a later limit refuses leaves nothing booked under those before.
func TestBudgetRefusedCallsBookNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		account := &middleware.Account{
			Limits:   []middleware.Limit{{Per: middleware.Day, Tokens: 100, Key: middleware.ByUser}, {Per: middleware.Hour, Tokens: 60}},
			Estimate: guess(50),
		}
		m := middleware.Budget{Account: account}.Wrap(turns(used(50)))
		do := func(user string) error {
			_, err := assistant.Generate(t.Context(), m, by(user))
			return err
		}
		require.NoError(t, do("一"))
		for range 5 {
			require.ErrorIs(t, do("二"), middleware.ErrBudget)
		}
		for range 2 {
			time.Sleep(time.Hour)
			require.NoError(t, do("二"))
		}
		time.Sleep(time.Hour)
		require.ErrorIs(t, do("二"), middleware.ErrBudget)
	})
}

func TestBudgetOfMoney(t *testing.T) {
	t.Parallel()
	var spends []middleware.Spend
	account := &middleware.Account{
		Prices: prices(t),
		Limits: []middleware.Limit{{Per: middleware.Always, Money: middleware.Unit / 10}},
		Spent:  func(_ context.Context, s middleware.Spend) { spends = append(spends, s) },
	}
	reply := assistanttest.Chunks(
		assistant.Chunk{Meta: &assistant.Meta{Vendor: "甲", Model: "茶"}},
		assistant.Chunk{Text: "好", Finish: assistant.FinishStop, Usage: &assistant.Usage{Input: 10, Output: 20, Total: 30}})
	v := turns(reply)
	m := middleware.Budget{Account: account, Vendor: "甲", Model: "茶"}.Wrap(v)
	req := *greeting
	req.MaxTokens = 20 // 0.04 yuan, and 0.013 for the question
	n := 0
	for {
		if _, err := assistant.Generate(t.Context(), m, &req); err != nil {
			require.ErrorIs(t, err, middleware.ErrBudget)
			require.ErrorContains(t, err, "0.05 of 0.1 in all")
			break
		}
		n++
	}
	require.Equal(t, 1, n, "0.05 is spent, and 0.053 would be too much")
	require.Equal(t, []middleware.Spend{{Vendor: "甲", Model: "茶", Usage: assistant.Usage{Input: 10, Output: 20, Total: 30},
		Cost: 5 * middleware.Unit / 100, Priced: true}}, spends)

	req.Model = "水"
	_, err := assistant.Generate(t.Context(), m, &req)
	require.Equal(t, assistant.ErrInvalid, oneKind(t, err))
	require.ErrorContains(t, err, `no line for vendor "甲", model "水"`)
	require.Len(t, v.seen(), 1)

	_, err = ask(t.Context(), middleware.Budget{}.Wrap(v))
	require.ErrorContains(t, err, "no Account")
}

// Calls at the same time cannot spend the same rest, and what they do not need comes back.
func TestBudgetHolds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(after(time.Second, used(10)))
		account := &middleware.Account{Limits: []middleware.Limit{{Tokens: 100}}, Estimate: guess(30)}
		m := middleware.Budget{Account: account}.Wrap(v)
		var mu sync.Mutex
		refused := 0
		many := func(n int) {
			var wg sync.WaitGroup
			for range n {
				wg.Go(func() {
					if _, err := ask(t.Context(), m); err != nil {
						mu.Lock()
						refused++
						mu.Unlock()
					}
				})
			}
			wg.Wait()
		}
		many(10)
		require.Equal(t, 7, refused)
		many(10) // 30 are spent
		require.Equal(t, 7+8, refused)
		require.Len(t, v.seen(), 5)
	})
}

func TestBudgetCountsWhatWasCutShort(t *testing.T) {
	input := middleware.Estimate(greeting).Input
	partial := assistant.Chunk{Text: strings.Repeat("茶", 100), Usage: &assistant.Usage{Input: 7, Output: 1}}
	for name, tc := range map[string]struct {
		turn      assistanttest.Turn
		want      assistant.Usage
		estimated bool
	}{
		"complete":              {used(40), assistant.Usage{Input: 40, Total: 40}, false},
		"complete, not counted": {assistanttest.Chunks(assistant.Chunk{Text: strings.Repeat("茶", 100), Finish: assistant.FinishStop}), assistant.Usage{Input: input, Output: 90, Total: input + 90}, true},
		"breaking off":          {fail(assistant.ErrTruncated, text(strings.Repeat("茶", 100))), assistant.Usage{Input: input, Output: 90, Total: input + 90}, true},
		"counted in part":       {fail(assistant.ErrTruncated, partial), assistant.Usage{Input: 7, Output: 90, Total: 97}, true},
		"a timeout":             {fail(assistant.ErrTimeout), assistant.Usage{Input: input, Total: input}, true},
		"a network that breaks": {fail(assistant.ErrNetwork), assistant.Usage{Input: input, Total: input}, true},
		"overloaded":            {fail(assistant.ErrOverloaded), assistant.Usage{}, false},
		"server":                {fail(assistant.ErrServer), assistant.Usage{}, false},
		"nobody there": {assistanttest.Break(&assistant.Error{Kind: assistant.ErrNetwork, Err: &net.OpError{Op: "dial", Err: errors.New("refused")}}),
			assistant.Usage{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got middleware.Spend
			account := &middleware.Account{Spent: func(_ context.Context, s middleware.Spend) { got = s }}
			_, err := ask(t.Context(), middleware.Budget{Account: account}.Wrap(turns(tc.turn)))
			require.Equal(t, tc.want, got.Usage)
			require.Equal(t, tc.estimated, got.Estimated)
			require.Equal(t, err, got.Err)
		})
	}
	t.Run("left", func(t *testing.T) {
		t.Parallel()
		n := 0
		account := &middleware.Account{Spent: func(_ context.Context, s middleware.Spend) {
			n++
			require.True(t, s.Estimated)
			require.Positive(t, s.Usage.Output)
		}}
		m := middleware.Budget{Account: account}.Wrap(turns(assistanttest.Say("一二三")))
		for range m.Stream(t.Context(), greeting) {
			break
		}
		require.Panics(t, func() {
			for range m.Stream(t.Context(), greeting) {
				panic("caller")
			}
		})
		require.Equal(t, 2, n)
	})
	t.Run("refused below", func(t *testing.T) {
		t.Parallel()
		account := &middleware.Account{Spent: func(context.Context, middleware.Spend) { t.Error("nothing was sent") },
			Limits: []middleware.Limit{{Tokens: 10}}, Estimate: guess(10)}
		m := middleware.Budget{Account: account}.Wrap(turns(assistanttest.Break(&assistant.Error{Kind: assistant.ErrOverloaded, Err: middleware.ErrOpen})))
		for range 3 {
			_, err := ask(t.Context(), m)
			require.ErrorIs(t, err, middleware.ErrOpen)
		}
	})
}

// The caller knows what was spent when he has the end of the reply.
func TestBudgetSettlesBeforeTheEnd(t *testing.T) {
	t.Parallel()
	n := 0
	account := &middleware.Account{Spent: func(context.Context, middleware.Spend) { n++ }}
	for c, err := range (middleware.Budget{Account: account}).Wrap(turns(assistanttest.Say("好"))).Stream(t.Context(), greeting) {
		require.NoError(t, err)
		require.Equal(t, c.Finish != "", n == 1)
	}
	require.Equal(t, 1, n)
}

type brokenLedger struct{ err error }

func (l brokenLedger) Book(context.Context, string, time.Time, middleware.Amount, middleware.Amount) (middleware.Amount, bool, error) {
	return middleware.Amount{}, false, l.err
}

func TestBudgetWithABrokenStore(t *testing.T) {
	t.Parallel()
	v := turns(assistanttest.Say("好"))
	account := &middleware.Account{Limits: []middleware.Limit{{Tokens: 1}}, Ledger: brokenLedger{errStrange}}
	_, err := ask(t.Context(), middleware.Budget{Account: account}.Wrap(v))
	require.ErrorIs(t, err, errStrange)
	require.ErrorIs(t, err, middleware.ErrUnchecked)
	require.Empty(t, v.seen())
}

func TestMemoryLedgerForgets(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var l middleware.MemoryLedger
		book := func(i int) middleware.Amount {
			sum, ok, err := l.Book(t.Context(), numbered(i), time.Now().Add(time.Hour), middleware.Amount{Tokens: 1, Money: 2}, middleware.Amount{})
			require.NoError(t, err)
			require.True(t, ok)
			return sum
		}
		for i := range 1024 {
			book(i)
		}
		require.EqualValues(t, 2, book(5).Tokens)
		time.Sleep(2 * time.Hour)
		book(2000) // one too many
		require.EqualValues(t, 1, book(5).Tokens)
		synctest.Wait()
	})
}

func TestWindows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		for per, want := range map[middleware.Window]string{middleware.Hour: "2000-01-01T01:00:00Z", middleware.Day: "2000-01-02T00:00:00Z", middleware.Month: "2000-02-01T00:00:00Z"} {
			account := &middleware.Account{Limits: []middleware.Limit{{Per: per, Tokens: 1}}, Estimate: guess(5), Location: time.UTC}
			_, err := ask(t.Context(), middleware.Budget{Account: account}.Wrap(turns(used(1))))
			var b *middleware.BudgetError
			require.ErrorAs(t, err, &b)
			require.Equal(t, want, b.Until.Format(time.RFC3339), per.String())
		}
	})
}
