package charset

import (
	"math"
	"sync"
)

// The model says how likely a character is in Chinese text, whatever the charset: a wrong charset turns
// common characters into rare ones. Weights are estimates for kinds of characters, not counts of a corpus.

// Kinds of characters.
const (
	rare = iota
	privateUse
	control
	asciiLetter
	asciiSign
	whitespace
	mark
	commonestHan
	commonHan
	firstLevel  // the other frequent characters of GB2312 and Big5
	secondLevel // their infrequent ones
	otherHan
	symbol
	latin  // accented, or a sign beside it in Latin-1
	letter // of any other alphabet
	emoji
	hangul
)

// kinds has the share of text that each kind makes up, and how many characters it has.
var kinds = [...]struct{ share, members float64 }{
	rare:         {0.00001, 100_000},
	privateUse:   {0.000001, 6400},
	control:      {0.0000005, 60},
	asciiLetter:  {0.75, 62}, // as in English, for it comes in runs; so does latin
	asciiSign:    {0.1, 31},
	whitespace:   {0.15, 4},
	mark:         {0.1, 25},
	commonestHan: {0.35, 130},
	commonHan:    {0.28, 2600},
	firstLevel:   {0.07, 5000},
	secondLevel:  {0.004, 8000},
	otherHan:     {0.0003, 15_000},
	symbol:       {0.005, 1500},
	latin:        {0.1, 200},
	letter:       {0.01, 2000},
	emoji:        {0.001, 1500},
	hangul:       {0.0001, 12_000},
}

// malformedCost is the surprise at bytes that are no character, byteCost that at a byte of anything. They
// are in nats, as are all costs.
const (
	malformedCost = 20.0
	byteCost      = 5.55
	markCost      = 1.5 // for UTF-16 without the mark that it should have
)

// costScale is the units of the model in a nat.
const costScale = 8

// model holds the cost of every character below U+20000.
var model = sync.OnceValue(func() *[0x20000]uint8 {
	t := new([0x20000]uint8)
	cost := func(kind int) uint8 {
		return uint8(costScale * math.Log(kinds[kind].members/kinds[kind].share))
	}
	fill := func(kind int, first, last rune) {
		c := cost(kind)
		for r := first; r <= last; r++ {
			t[r] = c
		}
	}
	fill(rare, 0, 0x1FFFF)
	fill(control, 0, 0x1F)
	fill(asciiSign, 0x20, 0x7E)
	fill(control, 0x7F, 0x9F)
	fill(asciiLetter, '0', '9')
	fill(asciiLetter, 'A', 'Z')
	fill(asciiLetter, 'a', 'z')
	fill(latin, 0xA0, 0x17F)
	fill(letter, 0x180, 0x52F)
	fill(letter, 0x1E00, 0x1EFF)
	fill(symbol, 0x2010, 0x203F)
	fill(symbol, 0x20A0, 0x20BF)
	fill(symbol, 0x2100, 0x27BF)
	fill(symbol, 0x3000, 0x30FF)
	fill(letter, 0x3100, 0x312F)
	fill(symbol, 0x3200, 0x33FF)
	fill(otherHan, 0x3400, 0x4DBF)
	fill(otherHan, 0x4E00, 0x9FFF)
	fill(hangul, 0xAC00, 0xD7A3)
	fill(privateUse, 0xE000, 0xF8FF)
	fill(symbol, 0xFE0F, 0xFE4F)
	fill(symbol, 0xFF01, 0xFF5E)
	fill(emoji, 0x1F300, 0x1FAFF)
	// The levels of the standards, the frequent one last.
	level := func(kind int, decoding func(slot int) rune, first, last uint16) {
		for i := slot(byte(first>>8), byte(first)); i <= slot(byte(last>>8), byte(last)); i++ {
			if r := decoding(i); 0x4E00 <= r && r <= 0x9FFF && byte(codeAt(i)) != 0x7F {
				t[r] = cost(kind)
			}
		}
	}
	gb := func(slot int) rune {
		if byte(codeAt(slot)) <= 0xA0 {
			return 0 // beyond GB2312
		}
		return rune(gbDecoding().two[slot])
	}
	big5 := func(slot int) rune { return rune(big5Decoding()[slot]) }
	level(secondLevel, gb, 0xD8A1, 0xF7FE)
	level(secondLevel, big5, 0xC940, 0xF9D5)
	level(firstLevel, gb, 0xB0A1, 0xD7F9)
	level(firstLevel, big5, 0xA440, 0xC67E)
	list := func(kind int, characters string) {
		for _, r := range characters {
			t[r] = cost(kind)
		}
	}
	list(commonHan, common)
	list(commonestHan, commonest)
	list(mark, "，。、：；！？“”‘’（）《》「」『』【】…—·　")
	list(whitespace, " \t\r\n")
	return t
})
