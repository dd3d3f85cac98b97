package intake

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
)

// Message is an event on its way.
type Message struct {
	ID   string // by which a stream may drop what it took already
	Key  string // messages with the same key keep their order
	Data []byte // its JSON form
	// Source, Position and Time are set by a [Source]: the part of a stream that the message is from, where it stands
	// there, rising from message to message, and when the stream took it.
	Source   string
	Position uint64
	Time     time.Time
}

// Publisher is the near end of a stream.
type Publisher interface {
	// Publish returns once the stream has taken all messages, in their order and to keep. After an error it may have
	// taken some; publishing all again does no harm.
	Publish(ctx context.Context, messages ...Message) error
}

// Source is the far end of a stream.
type Source interface {
	// Batches yields what the stream has, oldest first, at most so many messages at a time, and waits where there is
	// none. The next batch is fetched when the loop comes back for it. What was not acknowledged by then, or by the end
	// of the loop, is delivered again, now or to the next loop, before anything newer with the same key.
	//
	// It goes on while the stream is out of reach, and ends with ctx, with the stream if that has an end, or with one
	// error that waiting will not mend.
	Batches(ctx context.Context, most int) iter.Seq2[Batch, error]
}

// Batch is some messages, never none.
type Batch struct {
	Messages []Message
	// Ack says that all are dealt with. If that gets lost on the way they are delivered again; an error is one that the
	// source does not get over.
	Ack func(ctx context.Context) error
}

// Publish puts events into a stream, in their order. Each gets the present time if it has none, and an id made from what
// it says: to publish an event again after an error and have it count once, set its time. If one is malformed nothing is
// published, and the error names it and wraps [recommend.ErrInvalid].
func Publish(ctx context.Context, to Publisher, events ...recommend.Event) error {
	entries := make([]Entry, len(events))
	for i, e := range events {
		entries[i].Event = e
	}
	return PublishEntries(ctx, to, entries...)
}

// PublishEntries is [Publish] for events that have ids.
func PublishEntries(ctx context.Context, to Publisher, entries ...Entry) error {
	messages := make([]Message, len(entries))
	for i, e := range entries {
		var err error
		if messages[i], err = Encode(e); err != nil {
			return fmt.Errorf("intake: publish event %d: %w", i, err)
		}
	}
	if len(messages) == 0 {
		return nil
	}
	if err := to.Publish(ctx, messages...); err != nil {
		return fmt.Errorf("intake: publish: %w", err)
	}
	return nil
}

// Stream is a [recommend.Recorder] that publishes what it is to record.
type Stream struct{ To Publisher }

var _ recommend.Recorder = Stream{}

// Record implements [recommend.Recorder] by [Publish].
func (s Stream) Record(ctx context.Context, events ...recommend.Event) error {
	return Publish(ctx, s.To, events...)
}
