package nats

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/zhushou-ai/zhushou/recommend/intake"
)

const (
	wave    = 1000            // messages that wait for the server's word at a time
	ackWait = 5 * time.Second // for that word
	pause   = 100 * time.Millisecond
)

// Publisher puts messages into a stream. It is safe for concurrent use.
type Publisher struct {
	js     jetstream.JetStream
	config Config
}

var _ intake.Publisher = (*Publisher)(nil)

// NewPublisher returns a publisher on a stream that exists; see [CreateStream].
func NewPublisher(js jetstream.JetStream, config Config) (*Publisher, error) {
	if js == nil {
		return nil, errNoJetStream
	}
	c, err := config.withDefaults()
	return &Publisher{js, c}, err
}

// Publish implements [intake.Publisher]. It waits until the server has written all messages, and tries again while the
// server is away, until ctx ends. The server drops what it already has by id, if that came within the last two minutes.
// While it fails and is tried again, messages may change places.
func (p *Publisher) Publish(ctx context.Context, messages ...intake.Message) error {
	for len(messages) > 0 {
		n := min(wave, len(messages))
		for {
			err := p.wave(ctx, messages[:n])
			if err == nil {
				break
			}
			if ctx.Err() != nil || permanent(err) {
				return fmt.Errorf("nats: publish to stream %s: %w", p.config.Stream, err)
			}
			p.config.Failed(err)
			if err := sleep(ctx, pause); err != nil {
				return fmt.Errorf("nats: publish to stream %s: %w", p.config.Stream, err)
			}
		}
		messages = messages[n:]
	}
	return nil
}

// wave publishes some messages and waits for all replies.
func (p *Publisher) wave(ctx context.Context, messages []intake.Message) error {
	ctx, cancel := context.WithTimeout(ctx, ackWait)
	defer cancel()
	replies := make([]jetstream.PubAckFuture, 0, len(messages))
	for _, m := range messages {
		h := fnv.New32a()
		_, _ = h.Write([]byte(m.Key))
		msg := nats.NewMsg(p.config.subject(1 + int(h.Sum32()%uint32(p.config.Shards))))
		msg.Data = m.Data
		reply, err := p.js.PublishMsgAsync(msg, jetstream.WithMsgID(m.ID),
			jetstream.WithExpectStream(p.config.Stream), jetstream.WithRetryAttempts(0))
		if err != nil {
			return err
		}
		replies = append(replies, reply)
	}
	for _, r := range replies {
		select {
		case <-r.Ok():
		case err := <-r.Err():
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// permanent reports whether waiting will not mend an error.
func permanent(err error) bool {
	for _, e := range []error{
		nats.ErrConnectionClosed, nats.ErrAuthorization, nats.ErrPermissionViolation, nats.ErrMaxPayload, nats.ErrBadSubject,
		jetstream.ErrStreamNotFound, jetstream.ErrConsumerNotFound, jetstream.ErrConsumerDeleted, jetstream.ErrBadRequest,
		jetstream.ErrJetStreamNotEnabled, jetstream.ErrJetStreamNotEnabledForAccount,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// sleep waits, but not longer than ctx lives.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
