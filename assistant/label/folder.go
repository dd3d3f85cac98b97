package label

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// A Folder is a [Store] in a folder on disk, for one process. What it acknowledged is on disk. Close it.
type Folder struct {
	state  *journal.State[change]
	memory Memory
}

// OpenFolder opens the store in the folder dir, which it makes if need be.
func OpenFolder(ctx context.Context, dir string) (*Folder, error) {
	f := new(Folder)
	var err error
	f.state, err = journal.OpenState(ctx, dir, journal.Options{}, journal.Kept[change]{Apply: f.memory.apply, All: f.memory.all})
	if err != nil {
		return nil, fmt.Errorf("open the registry of labels: %w", err)
	}
	return f, nil
}

// A change is one record of the log: what was registered, or from before when grants were forgotten.
type change struct {
	Record
	Swept time.Time `json:"swept,omitzero"`
	count *int      // if not nil, becomes how many that were
}

func (m *Memory) apply(c change) (forgot bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(c.Record)
	if c.Swept.IsZero() {
		return false
	}
	n := m.sweep(c.Swept)
	if c.count != nil {
		*c.count = n
	}
	return n > 0
}

// all yields the changes that make the memory again, which nobody changes meanwhile: entries by their
// numbers, which are sorted by time.
func (m *Memory) all(yield func(change) bool) {
	for _, id := range slices.Sorted(maps.Keys(m.entries)) {
		e := m.entries[id]
		if !yield(change{Record: Record{Entry: &e}}) {
			return
		}
	}
	for _, list := range m.grants {
		for i := range list {
			if !yield(change{Record: Record{Grant: &list[i]}}) {
				return
			}
		}
	}
}

// Append implements [Store].
func (f *Folder) Append(ctx context.Context, records ...Record) error {
	changes := make([]change, len(records))
	for i, r := range records {
		changes[i].Record = r
	}
	return f.state.Change(ctx, changes...)
}

// Entry implements [Store].
func (f *Folder) Entry(ctx context.Context, produceID string) (Entry, bool, error) {
	return f.memory.Entry(ctx, produceID)
}

// Content implements [Store].
func (f *Folder) Content(ctx context.Context, digest string) ([]Entry, error) {
	return f.memory.Content(ctx, digest)
}

// Grants implements [Store].
func (f *Folder) Grants(ctx context.Context, produceID string) ([]Grant, error) {
	return f.memory.Grants(ctx, produceID)
}

// Sweep implements [Store]. The files that hold what is forgotten are replaced before it returns.
func (f *Folder) Sweep(ctx context.Context, before time.Time) (n int, err error) {
	err = f.state.Change(ctx, change{Swept: before, count: &n})
	return n, err
}

// Close closes the folder.
func (f *Folder) Close() error { return f.state.Close() }
