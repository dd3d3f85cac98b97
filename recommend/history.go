package recommend

import "math"

// mark is what one person did to one item.
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

// person is the history of one user: a mark per item, oldest first.
type person struct {
	marks []mark
}

// note merges an event into m.
func (m *mark) note(e Event, t int64) {
	gain := e.interest()
	m.interest = float32(min(max(float64(m.interest)+gain, -maxInterest), maxInterest))
	switch e.Kind {
	case NotInterested:
		m.refused = m.refused || t >= m.time
	case Cart, Buy, Like, Rate:
		if gain > 0 && t >= m.time {
			m.refused = false
		}
	}
	if e.Kind == Buy {
		if m.buys == 0 || t < m.firstBuy {
			m.firstBuy = t
		}
		if m.buys == 0 || t > m.lastBuy {
			m.lastBuy = t
		}
		if m.buys < math.MaxUint16 {
			m.buys++
		}
	}
	m.time = max(m.time, t)
	m.strength = 0
	if m.interest > 0 && !m.refused {
		m.strength = float32(math.Sqrt(float64(m.interest)))
	}
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
