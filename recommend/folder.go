package recommend

import (
	"context"
	"errors"
	"fmt"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// Open returns the engine that is kept in the folder dir, or a new one if the folder is empty or missing.
// From then on every change is in the folder's log when the call that made it returns, as safe as
// [Config.Storage] says: on disk, unless it says otherwise. Nothing acknowledged is lost when the process
// or the machine stops at any moment. No other process can open the folder until [Engine.Close].
//
// The catalogue, the histories, what users chose and the settings of the last [Engine.Learn] are kept as they
// change, and what was learned as of the last [Engine.Compact]; Config and Event.Context are not. What was
// learned is read in place when the first query asks for it, and histories when they are needed, so that
// opening takes little time; the log since the last Compact is replayed, at some hundred thousand events a
// second. Where what was learned is damaged or of another version nothing else is lost: the engine answers
// as one that has not learned, [Engine.Learned] says why, and Learn (with Reuse it takes little time) puts
// it right.
//
// A folder that is damaged is an error that wraps [ErrCorrupt] and says where; one that a later
// version wrote is an error too. Nothing is changed then.
func Open(ctx context.Context, dir string, config Config) (*Engine, error) {
	e := New(config)
	e.compacting = make(chan struct{}, 1)
	store, err := journal.OpenStore(ctx, dir, config.Storage.options())
	if err != nil {
		return nil, fmt.Errorf("recommend: open: %w", err)
	}
	e.store = store
	if err := e.restore(ctx); err != nil {
		return nil, fmt.Errorf("recommend: open %s: %w", dir, errors.Join(err, e.Close()))
	}
	return e, nil
}

// restore brings back what the folder holds.
func (e *Engine) restore(ctx context.Context) error {
	snapshot, release, err := e.store.Snapshot()
	switch {
	case err == nil:
		e.mapped = release
		if err := e.load(ctx, snapshot); err != nil {
			return err
		}
	case !errors.Is(err, journal.ErrNoSnapshot):
		return err
	}
	for record, err := range e.store.Replay(ctx) {
		if err != nil {
			return err
		}
		if err := e.replay(record.Data); err != nil {
			return fmt.Errorf("record %d: %w", record.Seq, err)
		}
	}
	if e.tainted { // it ended before it had learned without who was forgotten
		e.adopt(nil)
	}
	return nil
}

// Compact writes all that an engine in a folder holds to a new snapshot and drops the log and the snapshot
// before it, so that opening is fast and files are no larger than they need be. Queries go on beside it;
// changes wait while the state is copied, not while it is written. Whenever it is interrupted, the folder
// is what it was or what it is to become. For an engine in memory it does nothing.
func (e *Engine) Compact(ctx context.Context) error {
	if e.store == nil {
		return nil
	}
	select {
	case e.compacting <- struct{}{}:
		defer func() { <-e.compacting }()
	case <-ctx.Done():
		return fmt.Errorf("recommend: compact: %w", ctx.Err())
	}
	e.mu.RLock()
	e.model.ready() // it lies in the snapshot that is about to be replaced
	e.mu.RUnlock()
	e.order.Lock() // so that the state is that of the log
	if e.closed {
		e.order.Unlock()
		return ErrClosed
	}
	seq := e.store.Last()
	e.mu.RLock()
	c, err := e.capture()
	e.mu.RUnlock()
	e.order.Unlock()
	if err == nil {
		err = e.store.Compact(ctx, seq, c.write)
	}
	if err != nil {
		return fmt.Errorf("recommend: compact: %w", err)
	}
	return nil
}

// Close writes what is still to be written and releases the folder; calls that run are waited for. An
// engine in memory just forgets everything. More calls do nothing.
func (e *Engine) Close() error {
	if e.store != nil {
		e.compacting <- struct{}{} // what is written may lie in the mapping
		defer func() { <-e.compacting }()
	}
	e.order.Lock()
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		e.order.Unlock()
		return nil
	}
	e.closed = true
	e.catalogue, e.graph, e.trends = newCatalogue(e.config), newGraph(e.config, stored{}), nil // nothing reads the mapping any more
	e.choices, e.meaning, e.settings = map[string]*choices{}, newMeaning(e.config.Embedder), nil
	e.adopt(nil)
	e.mu.Unlock()
	e.order.Unlock()
	if e.mapped != nil {
		e.mapped()
	}
	if e.store == nil {
		return nil
	}
	if err := e.store.Close(); err != nil {
		return fmt.Errorf("recommend: close: %w", err)
	}
	return nil
}
