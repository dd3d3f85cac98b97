package nats

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/zhushou-ai/zhushou/recommend/intake"
)

// idle is how long one request waits at the server for a message.
const idle = 2 * time.Second

// Source reads a stream, or a shard of it. It holds nothing but its settings; the server remembers how far it has come.
type Source struct {
	js     jetstream.JetStream
	config Config
}

var _ intake.Source = (*Source)(nil)

// NewSource returns a source on a stream that exists; see [CreateStream].
func NewSource(js jetstream.JetStream, config Config) (*Source, error) {
	if js == nil {
		return nil, errNoJetStream
	}
	c, err := config.withDefaults()
	return &Source{js, c}, err
}

// Batches implements [intake.Source]. A consumer that is new begins with the first message that the stream still has.
// What is yielded and not acknowledged goes back to the server at once.
func (s *Source) Batches(ctx context.Context, most int) iter.Seq2[intake.Batch, error] {
	return func(yield func(intake.Batch, error) bool) {
		r := &reader{source: s, most: max(1, most)}
		defer r.giveBack()
		for ctx.Err() == nil {
			ready, err := r.next(ctx)
			if err != nil && ctx.Err() == nil {
				if permanent(err) {
					yield(intake.Batch{}, fmt.Errorf("nats: read stream %s: %w", s.config.Stream, err))
					return
				}
				s.config.Failed(err)
				r.settled = false
				if sleep(ctx, pause) != nil {
					return
				}
			}
			if err != nil || !ready {
				continue
			}
			if !yield(r.batch(), nil) {
				return
			}
			r.giveBack()
		}
	}
}

// reader is one loop over a source.
type reader struct {
	source   *Source
	most     int
	consumer jetstream.Consumer
	held     []held // delivered and not acknowledged
	last     uint64 // number of the last delivery
	settled  bool   // all that was delivered before is held or acknowledged
}

// held is a message in hand.
type held struct {
	msg  jetstream.Msg
	meta *jetstream.MsgMetadata
}

// open makes or finds the consumer. That no more than a batch may be under way keeps the order: newer messages do not
// overtake those that have to be delivered again.
func (r *reader) open(ctx context.Context) error {
	if r.consumer != nil {
		return nil
	}
	c := &r.source.config
	name, filter := c.Consumer, c.Subject+".*"
	if c.Shard > 0 {
		name, filter = name+"-"+strconv.Itoa(c.Shard), c.subject(c.Shard)
	}
	consumer, err := r.source.js.CreateOrUpdateConsumer(ctx, c.Stream, jetstream.ConsumerConfig{
		Durable: name, FilterSubject: filter, AckPolicy: jetstream.AckExplicitPolicy, AckWait: c.AckWait,
		MaxAckPending: r.most, MaxDeliver: -1,
	})
	if err != nil {
		return err
	}
	r.consumer = consumer
	return nil
}

// next fetches what is there, or waits for a message. It reports whether what is held may be handed out.
func (r *reader) next(ctx context.Context) (ready bool, err error) {
	if err := r.open(ctx); err != nil {
		return false, err
	}
	if r.settled || len(r.held) < r.most {
		if err := r.fetch(ctx); err != nil {
			return false, err
		}
	}
	if !r.settled {
		if err := r.settle(ctx); err != nil || !r.settled {
			return false, err
		}
	}
	return len(r.held) > 0, nil
}

// fetch takes what the server has for us at once, or else the next message that comes.
func (r *reader) fetch(ctx context.Context) error {
	got, err := r.consumer.FetchNoWait(r.most)
	if err != nil {
		return err
	}
	n, err := r.hold(got)
	if n > 0 || err != nil {
		return err
	}
	wait := idle
	if !r.settled {
		wait = pause // then settle asks again what is missing
	}
	waiting, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	if got, err = r.consumer.Fetch(1, jetstream.FetchContext(waiting)); err != nil {
		return err
	}
	_, err = r.hold(got)
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil
	}
	return err
}

// hold takes in what was fetched.
func (r *reader) hold(got jetstream.MessageBatch) (n int, err error) {
	for msg := range got.Messages() {
		meta, err := msg.Metadata()
		if err != nil {
			return n, err
		}
		if meta.Sequence.Consumer != r.last+1 {
			r.settled = false // a delivery went missing
		}
		r.last = meta.Sequence.Consumer
		r.held = append(r.held, held{msg, meta})
		n++
	}
	return n, got.Error()
}

// settle finds out whether all that the server waits for is in hand.
func (r *reader) settle(ctx context.Context) error {
	info, err := r.consumer.Info(ctx)
	if err != nil {
		return err
	}
	// In the order of the stream; of two deliveries of a message the later one is acknowledged.
	slices.SortFunc(r.held, func(a, b held) int {
		return cmp.Or(cmp.Compare(a.meta.Sequence.Stream, b.meta.Sequence.Stream),
			cmp.Compare(b.meta.Sequence.Consumer, a.meta.Sequence.Consumer))
	})
	r.held = slices.CompactFunc(r.held, func(a, b held) bool { return a.meta.Sequence.Stream == b.meta.Sequence.Stream })
	r.settled = len(r.held) >= info.NumAckPending
	return nil
}

// batch makes a batch of what is held.
func (r *reader) batch() intake.Batch {
	b := intake.Batch{Ack: r.acknowledge}
	for _, h := range r.held {
		b.Messages = append(b.Messages, intake.Message{
			ID: h.msg.Headers().Get(jetstream.MsgIDHeader), Data: h.msg.Data(),
			Source: h.meta.Stream, Position: h.meta.Sequence.Stream, Time: h.meta.Timestamp,
		})
	}
	return b
}

// acknowledge tells the server that all that is held is dealt with. If that is lost the server delivers it again.
func (r *reader) acknowledge(context.Context) error {
	for _, h := range r.held {
		if err := h.msg.Ack(); err != nil {
			if permanent(err) {
				return err
			}
			r.source.config.Failed(err)
			r.settled = false
		}
	}
	r.held = r.held[:0]
	return nil
}

// giveBack has the server deliver again what was not acknowledged.
func (r *reader) giveBack() {
	if len(r.held) == 0 {
		return
	}
	for _, h := range r.held {
		_ = h.msg.Nak() // or AckWait does it
	}
	_ = r.source.js.Conn().FlushTimeout(pause)
	r.held, r.settled = nil, false
}
