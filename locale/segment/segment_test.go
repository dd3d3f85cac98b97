package segment_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/segment"
)

// cut returns the tokens of s parted by spaces; white space is shown as ␣.
func cut(g *segment.Segmenter, s string) string {
	var words []string
	for t := range g.Cut(s) {
		if t.Class == segment.Space {
			words = append(words, "␣")
			continue
		}
		words = append(words, t.Text)
	}
	return strings.Join(words, " ")
}

// A wanted is a text cut into words by spaces, as it should be.
type wanted = string

// cuts checks that each text is cut as it is given. A space in a text is written ␣.
func cuts(t *testing.T, g *segment.Segmenter, groups map[string][]wanted) {
	t.Helper()
	for name, texts := range groups {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, want := range texts {
				text := strings.ReplaceAll(strings.ReplaceAll(want, " ", ""), "␣", " ")
				require.Equal(t, want, cut(g, text))
			}
		})
	}
}

func TestDictionaryOnly(t *testing.T) {
	t.Parallel()
	cuts(t, &segment.Segmenter{DictionaryOnly: true}, map[string][]wanted{
		"words":           {"我 来到 北京 清华大学", "小 明 硕士 毕业 于 中国科学院 计算所 ， 后 在 日本京都大学 深造"},
		"no rules":        {"一个 人", "1998 年", "三百五十 万元", "这件 事"},
		"longer of equal": {"乒乓球 拍卖 完 了"},
	})
}

func TestTokensSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	type token struct {
		text  string
		class segment.Class
		tag   string
	}
	var got []token
	for x := range (&segment.Segmenter{}).Cut("王小明1998年买了3个T恤， iPhone15👍🏽！@\xff") {
		got = append(got, token{x.Text, x.Class, x.Tag.String()})
	}
	require.Equal(t, []token{
		{"王小明", segment.Word, "nr"}, {"1998年", segment.Number, "t"}, {"买", segment.Word, "v"}, {"了", segment.Word, "ul"},
		{"3", segment.Number, "m"}, {"个", segment.Word, "q"}, {"T恤", segment.Word, "n"}, {"，", segment.Punctuation, ""},
		{" ", segment.Space, ""}, {"iPhone15", segment.Latin, ""}, {"👍🏽", segment.Emoji, ""}, {"！", segment.Punctuation, ""},
		{"@", segment.Punctuation, ""}, {"\xff", segment.Symbol, ""},
	}, got)
}

// Traditional, full-width and capital text is cut as its folded form.
func TestFoldedTextIsCutAlike(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"學習漢語拼音方案，歷史學家認為這件事很難。", "他在１９９８年３月買了５００個ＣＰＵ", "ＡＴ＆Ｔ公司的Ｔ恤", "ｔｅｓｔ＠ｅｘａｍｐｌｅ．ｃｏｍ",
		"ｈｔｔｐ：／／ａ．ｂ／ｃ，見附件", "二○○八年後來", "王曉明說：「後天見」",
	} {
		folded, _ := fold.All.String(text)
		require.NotEqual(t, text, folded)
		require.Equal(t, lengths(segment.Words(folded)), lengths(segment.Words(text)), text)
	}
	require.Equal(t, "我們 在 臺灣 學習 軟體", cut(&segment.Segmenter{}, "我們在臺灣學習軟體"))
}

func lengths(words []string) []int {
	var n []int
	for _, w := range words {
		n = append(n, utf8.RuneCountInString(w))
	}
	return n
}

// covers checks that the tokens of s are all of s, in its order, and whole characters.
func covers(t *testing.T, g *segment.Segmenter, s string) {
	t.Helper()
	end, valid := 0, utf8.ValidString(s)
	for token := range g.Cut(s) {
		if token.Start != end || token.Text == "" || token.Text != s[token.Start:token.End()] || valid && !utf8.RuneStart(s[token.Start]) {
			t.Fatalf("token %+q at %d after %d in %+.100q", token.Text, token.Start, end, s)
		}
		end = token.End()
	}
	if end != len(s) {
		t.Fatalf("tokens end at %d of %+.100q, which has %d bytes", end, s, len(s))
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{
		"empty": "", "not UTF-8": "中\xff\xfe国\xe4\xb8", "a surrogate": "中\xed\xa0\x80国", "zero": "\x00中\x00", "marks first": "\u0301\u0301中",
		"marks in a word": "中\u0301国", "a joiner last": "👩\u200d", "half a flag": "🇨", "a variation": "葛\U000e0100城", "all of a page": page(),
		"a soft hyphen": "人\u00ad民", "a zero-width space": "人\u200b民",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			covers(t, &segment.Segmenter{}, s)
			covers(t, &segment.Segmenter{DictionaryOnly: true}, s)
		})
	}
	require.Equal(t, []string{"人\u00ad民"}, segment.Words("人\u00ad民"))
	require.Equal(t, []string{"人", "\u200b", "民"}, segment.Words("人\u200b民"))
}

// page returns every character of some pages, and one that is beyond Unicode.
func page() string {
	var s strings.Builder
	for r := rune(0); r < 0x3400; r++ {
		s.WriteRune(r)
	}
	for r := rune(0x1f000); r < 0x1fb00; r++ {
		s.WriteRune(r)
	}
	return s.String() + "\xf4\x90\x80\x80"
}

// A text without an end of any word is cut all the same, in blocks.
func TestOneCharacterForever(t *testing.T) {
	t.Parallel()
	var user segment.Dictionary
	require.NoError(t, user.Add("一一一", 0, segment.NoTag))
	for _, c := range []string{"一", "的", "中国", "a", "1", " ", "，", "—", "·", "か", "\u0301", "👩\u200d", "1,", "a-", "www.", "\xff", "王", "斯", "第"} {
		s := strings.Repeat(c, 20_000)
		covers(t, &segment.Segmenter{}, s)
		covers(t, &segment.Segmenter{Dictionary: &user}, s)
		covers(t, &segment.Segmenter{DictionaryOnly: true}, "好"+s)
	}
	require.Equal(t, []string{strings.Repeat("a", 100_000)}, segment.Words(strings.Repeat("a", 100_000)))
}

// What is cut in one long text is cut as in its sentences.
func TestLongTextIsCutAsItsSentences(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, g := range []*segment.Segmenter{{}, {DictionaryOnly: true}, {Dictionary: userWords(t)}} {
		var text strings.Builder
		var want []string
		for range 300 {
			s := sentence(rng)
			text.WriteString(s)
			for token := range g.Cut(s) {
				want = append(want, token.Text)
			}
		}
		var got []string
		for token := range g.Cut(text.String()) {
			got = append(got, token.Text)
		}
		require.Equal(t, want, got)
	}
}

var vocabulary = strings.Fields(`我们 中国 人民 的 了 是 在 1998 年 三 百 五十 万元 王 小 明 说 北京大学 市场经济 同学 们 乔治 · 布什 3.14 % GPT-4 第一次
	一个 这件 萨 尔 科 齐 化 性 者 研究 生命 起源 武汉市 长江大桥 发展中国家 😀 T恤 C++ 乒乓球 拍卖 学生会 组织 不 把 手 洪湖 镇 上午 9 时 20 分 多 余 几`)

// sentence returns words of the vocabulary and a full stop.
func sentence(rng *rand.Rand) string {
	var s strings.Builder
	for range 1 + rng.IntN(30) {
		s.WriteString(vocabulary[rng.IntN(len(vocabulary))])
	}
	return s.String() + "。"
}

func userWords(t *testing.T) *segment.Dictionary {
	d := &segment.Dictionary{}
	require.NoError(t, d.Load(strings.NewReader("生命起源\n研究生\n布什说 100 n\n")))
	return d
}

func TestCutMayStopAndNest(t *testing.T) {
	t.Parallel()
	g := &segment.Segmenter{}
	var words []string
	for token := range g.Cut("我们在北京，他们在上海") {
		for inner := range g.Cut("南京市长江大桥") {
			words = append(words, inner.Text)
			break
		}
		words = append(words, token.Text)
		if token.Text == "北京" {
			break
		}
	}
	require.Equal(t, []string{"南京市", "我们", "南京市", "在", "南京市", "北京"}, words)
	seq := g.Cut("我们在北京")
	require.Len(t, slices.Collect(seq), 3)
	require.Len(t, slices.Collect(seq), 3)
}

func TestCutDoesNotAllocate(t *testing.T) {
	for name, g := range map[string]*segment.Segmenter{
		"precise": {}, "dictionary": {DictionaryOnly: true}, "search": {Mode: segment.Search}, "full": {Mode: segment.Full}, "user": {Dictionary: userWords(t)},
	} {
		text, tokens := strings.Repeat("王小明1998年在北京大学研究生命起源，花了三百五十万元。", 50), 0
		require.Less(t, testing.AllocsPerRun(20, func() {
			for range g.Cut(text) {
				tokens++
			}
		}), 1.0, name) // now and then the work space is made anew
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	for name, tag := range map[string]segment.Tag{"": segment.NoTag, "n": segment.Noun, "nr": segment.Person, "v": segment.Verb, "t": segment.Time, "c": segment.Conjunction} {
		got, ok := segment.ParseTag(name)
		require.True(t, ok)
		require.Equal(t, tag, got)
		require.Equal(t, name, tag.String())
	}
	_, ok := segment.ParseTag("?")
	require.False(t, ok)
	require.Equal(t, "?", segment.Tag(200).String())
	require.Equal(t, "emoji", segment.Emoji.String())
	require.Equal(t, "?", segment.Class(200).String())
}
