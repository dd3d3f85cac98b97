package consent

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrNoConsent is matched by every [Refusal].
var ErrNoConsent = errors.New("no consent")

// A Refusal says why a purpose may not be pursued. errors.Is(err, ErrNoConsent) matches it.
type Refusal struct {
	Purpose string
	Why     Why
	Err     error // of the store or of Config.Age, if Why is Unknown
}

func (r *Refusal) Error() string {
	if r.Err != nil {
		return fmt.Sprintf("%v for %q: %s: %v", ErrNoConsent, r.Purpose, r.Why, r.Err)
	}
	return fmt.Sprintf("%v for %q: %s", ErrNoConsent, r.Purpose, r.Why)
}

// Is makes errors.Is(err, ErrNoConsent) true.
func (r *Refusal) Is(target error) bool { return target == ErrNoConsent }

// Unwrap returns Err.
func (r *Refusal) Unwrap() error { return r.Err }

// Why says why there is no consent.
type Why string

// The reasons.
const (
	NeverAsked  Why = "never asked"
	Withdrawn   Why = "refused or withdrawn"
	Changed     Why = "the purpose has changed since"
	Expired     Why = "the consent has expired"
	NotSeparate Why = "it was not asked for by itself"
	NoGuardian  Why = "a child under fourteen needs a guardian's consent"
	Undeclared  Why = "the purpose is not declared"
	Unknown     Why = "it cannot be told"
)

// An Age is what is known of how old a person is.
type Age uint8

// The ages. Whoever's age is not known counts as an adult here; a service for children says otherwise in
// [Config.Age].
const (
	AgeUnknown Age = iota
	Under14
	From14
)

// Config sets up a [Registry]. Its zero value is ready for use.
type Config struct {
	// Age tells how old a subject is. If nil, it is not known of anybody. An error counts as no consent.
	Age func(ctx context.Context, subject string) (Age, error)
	// MaxOptOutSteps is how many taps withdrawing may take. If zero, 4.
	MaxOptOutSteps int
	// Record, if not nil, is told of everything that people say, for the audit trail. Its error is the
	// error of the call, and what was said holds all the same.
	Record func(ctx context.Context, r Record) error
	// Now is the clock. If nil, [time.Now].
	Now func() time.Time
}

// A Registry knows the purposes of a service and who agreed to them. It is safe for concurrent use.
type Registry struct {
	store    Store
	purposes []Purpose
	prints   map[string]string
	config   Config
}

// New returns a registry over a store. It refuses purposes that do not say what they are.
func New(store Store, purposes []Purpose, config Config) (*Registry, error) {
	if config.MaxOptOutSteps == 0 {
		config.MaxOptOutSteps = 4
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if store == nil {
		return nil, errors.New("consent registry: no store")
	}
	if err := checkPurposes(purposes, config.MaxOptOutSteps); err != nil {
		return nil, fmt.Errorf("consent registry: %w", err)
	}
	r := &Registry{store: store, purposes: slices.Clone(purposes), prints: make(map[string]string), config: config}
	for _, p := range purposes {
		r.prints[p.Name] = p.fingerprint()
	}
	return r, nil
}

// Purposes returns what the registry was made with.
func (r *Registry) Purposes() []Purpose { return slices.Clone(r.purposes) }

func (r *Registry) purpose(name string) *Purpose {
	for i := range r.purposes {
		if r.purposes[i].Name == name {
			return &r.purposes[i]
		}
	}
	return nil
}

// An Act is what somebody does to agree: a tap on a button, a word to the assistant.
type Act struct {
	Subject  string
	Purposes []string
	By       string        // how, such as "首次启动页"
	Guardian string        // who agrees for a child; empty if the subject does
	For      time.Duration // how long it holds; if zero, until withdrawn
}

// Give puts on record that somebody agreed to purposes as they are now. A purpose that must be agreed to
// separately is refused together with others, and nothing is recorded then.
func (r *Registry) Give(ctx context.Context, a Act) error {
	now := r.config.Now()
	if a.Subject == "" || len(a.Purposes) == 0 || a.By == "" {
		return errors.New("give consent: an act needs a Subject, Purposes and By, which says how it was done")
	}
	records := make([]Record, len(a.Purposes))
	for i, name := range a.Purposes {
		p := r.purpose(name)
		switch {
		case p == nil:
			return fmt.Errorf("give consent: %w", &Refusal{Purpose: name, Why: Undeclared})
		case p.separate() && len(a.Purposes) > 1:
			return fmt.Errorf("give consent: %w", &Refusal{Purpose: name, Why: NotSeparate})
		}
		records[i] = Record{
			Subject: a.Subject, Purpose: name, Given: true, Print: r.prints[name], Notice: p.Notice,
			By: a.By, Guardian: a.Guardian, Separate: len(a.Purposes) == 1, Time: now,
		}
		if a.For > 0 {
			records[i].Until = now.Add(a.For)
		}
	}
	return r.keep(ctx, "give consent", records)
}

// Withdraw puts on record that somebody no longer agrees, or refuses; without purposes, to any. It holds for
// every [Registry.Check] that begins after it returned.
func (r *Registry) Withdraw(ctx context.Context, subject, by string, purposes ...string) error {
	if subject == "" {
		return errors.New("withdraw consent: no subject")
	}
	if len(purposes) == 0 {
		for _, p := range r.purposes {
			purposes = append(purposes, p.Name)
		}
	}
	records := make([]Record, len(purposes))
	for i, name := range purposes {
		if r.purpose(name) == nil {
			return fmt.Errorf("withdraw consent: %w", &Refusal{Purpose: name, Why: Undeclared})
		}
		records[i] = Record{Subject: subject, Purpose: name, By: by, Time: r.config.Now()}
	}
	return r.keep(ctx, "withdraw consent", records)
}

func (r *Registry) keep(ctx context.Context, what string, records []Record) error {
	if err := r.store.Append(ctx, records...); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if r.config.Record == nil {
		return nil
	}
	for _, rec := range records {
		if err := r.config.Record(ctx, rec); err != nil {
			return fmt.Errorf("%s: it holds, but is not on record: %w", what, err)
		}
	}
	return nil
}

// Check returns nil if the purpose may be pursued with the subject's data now, else a [Refusal].
func (r *Registry) Check(ctx context.Context, subject, purpose string) error {
	p := r.purpose(purpose)
	if p == nil {
		return &Refusal{Purpose: purpose, Why: Undeclared}
	}
	records, err := r.store.Last(ctx, subject)
	if err != nil {
		return &Refusal{Purpose: purpose, Why: Unknown, Err: err}
	}
	i := slices.IndexFunc(records, func(rec Record) bool { return rec.Purpose == purpose })
	if i < 0 {
		return &Refusal{Purpose: purpose, Why: NeverAsked}
	}
	why, err := r.holds(ctx, p, &records[i])
	if why != "" {
		return &Refusal{Purpose: purpose, Why: why, Err: err}
	}
	return nil
}

// holds returns why a record is no consent to the purpose, or nothing if it is.
func (r *Registry) holds(ctx context.Context, p *Purpose, rec *Record) (Why, error) {
	switch {
	case !rec.Given:
		return Withdrawn, nil
	case rec.Print != r.prints[p.Name]:
		return Changed, nil
	case !rec.Until.IsZero() && !r.config.Now().Before(rec.Until):
		return Expired, nil
	case p.separate() && !rec.Separate:
		return NotSeparate, nil
	case r.config.Age == nil:
		return "", nil
	}
	age, err := r.config.Age(ctx, rec.Subject)
	if err != nil {
		return Unknown, err
	}
	if age != Under14 {
		return "", nil
	}
	if rec.Guardian == "" {
		return NoGuardian, nil
	}
	if !rec.Separate { // all data of children is sensitive
		return NotSeparate, nil
	}
	return "", nil
}

// A Standing is where a person stands to one purpose, for a page of settings.
type Standing struct {
	Purpose Purpose
	Agreed  bool
	Why     Why    // why not
	Said    Record // the last word, if there is one
}

// Standings returns where a subject stands to every purpose, in their order.
func (r *Registry) Standings(ctx context.Context, subject string) ([]Standing, error) {
	records, err := r.store.Last(ctx, subject)
	if err != nil {
		return nil, fmt.Errorf("standings: %w", err)
	}
	out := make([]Standing, len(r.purposes))
	for i := range r.purposes {
		s := Standing{Purpose: r.purposes[i], Why: NeverAsked}
		for _, rec := range records {
			if rec.Purpose == s.Purpose.Name {
				s.Said = rec
				s.Why, _ = r.holds(ctx, &r.purposes[i], &rec)
				s.Agreed = s.Why == ""
			}
		}
		out[i] = s
	}
	return out, nil
}
