// Package locale is the house of Chinese text. Each room below it holds one skill, works on plain Go
// strings, needs no network and no model, and can be used without the others:
//
//   - [github.com/zhushou-ai/zhushou/locale/number]: numerals, 三万五 to 35000 and back
//   - [github.com/zhushou-ai/zhushou/locale/when]: times, durations and repetitions in a sentence
//   - [github.com/zhushou-ai/zhushou/locale/quantity]: amounts with a unit, and conversion between units
//   - [github.com/zhushou-ai/zhushou/locale/script]: simplified, traditional, Taiwan, Hong Kong and Japanese forms
//   - [github.com/zhushou-ai/zhushou/locale/charset]: GB18030, GBK, Big5 and UTF-16, recognised and converted
//
// All rooms speak of text in the same way: offsets are byte offsets into the string the caller gave,
// half open, and always fall on character boundaries. Simplified and traditional script, full-width and
// half-width forms are read alike, and the input is never rewritten.
package locale
