package assistant

import (
	"context"
	"errors"
	"strings"
)

// A Reply is a whole answer, collected from a stream.
type Reply struct {
	Message   Message      `json:"message"`
	Finish    FinishReason `json:"finish"`
	Usage     Usage        `json:"usage,omitzero"`
	Retracted *Retraction  `json:"retracted,omitzero"`
	Meta
}

// Text returns the answer's text without reasoning.
func (r *Reply) Text() string { return r.Message.Text() }

// ToolCalls returns the calls that the model wants made.
func (r *Reply) ToolCalls() []ToolCall { return r.Message.ToolCalls() }

// Generate sends req to m and collects the stream into a [Reply].
//
// If the stream fails midway, Generate returns the error together with what had arrived, so that
// nothing is lost; that Reply has no Finish and its Message is marked Partial. If the stream fails
// before anything arrives the Reply is nil.
func Generate(ctx context.Context, m Model, req *Request) (*Reply, error) {
	var c Collector
	for chunk, err := range m.Stream(ctx, req) {
		if err != nil {
			if c.Empty() {
				return nil, err
			}
			return c.Reply(), err
		}
		c.Add(chunk)
	}
	r := c.Reply()
	if r.Finish == "" { // a Model that breaks its contract must not pass for a finished answer
		return r, c.truncated()
	}
	return r, nil
}

var errNoFinish = errors.New("stream ended without a finish reason")

// withheld returns the error for an answer that the vendor took back, or nil.
func (r *Reply) withheld() error {
	switch {
	case r.Retracted != nil:
		return &Error{Kind: ErrBlocked, Vendor: r.Vendor, RequestID: r.RequestID, Message: r.Retracted.Reason, DropTurn: r.Retracted.DropTurn}
	case r.Finish == FinishFiltered:
		return &Error{Kind: ErrBlocked, Vendor: r.Vendor, RequestID: r.RequestID}
	}
	return nil
}

// A Collector joins chunks into a [Reply]. The zero Collector is ready for use; it must not be
// copied after the first Add, and serves one goroutine.
type Collector struct {
	text, reasoning strings.Builder
	calls           []ToolCall
	parts           []Part
	opaque          []Reasoning
	finish          FinishReason
	usage           Usage
	meta            Meta
	retracted       *Retraction
	started         bool
}

// Add appends one chunk.
func (c *Collector) Add(k Chunk) {
	if k.Text != "" {
		c.text.WriteString(k.Text)
		c.started = true
	}
	if k.Reasoning != "" {
		c.reasoning.WriteString(k.Reasoning)
		c.started = true
	}
	if n := len(k.ToolCalls); n > 0 {
		if c.started = true; c.calls == nil {
			c.calls = k.ToolCalls[:n:n]
		} else {
			c.calls = append(c.calls, k.ToolCalls...)
		}
	}
	for _, p := range k.Parts {
		c.started = true
		if r, ok := p.(Reasoning); ok {
			c.opaque = append(c.opaque, r)
		} else {
			c.parts = append(c.parts, p)
		}
	}
	if k.Retract != nil {
		c.retract(k.Retract)
	}
	if k.Finish != "" {
		c.finish = k.Finish
	}
	if k.Usage != nil {
		c.usage = *k.Usage
	}
	if k.Meta != nil {
		c.meta = *k.Meta
	}
}

// retract forgets the text but keeps the fact, and never the calls: they must not run either.
func (c *Collector) retract(r *Retraction) {
	c.text.Reset()
	c.reasoning.Reset()
	c.text.WriteString(r.Replacement)
	c.calls, c.parts, c.opaque = nil, nil, nil
	c.retracted = r
	c.started = true
}

// Empty reports whether no content has been added yet.
func (c *Collector) Empty() bool { return !c.started }

// Finish returns the finish reason seen so far, empty if the reply is not complete.
func (c *Collector) Finish() FinishReason { return c.finish }

// truncated is the error for a stream that ended without a finish reason.
func (c *Collector) truncated() error {
	return &Error{Kind: ErrTruncated, Vendor: c.meta.Vendor, RequestID: c.meta.RequestID, Delivered: c.started, Err: errNoFinish}
}

// Reply returns what has been collected. Its message holds, in order, reasoning, text, other parts
// and tool calls, and is marked Partial if no finish reason has arrived.
func (c *Collector) Reply() *Reply {
	parts := make([]Part, 0, 2+len(c.opaque)+len(c.parts)+len(c.calls))
	if c.reasoning.Len() > 0 || len(c.opaque) > 0 {
		parts = append(parts, c.reasoningParts()...)
	}
	if c.text.Len() > 0 {
		parts = append(parts, Text{Text: c.text.String()})
	}
	parts = append(parts, c.parts...)
	for _, call := range c.calls {
		parts = append(parts, call)
	}
	return &Reply{
		Message:   Message{RoleAssistant, parts, c.finish == "", c.meta.Origin},
		Finish:    c.finish,
		Usage:     c.usage,
		Retracted: c.retracted,
		Meta:      c.meta,
	}
}

// reasoningParts joins the streamed thinking with the blobs that came beside it. The text stands in
// the first part; vendor and model tag it so that it is never replayed to another vendor.
func (c *Collector) reasoningParts() []Part {
	first := Reasoning{Text: c.reasoning.String(), Vendor: c.meta.Vendor, Model: c.meta.Model}
	if len(c.opaque) == 0 {
		return []Part{first}
	}
	parts := make([]Part, 0, len(c.opaque))
	for i, r := range c.opaque {
		if i == 0 {
			r.Text = first.Text + r.Text
		}
		parts = append(parts, r)
	}
	return parts
}
