package pattern

import (
	"math/bits"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// A work is the room in which one sentence is matched. It goes through the sentence once, with all states that can be
// reached at a place and lead to the end from there, each with the best way to it.
type work struct {
	set   *Set
	text  *view.Text
	loose bool

	parted []bool // whether a Latin word or number can begin or end at each place
	rest   []rest // what is left from each place on
	spans  []span // by start
	first  []int32

	cells    []cell
	heads    []int32  // for each place the first of the cells that were led there, linked by next; or -1
	best     []int32  // for each state its cell at this place, or -1
	active   []uint64 // the set of states that have one
	open     []open   // the free text that is under way
	found    []found
	ofEdge   []int32 // for each edge its place in open, or -1
	ofPhrase []int32 // for each phrase its place in found, or -1

	states, nexts []uint32
}

// A rest is what is left of a sentence, as in need.
type rest struct{ runes, kinds, first uint64 }

// A cell is a way to a state.
type cell struct {
	cost       cost
	state      uint32
	label      label // over which the last edge led
	start, end int32 // what that edge took
	from       int32 // where the last edge began that took anything
	before     int32 // the cell that the edge led from, -1 at the beginning
	span       int32 // that fills the slot, or -1
	next       int32
}

// An open is free text that has begun and can end anywhere.
type open struct {
	edge   uint32
	start  int32
	before int32
	cost   cost // less what the characters up to start would cost
}

func (w *work) begin(s *Set, text *view.Text, candidates []Candidate, loose bool) {
	w.set, w.text, w.loose = s, text, loose
	n := len(text.Runes)
	w.parted, w.rest = sized(w.parted, n+1), sized(w.rest, n+1)
	w.heads = sized(w.heads, n+1)
	for i := range n + 1 {
		w.parted[i] = text.Parted(i)
		w.heads[i] = -1
	}
	w.spans = w.spans[:0]
	w.addCandidates(candidates)
	w.addValues()
	w.index()
	w.rest[n] = rest{}
	for i := n - 1; i >= 0; i-- {
		bit := runeBit(text.Runes[i])
		w.rest[i] = rest{w.rest[i+1].runes | bit, w.rest[i+1].kinds, bit}
		for _, sp := range w.at(i) {
			w.rest[i].kinds |= kindBit(sp.kind)
		}
	}
	if len(w.best) != len(s.needs) {
		w.best, w.active = make([]int32, len(s.needs)), make([]uint64, (len(s.needs)+63)/64)
		w.ofEdge, w.ofPhrase = make([]int32, len(s.edges)), make([]int32, len(s.ranks))
		for _, places := range [][]int32{w.best, w.ofEdge, w.ofPhrase} {
			for i := range places {
				places[i] = -1
			}
		}
	}
	w.cells, w.open, w.found = w.cells[:0], w.open[:0], w.found[:0]
}

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}

// at returns the spans that begin at a place.
func (w *work) at(i int) []span { return w.spans[w.first[i]:w.first[i+1]] }

// run goes through the sentence.
func (w *work) run() {
	n := len(w.text.Runes)
	root := cell{state: w.set.phraseRoot, label: emptyLabel, before: -1, span: -1}
	if w.hopeless(root.state, 0) {
		return
	}
	w.lead(root, 0)
	for i := range n + 1 {
		w.close(i)
		for at := w.heads[i]; at >= 0; at = w.cells[at].next {
			w.keep(at)
		}
		for word := 0; word < len(w.active); word++ {
			for w.active[word] != 0 { // states that empty edges lead to are higher
				bit := bits.TrailingZeros64(w.active[word])
				w.active[word] &^= 1 << bit
				state := uint32(word*64 + bit)
				at := w.best[state]
				w.best[state] = -1
				w.follow(at, i)
			}
		}
	}
	for _, f := range w.found {
		w.ofPhrase[f.phrase] = -1
	}
	for _, o := range w.open {
		w.ofEdge[o.edge] = -1
	}
}

// hopeless reports whether a state at a place cannot lead to the end.
func (w *work) hopeless(state uint32, i int) bool {
	need := &w.set.needs[state]
	left := len(w.text.Runes) - i
	if left == 0 {
		return !need.ends
	}
	rest := &w.rest[i]
	return need.runes&^rest.runes|need.kinds&^rest.kinds != 0 || int(need.least) > left ||
		!w.loose && need.first&rest.first == 0
}

// lead adds a cell that is taken up at place i.
func (w *work) lead(c cell, i int) {
	c.next = w.heads[i]
	w.heads[i] = int32(len(w.cells))
	w.cells = append(w.cells, c)
}

// keep makes a cell that of its state if it is the best.
func (w *work) keep(at int32) {
	c := &w.cells[at]
	old := w.best[c.state]
	if old >= 0 && !w.better(at, old) {
		return
	}
	w.best[c.state] = at
	w.active[c.state/64] |= 1 << (c.state % 64)
}

// better reports whether the way to a cell is better than that to another one of its state and place.
func (w *work) better(a, b int32) bool {
	x, y := &w.cells[a], &w.cells[b]
	switch {
	case x.cost != y.cost:
		return x.cost < y.cost
	case x.from != y.from:
		return x.from < y.from
	}
	return a < b
}

// follow goes from a state at place i along its edges.
func (w *work) follow(at int32, i int) {
	s, n := w.set, len(w.text.Runes)
	c := w.cells[at]
	if i < n {
		for _, e := range s.over(c.state, w.text.Runes[i]) {
			w.take(&c, at, e, i, i+1, -1, 0)
		}
	}
	for k := s.others[c.state]; k < s.starts[c.state+1]; k++ {
		switch e := s.edges[k]; e.label.op() {
		case emptyLabel:
			if !w.hopeless(e.to, i) {
				w.cells = append(w.cells, cell{
					cost: c.cost, state: e.to, label: emptyLabel, start: int32(i), end: int32(i), from: c.from, before: at, span: -1,
				})
				w.keep(int32(len(w.cells) - 1))
			}
		case acceptLabel:
			if i == n {
				w.accept(e.to, at)
			}
		case fillLabel:
			w.fillFrom(&c, at, e, i)
		case textLabel:
			w.start(&c, at, k, i)
		case jumpLabel:
			j := s.jumps[e.label.index()]
			for end := i + int(j.least); w.parted[i] && end <= min(n, i+int(j.most)); end++ {
				if w.parted[end] || j.goesOn != 0 {
					w.take(&c, at, e, i, end, -1, cost(end-i)*perUncovered)
				}
			}
		}
	}
	if w.loose && i < n && (c.label != emptyLabel || c.before < 0) {
		w.skip(&c, at, i)
	}
}

// take goes along an edge that takes the characters from start to end.
func (w *work) take(c *cell, at int32, e edge, start, end int, span int32, price cost) {
	if w.hopeless(e.to, end) {
		return
	}
	w.lead(cell{
		cost: c.cost + price, state: e.to, label: e.label, start: int32(start), end: int32(end),
		from: int32(start), before: at, span: span,
	}, end)
}

// fillFrom goes along an edge over the spans of its kind.
func (w *work) fillFrom(c *cell, at int32, e edge, i int) {
	kind := w.set.fills[e.label.index()].kind
	for k := w.first[i]; k < w.first[i+1]; k++ {
		if sp := &w.spans[k]; sp.kind == kind {
			length := cost(sp.end - sp.start)
			w.take(c, at, e, i, int(sp.end), k, cost(sp.doubt)*perUncovered+length*perFilled+perSlot)
		}
	}
}

// skip passes over words that may be skipped, into the same state.
func (w *work) skip(c *cell, at int32, i int) {
	for k := w.first[i]; k < w.first[i+1]; k++ {
		if sp := &w.spans[k]; sp.kind == skipKind {
			w.take(c, at, edge{skipLabel, c.state}, i, int(sp.end), k, cost(sp.end-sp.start)*(perUncovered+perSkipped))
		}
	}
}

// start begins free text at place i.
func (w *work) start(c *cell, at int32, k uint32, i int) {
	e := w.set.edges[k]
	if i == len(w.text.Runes) || !w.parted[i] && e.label.index() != goesOn || w.never(e.to, i+1) {
		return
	}
	begun := open{k, int32(i), at, c.cost - cost(i)*perUncovered}
	if o := w.ofEdge[k]; o < 0 {
		w.ofEdge[k] = int32(len(w.open))
		w.open = append(w.open, begun)
	} else if begun.cost < w.open[o].cost {
		w.open[o] = begun
	}
}

// never reports whether a state cannot lead to the end from place i or any later one.
func (w *work) never(state uint32, i int) bool {
	need, rest := &w.set.needs[state], &w.rest[i]
	return need.runes&^rest.runes|need.kinds&^rest.kinds != 0 || int(need.least) > len(w.text.Runes)-i
}

// close ends free text at place i wherever its edge can go on.
func (w *work) close(i int) {
	live := w.open[:0]
	for _, o := range w.open {
		e := w.set.edges[o.edge]
		if w.never(e.to, i) {
			w.ofEdge[o.edge] = -1
			continue
		}
		w.ofEdge[o.edge] = int32(len(live))
		live = append(live, o)
		if !w.parted[i] || w.hopeless(e.to, i) {
			continue
		}
		price := o.cost + cost(i)*perUncovered
		if k := e.label.index(); k != noSlot && k != goesOn {
			price += perSlot
		}
		w.lead(cell{
			cost: price, state: e.to, label: e.label, start: o.start, end: int32(i), from: o.start, before: o.before, span: -1,
		}, i)
	}
	w.open = live
}

// accept finds a phrase at the end of the sentence.
func (w *work) accept(phrase uint32, at int32) {
	f := found{phrase: phrase, cell: at, cost: w.cells[at].cost}
	k := w.ofPhrase[phrase]
	switch {
	case k < 0:
		w.ofPhrase[phrase] = int32(len(w.found))
		w.found = append(w.found, f)
	case w.better(at, w.found[k].cell):
		w.found[k] = f
	}
}
