package authority

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Grant is what a person has allowed beforehand.
type Grant struct {
	ID      string
	Subject string // who has given it, and for whose runs it counts
	Tool    string

	// Scope limits arguments, by their paths such as "to" or "items.name", to values, which the call must say. Arguments
	// that it does not name are free, unless they are tainted.
	Scope map[string][]string

	// Amount is the most that all calls together may spend, in the argument that [Rule.Amount] names. If zero, nothing
	// may be spent.
	Amount float64

	Uses   int           // how many calls in all; if zero, one
	Rate   int           // how many calls in each Window; if zero, no limit but Uses
	Window time.Duration // if zero, one hour

	Expires time.Time // required

	// Tainted allows arguments that come from documents and tools, also where Scope does not name them.
	Tainted bool
}

// A Claim is a call that wants a grant.
type Claim struct {
	Subject string
	Call    assistant.ToolCall
	Amount  float64
	values  []leaf
	tainted []leaf
}

// Grants keeps grants, and what is left of them. It is safe for concurrent use.
type Grants interface {
	// Take uses a grant up that covers the claim, all at once, or returns an error that matches [ErrNoGrant] and says
	// what is missing.
	Take(ctx context.Context, c Claim) (id string, err error)
}

// ErrNoGrant matches the error of a call that no grant covers.
var ErrNoGrant = errors.New("no authority for this call")

// Covers returns nil if the grant, unused, covers the claim, and otherwise what is missing. Implementations of [Grants]
// use it, and see to Amount, Uses and Rate over all calls.
func (g *Grant) Covers(c Claim, now time.Time) error {
	switch {
	case g.Subject != c.Subject || g.Tool != c.Call.Name:
		return fmt.Errorf("%w: none was given for %s", ErrNoGrant, c.Call.Name)
	case !now.Before(g.Expires):
		return fmt.Errorf("%w: the one for %s has expired", ErrNoGrant, c.Call.Name)
	case c.Amount > g.Amount || c.Amount < 0 || c.Amount != c.Amount:
		return fmt.Errorf("%w: the amount is more than was allowed", ErrNoGrant)
	}
	for path, allowed := range g.Scope {
		said := false
		for _, v := range c.values {
			if !v.at(path) {
				continue
			}
			if said = true; !slices.Contains(allowed, v.text) {
				return fmt.Errorf("%w: %q is not among the values allowed", ErrNoGrant, path)
			}
		}
		if !said {
			return fmt.Errorf("%w: the call does not say %q", ErrNoGrant, path)
		}
	}
	if g.Tainted {
		return nil
	}
	for _, v := range c.tainted {
		if !g.names(v) {
			return fmt.Errorf("%w: %q comes from what a tool or document said", ErrNoGrant, v.path)
		}
	}
	return nil
}

// names reports whether the scope names a value.
func (g *Grant) names(v leaf) bool {
	for path, allowed := range g.Scope {
		if v.at(path) && slices.Contains(allowed, v.text) {
			return true
		}
	}
	return false
}

// A MemoryGrants is a [Grants] for one process, which forgets when it ends. The zero MemoryGrants is ready for use.
type MemoryGrants struct {
	mu     sync.Mutex
	grants []*held
}

type held struct {
	Grant
	spent float64
	used  int
	times []time.Time // of the uses in the last window
}

// Give adds a grant and returns its ID, a new one if it has none.
func (m *MemoryGrants) Give(g Grant) (string, error) {
	switch {
	case g.Subject == "" || g.Tool == "":
		return "", errors.New("authority: a grant needs a subject and a tool")
	case g.Expires.IsZero():
		return "", errors.New("authority: a grant must expire")
	case g.Amount < 0 || g.Uses < 0 || g.Rate < 0 || g.Window < 0:
		return "", errors.New("authority: a limit of a grant is negative")
	}
	if g.ID == "" {
		g.ID = rand.Text()
	}
	if g.Uses == 0 {
		g.Uses = 1
	}
	if g.Window == 0 {
		g.Window = time.Hour
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	m.grants = slices.DeleteFunc(m.grants, func(h *held) bool { return h.ID == g.ID || h.used >= h.Uses || !now.Before(h.Expires) })
	m.grants = append(m.grants, &held{Grant: g})
	return g.ID, nil
}

// Revoke takes a grant back. Calls under way are not stopped.
func (m *MemoryGrants) Revoke(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.grants = slices.DeleteFunc(m.grants, func(h *held) bool { return h.ID == id })
}

// Take implements [Grants]. Of several grants the one given first is used.
func (m *MemoryGrants) Take(_ context.Context, c Claim) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	why := fmt.Errorf("%w: none was given for %s", ErrNoGrant, c.Call.Name)
	for _, h := range m.grants {
		err := h.Covers(c, now)
		if err == nil {
			err = h.take(c.Amount, now)
		}
		if err == nil {
			return h.ID, nil
		}
		if h.Subject == c.Subject && h.Tool == c.Call.Name {
			why = err
		}
	}
	return "", why
}

func (h *held) take(amount float64, now time.Time) error {
	h.times = slices.DeleteFunc(h.times, func(t time.Time) bool { return now.Sub(t) >= h.Window })
	switch {
	case h.used >= h.Uses:
		return fmt.Errorf("%w: it was used up", ErrNoGrant)
	case h.spent+amount > h.Amount:
		return fmt.Errorf("%w: together with what was spent, the amount is more than was allowed", ErrNoGrant)
	case h.Rate > 0 && len(h.times) >= h.Rate:
		return fmt.Errorf("%w: too many calls in %s", ErrNoGrant, h.Window)
	}
	h.used++
	h.spent += amount
	if h.Rate > 0 {
		h.times = append(h.times, now)
	}
	return nil
}
