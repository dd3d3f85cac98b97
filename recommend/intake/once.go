package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
)

// Rememberer is a [recommend.Recorder] that tells what it holds of a user, as a [recommend.Engine] does: Export returns
// JSON of a [recommend.Held].
type Rememberer interface {
	recommend.Recorder
	Export(ctx context.Context, user string) ([]byte, error)
}

// Once returns a [OnceRecorder] that has the histories that r holds for its memory: it records an event unless the user's
// history has it. Histories and events are the same data, so there is nothing that could get lost between them, and a
// stream may be replayed to an engine, in memory or in a folder, as often as one likes.
//
// Two events are the same if one user did one thing to one item in the same second, with the same weight. Their ids do not
// matter.
//
// History is how many items r remembers of a user, [recommend.Config.History]; zero means the engine's default. Of somebody
// of whom it holds that many events, some may have dropped out, and what is older than the newest one is not recorded.
//
// Whoever was forgotten comes back when the stream is replayed from before that: forget them again, or have the stream do
// so. Only calls of one OnceRecorder exclude each other: make one for an engine.
func Once(r Rememberer, history int) OnceRecorder {
	if history <= 0 {
		history = 1000
	}
	return &once{Rememberer: r, history: history}
}

type once struct {
	Rememberer
	history int
	mu      sync.Mutex // held between looking and recording
}

// deed is what makes an event another one in the history of a user.
type deed struct {
	item   string
	kind   recommend.Kind
	weight float32
	second int64
}

func deedOf(e *recommend.Event) deed {
	return deed{e.Item, cmp.Or(e.Kind, recommend.View), float32(e.Weight), e.Time.Unix()}
}

// known are the deeds of a user.
type known struct {
	deeds  map[deed]bool
	full   bool
	newest int64
}

// RecordOnce implements [OnceRecorder].
func (o *once) RecordOnce(ctx context.Context, entries ...Entry) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	users := map[string]*known{}
	var fresh []recommend.Event
	now := time.Now()
	for _, e := range entries {
		event := e.Event
		if event.Time.IsZero() {
			event.Time = now
		}
		k := users[event.User]
		if k == nil {
			var err error
			if k, err = o.known(ctx, event.User); err != nil {
				return err
			}
			users[event.User] = k
		}
		d := deedOf(&event)
		if k.deeds[d] || k.full && d.second < k.newest {
			continue
		}
		k.add(d, o.history)
		fresh = append(fresh, event)
	}
	if len(fresh) == 0 {
		return ctx.Err()
	}
	return o.Record(ctx, fresh...)
}

func (o *once) known(ctx context.Context, user string) (*known, error) {
	text, err := o.Export(ctx, user)
	if err != nil {
		return nil, fmt.Errorf("intake: what is known of a user: %w", err)
	}
	var held recommend.Held
	if err := json.Unmarshal(text, &held); err != nil {
		return nil, fmt.Errorf("intake: what is known of a user: %w", err)
	}
	k := &known{deeds: make(map[deed]bool, len(held.Events))}
	for i := range held.Events {
		k.add(deedOf(&held.Events[i]), o.history)
	}
	return k, nil
}

func (k *known) add(d deed, history int) {
	k.deeds[d] = true
	k.full = k.full || len(k.deeds) >= history
	k.newest = max(k.newest, d.second)
}
