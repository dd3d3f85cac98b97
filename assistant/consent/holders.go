package consent

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/audit"
	"github.com/zhushou-ai/zhushou/assistant/usage"
)

// Functions make a [Holder] of two functions.
type Functions struct {
	ExportFunc func(ctx context.Context, subject string) (json.RawMessage, error)
	EraseFunc  func(ctx context.Context, subject string) error
}

// Export implements [Holder].
func (f Functions) Export(ctx context.Context, subject string) (json.RawMessage, error) {
	return f.ExportFunc(ctx, subject)
}

// Erase implements [Holder].
func (f Functions) Erase(ctx context.Context, subject string) error { return f.EraseFunc(ctx, subject) }

// HeldSessions is the [Holder] of conversations. Store must have a method Delete(ctx, id), as
// [assistant.Memory] and [Sessions] have.
type HeldSessions struct {
	Store assistant.Sessions
	// IDs lists the sessions of a subject. If nil, there is one, whose id is the subject.
	IDs func(ctx context.Context, subject string) ([]string, error)
}

func (h HeldSessions) ids(ctx context.Context, subject string) ([]string, error) {
	if h.IDs == nil {
		return []string{subject}, nil
	}
	return h.IDs(ctx, subject)
}

// Export implements [Holder].
func (h HeldSessions) Export(ctx context.Context, subject string) (json.RawMessage, error) {
	ids, err := h.ids(ctx, subject)
	if err != nil {
		return nil, err
	}
	stores := []assistant.Sessions{h.Store}
	if s, ok := h.Store.(*Sessions); ok { // of who has withdrawn it shows nothing, and may hold something
		stores = []assistant.Sessions{s.Kept, &s.passing}
	}
	var held []*assistant.Session
	for _, id := range ids {
		for _, store := range stores {
			s, err := store.Load(ctx, id)
			if err != nil {
				return nil, err
			}
			if s.Version > 0 {
				held = append(held, s)
			}
		}
	}
	if held == nil {
		return nil, nil
	}
	return json.Marshal(held)
}

// Erase implements [Holder].
func (h HeldSessions) Erase(ctx context.Context, subject string) error {
	ids, err := h.ids(ctx, subject)
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range ids {
		errs = append(errs, deleteFrom(ctx, h.Store, id))
	}
	return errors.Join(errs...)
}

// HeldConsents is the [Holder] of what people agreed to. A service that must be able to prove consents
// after their subject has left keeps them in its audit log, and erases them here.
type HeldConsents struct{ Store Store }

// Export implements [Holder].
func (h HeldConsents) Export(ctx context.Context, subject string) (json.RawMessage, error) {
	records, err := h.Store.Last(ctx, subject)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	return json.Marshal(records)
}

// Erase implements [Holder].
func (h HeldConsents) Erase(ctx context.Context, subject string) error {
	return h.Store.Erase(ctx, subject)
}

// HeldUsage is the [Holder] of how long people have used an assistant.
type HeldUsage struct{ Folder *usage.Folder }

// Export implements [Holder].
func (h HeldUsage) Export(_ context.Context, subject string) (json.RawMessage, error) {
	u, ok := h.Folder.Usage(subject)
	if !ok {
		return nil, nil
	}
	return json.Marshal(u)
}

// Erase implements [Holder].
func (h HeldUsage) Erase(ctx context.Context, subject string) error {
	return h.Folder.Forget(ctx, subject)
}

// HeldTrail is the [Holder] of the private parts of an audit log. Erasing makes them unreadable for good; the
// records stay.
type HeldTrail struct{ Log *audit.Log }

// Export implements [Holder].
func (h HeldTrail) Export(ctx context.Context, subject string) (json.RawMessage, error) {
	var held []audit.Record
	for r, err := range h.Log.Records(ctx, audit.Query{Subject: subject}) {
		if err != nil {
			return nil, err
		}
		if r.Private != nil {
			held = append(held, r)
		}
	}
	if held == nil {
		return nil, nil
	}
	return json.Marshal(held)
}

// Erase implements [Holder].
func (h HeldTrail) Erase(ctx context.Context, subject string) error {
	return h.Log.Erase(ctx, subject, "个人信息删除请求")
}
