package label

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// A Folder is a [Store] in a folder on disk, for one process. What it acknowledged is on disk. Close it.
type Folder struct {
	store *journal.Store

	mu     sync.RWMutex // held for writing while the log and the memory change together
	memory Memory
}

const section = "labels"

// OpenFolder opens the store in the folder dir, which it makes if need be.
func OpenFolder(ctx context.Context, dir string) (*Folder, error) {
	store, err := journal.OpenStore(ctx, dir, journal.Options{})
	if err != nil {
		return nil, fmt.Errorf("open the registry of labels: %w", err)
	}
	f := &Folder{store: store}
	if err := f.load(ctx); err != nil {
		return nil, fmt.Errorf("open the registry of labels in %s: %w", dir, errors.Join(err, store.Close()))
	}
	return f, nil
}

func (f *Folder) load(ctx context.Context) error {
	snapshot, release, err := f.store.Snapshot()
	switch {
	case errors.Is(err, journal.ErrNoSnapshot):
	case err != nil:
		return err
	default:
		defer release()
		if err := f.loadSnapshot(snapshot); err != nil {
			return err
		}
	}
	for r, err := range f.store.Replay(ctx) {
		if err != nil {
			return err
		}
		if err := f.apply(r.Data); err != nil {
			return fmt.Errorf("record %d: %w", r.Seq, err)
		}
	}
	return nil
}

func (f *Folder) loadSnapshot(snapshot *journal.Snapshot) error {
	s, err := snapshot.Section(section)
	if err != nil {
		return err
	}
	blobs, err := s.Blobs()
	if err != nil {
		return err
	}
	for i := range blobs.Len() {
		if err := f.apply(blobs.At(i)); err != nil {
			return fmt.Errorf("snapshot, record %d: %w", i+1, err)
		}
	}
	return nil
}

// A change is one record of the log: what was registered, or from before when grants were forgotten.
type change struct {
	Record
	Swept time.Time `json:"swept,omitzero"`
}

func (f *Folder) apply(b []byte) error {
	var c change
	if err := json.Unmarshal(b, &c); err != nil {
		return err
	}
	f.memory.put(c.Record)
	if !c.Swept.IsZero() {
		f.memory.sweep(c.Swept)
	}
	return nil
}

// compactAfter is how many records may follow a snapshot before a new one is made.
const compactAfter = 100_000

// Append implements [Store].
func (f *Folder) Append(ctx context.Context, records ...Record) error {
	payloads := make([][]byte, len(records))
	for i, r := range records {
		b, err := json.Marshal(change{Record: r})
		if err != nil {
			return err
		}
		payloads[i] = b
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := f.store.Append(context.WithoutCancel(ctx), payloads...); err != nil {
		return err
	}
	for _, r := range records {
		f.memory.put(r)
	}
	if f.store.Pending() < compactAfter {
		return nil
	}
	return f.compact(ctx)
}

// Entry implements [Store].
func (f *Folder) Entry(ctx context.Context, produceID string) (Entry, bool, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.memory.Entry(ctx, produceID)
}

// Content implements [Store].
func (f *Folder) Content(ctx context.Context, digest string) ([]Entry, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.memory.Content(ctx, digest)
}

// Grants implements [Store].
func (f *Folder) Grants(ctx context.Context, produceID string) ([]Grant, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.memory.Grants(ctx, produceID)
}

// Sweep implements [Store]. The files that hold what is forgotten are replaced before it returns.
func (f *Folder) Sweep(ctx context.Context, before time.Time) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	b, err := json.Marshal(change{Swept: before})
	if err != nil {
		return 0, err
	}
	if _, err := f.store.Append(context.WithoutCancel(ctx), b); err != nil {
		return 0, err
	}
	n := f.memory.sweep(before)
	if n == 0 {
		return 0, nil
	}
	if err := f.compact(ctx); err != nil {
		return n, fmt.Errorf("forgotten, but old files remain: %w", err)
	}
	return n, nil
}

// compact writes what holds now and drops the log. The caller holds mu.
func (f *Folder) compact(ctx context.Context) error {
	return f.store.Compact(ctx, f.store.Last(), func(w *journal.SnapshotWriter) error {
		w.Blobs(section, f.encoded())
		return w.Err()
	})
}

// encoded yields all records; entries by their numbers, which are sorted by time.
func (f *Folder) encoded() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		put := func(r Record) bool {
			b, err := json.Marshal(change{Record: r})
			if err != nil {
				panic(err) // strings and times that were written as JSON before
			}
			return yield(b)
		}
		for _, id := range slices.Sorted(maps.Keys(f.memory.entries)) {
			e := f.memory.entries[id]
			if !put(Record{Entry: &e}) {
				return
			}
		}
		for _, list := range f.memory.grants {
			for i := range list {
				if !put(Record{Grant: &list[i]}) {
					return
				}
			}
		}
	}
}

// Close closes the folder.
func (f *Folder) Close() error { return f.store.Close() }
