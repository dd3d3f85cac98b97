package charset

import (
	_ "embed"
	"sync"
)

//go:generate go run gen.go

// gb18030Text holds the symbols, the characters of GB2312 and the end of GBK. Derived below are the rest of
// GBK, which is the other unified ideographs in the order of Unicode, the private use areas, and the
// four-byte codes, which are what is left of the first 65,536 characters, in order.
//
//go:embed gb18030.txt
var gb18030Text string

// fourByteCodes is the number of four-byte codes below U+10000: 0x81308130 to 0x8431A439.
const fourByteCodes = 39420

// supplementary is the linear number of 0x90308130, the code of U+10000.
const supplementary = 189000

// moved lists the two-byte codes whose character was in private use when the codes were assigned. The
// two characters have changed places since: the private one has the four-byte code of the other.
var moved = [...]struct {
	code         uint16
	now, private rune
}{
	{0xA8BC, 0x1E3F, 0xE7C7}, // edition of 2005
	{0xA6D9, 0xFE10, 0xE78D}, // edition of 2022: vertical punctuation
	{0xA6DA, 0xFE12, 0xE78E},
	{0xA6DB, 0xFE11, 0xE78F},
	{0xA6DC, 0xFE13, 0xE790},
	{0xA6DD, 0xFE14, 0xE791},
	{0xA6DE, 0xFE15, 0xE792},
	{0xA6DF, 0xFE16, 0xE793},
	{0xA6EC, 0xFE17, 0xE794},
	{0xA6ED, 0xFE18, 0xE795},
	{0xA6F3, 0xFE19, 0xE796},
	{0xFE59, 0x9FB4, 0xE81E}, // ideographs
	{0xFE61, 0x9FB5, 0xE826},
	{0xFE66, 0x9FB6, 0xE82B},
	{0xFE67, 0x9FB7, 0xE82C},
	{0xFE6D, 0x9FB8, 0xE832},
	{0xFE7E, 0x9FB9, 0xE843},
	{0xFE90, 0x9FBA, 0xE854},
	{0xFEA0, 0x9FBB, 0xE864},
}

// userAreas are the three user-defined areas.
var userAreas = [...]struct {
	firstLead, lastLead, firstTrail, lastTrail byte
	first                                      rune
}{
	{0xAA, 0xAF, 0xA1, 0xFE, 0xE000},
	{0xF8, 0xFE, 0xA1, 0xFE, 0xE234},
	{0xA1, 0xA7, 0x40, 0xA0, 0xE4C6},
}

// gaps are the codes in private use between the assigned ones.
var gaps = [...]struct {
	code  uint16
	first rune
	n     int
}{
	{0xA2AB, 0xE766, 6}, {0xA2E4, 0xE76D, 1}, {0xA2EF, 0xE76E, 2}, {0xA2FD, 0xE770, 2}, {0xA4F4, 0xE772, 11},
	{0xA5F7, 0xE77D, 8}, {0xA6B9, 0xE785, 8}, {0xA6F6, 0xE797, 9}, {0xA7C2, 0xE7A0, 15}, {0xA7F2, 0xE7AF, 13},
	{0xA896, 0xE7BC, 11}, {0xA8C1, 0xE7C9, 4}, {0xA8EA, 0xE7CD, 21}, {0xA958, 0xE7E2, 1}, {0xA95B, 0xE7E3, 1},
	{0xA95D, 0xE7E4, 3}, {0xA997, 0xE7F4, 13}, {0xA9F0, 0xE801, 15}, {0xD7FA, 0xE810, 5}, {0xFE51, 0xE816, 3},
	{0xFE6C, 0xE831, 1}, {0xFE76, 0xE83B, 1}, {0xFE91, 0xE855, 1},
}

// gbDecodeTable turns codes into characters; 0 is no code.
type gbDecodeTable struct {
	two  [tableLength]uint16
	four [fourByteCodes]uint16
}

var gbDecoding = sync.OnceValue(func() *gbDecodeTable {
	t := new(gbDecodeTable)
	var coded [0x10000]bool // has a two-byte code
	set := func(slot int, r rune) {
		t.two[slot] = uint16(r)
		coded[r] = true
	}
	readTable(gb18030Text, set)
	for _, m := range moved {
		set(slot(byte(m.code>>8), byte(m.code)), m.now)
	}
	for _, g := range gaps {
		for i := range g.n {
			set(slot(byte(g.code>>8), byte(g.code))+i, g.first+rune(i))
		}
	}
	for _, a := range userAreas {
		r := a.first
		for lead := a.firstLead; lead <= a.lastLead; lead++ {
			for trail := a.firstTrail; trail <= a.lastTrail; trail++ {
				if trail != 0x7F {
					set(slot(lead, trail), r)
					r++
				}
			}
		}
	}
	ideograph := rune(0x4E00)
	for lead := byte(firstLead); lead <= lastLead; lead++ {
		for trail := byte(firstTrail); trail <= lastTrail; trail++ {
			if trail == 0x7F || t.two[slot(lead, trail)] != 0 {
				continue
			}
			for coded[ideograph] {
				ideograph++
			}
			set(slot(lead, trail), ideograph)
		}
	}

	place := make(map[rune]rune, len(moved))
	for _, m := range moved { // the four-byte codes were assigned before the move
		coded[m.now], coded[m.private] = false, true
		place[m.now] = m.private
	}
	at := 0
	for r := rune(0x80); r < 0x10000; r++ {
		if coded[r] || 0xD800 <= r && r < 0xE000 {
			continue
		}
		if private, ok := place[r]; ok {
			t.four[at] = uint16(private)
		} else {
			t.four[at] = uint16(r)
		}
		at++
	}
	return t
})

// gbEncoding holds the bytes of every character below U+10000, the first in the highest byte used: two-byte
// codes are below 0x10000. 0 is ASCII or a surrogate.
var gbEncoding = sync.OnceValue(func() *[0x10000]uint32 {
	t := new([0x10000]uint32)
	decoding := gbDecoding()
	for i, r := range decoding.two {
		if r != 0 {
			t[r] = uint32(codeAt(i))
		}
	}
	for i, r := range decoding.four {
		t[r] = fourBytes(i)
	}
	return t
})

// fourBytes is the code with a linear number.
func fourBytes(n int) uint32 {
	return uint32(n/12600+0x81)<<24 | uint32(n/1260%10+0x30)<<16 | uint32(n/10%126+0x81)<<8 | uint32(n%10+0x30)
}
