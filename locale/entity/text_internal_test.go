package entity

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
)

// A text without what hasNumerals looks for has no numbers in it, whatever the character.
func TestHasNumerals(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	require.True(t, hasNumerals("买3本"))
	require.False(t, hasNumerals("买本书"))
	options := number.Options{Mode: number.Lenient, Kinds: 1<<7 - 1, Single: true}
	for r := rune(0x80); r < 0x10000; r++ {
		for _, s := range []string{"买" + string(r) + "个", "约" + string(r) + "元左右", string(r) + "折"} {
			text := newText(s)
			if text.numerals {
				continue
			}
			for m := range options.Find(text.view) {
				require.Fail(t, "a number", "%q in %q", m.Text, s)
			}
			for m := range quantity.Find(text.view) {
				require.Fail(t, "an amount", "%q in %q", m.Text, s)
			}
		}
	}
}

func TestPauses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":             "",
		"，":            "，",
		"1，500":        "1、500",
		"1，５００":        "1、５００",
		"１，５００":        "１，５００",
		"1,500":        "1,500",
		"3号，5号":        "3号，5号",
		"3，五":          "3，五",
		"1，2，3":        "1、2、3",
		"到2026，":       "到2026，",
		"，，1，，1，1\xff": "，，1，，1、1\xff",
	} {
		require.Equal(t, want, pauses(text))
	}
}
