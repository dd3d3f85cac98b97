// Package locale is the house of Chinese text. Its functions are what is wanted most, in one call each:
//
//	locale.Words("他来到清华大学")       // 他 来到 清华大学
//	locale.Taiwan("鼠标和内存")        // 滑鼠和記憶體
//	locale.Pinyin("银行行长")         // yín háng háng zhǎng
//	locale.Truncate("一二三四五", 7)   // 一二三…
//
// The work is done in the rooms below it, which can do more. Each holds one skill, works on plain Go strings, needs no
// network and no model, and can be used without the others; a program has in it only the tables of the rooms it uses.
//
// Words and characters:
//
//   - [github.com/zhushou-ai/zhushou/locale/segment]: words, with offsets, parts of speech and a dictionary of one's own
//   - [github.com/zhushou-ai/zhushou/locale/pinyin]: how text is pronounced, pinyin read, words found by their sound
//   - [github.com/zhushou-ai/zhushou/locale/script]: simplified, traditional, Taiwan, Hong Kong and Japanese forms
//   - [github.com/zhushou-ai/zhushou/locale/match]: many words at once, however they are written, also in streams
//   - [github.com/zhushou-ai/zhushou/locale/normalize]: normal forms, width, what cannot be seen, punctuation, spacing
//   - [github.com/zhushou-ai/zhushou/locale/measure]: columns, characters, sentences, tokens, and where to cut
//   - [github.com/zhushou-ai/zhushou/locale/language]: which language a text is in
//   - [github.com/zhushou-ai/zhushou/locale/collate]: order by pinyin, strokes or zhuyin
//   - [github.com/zhushou-ai/zhushou/locale/charset]: GB18030, GBK, Big5 and UTF-16, recognised and converted
//
// Meaning:
//
//   - [github.com/zhushou-ai/zhushou/locale/number]: numerals, 三万五 to 35000 and back
//   - [github.com/zhushou-ai/zhushou/locale/quantity]: money and amounts with a unit, and conversion between units
//   - [github.com/zhushou-ai/zhushou/locale/when]: times, durations and repetitions in a sentence
//   - [github.com/zhushou-ai/zhushou/locale/calendar]: lunar dates, solar terms, festivals, holidays and working days
//   - [github.com/zhushou-ai/zhushou/locale/privacy]: private data found, masked, replaced and restored
//   - [github.com/zhushou-ai/zhushou/locale/speech]: what is written as it is said, what was said as it is written
//   - [github.com/zhushou-ai/zhushou/locale/entity]: all of these in a request, and what it is where they disagree
//
// All rooms speak of text in the same way: offsets are byte offsets into the string the caller gave,
// half open, and always fall on character boundaries. Simplified and traditional script, full-width and
// half-width forms are read alike, and the input is never rewritten unless that is what was asked for.
package locale
