package journal

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"sync"
)

// A State keeps something small that lives in memory, such as a map, in a [Store]: as changes of type C in
// JSON, which make it again when they are applied in order. What it is made of is the caller's, who also
// guards it against being read while it changes. It is safe for concurrent use.
type State[C any] struct {
	store *Store
	kept  Kept[C]
	after uint64 // how many records may follow a snapshot before a new one is made

	compacting sync.RWMutex // held for reading by those who change, for writing while a snapshot is made

	mu      sync.Mutex
	turn    *sync.Cond // somebody has applied what was his to apply
	applied uint64     // the last record that was
	stale   bool       // the files hold what was forgotten
	due     uint64     // the record after which the next snapshot is made
	failed  error      // why the last one was not
}

// Kept is what a [State] keeps.
type Kept[C any] struct {
	// Apply makes a change, which was never made before. It reports whether something was forgotten that
	// must not stay in the files. Calls do not overlap.
	Apply func(C) (forgot bool)
	// All yields changes that make what there is from nothing. Nothing is applied meanwhile.
	All iter.Seq[C]
}

// OpenState opens the state in the folder dir as [OpenStore] does, and applies all that is in it. Where a
// crash came between a change that forgets and the new files without what was forgotten, these are made now.
func OpenState[C any](ctx context.Context, dir string, options Options, kept Kept[C]) (*State[C], error) {
	store, err := OpenStore(ctx, dir, options)
	if err != nil {
		return nil, err
	}
	s := &State[C]{store: store, kept: kept, after: cmp.Or(options.after, compactAfter)}
	s.turn = sync.NewCond(&s.mu)
	if err := s.load(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open state in %s: %w", dir, err), store.Close())
	}
	return s, nil
}

// compactAfter is how many records may follow a snapshot.
const compactAfter = 100_000

const changesSection = "changes"

func (s *State[C]) load(ctx context.Context) error {
	snapshot, release, err := s.store.Snapshot()
	switch {
	case err == nil:
		err = s.loadSnapshot(snapshot)
		release()
	case errors.Is(err, ErrNoSnapshot):
		err = nil
	}
	if err != nil {
		return err
	}
	for r, err := range s.store.Replay(ctx) {
		if err != nil {
			return err
		}
		if err := s.read(r.Data); err != nil {
			return fmt.Errorf("record %d: %w", r.Seq, err)
		}
	}
	s.applied = s.store.Last()
	s.due = s.applied - s.store.Pending() + s.after
	return s.tidy(ctx)
}

func (s *State[C]) loadSnapshot(snapshot *Snapshot) error {
	section, err := snapshot.Section(changesSection)
	if err != nil {
		return err
	}
	changes, err := section.Blobs()
	if err != nil {
		return err
	}
	for i := range changes.Len() {
		if err := s.read(changes.At(i)); err != nil {
			return fmt.Errorf("snapshot, change %d: %w", i+1, err)
		}
	}
	return nil
}

func (s *State[C]) read(data []byte) error {
	var c C
	if err := json.Unmarshal(data, &c); err != nil {
		return err
	}
	s.stale = s.kept.Apply(c) || s.stale
	return nil
}

// Change makes changes, all or none, next to each other, and returns when they are on disk and applied;
// everybody who waits shares one sync. If they forget something, the files that held it are replaced
// before it returns: an error of that alone matches [ErrStale], and the next change or opening tries again.
//
// If ctx has ended, none is made. A context that ends later only ends the making of new files.
func (s *State[C]) Change(ctx context.Context, changes ...C) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("change state: %w", err)
	}
	records := make([][]byte, len(changes))
	for i := range changes {
		b, err := json.Marshal(changes[i])
		if err != nil {
			return fmt.Errorf("change state: %w", err)
		}
		records[i] = b
	}
	if err := s.change(context.WithoutCancel(ctx), records, changes); err != nil {
		return fmt.Errorf("change state: %w", err)
	}
	return s.tidy(ctx)
}

func (s *State[C]) change(ctx context.Context, records [][]byte, changes []C) error {
	s.compacting.RLock()
	defer s.compacting.RUnlock()
	last, err := s.store.Append(ctx, records...)
	if err != nil || len(changes) == 0 {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.applied != last-uint64(len(changes)) { // what is before it in the log comes before it here
		s.turn.Wait()
	}
	s.applied = last
	defer s.turn.Broadcast()
	for _, c := range changes {
		s.stale = s.kept.Apply(c) || s.stale
	}
	return nil
}

// tidy makes new files if they hold what was forgotten, or if the log has become long. That it cannot is an
// error only if something was forgotten; otherwise [State.Close] says so.
func (s *State[C]) tidy(ctx context.Context) error {
	if !s.untidy() {
		return nil
	}
	s.compacting.Lock()
	defer s.compacting.Unlock()
	if !s.untidy() { // somebody else has
		return nil
	}
	var invalid error
	err := s.store.Compact(ctx, s.applied, func(w *SnapshotWriter) error {
		w.Blobs(changesSection, func(yield func([]byte) bool) {
			for c := range s.kept.All {
				b, err := json.Marshal(c)
				if err != nil || !yield(b) {
					invalid = err
					return
				}
			}
		})
		return errors.Join(invalid, w.Err())
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed, s.due = err, s.applied+s.after
	if err == nil {
		s.stale = false
	}
	if err != nil && s.stale {
		return fmt.Errorf("%w: %w", ErrStale, err)
	}
	return nil
}

func (s *State[C]) untidy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stale || s.applied >= s.due
}

// Close closes the store. An error of the last snapshot that could not be made is told here.
func (s *State[C]) Close() error {
	s.mu.Lock()
	failed := s.failed
	s.failed = nil
	s.mu.Unlock()
	return errors.Join(failed, s.store.Close())
}
