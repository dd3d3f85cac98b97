package consent

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Sessions keeps the conversations of those who agreed to it, and carries on with everybody else in the
// memory of the process, where nothing outlives it. It implements [assistant.Sessions]. Fill in the first
// three fields; it must not be copied.
//
// Who withdraws is a stranger from the next question on; what was kept until then is for [Rights] to erase.
// A run that is under way when its user withdraws ends as usual and is not kept.
type Sessions struct {
	Kept     assistant.Sessions
	Registry *Registry
	Purpose  string
	// Subject tells whose session it is. If nil, the session's id is the subject.
	Subject func(sessionID string) string
	// Passing is how many conversations are in memory at most; the oldest are forgotten. If zero, 10,000.
	Passing int

	mu      sync.Mutex
	passing assistant.Memory
	order   []string // ids in passing, oldest first
}

var _ assistant.Sessions = (*Sessions)(nil)

func (s *Sessions) agreed(ctx context.Context, id string) bool {
	subject := id
	if s.Subject != nil {
		subject = s.Subject(id)
	}
	return s.Registry.Check(ctx, subject, s.Purpose) == nil
}

// Load implements [assistant.Sessions]. A conversation that began before its user agreed is kept from then on.
func (s *Sessions) Load(ctx context.Context, id string) (*assistant.Session, error) {
	passing, err := s.passing.Load(ctx, id)
	if err != nil || !s.agreed(ctx, id) {
		return passing, err
	}
	kept, err := s.Kept.Load(ctx, id)
	if err != nil || passing.Version == 0 {
		return kept, err
	}
	err = s.Kept.Append(ctx, id, assistant.Change{
		Version: kept.Version, Messages: passing.Messages, Pending: passing.Pending, State: passing.State, Usage: passing.Usage,
	})
	if err != nil {
		return nil, fmt.Errorf("keep a conversation that its user agreed to have kept: %w", err)
	}
	if err := s.forget(ctx, id); err != nil {
		return nil, err
	}
	return s.Kept.Load(ctx, id)
}

// Append implements [assistant.Sessions].
func (s *Sessions) Append(ctx context.Context, id string, c assistant.Change) error {
	passing, err := s.passing.Load(ctx, id)
	if err != nil {
		return err
	}
	if passing.Version == 0 && s.agreed(ctx, id) {
		return s.Kept.Append(ctx, id, c)
	}
	if passing.Version == 0 && c.Version > 0 {
		return nil // was loaded from what is kept, and the user has withdrawn since
	}
	if err := s.passing.Append(ctx, id, c); err != nil {
		return err
	}
	return s.remember(ctx, id)
}

// remember makes id the youngest in memory and forgets the oldest if there are too many.
func (s *Sessions) remember(ctx context.Context, id string) error {
	limit := s.Passing
	if limit <= 0 {
		limit = 10_000
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.order, id); i >= 0 {
		s.order = slices.Delete(s.order, i, i+1)
	}
	s.order = append(s.order, id)
	for len(s.order) > limit {
		if err := s.passing.Delete(ctx, s.order[0]); err != nil {
			return err
		}
		s.order = s.order[1:]
	}
	return nil
}

func (s *Sessions) forget(ctx context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.order, id); i >= 0 {
		s.order = slices.Delete(s.order, i, i+1)
	}
	return s.passing.Delete(ctx, id)
}

// Delete forgets a session wherever it is. Kept must have a method Delete, as [assistant.Memory] has.
func (s *Sessions) Delete(ctx context.Context, id string) error {
	if err := s.forget(ctx, id); err != nil {
		return err
	}
	return deleteFrom(ctx, s.Kept, id)
}

func deleteFrom(ctx context.Context, store assistant.Sessions, id string) error {
	d, ok := store.(interface {
		Delete(ctx context.Context, id string) error
	})
	if !ok {
		return fmt.Errorf("delete session %q: a %T has no method Delete", id, store)
	}
	return d.Delete(ctx, id)
}
