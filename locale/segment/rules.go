package segment

import "math/bits"

// A piece is a token in the making: the places of a block from from to to.
type piece struct {
	span
	class Class
	tag   Tag
	trait trait // of the first character, as far as it counts in a piece of this length
}

// A span has the places from from to to. It is a type so that a piece has few enough fields to be kept in registers.
type span struct{ from, to uint16 }

// fixed is the class of a word of the caller's, which no rule touches; it becomes Word.
const fixed Class = 1 << 7

// pieces are the tokens of a block in the making.
type pieces struct {
	list [blockSize + 1]piece
	n    int

	candidates [rules][(blockSize + 1 + 63) / 64]uint64 // bits of the pieces at which a rule may begin
	moved      bool                                     // the pieces have other numbers than the bits
}

// A rule joins pieces. Few pieces are where one may begin, so that it is worth knowing them.
type rule int

const (
	numberRule rule = iota
	nameRule
	suffixRule
	rules
)

// begin notes at which pieces the rules may begin.
func (p *pieces) begin() {
	p.moved = false
	for word := 0; word*64 < p.n; word++ {
		var number, name, suffixes uint64
		for i, x := range p.list[word*64 : min(p.n, word*64+64)] {
			t := x.trait
			if x.class == Number {
				t |= numeral
			}
			number |= uint64(bit(t&numbering)) << i
			name |= uint64(bit(t&naming)) << i
			suffixes |= uint64(bit(t&(suffix|division))) << i
		}
		p.candidates[numberRule][word], p.candidates[nameRule][word], p.candidates[suffixRule][word] = number, name, suffixes
	}
}

// bit is 1 unless t is 0.
func bit(t trait) uint32 { return (uint32(t) | -uint32(t)) >> 31 }

// shorten ends a rule that has left n pieces.
func (p *pieces) shorten(n int) {
	p.moved = p.moved || n != p.n
	p.n = n
}

// next returns the first piece from i on at which the rule may begin, p.n if there is none.
func (p *pieces) next(r rule, i int) int {
	for word := i / 64; word*64 < p.n; word++ {
		if found := p.candidates[r][word] >> (i % 64); found != 0 {
			return i + bits.TrailingZeros64(found)
		}
		i = word*64 + 64
	}
	return p.n
}

// at returns the piece with number i, an empty one if there is none.
func (p *pieces) at(i int) piece {
	if uint(i) < uint(p.n) {
		return p.list[i]
	}
	return piece{}
}

// split parts the piece with number i after its first places; a and b are the parts.
func (p *pieces) split(i int, a, b piece) {
	p.moved = true
	p.n++
	copy(p.list[i+1:p.n], p.list[i:p.n-1])
	p.list[i], p.list[i+1] = a, b
}

// places returns how many places the piece takes.
func (p piece) places() int { return int(p.to - p.from) }

// refine makes tokens of the best path up to place end: it splits what the dictionary marks as two words, and then
// applies the rules, each of which changes the list.
func (b *block) refine(end int) *pieces {
	list := &b.pieces
	n := 0
	seen := trait(0)
	for k := 0; k < end; n++ {
		v, from, next := b.value[k], uint16(k), b.next[k]
		class := b.classOf(k)
		traits := b.trait(from) & counting[min(int(next-from), len(counting)-1)]
		if class == Number {
			seen |= numeral
		}
		if v&fromUser != 0 {
			class, traits = fixed, 0
		}
		seen |= traits
		list.list[n] = piece{span{from, next}, class, v.tag(), traits}
		if v.split() == parted && !b.plain {
			word := list.list[n]
			list.list[n] = b.slice(word, 0, 1)
			n++
			list.list[n] = b.slice(word, 1, word.places())
			seen |= list.list[n-1].trait | list.list[n].trait
		}
		k = int(next)
	}
	list.n = n
	if b.plain {
		return list
	}
	list.begin()
	if seen&numbering != 0 {
		b.joinNumbers(list)
	}
	if seen&naming != 0 {
		b.joinNames(list)
	}
	if b.dots {
		b.joinDotted(list)
	}
	if seen&(suffix|division) != 0 {
		b.joinSuffixes(list)
	}
	return list
}

// slice returns places from to to of p, as a word of its own.
func (b *block) slice(p piece, from, to int) piece {
	s := piece{span: span{p.from + uint16(from), p.from + uint16(to)}, class: p.class}
	s.trait = b.trait(s.from) & counting[min(s.places(), len(counting)-1)]
	if s.places() == 1 {
		s.tag = b.alone[s.from].tag()
		return s
	}
	state := b.first[s.from]
	for i := s.from + 1; i < s.to && state != 0; i++ {
		state = b.words.StepCode(state, b.code[i])
	}
	if v, ok := b.words.Value(state); ok {
		s.tag = value(v).tag()
	}
	return s
}

// classOf returns the class of the first token of the path from place k.
func (b *block) classOf(k int) Class {
	class := b.kind[k].class()
	if b.value[k] != 0 {
		class = Word
	}
	return class
}

// trait returns what the rules know of the character at a place.
func (b *block) trait(place uint16) trait { return b.traits[b.code[place]] }

// all reports whether all characters of p have one of the traits.
func (b *block) all(p piece, t trait) bool {
	for i := p.from; i < p.to; i++ {
		if b.trait(i)&t == 0 {
			return false
		}
	}
	return p.to > p.from
}
