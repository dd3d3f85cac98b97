package ondevice

import (
	"slices"
	"sync"
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

	// Entities lists known names by the name of the argument that they are values of, such as the
	// songs in a library. A name is found wherever it stands in a sentence.
	Entities map[string][]string
}

// An Engine understands commands in Chinese without a network. It implements [assistant.Model]. It is
// safe for concurrent use.
type Engine struct {
	now      func() time.Time
	location *time.Location
	help     string
	entities map[string][]knownName
	cache    cache
}

var _ assistant.Model = (*Engine)(nil)

// New returns an engine. The config is copied.
func New(c Config) *Engine {
	e := &Engine{now: c.Now, location: c.Location, help: c.Help, entities: make(map[string][]knownName)}
	if e.now == nil {
		e.now = time.Now
	}
	if e.location == nil {
		e.location = time.FixedZone("CST", 8*60*60)
	}
	for arg, names := range c.Entities {
		for _, n := range names {
			if w := foldString(n); len(w) > 0 {
				e.entities[arg] = append(e.entities[arg], knownName{w, string(quote(n))})
			}
		}
	}
	return e
}

// String returns the name by which the engine is opened.
func (e *Engine) String() string { return "ondevice" }

// toolset returns the compiled form of a list of tools.
func (e *Engine) toolset(specs []*assistant.ToolSpec) *toolset {
	return e.cache.get(specs, func() *toolset { return newToolset(specs) })
}

// maxToolsets bounds the lists of tools that stay compiled.
const maxToolsets = 16

// A cache keeps the latest toolsets, the last one used first. Specs are told apart by address, since
// they never change.
type cache struct {
	mu   sync.Mutex
	sets []*toolset
}

func (c *cache) get(specs []*assistant.ToolSpec, compile func() *toolset) *toolset {
	if s := c.find(specs); s != nil {
		return s
	}
	s := compile() // outside the lock; two callers may do it at the same time
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sets = slices.Insert(c.sets, 0, s)
	c.sets = c.sets[:min(len(c.sets), maxToolsets)]
	return s
}

func (c *cache) find(specs []*assistant.ToolSpec) *toolset {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, s := range c.sets {
		if slices.Equal(s.specs, specs) {
			copy(c.sets[1:i+1], c.sets[:i])
			c.sets[0] = s
			return s
		}
	}
	return nil
}
