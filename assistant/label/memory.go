package label

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Memory is a [Store] for tests and what need not last. The zero Memory is empty and ready for use; it must
// not be copied.
type Memory struct {
	mu      sync.RWMutex
	entries map[string]Entry
	content map[string][]string // numbers by digest
	grants  map[string][]Grant
}

// Append implements [Store].
func (m *Memory) Append(_ context.Context, records ...Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range records {
		m.put(r)
	}
	return nil
}

func (m *Memory) put(r Record) {
	if m.entries == nil {
		m.entries, m.content, m.grants = map[string]Entry{}, map[string][]string{}, map[string][]Grant{}
	}
	if e := r.Entry; e != nil {
		if _, known := m.entries[e.ProduceID]; !known && e.Content != "" {
			m.content[e.Content] = append(m.content[e.Content], e.ProduceID)
		}
		m.entries[e.ProduceID] = *e
	}
	if g := r.Grant; g != nil {
		m.grants[g.ProduceID] = append(m.grants[g.ProduceID], *g)
	}
}

// Entry implements [Store].
func (m *Memory) Entry(_ context.Context, produceID string) (Entry, bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	e, ok := m.entries[produceID]
	return e, ok, nil
}

// Content implements [Store].
func (m *Memory) Content(_ context.Context, digest string) ([]Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var list []Entry
	for _, id := range m.content[digest] {
		list = append(list, m.entries[id])
	}
	return list, nil
}

// Grants implements [Store].
func (m *Memory) Grants(_ context.Context, produceID string) ([]Grant, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return slices.Clone(m.grants[produceID]), nil
}

// Sweep implements [Store].
func (m *Memory) Sweep(_ context.Context, before time.Time) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sweep(before), nil
}

func (m *Memory) sweep(before time.Time) int {
	n := 0
	for id, list := range m.grants {
		kept := slices.DeleteFunc(slices.Clone(list), func(g Grant) bool { return g.Time.Before(before) })
		n += len(list) - len(kept)
		if len(kept) == 0 {
			delete(m.grants, id)
		} else {
			m.grants[id] = kept
		}
	}
	return n
}
