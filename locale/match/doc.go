// Package match finds many words at once in Chinese text: block lists, brand names, products, places.
//
//	m, err := match.New(match.Config{
//		Words:      []match.Word{{Text: "敏感词", Category: "示例"}},
//		Exceptions: []string{"敏感词典"},
//		MaxGap:     3,
//	})
//	for hit := range m.Find("這是敏*感詞。") {
//		fmt.Println(hit.Start, hit.End, hit.Word.Category) // 6 16 示例
//	}
//	m.Mask("這是敏*感詞。", '●') // 這是●●●●。
//
// # What is found
//
// Texts and words are compared in a view in which traditional and simplified characters, full-width and half-width
// forms, upper and lower case are the same and invisible characters (zero-width spaces, soft hyphens, variation
// selectors, tags, marks laid over other characters) are not there; [Config].Distinguish takes these away one by one. If
// asked for, a word is also found with separators between its characters, and by characters that sound the same. Offsets
// are always those of the text as it was given, from the first character of the word to the last.
//
// The view is of single characters. What another spelling writes with several is not found: é is not e with an
// accent behind it, ガ not the ｶﾞ of half-width kana, ⑽ not 10. Where that matters, package normalize makes them one in
// words and texts before, and its Map leads back.
//
// A Chinese word has no edges to check: 黄色 is in 黄色小鸭. Innocent words of one's own are [Config].Exceptions; Latin
// words have [Config].WholeWords. A segmenter can tell in the loop over the hits whether they begin and end where words
// do.
//
// [Matcher.Find] yields all hits, [Matcher.Longest] those that do not overlap, [Matcher.Contains] says whether there is
// one, [Matcher.Mask] and [Matcher.Replace] rewrite the text. [Matcher.Where] restricts all of them to some words.
//
// # Streams
//
// A [Stream] finds the same in a text that arrives in pieces, such as the answer of a model. [Stream.Pending] says how
// many bytes at the end must be held back, because a hit may have begun there; all before them can be shown.
//
// # New lists
//
// [Load] reads a word list. A matcher never changes, so that a new list takes over between two calls with an
// [sync/atomic.Pointer]; texts and streams in progress keep the matcher they began with:
//
//	var words atomic.Pointer[match.Matcher]
//	words.Store(m)             // at any time
//	words.Load().Contains(s)   // a nil matcher finds nothing
//
// # Cost
//
// Time is linear in the text and the hits, whatever the words are. 100,000 words take 3 to 5 MB and are ready in less
// than a second. Bytes that are not UTF-8 match nothing.
package match
