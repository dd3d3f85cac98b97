package route

import (
	"github.com/zhushou-ai/zhushou/assistant"
)

// A conversation is a request's messages, in turns. A turn is what a user says and all that was answered
// and called upon it; messages before the first user's are a turn as well. System messages belong to no
// turn, wherever they stand.
type conversation struct {
	messages []assistant.Message
	tools    []*assistant.ToolSpec
	turns    []turn
}

// A turn is a stretch of messages.
type turn struct {
	from, to int
	facts    *facts // nil until somebody looks
	marks    *marks
}

// facts are what decides whether a turn may leave.
type facts struct {
	found
	texts   []string
	values  []value // of personal data
	private bool    // a private tool was called
}

// marks are what the answers in a turn say of where they came from.
type marks struct {
	unmarked bool  // it is not known of all of them
	device   bool  // the device answered
	reach    Place // the farthest place it might have gone to then
	asked    bool  // it ends in a question whether it may leave
	granted  bool  // it begins with the consent to the question before
}

func newConversation(req *assistant.Request) conversation {
	c := conversation{messages: req.Messages, tools: req.Tools}
	for i, m := range c.messages {
		switch {
		case m.Role == assistant.RoleSystem:
			continue
		case m.Role == assistant.RoleUser || len(c.turns) == 0:
			c.turns = append(c.turns, turn{from: i})
		}
		c.turns[len(c.turns)-1].to = i + 1
	}
	return c
}

// tool returns a tool of the request, nil if there is none of that name.
func (c *conversation) tool(name string) *assistant.ToolSpec {
	for _, t := range c.tools {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// private reports whether a tool of the request is.
func (c *conversation) private(name string) bool {
	t := c.tool(name)
	return t != nil && t.Private
}

// current returns the index of the last turn, -1 if there is none.
func (c *conversation) current() int { return len(c.turns) - 1 }

// each calls f for the messages of a turn.
func (c *conversation) each(i int, f func(at int, m assistant.Message)) {
	t := c.turns[i]
	for at := t.from; at < t.to; at++ {
		if m := c.messages[at]; m.Role != assistant.RoleSystem {
			f(at, m)
		}
	}
}

// said returns what the assistant said last before a message.
func (c *conversation) said(before int) string {
	for i := before - 1; i >= 0; i-- {
		switch m := c.messages[i]; m.Role {
		case assistant.RoleAssistant:
			if s := m.Text(); s != "" {
				return s
			}
		case assistant.RoleUser:
			return ""
		}
	}
	return ""
}

// facts returns what decides whether a turn may leave, looking only once.
func (c *conversation) facts(i int, p *rules) *facts {
	t := &c.turns[i]
	if t.facts != nil {
		return t.facts
	}
	f := &facts{}
	look := finder{detector: p.detector}
	c.each(i, func(at int, m assistant.Message) {
		question := ""
		if m.Role == assistant.RoleUser {
			question = c.said(at)
		}
		look.message(m, question)
		for _, part := range m.Parts {
			switch part := part.(type) {
			case assistant.ToolCall:
				f.private = f.private || part.Private || c.private(part.Name)
			case assistant.ToolResult:
				f.private = f.private || c.private(part.Name)
			}
		}
	})
	f.found, f.texts, f.values = look.found, look.texts, look.values
	t.facts = f
	return f
}

// marks returns what the answers in a turn say of where they came from.
func (c *conversation) marks(i int) *marks {
	if m := c.turns[i].marks; m != nil {
		return m
	}
	out := &marks{reach: Partner}
	c.turns[i].marks = out
	answers, known := 0, 0
	c.each(i, func(_ int, m assistant.Message) {
		if m.Role != assistant.RoleAssistant {
			return
		}
		answers++
		if o, ok := Of(m); ok {
			known++
			out.reach = min(out.reach, o.Reach)
			out.device = out.device || o.Place == Device && o.Asked != AskedConsent
			out.asked, out.granted = o.Asked == AskedConsent, out.granted || o.Granted
		}
	})
	out.unmarked = answers == 0 || known < answers
	return out
}

// lastAnswer returns the index of the last message of the assistant in a turn, -1 if there is none, and
// where it came from, if that is known.
func (c *conversation) lastAnswer(i int) (at int, o Origin, known bool) {
	if i < 0 {
		return -1, o, false
	}
	t := c.turns[i]
	for at = t.to - 1; at >= t.from; at-- {
		if m := c.messages[at]; m.Role == assistant.RoleAssistant {
			o, known = Of(m)
			return at, o, known
		}
	}
	return -1, o, false
}
