package entity

import "cmp"

// Kind is what an entity is.
type Kind uint8

// The kinds, the more telling ones first.
const (
	Time    Kind = iota + 1 // a moment, a stretch, a length or a repetition of time: 明天八点, 三天, 每周一
	Money                   // 三块五
	Amount                  // of a unit: 三点五公里, 26℃, 三岁
	Count                   // of things: 三本
	Named                   // what a Finder of the caller knows, such as the name of a song
	Private                 // private data: a phone, a card, a name, an address
	Number                  // 三百, 20%, 八五折
)

var kindNames = [...]string{"无", "时间", "金额", "数量", "个数", "名称", "私密", "数字"}

// String returns the Chinese name of the kind.
func (k Kind) String() string {
	if k > Number {
		k = 0
	}
	return kindNames[k]
}

// An Entity is a stretch of text that has a value.
type Entity struct {
	Kind       Kind
	Start, End int    // byte offsets into the text, half open, on the boundaries of characters
	Text       string // the bytes from Start to End

	// Value is a [when.Match] for a Time, a [quantity.Match] for Money, an Amount and a Count, a [number.Match] for a
	// Number, a privacy.Finding for what package private finds, and for others what their Finder says. Its offsets are
	// those of the entity.
	Value any

	// Sure says that the text can hardly be anything else, whatever longer readings there are.
	Sure bool

	from, to int // offsets into the folded text
	runes    int // how many characters it has
	yields   bool
}

// Compare returns a negative number if a is a more telling reading than b by the rules in the comment of the package, and
// a positive one if b is. They are meant for readings of one [Lattice] that share text.
func Compare(a, b Entity) int { return compare(&a, &b) }

func compare(a, b *Entity) int {
	return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a.Kind, b.Kind))
}

// weight orders readings by what comes before their kind.
func (e *Entity) weight() int {
	const far = 1 << 30 // longer than any text
	switch {
	case e.Sure:
		return e.runes + far
	case e.yields:
		return e.runes - far
	}
	return e.runes
}
