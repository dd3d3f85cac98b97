package match_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/match"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	words, err := match.Load(strings.NewReader("\ufeff# 词表\n敏感词\r\n\n 代开 发票 \t 广告 \t 0.8 \n\t \n加微信\t广告\n#甲\t乙\n乙\t\t-2"))
	require.NoError(t, err)
	require.Equal(t, []match.Word{{"敏感词", "", 0}, {"代开 发票", "广告", 0.8}, {"加微信", "广告", 0}, {"乙", "", -2}}, words)

	words, err = match.Load(strings.NewReader(""))
	require.NoError(t, err)
	require.Empty(t, words)
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for list, want := range map[string]string{
		"甲\n\n乙\t丙\t重":    `match: load words: line 3, "乙\t丙\t重": weight "重" is not a number; want word, category and weight with tabs between`,
		"甲\t\tNaN":        `match: load words: line 1, "甲\t\tNaN": weight "NaN" is not a number; want word, category and weight with tabs between`,
		"甲\t乙\t1\t2":      `match: load words: line 1, "甲\t乙\t1\t2": weight "1\t2" is not a number; want word, category and weight with tabs between`,
		"# 甲\n\t乙":        `match: load words: line 2, "\t乙": no word before the tab`,
		"甲\n\xb5\xe7\xbb": `match: load words: line 2, "\xb5\xe7\xbb": is not UTF-8`,
	} {
		words, err := match.Load(strings.NewReader(list))
		require.EqualError(t, err, want)
		require.Empty(t, words)
	}
	broken := errors.New("broken")
	_, err := match.Load(iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
	_, err = match.Load(io.LimitReader(endless{}, match.MaxList+1))
	require.EqualError(t, err, "match: load words: the list is longer than 67108864 bytes")
}

// Endless is a list without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
