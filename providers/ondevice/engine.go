package ondevice

import (
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Config sets up an [Engine]. The zero Config is ready for use.
type Config struct {
	// Now is the clock. If nil, [time.Now].
	Now func() time.Time

	// Location is the time zone of times that are said. If nil, China Standard Time (+08:00).
	Location *time.Location

	// Help is a sentence that ends every refusal, such as how to add a cloud model. If empty, nothing
	// is added.
	Help string

	// Names lists what arguments are called, by the name of the argument, whatever the tool: the
	// songs in a library, the contacts of everyone. A name is found wherever it stands in a sentence.
	Names map[string]*Names

	// Precision is how often the engine must be right where it acts without asking, from 0 to 1. If
	// zero, 0.98.
	Precision float64

	// Wording is how the engine's own sentences are worded. If zero, in the user's script.
	Wording Wording
}

// An Engine understands commands in Chinese without a network. It implements [assistant.Model]. It is
// safe for concurrent use.
type Engine struct {
	now       func() time.Time
	location  *time.Location
	help      string
	names     map[string]*Names
	precision float64
	wording   Wording

	training sync.Mutex // held by the one who changes trained
	trained  atomic.Pointer[trained]
	cache    cache
}

var _ assistant.Model = (*Engine)(nil)

// New returns an engine. The config is copied.
func New(c Config) *Engine {
	e := &Engine{now: c.Now, location: c.Location, help: c.Help, names: maps.Clone(c.Names), precision: c.Precision, wording: c.Wording}
	if e.now == nil {
		e.now = time.Now
	}
	if e.location == nil {
		e.location = time.FixedZone("CST", 8*60*60)
	}
	if e.precision <= 0 || e.precision > 1 {
		e.precision = defaultPrecision
	}
	e.trained.Store(new(trained))
	return e
}

const defaultPrecision = 0.98

// String returns the name by which the engine is opened.
func (e *Engine) String() string { return "ondevice" }
