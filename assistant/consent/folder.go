package consent

import (
	"context"
	"fmt"

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
		return nil, fmt.Errorf("open consents: %w", err)
	}
	return f, nil
}

// change is what one record of the log says: what was said, or who was erased.
type change struct {
	Said   *Record `json:"said,omitzero"`
	Erased string  `json:"erased,omitzero"`
}

func (m *Memory) apply(c change) (forgot bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.Said != nil {
		m.put(*c.Said)
	}
	delete(m.last, c.Erased)
	return c.Erased != ""
}

// all yields the changes that make the memory again, which nobody changes meanwhile.
func (m *Memory) all(yield func(change) bool) {
	for _, records := range m.last {
		for i := range records {
			if !yield(change{Said: &records[i]}) {
				return
			}
		}
	}
}

// Append implements [Store].
func (f *Folder) Append(ctx context.Context, records ...Record) error {
	changes := make([]change, len(records))
	for i := range records {
		changes[i].Said = &records[i]
	}
	if err := f.state.Change(ctx, changes...); err != nil {
		return fmt.Errorf("keep consent: %w", err)
	}
	return nil
}

// Last implements [Store].
func (f *Folder) Last(ctx context.Context, subject string) ([]Record, error) {
	return f.memory.Last(ctx, subject)
}

// Erase implements [Store]. The files that hold what the subject said are replaced before it returns.
func (f *Folder) Erase(ctx context.Context, subject string) error {
	if err := f.state.Change(ctx, change{Erased: subject}); err != nil {
		return fmt.Errorf("erase consents: %w", err)
	}
	return nil
}

// Close closes the folder.
func (f *Folder) Close() error { return f.state.Close() }
