package segment

import "github.com/zhushou-ai/zhushou/internal/doublearray"

// route finds the best path from every place to the end.
//
// Nearly all words are of one character or two. Whether there is one of two is hard to foresee, so those are looked up
// for the whole block at once, and weighed without a branch; longer ones one by one.
func (b *block) route() {
	words, costs := b.words, &b.costs
	excluded := b.excluded()
	n := min(b.n, blockSize) // it is; so the compiler need not check
	b.cost[n], b.code[n+1] = 0, 0
	b.forks.Steps(b.second[:n], b.first[:n], b.code[1:n+1])
	longer := words.Endings(b.pair[:n], b.room[:], b.second[:n], b.code[2:n+2])
	words.StepsOf(longer, b.third[:n], b.second[:n], b.code[2:n+2])
	for k := n - 1; k >= 0; k-- {
		p := b.places[k]
		if p.unit() == 0 { // no word ends before it
			b.cost[k] = tooDear
			continue
		}
		next := k + p.unit()
		best, path, pair := p.cost()+b.cost[next], newStep(value(p.tag()), next), b.pair[k]
		if b.user != nil {
			best, path = b.routeUser(k)
			if b.hidden>>1&1 != 0 {
				pair |= doublearray.NoKey
			}
		}

		v := value(pair.Value())
		c := costs[v.frequency()] + b.cost[k+2]
		if v.split() == excluded {
			c = tooDear
		}
		c |= uint32(pair & doublearray.NoKey) // tooDear, if there is no word
		two := newStep(v, k+2)
		if c <= best {
			best, path = c, two
		}

		if pair&doublearray.Longer != 0 {
			best, path = b.routeLonger(k, best, path)
		}
		b.cost[k], b.path[k] = best, path
	}
}

// routeLonger weighs the words of three places and more that start at place k against the best path so far.
func (b *block) routeLonger(k int, best uint32, path step) (uint32, step) {
	excluded := b.excluded()
	for _, m := range b.matches[:b.words.Matches(b.matches[:], b.third[k], b.code[k+3:b.n+1])] {
		v, j := value(m.Value), k+3+int(m.Codes)
		c := b.costs[v.frequency()] + b.cost[j]
		if c <= best && v.split() != excluded && b.hidden>>(m.Codes+2)&1 == 0 {
			best, path = c, newStep(v, j)
		}
	}
	return best, path
}

// tooDear is more than the cost of any path. It has the bit that says that there is no word.
const tooDear = uint32(doublearray.NoKey)

// excluded returns how the words are marked that do not count.
func (b *block) excluded() uint32 {
	if b.plain {
		return onlyRules
	}
	return dropped
}

// routeUser is what route does with the word of place k alone and the caller's words there. It notes which built-in words
// do not count.
func (b *block) routeUser(k int) (best uint32, path step) {
	p := b.places[k]
	next := k + p.unit()
	best, path = b.unknown+b.cost[next], newStep(0, next)
	b.hidden = 0
	node := uint32(0)
	for j := k; j < b.n && j-k < MaxWord; j++ {
		var word userWord
		if node, word = b.user.step(node, b.rune[j]); node == 0 {
			break
		}
		if word&(isWord|isHidden) == 0 {
			continue
		}
		b.hidden |= 1 << (j - k)
		if c := word.cost() + b.cost[j+1]; word&isWord != 0 && c <= best {
			best, path = c, newStep(word.value(), j+1)
		}
	}
	if c := p.cost() + b.cost[k+1]; p.tag() != NoTag && b.hidden&1 == 0 && c <= best {
		best, path = c, newStep(value(p.tag()), k+1)
	}
	return best, path
}
