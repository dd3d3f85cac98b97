package segment

import "unicode"

// A kind is what the cutting of a text has to know of a character. Above the lowest bits it has the class of a token that
// starts with such a character.
type kind uint8

const classShift = 2

const (
	han         = kind(Word) << classShift // a Chinese character
	kana        = han + 1
	hangul      = han + 2
	letter      = kind(Latin) << classShift  // of an alphabet
	digit       = kind(Number) << classShift // 0 to 9
	space       = kind(Space) << classShift
	punctuation = kind(Punctuation) << classShift
	dot         = punctuation + 1 // · in a name
	emoji       = kind(Emoji) << classShift
	other       = kind(Symbol) << classShift
	mark        = other + 1 // belongs to the character before it
)

// class returns the class of a token that starts with a character of the kind.
func (k kind) class() Class { return Class(k >> classShift) }

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
	return g.code == 0 && (g.kind() == space || g.kind() == punctuation && g.first == 0)
}
