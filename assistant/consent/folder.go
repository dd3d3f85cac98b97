package consent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// A Folder is a [Store] in a folder on disk, for one process. What it acknowledged is on disk. Close it.
type Folder struct {
	store *journal.Store

	mu     sync.RWMutex // held for writing while the log and the memory change together
	memory Memory
}

// OpenFolder opens the store in the folder dir, which it makes if need be.
func OpenFolder(ctx context.Context, dir string) (*Folder, error) {
	store, err := journal.OpenStore(ctx, dir, journal.Options{})
	if err != nil {
		return nil, fmt.Errorf("open consents: %w", err)
	}
	f := &Folder{store: store}
	if err := f.load(ctx); err != nil {
		return nil, fmt.Errorf("open consents in %s: %w", dir, errors.Join(err, store.Close()))
	}
	return f, nil
}

const section = "consents"

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

// change is what one record of the log says: what was said, or who was erased.
type change struct {
	Said   *Record `json:"said,omitzero"`
	Erased string  `json:"erased,omitzero"`
}

func (f *Folder) apply(b []byte) error {
	var c change
	if err := json.Unmarshal(b, &c); err != nil {
		return err
	}
	if c.Said != nil {
		f.memory.put(*c.Said)
	}
	if c.Erased != "" {
		delete(f.memory.last, c.Erased)
	}
	return nil
}

// compactAfter is how many records may follow a snapshot before a new one is made.
const compactAfter = 100_000

// Append implements [Store].
func (f *Folder) Append(ctx context.Context, records ...Record) error {
	payloads := make([][]byte, len(records))
	for i := range records {
		b, err := json.Marshal(change{Said: &records[i]})
		if err != nil {
			return fmt.Errorf("keep consent: %w", err)
		}
		payloads[i] = b
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := f.store.Append(context.WithoutCancel(ctx), payloads...); err != nil {
		return fmt.Errorf("keep consent: %w", err)
	}
	for _, r := range records {
		f.memory.put(r)
	}
	if f.store.Pending() < compactAfter {
		return nil
	}
	return f.compact(ctx)
}

// Last implements [Store].
func (f *Folder) Last(ctx context.Context, subject string) ([]Record, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.memory.Last(ctx, subject)
}

// Erase implements [Store]. The files that hold what the subject said are replaced before it returns.
func (f *Folder) Erase(ctx context.Context, subject string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.memory.last[subject]; !ok {
		return nil
	}
	b, err := json.Marshal(change{Erased: subject})
	if err != nil {
		return fmt.Errorf("erase consents: %w", err)
	}
	if _, err := f.store.Append(ctx, b); err != nil {
		return fmt.Errorf("erase consents: %w", err)
	}
	delete(f.memory.last, subject)
	if err := f.compact(ctx); err != nil {
		return fmt.Errorf("erase consents: forgotten, but old files remain: %w", err)
	}
	return nil
}

// compact writes what holds now and drops the log. The caller holds mu.
func (f *Folder) compact(ctx context.Context) error {
	return f.store.Compact(ctx, f.store.Last(), func(w *journal.SnapshotWriter) error {
		w.Blobs(section, f.encoded())
		return w.Err()
	})
}

func (f *Folder) encoded() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, records := range f.memory.last {
			for i := range records {
				b, err := json.Marshal(change{Said: &records[i]})
				if err != nil {
					panic(err) // strings, bools and times that were read or written as JSON before
				}
				if !yield(b) {
					return
				}
			}
		}
	}
}

// Close closes the folder.
func (f *Folder) Close() error { return f.store.Close() }
