package number

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// kind says what part a character can play in a number.
type kind uint8

const (
	other  kind = iota
	arabic      // 0-9 of either width
	zero        // 零 〇
	digit       // 一 to 九
	pair        // 两: a digit, but never in a digit string
	spoken      // 幺: one, only in a digit string
	tens        // 廿 卅 卌
	unit        // 十 百 千
	large       // 万 亿 兆
	some        // 几 数: an unknown digit
	more        // 多 余 来: and something on top

	anyDigit // of a run: arabic or digit
)

// token is one character of the text, classified.
type token struct {
	value int64
	width int // bytes
	r     rune
	kind  kind
}

// seals are the characters of cheques among the numerals, which are also common in names and words.
const seals = "壹弌贰貳弍叁參叄参弎肆伍陆陸柒捌玖拾佰仟"

// numerals lists the characters of numbers: what they are, what they are worth, and the characters in all
// their forms.
const numerals = `
	zero  0             零〇○
	digit 1             一
	digit 2             二
	digit 3             三
	digit 4             四
	digit 5             五
	digit 6             六
	digit 7             七
	digit 8             八
	digit 9             九
	digit 1             壹弌
	digit 2             贰貳弍
	digit 3             叁參叄参弎
	digit 4             肆
	digit 5             伍
	digit 6             陆陸
	digit 7             柒
	digit 8             捌
	digit 9             玖
	pair  2             两兩俩倆
	pair  3             仨
	spoken 1            幺
	tens  20            廿卄
	tens  30            卅
	tens  40            卌
	unit  10            十
	unit  100           百
	unit  1000          千
	unit  10            拾
	unit  100           佰
	unit  1000          仟
	large 10000         万萬
	large 100000000     亿億
	large 1000000000000 兆
	some  0             几幾数數
	more  0             多余餘来來
`

const slots = 512 // several times the number of characters, so that most of those that are none meet an empty slot

// characters is the table of numerals, each at the slot that its hash names or behind it.
var characters = sync.OnceValue(func() *[slots]token {
	kinds := map[string]kind{
		"zero": zero, "digit": digit, "pair": pair, "spoken": spoken, "tens": tens, "unit": unit, "large": large, "some": some, "more": more,
	}
	table := new([slots]token)
	put := func(r rune, t token) {
		t.r = r
		slot := slotOf(r)
		for table[slot].r != 0 {
			slot = (slot + 1) % slots
		}
		table[slot] = t
	}
	for line := range strings.Lines(numerals) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		value, _ := strconv.ParseInt(fields[1], 10, 64)
		for _, r := range fields[2] {
			put(r, token{kind: kinds[fields[0]], value: value})
		}
	}
	for d := range int64(10) {
		put('０'+rune(d), token{kind: arabic, value: d})
	}
	return table
})

func slotOf(r rune) uint32 { return uint32(r) * 2654435769 >> 23 }

// next classifies the character at offset i. At the end of s the width is 0.
func next(s string, i int) token {
	if i >= len(s) {
		return token{}
	}
	c := s[i]
	if c < utf8.RuneSelf {
		if '0' <= c && c <= '9' {
			return token{kind: arabic, value: int64(c - '0'), r: rune(c), width: 1}
		}
		return token{r: rune(c), width: 1}
	}
	r, w := rune(0), len("一")
	if 0xE3 <= c && c <= 0xE9 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
		r = rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
	} else {
		r, w = utf8.DecodeRuneInString(s[i:])
	}
	t := entry(r)
	return token{value: t.value, width: w, r: r, kind: t.kind}
}

// classify returns what the character r is in a number, without its width.
func classify(r rune) token { return *entry(r) }

// entry returns the entry of r in the table, or an empty one.
func entry(r rune) *token {
	table := characters()
	slot := slotOf(r)
	for table[slot].r != r && table[slot].r != 0 {
		slot = (slot + 1) % slots
	}
	return &table[slot]
}

// skip returns the offset after the first of the given words that s continues with at i, or i.
func skip(s string, i int, words ...string) int {
	for _, w := range words {
		if len(s)-i >= len(w) && s[i:i+len(w)] == w {
			return i + len(w)
		}
	}
	return i
}
