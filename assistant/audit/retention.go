package audit

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"
)

// A Class is a kind of record with its own time to be kept, counted in months of the calendar.
type Class struct {
	Name   string `json:"name"`   // letters, digits, "-" and "_"
	Months int    `json:"months"` // kept at least so long
}

//go:embed retention.json
var retention []byte

// DefaultClasses returns the classes that come with the package: records of the network, of labels and
// exports without them, of consent, of data given to others, and of assessments.
var DefaultClasses = sync.OnceValue(func() []Class {
	var classes []Class
	if err := json.Unmarshal(retention, &classes); err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return classes
})

var className = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func checkClasses(classes []Class) error {
	seen := make(map[string]bool)
	for _, c := range classes {
		switch {
		case !className.MatchString(c.Name):
			return fmt.Errorf("class %q: a name has 1 to 64 letters, digits, - and _", c.Name)
		case c.Months < 1:
			return fmt.Errorf("class %q is kept %d months: want at least 1", c.Name, c.Months)
		case seen[c.Name]:
			return fmt.Errorf("class %q is there twice", c.Name)
		}
		seen[c.Name] = true
	}
	return nil
}

// swept says what was dropped at the head of a chain.
type swept struct {
	Seq  uint64 `json:"seq"` // last record that is gone
	Hash Hash   `json:"hash"`
}

// Sweep drops files whose records are all older than their class must be kept, and returns how many
// records went. It returns [ErrFrozen] while the log is frozen. Records may stay longer than they must,
// for files are dropped whole: see [Config.SegmentBytes].
func (l *Log) Sweep() (dropped int, err error) {
	l.freezing.RLock()
	defer l.freezing.RUnlock()
	if l.frozen {
		return 0, fmt.Errorf("sweep: %w", ErrFrozen)
	}
	var errs []error
	for _, c := range l.chains {
		n, err := c.sweep(l.now().AddDate(0, -c.class.Months, 0))
		dropped += n
		if err != nil {
			errs = append(errs, fmt.Errorf("sweep class %q: %w", c.class.Name, err))
		}
	}
	return dropped, errors.Join(errs...)
}

// sweep drops what happened before the instant.
func (c *chain) sweep(before time.Time) (int, error) {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	old, err := c.expired(before)
	if err != nil || old.seq <= c.head.base.seq {
		return 0, err
	}
	if len(c.leaves) > 0 { // so that no tree begins among what goes
		if err := c.checkpoint(); err != nil {
			return 0, err
		}
	}
	s := stored{Time: c.log.now().UnixNano(), Kind: kindSwept, Swept: &swept{old.seq, old.hash}}
	if err := c.appendOwn(&s); err != nil {
		return 0, err
	}
	n := int(old.seq - c.head.base.seq)
	h := c.head.head
	h.base = old
	if err := c.head.write(h, true); err != nil {
		return 0, err
	}
	return n, c.journal.Discard(old.seq)
}

// expired returns the end of the last whole file whose records are all from before the instant.
func (c *chain) expired(before time.Time) (point, error) {
	at := c.head.base
	limit := at
	for r, err := range c.journal.Replay(c.log.ctx, c.journal.First()) {
		if err != nil {
			return at, err
		}
		s, err := decode(r.Data)
		if err != nil {
			return at, err
		}
		if s.Time >= before.UnixNano() {
			break
		}
		at = point{r.Seq, at.hash.link(r.Seq, r.Data)}
		if c.journal.Ends(r.Seq) {
			limit = at
		}
	}
	return limit, nil
}
