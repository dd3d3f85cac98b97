// Package segment cuts Chinese text into words, without changing it: every token is a part of the text, with its
// offset. Traditional and full-width text is cut as simplified text is.
//
//	g := &segment.Segmenter{}
//	for token := range g.Cut("王小明1998年在清華大學。") {
//		fmt.Println(token.Start, token.Text, token.Tag)
//	}
//
// Of all ways to cut a text into words of the dictionary, the likeliest is taken, in time linear in the text and
// without allocation.
//
// # Modes
//
// [Precise] yields tokens that follow each other and are the whole text, white space and punctuation too. [Search]
// yields, before each word, the words of two and three characters that lie in it, for an index. [Full] yields every
// word of the dictionary, however they overlap.
//
// # Rules
//
// Many words of the dictionary are more than one word for those who count words, and names and numbers are in none.
// The precise and the search mode therefore end with rules, unless [Segmenter.DictionaryOnly] is set; then the result
// on simplified text is that of jieba 0.42.1 without its hidden Markov model. The rules:
//
//   - A number and what it counts are two words: 一 个, 三百五十万 元, 第二十三 次, 20多 年. A number is one word however
//     it is written: 3.5亿, 百分之五, 二〇〇八, 3/4, 十几.
//   - A part of a date or a time of day is one word: 1998年, 3月, 15日, 上午 9时 20分, 90年代. Counts are not: 三 年, 3 个 月.
//   - A person's name is one word: 王小明, 欧阳锋; also one written by its sound, 萨尔科齐, and one with dots, 乔治·布什.
//     A surname alone is not enough, and names of two characters need a title or a verb of speaking beside them, or
//     characters that are hardly anything but names.
//   - 们, 者, 性, 化, 型, 式 that are left alone join the word before them, and 省, 市, 县, 镇, 乡, 村, 州 the name of a place.
//   - Words of four characters and more whose parts meet freely are taken apart, 市场 经济, 北京 大学, 天安门 广场; idioms
//     and terms stay, 胸有成竹, 人工智能. So are pronouns with nouns, 该 市, 这 件, and adverbs with verbs, 不 是, 轻轻 地.
//
// Independently of the rules, these are one token each: letters and digits with what connects them (GPT-4, AT&T, don't),
// numbers (1,234.5, 30%, 10:30), e-mail addresses and URLs, an ellipsis or a dash of several characters, white space,
// an emoji with all that belongs to it.
//
// # Bad input
//
// Every text is cut. A byte that is not UTF-8 is a [Symbol] of its own. Marks that combine with a character, joiners
// and variation selectors belong to the character before them, also inside a word; a zero-width space is [Space]. Text
// is cut in blocks, so that memory stays small. Where no white space and no punctuation comes for 500 characters, a
// block ends between two words that no other word crosses, if possible; a name or a number may be cut there.
//
// # Sources
//
// Words, frequencies, parts of speech and idf are jieba's, as the npm package @node-rs/jieba (MIT License) has them:
// 349,045 words, and some newer ones for the rules, in a table of 3.9 MB that is read in place; what else is needed is made on first use, in some
// milliseconds. Which characters are likely in names is counted in the same dictionary. The rules and the lists in
// them were written for this package.
package segment

//go:generate go run ../../internal/tablegen -root ../.. -only segment
