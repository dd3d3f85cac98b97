package langchain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"time"

	"github.com/tmc/langchaingo/llms"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Vendor is the name of the adapter around an LLM that is not one of langchaingo's own: in
// assistant.Meta, in errors and in assistant.Request.Extra.
const Vendor = "langchain"

// Config adapts [FromLLM] to an LLM. The zero Config suits langchaingo's own clients.
type Config struct {
	// Client is the last element of the import path of the langchaingo client that does the work,
	// such as "openai" or "ollama". If empty, it is found out from the LLM's type; set it if the LLM
	// is wrapped in something else, such as langchaingo's cache.
	Client string

	// Vendor is the name in assistant.Meta, in errors and in assistant.Request.Extra. If empty,
	// Client, or [Vendor] if that is not known either.
	Vendor string

	// Model is asked for by requests that name none. If empty, the LLM's own.
	Model string

	// Options are given to each call, before those that the request asks for.
	Options []llms.CallOption

	// NoStopReason says that the LLM never tells why an answer ended, so that an answer without a
	// reason is whole; one that was cut off then passes for whole too. It is known of langchaingo's
	// own clients.
	NoStopReason bool

	// IdleTimeout is the longest silence that [Transport] bears in an answer of OpenAI's protocol;
	// comments that keep the connection alive count as signs of life. If zero, 2 minutes, or 10
	// minutes for answers that are not streamed; if negative, none.
	IdleTimeout time.Duration

	// DisableStreaming fetches each answer in one piece.
	DisableStreaming bool
}

// A Model is an LLM of langchaingo as an assistant.Model. It is safe for concurrent use if the LLM is.
type Model struct {
	llm      llms.Model
	cfg      Config
	client   client
	tempered bool // by Config.Options
}

var _ assistant.Model = (*Model)(nil)

// FromLLM returns a model that asks llm.
func FromLLM(llm llms.Model, cfg Config) *Model {
	name, known := clientOf(llm)
	if cfg.Client != "" {
		name = cfg.Client
		var ok bool
		if known, ok = clients[name]; !ok {
			known = unknownClient
		}
	}
	if cfg.NoStopReason {
		known.stops = false
	}
	cfg.Vendor = cmp.Or(cfg.Vendor, name, Vendor)
	return &Model{llm: llm, cfg: cfg, client: known, tempered: !math.IsNaN(read(cfg.Options).Temperature)}
}

// String returns the adapter and the model, such as "openai/gpt-4o".
func (m *Model) String() string { return m.cfg.Vendor + "/" + m.cfg.Model }

// Stream implements assistant.Model. The LLM runs in a goroutine of its own, which has ended when the
// loop has: an LLM that does not heed its context holds the loop until it returns.
func (m *Model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		if err := ctx.Err(); err != nil {
			yield(assistant.Chunk{}, fmt.Errorf("%s: %w", m.cfg.Vendor, err))
			return
		}
		c, err := m.encode(req)
		if err != nil {
			yield(assistant.Chunk{}, &assistant.Error{Kind: assistant.ErrInvalid, Vendor: m.cfg.Vendor, Err: err})
			return
		}
		s := &stream{
			model: m, parent: ctx, yield: yield,
			meta:   assistant.Meta{Vendor: m.cfg.Vendor, Model: cmp.Or(req.Model, m.cfg.Model), Dropped: c.dropped},
			record: &record{vendor: m.cfg.Vendor, idle: m.cfg.IdleTimeout, patch: c.patch}, pieces: make(chan piece), done: make(chan outcome, 1),
		}
		if err := s.run(c); err != nil && !errors.Is(err, errLeft) {
			yield(assistant.Chunk{}, err)
		}
	}
}

// A stream is one call of an LLM. langchaingo pushes what it gets into functions, in the case of some
// clients from a goroutine of their own and even after the call has returned; so the pieces are handed
// over, one at a time, to the goroutine of the loop.
type stream struct {
	model  *Model
	parent context.Context
	yield  func(assistant.Chunk, error) bool
	meta   assistant.Meta
	record *record

	pieces chan piece
	done   chan outcome

	begun           bool // a chunk has been yielded
	delivered       bool // a chunk with content has been yielded
	held            bool // the rest of the text comes from the answer
	text, reasoning text
}

// A piece is what one call of a streaming function brings, copied, since the bytes are the LLM's.
type piece struct{ text, reasoning string }

// An outcome is what the LLM returned.
type outcome struct {
	response *llms.ContentResponse
	err      error
}

// errLeft ends the call after the consumer has left the loop.
var errLeft = errors.New("the stream was left")

// errPanicked is the error of a call in which langchaingo panicked, as some clients do over answers that
// they do not expect.
var errPanicked = errors.New("langchaingo panicked")

// run asks the LLM and yields what comes. The error is the one to yield, or errLeft.
func (s *stream) run(c *call) error {
	ctx, cancel := context.WithCancelCause(s.record.attach(s.parent))
	ended := make(chan struct{})
	defer func() {
		cancel(errLeft)
		<-ended
	}()
	options := c.options
	if !s.model.cfg.DisableStreaming && !s.model.client.whole {
		options = append(options, s.streaming(ctx)...)
	}
	go func() {
		defer close(ended)
		var o outcome
		defer func() {
			if p := recover(); p != nil {
				o = outcome{err: fmt.Errorf("%w: %v", errPanicked, p)}
			}
			s.done <- o
		}()
		o.response, o.err = s.model.llm.GenerateContent(ctx, c.messages, options...)
	}()
	for {
		select {
		case p := <-s.pieces:
			if err := s.take(p); err != nil {
				return err
			}
		case o := <-s.done:
			return s.finish(o)
		}
	}
}

// streaming returns the functions that hand pieces over. Both are needed: some clients know only the
// first, and those that know the second give it the text once more.
func (s *stream) streaming(ctx context.Context) []llms.CallOption {
	hand := func(p piece) error {
		if p == (piece{}) {
			return nil
		}
		select {
		case s.pieces <- p:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return []llms.CallOption{
		llms.WithStreamingFunc(func(_ context.Context, chunk []byte) error { return hand(piece{text: string(chunk)}) }),
		llms.WithStreamingReasoningFunc(func(_ context.Context, reasoning, _ []byte) error {
			return hand(piece{reasoning: string(reasoning)})
		}),
	}
}

// take yields one piece.
func (s *stream) take(p piece) error {
	if isCallDelta(p.text) {
		s.held = true
	}
	var k assistant.Chunk
	if !s.held {
		k.Text = s.text.add(p.text)
	}
	k.Reasoning = s.reasoning.add(p.reasoning)
	if k.Text == "" && k.Reasoning == "" {
		return nil
	}
	return s.emit(k)
}

// emit yields one chunk; the first carries the meta.
func (s *stream) emit(k assistant.Chunk) error {
	if !s.begun || k.Finish != "" {
		meta := s.meta
		if seen := s.record.latest(); seen.patched {
			meta.Dropped = s.record.patch.left(meta.Dropped, seen.refused)
		}
		k.Meta = &meta
	}
	s.begun = true
	s.delivered = s.delivered || k.Text != "" || k.Reasoning != "" || len(k.ToolCalls) > 0 || len(k.Parts) > 0
	if !s.yield(k, nil) {
		return errLeft
	}
	return nil
}
