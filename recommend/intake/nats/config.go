package nats

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Config says which stream, and how. The zero value is ready; publishers and sources of a stream must agree on Stream,
// Subject and Shards.
type Config struct {
	Stream  string // name of the stream; zero means "EVENTS"
	Subject string // events go to the subjects Subject.1 to Subject.Shards; zero means "recommend.events"
	Shards  int    // zero means 1; at most 1000

	// Replicas, MaxAge and MaxBytes are for [CreateStream]: on how many servers a message is kept, for how long, and how
	// much of them. Zero means on one, for ever, and without bound.
	Replicas int
	MaxAge   time.Duration
	MaxBytes int64

	// Shard is which part of the events a source reads. Zero means all.
	Shard int
	// Consumer is the name under which the server remembers how far a source has come; sources that feed different
	// recorders need different ones. Zero means "recommend". The number of a Shard is added.
	Consumer string
	// AckWait is after what time the server delivers again what was not acknowledged. Zero means 30 seconds. It is how
	// long a source may wait after its predecessor was killed in the middle of a batch.
	AckWait time.Duration
	// Failed is told of every failure that a source or a publisher goes on from. It may be nil.
	Failed func(err error)
}

const maxShards = 1000

func (c Config) withDefaults() (Config, error) {
	if c.Stream == "" {
		c.Stream = "EVENTS"
	}
	if c.Subject == "" {
		c.Subject = "recommend.events"
	}
	if c.Shards == 0 {
		c.Shards = 1
	}
	if c.Consumer == "" {
		c.Consumer = "recommend"
	}
	if c.AckWait <= 0 {
		c.AckWait = 30 * time.Second
	}
	if c.Failed == nil {
		c.Failed = func(error) {}
	}
	if c.Shards < 0 || c.Shards > maxShards || c.Shard < 0 || c.Shard > c.Shards {
		return c, fmt.Errorf("nats: shard %d of %d: give 1 to %d shards, and one of them or 0 for all", c.Shard, c.Shards, maxShards)
	}
	if strings.ContainsAny(c.Subject, "*> \t\r\n") {
		return c, fmt.Errorf("nats: subject %q: give one without wildcards and spaces", c.Subject)
	}
	return c, nil
}

// subject returns where the events of a shard go.
func (c *Config) subject(shard int) string { return c.Subject + "." + strconv.Itoa(shard) }

// CreateStream creates the stream, on disk, or brings it up to date with config.
func CreateStream(ctx context.Context, js jetstream.JetStream, config Config) error {
	c, err := config.withDefaults()
	if err != nil {
		return err
	}
	_, err = js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: c.Stream, Subjects: []string{c.Subject + ".*"}, Storage: jetstream.FileStorage,
		Replicas: max(1, c.Replicas), MaxAge: c.MaxAge, MaxBytes: cmp.Or(c.MaxBytes, -1),
	})
	if err != nil {
		return fmt.Errorf("nats: create stream %s: %w", c.Stream, err)
	}
	return nil
}

var errNoJetStream = errors.New("nats: no JetStream: give jetstream.New(conn)")
