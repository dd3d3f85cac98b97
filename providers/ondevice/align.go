package ondevice

import (
	"strings"
	"sync"
)

// Costs of the alignment beside the weights of words. A word that stands in both sentences counts
// twice its weight, as in Dice's coefficient; one that stands in one of them counts against it.
const (
	spanWeight    = 0.8  // of a value where the phrase has a slot for it
	fillerWeight  = 0.05 // so that sentences of fillers, such as greetings, can match too
	textCost      = 0.02 // per character of free text
	fillerCost    = 0.03 // per character of a filler, more than textCost so that free text keeps its own
	openSlotCost  = 0.25 // a required slot without a value
	emptySlotCost = 0.1  // an optional slot without a value
)

// An alignment is how a sentence fits a phrase.
type alignment struct {
	score   float64 // 0 to 1
	filled  []fill
	skipped class   // classes of the words of the sentence that the phrase does not explain
	lacking class   // classes of the words of the phrase that the sentence does not have
	prose   class   // classes of the words in free text
	shared  float64 // the part of the phrase's words, by weight, that the sentence has
	worded  bool    // they share a word or a name, not just times and numbers
	behead  bool    // the word that the sentence begins with is another tool's, and left over
	free    int     // characters of free text
	front   bool    // the text that the sentence begins with speaks to the assistant
}

// A fill is a stretch of the sentence that stands in a slot, or beside the slots.
type fill struct {
	arg        int // as in item
	span       *span
	start, end int // runes
}

// An utterance is the sentence as seen by the patterns of one tool.
type utterance struct {
	*text
	weight []float64 // of the token at each rune
	spans  []span    // by start
	first  []int     // index of the first span at or after each rune, and one more
	args   []argument
	prose  []float64 // cost of the character at each rune as free text
	head   int       // rune where the first word is that means something
	alien  bool      // which is only in phrases of other tools
	listed []bool    // of each argument whether it takes names of a list, and so no free text
	wanted []bool    // of each span whether some argument takes it; none before the first alignment
	filled []fill    // of the last alignment
}

// read takes in a text whose words weigh so much.
func (u *utterance) read(t *text, weight []float64, spans []span, args []argument) {
	u.text, u.spans, u.args = t, spans, args
	copy(u.weight, weight)
	for i := range u.prose {
		u.prose[i] = textCost
	}
	for u.head < len(t.runes) && t.tokens[u.head].class&filler != 0 {
		u.head = t.tokens[u.head].end
	}
	k := 0
	for i := range u.first {
		for k < len(spans) && spans[k].start < i {
			k++
		}
		u.first[i] = k
	}
}

func (u *utterance) at(i int) []span { return u.spans[u.first[i]:u.first[i+1]] }

// takes reports whether some argument of the tool accepts the span.
func (u *utterance) takes(s *span) bool {
	for ai := range u.args {
		if accepts(u.args, ai, s) {
			return true
		}
	}
	return false
}

type move uint8

const (
	start    move = iota
	match         // word of both
	omit          // word of the phrase only
	extra         // word of the sentence only
	fillSlot      // value in its slot
	openSlot      // slot without a value
	beside        // value without a slot
	enter         // first character of free text
	inside        // further character of free text
	leave         // end of free text
)

// A cell is the best way to have explained i items and j runes; layer 1 is inside the free text of
// item i.
type cell struct {
	net  float64 // gain less cost
	span int32
	from int16 // rune where the move began
	move move
}

type table struct {
	cells []cell
	width int
}

var tables = sync.Pool{New: func() any { return new(table) }}

const unreached = -1e9

func (t *table) reset(items, runes int) {
	t.width = runes + 1
	n := 2 * (items + 1) * t.width
	if cap(t.cells) < n {
		t.cells = make([]cell, n)
	}
	t.cells = t.cells[:n]
	t.cells[0] = cell{net: unreached}
	for k := 1; k < n; k *= 2 {
		copy(t.cells[k:], t.cells[:k])
	}
}

func (t *table) at(layer, i, j int) *cell { return &t.cells[(2*i+layer)*t.width+j] }

func (t *table) relax(layer, i, j int, c cell) {
	if p := t.at(layer, i, j); c.net > p.net {
		*p = c
	}
}

// align fits the sentence to the phrase: the alignment with the greatest gain less cost. The weights
// of the phrase's words come beside it.
func (u *utterance) align(p *sentence, weight []float64) alignment {
	if len(u.wanted) < len(u.spans) {
		u.wanted = make([]bool, len(u.spans))
		for k := range u.spans {
			u.wanted[k] = u.takes(&u.spans[k])
		}
	}
	t := tables.Get().(*table)
	defer tables.Put(t)
	n, m := len(u.runes), len(p.items)
	t.reset(m, n)
	t.at(0, 0, 0).net = 0
	for i := range m + 1 {
		for j := range n + 1 {
			u.fromText(t, p, i, j)
			u.fromWord(t, p, weight, i, j)
		}
	}
	return u.trace(t, p, weight)
}

// fromText continues or ends the free text of item i.
func (u *utterance) fromText(t *table, p *sentence, i, j int) {
	c := t.at(1, i, j)
	if c.net == unreached {
		return
	}
	if j < len(u.runes) {
		t.relax(1, i, u.step(j), cell{net: c.net - u.prose[j], move: inside, from: int16(j)})
	}
	t.relax(0, i+1, j, cell{net: c.net, move: leave, from: int16(j)})
}

// step returns where the next character ends; Latin words are not split.
func (u *utterance) step(j int) int {
	if isLatin(u.runes[j]) {
		return u.tokens[j].end
	}
	return j + 1
}

// fromWord makes every move that does not start inside free text.
func (u *utterance) fromWord(t *table, p *sentence, weight []float64, i, j int) {
	c := t.at(0, i, j)
	if c.net == unreached {
		return
	}
	from := int16(j)
	if i < len(p.items) {
		it := &p.items[i]
		t.relax(0, i+1, j, cell{net: c.net - u.omission(it, weight[i]), move: omitMove(it), from: from})
		if j < len(u.runes) {
			u.take(t, it, weight[i], i, j)
		}
	}
	if j == len(u.runes) {
		return
	}
	tok := u.tokens[j]
	t.relax(0, i, tok.end, cell{net: c.net - u.skip(j), move: extra, from: from})
	for k := u.first[j]; k < u.first[j+1]; k++ {
		if s := &u.spans[k]; u.wanted[k] {
			t.relax(0, i, s.end, cell{net: c.net + float64(2*spanWeight*(1-s.heard)) - emptySlotCost, move: beside, from: from, span: int32(k)})
		}
	}
}

// skip is the cost of the word at rune j if the phrase does not have it.
func (u *utterance) skip(j int) float64 {
	if tok := u.tokens[j]; tok.class&filler != 0 {
		return fillerCost * float64(tok.end-j)
	}
	return u.weight[j]
}

// take explains the text at rune j by the item.
func (u *utterance) take(t *table, it *item, weight float64, i, j int) {
	c, from := t.at(0, i, j), int16(j)
	switch {
	case !it.slot:
		if tok := u.tokens[j]; tok.symbol == it.symbol {
			t.relax(0, i+1, tok.end, cell{net: c.net + 2*gain(it, weight), move: match, from: from})
		}
		return
	case it.arg == anyText || it.arg >= 0 && u.args[it.arg].form == freeText && (u.listed == nil || !u.listed[it.arg]):
		t.relax(1, i, u.step(j), cell{net: c.net - u.prose[j], move: enter, from: from})
	}
	for k := u.first[j]; k < u.first[j+1]; k++ {
		s := &u.spans[k]
		if it.arg >= 0 && accepts(u.args, int(it.arg), s) || it.arg == anyValue && s.kind.symbol() == it.symbol {
			t.relax(0, i+1, s.end, cell{net: c.net + float64(2*spanWeight*(1-s.heard)), move: fillSlot, from: from, span: int32(k)})
		}
	}
}

func gain(it *item, weight float64) float64 {
	if it.class&filler != 0 {
		return fillerWeight
	}
	return weight
}

func omitMove(it *item) move {
	if it.slot {
		return openSlot
	}
	return omit
}

// omission is the cost of an item that the sentence does not have.
func (u *utterance) omission(it *item, weight float64) float64 {
	switch {
	case !it.slot:
		return weight
	case it.arg >= 0 && u.args[it.arg].required:
		return openSlotCost
	}
	return emptySlotCost
}

// trace walks back along the best path and scores it. What is filled is there until the next one.
func (u *utterance) trace(t *table, p *sentence, weight []float64) alignment {
	a := alignment{filled: u.filled[:0]}
	var gained, lost, words, all float64
	end := 0 // of the free text under way
	for layer, i, j := 0, len(p.items), len(u.runes); i > 0 || j > 0; {
		c := t.at(layer, i, j)
		from := int(c.from)
		switch c.move {
		case match:
			i--
			gained += 2 * gain(&p.items[i], weight[i])
			words += weight[i]
			all += weight[i]
			a.worded = a.worded || p.items[i].class&filler == 0
		case omit, openSlot:
			i--
			lost += u.omission(&p.items[i], weight[i])
			all += weight[i] // zero for slots
			a.lacking |= p.items[i].class
		case extra:
			lost += u.skip(from)
			a.skipped |= u.tokens[from].class
			a.behead = a.behead || from == u.head && u.alien
		case fillSlot, beside:
			arg := anyValue
			if c.move == fillSlot {
				i--
				arg = int(p.items[i].arg)
			}
			s := &u.spans[c.span]
			gained += float64(2 * spanWeight * (1 - s.heard))
			a.worded = a.worded || s.kind == named
			a.filled = append(a.filled, fill{arg, s, s.start, s.end})
		case leave:
			layer, i, end = 1, i-1, j
		case inside:
			lost += u.prose[from]
		case enter:
			lost += u.prose[from]
			layer = 0
			a.filled = append(a.filled, fill{int(p.items[i].arg), nil, from, end})
			a.prose |= u.question(from, end)
			a.skipped |= u.opening(from) & negates
			a.free += end - from
			a.front = a.front || from <= u.head && stretch{u.text, from, end}.has(negates|stops|changes|looks|embeds)
		}
		j = from
	}
	if gained > 0 {
		a.score = gained / (gained + lost)
	}
	if a.shared = 1; all > 0 {
		a.shared = words / all
	}
	u.filled = a.filled
	return a
}

// question returns asks if the runes [from, to) are a question, unlike 问老师作业怎么写.
func (u *utterance) question(from, to int) class {
	for i := from; i < to; i = u.tokens[i].end {
		switch k := u.tokens[i]; {
		case k.class&asks != 0:
			return asks
		case k.class&(embeds|looks) != 0:
			return 0
		}
	}
	return 0
}

// opening returns the class of the word that opens the sentence, if only fillers stand between it and
// rune i. Such a word speaks to the assistant even where free text takes it: 别给妈妈打电话.
func (u *utterance) opening(i int) class {
	first := 0
	for first < len(u.tokens) && u.tokens[first].class&filler != 0 {
		first = u.tokens[first].end
	}
	if first < len(u.tokens) && i <= first {
		return u.tokens[first].class
	}
	return 0
}

// isPause reports whether r stands between two clauses.
func isPause(r rune) bool { return strings.ContainsRune(",，。;；!！?？", r) }
