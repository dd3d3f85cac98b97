package speech

// Speaking says how a text is spoken. The zero value is for an assistant that talks to people: words as in
// everyday speech, and nothing changed that can be read aloud as it is.
type Speaking struct {
	Two   Two   // 两 or 二
	One   One   // how the digit one is said in numbers that are dialled
	Emoji Emoji // what becomes of emoji
	Marks Marks // what becomes of full-width forms

	// Numbers.
	PlainMinus   bool // 负 before temperatures too, not 零下
	AnyMinus     bool // a hyphen before a number is a minus, unless it is the sign of a range of what is measured
	WholeHundred bool // 100% is 百分之一百, not 百分之百
	NumbersOnly  bool // strings of digits are numbers: no telephone numbers and no names
	PlainYears   bool // 2026 without 年 is a number

	// Dates and times.
	PlainMinutes bool // 8:05 is 八点五分, not 八点零五分
	KeepHalfDays bool // am and pm behind a time stay as they are
	DayFirst     bool // 05/08/2026 is the fifth of August
	NoMonthDay   bool // 11/22 without a year is a fraction, never a date
	FormalDays   bool // 30号 is 三十日

	// Amounts.
	FormalUnits bool // 千米, 千克, 港元 and not 公里, 公斤, 港币
	PerBehind   bool // 十公里每小时, not 每小时十公里
	AllDecimals bool // the zeros at the end of amounts of money are said: 十二点五零元

	// Words.
	KeepAddresses bool   // links and e-mail addresses stay as they are: no 点, 艾特 and 斜杠
	KeepLatin     bool   // digits within Latin words stay as they are: GPT-4, H2O
	SpellAcronyms bool   // GDP becomes G D P
	Abbreviation  bool   // short forms are read out by a table: B2B is B to B
	Capitals      bool   // acronyms of a table are written in capitals: nba is NBA
	PhonePause    string // what is put between the groups of a telephone number; if empty, nothing

	// The text as a whole.
	DropFillers bool // 呃 and 啊 are left out
	DropErhua   bool // 儿 is left out where it only colours the syllable: 这会儿 is 这会
	Simplify    bool // the text becomes simplified
	MarkUnknown bool // characters that a Chinese voice does not know stand between <oov> and </oov>
}

// Two says where two is 两. Before a measure word it is, but for TwoPlain.
type Two uint8

const (
	TwoLeading Two = iota // at its beginning before 百, 千, 万 and 亿: 两百, 一千二百
	TwoAll                // before each of 百, 千, 万 and 亿: 两百, 一千两百
	TwoNever              // 二百, 一千二百
	TwoPlain              // 二百, and 二 before measure words too
)

// One says how the digit one is said in telephone numbers.
type One uint8

const (
	Yao One = iota // 幺
	Yi             // 一
)

// Emoji says what becomes of emoji.
type Emoji uint8

const (
	EmojiDrop Emoji = iota // they are left out
	EmojiName              // the common ones are named: 👍 is 点赞; others are left out
	EmojiKeep              // they stay
)

// Marks says what becomes of full-width forms and of other forms of punctuation.
type Marks uint8

const (
	MarksKeep Marks = iota // they stay
	MarksHalf              // full-width letters, digits and signs become half-width, and Chinese marks Western: 。 is .
)
