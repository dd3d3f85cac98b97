// Package collate puts Chinese text in order, by pinyin, strokes or zhuyin, and under the headings of an index.
//
//	collate.Pinyin.Sort(names)
//	collate.Pinyin.Compare("北京", "上海") // -1: běi before shàng
//	collate.Stroke.Compare("二", "三")     // -1: 2 strokes before 3
//	collate.Pinyin.Bucket("上海")          // S
//
//	key := collate.Pinyin.Key("上海") // to compare often, or to keep in an index of a database
//
// # The order
//
// Ideographs come in the order of the Unicode CLDR 41: 44,083 by pinyin, 92,906 by strokes, 41,309 by zhuyin, simplified
// and traditional ones alike; after them the others by code point. Before the ideographs come, each on its own,
// spaces, punctuation and other symbols, digits, Latin letters, letters of other scripts, kana and zhuyin, or with
// [Options.HanFirst] the letters after the ideographs, as CLDR has it. Only the ideographs follow CLDR in detail. For
// the rest this is a small order of our own: it looks at Latin and kana without accents first, then at accents, case
// and full-width forms.
//
// Two texts are equal only if they are the same bytes: what the order does not tell apart, such as combining marks, is
// told apart by code points in the end. So sorting always gives the same result.
//
// # Readings
//
// An ideograph has one place, that of its most common reading. 银行 is under yíng háng, but 重庆 under zhòng, and 单 as
// a surname under dān. [Options.Names] knows such surnames and places, [Options.Readings] takes more.
//
// The tables are in the program, 340 KB; that of an order is prepared when the order is first used.
package collate

//go:generate go run ../../internal/tablegen -root ../.. -only collate
