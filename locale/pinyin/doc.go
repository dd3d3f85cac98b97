// Package pinyin tells how Chinese text is pronounced, reads pinyin, and finds words by their pinyin.
//
//	pinyin.String("银行行长", pinyin.ToneMark)     // yín háng háng zhǎng
//	pinyin.String("重庆很重要", pinyin.ToneNumber) // chong2 qing4 hen3 zhong4 yao4
//	pinyin.Initials("中国人")                      // zgr
//	pinyin.Parse("Xī'ān")                         // xī, ān
//
// A [Converter] has more to choose: words written together, the tones that are said (ní hǎo), what stands between
// syllables, ü as v. [All] yields every character with its [Syllable], and where it is in the text.
//
// # Characters with several readings
//
// A character is read as in the longest phrase that has it, 长 in 校长 and 长度; where no phrase settles it a small
// model looks at its neighbours and the words around it, 长 in 头发长了 and 桥长五米; else as it mostly is. The words are
// those of package segment, and names that it finds have the readings of surnames. On the development sentences of
// CPP 96.6 in 100 characters with several readings are right without the models, and 97.2 with models that have not
// seen the sentence; some of the phrases were written with an eye on these sentences.
//
// Tones are those of the mainland's dictionaries: 说服 is shuō fú. So are neutral ones: 衣服 is yī fu, 知道 zhī dao. Text
// in traditional characters is read as the same in simplified ones, except where a character is read differently, as 乾
// in 乾隆 and 乾燥. 儿 at the end of a word is a syllable of its own, er.
//
// # Searching
//
// An [Index] finds words by what is typed: in full, initials, or a mixture of both and of characters. For names that
// were misheard [Fuzzy] makes keys that ignore what is easily confused, and [Distance] measures how unlike two of them
// sound.
//
// # Limits
//
// Bytes that are not UTF-8, and characters without a known reading, stay as they are. Time is linear in the text, and
// memory constant with [Converter.All]. Readings are decided some 128 to 256 characters at a time, up to the end of a
// clause. The tables are in the program, 0.6 MB, beside those of package segment; they are made ready when they are
// first used, in some milliseconds.
package pinyin

//go:generate go run ../../internal/tablegen -root ../.. -only pinyin
