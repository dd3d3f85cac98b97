package charset

import (
	_ "embed"
	"sync"
)

// big5Text holds every code of one character, the Hong Kong supplement included.
//
//go:embed big5.txt
var big5Text string

// big5Pairs are the codes of two characters: a letter and a combining mark.
var big5Pairs = [...]struct {
	code         uint16
	letter, mark rune
}{
	{0x8862, 0xCA, 0x304},
	{0x8864, 0xCA, 0x30C},
	{0x88A3, 0xEA, 0x304},
	{0x88A5, 0xEA, 0x30C},
}

// pairBase plus an index of big5Pairs stands for a pair in the table.
const pairBase = 0x110000

// big5Decoding turns codes into characters; 0 is no code.
var big5Decoding = sync.OnceValue(func() *[tableLength]uint32 {
	t := new([tableLength]uint32)
	readTable(big5Text, func(slot int, r rune) { t[slot] = uint32(r) })
	for i, p := range big5Pairs {
		t[slot(byte(p.code>>8), byte(p.code))] = pairBase + uint32(i)
	}
	return t
})

// big5EncodeTable turns characters of the first three planes into codes; 0 is none. Pairs are left out.
type big5EncodeTable [0x30000]uint16

// codeRange is a range of codes, both ends included.
type codeRange struct{ first, last uint16 }

// write gives the characters of some codes their code, unless they have one already.
func (t *big5EncodeTable) write(ranges ...codeRange) {
	decoding := big5Decoding()
	for _, codes := range ranges {
		last := slot(byte(codes.last>>8), byte(codes.last))
		for i := slot(byte(codes.first>>8), byte(codes.first)); i <= last; i++ {
			if r := decoding[i]; r != 0 && r < pairBase && t[r] == 0 {
				t[r] = codeAt(i)
			}
		}
	}
}

// Parts of the code space. ETEN added its symbols between the two levels; the supplement also has codes there
// and more above, which it keeps for compatibility.
var (
	big5Symbols     = codeRange{0xA140, 0xA3FE}
	big5FirstLevel  = codeRange{0xA440, 0xC67E}
	big5SecondLevel = codeRange{0xC940, 0xF9FE}
	etenSymbols     = codeRange{0xC6A1, 0xC875}
	hkscsBelow      = codeRange{0x8740, 0xA0FE}
	hkscsBetween    = codeRange{0xC876, 0xC8FE}
	hkscsAbove      = codeRange{0xFA40, 0xFEFE}
)

// big5Encoding writes some box drawing at the end of the second level, where Windows has it, rather than among
// the symbols.
var big5Encoding = sync.OnceValue(func() *big5EncodeTable {
	t := new(big5EncodeTable)
	t.write(big5FirstLevel, codeRange{0xF9E9, 0xF9EB}, codeRange{0xF9F9, 0xF9F9}, big5Symbols, big5SecondLevel, etenSymbols)
	return t
})

// withdrawn are codes of the supplement that are read but no longer written.
var withdrawn = [...]uint16{0x8FCC, 0x92C8, 0x9644, 0x96ED, 0x9BEC}

var hkscsEncoding = sync.OnceValue(func() *big5EncodeTable {
	t := new(big5EncodeTable)
	t.write(big5FirstLevel, big5SecondLevel, big5Symbols)
	after := hkscsBelow.first
	for _, code := range withdrawn {
		t.write(codeRange{after, code - 1})
		after = code + 1
	}
	t.write(codeRange{after, hkscsBelow.last}, hkscsAbove, etenSymbols, hkscsBetween)
	return t
})
