// Package script converts Chinese text between simplified and traditional characters, with the words of the mainland,
// Taiwan and Hong Kong, and Japanese kanji, and tells which of them a text is written in.
//
//	script.S2T.String("头发发白")     // 頭髮發白
//	script.S2TWP.String("鼠标和内存") // 滑鼠和記憶體
//	script.TW2SP.String("滑鼠和記憶體") // 鼠标和内存
//	script.Detect("頭髮發白").Script  // Hant
//
// The conversions are the configurations of OpenCC 1.4.1 with its dictionaries, and give the same text byte for byte.
// Each has three forms: [Converter.String], [Converter.Append] into a buffer of the caller, and
// [Converter.Transformer] for streams. A dictionary of one's own goes in front with [Converter.With].
//
// # Choosing
//
// In the names S is simplified, T is traditional as OpenCC spells it, TW and HK are traditional as spelled in Taiwan
// and Hong Kong, JP is Japanese. A final P also replaces words: 软件 is 軟件 in S2TW and 軟體 in S2TWP.
//
// # Beyond OpenCC
//
// Bytes that are not UTF-8 stay where they are, in any number. Time is linear in the text. As in OpenCC, ideographic
// description sequences (⿰亻言) are kept as they are. Traditional characters whose simplified form is in few fonts
// stay traditional; OpenCC's optional dictionary for them is not included.
//
// The tables are in the program, less than 1 MB. The part that a conversion needs is prepared when it is first used,
// in some milliseconds.
package script

//go:generate go run ../../internal/tablegen -root ../.. -only script
