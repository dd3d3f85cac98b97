package speech

// Span is a part of a text and what it became, so that a caption can follow a voice.
type Span struct {
	Start, End       int  // bytes of the text given
	OutStart, OutEnd int  // bytes of the text returned
	Kind             Kind // what the part was taken for
}

// Kind is what a part of a text is taken for.
type Kind uint8

// What a part of a text can be.
const (
	Cardinal  Kind = iota + 1 // 三百零五
	Digits                    // 幺二三零六: digits that name something
	Decimal                   // 三点一四
	Ordinal                   // 第三
	Fraction                  // 三分之二
	Percent                   // 百分之五
	Date                      // 二零二六年十一月
	Time                      // 八点零五分
	Money                     // 十二点五元
	Measure                   // 三十八摄氏度
	Range                     // 五到八个
	Score                     // 三比二
	Telephone                 // 幺三八…
	Math                      // 三加五等于八
	Address                   // links, e-mail and network addresses, versions
	Latin                     // words and models in Latin letters
	Symbol                    // signs and emoji
	Phrase                    // a word of a table, or characters in another form
)
