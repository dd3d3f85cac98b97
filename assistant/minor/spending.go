package minor

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant/usage"
)

// ErrSpending says that a child would spend more than the guardian allows.
var ErrSpending = errors.New("spending limit of the guardian reached")

// A Purse counts what children spend, month by month of China's calendar. The zero Purse is empty, keeps what
// it counts in memory, and must not be copied. A service with several processes asks its payments instead.
type Purse struct {
	// Clock tells the time; what it counts of use is not changed. If nil, the system's.
	Clock *usage.Clock

	mu    sync.Mutex
	month string
	spent map[string]int64 // in that month, by person
}

// Spend counts fen, if the limits of p allow it. Otherwise it counts nothing and returns an error that
// matches [ErrSpending]. Of adults nothing is limited.
func (s *Purse) Spend(_ context.Context, p Person, fen int64) error {
	if fen < 0 {
		return fmt.Errorf("spend: %d fen", fen)
	}
	clock := s.Clock
	if clock == nil {
		clock = new(usage.Clock)
	}
	month := clock.Time().In(usage.China).Format("2006-01")
	s.mu.Lock()
	defer s.mu.Unlock()
	if month > s.month {
		s.month, s.spent = month, make(map[string]int64)
	}
	have := s.spent[p.ID]
	if limit := p.Limits.Spending; p.Child && limit != 0 && fen > max(limit, 0)-have {
		return fmt.Errorf("%w: %d of %d fen are spent this month, and %d are asked for", ErrSpending, have, max(limit, 0), fen)
	}
	s.spent[p.ID] = have + min(fen, math.MaxInt64-have)
	return nil
}
