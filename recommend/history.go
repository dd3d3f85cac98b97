package recommend

import (
	"math"
	"slices"
	"strconv"
)

// deed is one event of a history, in 16 bytes.
type deed struct {
	item   int32
	weight float32 // Event.Weight
	when   int64   // Unix seconds times 256, plus the number of the kind
}

// kinds are the kinds of events by the number that is kept of them. New ones go to the end.
var kinds = [...]Kind{View, Cart, Buy, Like, Rate, Skip, NotInterested}

func newDeed(item int32, kind Kind, weight float64, t int64) deed {
	return deed{item, float32(weight), t<<8 | int64(max(0, slices.Index(kinds[:], kind)))}
}

func (a deed) time() int64 { return a.when >> 8 }

// exactWeight is the weight as it was given, if it had no more than six digits.
func (a deed) exactWeight() float64 {
	w, err := strconv.ParseFloat(strconv.FormatFloat(float64(a.weight), 'g', -1, 32), 64)
	if err != nil {
		return float64(a.weight)
	}
	return w
}

func (a deed) kind() Kind { return kinds[min(int(a.when&255), len(kinds)-1)] }

// interest is that of the event; see [Event].
func (a deed) interest() float64 { return Event{Kind: a.kind(), Weight: float64(a.weight)}.interest() }

// mark is what one person did to one item, all in all. It follows from the deeds in the order of time.
type mark struct {
	item     int32
	strength float32 // what it counts as evidence: root of interest, 0 or more
	interest float32 // sum over events in views, at most maxInterest
	buys     uint16
	refused  bool  // NotInterested, and nothing since to the contrary
	time     int64 // newest event, Unix seconds
	firstBuy int64
	lastBuy  int64
}

// maxInterest keeps one person's clicks on one item from outweighing many people.
const maxInterest = 10

// person is the history of one user.
type person struct {
	deeds []deed // oldest first
	marks []mark // one for each item, by its newest deed, oldest first
	born  uint64 // how many events the engine had recorded before the first of this person
}

// note merges an deed that is not older than those before it into m.
func (m *mark) note(a deed) {
	t, gain := a.time(), a.interest()
	m.interest = float32(min(max(float64(m.interest)+gain, -maxInterest), maxInterest))
	switch a.kind() {
	case NotInterested:
		m.refused = true
	case Cart, Buy, Like, Rate:
		m.refused = m.refused && gain <= 0
	}
	if a.kind() == Buy {
		if m.buys == 0 {
			m.firstBuy = t
		}
		m.lastBuy = t
		if m.buys < math.MaxUint16 {
			m.buys++
		}
	}
	m.time = t
	m.strength = 0
	if m.interest > 0 && !m.refused {
		m.strength = float32(math.Sqrt(float64(m.interest)))
	}
}

// insert adds an deed at its place in the order of time, after those of the same time.
func (p *person) insert(a deed) {
	p.deeds = append(p.deeds, a)
	i := len(p.deeds) - 1
	for ; i > 0 && p.deeds[i-1].time() > a.time(); i-- {
		p.deeds[i] = p.deeds[i-1]
	}
	p.deeds[i] = a
}

// fold works out the mark of an item from its deeds. Without any, its item is -1.
func (p *person) fold(item int32) mark {
	m := mark{item: -1}
	for _, a := range p.deeds {
		if a.item == item {
			m.item = item
			m.note(a)
		}
	}
	return m
}

// mark works out all marks from the deeds.
func (p *person) mark() {
	p.marks = p.marks[:0]
	for _, a := range p.deeds {
		at := p.find(a.item)
		if at < 0 {
			at = p.open(a.item, a.time())
		}
		p.marks[at].note(a)
		p.settle(at)
	}
}

// until returns the person as of a time.
func (p *person) until(t int64) *person {
	n, _ := slices.BinarySearchFunc(p.deeds, t, func(a deed, t int64) int {
		if a.time() <= t {
			return -1
		}
		return 1
	})
	then := &person{deeds: p.deeds[:n:n]}
	then.mark()
	return then
}

// find returns the index of the item's mark, newest first since that is the likeliest, or -1.
func (p *person) find(item int32) int {
	for i := len(p.marks) - 1; i >= 0; i-- {
		if p.marks[i].item == item {
			return i
		}
	}
	return -1
}

// settle moves the mark at i, whose time has grown, to its place in the order of time.
func (p *person) settle(i int) {
	m := p.marks[i]
	for ; i+1 < len(p.marks) && p.marks[i+1].time <= m.time; i++ {
		p.marks[i] = p.marks[i+1]
	}
	p.marks[i] = m
}

// open inserts an empty mark for an item at its place in the order of time and returns its index.
func (p *person) open(item int32, t int64) int {
	p.marks = append(p.marks, mark{})
	i := len(p.marks) - 1
	for ; i > 0 && p.marks[i-1].time > t; i-- {
		p.marks[i] = p.marks[i-1]
	}
	p.marks[i] = mark{item: item, time: t}
	return i
}
