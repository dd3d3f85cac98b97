package pinyin

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// written is what Append is to write, made from the pieces of a text one by one.
func written(c *Converter, s string) string {
	separator := c.Separator
	if separator == "" && !c.Together {
		separator = " "
	}
	if c.Together {
		separator = ""
	}
	isLetter := func(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	var all strings.Builder
	wasSyllable, wasLetter := false, false
	for p := range c.All(s) {
		first, _ := utf8.DecodeRuneInString(p.Text)
		last, _ := utf8.DecodeLastRuneInString(p.Text)
		switch {
		case p.Syllable == 0 && wasSyllable && isLetter(first), p.Syllable != 0 && wasLetter:
			all.WriteString(separator)
		case p.Syllable != 0 && wasSyllable && (p.Begins || !c.Words):
			all.WriteString(separator)
		case p.Syllable != 0 && wasSyllable && c.Style <= Plain && strings.ContainsAny(p.Syllable.Format(Plain)[:1], "aeo"):
			all.WriteString("'")
		}
		wasSyllable, wasLetter = p.Syllable != 0, p.Syllable == 0 && isLetter(last)
		if wasSyllable {
			all.WriteString(p.Syllable.format(c.Style, c.Umlaut))
		} else {
			all.WriteString(p.Text)
		}
	}
	return all.String()
}

func TestAppendWritesThePieces(t *testing.T) {
	t.Parallel()
	parts := []string{"银行", "长", "，", "ABC", " ", "\xff", "三百五十万", "著", "😀", "𠀀", "〇", "\n", "曾国藩", "3.14", "的", "了",
		"西安", "女儿", "é", "α", "。”", "\u3000", "Ａ", "\xe4\xb8", "绿", "重慶", "乾隆", "平安", "海鸥"}
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var text strings.Builder
		for range random.IntN(400) {
			text.WriteString(parts[random.IntN(len(parts))])
		}
		c := Converter{
			Style: Style(random.IntN(int(styles))), Umlaut: Umlaut(random.IntN(int(umlauts))),
			Words: random.IntN(2) == 0, Separator: []string{"", "-", "——"}[random.IntN(3)], Together: random.IntN(4) == 0,
			Skip: random.IntN(4) == 0, Sandhi: random.IntN(2) == 0,
		}
		require.Equal(t, written(&c, text.String()), c.String(text.String()), "%+v", c)
	}
}
