package consent

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A Record is one thing that a person, or a guardian, said.
type Record struct {
	Subject  string    `json:"subject"`
	Purpose  string    `json:"purpose"`
	Given    bool      `json:"given"`             // false: refused or withdrawn
	Print    string    `json:"print,omitzero"`    // of the purpose as it was
	Notice   string    `json:"notice,omitzero"`   // version that was read
	By       string    `json:"by,omitzero"`       // how it was said
	Guardian string    `json:"guardian,omitzero"` // who said it for a child
	Separate bool      `json:"separate,omitzero"` // in an act of its own
	Time     time.Time `json:"time"`
	Until    time.Time `json:"until,omitzero"` // if not zero, how long it holds
}

// A Store keeps what people said. It must be safe for concurrent use, and what Append acknowledged must be
// seen by every later Last, in every process.
type Store interface {
	// Append keeps records, all or none.
	Append(ctx context.Context, records ...Record) error
	// Last returns the latest record of a subject for each purpose, in any order.
	Last(ctx context.Context, subject string) ([]Record, error)
	// Erase removes all that is kept of a subject.
	Erase(ctx context.Context, subject string) error
}

// Memory is a [Store] for one process, tests and what need not last. The zero Memory is empty and ready
// for use; it must not be copied.
type Memory struct {
	mu   sync.RWMutex
	last map[string][]Record
}

// Append implements [Store].
func (m *Memory) Append(_ context.Context, records ...Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range records {
		m.put(r)
	}
	return nil
}

func (m *Memory) put(r Record) {
	if m.last == nil {
		m.last = make(map[string][]Record)
	}
	have := slices.DeleteFunc(slices.Clone(m.last[r.Subject]), func(old Record) bool { return old.Purpose == r.Purpose })
	m.last[r.Subject] = append(have, r)
}

// Last implements [Store].
func (m *Memory) Last(_ context.Context, subject string) ([]Record, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.last[subject], nil // replaced as a whole, never modified
}

// Erase implements [Store].
func (m *Memory) Erase(_ context.Context, subject string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.last, subject)
	return nil
}
