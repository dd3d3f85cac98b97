package route

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// An outgoing request is what a cloud is told.
type outgoing struct {
	req      *assistant.Request
	offered  map[string]bool // tools
	dropped  []assistant.Dropped
	types    privacy.Types // personal data that goes along
	turns    int           // earlier ones that go along
	withheld int           // and that do not
}

func (o *outgoing) drop(field, why string, args ...any) {
	o.dropped = append(o.dropped, assistant.Dropped{Field: field, Reason: fmt.Sprintf(why, args...)})
}

// outgoing makes the request that a cloud may have.
func (c *call) outgoing(t *tier) *outgoing {
	o := &outgoing{types: c.cur.all()}
	req := *c.req
	if req.Model == t.Name {
		req.Model = ""
	}
	req.Messages = c.outgoingMessages(t, o)
	req.Tools = c.offer(t, o)
	if len(req.Tools) == 0 && req.ToolChoice.Mode != assistant.ToolNone {
		req.ToolChoice = assistant.ToolChoice{}
	}
	g := c.p.grants[t.Place]
	look := finder{detector: c.p.detector}
	if look.text(req.User); look.all()&(g.keep|g.mask) != 0 {
		req.User = ""
		o.drop("User", "is personal data itself, and no opaque id")
	}
	req.Extra = c.outgoingExtra(g, o)
	o.req = &req
	return o
}

// outgoingMessages returns the messages that a cloud may have: the system's, the current turn's and as
// many before it as the policy grants, less those that must stay.
func (c *call) outgoingMessages(t *tier, o *outgoing) []assistant.Message {
	goes := make([]bool, len(c.conv.messages))
	mark := func(at int, _ assistant.Message) { goes[at] = true }
	g := c.p.grants[t.Place]
	current := c.conv.current()
	along, stray, _ := c.along(t)
	for i := range max(current, 0) {
		if !along[i] {
			o.withheld++
			continue
		}
		o.turns++
		o.types |= c.conv.facts(i, c.p.rules).all()
		c.conv.each(i, mark)
	}
	if current >= 0 {
		c.conv.each(current, mark)
	}
	if o.withheld > 0 {
		o.drop("Messages", "%d earlier turns were not sent", o.withheld)
	}
	out := make([]assistant.Message, 0, len(goes))
	for at, m := range c.conv.messages {
		if m.Role == assistant.RoleSystem {
			look := finder{detector: c.p.detector}
			look.message(m, "")
			if g.permits(t, look.found) != "" || !c.covered(t, look.all()) || c.recurs(look.texts, stray) {
				o.drop(fmt.Sprintf("Messages[%d]", at), "holds personal data that is kept")
				continue
			}
			o.types |= look.all()
		} else if !goes[at] {
			continue
		}
		m, ok := sendable(m)
		if !ok {
			continue
		}
		if t.Masks {
			look := finder{detector: c.p.detector}
			m = look.labelled(m, c.conv.said(at))
		}
		out = append(out, m)
	}
	return out
}

// mayFollow reports whether an earlier turn may go along to a tier.
func (c *call) mayFollow(t *tier, i int) bool {
	g := c.p.grants[t.Place]
	f := c.conv.facts(i, c.p.rules)
	if f.private || g.permits(t, f.found) != "" || !c.covered(t, f.all()) {
		return false
	}
	switch m := c.conv.marks(i); {
	case m.unmarked:
		return g.history.Unmarked
	case m.asked:
		return i+1 < len(c.conv.turns) && c.conv.marks(i+1).granted
	case m.reach < t.Place:
		return false
	case m.device:
		return g.history.Device
	}
	return true
}

// covered reports whether the user has agreed that personal data of these types, beyond those in the
// current turn, goes to a tier.
func (c *call) covered(t *tier, types privacy.Types) bool {
	types &^= c.cur.all()
	if types == 0 || c.p.grants[t.Place].consent != AskClass {
		return true
	}
	for _, q := range c.questions(t, types) {
		if s := c.standing(q); s.err != nil || s.Standing != Agreed {
			return false
		}
	}
	return true
}

// sendable returns a message without what no adapter sends, such as where it came from, and false if nothing
// else is in it.
func sendable(m assistant.Message) (assistant.Message, bool) {
	m.Origin = nil
	unknown := func(p assistant.Part) bool {
		_, ok := p.(assistant.Unknown)
		return ok
	}
	if slices.ContainsFunc(m.Parts, unknown) {
		m.Parts = slices.DeleteFunc(slices.Clone(m.Parts), unknown)
		return m, len(m.Parts) > 0
	}
	return m, true
}

// offer returns the tools that a cloud may call: the likeliest of those that may be known to it.
func (c *call) offer(t *tier, o *outgoing) []*assistant.ToolSpec {
	rank := make(map[string]int, len(c.req.Tools)) // smaller is likelier
	put := func(name string) {
		if _, ok := rank[name]; !ok {
			rank[name] = len(rank)
		}
	}
	if c.req.ToolChoice.Mode == assistant.ToolForced {
		put(c.req.ToolChoice.Name)
	}
	if i := c.conv.current(); i >= 0 {
		c.conv.each(i, func(_ int, m assistant.Message) {
			for _, p := range m.Parts {
				if called, ok := p.(assistant.ToolCall); ok {
					put(called.Name)
				}
			}
		})
	}
	for _, name := range c.judgement.Tools {
		put(name)
	}
	var out []*assistant.ToolSpec
	for _, s := range c.req.Tools {
		if c.mayOffer(t, s) {
			put(s.Name)
			out = append(out, s)
		}
	}
	if len(out) > c.p.tools {
		likely := slices.Clone(out)
		slices.SortStableFunc(likely, func(a, b *assistant.ToolSpec) int { return rank[a.Name] - rank[b.Name] })
		least := rank[likely[c.p.tools-1].Name]
		out = slices.DeleteFunc(out, func(s *assistant.ToolSpec) bool { return rank[s.Name] > least })
	}
	if n := len(c.req.Tools); len(out) < n {
		o.drop("Tools", "%d of %d are offered", len(out), n)
	}
	o.offered = make(map[string]bool, len(out))
	for _, s := range out {
		o.offered[s.Name] = true
	}
	return out
}

// mayOffer reports whether a tool may be known to a tier.
func (c *call) mayOffer(t *tier, s *assistant.ToolSpec) bool {
	if s == nil || s.Private || c.p.outside[s.Name] && !s.Confirm {
		return false
	}
	g := c.p.grants[t.Place]
	return c.r.specs.types(s, c.p.detector)&(g.keep|g.mask) == 0 // no masker changes what describes a tool
}

// outgoingExtra returns the vendors' own fields without the router's, and without personal data.
func (c *call) outgoingExtra(g *grant, o *outgoing) map[string]map[string]any {
	if len(c.req.Extra) == 0 {
		return nil
	}
	out := make(map[string]map[string]any, len(c.req.Extra))
	for _, vendor := range slices.Sorted(maps.Keys(c.req.Extra)) {
		if vendor == "route" {
			continue
		}
		look := finder{detector: c.p.detector}
		text, err := json.Marshal(c.req.Extra[vendor])
		if look.text(string(text)); err != nil || look.all()&(g.keep|g.mask) != 0 {
			o.drop("Extra["+vendor+"]", "holds personal data, or cannot be read")
			continue
		}
		out[vendor] = c.req.Extra[vendor]
	}
	return out
}

// specs remembers what was found in tools, which never change.
type specs struct {
	mu    sync.Mutex
	known map[specKey]privacy.Types
}

type specKey struct {
	spec *assistant.ToolSpec
	sure privacy.Confidence
}

// maxSpecs bounds what is remembered.
const maxSpecs = 1024

func (s *specs) types(spec *assistant.ToolSpec, d privacy.Detector) privacy.Types {
	key := specKey{spec, d.Confidence}
	s.mu.Lock()
	types, ok := s.known[key]
	s.mu.Unlock()
	if ok {
		return types
	}
	look := finder{detector: d}
	look.text(spec.Name)
	look.text(spec.Description)
	look.text(string(spec.Schema))
	for _, e := range spec.Examples { // which some vendors get
		look.text(e)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil || len(s.known) >= maxSpecs {
		s.known = make(map[specKey]privacy.Types)
	}
	s.known[key] = look.all()
	return look.all()
}
