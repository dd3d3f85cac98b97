package locale

import (
	"time"

	"github.com/zhushou-ai/zhushou/locale/charset"
	"github.com/zhushou-ai/zhushou/locale/collate"
	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/entity/private"
	"github.com/zhushou-ai/zhushou/locale/language"
	"github.com/zhushou-ai/zhushou/locale/measure"
	"github.com/zhushou-ai/zhushou/locale/normalize"
	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/pinyin"
	"github.com/zhushou-ai/zhushou/locale/privacy"
	"github.com/zhushou-ai/zhushou/locale/script"
	"github.com/zhushou-ai/zhushou/locale/segment"
	"github.com/zhushou-ai/zhushou/locale/speech"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// Words returns the words of s, and what is between them, in order; together they are s. See package segment.
func Words(s string) []string { return segment.Words(s) }

// Keywords returns the n words that tell most about s, the best first. See package segment.
func Keywords(s string, n int) []string {
	found := segment.Keywords(s, n)
	words := make([]string, len(found))
	for i, k := range found {
		words[i] = k.Text
	}
	return words
}

// Simplified returns s in simplified characters, with the words it has. [script.TW2SP] and [script.HK2SP] also replace
// the words of Taiwan and Hong Kong.
func Simplified(s string) string { return script.T2S.String(s) }

// Traditional returns s in traditional characters, with the words it has.
func Traditional(s string) string { return script.S2T.String(s) }

// Taiwan returns simplified s as it would be written in Taiwan, with the words that are used there: 鼠标 becomes 滑鼠.
func Taiwan(s string) string { return script.S2TWP.String(s) }

// HongKong returns simplified s as it would be written in Hong Kong, with the words that are used there.
func HongKong(s string) string { return script.S2HKP.String(s) }

// Pinyin returns how s is pronounced, in syllables with tone marks: yín háng for 银行. What is not Chinese stays. See
// package pinyin.
func Pinyin(s string) string { return pinyin.String(s, pinyin.ToneMark) }

// Initials returns the first letters of the pinyin of s: zgr for 中国人.
func Initials(s string) string { return pinyin.Initials(s) }

// SearchForm returns the form of s for comparing and indexing, in which it does not matter whether text is full-width
// or half-width, simplified or traditional, upper or lower case. It is not for showing. See package normalize.
func SearchForm(s string) string { return normalize.Search.String(s) }

// Tidy returns s without what cannot be seen and with white space, letters and digits as Chinese readers expect them.
// See package normalize.
func Tidy(s string) string { return normalize.Tidy.String(s) }

// Width returns how many columns s takes in a terminal: two for a Chinese character, one for a letter. See package
// measure.
func Width(s string) int { return measure.Width(s) }

// Truncate returns s if it is at most width columns wide, and otherwise its beginning and an ellipsis, which are. It
// never cuts what a reader takes for one character.
func Truncate(s string, width int) string { return measure.Truncate(s, width, "…") }

// Sentences returns the sentences of s in order; together they are s.
func Sentences(s string) []string {
	var list []string
	for _, sentence := range measure.Sentences(s) {
		list = append(list, sentence)
	}
	return list
}

// Tokens estimates how many tokens s is to a language model. [measure.Tokens] knows several vocabularies.
func Tokens(s string) int { return measure.Tokens(s, measure.O200k) }

// Language tells which language s is in. See package language for how sure that is.
func Language(s string) language.Language { return language.Detect(s).Language }

// Sort sorts texts by pinyin, digits and Latin letters before Chinese. See package collate for other orders.
func Sort(texts []string) { collate.Pinyin.Sort(texts) }

// Decode returns the text of b, whichever of the charsets of Chinese text it is in. See package charset.
func Decode(b []byte) string {
	text, _ := charset.Decode(b)
	return text
}

// Number returns the number that s is: 35000 for 三万五. The error wraps what [number.Parse] returns.
func Number(s string) (number.Number, error) { return number.Parse(s) }

// Times returns the expressions of time in s, resolved against the instant at which it was said. See package when.
func Times(s string, ref time.Time) []when.Match { return when.Parse(s, ref, when.Options{}) }

// Entities returns everything in s that has a value, without overlaps: times, amounts, numbers and private data. See
// package entity; ref is as in [Times].
func Entities(s string, ref time.Time) []entity.Entity { return entity.Find(s, ref, private.Data{}) }

// Spoken returns s as it is said, for a voice: 今天三十八摄氏度 for 今天38°C. See package speech.
func Spoken(s string) string { return speech.Spoken(s, speech.Profile{}) }

// Written returns what was said as it is written, from a recogniser: 下午3:30 for 下午三点半. See package speech.
func Written(s string) string { return speech.Written(s, speech.Profile{}) }

// Mask returns s with private data masked for showing: 138****5678. See package privacy for data that must come back.
func Mask(s string) string { return privacy.Mask(s) }
