package minor

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant/usage"
)

//go:embed policy.json
var policyFile []byte

// DefaultPolicy returns the policy that comes with the package. It must not be modified.
var DefaultPolicy = sync.OnceValue(func() *Policy {
	p, err := ParsePolicy(policyFile)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return p
})

// A Policy says what children may, by their age.
type Policy struct {
	Bands []Band `json:"bands"` // by age, youngest first, the first from 0
	Adult int    `json:"adult"` // the age, in years, from which nobody is a child
	// Night is when children pause, on China's clocks.
	NightFrom Clock `json:"night_from"`
	NightTo   Clock `json:"night_to"`
	// RestMinutes is after how much use without a break a child is told to rest.
	RestMinutes int `json:"rest_minutes"`
	// GuardianConsentBelow is the age below which a guardian must consent.
	GuardianConsentBelow int `json:"guardian_consent_below"`
}

// A Band is a range of ages.
type Band struct {
	Name         string `json:"name"`
	From         int    `json:"from"` // years; it ends where the next begins
	DailyMinutes int    `json:"daily_minutes"`
	Guidance     string `json:"guidance"` // instruction to the model
}

// A Clock is a time of day, as in "22:00".
type Clock struct{ Hour, Minute int }

// MarshalText implements [encoding.TextMarshaler].
func (c Clock) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%02d:%02d", c.Hour, c.Minute), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (c *Clock) UnmarshalText(text []byte) error {
	t, err := time.Parse("15:04", string(text))
	if err != nil {
		return fmt.Errorf("time of day %q: want one such as 22:00", text)
	}
	c.Hour, c.Minute = t.Hour(), t.Minute()
	return nil
}

func (c Clock) minutes() int { return c.Hour*60 + c.Minute }

// within reports whether t is at or after from and before to, which may lie on the next day.
func within(t time.Time, from, to Clock) bool {
	t = t.In(usage.China)
	now := t.Hour()*60 + t.Minute()
	if from.minutes() <= to.minutes() {
		return now >= from.minutes() && now < to.minutes()
	}
	return now >= from.minutes() || now < to.minutes()
}

// ParsePolicy reads a policy and checks it.
func ParsePolicy(b []byte) (*Policy, error) {
	var p Policy
	if err := json.Unmarshal(b, &p); err != nil {
		return nil, fmt.Errorf("policy for minors: %w", err)
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("policy for minors: %w", err)
	}
	return &p, nil
}

func (p *Policy) check() error {
	switch {
	case len(p.Bands) == 0:
		return errors.New("it has no bands")
	case p.Bands[0].From != 0:
		return fmt.Errorf("the first band begins at %d years: want 0", p.Bands[0].From)
	case p.RestMinutes <= 0:
		return fmt.Errorf("rest_minutes is %d: want more than 0", p.RestMinutes)
	}
	for i, b := range p.Bands {
		switch {
		case b.DailyMinutes < 0 || b.DailyMinutes > 24*60:
			return fmt.Errorf("band %q allows %d minutes a day", b.Name, b.DailyMinutes)
		case i > 0 && b.From <= p.Bands[i-1].From:
			return fmt.Errorf("band %q begins at %d years, and the one before at %d", b.Name, b.From, p.Bands[i-1].From)
		case b.From >= p.Adult:
			return fmt.Errorf("band %q begins at %d years, and adults at %d", b.Name, b.From, p.Adult)
		}
	}
	return nil
}

// band returns the band of an age; of an unknown one, that with the least time, and of these the youngest. It is one
// without any time if there is none.
func (p *Policy) band(age int, known bool) *Band {
	if len(p.Bands) == 0 {
		return new(Band)
	}
	best := &p.Bands[0]
	for i := range p.Bands {
		b := &p.Bands[i]
		if known && age >= b.From || !known && b.DailyMinutes < best.DailyMinutes {
			best = b
		}
	}
	return best
}
