package segment

// A place is what a block has of a character, in one word, so that it is stored at once: from the lowest bit its unit,
// its kind and its traits, and of the word that the character is alone the tag and the cost.
type place uint64

const (
	kindShift  = 8
	traitShift = 16
	aloneShift = 32 // the tag in 8 bits, and the cost in 24
)

const (
	unitMask  place = 1<<kindShift - 1
	kindMask  place = 1<<traitShift - 1<<kindShift
	aloneMask       = ^place(1<<aloneShift - 1)
)

// unit returns how many places there are up to the next one at which a token may start; 0 inside a run.
func (p place) unit() int { return int(p & unitMask) }

func (p place) kind() kind { return kind(p & kindMask >> kindShift) }

func (p place) trait() trait { return trait(p >> traitShift) }

// tag returns that of the word that the character is alone, and NoTag, which no word has, if it is none.
func (p place) tag() Tag { return Tag(p >> aloneShift) }

// cost returns that of the character alone, be it a word or not.
func (p place) cost() uint32 { return uint32(p >> (aloneShift + 8)) }

func (p place) withUnit(n int) place { return p&^unitMask | place(n) }

func (p place) withKind(k kind) place { return p&^kindMask | place(k)<<kindShift }

// withTrait returns the place of a character that has had no trait.
func (p place) withTrait(t trait) place { return p | place(t)<<traitShift }

// withAlone returns the place of a character that alone has a tag and a cost.
func (p place) withAlone(t Tag, cost uint32) place {
	return p&^aloneMask | place(t)<<aloneShift | place(cost)<<(aloneShift+8)
}
