package script

import (
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// A queue is text between the first and the second stage. It never holds more than the longest key of the second
// stage and the longest replacement of the first. It has no pointers, so that it can live on the stack.
type queue struct {
	room        [48]item
	first, last int // the items are room[first:last]
}

func (q *queue) len() int      { return q.last - q.first }
func (q *queue) at(i int) item { return q.room[q.first+i] }
func (q *queue) drop(n int)    { q.first += n }

func (q *queue) push(x item) {
	if q.last == len(q.room) {
		q.first, q.last = 0, copy(q.room[:], q.room[q.first:q.last])
	}
	q.room[q.last] = x
	q.last++
}

// An item is a character of the first stage's result, in the low bits. Above them it has the place in the source from
// which a conversion can begin anew with this character, counted from 1, if there is one.
type item uint64

const (
	stop       item = 1 << 21 // a key of the user's dictionary starts here, if no phrase of the second stage covers it
	placeShift      = 22
)

func (x item) rune() rune { return rune(x & (stop - 1)) }
func (x item) place() int { return int(x>>placeShift) - 1 }

// alone reports whether no phrase of the second stage can start with what the first makes of r, by a look at the next
// character, at s[i]. It spares most characters that join the way through a queue.
func (f *fused) alone(s string, i int, r rune) bool {
	state := f.second.chars.at(f.first.character(r)).state()
	if _, ends := f.second.trie.Value(state); ends {
		return false
	}
	if i >= len(s) {
		return true
	}
	r, _ = decode.Rune(s, i)
	if f.tokens && f.first.chars.at(r).state() != 0 {
		return false
	}
	return f.second.trie.Step(state, f.first.character(r)) == 0
}

// between converts what begins at s[i] between two phrases, up to a place where nothing that came before matters, and
// returns that place. See [fused.append] for limit and known.
func (f *fused) between(dst []byte, s string, i, limit, known int) ([]byte, int) {
	var q queue
	end := i // of what has been through the first stage
	closed := false
	safe, safeLength := i, len(dst)
	pull := func() {
		if end < len(s) {
			closed = !f.pull(&q, s, &end)
		} else {
			closed = true
		}
	}
	pull()
	if q.len() == 0 {
		return dst, i // not reached: the caller has looked
	}
	for q.len() > 0 {
		head := q.at(0)
		if head.place() >= 0 {
			safe, safeLength = head.place(), len(dst)
			if safe >= limit || head&stop != 0 {
				return dst, safe
			}
		}
		e := f.second.chars.at(head.rune())
		length, number := 0, uint32(0)
		for state, n := e.state(), 1; state != 0; n++ {
			if v, ok := f.second.trie.Value(state); ok {
				length, number = n, v
			}
			if state.Final() {
				break
			}
			if n == q.len() && !closed {
				if end > known {
					return dst[:safeLength], safe
				}
				pull()
			}
			if n == q.len() {
				break
			}
			state = f.second.trie.Step(state, q.at(n).rune())
		}
		if length > 0 {
			dst = append(dst, f.second.values.at(number)...)
			q.drop(length)
			continue
		}
		dst = utf8.AppendRune(dst, e.out(head.rune()))
		q.drop(1)
	}
	return dst, end
}

// pull puts what the first stage makes of the next characters into the queue, and reports false if the piece of text
// between two phrases has come to its end, or at something that is in no key.
func (f *fused) pull(q *queue, s string, next *int) bool {
	i := *next
	r, size := decode.Three(s, i), 3
	if r < 0x800 || r&^0x7ff == 0xd800 {
		r, size = decode.Rune(s, i)
	}
	e := f.chars.at(r)
	if r < 0 || e&operator != 0 {
		return false
	}
	end, longest := 0, 0
	if e&whole != 0 || size != 3 || f.opens.may(s, i) {
		if end, _, longest = f.own(s, i+size, e); end > 0 {
			return false
		}
	}
	at := item(i+1) << placeShift
	if e&custom != 0 {
		if end, _ := f.user.phrase(s, i+size, f.user.chars.at(r).state()); end > 0 && end >= longest {
			at |= stop
		}
	}
	if longest > 0 {
		if end, number := f.token(s, i+size, f.first.chars.at(r).state()); end > 0 {
			for _, r := range string(f.first.values.at(number)) {
				q.push(at | item(r))
				at = 0
			}
			*next = end
			return true
		}
	}
	q.push(at | item(f.first.character(r)))
	*next = i + size
	return true
}

// token is [table.phrase] of the first stage for a key that ends before the next phrase that cuts the text.
func (f *fused) token(s string, i int, state doublearray.State) (end int, number uint32) {
	for {
		if n, ok := f.first.trie.Value(state); ok {
			end, number = i, n
		}
		if state.Final() || i >= len(s) {
			return end, number
		}
		r, size := decode.Rune(s, i)
		if inner := f.chars.at(r).state(); inner != 0 {
			if cut, _, _ := f.cutOrToken(s, i+size, inner); cut > 0 {
				return end, number
			}
		}
		if state = f.first.step(state, r); state == 0 {
			return end, number
		}
		i += size
	}
}
