package segment

import (
	"math"
	"strings"
)

// A name tells how much likelier a character is in a place of a person's name than as a word: the logarithm of the
// ratio, in steps of 1/nameScale.
type name struct {
	surname       int16 // only of those with the trait family
	first, second int16 // of the given name; a single character is the second
}

const (
	nameScale  = 64
	likely     = 1 * nameScale // a surname and a given name of two characters have to score
	veryLikely = 4 * nameScale // one of a single character
	rareGiven  = 3 * nameScale // one that is a rare word

	namePrior = -5 // logarithm of how often a name starts where a single character is
	evidence  = 3 * nameScale
)

// readNames makes the scores of names from the counts in words.txt, the characters of one count a line.
func (x *lexicon) readNames(codes int) {
	var counts [3][]float64
	var totals [3]float64
	for place := range counts {
		counts[place] = make([]float64, codes)
	}
	_, lines, _ := strings.Cut(wordLists, "[names]\n")
	for line := range strings.Lines(lines) {
		place, size := line[0]-'0', 0
		rest := line[2:]
		for ; rest[0] != ' '; rest = rest[1:] {
			size = size*10 + int(rest[0]-'0')
		}
		for _, r := range rest[1 : len(rest)-1] {
			n := math.Exp2(float64(size) - 0.5)
			counts[place][x.basic[r].code] = n
			totals[place] += n
		}
	}
	x.names = make([]name, codes)
	for code := range x.names {
		word := -float64(x.unknown)
		if v, ok := x.words.Value(x.words.StepCode(x.words.Root(), uint16(code))); ok {
			word = -float64(x.costs[value(v).frequency()])
		}
		score := func(place int) int16 {
			p := math.Log(max(counts[place][code], 0.3) / totals[place])
			return int16(max(-8*nameScale, min(8*nameScale, (p-word/costScale)*nameScale)))
		}
		x.names[code] = name{first: score(1), second: score(2)}
		if counts[0][code] > 0 {
			x.names[code].surname = score(0)
			x.traits[code] |= family
		}
	}
	for compound := range strings.FieldsSeq(compoundSurnames) {
		first, size := decode(compound, 0)
		second, _ := decode(compound, size)
		x.traits[x.basic[first].code] |= familyStart
		x.traits[x.basic[second].code] |= familyEnd
	}
}

// joinNames makes one token of each person's name that the path has left in pieces.
func (b *block) joinNames(list *pieces) {
	if list.moved {
		list.begin()
	}
	n := 0
	for i := 0; i < list.n; i++ {
		if n == i && !list.moved {
			if i = list.next(nameRule, i); i == list.n {
				return
			}
			n = i
		}
		p := &list.list[i]
		if p.trait&naming != 0 && p.class == Word {
			taken, tag := 0, Person
			if p.trait&(family|familyStart) != 0 {
				taken = b.chineseName(list, i, list.at(n-1))
			}
			if p.trait&foreign != 0 && list.at(i+1).trait&foreign != 0 {
				if f := b.foreignName(list, i); f > 0 && f >= taken {
					taken, tag = f, Transliterated
				}
			}
			if taken > 0 {
				x := *p
				i += taken - 1
				x.to, x.tag = list.list[i].to, tag
				list.list[n] = x
				n++
				continue
			}
		}
		if n != i {
			list.list[n] = *p
		}
		n++
	}
	list.shorten(n)
}

// chineseName returns how many pieces from i on are a surname and a given name, 0 if they are none.
func (b *block) chineseName(list *pieces, i int, before piece) int {
	p := &list.list[i]
	score := namePrior * nameScale
	switch {
	case p.trait&family != 0:
		if before.class == Number && before.to == p.from {
			return 0 // a classifier
		}
		score += int(b.names[b.code[p.from]].surname)
	case p.trait&familyStart != 0 && b.trait(p.from+1)&familyEnd != 0 && among(b.spelling(*p), b.surnames):
		score += 6 * nameScale
	default:
		return 0
	}
	g, h := list.at(i+1), list.at(i+2)
	if g.class != Word || g.places() == 0 || g.places() > 2 || b.kind[g.from] != han {
		return 0
	}
	if g.places() == 2 {
		return b.rareName(g, h, score, before)
	}
	single, double := score+int(b.names[b.code[g.from]].second), math.MinInt32
	if h.places() == 1 && h.class == Word && b.kind[h.from] == han && h.trait&impersonal == 0 {
		double = score + int(b.names[b.code[g.from]].first) + int(b.names[b.code[h.from]].second)
	}
	if single+2*evidence < veryLikely && double+2*evidence < likely {
		return 0
	}
	titled := 0
	if among(b.spelling(before), b.beforeName) {
		titled = evidence
	}
	single += titled + b.follows(h)
	double += titled + b.follows(list.at(i+3))
	switch {
	case double > single && double >= likely:
		return 3
	case single >= veryLikely:
		return 2
	}
	return 0
}

// follows returns the evidence for a name before p.
func (b *block) follows(p piece) int {
	if among(b.spelling(p), b.afterName) {
		return evidence
	}
	return 0
}

// rareName returns 2 if the word g after a surname is a given name: it is so rare that it can hardly be meant, or the
// name of a person.
func (b *block) rareName(g, next piece, score int, before piece) int {
	first, second := &b.names[b.code[g.from]], &b.names[b.code[g.from+1]]
	// The word stands for its characters, so that they are not as rare as they look.
	score += min(int(first.first)+int(second.second), 4*nameScale)
	if score+2*evidence < 2*likely {
		return 0
	}
	cost := b.costOf(g)
	if g.tag == Place || cost < 10*costScale || cost < 11*costScale && g.tag != Person {
		return 0
	}
	if among(b.spelling(before), b.beforeName) {
		score += evidence
	}
	if next := b.follows(next); score+next < rareGiven && (g.tag != Person || score+next < 2*likely) {
		return 0
	}
	return 2
}

// costOf returns the cost of the word that a piece is.
func (b *block) costOf(p piece) uint32 {
	state := b.first[p.from]
	for i := p.from + 1; i < p.to && state != 0; i++ {
		state = b.words.StepCode(state, b.code[i])
	}
	if v, ok := b.words.Value(state); ok {
		return b.costs[value(v).frequency()]
	}
	return b.unknown
}

// foreignName returns how many pieces from i on are a name written with the characters that stand for foreign sounds.
func (b *block) foreignName(in *pieces, i int) int {
	j, characters, typical, alone := i, 0, 0, 0
	for ; j < in.n; j++ {
		p := in.list[j]
		if p.class != Word || p.places() > 4 || !b.all(p, foreign) || p.places() > 1 && !p.tag.ofNames() {
			break
		}
		typicalHere := b.typical(p)
		if p.places() == 1 && typicalHere == 0 && (j == i || b.costOf(p) < 7*costScale) {
			break // a word rather than a sound
		}
		if p.places() == 1 {
			alone += typicalHere
		}
		characters += p.places()
		typical += typicalHere
	}
	if j-i < 2 || characters < 3 || alone == 0 || typical*2 < characters {
		return 0
	}
	return j - i
}

// typical returns how many characters of p are hardly used but in foreign names.
func (b *block) typical(p piece) int {
	n := 0
	for k := p.from; k < p.to; k++ {
		if b.trait(k)&foreignly != 0 {
			n++
		}
	}
	return n
}

// ofNames reports whether words with the tag are names, or nothing is known of them.
func (t Tag) ofNames() bool {
	switch t {
	case NoTag, Person, Place, ProperNoun, Transliterated, otherPerson, Morpheme, Character:
		return true
	}
	return false
}

// joinDotted makes one token of names with a dot between them.
func (b *block) joinDotted(list *pieces) {
	n := 0
	for i := 0; i < list.n; i++ {
		p := list.list[i]
		if b.kind[p.from] == dot && n > 0 && b.nameLike(list.list[n-1]) && b.nameLike(list.at(i+1)) {
			p.from = list.list[n-1].from
			for n--; n > 0 && b.kind[p.from] == han && b.nameLike(list.list[n-1]) && list.list[n-1].tag != Place; n-- {
				p.from = list.list[n-1].from
			}
			for i++; i+1 < list.n && b.nameLike(list.list[i+1]) && list.list[i+1].tag != Person; i++ {
			}
			p.to, p.class, p.tag = list.list[i].to, Word, Transliterated
		}
		list.list[n] = p
		n++
	}
	list.shorten(n)
}

// nameLike reports whether p can be a part of a foreign name with dots in it.
func (b *block) nameLike(p piece) bool {
	if p.places() == 0 || p.class != Word || b.kind[p.from] != han {
		return false
	}
	return p.tag == Transliterated || p.tag == Person && p.places() > 1 ||
		b.all(p, foreign) && (p.places() == 1 || p.tag.ofNames() || 2*b.typical(p) > p.places())
}
