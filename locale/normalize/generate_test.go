package normalize

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// pieces are what random texts are made of: plain text, and all that some option looks at.
var pieces = strings.Fields(`
	中 文 你好 世界 銀行 頭髮 は ガ ｱ ｶﾞ ﾊﾟ ﾞ ㄅ 한글 ᄒ ᅡ ᆫ ﾡ A b XYZ word don't İ ς ß H̱ ẖ 1 23 4.5 1,000 ① ㎞ ﬁ ½ ㍿ ﷺ Å é é ạ̈ ̈ ̣ ́ ̱ ͅ ゙ 豈 ﹏
	ＡＢｃ １２ ， 。 ！ ？ ； ： （ ） ～ … …… — —— 、 “ ” ‘ ’ 「 」 《 》 【 】 · • , . ! ? ; : ... .. -- - --- ( ) [ ] { } < > " ' + ++ | / // \ # @ $ % ^ & * = ~ ~= _
	😀 👍🏽 🇨🇳 🇨 1️⃣ #️⃣ ❤ ❤️ ❤︎ ™ ™️ © 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏽 ️ ⃣ https://a.cn/b,c a@b.cn /usr/bin/ src/a.go <b> </b> <br> <p> v1.2.3 C++ A+ #话题# [链接a](https://a.cn/中b) <https://a.cn/中b> **中a** ** &amp; &#20013; #话题# @某人 100% -5 +86 12:30 12：30
`)

// blanks are what no piece has: white space, what cannot be seen, alone and in emoji, what is not UTF-8, and backticks.
var blanks = []string{"👨\u200D👩\u200D👧", "\u200D", "`", "`a b`", "```", "\n```\n", "\n~~~\n", " ", " ", " ", "  ", "\t", "\n", "\r\n", "\r", "\n\n\n", "\u3000", "\u00A0", "\u2028", "\u0085",
	"\u200B", "\uFEFF", "\u202E", "\u00AD", "\x00", "\x1B", "\u034F", "\U000E0101", "\uFE00", "\u3164", "\xFF", "\xE4\xB8", "\xED\xA0\x80", "\x80"}

// generated returns a text of about n pieces.
func generated(rng *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		switch k := rng.IntN(100); {
		case k < 12:
			b.WriteString(blanks[rng.IntN(len(blanks))])
		case k < 14:
			b.WriteRune(rune(rng.IntN(utf8.MaxRune)))
		case k < 16:
			b.WriteRune(rune(rng.IntN(0x3400)))
		default:
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
	}
	return b.String()
}

// variants are options to test everything with.
var variants = map[string]Options{
	"nothing":           {},
	"NFC":               {Form: NFC},
	"NFKC":              {Form: NFKC},
	"NFKC of Chinese":   {Form: NFKC, KeepPunctuation: true},
	"width":             {Width: true},
	"width and marks":   {Width: true, KeepPunctuation: true},
	"case":              {Case: true},
	"script":            {Script: true},
	"NFC, case, script": {Form: NFC, Case: true, Script: true},
	"NFC, width":        {Form: NFC, Width: true},
	"invisible":         {Invisible: true},
	"without emoji":     {Emoji: RemoveEmoji},
	"emoji to spaces":   {Emoji: ReplaceEmoji, Form: NFKC, Space: Collapse},
	"invalid":           {Invalid: true},
	"one space":         {Space: OneSpace},
	"one line end":      {Space: OneLineEnd},
	"collapse":          {Space: Collapse},
	"trim":              {Space: Trim},
	"tidy space":        {Space: TidySpace},
	"full punctuation":  {Punctuation: FullPunctuation},
	"half punctuation":  {Punctuation: HalfPunctuation},
	"Pangu":             {Spacing: Pangu},
	"AutoCorrect":       {Spacing: AutoCorrect},
	"spelling":          {Spelling: NewSpelling([]string{"Word", "xyz"}, map[string]string{"c++": "Cpp"})},
	"search":            Search,
	"tidy":              Tidy,
	"search, no emoji":  {Form: NFKC, Case: true, Script: true, Invisible: true, Invalid: true, Emoji: RemoveEmoji, Space: TidySpace},
	"all for showing":   {Form: NFC, Width: true, KeepPunctuation: true, Invisible: true, Space: TidySpace, Punctuation: FullPunctuation, Spacing: Pangu},
	"all for comparing": {Form: NFKC, Case: true, Script: true, Invisible: true, Emoji: ReplaceEmoji, Space: TidySpace, Punctuation: HalfPunctuation},
	"all, AutoCorrect":  {Form: NFC, Width: true, KeepPunctuation: true, Invisible: true, Space: TidySpace, Spacing: AutoCorrect},
}
