package main

import (
	"context"
	"iter"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A parrot repeats what was said last, one character at a time, as a vendor's stream comes in pieces. So one sees what
// reaches a model, and what becomes of it on the way back.
type parrot struct{}

// Stream implements [assistant.Model].
func (parrot) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		said := ""
		for _, m := range req.Messages {
			if m.Role == assistant.RoleUser {
				said = m.Text()
			}
		}
		for _, r := range "您说：" + said {
			if err := ctx.Err(); err != nil {
				yield(assistant.Chunk{}, err)
				return
			}
			if !yield(assistant.Chunk{Text: string(r)}, nil) {
				return
			}
		}
		yield(assistant.Chunk{
			Finish: assistant.FinishStop, Usage: &assistant.Usage{}, Meta: &assistant.Meta{Vendor: "example", Model: "parrot"},
		}, nil)
	}
}
