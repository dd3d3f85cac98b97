package middleware

import (
	"context"
	"sync"
	"time"
)

// An Amount is what a [Ledger] counts.
type Amount struct {
	Tokens int64
	Money  Money
}

func (a Amount) plus(b Amount) Amount { return Amount{a.Tokens + b.Tokens, a.Money.plus(b.Money)} }

// over reports whether a is more than limit, of which a field that is zero is no limit.
func (a Amount) over(limit Amount) bool {
	return limit.Tokens > 0 && a.Tokens > limit.Tokens || limit.Money > 0 && a.Money > limit.Money
}

// A Ledger keeps what was spent. An implementation on a shared store makes one budget for many
// processes. It is safe for concurrent use.
type Ledger interface {
	// Book adds amount to what is booked under key and returns the sum. If the amount is positive and the
	// sum would be more than limit, of which a field that is zero is no limit, Book changes nothing and
	// returns the sum as it is and false. What is booked under key may be forgotten after the time given.
	Book(ctx context.Context, key string, until time.Time, amount, limit Amount) (sum Amount, ok bool, err error)
}

// A MemoryLedger is a [Ledger] for one process, which forgets when it ends. The zero MemoryLedger is
// ready for use.
type MemoryLedger struct {
	mu    sync.Mutex
	sums  map[string]*account
	sweep int
}

type account struct {
	Amount
	until time.Time
}

// Book implements [Ledger].
func (l *MemoryLedger) Book(_ context.Context, key string, until time.Time, amount, limit Amount) (Amount, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, ok := l.sums[key]
	if !ok {
		l.forget()
		a = &account{until: until}
		l.sums[key] = a
	}
	sum := a.plus(amount)
	if (amount.Tokens > 0 || amount.Money > 0) && sum.over(limit) {
		return a.Amount, false, nil
	}
	a.Amount = sum
	return sum, true, nil
}

// forget makes room for a key.
func (l *MemoryLedger) forget() {
	if l.sums == nil {
		l.sums, l.sweep = make(map[string]*account), minKeys
	}
	if len(l.sums) < l.sweep {
		return
	}
	now := time.Now()
	for k, a := range l.sums {
		if now.After(a.until) {
			delete(l.sums, k)
		}
	}
	l.sweep = max(minKeys, 2*len(l.sums))
}
