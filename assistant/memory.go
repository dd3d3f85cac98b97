package assistant

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Memory is a [Sessions] in memory, for one process, tests and conversations that need not last. The
// zero Memory is empty and ready for use; it must not be copied.
type Memory struct {
	mu       sync.Mutex
	sessions map[string]*Session
}

// NewMemory returns an empty store.
func NewMemory() *Memory { return new(Memory) }

// Load implements [Sessions]. It copies nothing: stored messages are never modified, and the result
// cannot see later ones.
func (m *Memory) Load(_ context.Context, id string) (*Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.sessions[id]; ok {
		seen := *s
		seen.Messages = slices.Clip(s.Messages)
		return &seen, nil
	}
	return &Session{ID: id}, nil
}

// Append implements [Sessions].
func (m *Memory) Append(_ context.Context, id string, c Change) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[id]
	if !ok {
		s = &Session{ID: id}
	}
	next, err := s.apply(c, time.Now())
	if err != nil {
		return fmt.Errorf("session %q: %w", id, err)
	}
	if m.sessions == nil {
		m.sessions = map[string]*Session{}
	}
	m.sessions[id] = next
	return nil
}

// Delete forgets a session. It is no error if there is none.
func (m *Memory) Delete(_ context.Context, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, id)
	return nil
}
