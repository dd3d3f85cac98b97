package measure

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// streamed splits s as it arrives in pieces of up to size bytes.
func streamed(s string, size int, p *Splitter) []string {
	random := rand.New(rand.NewPCG(uint64(len(s)), uint64(size)))
	var all []string
	at := 0
	take := func(sentences []Sentence) {
		for _, sentence := range sentences {
			if sentence.Start != at {
				panic("sentences do not follow each other")
			}
			at = sentence.End()
			all = append(all, sentence.Text)
		}
	}
	for len(s) > 0 {
		n := min(1+random.IntN(size), len(s))
		take(p.Add(s[:n]))
		s = s[n:]
	}
	take(p.Flush())
	return all
}

func sentences(s string) []string {
	var all []string
	for _, sentence := range Sentences(s) {
		all = append(all, sentence)
	}
	return all
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"empty":                  nil,
		"no mark":                {"今天天气很好"},
		"marks":                  {"你好！", "你是谁？", "我来了。", "先坐；", "再说……", "好"},
		"repeated marks":         {"真的？！", "太好了！！！", "哎……"},
		"space belongs before":   {"一。 \n\n", "二。\u3000", "三"},
		"space first":            {"\n \u3000一。", "二"},
		"only space":             {" \n\n "},
		"lines":                  {"标题\n", "正文\r\n", "\u3000\u3000完。\n"},
		"decimals":               {"圆周率是3.14。", "对吗？"},
		"prices":                 {"价格￥12.50，打8.5折！"},
		"thousands and times":    {"共1,000人，12:30开会；", "13:00结束"},
		"versions":               {"版本v1.2.3发布了。", "请升级"},
		"addresses":              {"访问https://a.cn/x?y=1&z=2;w#a!b。", "写信到a.b@c.com.cn！", "好"},
		"address ends":           {"见 https://a.cn/x?yz. ", "再说"},
		"lists":                  {"1. 第一步\n", "2. 第二步\n", "（3）第三步\n", "４．第四步"},
		"list in a line":         {"步骤：1. 开门 2. 进屋。", "完了"},
		"number ends":            {"The answer is 42. ", "Yes. ", "It was 1999. ", "Then 3.5 more."},
		"quotation":              {"他说：“好的。我来。”", "然后走了。"},
		"quotation of corners":   {"「要嗎？不要。」", "『好！』", "她笑了"},
		"quotation goes on":      {"“好的。”，他说，“走吧！”"},
		"straight quotation":     {"他说\"好。走。\"", "\"为什么？\"", "她问"},
		"quotation in Latin":     {"He said \"No. Never!\" ", "Then he left. ", "'Why?' ", "she asked."},
		"long quotation":         {"“第一句话说得很长很长很长很长很长很长很长很长。", "第二句话也说得很长很长很长很长很长。”", "完"},
		"open quotation":         {"他说：“好的。", "我走了。"},
		"bracket":                {"他（真的吗？）走了。", "（笑）行"},
		"half-width ideographic": {"ｱﾘｶﾞﾄｳ｡", "ﾊｲ｡"},
		"abbreviations":          {"Mr. Li met Dr. Wang at 3 p.m. on Jan. 5. ", "J. R. Smith came, e.g. early. ", "See No. 7."},
		"dots":                   {"Wait... ", "What? ", "Well... maybe. ", "好..."},
		"comma after a mark":     {"“走吗？”、“走。”", "都行。"},
		"emoji":                  {"好的！", "😊明天见。", "👨‍👩‍👧"},
		"not UTF-8":              {"\xff。", "\xe4\xb8。", "\xe3\x80"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := strings.Join(want, "")
			require.Equal(t, want, sentences(s))
			for size := 1; size < 12; size += 2 {
				require.Equal(t, want, streamed(s, size, &Splitter{}), size)
			}
		})
	}
}

func TestSentencesLatinBeforeChinese(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"OK.", "好的。", "Go!", "走吧。", "plan B.好"}, sentences("OK.好的。Go!走吧。plan B.好"))
}

func TestSentencesStop(t *testing.T) {
	t.Parallel()
	for at := range Sentences("一。二。") {
		require.Zero(t, at)
		break
	}
}

func TestSplitterWaitsNoLongerThanItMust(t *testing.T) {
	t.Parallel()
	var p Splitter
	require.Empty(t, p.Add("你好。"))
	require.Equal(t, []Sentence{{"你好。", 0}}, p.Add("我"))
	require.Empty(t, p.Add("要3."))
	require.Equal(t, []Sentence{{"我要3.5米；", 9}}, p.Add("5米；好")[:1])
	require.Equal(t, []Sentence{{"好", 24}}, p.Flush())
	require.Empty(t, p.Flush())
	require.Equal(t, []Sentence{{"再来。\n", 27}}, p.Add("再来。\n又"))
}

func TestSplitterBound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		max  int
		want []string
	}{
		"short":               {10, []string{"一二三四五六七八九。", "十"}},
		"comma":               {10, []string{"一二三四，五六，", "七八九十十一"}},
		"early comma":         {10, []string{"一，二三四五六七八九", "十十一"}},
		"space":               {10, []string{"abcdef ", "ghijklm"}},
		"particle":            {10, []string{"一二三四五六的", "七八九十十一"}},
		"nothing":             {4, []string{"一二三四", "五六七八", "九。"}},
		"mark stays":          {4, []string{"一二三四。", "五六七八！”", "九"}},
		"word":                {8, []string{"一二三", "abcdefg四"}},
		"word that is itself": {4, []string{"abcd", "efgh", "ij"}},
		"number":              {8, []string{"一二三四", "12,345.6"}},
		"Latin comma":         {8, []string{"ab cd, ", "ef gh"}},
		"grapheme":            {3, []string{"一二e\u0301\u0308", "一二三"}},
		"one":                 {1, []string{"一", "二。", "三"}},
		"only marks":          {2, []string{"。。。。", "。。"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for size := 1; size < 9; size += 2 {
				require.Equal(t, c.want, streamed(strings.Join(c.want, ""), size, &Splitter{MaxRunes: c.max}), size)
			}
		})
	}
}

func TestSplitterIsLinear(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, s := range append(awkward, "。", " ", "“", "(", "\"", "a.", "1.", "——", "…", "好。") {
		p := Splitter{MaxRunes: 50}
		kept := 0
		for range 1 << 17 {
			p.Add(s)
			kept = max(kept, p.text.Len())
		}
		p.Flush()
		require.Less(t, kept, 4000, "%q", s)
		var unbounded Splitter
		for range 1 << 16 {
			unbounded.Add(s)
		}
		unbounded.Flush()
	}
}

func FuzzSentences(f *testing.F) {
	for _, s := range append(awkward, "他说：“好。走！”1. 甲 2. 乙", "e.g. v1.2.3, a@b.cn? 3.5", "Mr. X said \"No.\" ok", "，的了 a,b 1,000") {
		f.Add(s+"你好。"+s, 3, 7)
	}
	f.Fuzz(func(t *testing.T, s string, size, bound int) {
		size, bound = 1+max(size, 0)%16, max(bound, 0)%64
		whole := sentences(s)
		require.Equal(t, s, strings.Join(whole, ""))
		require.NotContains(t, whole, "")
		require.Equal(t, whole, streamed(s, size, &Splitter{}))
		p := Splitter{MaxRunes: bound}
		bounded := append(p.Add(s), p.Flush()...)
		var texts []string
		for _, sentence := range bounded {
			texts = append(texts, sentence.Text)
			if bound > 0 {
				require.LessOrEqual(t, utf8.RuneCountInString(sentence.Text), 2*bound)
			}
		}
		require.Equal(t, s, strings.Join(texts, ""))
		require.Equal(t, texts, streamed(s, size, &Splitter{MaxRunes: bound}))
	})
}
