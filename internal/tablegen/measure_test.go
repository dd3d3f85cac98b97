package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseRanges(t *testing.T) {
	t.Parallel()
	ranges, err := parseRanges([]byte("# 注释\n\n0000..001F;N     # Cc\n1F1E6 ; Regional_Indicator # So\n"))
	require.NoError(t, err)
	require.Equal(t, []codeRange{{0, 0x1F, "N"}, {0x1F1E6, 0x1F1E6, "Regional_Indicator"}}, ranges)
	for _, line := range []string{"0041", "XY;N", "0042..0041;N", "0041..;N"} {
		_, err := parseRanges([]byte(line))
		require.ErrorContains(t, err, line)
	}
}

func TestMeasureClasses(t *testing.T) {
	t.Parallel()
	classes := measureClasses(map[string][]codeRange{
		"EastAsianWidth.txt":                   {{0x3000, 0x3000, "F"}, {0x2014, 0x2014, "A"}, {0x300, 0x300, "A"}},
		"extracted/DerivedGeneralCategory.txt": {{0x300, 0x300, "Mn"}, {0x600, 0x600, "Cf"}},
		"auxiliary/GraphemeBreakProperty.txt":  {{0x300, 0x300, "Extend"}, {0x600, 0x600, "Prepend"}},
		"emoji/emoji-data.txt":                 {{0xA9, 0xA9, "Extended_Pictographic"}, {0x23, 0x23, "Emoji"}},
	})
	for code, want := range map[int]byte{
		'a': oneWide, 0x3000: twoWide, 0x4E00: twoWide, 0x2014: ambiguousWide, 0x300: 4 << 2, 0x600: 7<<2 | oneWide,
		0xA9: 14<<2 | oneWide, 0x23: oneWide, 0xD800: zeroWide,
	} {
		require.Equal(t, want, classes[code], "%U", code)
	}
}

func TestPairMerges(t *testing.T) {
	t.Parallel()
	ranks := map[string]int{"a": 0, "b": 1, "c": 2, "bc": 3, "ab": 4, "abc": 5, "cc": 6}
	for s, want := range map[string]int{"": 0, "a": 1, "ab": 1, "abc": 1, "abcc": 2, "ccc": 2, "ba": 2} {
		require.Equal(t, want, pairMerges(ranks, s), s)
	}
}
