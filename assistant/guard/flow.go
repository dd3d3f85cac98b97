package guard

import (
	"errors"
	"iter"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
)

// An ending is how a reply ends before its time: what the person reads instead of it, and why.
type ending struct {
	answer string
	reason string
	drop   bool // the person's turn must leave the history
}

// A flow hands a reply on, chunk by chunk. Its text and its reasoning are read as two texts, whatever chunks they come
// in; what stands between two pieces of text stays there.
type flow struct {
	yield func(assistant.Chunk, error) bool
	meta  func(*assistant.Meta) *assistant.Meta         // amends the origin of the reply; may be nil
	rest  func(*assistant.Chunk) (*ending, error)       // looks at what of a chunk is not streamed, and may change it
	check func(l *lane, thought bool) (*ending, error)  // is asked after each piece; may be nil
	fault func(error) (*ending, error)                  // what to make of an error; may be nil
	last  func(*assistant.Chunk, *flow) (*ending, bool) // what to make of a finish; may be nil

	text, thought lane
	queue         []queued // what came behind text that is held back, in order

	begun    bool // content was handed on
	replaced bool // the vendor withdrew the reply, and put another text in its place
	finished bool
	origin   *assistant.Meta
	usage    *assistant.Usage
}

// A queued chunk waits for the text before it.
type queued struct {
	at int // offset of the text behind it
	assistant.Chunk
}

var errNoFinish = errors.New("stream ended without a finish reason")

// run hands on a whole stream.
func (f *flow) run(stream iter.Seq2[assistant.Chunk, error]) {
	for k, err := range stream {
		if err != nil {
			f.fail(err)
			return
		}
		if !f.add(k) || f.finished {
			return
		}
	}
	e := &assistant.Error{Kind: assistant.ErrTruncated, Delivered: f.begun || f.text.waiting() || f.thought.waiting(), Err: errNoFinish}
	if f.origin != nil {
		e.Vendor, e.RequestID = f.origin.Vendor, f.origin.RequestID
	}
	f.fail(e)
}

// fail ends the reply with an error, after what was held back: it is all there will be.
func (f *flow) fail(err error) {
	if f.fault != nil {
		stop, instead := f.fault(err)
		if stop != nil {
			f.stop(stop)
			return
		}
		err = instead
	}
	f.text.end()
	f.thought.end()
	if stop, checked := f.judge(); stop != nil || checked != nil {
		if checked == nil {
			f.stop(stop)
			return
		}
		err = errors.Join(checked, err)
	} else if !f.release(assistant.Chunk{}) {
		return
	}
	f.yield(assistant.Chunk{}, err)
}

// add takes one chunk, and reports whether more is wanted.
func (f *flow) add(k assistant.Chunk) bool {
	if !onlyText(&k) {
		return f.addWhole(k)
	}
	if k.Reasoning != "" {
		f.thought.write(k.Reasoning)
	}
	f.text.write(k.Text)
	if stop, err := f.judge(); stop != nil || err != nil {
		return f.end(stop, err)
	}
	if len(f.queue) > 0 {
		return f.release(assistant.Chunk{})
	}
	k.Text = f.text.take(f.text.read)
	if k.Reasoning = ""; f.thought.waiting() {
		k.Reasoning = f.thought.take(f.thought.read)
	}
	if k.Text == "" && k.Reasoning == "" {
		return true
	}
	f.begun = true
	return f.yield(k, nil)
}

// end ends the reply with an error or before its time.
func (f *flow) end(stop *ending, err error) bool {
	if err != nil {
		f.yield(assistant.Chunk{}, err)
		return false
	}
	return f.stop(stop)
}

// addWhole takes a chunk that holds more than text.
func (f *flow) addWhole(k assistant.Chunk) bool {
	if k.Usage != nil {
		f.usage = k.Usage
	}
	if k.Meta != nil {
		f.origin = k.Meta
	}
	text, thought := k.Text, k.Reasoning
	k.Text, k.Reasoning = "", ""
	f.thought.write(thought)
	f.text.write(text)
	if k.Finish != "" {
		if f.last != nil {
			if stop, ok := f.last(&k, f); ok {
				return f.stop(stop)
			}
		}
		f.text.end()
		f.thought.end()
	}
	stop, err := f.judge()
	if stop == nil && err == nil {
		stop, err = f.rest(&k)
	}
	if stop != nil || err != nil {
		return f.end(stop, err)
	}
	if k.Retract != nil {
		f.withdraw(&k)
	}
	f.finished = k.Finish != ""
	if m := f.amended(); k.Meta != nil || f.finished && m != f.origin {
		k.Meta = m
	}
	return f.release(k)
}

// judge asks for what was read so far.
func (f *flow) judge() (*ending, error) {
	if f.check == nil {
		return nil, nil
	}
	if stop, err := f.check(&f.thought, true); stop != nil || err != nil {
		return stop, err
	}
	return f.check(&f.text, false)
}

// release hands on what is settled, and k behind it.
func (f *flow) release(k assistant.Chunk) bool {
	thought := f.thought.take(f.thought.read)
	for len(f.queue) > 0 {
		q := f.queue[0]
		text := f.text.take(q.at)
		if f.text.base < q.at {
			return f.hand(assistant.Chunk{Text: text, Reasoning: thought}) && f.wait(k)
		}
		f.queue = f.queue[1:]
		q.Text, q.Reasoning = text, thought
		if thought = ""; !f.hand(q.Chunk) {
			return false
		}
	}
	text := f.text.take(f.text.read)
	if !onlyText(&k) && f.text.waiting() {
		return f.hand(assistant.Chunk{Text: text, Reasoning: thought}) && f.wait(k)
	}
	k.Text, k.Reasoning = text, thought
	return f.hand(k)
}

// wait puts a chunk behind the text that is held back.
func (f *flow) wait(k assistant.Chunk) bool {
	if !onlyText(&k) {
		f.queue = append(f.queue, queued{f.text.read, k})
	}
	return true
}

func (f *flow) hand(k assistant.Chunk) bool {
	if k.Text == "" && k.Reasoning == "" && onlyText(&k) {
		return true
	}
	f.begun = f.begun || k.Text != "" || k.Reasoning != "" || len(k.ToolCalls) > 0 || len(k.Parts) > 0
	return f.yield(k, nil)
}

// onlyText reports whether a chunk holds nothing but text and reasoning.
func onlyText(k *assistant.Chunk) bool {
	return k.ToolCalls == nil && k.Parts == nil && k.Retract == nil && k.Finish == "" && k.Usage == nil && k.Meta == nil
}

// withdraw forgets what is held back, because all of it is withdrawn.
func (f *flow) withdraw(k *assistant.Chunk) {
	for _, q := range slices.Backward(f.queue) {
		if k.Usage == nil {
			k.Usage = q.Usage
		}
		if k.Meta == nil {
			k.Meta = q.Meta
		}
	}
	f.replaced = k.Retract.Replacement != ""
	f.queue = nil
	f.text.forget()
	f.thought.forget()
}

// stop ends the reply: what was shown is withdrawn, and the answer takes its place.
func (f *flow) stop(why *ending) bool {
	f.finished = true
	f.yield(assistant.Chunk{
		Retract: &assistant.Retraction{Reason: why.reason, Replacement: why.answer, DropTurn: why.drop},
		Finish:  assistant.FinishRefusal,
		Usage:   f.usage,
		Meta:    f.amended(),
	}, nil)
	return false
}

// amended returns the origin of the reply as it is told.
func (f *flow) amended() *assistant.Meta {
	if f.meta == nil {
		return f.origin
	}
	return f.meta(f.origin)
}
