package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
)

// OnceRecorder is a [recommend.Recorder] that itself sees to it that no event counts twice, across restarts too.
type OnceRecorder interface {
	recommend.Recorder
	// RecordOnce records those of the entries that it has not recorded yet, and remembers that together with what it
	// learns: after an error, or the end of the process at any point, it has done both for an entry or neither.
	RecordOnce(ctx context.Context, entries ...Entry) error
}

// Letter is a message that cannot be recorded, and why.
type Letter struct {
	Message Message
	Reason  error // wraps [ErrForm] or [recommend.ErrInvalid]
}

// Options of [Consume]. The zero value is ready, but for DeadLetter.
type Options struct {
	// Batch is how many messages are recorded in one go, at most. Zero means 1000.
	Batch int
	// Window is how many ids of recorded events are remembered, about 100 bytes each. Zero means 100,000, a negative
	// number none.
	Window int
	// DeadLetter takes what cannot be recorded, to keep it for somebody to look at. The message is acknowledged after it
	// returned nil, so it may come again; an error ends Consume. If nil, the first such message ends Consume.
	DeadLetter func(ctx context.Context, l Letter) error
	// Retries is how often a recorder that failed is tried again before Consume ends, with pauses from MinPause, doubling,
	// to MaxPause. Zero means until ctx ends; a negative number never. Zero pauses mean 100 ms and 10 s.
	Retries            int
	MinPause, MaxPause time.Duration
	// Failed is told of every failure that is followed by another try. It may be nil.
	Failed func(err error)
	// Progress is called after every batch, with the sums so far. It may be nil.
	Progress func(Stats)
}

func (o Options) withDefaults() Options {
	if o.Batch <= 0 {
		o.Batch = 1000
	}
	if o.Window == 0 {
		o.Window = 100_000
	}
	if o.MinPause <= 0 {
		o.MinPause = 100 * time.Millisecond
	}
	if o.MaxPause <= 0 {
		o.MaxPause = 10 * time.Second
	}
	if o.Failed == nil {
		o.Failed = func(error) {}
	}
	if o.Progress == nil {
		o.Progress = func(Stats) {}
	}
	return o
}

// Stats counts messages.
type Stats struct {
	Recorded  int // handed to the recorder; a [OnceRecorder] may have known some
	Duplicate int // known by their ids
	Dead      int // handed to DeadLetter
}

// Consume records what a source yields until ctx or the source ends; see the package comment for what it promises. It
// returns what it did, and an error unless the source came to its end. Run one for each source: several at the same
// source mix up the order.
func Consume(ctx context.Context, from Source, to recommend.Recorder, options Options) (Stats, error) {
	c := &consumer{to: to, options: options.withDefaults()}
	c.window = newWindow(c.options.Window)
	for batch, err := range from.Batches(ctx, c.options.Batch) {
		if err == nil {
			err = c.take(ctx, batch)
		}
		if err != nil {
			return c.stats, fmt.Errorf("intake: consume: %w", err)
		}
		c.options.Progress(c.stats)
	}
	if err := ctx.Err(); err != nil {
		return c.stats, fmt.Errorf("intake: consume: %w", err)
	}
	return c.stats, nil
}

type consumer struct {
	to      recommend.Recorder
	options Options
	window  *window
	stats   Stats
}

// take deals with a batch and acknowledges it.
func (c *consumer) take(ctx context.Context, batch Batch) error {
	var entries []Entry
	messages := map[string]Message{} // by id
	for _, m := range batch.Messages {
		e, err := Decode(m)
		if err != nil {
			if err := c.bury(ctx, m, err); err != nil {
				return err
			}
			continue
		}
		if _, twice := messages[e.ID]; twice || c.window.has(e.ID) {
			c.stats.Duplicate++
			continue
		}
		messages[e.ID] = m
		entries = append(entries, e)
	}
	err := c.persist(ctx, entries)
	if errors.Is(err, recommend.ErrInvalid) && len(entries) > 1 {
		// The recorder is more particular than Validate: find out about which.
		for _, e := range entries {
			if err = c.persist(ctx, []Entry{e}); errors.Is(err, recommend.ErrInvalid) {
				err = c.bury(ctx, messages[e.ID], err)
			}
			if err != nil {
				return err
			}
		}
	} else if errors.Is(err, recommend.ErrInvalid) {
		err = c.bury(ctx, messages[entries[0].ID], err)
	}
	if err != nil {
		return err
	}
	if err := batch.Ack(ctx); err != nil {
		return fmt.Errorf("acknowledge: %w", err)
	}
	return nil
}

// persist records entries, again and again if need be, but for those that are invalid.
func (c *consumer) persist(ctx context.Context, entries []Entry) error {
	if len(entries) == 0 {
		return ctx.Err()
	}
	pause := c.options.MinPause
	for try := 0; ; try++ {
		err := c.record(ctx, entries)
		if err == nil {
			c.stats.Recorded += len(entries)
			for _, e := range entries {
				c.window.add(e.ID)
			}
			return nil
		}
		if errors.Is(err, recommend.ErrInvalid) {
			return err
		}
		if ctx.Err() != nil || c.options.Retries < 0 || c.options.Retries > 0 && try >= c.options.Retries {
			return fmt.Errorf("record %d events, try %d: %w", len(entries), try+1, err)
		}
		c.options.Failed(err)
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		pause = min(2*pause, c.options.MaxPause)
	}
}

func (c *consumer) record(ctx context.Context, entries []Entry) error {
	if once, ok := c.to.(OnceRecorder); ok {
		return once.RecordOnce(ctx, entries...)
	}
	events := make([]recommend.Event, len(entries))
	for i, e := range entries {
		events[i] = e.Event
	}
	return c.to.Record(ctx, events...)
}

// bury hands a message to the dead-letter function.
func (c *consumer) bury(ctx context.Context, m Message, reason error) error {
	if c.options.DeadLetter == nil {
		return fmt.Errorf("message %d of %s (set DeadLetter to go on): %w", m.Position, m.Source, reason)
	}
	if err := c.options.DeadLetter(ctx, Letter{m, reason}); err != nil {
		return fmt.Errorf("dead letter %d of %s: %w", m.Position, m.Source, err)
	}
	c.stats.Dead++
	return nil
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
