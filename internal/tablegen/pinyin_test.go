package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

func newPinyinBook() *pinyinBook {
	return &pinyinBook{
		readings: map[rune][]string{'长': {"zhǎng", "cháng"}, '子': {"zǐ"}, '朝': {"cháo", "zhāo"}},
		modern:   map[rune][]string{'长': {"cháng", "zhǎng"}},
		words:    make(map[string]map[int]string),
		names:    make(map[rune]string),
		sounds:   make(map[string]uint16),
	}
}

func TestPinyinPhrases(t *testing.T) {
	t.Parallel()
	b := newPinyinBook()
	require.NoError(t, b.addPhrases("# 注释\n\n长 cháng\n长 zhǎng 校长 长子\n子 zi 子子\n朝 zhāo ^ 朝朝\n长 zhāng 长孙\n"))
	require.Equal(t, []string{"cháng", "zhǎng", "zhāng"}, b.readings['长'])
	require.EqualValues(t, 2, b.inUse('长'))
	require.Equal(t, map[string]map[int]string{
		"校长": {1: "zhǎng"}, "长子": {0: "zhǎng"}, "子子": {1: "zi"}, "朝朝": {0: "zhāo", 1: "zhāo"}, "长孙": {0: "zhāng"},
	}, b.words)
	require.Equal(t, map[rune]string{'朝': "zhāo"}, b.names)

	for data, message := range map[string]string{
		"长\n":                      "line 1 is not a character and its reading",
		"长短 cháng\n":               "line 1 is not a character and its reading",
		"\n长 zhǎng 校园\n":           "line 2: 长 is not in 校园",
		"长 zhǎng 校长\n长 cháng 校长\n": "line 2: 长 in 校长 is cháng, and zhǎng on another line",
	} {
		require.EqualError(t, newPinyinBook().addPhrases(data), message)
	}
}

func TestPinyinPhraseTable(t *testing.T) {
	t.Parallel()
	b := newPinyinBook()
	require.NoError(t, b.addPhrases("朝 zhāo 朝朝 ^ 朝三朝四朝\n长 zhǎng 校长\n"))
	data, err := b.phraseTable()
	require.NoError(t, err)
	trie, err := doublearray.Open(string(data[8 : 8+int(data[0])+int(data[1])<<8+int(data[2])<<16]))
	require.NoError(t, err)
	value := func(key string) uint32 {
		v, ok := trie.Get(key)
		require.True(t, ok, key)
		return v
	}
	zhao, zhang := uint32(b.sound("zhāo")), uint32(b.sound("zhǎng"))
	require.Equal(t, zhao|(1<<12|zhao)<<15, value("朝朝"))
	require.Equal(t, 1<<12|zhang, value("校长"))
	require.Equal(t, zhao, value("^朝"))
	require.Zero(t, value("朝三朝四朝"), "the first list")

	b = newPinyinBook()
	require.NoError(t, b.addPhrases("长 zhǎng 一二三四五六七八长\n"))
	_, err = b.phraseTable()
	require.ErrorContains(t, err, "more than 8 characters")
}

func TestPinyinReadings(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"zhōng", "zhòng"}, readingsOf("10028.100:zhōng,zhòng"))
	require.Equal(t, []string{"cháng", "zhǎng"}, readingsOf("038.110:cháng 466.110:zhǎng"))
	require.Equal(t, []string{"zhǎng", "cháng"}, readingsOf("zhǎng(1879) cháng(1179)"))
	for reading, want := range map[string]uint16{"mā": 1, "má": 2, "mǎ": 3, "mà": 4, "ma": 5, "lǘ": 2, "ê̄": 1, "m̀": 4} {
		require.Equal(t, want, toneOf(reading), reading)
	}
	require.Equal(t, "lü", nameOf("lǘ"))
	require.Equal(t, "m", nameOf("m̀"))
}
