package middleware

import (
	"fmt"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A continuation keeps what the caller has seen of an answer, and makes the request that goes on with
// it. A nil continuation is that of a Retry that does not resume.
type continuation struct {
	req   *assistant.Request // the caller's
	yield func(assistant.Chunk, error) bool

	reply   assistant.Collector
	spent   assistant.Usage // by the attempts before
	resumed bool
	refused bool  // the vendor cannot continue
	err     error // why the answer broke off
}

// pass keeps a chunk and hands it on. It stands in for the caller's yield.
func (c *continuation) pass(k assistant.Chunk, err error) bool {
	if err != nil {
		return c.yield(k, err)
	}
	if c.resumed {
		if k.Meta != nil && c.dropped(k.Meta) {
			c.refused = true
			return false
		}
		if k.Usage != nil {
			sum := c.spent.Add(*k.Usage)
			k.Usage = &sum
		}
	}
	c.reply.Add(k)
	return c.yield(k, nil)
}

// dropped reports whether the vendor was not asked to continue.
func (c *continuation) dropped(m *assistant.Meta) bool {
	field := fmt.Sprintf("Messages[%d].Partial", len(c.req.Messages))
	return slices.ContainsFunc(m.Dropped, func(d assistant.Dropped) bool { return d.Field == field })
}

// seen reports whether the caller has part of the answer.
func (c *continuation) seen(begun bool) bool { return c != nil && (begun || c.resumed) }

// cannot reports whether the vendor did not continue, by its own word or because p was refused with err.
func (c *continuation) cannot(p *passage, err error) bool {
	return c != nil && c.resumed && (c.refused || !p.begun && among(refusals, err))
}

// refusals are the kinds of error that blame what was sent, which the caller did not write.
var refusals = []assistant.ErrorKind{assistant.ErrInvalid, assistant.ErrContextLength}

// next returns the request that goes on after p broke off with err.
func (c *continuation) next(p *passage, err error) (*assistant.Request, bool) {
	if p.begun { // what failed before a word broke nothing off
		c.err = c.mark(err)
	}
	if p.usage != nil {
		c.spent = c.spent.Add(*p.usage)
	}
	r := c.reply.Reply()
	if r.Text() == "" || r.Finish != "" || r.Retracted != nil {
		return nil, false
	}
	if n := len(c.req.Messages); n > 0 && c.req.Messages[n-1].Partial { // it has something to continue already
		return nil, false
	}
	for _, part := range r.Message.Parts {
		switch part.(type) {
		case assistant.Text, assistant.Reasoning:
		default:
			return nil, false
		}
	}
	c.resumed = true
	next := *c.req
	next.Messages = append(slices.Clip(c.req.Messages), r.Message)
	return &next, true
}

// mark makes an error say that part of the reply was delivered, as it may have been by an attempt before.
func (c *continuation) mark(err error) error {
	if e, ok := err.(*assistant.Error); ok && c != nil && c.resumed && !e.Delivered {
		marked := *e
		marked.Delivered = true
		return &marked
	}
	return err
}
