package speech

// Writing says how [Written] writes what was said. Its fields are independent choices, and the zero value is the
// style of this package: what a careful editor puts into a message or a caption.
type Writing struct {
	// Large says what becomes of 万 and 亿.
	Large Large

	// Thousands groups the digits of counting numbers with commas: 1,050. Years, money, ordinals, fractions and
	// codes are never grouped.
	Thousands bool

	// Single says which numbers below ten are written in digits. Numbers with decimals always are.
	Single Single

	// KeepAlone leaves numbers alone that count and measure nothing: 第一个是五十五 stays. Codes, fractions and
	// percentages are written all the same.
	KeepAlone bool

	// Pairs writes pairs of neighbouring digits, which are approximate, as ranges: 三五百 is 300~500. Otherwise they
	// stay words, as the standard on numerals in publications wants it.
	Pairs bool

	// RunTogether puts nothing between two numbers that follow each other: 三百九十九三盒 is 3993盒.
	// Otherwise a space divides them.
	RunTogether bool

	// RangeMark stands between two numbers for the 到 or 至 that was said. If empty, the word stays.
	RangeMark string

	// FormalDays writes 20日 for 二十号 without a month, too. Otherwise 号 stays, as it also stands behind other numbers.
	FormalDays bool

	Date  DateForm
	Clock ClockForm
	Money MoneyForm
	Units UnitForm

	// HalfDays writes 下午三点四十 as 3:40p.m. Otherwise the words for the parts of the day stay.
	HalfDays bool

	// Compare writes comparisons and ratios between numbers as signs, too: 2≤4, 3:1. Otherwise only sums and what
	// they are equal to become signs, and the scores of games.
	Compare bool

	// Spelled lets the parts of addresses on the net stay as they were said. Otherwise 艾特 and 点 become @ and .
	// between Latin letters.
	Spelled bool

	// Fillers are characters that are left out: 呃啊.
	Fillers string

	// Acronyms writes the names of well-known things and institutions by their English initials: 自动取款机 is ATM.
	Acronyms bool
}

// Single says which of the numbers below ten are written in digits.
type Single uint8

const (
	SingleMeasured Single = iota // of a unit or of money, or beside a greater number: 3公里, 5到10个, but 三本书, 一年后
	SingleAll                    // all of them: 3本书, 1年后
	SingleNever                  // none: 三公里
)

// Large says how 万 and 亿 are written.
type Large uint8

const (
	LargeExact  Large = iota // kept if nothing stands below 万: 1亿2300万, 2万, but 10300
	LargeMixed               // kept from a hundred 万 on, with what stands below: 320万5000, but 120000
	LargeWhole               // kept if the number is a multiple of one of them: 1111万, 11亿, but 1191100000
	LargeDigits              // never kept
)

// DateForm is a way to write dates.
type DateForm uint8

const (
	DateWords   DateForm = iota // 2026年11月22日
	DateSlashes                 // 2026/11/22
)

// ClockForm is a way to write the time of day.
type ClockForm uint8

const (
	ClockShort  ClockForm = iota // 8:05, 8:30, 7:45 for 差一刻八点
	ClockLoose                   // 8:05, 8:30; but 八点五分 is 8.5分, as the minutes want their zero
	ClockPadded                  // 08:05, but 8点半, 8点1刻
)

// MoneyForm is a way to write amounts of money.
type MoneyForm uint8

const (
	MoneyNames MoneyForm = iota // 12.5港元
	MoneySigns                  // HKD12.5, $3, ¥3
	MoneyCodes                  // US$1000, JPY¥50万
)

// UnitForm is a way to write units of measurement.
type UnitForm uint8

const (
	UnitNames   UnitForm = iota // 10公里; only 摄氏度 is ℃
	UnitSymbols                 // 10km, 10km/h
)

// writeLikeWeText returns the choices of WeTextProcessing's defaults in its tests.
func writeLikeWeText() Writing {
	return Writing{
		Large: LargeMixed, Single: SingleAll, Pairs: true, RunTogether: true, RangeMark: "~", Date: DateSlashes,
		Clock: ClockLoose, Money: MoneySigns, Units: UnitSymbols, HalfDays: true, Compare: true, Spelled: true, Fillers: "呃啊",
	}
}

// writeLikeNeMo returns the choices of NeMo-text-processing.
func writeLikeNeMo() Writing {
	return Writing{
		Large: LargeWhole, Thousands: true, Single: SingleAll, RunTogether: true, Clock: ClockPadded, Money: MoneyCodes,
		FormalDays: true, Spelled: true, Acronyms: true,
	}
}
