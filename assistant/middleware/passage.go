package middleware

import (
	"errors"
	"iter"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A passage is one stream on its way through a middleware.
type passage struct {
	// holds keeps chunks without content back until content comes, so that nothing is seen of a stream
	// that fails before. What they said of usage and origin comes with the first content.
	holds bool

	begun    bool // content was handed over
	finished bool // the reply is complete
	stopped  bool // the caller left the loop

	usage *assistant.Usage // latest
	meta  *assistant.Meta  // latest
	bytes int              // of text, reasoning and calls
}

var errNoFinish = errors.New("stream ended without a finish reason")

// carry hands a stream over until it ends, and returns its error instead of yielding it. A stream that
// ends in silence, which a model must not do, has an error too.
func (p *passage) carry(stream iter.Seq2[assistant.Chunk, error], yield func(assistant.Chunk, error) bool) error {
	for c, err := range stream {
		if p.finished { // whatever comes now is against the contract; the stream ends by itself
			continue
		}
		if err != nil {
			return err
		}
		if c.Usage != nil {
			p.usage = c.Usage
		}
		if c.Meta != nil {
			p.meta = c.Meta
		}
		if !p.begun {
			if begins(&c) {
				p.begun = true
			} else if p.holds {
				continue
			}
			if p.holds {
				c.Usage, c.Meta = p.usage, p.meta
			}
		}
		p.bytes += len(c.Text) + len(c.Reasoning)
		for i := range c.ToolCalls {
			p.bytes += len(c.ToolCalls[i].Name) + len(c.ToolCalls[i].Arguments)
		}
		p.finished = c.Finish != ""
		if !yield(c, nil) {
			p.stopped = true
			return nil
		}
	}
	if !p.finished {
		return p.truncated()
	}
	return nil
}

// begins reports whether a chunk carries content or ends the reply: what cannot be sent twice.
func begins(c *assistant.Chunk) bool {
	return c.Text != "" || c.Reasoning != "" || c.Finish != "" || len(c.ToolCalls) > 0 || len(c.Parts) > 0 || c.Retract != nil
}

func (p *passage) truncated() error {
	e := &assistant.Error{Kind: assistant.ErrTruncated, Delivered: p.begun, Err: errNoFinish}
	if p.meta != nil {
		e.Vendor, e.RequestID = p.meta.Vendor, p.meta.RequestID
	}
	return e
}

// kindOf returns the kind of a vendor's error, empty if err is not one.
func kindOf(err error) assistant.ErrorKind {
	var e *assistant.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// among reports whether err is a vendor's error of one of the kinds.
func among(kinds []assistant.ErrorKind, err error) bool {
	kind := kindOf(err)
	return kind != "" && slices.Contains(kinds, kind)
}

// or returns v, or fallback if v is zero.
func or[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}
