package segment

import (
	"math"
	"strings"

	"github.com/zhushou-ai/zhushou/internal/decode"
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
// It adds the traits of surnames to those of the characters.
func (x *lexicon) readNames(traits []trait) {
	codes := len(traits)
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
			traits[code] |= family
		}
	}
	for compound := range strings.FieldsSeq(compoundSurnames) {
		first, size := decode.Rune(compound, 0)
		second, _ := decode.Rune(compound, size)
		traits[x.basic[first].code] |= familyStart
		traits[x.basic[second].code] |= familyEnd
	}
}

// joinNames makes one token of each person's name that the path has left in pieces.
func (b *block) joinNames() {
	for k := b.candidates.next(nameRule, 0, b.end); k < b.end; k = b.candidates.next(nameRule, k+1, b.end) {
		p := b.piece(k)
		if p.class != Word || p.trait&naming == 0 {
			continue
		}
		to, tag := k, Person
		if p.trait&(family|familyStart) != 0 {
			to = b.chineseName(p)
		}
		if p.trait&foreign != 0 && b.trait(p.to)&foreign != 0 {
			if end := b.foreignName(k); end > k && end >= to {
				to, tag = end, Transliterated
			}
		}
		if to > k {
			b.join(piece{span: span{k, to}, class: Word, tag: tag})
		}
	}
}

// chineseName returns where the name ends of which p is the surname, p.from if it is none.
func (b *block) chineseName(p piece) (to int) {
	none, before := p.from, b.before(p.from)
	score := namePrior * nameScale
	switch {
	case p.trait&family != 0:
		if before.class == Number {
			return none // a classifier
		}
		score += int(b.names[b.code[p.from]].surname)
	case p.trait&familyStart != 0 && b.trait(p.from+1)&familyEnd != 0 && among(b.spelling(p), b.surnames):
		score += 6 * nameScale
	default:
		return none
	}
	g := b.piece(p.to)
	h := b.piece(g.to)
	if g.class != Word || g.places() == 0 || g.places() > 2 || b.places[g.from].kind() != han {
		return none
	}
	if g.places() == 2 {
		if b.rareName(g, h, score, before) {
			return g.to
		}
		return none
	}
	single, double := score+int(b.names[b.code[g.from]].second), math.MinInt32
	if h.places() == 1 && h.class == Word && b.places[h.from].kind() == han && h.trait&impersonal == 0 {
		double = score + int(b.names[b.code[g.from]].first) + int(b.names[b.code[h.from]].second)
	}
	if single+2*evidence < veryLikely && double+2*evidence < likely {
		return none
	}
	titled := 0
	if among(b.spelling(before), b.beforeName) {
		titled = evidence
	}
	single += titled + b.follows(h)
	double += titled + b.follows(b.piece(h.to))
	switch {
	case double > single && double >= likely:
		return h.to
	case single >= veryLikely:
		return g.to
	}
	return none
}

// follows returns the evidence for a name before p.
func (b *block) follows(p piece) int {
	if among(b.spelling(p), b.afterName) {
		return evidence
	}
	return 0
}

// rareName reports whether the word g after a surname is a given name: it is so rare that it can hardly be meant, or the
// name of a person.
func (b *block) rareName(g, next piece, score int, before piece) bool {
	first, second := &b.names[b.code[g.from]], &b.names[b.code[g.from+1]]
	// The word stands for its characters, so that they are not as rare as they look.
	score += min(int(first.first)+int(second.second), 4*nameScale)
	if score+2*evidence < 2*likely {
		return false
	}
	cost := b.costOf(g)
	if g.tag == Place || cost < 10*costScale || cost < 11*costScale && g.tag != Person {
		return false
	}
	if among(b.spelling(before), b.beforeName) {
		score += evidence
	}
	score += b.follows(next)
	return score >= rareGiven || g.tag == Person && score >= 2*likely
}

// costOf returns the cost of the word that a piece is.
func (b *block) costOf(p piece) uint32 {
	if p.places() == 1 {
		return b.places[p.from].cost()
	}
	if v, ok := b.dictionaryWord(p.from, p.to); ok {
		return b.costs[v.frequency()]
	}
	return b.unknown
}

// foreignName returns where the name ends that starts at place k, written with the characters that stand for foreign
// sounds; k if there is none.
func (b *block) foreignName(k int) (to int) {
	pieces, characters, typical, alone := 0, 0, 0, 0
	p := b.piece(k)
	for ; p.from < b.end; p = b.piece(p.to) {
		if p.class != Word || p.places() > 4 || !b.all(p, foreign) || p.places() > 1 && !p.tag.ofNames() {
			break
		}
		typicalHere := b.typical(p)
		if p.places() == 1 && typicalHere == 0 && (pieces == 0 || b.costOf(p) < 7*costScale) {
			break // a word rather than a sound
		}
		if p.places() == 1 {
			alone += typicalHere
		}
		pieces++
		characters += p.places()
		typical += typicalHere
	}
	if pieces < 2 || characters < 3 || alone == 0 || typical*2 < characters {
		return k
	}
	return p.from
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
func (b *block) joinDotted() {
	for k := b.candidates.next(dotRule, 0, b.end); k < b.end; k = b.candidates.next(dotRule, k+1, b.end) {
		dot := b.piece(k)
		first, last := b.before(k), b.piece(dot.to)
		if !b.nameLike(first) || !b.nameLike(last) {
			continue
		}
		for p := b.before(first.from); b.nameLike(p) && p.tag != Place; p = b.before(p.from) {
			first = p
		}
		for p := b.piece(last.to); b.nameLike(p) && p.tag != Person; p = b.piece(p.to) {
			last = p
		}
		b.join(piece{span: span{first.from, last.to}, class: Word, tag: Transliterated})
	}
}

// nameLike reports whether p can be a part of a foreign name with dots in it.
func (b *block) nameLike(p piece) bool {
	if p.places() == 0 || p.class != Word || b.places[p.from].kind() != han {
		return false
	}
	return p.tag == Transliterated || p.tag == Person && p.places() > 1 ||
		b.all(p, foreign) && (p.places() == 1 || p.tag.ofNames() || 2*b.typical(p) > p.places())
}
