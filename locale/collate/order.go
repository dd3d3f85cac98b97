package collate

import (
	"slices"
	"unicode/utf8"
)

// An Order is an order of text. The zero Order is [Pinyin]. All methods are safe for concurrent use.
type Order struct {
	load     func() *table
	hanShift uint32
	numeric  bool
	readings readings
	names    bool
}

// The orders.
var (
	// Pinyin orders by the syllables of pinyin, by tone, and by strokes among the same syllable.
	Pinyin = Order{load: pinyin}
	// Stroke orders by the number of strokes, and by radical among the same number.
	Stroke = Order{load: stroke}
	// Zhuyin orders by the syllables of zhuyin (ㄅㄆㄇㄈ), by tone, and by strokes among the same syllable.
	Zhuyin = Order{load: zhuyin}
)

// Options change an order. The zero Options change nothing.
type Options struct {
	// Numeric orders numbers in digits by what they count: 第2章 before 第10章. Every row of digits is a number, so that
	// v1.9 is before v1.10, and 3.2 before 3.14. Numerals such as 第十章 are text.
	Numeric bool

	// HanFirst puts ideographs before letters of any script, as CLDR does for Chinese.
	HanFirst bool

	// Names takes each text for the name of a person or a place, and reads its first ideograph accordingly: 单雄信 as
	// shàn, 重庆 as chóng.
	Names bool

	// Readings has texts and what sounds like them, of the same number of characters, by which they are ordered
	// wherever they are: 了解 and 蓼解. The longest that fits at a place is taken. Entries of different length are
	// ignored.
	Readings map[string]string
}

// With returns the order with the options in place of all it had.
func (o Order) With(options Options) Order {
	o = Order{load: o.load, numeric: options.Numeric, names: options.Names}
	if options.HanFirst {
		o.hanShift = hanLead - hanFirstLead
	}
	o.readings = newReadings(options.Readings)
	return o
}

func (o Order) table() *table {
	if o.load == nil {
		return pinyin()
	}
	return o.load()
}

// Compare returns -1 if a is before b, +1 if it is after b, and 0 if they are the same text.
func (o Order) Compare(a, b string) int {
	from := 0
	if !o.looksAround() {
		from = shared(a, b)
	}
	t := o.table()
	x, y := o.cursor(t, a, from), o.cursor(t, b, from)
	variant := 0
	for {
		p, v, ok := x.next()
		q, w, ok2 := y.next()
		switch {
		case !ok && !ok2:
			if variant != 0 || a == b {
				return variant
			}
			return o.compareRest(t, a[:from], x, y)
		case p != q: // 0 at the end
			if p < q {
				return -1
			}
			return 1
		case variant == 0 && v < w:
			variant = -1
		case variant == 0 && v > w:
			variant = 1
		}
	}
}

// compareRest compares two texts that have the same weights and begin alike.
func (o Order) compareRest(t *table, prefix string, x, y cursor) int {
	p := o.cursor(t, prefix, 0)
	for ok := true; ok; {
		_, _, ok = p.next()
	}
	switch a, b := p.loses || x.loses, p.loses || y.loses; {
	case !a && b:
		return -1
	case a && !b:
		return 1
	case x.s < y.s:
		return -1
	}
	return 1
}

// shared returns the length of what both texts begin with, up to a place where a character begins in both.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	return n
}

// Key returns a key for s: bytes.Compare of two keys gives what Compare gives for the texts. Keys of different orders
// or options, or of other releases of this package, must not be compared.
func (o Order) Key(s string) []byte { return o.AppendKey(nil, s) }

// AppendKey appends the key of s to dst. Of Chinese text it takes as many bytes as the text.
func (o Order) AppendKey(dst []byte, s string) []byte {
	t := o.table()
	dst = slices.Grow(dst, len(s))
	c := o.cursor(t, s, 0)
	all := weight(0) // with the bits of all variants
	for {
		if !c.around {
			var w weight
			dst, c.at, w = o.appendListed(dst, t, s, c.at)
			all |= w
		}
		p, v, ok := c.next()
		if !ok {
			break
		}
		all |= weight(v)
		switch lead := p >> 24; length[lead] {
		case 0:
			dst = append(dst, byte(lead))
		case 3:
			dst = append(dst, byte(lead), byte(p>>16), byte(p>>8))
		default:
			dst = append(dst, byte(lead), byte(p>>16), byte(p>>8), byte(p))
		}
	}
	varies := uint8(all)&^standard != 0
	if varies {
		dst = o.appendVariants(append(dst, 0), t, s)
	}
	if c.loses {
		if !varies {
			dst = append(dst, 0)
		}
		dst = append(append(dst, 0), s...)
	}
	return dst
}

// appendListed appends the primaries of the characters of one or three bytes at s[at:] that have a weight in the table,
// till another one comes. It returns where that is, and the bits of all weights.
func (o Order) appendListed(dst []byte, t *table, s string, at int) ([]byte, int, weight) {
	all := weight(0)
	for at < len(s) {
		r, size := rune(s[at]), 1
		if r >= utf8.RuneSelf {
			if at+2 >= len(s) || r&0xF0 != 0xE0 || s[at+1]&0xC0 != 0x80 || s[at+2]&0xC0 != 0x80 {
				break
			}
			if r, size = r&0xF<<12|rune(s[at+1]&0x3F)<<6|rune(s[at+2]&0x3F), 3; r < 0x800 {
				break
			}
		}
		w := t.weight(r)
		if w == 0 {
			break
		}
		all |= w
		lead := byte(w >> 24)
		if length[lead] == 0 {
			dst = append(dst, lead)
		} else {
			if lead >= hanLead {
				lead -= byte(o.hanShift)
			}
			dst = append(dst, lead, byte(w>>16), byte(w>>8))
		}
		at += size
	}
	return dst, at, all
}

// appendVariants appends the variant of each weight up to the last that is not the standard one.
func (o Order) appendVariants(dst []byte, t *table, s string) []byte {
	c := o.cursor(t, s, 0)
	end := len(dst)
	for {
		_, v, ok := c.next()
		if !ok {
			return dst[:end]
		}
		if dst = append(dst, v); v != standard {
			end = len(dst)
		}
	}
}

// Sort sorts the texts.
func (o Order) Sort(texts []string) {
	type keyed struct{ text, key string }
	list := make([]keyed, len(texts))
	var keys []byte
	for i, text := range texts {
		keys = o.AppendKey(keys[:0], text)
		list[i] = keyed{text, string(keys)}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	for i, k := range list {
		texts[i] = k.text
	}
}
