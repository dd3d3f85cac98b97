package egress

import (
	"context"
	"sync"
)

// A Count is how many people's data was sent in a year.
type Count struct {
	People    int
	Sensitive int // people whose sensitive data was
}

// A Counter counts people. An implementation on a shared store makes one count for many processes. It is safe for
// concurrent use.
type Counter interface {
	// Add counts a person, known by a hash, in a year of the calendar, once, and once more for sensitive data. If the
	// count would be more than limit, of which a negative number is no limit, Add changes nothing and returns the count
	// as it is and false. Someone who was counted before is never refused.
	Add(ctx context.Context, year int, person string, sensitive bool, limit Count) (count Count, ok bool, err error)
}

// A MemoryCounter is a [Counter] for one process, which forgets when it ends. It keeps the latest two years. The zero
// MemoryCounter is ready for use.
type MemoryCounter struct {
	mu    sync.Mutex
	years map[int]*year
}

type year struct {
	people map[string]bool // whether sensitive data was sent
	count  Count
}

// Add implements [Counter].
func (m *MemoryCounter) Add(_ context.Context, y int, person string, sensitive bool, limit Count) (Count, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	this := m.years[y]
	if this == nil {
		this = &year{people: make(map[string]bool)}
		if m.years == nil {
			m.years = make(map[int]*year)
		}
		m.years[y] = this
		for old := range m.years {
			if old < y-1 {
				delete(m.years, old)
			}
		}
	}
	was, known := this.people[person]
	next := this.count
	if !known {
		next.People++
	}
	if sensitive && !was {
		next.Sensitive++
	}
	if over(next.People, this.count.People, limit.People) || over(next.Sensitive, this.count.Sensitive, limit.Sensitive) {
		return this.count, false, nil
	}
	this.people[person], this.count = was || sensitive, next
	return next, true, nil
}

func over(next, now, limit int) bool { return next > now && limit >= 0 && next > limit }
