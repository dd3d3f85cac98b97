package route

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A call is one request on its way through the router.
type call struct {
	r   *Router
	ctx context.Context
	p   *inForce
	req *assistant.Request
	now time.Time

	marks    Marks
	marksErr error

	conv conversation
	cur  *facts // of the current turn, and of what else belongs to it

	judgement Judgement
	judged    bool // there is a judgement

	agreed  *tier // which the user has just allowed, or the device if he has confirmed an act
	granted bool  // the user has just agreed that what he said before leaves
	reach   Place // the farthest place that the request may go to, once it has been surveyed

	deviceFailed bool

	standings map[Question]asked // said so far
}

// begin reads what there is to know about a request before anything is decided.
func (r *Router) begin(ctx context.Context, req *assistant.Request) (*call, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &call{r: r, ctx: ctx, p: r.policy.Load(), now: r.now()}
	if r.c.Marks != nil {
		c.marks, c.marksErr = r.c.Marks(ctx, req)
	}
	if err := c.extra(req.Extra["route"]); err != nil {
		return nil, err
	}
	c.about(req)
	return c, nil
}

// extra reads the marks in a request.
func (c *call) extra(fields map[string]any) error {
	for key, value := range fields {
		on, ok := value.(bool)
		switch {
		case !ok:
			return invalid(fmt.Sprintf(`Extra["route"][%.40q] is a %T, want true or false`, key, value))
		case key == "private":
			c.marks.Private = c.marks.Private || on
		case key == "child":
			c.marks.Child = c.marks.Child || on
		default:
			return invalid(fmt.Sprintf(`Extra["route"] has an unknown key %.40q, want private or child`, key))
		}
	}
	return nil
}

func invalid(why string) error {
	return &assistant.Error{Kind: assistant.ErrInvalid, Vendor: "route", Message: why}
}

// about makes the call one about a request.
func (c *call) about(req *assistant.Request) {
	c.req, c.conv, c.cur = req, newConversation(req), &facts{}
	if i := c.conv.current(); i >= 0 {
		c.cur = c.conv.facts(i, c.p.rules)
	}
	rest := finder{detector: c.p.detector}
	rest.text(string(req.Format.Schema))
	rest.text(req.Format.Name)
	for _, s := range req.Stop {
		rest.text(s)
	}
	for _, s := range req.Search.Sites {
		rest.text(s)
	}
	c.cur.add(found{hidden: rest.all()}) // which maskers take for the program's own
}

// back makes the call one about the user's turn before the last one, once the user has said yes to what
// the router asked about that.
func (c *call) back() {
	to, _, _ := c.conv.lastAnswer(c.conv.current() - 1)
	req := *c.req
	req.Messages = req.Messages[:to:to]
	c.about(&req)
}

// heard is the request as the device gets it: if it ends in an answer that broke off, which a cloud may
// go on with, without that.
func (c *call) heard() *assistant.Request {
	to := len(c.req.Messages)
	for to > 0 && c.req.Messages[to-1].Role == assistant.RoleAssistant {
		to--
	}
	if to == len(c.req.Messages) {
		return c.req
	}
	req := *c.req
	req.Messages = req.Messages[:to:to]
	return &req
}

// last is the message that the request ends with, nil if there is none.
func (c *call) last() *assistant.Message {
	for i := len(c.req.Messages) - 1; i >= 0; i-- {
		if m := &c.req.Messages[i]; m.Role != assistant.RoleSystem {
			return m
		}
	}
	return nil
}

// judge asks what the device would do. A judge that fails is one that knows nothing.
func (c *call) judge() error {
	last := c.last()
	if c.r.judge == nil || last == nil || last.Role == assistant.RoleTool || !c.deviceUsable() {
		return nil
	}
	j, err := c.r.judge.Judge(c.ctx, c.heard())
	if ctxErr := c.ctx.Err(); ctxErr != nil {
		return ctxErr
	}
	if err != nil || !(j.Confidence >= 0 && j.Confidence <= 1) { // nor is one with impossible numbers
		return nil
	}
	c.judged = true
	j.Verdict = cmp.Or(j.Verdict, Refuse)
	if j.Verdict == Act && !j.Valid {
		j.Verdict = Ask
	}
	c.judgement = j
	return nil
}

func (c *call) deviceUsable() bool {
	return c.r.device != nil && c.r.device.status(c.ctx, c.now).State.usable()
}

// likeliest returns the tool that the device takes to be meant, empty if none.
func (c *call) likeliest() string {
	switch j := &c.judgement; {
	case len(j.Calls) > 0:
		return j.Calls[0].Name
	case len(j.Tools) > 0:
		return j.Tools[0]
	}
	return ""
}

// private reports whether the request is meant for a private tool, as far as can be told.
func (c *call) private() bool {
	switch {
	case c.cur.private, c.conv.private(c.req.ToolChoice.Name):
		return true
	case !slices.ContainsFunc(c.req.Tools, func(t *assistant.ToolSpec) bool { return t.Private }):
		return false
	}
	if last := c.last(); !c.judged && last != nil && last.Role != assistant.RoleTool {
		return true // nobody can tell
	}
	for _, called := range c.judgement.Calls {
		if c.conv.private(called.Name) {
			return true
		}
	}
	return c.conv.private(c.likeliest()) && c.judgement.Confidence >= c.p.doubt/2
}

// outside reports whether the device would call a tool that changes the world outside and does not itself
// ask for consent.
func (c *call) outside() bool {
	for _, called := range c.judgement.Calls {
		if c.p.outside[called.Name] {
			if s := c.conv.tool(called.Name); s == nil || !s.Confirm {
				return true
			}
		}
	}
	return false
}

// cloudAsked reports whether a cloud has just asked the user something.
func (c *call) cloudAsked() bool {
	at, o, ok := c.conv.lastAnswer(c.conv.current() - 1)
	if !ok || o.Place == Device {
		return false
	}
	s := strings.TrimRight(c.conv.messages[at].Text(), " \n。~～”\")）")
	for _, end := range [...]string{"？", "?", "吗", "呢", "嗎", "呀"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
