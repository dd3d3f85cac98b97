package route

import (
	"cmp"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A candidate is a cloud that a request may go to.
type candidate struct {
	*tier
	index  int
	status Status
	asks   []Question // that the user must agree to first
}

// survey finds the clouds that the request may go to, the best first, and why it may not go to the others.
func (c *call) survey() (may []candidate, barred []Barred) {
	private := c.private()
	c.reach = Device
	for i, t := range c.r.clouds {
		reason := c.bar(t, private)
		if reason == NotNamed || reason == Unable { // it might have gone there but for what else it asks for
			if asks, no := c.consent(t, c.cur.all()); no == "" && len(asks) == 0 && !(c.marks.Child && t.Place > c.p.child) {
				c.reach = max(c.reach, t.Place)
			}
		}
		if reason != "" {
			barred = append(barred, Barred{Tier: t.Name, Reason: reason})
			continue
		}
		asks, reason := c.consent(t, c.cur.all())
		if reason != "" {
			barred = append(barred, Barred{Tier: t.Name, Reason: reason})
			continue
		}
		if c.marks.Child && t.Place > c.p.child {
			barred = append(barred, Barred{Tier: t.Name, Reason: ChildMode})
			continue
		}
		if len(asks) == 0 {
			c.reach = max(c.reach, t.Place)
		}
		status := t.status(c.ctx, c.now)
		if !status.State.usable() {
			barred = append(barred, Barred{t.Name, Unavailable, status.State})
			continue
		}
		may = append(may, candidate{t, i, status, asks})
	}
	slices.SortStableFunc(may, c.compare)
	return may, barred
}

// compare puts the better of two clouds first: the nearer one, then one that needs no question, that is
// well, that is cheap and quick.
func (c *call) compare(a, b candidate) int {
	price := cmp.Compare(a.Price, b.Price)
	speed := cmp.Compare(cmp.Or(a.status.Latency, a.Latency), cmp.Or(b.status.Latency, b.Latency))
	if c.p.speed {
		price, speed = speed, price
	}
	return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(min(len(a.asks), 1), min(len(b.asks), 1)),
		cmp.Compare(sick(a.status), sick(b.status)), price, speed, cmp.Compare(a.index, b.index))
}

func sick(s Status) int {
	if s.State == Degraded {
		return 1
	}
	return 0
}

// bar returns why the request may not go to a tier, whatever the user says and whether or not it is well.
func (c *call) bar(t *tier, private bool) Reason {
	g := c.p.grants[t.Place]
	switch {
	case g == nil:
		return NotGranted
	case c.marksErr != nil:
		return MarksUnknown
	case c.marks.Private:
		return PrivateRequest
	case private:
		return PrivateTool
	case c.req.Model != "" && !t.serves(c.req.Model):
		return NotNamed
	case c.needs()&t.Lacks != 0:
		return Unable
	case !c.mayChoose(t):
		return Unable
	}
	if reason := g.permits(t, c.cur.found); reason != "" {
		return reason
	}
	return c.repeats(t)
}

// mayChoose reports whether a tier may be offered what the request wants called.
func (c *call) mayChoose(t *tier) bool {
	switch c.req.ToolChoice.Mode {
	case assistant.ToolForced:
		return c.mayOffer(t, c.conv.tool(c.req.ToolChoice.Name))
	case assistant.ToolRequired:
		return slices.ContainsFunc(c.req.Tools, func(s *assistant.ToolSpec) bool { return c.mayOffer(t, s) })
	}
	return true
}

// serves reports whether a request may ask the tier for a model of that name.
func (t *tier) serves(model string) bool { return model == t.Name || slices.Contains(t.Models, model) }

// permits returns why what was found keeps a text from a tier, or nothing.
func (g *grant) permits(t *tier, f found) Reason {
	switch {
	case (f.types|f.asked)&g.keep != 0, f.hidden&(g.keep|g.mask) != 0:
		return PersonalData
	case (f.types|f.asked)&g.mask != 0 && !t.Masks:
		return Unmasked
	case f.media && !g.media:
		return MediaKept
	}
	return ""
}

// asked is what a [Consent] has said.
type asked struct {
	Standing
	err error
}

// consent returns what the user must be asked before personal data of these types goes to a tier, or why
// it must not.
func (c *call) consent(t *tier, types privacy.Types) (asks []Question, no Reason) {
	for _, q := range c.questions(t, types) {
		switch s := c.standing(q); {
		case s.err != nil:
			return nil, ConsentUnknown
		case s.Standing == Refused:
			return nil, ConsentRefused
		case s.Standing == Agreed, t == c.agreed:
		case c.p.grants[t.Place].consent == AskGiven:
			return nil, NoConsent
		default:
			asks = append(asks, q)
		}
	}
	return asks, ""
}

// questions are what the user must have agreed to.
func (c *call) questions(t *tier, types privacy.Types) []Question {
	q := Question{Subject: c.marks.Subject, Tier: t.Name, Place: t.Place}
	switch c.p.grants[t.Place].consent {
	case AskNobody:
		return nil
	case AskSession:
		q.Session = c.marks.Session
	case AskClass:
		var out []Question
		for _, class := range classNames(types) {
			q.Class = class
			out = append(out, q)
		}
		if out != nil {
			return out
		}
	}
	return []Question{q}
}

// remembered reports whether the answer to a question can be kept: not if that would be an answer for
// everybody, or if the user wants to be asked every time.
func (c *call) remembered(q Question) bool {
	if c.r.c.Consent == nil {
		return false
	}
	switch c.p.grants[q.Place].consent {
	case AskSession:
		return q.Session != ""
	case AskClass:
		return q.Subject != ""
	case AskAlways:
		return false
	}
	return true
}

func (c *call) standing(q Question) asked {
	if !c.remembered(q) {
		return asked{}
	}
	if s, ok := c.standings[q]; ok {
		return s
	}
	var s asked
	s.Standing, s.err = c.r.c.Consent.Standing(c.ctx, q)
	if c.standings == nil {
		c.standings = make(map[Question]asked)
	}
	c.standings[q] = s
	return s
}

// needs are the abilities that the request cannot do without.
func (c *call) needs() Ability {
	var need Ability
	if c.cur.media {
		need |= c.mediaNeeded()
	}
	if c.req.Format.Kind != assistant.FormatText {
		need |= JSON
	}
	if c.req.Search.Forced {
		need |= Search
	}
	if c.req.ToolChoice.Mode == assistant.ToolRequired || c.req.ToolChoice.Mode == assistant.ToolForced {
		need |= Tools
	}
	if c.long() {
		need |= LongText
	}
	return need
}

// mediaNeeded are the abilities for the media in the current turn.
func (c *call) mediaNeeded() Ability {
	var need Ability
	if i := c.conv.current(); i >= 0 {
		c.conv.each(i, func(_ int, m assistant.Message) { need |= mediaIn(m.Parts, 0) })
	}
	return need
}

func mediaIn(parts []assistant.Part, depth int) Ability {
	var need Ability
	for _, p := range parts {
		switch p := p.(type) {
		case assistant.Image:
			need |= Images
		case assistant.Audio:
			need |= Audio
		case assistant.Video:
			need |= Video
		case assistant.File:
			need |= Files
		case assistant.ToolResult:
			if depth < maxDepth {
				need |= mediaIn(p.Parts, depth+1)
			}
		}
	}
	return need
}

// long reports whether what the user says is too long for the device.
func (c *call) long() bool {
	i := c.conv.current()
	if i < 0 {
		return false
	}
	m := c.conv.messages[c.conv.turns[i].from]
	if m.Role != assistant.RoleUser {
		return false
	}
	n := 0
	for range m.Text() {
		if n++; n > c.r.c.LongText {
			return true
		}
	}
	return false
}
