package segment

import (
	"strings"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// joinNumbers makes one token of each number (三百五十万, 20多, 第二十三, 百分之五, 3.5亿) and of each part of a date or
// a time of day (1998年, 3月, 15日, 9时, 80年代); what is counted stays apart from the number.
func (b *block) joinNumbers(list *pieces) {
	if list.moved {
		list.begin()
	}
	n := 0
	for i := 0; i < list.n; i++ {
		if n == i && !list.moved {
			if i = list.next(numberRule, i); i == list.n {
				return
			}
			n = i
		}
		p := &list.list[i]
		if p.class == Number || p.class == Word && p.trait&numbering != 0 {
			if taken := b.number(list, i); taken > 0 {
				x := *p
				x.to, x.class = list.list[i+taken-1].to, Number
				if taken > 1 || x.tag == NoTag {
					x.tag = Numeral
				}
				i += taken - 1
				i += b.dated(list, i+1, &x, list.at(n-1))
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

// number returns how many pieces from i on are a number. It may split the last of them.
func (b *block) number(in *pieces, i int) int {
	const (
		nothing = iota
		joint   // 第, 分之, 点: a number follows
		digits
		characters
		more // 多, 余: at most a scale follows
	)
	last, found, wide := nothing, false, false // wide: what says that it is somewhat more may follow
	j := i
	for ; j < in.n; j++ {
		p := in.list[j]
		s := b.spelling(p)
		scaled := p.trait&scale != 0
		switch {
		case last == nothing && p.places() == 1 && (p.trait&(numeral|family) == numeral|family || s == b.trillion) && !b.numeralAt(in, j+1):
			return 0 // a surname, or in a name: 陆, 万, 兆
		case p.class == Number && (last <= joint || last == characters && wide && b.kind[in.list[i].from] == digit):
			last, found, wide = digits, true, true
		case p.class != Number && last == nothing && b.ofNumerals(p):
			last, found, wide = characters, true, b.trait(p.to-1)&scale != 0
		case p.class != Number && b.all(p, numeral) && (last <= joint || scaled || last == characters && s != b.tael):
			if p.tag == Adverb && last == nothing {
				return 0 // 千万
			}
			last, found, wide = characters, true, b.trait(p.to-1)&scale != 0
		case last == joint && !found && p.class == Word && p.places() == 2 && p.trait&numeral != 0:
			in.split(j, b.slice(p, 0, 1), b.slice(p, 1, 2)) // 第 一块
			last, found, wide = characters, true, p.trait&scale != 0
		case p.places() == 1 && p.trait&ordinal != 0 && last == nothing:
			last = joint
		case p.places() == 1 && p.trait&vague != 0 && b.scaleFollows(in, j) && last <= joint:
			last = joint
		case wide && p.places() == 1 && p.trait&beyond != 0:
			last, wide = more, false
		case wide && p.places() == 2 && p.tag == Numeral && p.trait&beyond != 0:
			in.split(j, b.slice(p, 0, 1), b.slice(p, 1, 2)) // 20 多年
			last, wide = more, false
		case found && b.fraction(in, j) && b.numeralAt(in, j+1):
			last = joint
		case found && s == b.part && b.spelling(in.at(j+1)) == b.of && b.numeralAt(in, j+2):
			last = joint
			j++
		case !found && last == nothing && b.fraction(in, j) && b.numeralAt(in, j+1):
			last = joint // 百分之 三
		case last == characters && s == b.point && b.decimals(in, j+1):
			last = joint
		case b.pointed(p) && (last <= joint || last == characters && wide) && b.decimals(in, j+1) && in.at(j+2).trait&scale == 0:
			last, found, wide = joint, true, false // 二十 三点 五
		default:
			if !found {
				return 0
			}
			return j - i
		}
	}
	if !found {
		return 0
	}
	return j - i
}

// ofNumerals reports whether a word is a number that is more than numerals: 第一, 百分之五.
func (b *block) ofNumerals(p piece) bool {
	if p.places() < 2 || b.trait(p.to-1)&numeral == 0 {
		return false
	}
	more := false
	for i := p.from; i < p.to; i++ {
		switch code := spelling(b.code[i]); {
		case b.trait(i)&numeral != 0:
		case b.trait(i)&ordinal != 0, code == b.part, code == b.of:
			more = true
		default:
			return false
		}
	}
	return more
}

func (b *block) numeralAt(in *pieces, i int) bool {
	p := in.at(i)
	return p.class == Number || b.all(p, numeral)
}

// scaleFollows reports whether the piece after number i starts with a scale: 几十, 数百, 两万.
func (b *block) scaleFollows(in *pieces, i int) bool {
	p := in.at(i + 1)
	return b.all(p, numeral) && p.trait&scale != 0
}

// fraction reports whether piece i is 分之, or ends in it.
func (b *block) fraction(in *pieces, i int) bool {
	return b.ending(in.at(i)) == b.parts
}

// pointed reports whether a piece is a numeral and 点.
func (b *block) pointed(p piece) bool {
	return p.places() == 2 && p.class == Word && p.trait&numeral != 0 && spelling(b.code[p.from+1]) == b.point
}

// decimals reports whether piece i is digits that follow 点, and not minutes.
func (b *block) decimals(in *pieces, i int) bool {
	p := in.at(i)
	return p.class == Word && b.all(p, figure) && b.spelling(in.at(i+1)) != b.minute
}

// dated adds to the number p the word after it that makes it a part of a date or a time, if there is one, and returns
// how many pieces that takes; before is the piece before p.
func (b *block) dated(in *pieces, i int, p *piece, before piece) int {
	next := in.at(i)
	if next.class != Word || next.places() == 0 || next.places() > 2 {
		return 0
	}
	s := b.spelling(next)
	if among(s, b.afterNumber) {
		next = b.slice(next, 0, 1)
		in.split(i, next, b.slice(in.list[i], 1, 2))
		s = b.spelling(next)
	}
	value, figures := b.amount(*p)
	switch s {
	case b.year, b.annual:
		if figures == 4 && value >= 1000 || figures == 3 && value%10 != 0 || figures == 2 && (value < 10 || value > 50 && value%10 != 0) {
			break
		}
		return 0
	case b.decade:
		if value%10 != 0 {
			return 0
		}
	case b.month, b.monthly:
		if value < 1 || value > 12 {
			return 0
		}
	case b.day, b.date:
		if value < 1 || value > 31 {
			return 0
		}
	case b.century:
		if value < 1 || value > 40 {
			return 0
		}
	case b.hour:
		if value < 0 || value > 24 {
			return 0
		}
	case b.point:
		if value < 0 || value > 24 || !b.digits(*p) && !among(b.spelling(before), b.beforeClock) {
			return 0
		}
	case b.minute:
		if before.tag != Time || before.class != Number || value < 0 || value > 59 {
			return 0
		}
	default:
		return 0
	}
	p.to, p.tag = next.to, Time
	return 1
}

// digits reports whether the piece is a run of digits.
func (b *block) digits(p piece) bool { return b.kind[p.from] == digit }

// amount returns the value of a number below 10,000, and of how many digits it is written, 0 if 十 is in it; -1 if it
// is larger or not a plain number.
func (b *block) amount(p piece) (value, figures int) {
	ten := false
	for i := p.from; i < p.to; i++ {
		r, _ := decode(b.text, b.at[i])
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
