package number

// Options are the choices of those who read numbers. The zero value reads numbers as careful people write
// them, in the standard language of the mainland, Taiwan and Hong Kong. Options may be copied and shared.
type Options struct {
	// Mode says how well a number must be written.
	Mode Mode

	// Kinds are the kinds of numbers to read. Zero stands for all of them but Ordinal, which are then no
	// numbers, and Multiple, of which the number before 倍 is then read.
	Kinds Kind

	// Literal reads only what is said: a pair such as 二三十 and 对折 are no numbers, and for Find 大约 before a number
	// and 多, 来 and 左右 behind it do not belong to it.
	Literal bool

	// Single lets Find take a single numeral for a number wherever it is not part of a known word, 几 for one
	// to ten and 千 for a thousand. It is for callers that look at what follows.
	Single bool

	// Ranges lets Find take two numbers joined by 到, 至, - or ~ for one match: 三到五百, 5-8.
	Ranges bool

	// Yuan lets Parse read an amount of yuan as it stands on a cheque: 壹佰元零伍分 is 100.05.
	Yuan bool

	// Han lets Parse refuse Arabic digits.
	Han bool
}

// Mode says how well a number must be written to be read.
type Mode uint8

const (
	// Normal reads what people write: 三万五, 3万5, 二〇二六, 十几.
	Normal Mode = iota

	// Strict reads only numbers that are written out in full, as in a contract: every unit is there, 零
	// stands where a place is skipped and nowhere else, not at the end of decimals either, and nothing is
	// approximate.
	Strict

	// Lenient also reads what machines and hasty people write: blanks inside (三 百 五), digits of both kinds
	// in a row (一0二), letters for units (15k, 30w, 3M), powers (2^5), dozens (三打), Cantonese fractions
	// (四分一, 二份一) and a closing 个.
	Lenient
)

// Kind is a set of kinds of numbers.
type Kind uint8

const (
	Cardinal Kind = 1 << iota // 三百, 3.5
	Ordinal                   // 第三; 倒数第二 is -2
	Fraction                  // 三分之二, 2/3, 一半
	Percent                   // 百分之五, 5%, 5‰, 12个百分点
	Tenths                    // 三成五
	Discount                  // 八五折
	Multiple                  // 三倍, 两倍半
)

// LikeCn2an returns the choices of the Python project cn2an: amounts of yuan are numbers too, and Arabic digits are
// only in Lenient mode.
func LikeCn2an(mode Mode) Options { return Options{Mode: mode, Yuan: true, Han: mode != Lenient} }

// LikeDuckling returns the choices of Facebook's duckling.
func LikeDuckling() Options { return Options{Mode: Lenient} }

// LikeRecognizers returns the choices of Microsoft's Recognizers-Text, which has one model for cardinal
// numbers and fractions, one for ordinals, and one for percentages, tenths and discounts.
func LikeRecognizers(kinds Kind) Options { return Options{Mode: Lenient, Kinds: kinds, Literal: true} }

func (o Options) kinds() Kind {
	if o.Kinds == 0 {
		return ^(Ordinal | Multiple)
	}
	return o.Kinds
}
