// Package language tells which language a text is in: Chinese, Cantonese, Japanese, Korean or English, and where each
// of them is in a mixed text.
//
//	language.Detect("今天天气很好").Language // zh
//	language.Detect("今日はいい天気").Language // ja
//	language.Detect("我哋而家去睇戲").Language // yue
//
//	for run := range language.Runs("帮我翻译“ありがとう”和 thank you") { … }
//
// It goes by scripts and by some hundred characters and words that only one of the languages uses, and needs no model
// and no big tables. So it is sure about a sentence, and about a single word only if that shows its language: 東京 and
// 大丈夫 are taken for Chinese, with a low confidence. Written Cantonese is told from other Chinese by its own
// characters (嘅 咗 唔 哋 …); what is read in Cantonese but written in standard Chinese is Chinese. Of the languages in
// Latin letters it knows English, and that French, German, Spanish, Portuguese, Italian, Dutch, Indonesian and
// Vietnamese are others.
//
// Whether Chinese is simplified or traditional, and from where, package script tells.
package language
