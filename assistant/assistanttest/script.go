package assistanttest

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A Turn is one scripted reply of a [Model].
type Turn func(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error]

// Model is an [assistant.Model] that replies from a script, one turn for each request, and remembers
// what it was asked. It is safe for concurrent use.
type Model struct {
	mu       sync.Mutex
	turns    []Turn
	requests []*assistant.Request
}

// Script returns a model that takes the turns in order. A request beyond the last turn is an error.
func Script(turns ...Turn) *Model { return &Model{turns: turns} }

// Stream implements [assistant.Model].
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		turn, err := m.next(req)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		for chunk, err := range turn(ctx, req) {
			if ctx.Err() != nil {
				chunk, err = assistant.Chunk{}, ctx.Err()
			}
			if !yield(chunk, err) || err != nil {
				return
			}
		}
	}
}

func (m *Model) next(req *assistant.Request) (Turn, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := *req
	m.requests = append(m.requests, &seen)
	if n := len(m.requests); n > len(m.turns) {
		return nil, fmt.Errorf("script has %d turns, but request %d came", len(m.turns), n)
	}
	return m.turns[len(m.requests)-1], nil
}

// Requests returns the requests so far.
func (m *Model) Requests() []*assistant.Request {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]*assistant.Request(nil), m.requests...)
}

// Say is a turn that streams text character by character and stops.
func Say(text string) Turn {
	var chunks []assistant.Chunk
	for rest := text; rest != ""; {
		_, n := utf8.DecodeRuneInString(rest)
		chunks = append(chunks, assistant.Chunk{Text: rest[:n]})
		rest = rest[n:]
	}
	return Chunks(append(chunks, end(assistant.FinishStop))...)
}

// Call is a turn that calls one tool. Its id is derived from the name.
func Call(name, arguments string) Turn {
	return Calls(assistant.ToolCall{ID: "call_" + name, Name: name, Arguments: arguments})
}

// Calls is a turn that calls several tools.
func Calls(calls ...assistant.ToolCall) Turn {
	last := end(assistant.FinishToolCalls)
	last.ToolCalls = calls
	return Chunks(last)
}

func end(why assistant.FinishReason) assistant.Chunk {
	return assistant.Chunk{Finish: why, Usage: &assistant.Usage{Input: 1, Output: 1, Total: 2}}
}

// Chunks is a turn that yields just these chunks. Without a Finish in the last one it breaks the
// contract of [assistant.Model], which may be what a test wants.
func Chunks(chunks ...assistant.Chunk) Turn {
	return Break(nil, chunks...)
}

// Break is a turn that yields chunks and then fails with err.
func Break(err error, chunks ...assistant.Chunk) Turn {
	return func(context.Context, *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return func(yield func(assistant.Chunk, error) bool) {
			for _, c := range chunks {
				if !yield(c, nil) {
					return
				}
			}
			if err != nil {
				yield(assistant.Chunk{}, err)
			}
		}
	}
}

// Hang is a turn that yields chunks and then says nothing until the context ends.
func Hang(chunks ...assistant.Chunk) Turn {
	return func(ctx context.Context, _ *assistant.Request) iter.Seq2[assistant.Chunk, error] {
		return func(yield func(assistant.Chunk, error) bool) {
			for _, c := range chunks {
				if !yield(c, nil) {
					return
				}
			}
			<-ctx.Done()
			yield(assistant.Chunk{}, ctx.Err())
		}
	}
}
