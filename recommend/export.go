package recommend

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Held is all that the engine holds of one user.
type Held struct {
	User         string     `json:"user"`
	Personalized bool       `json:"personalized"`
	Frozen       time.Time  `json:"frozen,omitzero"` // since when the interests are frozen
	Events       []Event    `json:"events"`          // oldest first
	Interests    []Interest `json:"interests"`
}

// Export returns, as JSON of a [Held], everything that the engine holds of a user. Of one who is not
// known that is an empty list of events. Event.Context is not kept by the engine.
func (e *Engine) Export(ctx context.Context, user string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("recommend: export: %w", err)
	}
	if err := checkID("user", user); err != nil {
		return nil, fmt.Errorf("recommend: export: %w", err)
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return nil, ErrClosed
	}
	held := Held{User: user, Personalized: true, Events: []Event{}, Interests: e.interests(user)}
	if c := e.choices[user]; c != nil {
		held.Personalized = !c.Off
		if c.Frozen != 0 {
			held.Frozen = time.Unix(c.Frozen, 0).UTC()
		}
	}
	if held.Interests == nil {
		held.Interests = []Interest{}
	}
	if n := e.graph.number(user); n >= 0 {
		for _, a := range e.graph.look(n).deeds {
			held.Events = append(held.Events, Event{
				User: user, Item: e.catalogue.names[a.item], Kind: a.kind(), Weight: a.exactWeight(), Time: time.Unix(a.time(), 0).UTC(),
			})
		}
	}
	b, err := json.Marshal(held)
	if err != nil {
		return nil, fmt.Errorf("recommend: export: %w", err)
	}
	return b, nil
}
