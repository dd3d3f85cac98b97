package fold_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

func Example() {
	text, back := fold.All.String("請問ＩＣＢＣ在哪裡？")
	i := strings.Index(text, "icbc")
	fmt.Println(text)
	fmt.Println("請問ＩＣＢＣ在哪裡？"[back.Original(i):back.Original(i+len("icbc"))])
	// Output:
	// 请问icbc在哪里?
	// ＩＣＢＣ
}

func TestString(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		set        fold.Set
		text, want string
	}{
		"nothing":               {fold.All, "", ""},
		"already folded":        {fold.All, "abc 银行", "abc 银行"},
		"no folding":            {0, "ＡＢＣ銀行ABC", "ＡＢＣ銀行ABC"},
		"width":                 {fold.Width, "ＡＢＣ　銀行ABC，ｱｲｳ￦ﾡ", "ABC 銀行ABC,アイウ₩ㄱ"},
		"case":                  {fold.Case, "ＡＢＣ銀行ABC Ägypten ΣΑΣ ς", "ａｂｃ銀行abc ägypten σασ σ"},
		"script":                {fold.Script, "ＡＢＣ銀行ABC", "ＡＢＣ银行ABC"},
		"all":                   {fold.All, "ＡＢＣ銀行ABC", "abc银行abc"},
		"compatibility":         {fold.Script, "\uf900有", "岂有"},
		"a chain":               {fold.Script, "薴苧", "苎苎"},
		"beyond the BMP":        {fold.Script, "𠁞", "𠀾"},
		"to a longer character": {fold.Script, "㑶", "㐹"},
		"bytes are not UTF-8":   {fold.All, "\xff銀\xe9\x8a行\xed\xa0\x80A", "\xff银\xe9\x8a行\xed\xa0\x80a"},
		"a cut character":       {fold.All, "銀\xe9\x8a", "银\xe9\x8a"},
		"replacement character": {fold.All, "\ufffd", "\ufffd"},
		"kelvin and long s":     {fold.All, "\u212aſ", "ks"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, back := c.set.String(c.text)
			require.Equal(t, c.want, got)
			checkMap(t, c.set, c.text, got, back)
			appended, _ := c.set.Append([]byte("前"), nil, c.text)
			require.Equal(t, "前"+c.want, string(appended))
		})
	}
}

// checkMap walks the text and its folded form rune by rune.
func checkMap(t *testing.T, set fold.Set, text, folded string, back fold.Map) {
	t.Helper()
	i := 0
	for j := 0; j < len(text); {
		require.Equal(t, j, back.Original(i), "%q, %d of %q", text, i, folded)
		r, size := utf8.DecodeRuneInString(text[j:])
		f, fsize := utf8.DecodeRuneInString(folded[i:])
		require.Equal(t, set.Rune(r), f)
		j += size
		i += fsize
	}
	require.Equal(t, len(folded), i)
	require.Equal(t, len(text), back.Original(i), "the end of %q", text)
}

// One rune becomes one rune, and stays.
func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	t.Parallel()
	for set := range fold.All + 1 {
		for r := range utf8.MaxRune + 1 {
			folded := set.Rune(r)
			if set.Rune(folded) != folded {
				require.Failf(t, "not stable", "%d: %c to %c to %c", set, r, folded, set.Rune(folded))
			}
		}
		require.Equal(t, rune(-1), set.Rune(-1))
	}
}

func TestAllocatesOnlyForRoom(t *testing.T) {
	text := strings.Repeat("ＡＢＣ銀行 plain 银行", 50)
	dst, back := fold.All.Append(nil, nil, text)
	require.Zero(t, testing.AllocsPerRun(100, func() { dst, back = fold.All.Append(dst[:0], back, text) }))
	plain := string(dst)
	require.Zero(t, testing.AllocsPerRun(100, func() { plain, back = fold.All.String(plain) }))
	require.Empty(t, back)
}

// A text all of full-width letters needs one run, not one for every letter.
func TestMapIsSmall(t *testing.T) {
	t.Parallel()
	_, back := fold.All.String(strings.Repeat("Ａ", 1000) + strings.Repeat("銀行ABC", 1000))
	require.Len(t, back, 2)
	require.Equal(t, 3*999, back.Original(999))
	require.Equal(t, 3000+9*1000, back.Original(1000+9*1000))
}

func FuzzString(f *testing.F) {
	f.Add("ＡＢＣ銀行ABC\xff", uint8(fold.All))
	f.Add("𠁞\u212aſ㑶", uint8(fold.Script))
	f.Fuzz(func(t *testing.T, text string, set uint8) {
		s := fold.Set(set)
		folded, back := s.String(text)
		checkMap(t, s, text, folded, back)
		again, _ := s.String(folded)
		require.Equal(t, folded, again)
	})
}

func BenchmarkAppend(b *testing.B) {
	for name, text := range map[string]string{
		"plain":       strings.Repeat("今天上海的天气很好，我们去公园散步。", 2000),
		"traditional": strings.Repeat("今天上海的天氣很好，我們去公園散步。", 2000),
		"Latin":       strings.Repeat("the quick brown fox jumps over ", 2000),
	} {
		b.Run(name, func(b *testing.B) {
			var dst []byte
			var back fold.Map
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				dst, back = fold.All.Append(dst[:0], back, text)
			}
		})
	}
}
