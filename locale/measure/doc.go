// Package measure tells how long a text is, and where to cut it: in columns of a terminal, in characters as a reader
// counts them, in sentences, and in tokens of a language model.
//
//	measure.Width("你好, Go")                 // 8 columns
//	measure.Truncate("一二三四五", 7, "…")        // 一二三…
//	measure.GraphemeCount("👨‍👩‍👧好")              // 2
//	measure.Tokens("今天天气很好。", measure.O200k) // about 4
//
//	for at, sentence := range measure.Sentences(text) { … }
//
// # What is never cut
//
// Nothing is cut inside a grapheme, what a reader takes for one character: 👨‍👩‍👧, é with a combining accent, 각. Graphemes
// are the extended grapheme clusters of Unicode 15.0 (UAX #29).
//
// # Columns
//
// East Asian wide and full-width characters take two columns, combining marks and control characters none, a grapheme
// as many as its first visible character, an emoji or a flag two, as does ｶﾞ. Terminals disagree about the characters
// that Unicode calls ambiguous (“ ” … — ①): they take one unless [Columns] says otherwise. The sequences that colour the
// text of a terminal are text like any other.
//
// # Sentences
//
// A sentence ends at 。！？… ； or a line's end, and at . ! ? ; where these do not belong to a number, an address, an
// abbreviation or the number of a list. Closing quotes and repeated marks stay with it. A [Splitter] finds the same
// sentences in a text that arrives in pieces.
//
// # Tokens
//
// [Tokens] estimates, at a hundred times the speed of counting and without the vocabularies, of which it only knows
// what becomes of ideographs.
//
// Bytes that are not UTF-8 count as one character each, like U+FFFD. Time is linear in the text, and nothing but
// [Splitter] and what returns a new string allocates.
package measure

//go:generate go run ../../internal/tablegen -root ../.. -only measure
//go:generate go run ../../internal/tablegen -root ../.. -only tokens
