package sqlgraph

import (
	"encoding/json"
	"fmt"
	"math"
	"sync"
	"time"
)

// Settings say what is counted, how, and where the result goes. Only Dialect and Events must be given.
type Settings struct {
	Dialect Dialect
	Events  Events

	// Prefix begins the names of the tables that the package makes, each of which is Prefix, "_" and a word. It may
	// name a schema: "reco.graph". If empty, it is "zhushou". Two graphs in one schema need two prefixes.
	Prefix string

	// History is how many of a person's newest events count; zero means 200. It bounds the work: each person costs at
	// most History²/2 pairs, whatever a crawler does.
	History int
	// Window is how far back events count; zero means for ever.
	Window time.Duration
	// Support is how many people must have taken both items of a pair; zero means 2.
	Support int
	// Neighbours is how many neighbours an item keeps, the strongest ones; zero means 500.
	Neighbours int

	// Items i and j are tied by (Σ over people u who took both: deg(u)^-PersonPower · deg(i)^-ItemPower ·
	// deg(j)^-ItemPower)^Power, where deg counts the different items of a person or people of an item. Zeros mean
	// 1.2, 0.4 and 0.7.
	PersonPower float64
	ItemPower   float64
	Power       float64

	// Refreshable keeps the sum of every pair, also of those below Support, so that [Builder.Refresh] works. It costs
	// some 50 bytes a pair and about as much time again as the build. A graph of several shards always is.
	Refreshable bool
	// Late is how late an event may come into the table, after its own time, to be seen by a refresh; zero means an hour.
	Late time.Duration

	// Workers is how many connections to each database count pairs at the same time; zero means 2.
	Workers int
	// Memory is what each of them may use, in MiB, before it turns to disk; zero means 256.
	Memory int
	// SlicePairs is how many pairs one statement counts, about; zero means 4 million. There are never more than 64
	// slices, each of which is kept when a build is interrupted.
	SlicePairs int
	// StatementTimeout ends a statement that takes longer; zero means an hour.
	StatementTimeout time.Duration

	// Progress is called after each step, from one goroutine at a time. It may be nil.
	Progress func(Progress)
}

// Events are the table, or view, that says who took what and when. Names are as the engine stores them; a table may be
// given with its schema: "shop.events". Kinds of events are chosen by a view: a view of the purchases makes a graph of
// purchases. A row without person or item does not count.
type Events struct {
	Table  string
	Person string   // column: text or number
	Item   string   // column: text or number
	Time   string   // column
	Unit   TimeUnit // of the column Time
}

// TimeUnit says what a column of times holds.
type TimeUnit int

// The units of time columns.
const (
	Timestamp    TimeUnit = iota // a date and time, read as UTC where it has no zone
	Seconds                      // a number: seconds since 1970
	Milliseconds                 // a number: milliseconds since 1970
)

// Value returns t as the column holds it.
func (u TimeUnit) Value(t time.Time) any {
	switch u {
	case Seconds:
		return t.Unix()
	case Milliseconds:
		return t.UnixMilli()
	default:
		return t.UTC()
	}
}

// Progress says how far a build is.
type Progress struct {
	Step  string // such as "count pairs"
	Shard int    // the database it happened on, counted from 0; -1 is the one that holds the graph
	Done  int    // of this step
	Total int    // parts of this step
}

const (
	unit       = 1 << 30 // a person's weight is kept in this fraction of one, so that sums are exact in any order
	maxHistory = 20_000
	mostSlices = 64
	maxWindow  = 200 * 365 * 24 * time.Hour
)

// complete returns the settings with zeros filled in, or an error that names the field and the fix.
func (s Settings) complete() (*Settings, error) {
	if s.Prefix == "" {
		s.Prefix = "zhushou"
	}
	for _, d := range []struct {
		field *int
		value int
	}{{&s.History, 200}, {&s.Support, 2}, {&s.Neighbours, 500}, {&s.Workers, 2}, {&s.Memory, 256}, {&s.SlicePairs, 4_000_000}} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	for _, d := range []struct {
		field *float64
		value float64
	}{{&s.PersonPower, 1.2}, {&s.ItemPower, 0.4}, {&s.Power, 0.7}} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
	for _, d := range []struct{ field *time.Duration }{{&s.Late}, {&s.StatementTimeout}} {
		if *d.field == 0 {
			*d.field = time.Hour
		}
	}
	if report := s.Progress; report != nil {
		var one sync.Mutex
		s.Progress = func(p Progress) {
			one.Lock()
			defer one.Unlock()
			report(p)
		}
	} else {
		s.Progress = func(Progress) {}
	}
	return &s, s.check()
}

func (s *Settings) check() error {
	if !s.Dialect.known() {
		return fmt.Errorf("sqlgraph: dialect %d is unknown: give PostgreSQL, MySQL or ClickHouse", s.Dialect)
	}
	for _, n := range []struct{ what, name string }{
		{"prefix", s.Prefix}, {"events table", s.Events.Table}, {"events person column", s.Events.Person},
		{"events item column", s.Events.Item}, {"events time column", s.Events.Time},
	} {
		if err := checkName(n.what, n.name); err != nil {
			return err
		}
	}
	if s.Events.Unit < Timestamp || s.Events.Unit > Milliseconds {
		return fmt.Errorf("sqlgraph: time unit %d is unknown: give Timestamp, Seconds or Milliseconds", s.Events.Unit)
	}
	for _, b := range []struct {
		what             string
		value, low, high int
	}{
		{"history", s.History, 2, maxHistory}, {"support", s.Support, 1, math.MaxInt32}, {"neighbours", s.Neighbours, 1, math.MaxInt32},
		{"workers", s.Workers, 1, 256}, {"memory", s.Memory, 1, 1 << 20}, {"slice pairs", s.SlicePairs, 1, math.MaxInt32},
	} {
		if b.value < b.low || b.value > b.high {
			return fmt.Errorf("sqlgraph: %s %d is out of range: give %d to %d, or 0 for the default", b.what, b.value, b.low, b.high)
		}
	}
	for _, p := range []struct {
		what  string
		value float64
	}{{"person power", s.PersonPower}, {"item power", s.ItemPower}, {"power", s.Power}} {
		if !(p.value > 0 && p.value <= 4) { // also catches NaN
			return fmt.Errorf("sqlgraph: %s %v is out of range: give more than 0, at most 4", p.what, p.value)
		}
	}
	// Half a unit of rounding must stay below 1e-4 of the smallest weight.
	if math.Pow(float64(s.History), -s.PersonPower)*unit < 5000 {
		return fmt.Errorf("sqlgraph: history %d with person power %v makes weights too small to add: lower one of them", s.History, s.PersonPower)
	}
	if s.Window < 0 || s.Window > maxWindow || s.Late < 0 || s.StatementTimeout < 0 {
		return fmt.Errorf("sqlgraph: window, late and statement timeout must not be negative, nor the window above 200 years")
	}
	return nil
}

// since returns the time from which on events count.
func (s *Settings) since(until time.Time) time.Time {
	if s.Window == 0 {
		return time.Unix(0, 0).UTC()
	}
	return until.Add(-s.Window)
}

// fingerprint tells settings apart that make different graphs.
func (s *Settings) fingerprint(shards int) string {
	text, _ := json.Marshal([]any{s.Events, s.History, s.Window, s.Support, s.Neighbours, s.PersonPower, s.ItemPower, s.Power, s.Refreshable, shards})
	return string(text)
}
