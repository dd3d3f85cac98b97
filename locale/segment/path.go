package segment

// A step is the first word of a path: its value, and the place where the next one starts.
type step uint64

func newStep(v value, next int) step { return step(v)<<16 | step(next) }

func (s step) next() int    { return int(s & (1<<16 - 1)) }
func (s step) value() value { return value(s >> 16) }

// A piece is a token in the making: the places from from to to.
type piece struct {
	span
	class Class
	tag   Tag
	trait trait // of the first character, as far as it counts in a piece of this length
}

// A span has the places from from to to. It is a type so that a piece has few enough fields to be kept in registers.
type span struct{ from, to int }

// fixed is the class of a word of the caller's, which no rule touches; it becomes Word.
const fixed Class = 1 << 7

// places returns how many places the piece takes.
func (p piece) places() int { return p.to - p.from }

// piece returns the piece of the path that starts at place k, an empty one at the end of the path.
func (b *block) piece(k int) piece {
	if k >= b.end {
		return piece{span: span{k, k}}
	}
	s, at := b.path[k], b.places[k]
	v, next := s.value(), s.next()
	if v&origin == fromUser {
		return piece{span: span{k, next}, class: fixed, tag: v.tag()}
	}
	return piece{span{k, next}, v.class(at.kind()), v.tag(), at.trait().counted(next - k)}
}

// before returns the piece of the path before the one that starts at place k, an empty one if there is none.
func (b *block) before(k int) piece {
	if k == 0 {
		return piece{}
	}
	return b.piece(int(b.previous[k]))
}

// join makes one token of the pieces of the path that lie in p, with its class and its tag.
func (b *block) join(p piece) {
	for k := b.path[p.from].next(); k < p.to; k = b.path[k].next() {
		b.candidates.remove(k)
		b.cut[k] = 0
	}
	made := madeWord
	if p.class == Number {
		made = madeNumber
	}
	v := made | value(p.tag)
	b.path[p.from], b.cut[p.from] = newStep(v, p.to), v.word()
	b.previous[p.to] = uint16(p.from)
}

// split makes two words of the piece at place k, the first of one character.
func (b *block) split(k int) {
	to := b.path[k].next()
	b.put(k, k+1)
	b.put(k+1, to)
}

// put makes a word of the places from k to to, with the tag that the dictionary has for it.
func (b *block) put(k, to int) {
	v, _ := b.dictionaryWord(k, to)
	v = madeWord | value(v.tag())
	b.path[k], b.cut[k] = newStep(v, to), v.word()
	b.previous[to] = uint16(k)
	b.candidates.add(k, b.trait(k).counted(to-k))
}

// dictionaryWord returns the word that the places from k to to are in the built-in dictionary, and whether they are one.
// Of a word of one place it has only the tag.
func (b *block) dictionaryWord(k, to int) (value, bool) {
	if to == k+1 {
		tag := b.places[k].tag()
		return value(tag), tag != NoTag
	}
	state := b.second[k]
	for j := k + 2; j < to && state != 0; j++ {
		state = b.words.StepCode(state, b.code[j])
	}
	v, ok := b.words.Value(state)
	return value(v), ok
}
