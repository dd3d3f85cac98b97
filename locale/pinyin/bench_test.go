package pinyin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/zhushou-ai/zhushou/locale/pinyin"
)

// article is text as long as an article, made of sentences with many characters of several readings.
var article = strings.Repeat("银行行长在重庆长大，得到了很多人的帮助。他为这座城市的发展做了不少事，还常常教孩子们弹琴、唱歌。"+
	"2026年11月，Go语言1.26版的文档也有了中文译本，大家都觉得很方便。", 100)

func BenchmarkAppend(b *testing.B) {
	for name, c := range map[string]pinyin.Converter{
		"marks": {}, "words": {Words: true}, "sandhi": {Sandhi: true}, "initials": {Style: pinyin.FirstLetter, Together: true},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(article)))
			b.ReportAllocs()
			var room []byte
			for b.Loop() {
				room = c.Append(room[:0], article)
			}
		})
	}
}

func BenchmarkAll(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		for range pinyin.All(article) {
		}
	}
}

func BenchmarkParse(b *testing.B) {
	text := pinyin.String(article[:3000], pinyin.ToneNumber)
	text = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '1' && r <= '5' || r == ' ' || r == 'ü' {
			return r
		}
		return ' '
	}, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		_, _ = pinyin.Parse(text)
	}
}

// dictionary returns n words of two to four characters.
func dictionary(n int) []pinyin.Entry {
	const characters = "中国人民银行长城重庆西安北京上海大学生活动物理想象征服务员工作家庭院子弟兄长大小心情况且听说明白天地方向"
	runes := []rune(characters)
	entries := make([]pinyin.Entry, n)
	for i := range entries {
		word, x := "", i*7919+13
		for range 2 + i%3 {
			word += string(runes[x%len(runes)])
			x = x/len(runes) + x*31
		}
		entries[i] = pinyin.Entry{Word: word, Weight: float64(i % 1000)}
	}
	return entries
}

func BenchmarkNewIndex(b *testing.B) {
	entries := dictionary(100_000)
	for b.Loop() {
		pinyin.NewIndex(entries)
	}
}

func BenchmarkQuery(b *testing.B) {
	x := pinyin.NewIndex(dictionary(100_000))
	for _, text := range []string{"zhongguoren", "zgr", "zhgr", "中guo", "z"} {
		for _, fuzzy := range []pinyin.Fuzzy{0, pinyin.AllFuzzy} {
			b.Run(fmt.Sprintf("%s/%d", text, fuzzy), func(b *testing.B) {
				for b.Loop() {
					x.Query(pinyin.Query{Text: text, Fuzzy: fuzzy})
				}
			})
		}
	}
}
