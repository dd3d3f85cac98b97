package middleware

import (
	"container/list"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// replies is what a [Cache] keeps, and which requests are under way.
type replies struct {
	most int
	ttl  time.Duration

	mu      sync.Mutex
	bytes   int
	kept    map[cacheKey]*list.Element // of *kept
	recent  *list.List                 // latest use first
	flights map[cacheKey]*flight
}

// A kept reply does not change.
type kept struct {
	key    cacheKey
	chunks []assistant.Chunk
	bytes  int
	until  time.Time
}

// A flight is a request that others wait for.
type flight struct {
	leader bool // in the hands of the one who makes the request
	done   chan struct{}
}

func newReplies(most int, ttl time.Duration) *replies {
	return &replies{most: most, ttl: ttl, kept: make(map[cacheKey]*list.Element), recent: list.New(), flights: make(map[cacheKey]*flight)}
}

// look returns the reply of a key if there is one. If not, and single is wanted, it returns the flight to
// wait for, or to lead and land.
func (s *replies) look(key cacheKey, single bool) ([]assistant.Chunk, bool, *flight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.kept[key]; ok {
		k := e.Value.(*kept)
		if time.Now().Before(k.until) {
			s.recent.MoveToFront(e)
			return k.chunks, true, nil
		}
		s.drop(e)
	}
	if !single {
		return nil, false, nil
	}
	if f, ok := s.flights[key]; ok {
		return nil, false, &flight{done: f.done}
	}
	f := &flight{leader: true, done: make(chan struct{})}
	s.flights[key] = f
	return nil, false, f
}

// land ends a flight.
func (s *replies) land(key cacheKey, f *flight) {
	s.mu.Lock()
	delete(s.flights, key)
	s.mu.Unlock()
	close(f.done)
}

// keep stores a reply; nil is none.
func (s *replies) keep(key cacheKey, k *kept) {
	if k == nil {
		return
	}
	k.key, k.until = key, time.Now().Add(s.ttl)
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.kept[key]; ok {
		s.drop(e)
	}
	s.kept[key] = s.recent.PushFront(k)
	s.bytes += k.bytes
	for s.bytes > s.most {
		s.drop(s.recent.Back())
	}
}

func (s *replies) drop(e *list.Element) {
	k := s.recent.Remove(e).(*kept)
	delete(s.kept, k.key)
	s.bytes -= k.bytes
}
