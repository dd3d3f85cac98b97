package guard

import (
	"crypto/sha256"
	"slices"
	"sync"
)

// A memo keeps what classifiers have found in whole texts. Every request of a conversation brings all that was said
// before, and nobody wants to pay twice for having it judged. What is new is judged, whether it was said before or not.
type memo struct {
	mu    sync.Mutex
	found map[[sha256.Size]byte][]Finding
}

// maxMemo is how many texts a memo holds before it starts over.
const maxMemo = 4096

func memoKey(s Sample) [sha256.Size]byte {
	return sha256.Sum256(append([]byte{byte(s.Stage)}, s.Text[s.New:]+"\x00"+s.Text[:s.New]...))
}

func (m *memo) get(old bool, s Sample) ([]Finding, bool) {
	if !old || len(s.Parts) > 0 {
		return nil, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.found[memoKey(s)]
	return slices.Clone(found), ok
}

func (m *memo) put(whole bool, s Sample, found []Finding) {
	if !whole || len(s.Parts) > 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.found == nil || len(m.found) >= maxMemo {
		m.found = make(map[[sha256.Size]byte][]Finding)
	}
	m.found[memoKey(s)] = slices.Clone(found)
}
