package assistant

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"
)

// ErrConflict is the error of [Sessions.Append] when somebody else has written in between.
var ErrConflict = errors.New("session was changed by another writer")

// Sessions keeps conversations. One process uses [NewMemory]; replicas share a store in a database.
//
// Sessions must be safe for concurrent use.
type Sessions interface {
	// Load returns the session, or an empty one with Version 0 if there is none. The caller must not
	// modify what it gets.
	Load(ctx context.Context, id string) (*Session, error)

	// Append makes one change, all of it or nothing, and raises the session's version by one. If the
	// stored version is not change.Version it changes nothing and returns an error that matches
	// [ErrConflict]; so two writers can never interleave.
	Append(ctx context.Context, id string, change Change) error
}

// A Session is one conversation, as plain JSON.
type Session struct {
	ID       string    `json:"id"`
	Version  int64     `json:"version"`
	Messages []Message `json:"messages"`

	// Pending are calls of the last answer that wait for a person: see [Assistant.Resume].
	Pending []ToolCall `json:"pending,omitzero"`

	// State belongs to whoever knows the key: the on-device dialogue, a shop's cart.
	State map[string]json.RawMessage `json:"state,omitzero"`

	// Usage is what all runs together have cost.
	Usage Usage `json:"usage,omitzero"`

	Updated time.Time `json:"updated,omitzero"`
}

// A Change is one step of a session.
type Change struct {
	// Version is the version of the session that the change was made for.
	Version int64
	// Messages are added at the end, or take the place of all if Replace is set.
	Messages []Message
	Replace  bool
	// Pending takes the place of the stored one.
	Pending []ToolCall
	// State is merged key by key; a null value removes the key.
	State map[string]json.RawMessage
	// Usage is added.
	Usage Usage
}

// Apply returns the session after the change, for stores that keep a session as one document. It
// does not modify s, and checks the version. The result shares messages with s and c, but no room to
// add more: several changes may be applied to the same s.
func (s *Session) Apply(c Change, now time.Time) (*Session, error) {
	whole := *s
	whole.Messages = slices.Clip(s.Messages)
	return whole.apply(c, now)
}

// apply is Apply for the one owner of s, who applies one change at most: it adds the messages where
// there is room behind those of s.
func (s *Session) apply(c Change, now time.Time) (*Session, error) {
	if c.Version != s.Version {
		return nil, ErrConflict
	}
	next := *s
	next.Version++
	next.Pending = c.Pending
	next.Usage = s.Usage.Add(c.Usage)
	next.Updated = now
	if c.Replace {
		next.Messages = slices.Clone(c.Messages)
	} else {
		next.Messages = append(s.Messages, c.Messages...)
	}
	if len(c.State) > 0 {
		next.State = maps.Clone(s.State)
		if next.State == nil {
			next.State = map[string]json.RawMessage{}
		}
		for k, v := range c.State {
			if v == nil || string(v) == "null" {
				delete(next.State, k)
			} else {
				next.State[k] = v
			}
		}
	}
	return &next, nil
}
