package middleware

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A hold is what a call has booked in advance.
type hold struct {
	account *Account
	entries []entry
	amount  Amount
}

// An entry is one line in the ledger.
type entry struct {
	key   string
	until time.Time
}

func (a *Account) ledger() Ledger {
	if a.Ledger != nil {
		return a.Ledger
	}
	return &a.own
}

// price returns what a call cost by its own word of its origin, or else by the name that it was asked by.
func (a *Account) price(s Spend, vendor, model string) (Money, bool) {
	now := time.Now()
	if cost, ok := a.Prices.Cost(s.Vendor, s.Model, now, s.Usage); ok {
		return cost, true
	}
	return a.Prices.Cost(vendor, model, now, s.Usage)
}

// hold books what a request is expected to need, under every limit, or nothing at all.
func (b *Budget) hold(ctx context.Context, req *assistant.Request) (*hold, error) {
	a := b.Account
	h := &hold{account: a}
	if len(a.Limits) == 0 {
		return h, nil
	}
	estimate := a.Estimate
	if estimate == nil {
		estimate = Estimate
	}
	u := estimate(req)
	model := or(req.Model, b.Model)
	cost, priced := a.Prices.Cost(b.Vendor, model, time.Now(), u)
	h.amount = Amount{int64(u.Total), cost}

	place := a.Location
	if place == nil {
		place = beijing
	}
	now := time.Now().In(place)
	for i, limit := range a.Limits {
		key := ""
		if limit.Key != nil {
			if key = limit.Key(ctx, req); key == "" {
				continue
			}
		}
		err := error(nil)
		if limit.Money > 0 && !priced {
			err = &assistant.Error{Kind: assistant.ErrInvalid,
				Message: fmt.Sprintf("the price table has no line for vendor %q, model %q: a limit of money cannot be kept", b.Vendor, model)}
		} else {
			err = h.book(ctx, i, limit, key, now)
		}
		if err != nil {
			h.release(context.WithoutCancel(ctx))
			return nil, err
		}
	}
	return h, nil
}

func (h *hold) book(ctx context.Context, i int, limit Limit, key string, now time.Time) error {
	name, until := limit.Per.around(now)
	e := entry{or(limit.Name, strconv.Itoa(i)) + " " + limit.Per.String() + " " + name + " " + key, until}
	most := Amount{int64(limit.Tokens), limit.Money}
	sum, ok, err := h.account.ledger().Book(ctx, e.key, until, h.amount, most)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnchecked, err)
	}
	if !ok {
		return &assistant.Error{Kind: assistant.ErrQuota, Err: &BudgetError{Per: limit.Per, Key: key, Spent: sum, Max: most, Until: until}}
	}
	h.entries = append(h.entries, e)
	return nil
}

// release gives back what was booked.
func (h *hold) release(ctx context.Context) {
	h.correct(ctx, Amount{-h.amount.Tokens, -h.amount.Money})
}

// settle puts what was spent in the place of what was expected.
func (h *hold) settle(ctx context.Context, s Spend) {
	if h.account.Spent != nil && !errors.Is(s.Err, ErrRefused) {
		h.account.Spent(ctx, s)
	}
	h.correct(ctx, Amount{int64(s.Usage.Total) - h.amount.Tokens, s.Cost - h.amount.Money})
}

func (h *hold) correct(ctx context.Context, a Amount) {
	for _, e := range h.entries {
		_, _, _ = h.account.ledger().Book(ctx, e.key, e.until, a, Amount{})
	}
}
