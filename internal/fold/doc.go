// Package fold gives the folded view of a text: one form for what differs only in width (Ａ and A), case (A and a) or
// script (國 and 国). Every rune becomes exactly one rune, so the view keeps the structure of the text, and a [Map]
// leads from each of its offsets back into the original:
//
//	text, back := fold.All.String("ＡＢＣ銀行")
//	// text is "abc银行"; back.Original(3) is 9
//
// The view is for finding, not for showing: 乾坤 becomes 干坤. Folding a folded text changes nothing.
package fold
