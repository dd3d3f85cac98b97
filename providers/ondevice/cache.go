package ondevice

import (
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
)

// toolset returns the compiled form of a list of tools.
func (e *Engine) toolset(specs []*assistant.ToolSpec) *toolset {
	return e.cache.get(specs, e.trained.Load(), e.names)
}

// maxToolsets bounds the lists of tools that stay compiled.
const maxToolsets = 16

// A cache keeps the latest toolsets, the last one used first. Specs are told apart by address, since
// they never change.
type cache struct {
	mu   sync.Mutex
	sets []*toolset
}

func (c *cache) get(specs []*assistant.ToolSpec, by *trained, shared map[string]*Names) *toolset {
	if s := c.find(specs, by); s != nil {
		return s
	}
	s := newToolset(specs, by, shared) // outside the lock; two callers may do it at the same time
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sets = slices.Insert(c.sets, 0, s)
	c.sets = c.sets[:min(len(c.sets), maxToolsets)]
	return s
}

func (c *cache) find(specs []*assistant.ToolSpec, by *trained) *toolset {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, s := range c.sets {
		if s.trained == by && slices.Equal(s.specs, specs) {
			copy(c.sets[1:i+1], c.sets[:i])
			c.sets[0] = s
			return s
		}
	}
	return nil
}
