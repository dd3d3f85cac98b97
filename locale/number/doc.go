// Package number reads and writes Chinese numbers.
//
//	n, err := number.Parse("三万五")           // 35000
//	for m := range number.Find("买两斤苹果") {} // 2 at bytes 3 to 6
//	number.Format(number.FromInt(12050), number.Lower) // 一万二千零五十
//
// # What is read
//
// Numerals with units (一百零五, 壹佰贰拾, 廿三, 四万万, 两个亿), digit strings (二零二六, 幺三八), Arabic digits of
// either width with checked thousands separators (1,234,567.8), scientific notation (1.5e3) and mixtures of
// both (3万5, 3.5 亿, 1亿2千万). The last unit may be left out as in speech: 三万五 is 35000 and 一百二 is 120,
// while 一百零二 is 102. Around such an integer: decimals (三点一四), signs (负, -, ＋), fractions (三分之二,
// 三又二分之一, 2/3), percentages (百分之五, 5%, 千分之一, 5‰, 12个百分点), tenths (三成五 is 0.35), discounts
// (八五折 is 0.85, 对折 is 0.5), 半 and 一半; and, if asked for, ordinals (第三) and multiples (两倍半). 兆 is 10¹²
// here; the megabyte of the same name is a unit, not a number.
//
// # Choices
//
// [Options] say how well a number must be written ([Strict], [Normal] or [Lenient]), which [Kind] of number
// counts, and what belongs to it. LikeCn2an, LikeDuckling and LikeRecognizers are the choices of other
// projects, for those who come from there.
//
// # Exactness
//
// Every value is an exact rational number. Values that fit two machine words cost no allocation.
//
// # Approximation
//
// 几, 多, 来, 余, 左右, 约, 大约, 上百 and pairs such as 二三十 mark the number as approximate. It is then the
// least that was said: 十几 is 10, 三十多万 is 300000, 七八百 is 700. [Options.ParseRange] and [Match] also tell
// the most: 20, 400000 and 800.
//
// # Rewriting
//
// [Arabic] and [Chinese] write the numbers in a text in the other digits, [DigitByDigit] reads digit strings
// that are no numbers, and [Format] and [Form] write numbers in Chinese, as on a cheque too.
//
// # Not here
//
// Measure words (三个半), money and units are the business of package quantity; dates and times of when.
package number
