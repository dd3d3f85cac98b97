package middleware

import (
	"context"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Budget counts what every call to a vendor costs, in an [Account], and stops calls for which nothing is
// left. Put it close to the vendor, below everything that may send a request twice: then nothing is
// billed that it does not count.
type Budget struct {
	// Account is where calls are booked. It is required, and shared by all models that spend from it.
	Account *Account

	// Vendor and Model say what the vendor's replies will say of their origin, so that a price can be
	// found before there is a reply. A Model named in the request comes first.
	Vendor, Model string
}

// An Account has a price table, limits and what was spent. It must not change once it is in use, and is
// safe for concurrent use. An Account without limits only counts.
type Account struct {
	Limits []Limit
	Prices *Prices // required for limits of money

	Ledger   Ledger         // if nil, a [MemoryLedger]
	Location *time.Location // whose calendar days and months follow; if nil, Beijing's

	// Estimate foresees what a request will use, so that calls at the same time cannot spend the same
	// rest; if nil, [Estimate] does. A call whose reply is longer than foreseen may exceed a limit by the
	// difference, and the next one is refused.
	Estimate Estimator

	// Spent, if not nil, is told of every call that was sent, as it ends. It may be called from several
	// goroutines at once.
	Spent func(ctx context.Context, s Spend)

	own MemoryLedger
}

// A Limit is a bound on what may be spent in a stretch of the calendar.
type Limit struct {
	Name   string // by which a shared ledger tells limits apart; if empty, the place in the list
	Per    Window
	Tokens int   // if zero, no limit
	Money  Money // if zero, no limit

	// Key says whose limit it is, such as [ByUser]; if nil, one for all. A request with an empty key has
	// no limit of this kind.
	Key func(ctx context.Context, req *assistant.Request) string
}

// ByUser is a [Limit.Key]: each [assistant.Request.User] has a limit of his own.
func ByUser(_ context.Context, req *assistant.Request) string { return req.User }

// A Window is a stretch of the calendar.
type Window uint8

// The windows.
const (
	Day Window = iota
	Hour
	Month
	Always
)

func (w Window) String() string {
	return [...]string{Day: "day", Hour: "hour", Month: "month", Always: "always"}[min(w, Always)]
}

// around returns the name and the end of the window that t lies in.
func (w Window) around(t time.Time) (name string, end time.Time) {
	y, m, d := t.Date()
	switch w {
	case Hour:
		start := t.Truncate(0).Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
		return start.Format("2006-01-02T15Z0700"), start.Add(time.Hour)
	case Month:
		return t.Format("2006-01"), time.Date(y, m+1, 1, 0, 0, 0, 0, t.Location())
	case Always:
		return "always", time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.Format(time.DateOnly), time.Date(y, m, d+1, 0, 0, 0, 0, t.Location())
}

// A Spend is what one call to a vendor cost.
type Spend struct {
	Vendor, Model string
	Usage         assistant.Usage
	Estimated     bool  // the vendor told no number, for the call was cut short
	Cost          Money // of the price table; zero if that has no price
	Priced        bool  // the price table has a price
	Err           error // how the call ended, if not well
}

// A BudgetError says which [Limit] refused a call. It matches [ErrBudget] and comes in an
// [*assistant.Error] of kind ErrQuota.
type BudgetError struct {
	Per   Window
	Key   string // whose limit
	Spent Amount // so far, with what calls under way are expected to need
	Max   Amount
	Until time.Time // when the next window begins
}

func (e *BudgetError) Error() string {
	text := fmt.Sprintf("%s: %d of %d tokens", ErrBudget, e.Spent.Tokens, e.Max.Tokens)
	if e.Max.Money > 0 {
		text = fmt.Sprintf("%s: %v of %v", ErrBudget, e.Spent.Money, e.Max.Money)
		if e.Max.Tokens > 0 {
			text += fmt.Sprintf(", %d of %d tokens", e.Spent.Tokens, e.Max.Tokens)
		}
	}
	if e.Per == Always {
		return text + " in all"
	}
	return text + " per " + e.Per.String()
}

// Unwrap returns [ErrBudget].
func (e *BudgetError) Unwrap() error { return ErrBudget }

// Wrap is a [Middleware].
func (b Budget) Wrap(m assistant.Model) assistant.Model {
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := b.stream(ctx, m, req, yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}

func (b *Budget) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if b.Account == nil {
		return &assistant.Error{Kind: assistant.ErrInvalid, Message: "middleware.Budget has no Account"}
	}
	held, err := b.hold(ctx, req)
	if err != nil {
		return err
	}
	var p passage
	settled := false
	settle := func() {
		if !settled {
			settled = true
			held.settle(context.WithoutCancel(ctx), b.spend(&p, req, err))
		}
	}
	defer settle() // also if the caller's loop panics
	return p.carry(m.Stream(ctx, req), func(c assistant.Chunk, _ error) bool {
		if c.Finish != "" { // before the caller sees the end, so that it can ask what was spent
			settle()
		}
		return yield(c, nil)
	})
}

// spend is what a call cost.
func (b *Budget) spend(p *passage, req *assistant.Request, err error) Spend {
	s := Spend{Vendor: b.Vendor, Model: or(req.Model, b.Model), Err: err}
	if p.meta != nil {
		s.Vendor, s.Model = or(p.meta.Vendor, s.Vendor), or(p.meta.Model, s.Model)
	}
	s.Usage, s.Estimated = p.used(req, err)
	s.Cost, s.Priced = b.Account.price(s, b.Vendor, or(req.Model, b.Model))
	return s
}
