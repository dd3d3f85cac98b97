package collate

import (
	"strings"
	"unicode"
)

// The first bytes of primaries.
const (
	punctuationLead = 0x03 // and those after it, one for each that is listed
	symbolLead      = 0x70 // all other spaces, punctuation, symbols and numbers, by code point
	numberLead      = 0x71 // of a number with its digits after it: how many these are
	digitLead       = 0x72 // and the 9 after it
	hanFirstLead    = 0x7C // in place of hanLead, and so on
	latinLead       = 0x80 // and the 25 after it
	letterLead      = 0x9A // all other letters, by code point
	hangulLead      = 0x9B
	kanaLead        = 0xA8
	bopomofoLead    = 0xA9
	hanLead         = 0xB0 // and the one after it: ideographs by their rank
	moreHanLead     = 0xB2 // ideographs without a rank, by code point
	otherLead       = 0xD0 // all else, by code point

	moreHanFirstLead = moreHanLead - hanLead + hanFirstLead
)

// length is the number of bytes of a primary, by its first one, or 0 for one byte.
var length = [256]uint8{
	symbolLead: 4, numberLead: 4, letterLead: 4, hangulLead: 4, moreHanLead: 4, moreHanFirstLead: 4, otherLead: 4,
	kanaLead: 3, bopomofoLead: 3, hanLead: 3, hanLead + 1: 3, hanFirstLead: 3, hanFirstLead + 1: 3,
}

// Variants. Those between are for accents and small forms, in pairs of lower and upper case.
const (
	standard = 1
	upper    = 2
	full     = 250 // full-width, and the one after it in upper case
)

// A weight is the upper three bytes of a primary, and a variant. The zero weight is none: computed says more.
type weight uint32

func weightOf(lead, rest, variant int) weight { return weight(lead<<24 | rest<<8 | variant) }

// Spaces and punctuation in their order; after a blank the variants of the one before.
const punctuation = "\t\n\v\f\r\u0085\u2028\u2029\u0020_‿-‐‑‒–—―,、;:!¡?¿.·…‥。'‘’‚\"“”„‹›«»()[]{}〈〉《》「」『』【】〔〕〖〗〘〙〚〛§¶@*/\\&#%‰†‡•`´~^¨°©®+±÷×<=>|¦¬¤¢$£¥€₩№"

// Latin letters, each followed by its forms with an accent.
const latin = "aāáǎàâäãåăąæª bƀ cçćĉċč dďđð eēéěèêëĕėęếề f gĝğġģ hĥħ iīíǐìîïĩĭįı jĵ kķĸ " +
	"lĺļľŀł mḿ nńňǹñņŉŋ oōóǒòôöõøŏőœº p q rŕŗř sśŝşšſß tţťŧþ uūúǔùüǖǘǚǜûũŭůűų v wŵ x yýÿŷ zźżž"

// Hiragana, each followed by its small and voiced forms.
const kana = "あぁ いぃ うぅゔ えぇ おぉ かゕが きぎ くぐ けゖげ こご さざ しじ すず せぜ そぞ ただ ちぢ つっづ てで とど な に ぬ ね の はばぱ ひびぴ ふぶぷ へべぺ ほぼぽ ま み む め も やゃ ゆゅ よょ ら り る れ ろ わゎ ゐ ゑ を ん"

// common calls set with the weights of the characters other than ideographs that have one. The first of a character is
// the one that counts.
func common(set func(r rune, w weight)) {
	lead := punctuationLead
	for _, r := range punctuation {
		set(r, weightOf(lead, 0, standard))
		lead++
	}
	set('\u00A0', weightOf(punctuationLead+8, 0, standard+1))
	set('\u3000', weightOf(punctuationLead+8, 0, full))
	for digit := range 10 {
		set('0'+rune(digit), weightOf(digitLead+digit, 0, standard))
	}
	for i, forms := range strings.Fields(latin) {
		variant := standard
		for _, r := range forms {
			set(r, weightOf(latinLead+i, 0, variant))
			set(unicode.ToUpper(r), weightOf(latinLead+i, 0, variant+1))
			variant += 2
		}
	}
	for i, forms := range strings.Fields(kana) {
		variant := standard
		for _, r := range forms {
			set(r, weightOf(kanaLead, 1+i, variant))
			set(r+0x60, weightOf(kanaLead, 1+i, variant+1)) // katakana
			variant += 2
		}
	}
	for r := 'ㄅ'; r <= 'ㄯ'; r++ {
		set(r, weightOf(bopomofoLead, 1+int(r-'ㄅ'), standard))
	}
}

// computed returns the weight of a character that has none in a table. If its primary is zero, it is passed over; if
// its variant is not standard, the weight does not tell it from all others.
func computed(r rune) (primary uint32, variant uint8) {
	lead, variant := uint32(otherLead), uint8(standard)
	switch {
	case unicode.Is(unicode.Han, r) || 0x20000 <= r && r < 0x40000:
		lead = moreHanLead
	case unicode.Is(unicode.Hangul, r):
		lead = hangulLead
	case unicode.IsLetter(r):
		lead = letterLead
		if lower := unicode.ToLower(r); lower != r {
			r, variant = lower, upper
		}
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cc, unicode.Cf):
		return 0, standard
	case unicode.Is(unicode.Mc, r):
		lead = letterLead
	case unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsSpace(r) || unicode.IsNumber(r):
		lead = symbolLead
	}
	return lead<<24 | uint32(r), variant
}
