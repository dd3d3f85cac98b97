package segment

import (
	"strings"

	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/internal/fold"
)

// joinNumbers makes one token of each number (三百五十万, 20多, 第二十三, 百分之五, 3.5亿) and of each part of a date or
// a time of day (1998年, 3月, 15日, 9时, 80年代); what is counted stays apart from the number.
func (b *block) joinNumbers() {
	for k := b.candidates.next(numberRule, 0, b.end); k < b.end; k = b.candidates.next(numberRule, k+1, b.end) {
		p := b.piece(k)
		if p.class != Number && (p.class != Word || p.trait&numbering == 0) {
			continue
		}
		to := b.number(k)
		if to == k {
			continue
		}
		if to > p.to || p.tag == NoTag {
			p.tag = Numeral
		}
		p.to, p.class = to, Number
		b.join(b.dated(p))
	}
}

// number returns where the number ends that starts at place k, k if there is none. It may part the last of its pieces.
func (b *block) number(k int) (to int) {
	const (
		nothing = iota
		joint   // 第, 分之, 点: a number follows
		digits
		characters
		more // 多, 余: at most a scale follows
	)
	last, found, wide := nothing, false, false // wide: what says that it is somewhat more may follow
	at := k
	for ; at < b.end; at = b.path[at].next() {
		p := b.piece(at)
		s, next := b.spelling(p), b.piece(p.to)
		scaled := p.trait&scale != 0
		switch {
		case last == nothing && p.places() == 1 && (p.trait&(numeral|family) == numeral|family || s == b.trillion) && !b.isNumeral(next):
			return k // a surname, or in a name: 陆, 万, 兆
		case p.class == Number && (last <= joint || last == characters && wide && b.isDigits(b.piece(k))):
			last, found, wide = digits, true, true
		case p.class != Number && last == nothing && b.ofNumerals(p):
			last, found, wide = characters, true, b.trait(p.to-1)&scale != 0
		case p.class != Number && b.all(p, numeral) && (last <= joint || scaled || last == characters && s != b.tael):
			if p.tag == Adverb && last == nothing {
				return k // 千万
			}
			last, found, wide = characters, true, b.trait(p.to-1)&scale != 0
		case last == joint && !found && p.class == Word && p.places() == 2 && p.trait&numeral != 0:
			b.split(at) // 第 一块
			last, found, wide = characters, true, scaled
		case p.places() == 1 && p.trait&ordinal != 0 && last == nothing:
			last = joint
		case p.places() == 1 && p.trait&vague != 0 && b.isScale(next) && last <= joint:
			last = joint
		case wide && p.places() == 1 && p.trait&beyond != 0:
			last, wide = more, false
		case wide && p.places() == 2 && p.tag == Numeral && p.trait&beyond != 0:
			b.split(at) // 20 多年
			last, wide = more, false
		case found && b.isFraction(p) && b.isNumeral(next):
			last = joint
		case found && s == b.part && b.spelling(next) == b.of && b.isNumeral(b.piece(next.to)):
			last, at = joint, next.from
		case !found && last == nothing && b.isFraction(p) && b.isNumeral(next):
			last = joint // 百分之 三
		case last == characters && s == b.point && b.isDecimals(next):
			last = joint
		case b.isPointed(p) && (last <= joint || last == characters && wide) && b.isDecimals(next) && b.piece(next.to).trait&scale == 0:
			last, found, wide = joint, true, false // 二十 三点 五
		case !found:
			return k
		default:
			return at
		}
	}
	if !found {
		return k
	}
	return at
}

// ofNumerals reports whether a word is a number that is more than numerals: 第一, 百分之五.
func (b *block) ofNumerals(p piece) bool {
	if p.places() < 2 || b.trait(p.to-1)&numeral == 0 {
		return false
	}
	more := false
	for k := p.from; k < p.to; k++ {
		switch code := spelling(b.code[k]); {
		case b.trait(k)&numeral != 0:
		case b.trait(k)&ordinal != 0, code == b.part, code == b.of:
			more = true
		default:
			return false
		}
	}
	return more
}

// isNumeral reports whether a piece is a number, as far as a single piece can be.
func (b *block) isNumeral(p piece) bool { return p.class == Number || b.all(p, numeral) }

// isScale reports whether a piece is numerals that start with a scale, as after another number: 几十, 数百, 两万.
func (b *block) isScale(p piece) bool { return b.all(p, numeral) && p.trait&scale != 0 }

// isFraction reports whether a piece is 分之, or ends in it.
func (b *block) isFraction(p piece) bool { return b.ending(p) == b.parts }

// isPointed reports whether a piece is a numeral and 点.
func (b *block) isPointed(p piece) bool {
	return p.places() == 2 && p.class == Word && p.trait&numeral != 0 && spelling(b.code[p.from+1]) == b.point
}

// isDecimals reports whether a piece is digits that follow 点, and not minutes.
func (b *block) isDecimals(p piece) bool {
	return p.class == Word && b.all(p, figure) && b.spelling(b.piece(p.to)) != b.minute
}

// isDigits reports whether a piece is a run of digits.
func (b *block) isDigits(p piece) bool { return b.places[p.from].kind() == digit }

// dated returns the number p with the word after it that makes it a part of a date or a time, if there is one.
func (b *block) dated(p piece) piece {
	next := b.piece(p.to)
	if next.class != Word || next.places() == 0 || next.places() > 2 {
		return p
	}
	unit := b.spelling(next)
	if next.places() == 2 && among(unit, b.afterNumber) {
		b.split(next.from)
		next = b.piece(p.to)
		unit = b.spelling(next)
	}
	if b.isTime(p, unit) {
		p.to, p.tag = next.to, Time
	}
	return p
}

// isTime reports whether the number p and a unit are a part of a date or a time.
func (b *block) isTime(p piece, unit spelling) bool {
	switch unit {
	case b.year, b.annual:
		value, figures := b.amount(p)
		return figures == 4 && value >= 1000 || figures == 3 && value%10 != 0 || figures == 2 && (value < 10 || value > 50 && value%10 != 0)
	case b.decade:
		value, _ := b.amount(p)
		return value%10 == 0
	case b.month, b.monthly:
		return b.within(p, 1, 12)
	case b.day, b.date:
		return b.within(p, 1, 31)
	case b.century:
		return b.within(p, 1, 40)
	case b.hour:
		return b.within(p, 0, 24)
	case b.point:
		return b.within(p, 0, 24) && (b.isDigits(p) || among(b.spelling(b.before(p.from)), b.beforeClock))
	case b.minute:
		before := b.before(p.from)
		return before.tag == Time && before.class == Number && b.within(p, 0, 59)
	}
	return false
}

// within reports whether the number p is at least low and at most high.
func (b *block) within(p piece, low, high int) bool {
	value, _ := b.amount(p)
	return low <= value && value <= high
}

// amount returns the value of a number below 10,000, and of how many digits it is written, 0 if 十 is in it; -1 if it
// is larger or not a plain number.
func (b *block) amount(p piece) (value, figures int) {
	ten := false
	for k := p.from; k < p.to; k++ {
		r, _ := decode.Rune(b.text, b.at[k])
		switch d := figureOf(r); {
		case d == 10 && !ten && value < 10:
			value, figures, ten = max(value, 1)*10, 0, true
		case d >= 0 && d < 10 && ten && figures == 0:
			value += d
			figures = 1
		case d >= 0 && d < 10 && !ten && figures < 4:
			value = value*10 + d
			figures++
		default:
			return -1, 0
		}
	}
	if ten {
		return value, 0
	}
	return value, figures
}

// figureOf returns the value of a character for a digit or ten, and -1 for others.
func figureOf(r rune) int {
	switch r = fold.All.Rune(r); {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r == '零' || r == '○':
		return 0
	}
	if i := strings.IndexRune("〇一二三四五六七八九十", r); i >= 0 {
		return i / len("〇")
	}
	return -1
}
