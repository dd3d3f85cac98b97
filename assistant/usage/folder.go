package usage

import (
	"context"
	"fmt"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// A Folder is a [Store] in a folder on disk, for one process, so that nobody's time begins anew with the process.
// What was counted outlives the death of the process at once, and that of the machine after a second. Close it.
type Folder struct {
	state *journal.State[counted]

	mu sync.Mutex // held while somebody's usage is read, changed and written
	of map[string]Usage
}

// OpenFolder opens the store in the folder dir, which it makes if need be.
func OpenFolder(ctx context.Context, dir string) (*Folder, error) {
	f := &Folder{of: make(map[string]Usage)}
	var err error
	f.state, err = journal.OpenState(ctx, dir, journal.Options{Sync: journal.SyncInterval}, journal.Kept[counted]{Apply: f.apply, All: f.all})
	if err != nil {
		return nil, fmt.Errorf("open usage: %w", err)
	}
	return f, nil
}

// counted is one record: the usage of a person, or nothing any more.
type counted struct {
	Person string `json:"person"`
	Usage  *Usage `json:"usage,omitzero"`
}

func (f *Folder) apply(c counted) (forgot bool) {
	if c.Usage == nil {
		delete(f.of, c.Person)
		return true
	}
	f.of[c.Person] = *c.Usage
	return false
}

func (f *Folder) all(yield func(counted) bool) {
	for person, u := range f.of {
		if !yield(counted{person, &u}) {
			return
		}
	}
}

// Update implements [Store].
func (f *Folder) Update(ctx context.Context, person string, change func(*Usage)) (Usage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	u := f.of[person]
	change(&u)
	if err := f.state.Change(ctx, counted{person, &u}); err != nil {
		return Usage{}, fmt.Errorf("keep usage: %w", err)
	}
	return u, nil
}

// Usage returns what is kept of a person, and false if that is nothing.
func (f *Folder) Usage(person string) (Usage, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	u, ok := f.of[person]
	return u, ok
}

// Forget removes what is kept of a person, from the files too.
func (f *Folder) Forget(ctx context.Context, person string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.state.Change(ctx, counted{Person: person}); err != nil {
		return fmt.Errorf("forget usage: %w", err)
	}
	return nil
}

// Close closes the folder.
func (f *Folder) Close() error { return f.state.Close() }
