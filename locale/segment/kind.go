package segment

import "unicode"

// A kind is what the cutting of a text has to know of a character.
type kind uint8

const (
	other       kind = iota
	han              // a Chinese character
	letter           // of an alphabet
	kana             //
	hangul           //
	digit            // 0 to 9
	space            //
	punctuation      //
	dot              // · in a name
	emoji            //
	mark             // belongs to the character before it
)

// kindRanges has the characters of each kind; a later line overrules an earlier one.
var kindRanges = []struct {
	kind   kind
	tables []*unicode.RangeTable
}{
	{letter, []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.Nd}},
	{han, []*unicode.RangeTable{unicode.Han}},
	{kana, []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana}},
	{hangul, []*unicode.RangeTable{unicode.Hangul}},
	{punctuation, []*unicode.RangeTable{unicode.P}},
	{mark, []*unicode.RangeTable{unicode.M, unicode.Cf}},
	{digit, []*unicode.RangeTable{runeSpan('0', '9')}},
	{kana, []*unicode.RangeTable{runeSpan('ー', 'ー'), runeSpan('ｰ', 'ｰ')}},
	{space, []*unicode.RangeTable{unicode.White_Space, runeSpan(0, ' '), runeSpan('\u007f', '\u007f'), runeSpan('\u200b', '\u200b')}},
	{han, []*unicode.RangeTable{runeSpan('〇', '〇'), runeSpan('々', '々')}},
	{dot, []*unicode.RangeTable{runeSpan('·', '·'), runeSpan('•', '•'), runeSpan('‧', '‧'), runeSpan('・', '・')}},
	{emoji, []*unicode.RangeTable{runeSpan('\u231a', '\u231b'), runeSpan('\u23e9', '\u23f3'), runeSpan('\u2600', '\u27bf'), runeSpan('\u2b50', '\u2b55')}},
	{other, []*unicode.RangeTable{runeSpan('\u2701', '\u2701'), runeSpan('\u2768', '\u2775'), runeSpan('\u2776', '\u2793')}},
	{other, []*unicode.RangeTable{runeSpan('\u2605', '\u2606'), runeSpan('\u2640', '\u2642'), runeSpan('\u2713', '\u2713')}},
}

func runeSpan(low, high uint16) *unicode.RangeTable {
	return &unicode.RangeTable{R16: []unicode.Range16{{Lo: low, Hi: high, Stride: 1}}}
}

// each calls f for every rune of the table below 0x10000.
func each(table *unicode.RangeTable, f func(rune)) {
	for _, s := range table.R16 {
		for r := rune(s.Lo); r <= rune(s.Hi); r += rune(s.Stride) {
			f(r)
		}
	}
}

// isEmoji reports whether r, which is above 0xffff, is an emoji.
func isEmoji(r rune) bool { return r >= 0x1f000 && r <= 0x1faff }

// parts reports whether no word of the dictionary and no rule reaches over a character of the kind.
func (g glyph) parts() bool {
	return g.code == 0 && (g.kind == space || g.kind == punctuation && g.first == 0)
}

// class returns the class of a token that starts with a character of the kind.
func (k kind) class() Class { return classes[k] }

var classes = [...]Class{
	other: Symbol, han: Word, letter: Latin, kana: Word, hangul: Word, digit: Number, space: Space, punctuation: Punctuation, dot: Punctuation,
	emoji: Emoji, mark: Symbol,
}
