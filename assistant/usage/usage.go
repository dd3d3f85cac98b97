// Package usage knows how long somebody has been using an assistant: today, and without a break. Reminders,
// limits for minors and the figures of a service build on it.
//
//	clock := &usage.Clock{}
//	u, err := clock.Touch(ctx, user) // at every request
//	if u.Continuous() >= 2*time.Hour { … }
//
// A [Folder] keeps what was counted, so that a day does not begin anew with the process.
//
// Days are those of China. What counts as a break is not said by any rule: [Clock.Gap] decides.
package usage

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// China is China Standard Time, which has no summer time.
var China = time.FixedZone("CST", 8*60*60)

// Usage is what is known of one person. It marshals to JSON, and holds no content.
type Usage struct {
	Day     string        `json:"day"`              // the day that Today is of, as in 2026-03-05
	Today   time.Duration `json:"today"`            // used on that day
	Started time.Time     `json:"started,omitzero"` // when the use that has not been broken since began
	Last    time.Time     `json:"last,omitzero"`    // the last sign of use
	// Marks are instants that others keep here, such as when somebody was last reminded.
	Marks map[string]time.Time `json:"marks,omitzero"`
}

// Continuous returns how long the use has lasted without a break.
func (u *Usage) Continuous() time.Duration { return u.Last.Sub(u.Started) }

// Mark returns when something of that name was last marked; zero if never.
func (u *Usage) Mark(name string) time.Time { return u.Marks[name] }

// Set marks something.
func (u *Usage) Set(name string, at time.Time) {
	marks := make(map[string]time.Time, len(u.Marks)+1)
	for k, v := range u.Marks {
		marks[k] = v
	}
	marks[name] = at
	u.Marks = marks
}

// A Store keeps usage. It must be safe for concurrent use.
type Store interface {
	// Update reads the usage of a person, a zero one if there is none, lets change change it, and keeps the
	// result. Two updates of one person must not overlap; change may be called again if they would.
	Update(ctx context.Context, person string, change func(*Usage)) (Usage, error)
}

// Memory is a [Store] for one process. The zero Memory is empty and ready for use; it must not be copied.
type Memory struct {
	mu sync.Mutex
	of map[string]Usage
}

// Update implements [Store].
func (m *Memory) Update(_ context.Context, person string, change func(*Usage)) (Usage, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	u := m.of[person]
	change(&u)
	if m.of == nil {
		m.of = make(map[string]Usage)
	}
	m.of[person] = u
	return u, nil
}

// Forget removes what is kept of a person.
func (m *Memory) Forget(person string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.of, person)
}

// A Clock counts use. The zero Clock is ready for use, keeps what it counts in memory, and must not be copied
// after its first Touch.
type Clock struct {
	// Gap is the longest pause between two signs of use that is no break. If zero, 15 minutes.
	Gap time.Duration
	// Store keeps what was counted, such as a [Folder]. If nil, the memory of the process.
	Store Store
	// Now is the time. If nil, [time.Now].
	Now func() time.Time

	memory Memory
}

// Time returns the clock's time.
func (c *Clock) Time() time.Time {
	if c.Now != nil {
		return c.Now()
	}
	return time.Now()
}

func (c *Clock) store() Store {
	if c.Store != nil {
		return c.Store
	}
	return &c.memory
}

// Touch counts a sign of use now, such as a request, and returns what is known then.
func (c *Clock) Touch(ctx context.Context, person string) (Usage, error) {
	return c.Update(ctx, person, nil)
}

// Update is Touch, and lets mark change the usage with it, in one step. Mark may be called more than once.
func (c *Clock) Update(ctx context.Context, person string, mark func(*Usage)) (Usage, error) {
	now := c.Time().In(China)
	gap := c.Gap
	if gap <= 0 {
		gap = 15 * time.Minute
	}
	u, err := c.store().Update(ctx, person, func(u *Usage) {
		u.touch(now, gap)
		if mark != nil {
			mark(u)
		}
	})
	if err != nil {
		return u, fmt.Errorf("count the use of the assistant: %w", err)
	}
	return u, nil
}

func (u *Usage) touch(now time.Time, gap time.Duration) {
	passed := now.Sub(u.Last)
	if passed < 0 { // a clock was set back, or another machine's is ahead
		return
	}
	day := now.Format(time.DateOnly)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, China)
	if u.Last.IsZero() || passed > gap {
		u.Started, passed = now, 0
	}
	if u.Day != day {
		u.Day, u.Today = day, 0
		passed = min(passed, now.Sub(midnight))
	}
	u.Today += passed
	u.Last = now
}
