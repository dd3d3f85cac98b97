package providertest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/assistant"
)

// A transcript is what one pass over a stream yielded, with the rules that it broke on the way.
type transcript struct {
	chunks []assistant.Chunk // as yielded
	copies []assistant.Chunk // deep copies, made when each chunk arrived
	err    error
	faults []string
}

// all stands for "never stop" where a number of chunks is wanted.
const all = -1

// record ranges over one stream of m and stops after the given number of chunks. It calls the
// sequence as a function, because a range statement would turn a late yield into a panic that ends
// the test binary. A stream that does not come back in time is abandoned and reported.
func record(ctx context.Context, m assistant.Model, req *assistant.Request, stop int, patience time.Duration) *transcript {
	return replay(m.Stream(ctx, req), stop, patience)
}

func replay(seq func(yield func(assistant.Chunk, error) bool), stop int, patience time.Duration) *transcript {
	return replayWith(seq, stop, patience, nil)
}

// replayWith also calls each, if it is not nil, with the number of chunks after every chunk.
func replayWith(seq func(yield func(assistant.Chunk, error) bool), stop int, patience time.Duration, each func(n int)) *transcript {
	done := make(chan *transcript, 1)
	go func() {
		var t transcript
		defer func() {
			if p := recover(); p != nil {
				t.fault("Stream panicked: %v", p)
			}
			done <- &t
		}()
		t.run(seq, stop, each)
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case t := <-done:
		return t
	case <-timer.C:
		return &transcript{faults: []string{fmt.Sprintf("the stream did not return within %v", patience)}}
	}
}

func (t *transcript) run(seq func(yield func(assistant.Chunk, error) bool), stop int, each func(n int)) {
	stopped, finished := false, false
	seq(func(c assistant.Chunk, err error) bool {
		switch {
		case stopped:
			t.fault("a chunk was yielded after the loop had been left")
			return false
		case t.err != nil:
			t.fault("a chunk was yielded after an error")
			return false
		case finished:
			t.fault("a chunk was yielded after the one with the finish reason")
			return false
		}
		if err != nil {
			t.err = err
			if !reflect.ValueOf(c).IsZero() {
				t.fault("the chunk beside an error is not empty: %+v", c)
			}
			return true
		}
		t.check(c)
		t.chunks = append(t.chunks, c)
		t.copies = append(t.copies, cloneChunk(c))
		finished = c.Finish != ""
		if each != nil {
			each(len(t.chunks))
		}
		stopped = len(t.chunks) == stop
		return !stopped
	})
	if !stopped && !finished && t.err == nil {
		t.fault("the stream ended without a finish reason and without an error")
	}
	t.checkCopies()
	t.checkCalls()
}

// check looks at what each chunk must keep by itself.
func (t *transcript) check(c assistant.Chunk) {
	if !utf8.ValidString(c.Text) {
		t.fault("text %q is not whole UTF-8 characters", c.Text)
	}
	if !utf8.ValidString(c.Reasoning) {
		t.fault("reasoning %q is not whole UTF-8 characters", c.Reasoning)
	}
	if u := c.Usage; u != nil {
		for name, n := range map[string]int{
			"Input": u.Input, "Output": u.Output, "Total": u.Total,
			"CacheRead": u.CacheRead.Value, "CacheWrite": u.CacheWrite.Value, "Reasoning": u.Reasoning.Value,
		} {
			if n < 0 {
				t.fault("usage: %s is negative: %d", name, n)
			}
		}
	}
	if c.Finish != "" && !slices.Contains(finishes, c.Finish) {
		t.fault("finish reason %q is none of %q", c.Finish, finishes)
	}
	if c.Meta != nil && len(t.chunks) > 0 && !slices.ContainsFunc(t.chunks, func(c assistant.Chunk) bool { return c.Meta != nil }) {
		t.fault("the first Meta came with chunk %d; it belongs to the first chunk", len(t.chunks)+1)
	}
}

var finishes = []assistant.FinishReason{
	assistant.FinishStop, assistant.FinishLength, assistant.FinishToolCalls,
	assistant.FinishFiltered, assistant.FinishRefusal, assistant.FinishOther,
}

// checkCopies finds chunks that share memory with a buffer that was used again.
func (t *transcript) checkCopies() {
	for i := range t.chunks {
		if !reflect.DeepEqual(t.chunks[i], t.copies[i]) {
			t.fault("chunk %d changed after it was yielded: it was %+v and is %+v", i+1, t.copies[i], t.chunks[i])
		}
	}
}

func (t *transcript) checkCalls() {
	seen := map[string]bool{}
	for _, c := range t.chunks {
		for _, call := range c.ToolCalls {
			if call.ID == "" {
				t.fault("the call of %q has no id", call.Name)
			} else if seen[call.ID] {
				t.fault("two calls share the id %q", call.ID)
			}
			seen[call.ID] = true
			if call.Name == "" {
				t.fault("the call %q has no name", call.ID)
			}
			if call.Arguments == "" {
				t.fault("the call of %q has empty arguments; no arguments are {}", call.Name)
			}
		}
	}
	if n := len(t.chunks); n > 0 && t.chunks[n-1].Finish == assistant.FinishToolCalls && len(seen) == 0 {
		t.fault("the finish reason is %q but there are no calls", assistant.FinishToolCalls)
	}
}

func (t *transcript) fault(format string, args ...any) {
	t.faults = append(t.faults, fmt.Sprintf(format, args...))
}

// reply collects what was yielded.
func (t *transcript) reply() *assistant.Reply {
	c := t.collect()
	return c.Reply()
}

func (t *transcript) collect() *assistant.Collector {
	c := new(assistant.Collector)
	for _, k := range t.chunks {
		c.Add(k)
	}
	return c
}

// broken returns the rules that were broken as one error.
func (t *transcript) broken() error {
	if len(t.faults) == 0 {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(t.faults, "; "))
}

// whole is broken, or the error of a stream that should have succeeded.
func (t *transcript) whole() error {
	if err := t.broken(); err != nil {
		return err
	}
	if t.err != nil {
		return fmt.Errorf("the stream failed: %w", t.err)
	}
	return nil
}

func cloneChunk(c assistant.Chunk) assistant.Chunk {
	c.Text = strings.Clone(c.Text)
	c.Reasoning = strings.Clone(c.Reasoning)
	c.ToolCalls = slices.Clone(c.ToolCalls)
	for i, call := range c.ToolCalls {
		c.ToolCalls[i] = assistant.ToolCall{
			ID: strings.Clone(call.ID), Name: strings.Clone(call.Name), Arguments: strings.Clone(call.Arguments),
		}
	}
	c.Parts = slices.Clone(c.Parts)
	if c.Usage != nil {
		u := *c.Usage
		c.Usage = &u
	}
	if c.Meta != nil {
		m := *c.Meta
		m.ID, m.Model, m.RequestID = strings.Clone(m.ID), strings.Clone(m.Model), strings.Clone(m.RequestID)
		m.Dropped = slices.Clone(m.Dropped)
		c.Meta = &m
	}
	return c
}
