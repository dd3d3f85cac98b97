// Package normalize makes one what is written in different ways, and tidies the typography of Chinese text: Unicode
// normalization forms, full and half width, case, traditional characters, what cannot be seen, emoji, white space,
// punctuation, and the space between Chinese and other text.
//
//	normalize.Options{Form: normalize.NFKC}.String("ﾊﾟｰﾃｨｰ ㎞")       // パーティー km
//	normalize.Search.String("ＡＢＣ銀行\u200B")                         // abc银行
//	normalize.Tidy.String("请看　第１页，　谢谢！")                           // 请看 第1页， 谢谢！
//	normalize.Options{Spacing: normalize.Pangu}.String("用Go写程序")    // 用 Go 写程序
//
// Everything is a field of [Options]; any can be combined. [Search] is for comparing and indexing, [Tidy] for text
// that is shown. [Options.Mapped] also returns a [Map], which leads from each offset of the result to where it came
// from, so that what is found in the result can be marked in the original.
//
// # Promises
//
// Form gives what golang.org/x/text/unicode/norm gives, byte for byte, at several times its speed on Chinese text.
// What is normal stays, is returned as it is and costs no allocation, but for Punctuation and Spacing, which allocate
// to look at it. Normalizing twice is normalizing once, except that with Emoji what is left can form an emoji anew,
// and with Invisible bytes that are not UTF-8 can form a character. Time is linear in the text.
//
// What a combination of options needs to know of characters is prepared when it is first used, in some milliseconds.
//
// Bytes that are not UTF-8 stay as they are, in any number, unless Invalid replaces them. Nothing combines with them.
//
// # Chinese punctuation
//
// NFKC makes ，！？：；（）～… half-width, which is right for comparing and wrong for showing Chinese: KeepPunctuation keeps
// them. FullPunctuation goes the other way and writes half-width marks in Chinese text full-width.
//
// # Spacing
//
// [Pangu] and [AutoCorrect] follow the rules of pangu.js and AutoCorrect, two programs people know, except where those
// damage links and code. Marks that belong together, such as quotes, are looked for within some thousand characters.
//
// A link ends at the first Chinese character, as prose goes on behind it without a space, except in [text](link) and
// <https://link>. Fenced code is what Markdown takes for it, between lines of ``` or ~~~.
//
// # Not here
//
// Conversion between simplified and traditional text to be read is the package script's; the ends of sentences and
// the width of text on a screen are locale/measure's.
package normalize

//go:generate go run ../../internal/tablegen -root ../.. -only normalize
