package abuse

import (
	"context"
	"sync"
	"time"
)

// A State is where somebody stands.
type State uint8

// The states, from the lowest rung up.
const (
	Clear     State = iota
	Warned          // was told
	Limited         // may ask less often
	Suspended       // may not ask
)

// String returns the name of the state.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "unknown"
}

var stateNames = [...]string{"clear", "warned", "limited", "suspended"}

// A Record is what is kept of somebody.
type Record struct {
	InRow   int       // questions stopped in a row
	Day     string    // the day of Today, in China
	Today   int       // questions stopped on that day
	Until   time.Time // the end of a suspension
	Last    time.Time // the last question, while limited
	Updated time.Time
	Appeal  string // what the person says against it; empty if nothing
}

// Records keeps records. It is safe for concurrent use.
type Records interface {
	// Update changes the record of somebody by a function, so that no other change comes between. The zero Record is
	// that of somebody unknown. If change returns an error, nothing is changed, and Update returns it.
	Update(ctx context.Context, subject string, change func(*Record) error) error
}

// A Memory is a [Records] for one process, which forgets when it ends, and what is older than a week. The zero Memory is
// ready for use.
type Memory struct {
	mu      sync.Mutex
	records map[string]Record
	looked  time.Time
}

const memoryKeeps = 7 * 24 * time.Hour

// Update implements [Records].
func (m *Memory) Update(_ context.Context, subject string, change func(*Record) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.records[subject]
	if err := change(&r); err != nil {
		return err
	}
	now := time.Now()
	r.Updated = now
	if m.records == nil {
		m.records = make(map[string]Record)
	}
	if now.Sub(m.looked) > time.Hour {
		m.looked = now
		for s, old := range m.records {
			if now.Sub(old.Updated) > memoryKeeps && now.After(old.Until) {
				delete(m.records, s)
			}
		}
	}
	m.records[subject] = r
	return nil
}
