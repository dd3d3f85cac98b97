package segment

// A rule makes tokens of pieces of the path.
type rule int

const (
	numberRule rule = iota
	nameRule
	dotRule
	suffixRule
	rules
)

// beginning has the traits of the characters with which a rule may begin.
var beginning = [rules]trait{
	numberRule: numbering | arabic,
	nameRule:   naming,
	dotRule:    dotted,
	suffixRule: suffixing,
}

const anyBeginning = numbering | arabic | naming | dotted | suffixing

// refine makes tokens of the path: it parts what the dictionary marks as two words, and then applies the rules.
func (b *block) refine() {
	b.begin()
	b.joinNumbers()
	b.joinNames()
	b.joinDotted()
	b.joinSuffixes()
}

// begin walks along the path, notes its words, parts what the dictionary marks as two, and notes where rules may begin.
func (b *block) begin() {
	b.candidates.clear(b.end)
	clear(b.cut[:b.end])
	for k, end := uint(0), uint(min(b.end, blockSize)); k < end; { // it is at most that; so the compiler need not check
		s := b.path[k]
		next := s.next()
		if s.value().split() == parted {
			b.split(int(k))
			k = uint(next)
			continue
		}
		b.cut[k] = s.value().word()
		b.previous[next] = uint16(k)
		if t := b.places[k].trait(); t&anyBeginning != 0 {
			b.candidates.add(int(k), t.counted(next-int(k)))
		}
		k = uint(next)
	}
}

// trait returns what the rules know of the character at a place.
func (b *block) trait(k int) trait { return b.places[k].trait() }

// all reports whether all characters of p have one of the traits.
func (b *block) all(p piece, t trait) bool {
	for k := p.from; k < p.to; k++ {
		if b.trait(k)&t == 0 {
			return false
		}
	}
	return p.to > p.from
}
