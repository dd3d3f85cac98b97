package match_test

import (
	"cmp"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/match"
)

func build(t testing.TB, c match.Config) *match.Matcher {
	t.Helper()
	m, err := match.New(c)
	require.NoError(t, err)
	return m
}

func find(t testing.TB, c match.Config, text string) []string {
	t.Helper()
	found := []string{}
	for h := range build(t, c).Find(text) {
		found = append(found, text[h.Start:h.End])
	}
	return found
}

func list(words ...string) []match.Word {
	all := make([]match.Word, len(words))
	for i, w := range words {
		all[i].Text = w
	}
	return all
}

// sorted puts hits that are at the same place in the order of their words.
func sorted(hits []match.Hit, words []match.Word) []match.Hit {
	at := make(map[*match.Word]int)
	for i := range words {
		at[&words[i]] = i
	}
	hits = slices.Clone(hits)
	slices.SortStableFunc(hits, func(a, b match.Hit) int {
		if a.Start == b.Start && a.End == b.End {
			return at[a.Word] - at[b.Word]
		}
		return 0
	})
	return hits
}

func TestFindAgreesWithDefinition(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := maker{rand.New(rand.NewPCG(1, 1))}
	cases(t, r, 1_500, func(c match.Config, m *match.Matcher) {
		text := r.text(r.IntN(24), len(signs))
		if r.IntN(20) == 0 {
			text = strings.Repeat(text, 20) // more than a block
		}
		got := slices.Collect(m.Find(text))
		require.Equal(t, places(naive(c, text)), places(sorted(got, c.Words)), "%+v in %q", c, text)
	})
}

// cases calls check for n random matchers, ten times for each of them.
func cases(t *testing.T, r maker, n int, check func(match.Config, *match.Matcher)) {
	t.Helper()
	for range n {
		c := r.config()
		m := build(t, c)
		for range 10 {
			check(c, m)
		}
	}
}

// A place is a hit that can be compared.
type place struct {
	start, end int
	word       string
}

func places(hits []match.Hit) []place {
	all := make([]place, len(hits))
	for i, h := range hits {
		all[i] = place{h.Start, h.End, h.Word.Text}
	}
	return all
}

// leftmost chooses from all hits as [match.Matcher.Longest] should.
func leftmost(hits []match.Hit) []match.Hit {
	hits = slices.Clone(hits)
	slices.SortStableFunc(hits, func(a, b match.Hit) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	chosen, end := []match.Hit{}, 0
	for _, h := range hits {
		if h.Start >= end {
			chosen, end = append(chosen, h), h.End
		}
	}
	return chosen
}

func TestLongestAgreesWithDefinition(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := maker{rand.New(rand.NewPCG(2, 1))}
	cases(t, r, 500, func(c match.Config, m *match.Matcher) {
		text := r.text(r.IntN(40), len(signs))
		got, want := slices.Collect(m.Longest(text)), leftmost(naive(c, text))
		require.Equal(t, spans(want), spans(got), "%+v in %q", c, text)
	})
}

// spans are places without the word, of which more than one may be there.
func spans(hits []match.Hit) []place {
	all := places(hits)
	for i := range all {
		all[i].word = ""
	}
	return all
}

func TestBreakEndsSearch(t *testing.T) {
	t.Parallel()
	r := maker{rand.New(rand.NewPCG(3, 1))}
	cases(t, r, 50, func(c match.Config, m *match.Matcher) {
		text := r.text(30, len(signs))
		for _, search := range []func(string) iter.Seq[match.Hit]{m.Find, m.Longest} {
			want := slices.Collect(search(text))
			for n := range want {
				var got []match.Hit
				for h := range search(text) {
					if got = append(got, h); len(got) == n+1 {
						break
					}
				}
				require.Equal(t, want[:n+1], got)
			}
		}
		require.Equal(t, len(naive(c, text)) > 0, m.Contains(text))
	})
}

func TestMaskHidesAllHits(t *testing.T) {
	t.Parallel()
	r := maker{rand.New(rand.NewPCG(4, 1))}
	cases(t, r, 300, func(c match.Config, m *match.Matcher) {
		text := r.text(r.IntN(30), len(signs))
		want := []rune{}
		hits := naive(c, text)
		for i, ch := range text {
			if slices.ContainsFunc(hits, func(h match.Hit) bool { return h.Start <= i && i < h.End }) {
				ch = '●'
			}
			want = append(want, ch)
		}
		require.Equal(t, want, []rune(m.Mask(text, '●')), "%+v in %q", c, text)
	})
}

func TestOptions(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		config match.Config
		text   string
		want   []string
	}{
		{"overlapping", match.Config{Words: list("中国", "国人", "中国人", "人")}, "中国人民", []string{"中国", "中国人", "国人", "人"}},
		{"traditional", match.Config{Words: list("敏感词")}, "這是敏感詞。", []string{"敏感詞"}},
		{"traditional word", match.Config{Words: list("敏感詞")}, "这是敏感词。", []string{"敏感词"}},
		{"full width and case", match.Config{Words: list("VIP")}, "加ｖＩp群", []string{"ｖＩp"}},
		{"zero width", match.Config{Words: list("敏感")}, "敏\u200b\ufe0f感\u200b", []string{"敏\u200b\ufe0f感"}},
		{"soft hyphen and tags", match.Config{Words: list("abc")}, "a\u00ad\U000e0041b\u202ec", []string{"a\u00ad\U000e0041b\u202ec"}},
		{"struck through", match.Config{Words: list("敏感")}, "敏\u0336感\u0336", []string{"敏\u0336感"}},
		{"kana marks are letters", match.Config{Words: list("か")}, "か\u3099", []string{"か"}},
		{"other differences are told apart", match.Config{Words: list("Ab国"), Distinguish: match.Case}, "Ab国 ab国 ＡＢ國 Ａb國", []string{"Ab国", "Ａb國"}},
		{"width told apart", match.Config{Words: list("Ab"), Distinguish: match.Width}, "Ａb ab", []string{"ab"}},
		{"script told apart", match.Config{Words: list("国"), Distinguish: match.Script}, "國国", []string{"国"}},
		{"invisible told apart", match.Config{Words: list("敏感", "a\u200bb"), Distinguish: match.Invisible}, "敏\u200b感 a\u200bb ab", []string{"a\u200bb"}},
		{"words that are the same", match.Config{Words: list("國", "国", "囯")}, "国", []string{"国", "国"}},
		{"no gap by default", match.Config{Words: list("敏感词")}, "敏*感 词", []string{}},
		{"gaps", match.Config{Words: list("敏感词"), MaxGap: 3}, "敏*感 😀词，敏……感词", []string{"敏*感 😀词", "敏……感词"}},
		{"gap too long", match.Config{Words: list("敏感词"), MaxGap: 3}, "敏感----词", []string{}},
		{"no gap over the end of a sentence", match.Config{Words: list("敏感词"), MaxGap: 3}, "过敏。感\n词", []string{}},
		{"no gap in Latin", match.Config{Words: list("ass", "加V信"), MaxGap: 1}, "as s 加 V 信", []string{"加 V 信"}},
		{"word with a separator", match.Config{Words: list("C++", "甲-乙"), MaxGap: 2}, "C++ C + + 甲-乙 甲*乙", []string{"C++", "甲-乙"}},
		{"gap and word with its separator", match.Config{Words: list("甲乙", "-乙")}, "甲-乙", []string{"-乙"}},
		{"both at one end", match.Config{Words: list("甲乙", "-乙"), MaxGap: 1}, "甲-乙", []string{"甲-乙", "-乙"}},
		{"inside other words", match.Config{Words: list("ass")}, "class", []string{"ass"}},
		{"whole words", match.Config{Words: list("ass", "V信", "18"), WholeWords: true}, "class ass. 加V信 AV信 2018 18岁", []string{"ass", "V信", "18"}},
		{"whole words at the end", match.Config{Words: list("ass"), WholeWords: true}, "Ｂass ass", []string{"ass"}},
		{"exception", match.Config{Words: list("黄色"), Exceptions: []string{"黄色小鸭"}}, "黄色小鸭和黄色汽车", []string{"黄色"}},
		{"exception before", match.Config{Words: list("法官"), Exceptions: []string{"书法官网"}}, "书法官網和法官", []string{"法官"}},
		{"exception that does not cover", match.Config{Words: list("甲乙丙"), Exceptions: []string{"甲乙"}}, "甲乙丙", []string{"甲乙丙"}},
		{"exception that is not finished", match.Config{Words: list("黄色"), Exceptions: []string{"黄色小鸭"}}, "黄色小", []string{"黄色"}},
		{"exception with a gap", match.Config{Words: list("黄色"), Exceptions: []string{"黄色小鸭"}, MaxGap: 1}, "黄-色小 鸭", []string{}},
		{"exception that is a word", match.Config{Words: list("黄色"), Exceptions: []string{"黃色"}}, "黄色", []string{}},
		{"not UTF-8", match.Config{Words: list("敏感", "\ufffd")}, "敏\xe6感\xed\xa0\x80\ufffd敏感", []string{"\ufffd", "敏感"}},
		{"private use", match.Config{Words: list("\U0010fffd\ue000")}, "\U0010fffd\ue000", []string{"\U0010fffd\ue000"}},
		{"no words", match.Config{Exceptions: []string{"甲"}}, "甲", []string{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tc.want, find(t, tc.config, tc.text))
		})
	}
}

func TestHomophones(t *testing.T) {
	t.Parallel()
	sounds := map[rune]rune{'薇': '微', '威': '微', '心': '信', '芯': '信'}
	c := match.Config{Words: list("微信"), Homophones: func(r rune) rune {
		if same, ok := sounds[r]; ok {
			return same
		}
		return r
	}}
	require.Equal(t, []string{"薇心", "威信", "微芯"}, find(t, c, "加薇心，威信，微博，微芯"))
}

func TestWhere(t *testing.T) {
	t.Parallel()
	m := build(t, match.Config{Words: []match.Word{{"甲", "一", 1}, {"乙", "二", 2}, {"甲乙", "二", 3}}})
	second := m.Where(func(w *match.Word) bool { return w.Category == "二" })
	heavy := second.Where(func(w *match.Word) bool { return w.Weight > 2 })
	require.Equal(t, "甲●●", build(t, match.Config{Words: list("乙", "乙甲")}).Mask("甲乙甲", '●'))
	require.Equal(t, "●●甲", second.Mask("甲乙甲", '●'))
	require.Equal(t, []place{{0, 6, "甲乙"}}, places(slices.Collect(heavy.Find("甲乙"))))
	require.Len(t, slices.Collect(m.Find("甲乙")), 3, "the matcher itself is as before")
	require.Len(t, slices.Collect(second.Where(nil).Find("甲乙")), 2)
}

func TestReplace(t *testing.T) {
	t.Parallel()
	m := build(t, match.Config{Words: list("甲", "甲乙", "乙丙")})
	bracket := func(h match.Hit) string { return "[" + h.Word.Text + "]" }
	require.Equal(t, "x[甲乙]丙[甲]x", m.Replace("x甲乙丙甲x", bracket))
	require.Equal(t, "丙", m.Replace("丙", bracket))
}

func TestNothing(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]*match.Matcher{"nil": nil, "zero": {}, "no words": build(t, match.Config{})} {
		require.False(t, m.Contains("甲"), name)
		require.Equal(t, "甲", m.Mask("甲", '*'), name)
		require.Empty(t, slices.Collect(m.Where(func(*match.Word) bool { return true }).Longest("甲")), name)
		s := m.Stream()
		require.Empty(t, s.Flush(s.Append(nil, "甲\xe7")), name)
		require.Zero(t, s.Pending(), name)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		config match.Config
		want   string
	}{
		"empty":     {match.Config{Words: list("甲", "")}, `match: word 1, "": is empty`},
		"invisible": {match.Config{Words: list("\u200b")}, `match: word 0, "\u200b": has only invisible characters`},
		"not UTF-8": {match.Config{Words: list("甲\xff")}, `match: word 0, "甲\xff": is not UTF-8`},
		"too long":  {match.Config{Words: list(strings.Repeat("甲", match.MaxRunes+1))}, `match: word 0, "甲甲甲甲甲甲甲甲甲甲甲…": has 4097 characters, at most 4096 are possible`},
		"exception": {match.Config{Exceptions: []string{""}}, `match: exception 0, "": is empty`},
		"gap":       {match.Config{MaxGap: -1}, `match: MaxGap is -1, want 0 or more`},
	} {
		_, err := match.New(tc.config)
		require.EqualError(t, err, tc.want, name)
	}
}

func TestAllocatesNothing(t *testing.T) {
	m := build(t, match.Config{Words: list("中国", "国人", "人民"), MaxGap: 2, WholeWords: true, Exceptions: []string{"中国人民"}})
	plain := build(t, match.Config{Words: list("中国", "国人", "人民")})
	text := strings.Repeat("中国，人民 and 中国*人，ＡＢＣ\u200b國人。", 20)
	n := 0
	require.Zero(t, testing.AllocsPerRun(10, func() {
		for range plain.Find(text) {
			n++
		}
		for range m.Find(text) {
			n++
		}
		for range m.Longest(text) {
			n++
		}
		if plain.Mask("没有", '*') != "没有" {
			n++
		}
	}))
	require.Positive(t, n)
}

// Each of these would take minutes if time were not linear in the text.
func TestHardTexts(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	const n = 1 << 19
	deep := make([]match.Word, 0, 1000) // 甲…甲乙: every state falls back on all others
	for i := 1; i <= 1000; i++ {
		deep = append(deep, match.Word{Text: strings.Repeat("甲", i) + "乙"})
	}
	exception := []string{strings.Repeat("甲", 1000) + "丙"}
	for name, tc := range map[string]struct {
		config match.Config
		text   string
		want   int
	}{
		"hits that wait":    {match.Config{Words: list("甲", "甲甲", "甲甲甲"), Exceptions: exception}, strings.Repeat("甲", n/4), 3*n/4 - 3},
		"one character":     {match.Config{Words: deep, MaxGap: 3, WholeWords: true, Exceptions: exception}, strings.Repeat("甲", n), 0},
		"gaps":              {match.Config{Words: deep, MaxGap: 3}, strings.Repeat("甲甲-", n/2), 0},
		"separators":        {match.Config{Words: deep, MaxGap: 1 << 30}, "甲" + strings.Repeat("-", n) + "乙", 1},
		"invisible":         {match.Config{Words: deep}, strings.Repeat("甲"+strings.Repeat("\u200b", n/1000), 1000) + "乙", 1000},
		"not UTF-8":         {match.Config{Words: deep}, strings.Repeat("\xe7\x94", n), 0},
		"one hit at a time": {match.Config{Words: list(strings.Repeat("甲", 1000))}, strings.Repeat("甲", n), n - 999},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hits := 0
			for range build(t, tc.config).Find(tc.text) {
				hits++
			}
			require.Equal(t, tc.want, hits)
			for range build(t, tc.config).Longest(tc.text) {
				hits--
			}
			require.GreaterOrEqual(t, hits, 0)
		})
	}
}

// Hits wait for the end of an exception, more of them than the scanner has room for.
func TestLongestWhileManyHitsWait(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 9))
	m := build(t, match.Config{
		Words:      list("甲甲", "甲甲甲甲乙", "乙", "甲乙甲", strings.Repeat("甲", 90)+"丙", strings.Repeat("甲", 70)),
		Exceptions: []string{strings.Repeat("甲", 300) + "丙", "乙" + strings.Repeat("甲", 40) + "乙"},
		MaxGap:     1,
	})
	for range 30 {
		var b strings.Builder
		for range 30 {
			b.WriteString(strings.Repeat("甲", r.IntN(150)) + []string{"乙", "丙", "*", "丁"}[r.IntN(4)])
		}
		text := b.String()
		hits := slices.SortedFunc(m.Find(text), func(a, b match.Hit) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
		var want []match.Hit
		end := 0
		for _, h := range hits {
			if h.Start >= end {
				want = append(want, h)
				end = h.End
			}
		}
		require.Equal(t, want, slices.Collect(m.Longest(text)))
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	m := build(t, match.Config{Words: list("甲乙", "乙"), MaxGap: 2, WholeWords: true, Exceptions: []string{"甲乙丙"}})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 100 {
				if !m.Contains("丙甲 乙") || m.Mask("甲乙", '*') != "**" {
					t.Error("a search disturbs another")
				}
			}
		})
	}
	group.Wait()
}
