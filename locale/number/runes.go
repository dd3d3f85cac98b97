package number

import "unicode/utf8"

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
)

// token is one character of the text, classified.
type token struct {
	kind  kind
	seal  bool // financial form (壹 拾), which is also a common character of names and words
	value int64
	r     rune
	width int // bytes
}

// next classifies the character at offset i. At the end of s the width is 0.
func next(s string, i int) token {
	if i >= len(s) {
		return token{}
	}
	if c := s[i]; c < utf8.RuneSelf {
		if '0' <= c && c <= '9' {
			return token{kind: arabic, value: int64(c - '0'), r: rune(c), width: 1}
		}
		return token{r: rune(c), width: 1}
	}
	r, w := utf8.DecodeRuneInString(s[i:])
	t := classify(r)
	t.r, t.width = r, w
	return t
}

func classify(r rune) token {
	if '０' <= r && r <= '９' {
		return token{kind: arabic, value: int64(r - '０')}
	}
	switch r {
	case '零', '〇', '○':
		return token{kind: zero}
	case '一':
		return token{kind: digit, value: 1}
	case '二':
		return token{kind: digit, value: 2}
	case '三':
		return token{kind: digit, value: 3}
	case '四':
		return token{kind: digit, value: 4}
	case '五':
		return token{kind: digit, value: 5}
	case '六':
		return token{kind: digit, value: 6}
	case '七':
		return token{kind: digit, value: 7}
	case '八':
		return token{kind: digit, value: 8}
	case '九':
		return token{kind: digit, value: 9}
	case '壹', '弌':
		return token{kind: digit, value: 1, seal: true}
	case '贰', '貳', '弍':
		return token{kind: digit, value: 2, seal: true}
	case '叁', '參', '叄', '参', '弎':
		return token{kind: digit, value: 3, seal: true}
	case '肆':
		return token{kind: digit, value: 4, seal: true}
	case '伍':
		return token{kind: digit, value: 5, seal: true}
	case '陆', '陸':
		return token{kind: digit, value: 6, seal: true}
	case '柒':
		return token{kind: digit, value: 7, seal: true}
	case '捌':
		return token{kind: digit, value: 8, seal: true}
	case '玖':
		return token{kind: digit, value: 9, seal: true}
	case '两', '兩':
		return token{kind: pair, value: 2}
	case '幺':
		return token{kind: spoken, value: 1}
	case '廿', '卄':
		return token{kind: tens, value: 20}
	case '卅':
		return token{kind: tens, value: 30}
	case '卌':
		return token{kind: tens, value: 40}
	case '十':
		return token{kind: unit, value: 10}
	case '百':
		return token{kind: unit, value: 100}
	case '千':
		return token{kind: unit, value: 1000}
	case '拾':
		return token{kind: unit, value: 10, seal: true}
	case '佰':
		return token{kind: unit, value: 100, seal: true}
	case '仟':
		return token{kind: unit, value: 1000, seal: true}
	case '万', '萬':
		return token{kind: large, value: 1e4}
	case '亿', '億':
		return token{kind: large, value: 1e8}
	case '兆':
		return token{kind: large, value: 1e12}
	case '几', '幾', '数', '數':
		return token{kind: some}
	case '多', '余', '餘', '来', '來':
		return token{kind: more}
	}
	return token{}
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
