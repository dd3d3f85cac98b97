package segment_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

func TestAdd(t *testing.T) {
	t.Parallel()
	var d segment.Dictionary
	g := &segment.Segmenter{Dictionary: &d}
	require.Equal(t, "李小福 是 创新 办 主任", cut(g, "李小福是创新办主任"))
	require.NoError(t, d.Add("创新办", 0, segment.Organization))
	require.NoError(t, d.Add("雲原生", 0, segment.Noun))
	require.NoError(t, d.Add("New York", 0, segment.Place))
	require.Equal(t, "李小福 是 创新办 主任", cut(g, "李小福是创新办主任"))
	require.Equal(t, "云原生 和 雲原生 在 ＮＥＷ　ＹＯＲＫ", cut(g, "云原生和雲原生在ＮＥＷ　ＹＯＲＫ"))
	require.Equal(t, "iPhone 云原生", cut(g, "iPhone云原生"))
	for token := range g.Cut("云原生") {
		require.Equal(t, segment.Token{Text: "云原生", Class: segment.Word, Tag: segment.Noun}, token)
	}
	require.Equal(t, "云 原生", cut(&segment.Segmenter{}, "云原生"))
}

func TestAddOverrulesTheRules(t *testing.T) {
	t.Parallel()
	var d segment.Dictionary
	g := &segment.Segmenter{Dictionary: &d}
	for _, word := range []string{"一个", "北京大学", "3万", "王小", "GPT-4 mini", "，第一", "アニメ"} {
		require.NoError(t, d.Add(word, 0, segment.NoTag))
		require.Equal(t, strings.ReplaceAll(word, " ", "␣"), strings.ReplaceAll(cut(g, word), " ", "␣"), "%q", word)
	}
	require.Equal(t, "一个 人 在 北京大学", cut(g, "一个人在北京大学"))
	require.Equal(t, "王小 明", cut(g, "王小明"))
	require.Equal(t, "好 ，第一", cut(g, "好，第一"))
	require.Equal(t, "GPT-4", cut(g, "GPT-4"))
}

func TestWeight(t *testing.T) {
	t.Parallel()
	var d segment.Dictionary
	g := &segment.Segmenter{DictionaryOnly: true, Dictionary: &d}
	require.NoError(t, d.Add("中出", 1, segment.Verb))
	require.Equal(t, "如果 放到 post 中将 出错", cut(g, "如果放到post中将出错"))
	require.Equal(t, "中 出", cut(g, "中出")) // its parts are likelier
	require.NoError(t, d.Add("将出", 10_000_000, segment.Verb))
	require.Equal(t, "中 将出 错", cut(g, "中将出错"))
	require.NoError(t, d.Add("将出", 1, segment.Verb))
	require.Equal(t, "中将 出错", cut(g, "中将出错"))
}

func TestRemove(t *testing.T) {
	t.Parallel()
	var d segment.Dictionary
	g := &segment.Segmenter{DictionaryOnly: true, Dictionary: &d}
	d.Remove("台中")
	d.Remove("")
	d.Remove("没有的词")
	require.Equal(t, "「 台 中 」 正确", cut(g, "「台中」正确"))
	require.NoError(t, d.Add("台中", 0, segment.Place))
	require.Equal(t, "臺中", cut(g, "臺中"))
	d.Remove("臺中")
	require.Equal(t, "台 中", cut(g, "台中"))
	g.Mode = segment.Full
	d.Remove("清华")
	require.Equal(t, "清华大学 华大 大学", cut(g, "清华大学"))
}

func TestAddRefuses(t *testing.T) {
	t.Parallel()
	var d segment.Dictionary
	long := strings.Repeat("长", segment.MaxWord)
	require.NoError(t, d.Add(long, 0, segment.NoTag))
	require.Equal(t, "好 "+long+" 好", cut(&segment.Segmenter{Dictionary: &d}, "好"+long+"好"))
	require.EqualError(t, d.Add("", 0, segment.NoTag), "word is empty")
	require.EqualError(t, d.Add("\xff", 0, segment.NoTag), `word "\xff" is not UTF-8`)
	require.ErrorContains(t, d.Add(long+"长", 0, segment.NoTag), "has 65 characters, at most 64")
	require.EqualError(t, d.Add("词", -1, segment.NoTag), `weight -1 of word "词" is negative`)
	require.EqualError(t, d.Add("词", 0, 99), `tag 99 of word "词" is unknown`)
}

func TestLoad(t *testing.T) {
	t.Parallel()
	var d segment.Dictionary
	require.NoError(t, d.Load(strings.NewReader("\ufeff凱特琳 nz\n\n八一双鹿\t3\tnz\r\nNew York 100 ns\n云原生\nn")))
	require.Equal(t, "凯特琳 和 八一双鹿 在 new york", cut(&segment.Segmenter{Dictionary: &d}, "凯特琳和八一双鹿在new york"))
	for name, c := range map[string]struct{ text, message string }{
		"no weight":    {"好 1 n\n坏 x n\n", `load dictionary: line 2: "x" is no weight`},
		"a bad weight": {"坏 -1", `load dictionary: line 1: weight -1 of word "坏" is negative`},
		"too long":     {"好\n" + strings.Repeat("长", 65), "load dictionary: line 2: word"},
		"a long line":  {"好\n\n" + strings.Repeat("长", 10_000), "load dictionary: line 3: bufio.Scanner: token too long"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var d segment.Dictionary
			require.ErrorContains(t, d.Load(strings.NewReader(c.text)), c.message)
		})
	}
	failure := errors.New("disk on fire")
	require.ErrorIs(t, d.Load(iotest.ErrReader(failure)), failure)
}

// Words come and go while texts are cut.
func TestDictionaryChangesWhileCutting(t *testing.T) {
	t.Parallel()
	var d segment.Dictionary
	g := &segment.Segmenter{Dictionary: &d}
	const words = 2000
	var group sync.WaitGroup
	group.Go(func() {
		for i := range words {
			if err := d.Add(fmt.Sprintf("新词%d", i), 0, segment.Noun); err != nil {
				t.Error(err)
			}
			d.Remove(fmt.Sprintf("新词%d", i-10))
		}
	})
	for range 2 {
		group.Go(func() {
			for range 100 {
				covers(t, g, "这里有新词7和新词1234，还有新词1999。")
			}
		})
	}
	group.Wait()
	require.Equal(t, "新词1999 、 新词 7", cut(g, "新词1999、新词7"))
}

// A dictionary of many words finds them all, and none that is not there.
func TestManyWords(t *testing.T) {
	t.Parallel()
	var d segment.Dictionary
	g := &segment.Segmenter{Dictionary: &d}
	word := func(i int) string { return fmt.Sprintf("甲%c%c乙", '一'+rune(i%997), '一'+rune(i/7)) }
	for i := range 5000 {
		require.NoError(t, d.Add(word(i), 0, segment.NoTag))
	}
	for i := range 5000 {
		require.Equal(t, word(i), cut(g, word(i)))
	}
	require.NotEqual(t, "甲甲甲乙", cut(g, "甲甲甲乙"))
}
