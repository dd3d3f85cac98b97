package recommend

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// people are the histories by number of the person. Those of a snapshot come first and are read in place
// until they are asked for; callers hold the engine's lock, for reading where nothing changes.
type people struct {
	stored  stored
	ids     map[string]int32 // of the persons that are not in the snapshot
	persons []atomic.Pointer[person]
	count   int     // how many numbers are given out
	free    []int32 // numbers of persons who were forgotten
}

// stored are histories as a snapshot holds them, in the order of ids.
type stored struct {
	users   journal.Blobs
	starts  []int64 // history n is starts[n] to starts[n+1] in the columns
	items   []int32
	weights []float32
	whens   []int64
}

// size returns how many histories there are.
func (s *stored) size() int { return max(len(s.starts)-1, 0) }

// find returns the number of a user, or -1.
func (s *stored) find(user string) int32 {
	key := []byte(user)
	low, high := 0, s.size()
	for low < high {
		middle := (low + high) / 2
		switch c := bytes.Compare(s.users.At(middle), key); {
		case c == 0:
			return int32(middle)
		case c < 0:
			low = middle + 1
		default:
			high = middle
		}
	}
	return -1
}

// person copies a history into memory.
func (s *stored) person(n int32) *person {
	from, to := s.starts[n], s.starts[n+1]
	p := &person{deeds: make([]deed, 0, to-from)}
	for i := from; i < to; i++ {
		p.deeds = append(p.deeds, deed{s.items[i], s.weights[i], s.whens[i]})
	}
	p.mark()
	return p
}

func newPeople(s stored) people {
	p := people{stored: s, ids: map[string]int32{}}
	p.growTo(s.size())
	return p
}

// growTo makes room for persons numbered below n. The pointers must not be copied while they are read:
// the engine's lock sees to it.
func (p *people) growTo(n int) {
	if n > len(p.persons) {
		grown := make([]atomic.Pointer[person], max(n, 2*len(p.persons)))
		for i := range p.persons {
			grown[i].Store(p.persons[i].Load())
		}
		p.persons = grown
	}
	p.count = max(p.count, n)
}

// number returns the number of a user, or -1.
func (p *people) number(user string) int32 {
	if n, ok := p.ids[user]; ok {
		return n
	}
	return p.stored.find(user)
}

// intern returns the number of a user, new or known.
func (p *people) intern(user string, born uint64) int32 {
	n := p.number(user)
	if n >= 0 {
		return n
	}
	if k := len(p.free); k > 0 {
		n, p.free = p.free[k-1], p.free[:k-1]
	} else {
		n = int32(p.count)
		p.growTo(p.count + 1)
	}
	p.persons[n].Store(&person{born: born})
	p.ids[strings.Clone(user)] = n // do not keep a whole request alive for one id
	return n
}

// at returns the history of a number, and keeps it in memory from now on.
func (p *people) at(n int32) *person {
	if got := p.persons[n].Load(); got != nil {
		return got
	}
	p.persons[n].CompareAndSwap(nil, p.stored.person(n))
	return p.persons[n].Load()
}

// look is at without keeping anything, for reading all histories once.
func (p *people) look(n int32) *person {
	if got := p.persons[n].Load(); got != nil {
		return got
	}
	return p.stored.person(n)
}

// forget empties a number.
func (p *people) forget(user string, n int32) {
	p.persons[n].Store(&person{})
	if int(n) >= p.stored.size() {
		delete(p.ids, user)
		p.free = append(p.free, n)
	}
}

// resident is a person with their id.
type resident struct {
	id     string
	number int32
}

// all returns everybody who was not forgotten, in no order.
func (p *people) all() []resident {
	list := make([]resident, 0, p.stored.size()+len(p.ids))
	for n := range p.stored.size() {
		if met := p.persons[n].Load(); met == nil || len(met.deeds) > 0 { // who was forgotten is still in the old file
			list = append(list, resident{string(p.stored.users.At(n)), int32(n)})
		}
	}
	for id, n := range p.ids {
		list = append(list, resident{id, n})
	}
	return list
}

// sortResidents brings people into the order of their ids, which does not tell who came when.
func sortResidents(list []resident) {
	slices.SortFunc(list, func(a, b resident) int { return cmp.Compare(a.id, b.id) })
}
