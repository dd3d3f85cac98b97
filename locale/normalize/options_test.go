package normalize

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestString(t *testing.T) {
	t.Parallel()
	nfkc := Options{Form: NFKC}
	for name, c := range map[string]struct {
		options    Options
		text, want string
	}{
		"nothing":                         {Options{}, "ＡＢＣ\u200B 銀行\xFF", "ＡＢＣ\u200B 銀行\xFF"},
		"empty":                           {Search, "", ""},
		"compatibility":                   {nfkc, "㎞ ﬁ ① ½ ㍿", "km fi 1 1⁄2 株式会社"},
		"canonical only":                  {Options{Form: NFC}, "e\u0301 ㎞ Å", "é ㎞ Å"},
		"marks are put in order":          {nfkc, "a\u0301\u0323", "ạ\u0301"},
		"Hangul":                          {nfkc, "\u1112\u1161\u11AB", "한"},
		"punctuation falls":               {nfkc, "好，（对）！…", "好,(对)!..."},
		"punctuation stays":               {Options{Form: NFKC, KeepPunctuation: true}, "好，（对）！…Ａ％", "好，（对）！…A%"},
		"marks on punctuation":            {Options{Form: NFKC, KeepPunctuation: true}, "！\u0301Ａ\u030A", "！\u0301Å"},
		"width":                           {Options{Width: true}, "ＡＢＣ１２　ｱｲｳﾊﾟ，", "ABC12 アイウパ,"},
		"width, punctuation stays":        {Options{Width: true, KeepPunctuation: true}, "Ａ，Ｂ", "A，B"},
		"width leaves other forms":        {Options{Width: true}, "㎞Å①", "㎞Å①"},
		"case":                            {Options{Case: true}, "ÄÖ ΣΑΣ İ", "äö σασ i"},
		"what case composes":              {Options{Form: NFKC, Case: true}, "H\u0331", "\u1E96"},
		"script":                          {Options{Script: true}, "銀行裡頭髮", "银行里头发"},
		"zero width":                      {Options{Invisible: true}, "\uFEFF你\u200B好\u2060\u00AD", "你好"},
		"direction":                       {Options{Invisible: true}, "\u202Eabc\u202C\u2066x\u2069", "abcx"},
		"controls, but not line ends":     {Options{Invisible: true}, "a\x00b\x1B\tc\r\n", "ab\tc\r\n"},
		"variation selectors":             {Options{Invisible: true}, "葛\U000E0100 a\uFE0F", "葛 a"},
		"tags":                            {Options{Invisible: true}, "a\U000E0041\U000E0001", "a"},
		"emoji stay whole":                {Options{Invisible: true}, "👨\u200D👩\u200D👧❤\uFE0F1\uFE0F\u20E3\u200D", "👨\u200D👩\u200D👧❤\uFE0F1\uFE0F\u20E3"},
		"what was hidden in between":      {Options{Form: NFC, Invisible: true}, "e\u200B\u0301", "é"},
		"without emoji":                   {Options{Emoji: RemoveEmoji}, "好👍🏽，🇨🇳1\uFE0F\u20E3❤\uFE0F❤", "好，❤"},
		"emoji become spaces":             {Options{Emoji: ReplaceEmoji}, "好👨\u200D👩\u200D👧好", "好 好"},
		"a digit is no emoji":             {Options{Emoji: RemoveEmoji}, "1 # ©", "1 # ©"},
		"invalid":                         {Options{Invalid: true}, "a\xFF\xE4\xB8b", "a���b"},
		"a surrogate":                     {Options{Invalid: true}, "\xED\xA0\x80", "���"},
		"one space":                       {Options{Space: OneSpace}, "a\u3000b\u00A0\tc", "a b  c"},
		"one line end":                    {Options{Space: OneLineEnd}, "a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		"collapse":                        {Options{Space: Collapse}, " a \t b  \n\n\n  c ", "a b\n\nc"},
		"trim":                            {Options{Space: Trim}, "\u3000 a  b \n", "a  b"},
		"only white space":                {Options{Space: TidySpace}, " \n\u3000", ""},
		"full punctuation":                {Options{Punctuation: FullPunctuation}, "你好,世界!真的?是的.", "你好，世界！真的？是的。"},
		"numbers keep theirs":             {Options{Punctuation: FullPunctuation}, "共1,000元,12:30到", "共1,000元，12:30到"},
		"names of files keep theirs":      {Options{Punctuation: FullPunctuation}, "打开a.txt.bak吧.", "打开a.txt.bak吧。"},
		"code and links keep theirs":      {Options{Punctuation: FullPunctuation}, "看`f(甲,乙)`和https://a.cn/?b,c", "看`f(甲,乙)`和https://a.cn/?b,c"},
		"code behind a link":              {Options{Punctuation: FullPunctuation}, "https://a.cn`好,好`好,", "https://a.cn`好,好`好，"},
		"quotes and brackets":             {Options{Punctuation: FullPunctuation}, `他说"好(真的)",it's "ok"`, "他说“好（真的）”，it's \"ok\""},
		"ellipsis and dash":               {Options{Punctuation: FullPunctuation}, "然后...呢--没了。。。", "然后……呢——没了……"},
		"repeated marks":                  {Options{Punctuation: FullPunctuation}, "好,,,好!!!!!", "好，好！！！"},
		"English stays":                   {Options{Punctuation: FullPunctuation}, "Hello, world. (ok)", "Hello, world. (ok)"},
		"half punctuation":                {Options{Punctuation: HalfPunctuation}, "你好，“世界”（真）……——、", "你好, \"世界\" (真)...--,"},
		"pangu":                           {Options{Spacing: Pangu}, "用Go写\"程序\"A+B(草稿)", "用 Go 写 \"程序\" A+B (草稿)"},
		"pangu and operators":             {Options{Spacing: Pangu}, "甲&B=C乙", "甲 & B=C 乙"},
		"pangu spares code and links":     {Options{Spacing: Pangu}, "看`甲a乙`和https://a.cn/?q=%E4b的", "看 `甲a乙` 和 https://a.cn/?q=%E4b 的"},
		"pangu spares tags":               {Options{Spacing: Pangu}, `甲<b title="乙a">a</b>`, `甲<b title="乙 a">a</b>`},
		"autocorrect":                     {Options{Spacing: AutoCorrect}, "用Go写,共3页.", "用 Go 写，共 3 页。"},
		"autocorrect of English":          {Options{Spacing: AutoCorrect}, "Hello，my world。\n好ok", "Hello, my world.\n好 ok"},
		"autocorrect spares code":         {Options{Spacing: AutoCorrect}, "用`a 甲b,乙`写", "用 `a 甲b,乙` 写"},
		"autocorrect spares addresses":    {Options{Spacing: AutoCorrect}, "写给a.b@c.cn吧", "写给 a.b@c.cn 吧"},
		"pangu spares entities":           {Options{Spacing: Pangu}, "甲&amp;乙a", "甲&amp;乙 a"},
		"pangu keeps bold together":       {Options{Spacing: Pangu}, "这**加粗bold**字", "这 **加粗 bold** 字"},
		"pangu, links of Markdown":        {Options{Spacing: Pangu}, "见[a甲](https://a.cn/甲b乙(c)d甲)和<https://a.cn/甲b>b", "见 [a 甲](https://a.cn/甲b乙(c)d甲) 和 <https://a.cn/甲b>b"},
		"autocorrect, the same":           {Options{Spacing: AutoCorrect}, "见[a甲](https://a.cn/甲b乙,丙)丁", "见 [a 甲](https://a.cn/甲b乙,丙) 丁"},
		"full punctuation, the same":      {Options{Punctuation: FullPunctuation}, "见[甲](https://a.cn/甲(b),乙),好", "见[甲](https://a.cn/甲(b),乙)，好"},
		"a comma behind brackets":         {Options{Punctuation: FullPunctuation}, "调用f(a),好;\"b\",好", "调用f(a)，好；\"b\"，好"},
		"marks in code are not one":       {Options{Punctuation: FullPunctuation}, "`，，`，，", "`，，`，"},
		"entities keep their end":         {Options{Punctuation: FullPunctuation}, "甲&lt;乙&#20013;丙;丁", "甲&lt;乙&#20013;丙；丁"},
		"pangu, fenced code":              {Options{Spacing: Pangu}, "甲a\n```go\n\"乙b\"\n\n丙c\n```\n丁d", "甲 a\n```go\n\"乙b\"\n\n丙c\n```\n丁 d"},
		"autocorrect, fenced code":        {Options{Spacing: AutoCorrect}, "甲a\n~~~\n乙b,丙\n```\n~~~\n丁d", "甲 a\n~~~\n乙b,丙\n```\n~~~\n丁 d"},
		"full punctuation, the same code": {Options{Punctuation: FullPunctuation}, "甲,乙\n```\n甲,乙(丙)\n````\n丁,戊\n```\n甲,乙", "甲，乙\n```\n甲,乙(丙)\n````\n丁，戊\n```\n甲,乙"},
		"a mark behind a mark's space":    {Options{Punctuation: FullPunctuation}, "甲.  !00", "甲。！00"},
		"paths of Markdown":               {Options{Spacing: Pangu}, "图![a甲](甲b/乙,c.png)", "图![a 甲](甲b/乙,c.png)"},
		"an image is no call":             {Options{Punctuation: FullPunctuation}, "看图![甲,乙](甲,b.png),好!", "看图![甲，乙](甲,b.png)，好！"},
		"code in a list":                  {Options{Punctuation: FullPunctuation}, "- 甲,乙\n\n      ```\n      甲,乙\n      ```\n> ~~~\n> 甲,乙\n> ~~~\n甲,乙", "- 甲，乙\n\n      ```\n      甲,乙\n      ```\n> ~~~\n> 甲,乙\n> ~~~\n甲，乙"},
		"spelling":                        {Options{Spelling: NewSpelling([]string{"GitHub"}, nil)}, "github, github_a a.github 在GITHUB上", "GitHub, github_a a.github 在GitHub上"},
		"all at once":                     {Options{Form: NFKC, Case: true, Script: true, Invisible: true, Emoji: RemoveEmoji, Space: TidySpace, Punctuation: FullPunctuation, Spacing: Pangu}, "\uFEFFＧＯ語言👍,很 好！", "go 语言，很 好！"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, c.options.String(c.text))
			checkAgreement(t, c.options, c.text)
			require.Equal(t, c.want, c.options.String(c.want), "twice")
		})
	}
}

func TestMapped(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options    Options
		text, find string
		i, j       int // in the result
		want       string
	}{
		"unchanged":                   {Search, "abc银行", "abc银行", 3, 9, "银行"},
		"width":                       {Search, "ＡＢＣ銀行", "abc银行", 1, 6, "ＢＣ銀"},
		"part of what became several": {Options{Form: NFKC}, "5㎞远", "5km远", 2, 3, "㎞"},
		"from several":                {Options{Form: NFC}, "e\u0301a", "éa", 0, 2, "e\u0301"},
		"without what is taken out":   {Options{Invisible: true}, "a\u200Bb", "ab", 0, 1, "a"},
		"with it in between":          {Options{Invisible: true}, "a\u200Bb", "ab", 0, 2, "a\u200Bb"},
		"after it":                    {Options{Invisible: true}, "\uFEFFab", "ab", 0, 1, "a"},
		"an insertion":                {Options{Spacing: Pangu}, "用Go", "用 Go", 3, 4, ""},
		"after an insertion":          {Options{Spacing: Pangu}, "用Go", "用 Go", 4, 6, "Go"},
		"around an insertion":         {Options{Spacing: Pangu}, "用Go", "用 Go", 0, 5, "用G"},
		"several steps":               {Options{Width: true, Invisible: true, Spacing: Pangu}, "用\u200BＧｏ写", "用 Go 写", 4, 6, "Ｇｏ"},
		"collapsed":                   {Options{Space: Collapse}, "a   b", "a b", 1, 2, "   "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result, way := c.options.Mapped(c.text)
			require.Equal(t, c.find, result)
			start, end := way.Range(c.i, c.j)
			require.Equal(t, c.want, c.text[start:end])
		})
	}
}

// Rows of equal changes take one run.
func TestMapIsSmall(t *testing.T) {
	t.Parallel()
	text := ""
	for range 1000 {
		text += "Ａ"
	}
	_, way := Options{Width: true}.Mapped(text + "中文")
	require.Len(t, way, 2)
	require.Equal(t, 3*999, way.Original(999))
}
