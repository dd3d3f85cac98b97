package route

import (
	"context"
	"iter"
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

// races reports whether a cloud is asked beside the device if that is slow to begin: only where the
// device would call tools that read, so that never both act.
func (c *call) races(d decision) bool {
	if c.p.race.Duration <= 0 || c.judgement.Verdict != Act || len(d.may) == 0 || len(d.may[0].asks) > 0 {
		return false
	}
	for _, called := range c.judgement.Calls {
		if s := c.conv.tool(called.Name); s == nil || !s.ReadOnly {
			return false
		}
	}
	return len(c.judgement.Calls) > 0
}

// race has the device answer, and the best cloud too if the device takes long; whoever begins first
// answers, and the other one is cancelled.
func (c *call) race(w *writer, d decision) error {
	m := d.may[0]
	o := c.outgoing(m.tier)
	o.req.Tools = slices.DeleteFunc(slices.Clone(o.req.Tools), func(s *assistant.ToolSpec) bool {
		if !s.ReadOnly {
			delete(o.offered, s.Name)
		}
		return !s.ReadOnly
	})
	device := racer(func(ctx context.Context, w *writer) error {
		return c.stream(ctx, w, c.r.device, c.heard(), c.origin(d, Device, c.r.device.Name), nil)
	})
	d.action = ToCloud
	cloud := racer(func(ctx context.Context, w *writer) error {
		if err := c.record(d, m.Place, m.Name, o, ""); err != nil {
			return err
		}
		w.notes = o.dropped
		return c.stream(ctx, w, m.tier, o.req, c.origin(d, m.Place, m.Name), o)
	})
	both := middleware.Hedge{To: cloud, Delay: c.p.race.Duration, Share: 1}.Wrap(device)
	for k, err := range both.Stream(c.ctx, c.req) {
		if err != nil {
			return err
		}
		w.begun = true
		if !w.yield(k, nil) {
			return errStopped
		}
	}
	return nil
}

// A racer is a model that writes its answer with a writer of its own.
type racer func(ctx context.Context, w *writer) error

// Stream implements [assistant.Model].
func (f racer) Stream(ctx context.Context, _ *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		if err := f(ctx, &writer{yield: yield}); err != nil && err != errStopped {
			yield(assistant.Chunk{}, err)
		}
	}
}
