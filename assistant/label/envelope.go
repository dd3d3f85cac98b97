package label

import (
	"iter"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An Enveloped is one item of a stream, with the label beside it if it is the first or the last. What the
// model said, its JSON, code and arguments of tools, stays as it is.
type Enveloped[T any] struct {
	Item T
	AIGC *Label // as "aigc" in the frames of a service; nil between the first and the last
}

// Events puts the label beside the first event of a run and its [assistant.Done]. A run that fails ends
// with its error and without a second label.
func Events(run iter.Seq2[assistant.Event, error], l Label) iter.Seq2[Enveloped[assistant.Event], error] {
	return envelop(run, l, func(e assistant.Event) bool {
		_, done := e.(*assistant.Done)
		return done
	})
}

// Chunks puts the label beside the first chunk of a reply and the one that carries its
// [assistant.FinishReason].
func Chunks(reply iter.Seq2[assistant.Chunk, error], l Label) iter.Seq2[Enveloped[assistant.Chunk], error] {
	return envelop(reply, l, func(c assistant.Chunk) bool { return c.Finish != "" })
}

func envelop[T any](stream iter.Seq2[T, error], l Label, last func(T) bool) iter.Seq2[Enveloped[T], error] {
	return func(yield func(Enveloped[T], error) bool) {
		first := true
		for item, err := range stream {
			e := Enveloped[T]{Item: item}
			if err == nil && (first || last(item)) {
				e.AIGC = &l
				first = false
			}
			if !yield(e, err) {
				return
			}
		}
	}
}
