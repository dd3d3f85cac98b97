package minor

import (
	"context"
	"errors"
	"fmt"
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
	spent map[string]int64
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
	month := p.ID + "\x00" + clock.Time().In(usage.China).Format("2006-01")
	s.mu.Lock()
	defer s.mu.Unlock()
	have := s.spent[month]
	if limit := p.Limits.Spending; p.Child && limit != 0 && have+fen > max(limit, 0) {
		return fmt.Errorf("%w: %d of %d fen are spent this month, and %d are asked for", ErrSpending, have, max(limit, 0), fen)
	}
	if s.spent == nil {
		s.spent = make(map[string]int64)
	}
	s.spent[month] = have + fen
	return nil
}
