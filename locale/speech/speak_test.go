package speech_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/speech"
)

func TestSpoken(t *testing.T) {
	t.Parallel()
	for kind, cases := range spokenCases {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			wrong := map[string][2]string{}
			for _, c := range cases {
				if got := speech.Spoken(c[0], speech.Profile{}); got != c[1] {
					wrong[c[0]] = [2]string{got, c[1]}
				}
			}
			require.Empty(t, wrong, "what is said otherwise than it should be")
		})
	}
}

// Each choice does what it says.
func TestSpeaking(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		o        speech.Speaking
		in, want string
	}{
		{"two in all places", speech.Speaking{Two: speech.TwoAll}, "12200", "一万两千两百"},
		{"two in no place", speech.Speaking{Two: speech.TwoNever}, "200个，2个", "二百个，两个"},
		{"two before nothing", speech.Speaking{Two: speech.TwoPlain}, "2个，2kg", "二个，二公斤"},
		{"one", speech.Speaking{One: speech.Yi}, "打12306", "打一二三零六"},
		{"emoji named", speech.Speaking{Emoji: speech.EmojiName}, "好👍🏻🇨🇳", "好点赞中国国旗"},
		{"emoji kept", speech.Speaking{Emoji: speech.EmojiKeep}, "好👍🏻", "好👍🏻"},
		{"half width", speech.Speaking{Marks: speech.MarksHalf}, "“ＡＢ，好。”", "\"AB,好.\""},
		{"formal units", speech.Speaking{FormalUnits: true}, "5kg，HK$3", "五千克，三港元"},
		{"plain minus", speech.Speaking{PlainMinus: true}, "-5℃", "负五摄氏度"},
		{"any minus", speech.Speaking{AnyMinus: true}, "绝对-2", "绝对负二"},
		{"plain minutes", speech.Speaking{PlainMinutes: true}, "8:05", "八点五分"},
		{"half days kept", speech.Speaking{KeepHalfDays: true}, "8:05pm", "八点零五分pm"},
		{"whole hundred", speech.Speaking{WholeHundred: true}, "100%", "百分之一百"},
		{"all decimals", speech.Speaking{AllDecimals: true}, "￥1.50", "一点五零元"},
		{"addresses kept", speech.Speaking{KeepAddresses: true}, "www.a1.com", "www.a1.com"},
		{"Latin kept", speech.Speaking{KeepLatin: true}, "GPT-4和H2O，3D，3个", "GPT-4和H2O，3D，三个"},
		{"acronyms spelled", speech.Speaking{SpellAcronyms: true}, "GDP增长", "G D P增长"},
		{"pauses", speech.Speaking{PhonePause: "，"}, "13800138000", "幺三八，零零幺三，八零零零"},
		{"no fillers", speech.Speaking{DropFillers: true}, "呃我啊3岁", "我三岁"},
		{"no erhua", speech.Speaking{DropErhua: true}, "这事儿我女儿知道", "这事我女儿知道"},
		{"simplified", speech.Speaking{Simplify: true}, "開會3點", "开会三点"},
		{"unknown characters", speech.Speaking{MarkUnknown: true}, "雪の花", "雪<oov>の</oov>花"},
		{"abbreviations", speech.Speaking{Abbreviation: true}, "B2B", "B to B"},
		{"capitals", speech.Speaking{Capitals: true}, "nba比赛", "NBA比赛"},
		{"years plain", speech.Speaking{PlainYears: true}, "2026", "两千零二十六"},
		{"numbers only", speech.Speaking{NumbersOnly: true}, "13800138000", "一百三十八亿零十三万八千"},
		{"per behind", speech.Speaking{PerBehind: true}, "10km/h", "十公里每小时"},
		{"day first", speech.Speaking{DayFirst: true}, "05/08/2026", "二零二六年八月五日"},
		{"fractions of months", speech.Speaking{NoMonthDay: true}, "12/25, 2026/12/25", "二十五分之十二, 二零二六年十二月二十五日"},
		{"plain two", speech.Speaking{Two: speech.TwoPlain}, "2:00, 2个", "二点, 二个"},
		{"erhua in words", speech.Speaking{DropErhua: true}, "小孩儿吊儿郎当，女儿唱歌儿，孩儿", "小孩吊儿郎当，女儿唱歌，孩儿"},
		{"formal days", speech.Speaking{FormalDays: true}, "5月30号，30号楼", "五月三十日，三十号楼"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, speech.Spoken(c.in, speech.Profile{Speaking: c.o}))
		})
	}
}

// spokenProfiles are those that texts are tried with.
var spokenProfiles = []speech.Profile{{}, speech.LikeWeText(), speech.LikeNeMo(), {Speaking: speech.Speaking{
	Emoji: speech.EmojiName, SpellAcronyms: true, MarkUnknown: true, PhonePause: "，", DropErhua: true, PerBehind: true,
}}}

// checkSpans proves that the spans lead from in to out.
func checkSpans(t require.TestingT, in, out string, spans []speech.Span) {
	at, outAt := 0, 0
	for _, s := range spans {
		if at > s.Start || s.Start > s.End || s.End > len(in) || outAt > s.OutStart || s.OutStart > s.OutEnd || s.OutEnd > len(out) ||
			in[at:s.Start] != out[outAt:s.OutStart] || s.Kind == 0 {
			require.Fail(t, "span out of place", "%q %q %v", in, out, s)
		}
		at, outAt = s.End, s.OutEnd
	}
	require.Equal(t, in[at:], out[outAt:])
}

func TestSpokenSpans(t *testing.T) {
	t.Parallel()
	out, spans := speech.SpokenSpans("今天38°C，打12306", speech.Profile{})
	require.Equal(t, "今天三十八摄氏度，打幺二三零六", out)
	require.Equal(t, []speech.Span{
		{Start: 6, End: 11, OutStart: 6, OutEnd: 24, Kind: speech.Measure},
		{Start: 17, End: 22, OutStart: 30, OutEnd: 45, Kind: speech.Digits},
	}, spans)
	for _, cases := range spokenCases {
		for _, c := range cases {
			for _, p := range spokenProfiles {
				out, spans := speech.SpokenSpans(c[0], p)
				require.Equal(t, speech.Spoken(c[0], p), out)
				checkSpans(t, c[0], out, spans)
			}
		}
	}
}

// Pieces of texts in every order neither panic nor lose anything.
func TestSpokenOfPieces(t *testing.T) {
	t.Parallel()
	pieces := []string{"1", "23", "2026", "13800138000", ".", ",", "-", "/", ":", "年", "月", "%", "$", "km", "/h", "a", "x", "=", "+", " ", "到", "第", "²", "℃", "👍", "\u200d", "\ufe0f", "\u20e3", "@", ".com", "://", "(", "）", "１", "，", "個", "\xff", "\xe4\xb8", "儿", "'"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var b strings.Builder
		for range 1 + r.IntN(7) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		in := b.String()
		out, spans := speech.SpokenSpans(in, spokenProfiles[r.IntN(len(spokenProfiles))])
		checkSpans(t, in, out, spans)
	}
}

// What is said is not said otherwise when it is given again.
func TestSpokenTwice(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"numbers", "counting", "dates", "times", "money", "telephones", "parts"} {
		for _, c := range spokenCases[kind] {
			require.Equal(t, c[1], speech.Spoken(c[1], speech.Profile{}), c[0])
		}
	}
}

// Long texts take time in proportion to their length, and are not said as one number.
func TestSpokenOfLongTexts(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, piece := range []string{"1", "零", "啊", "-", "1-", "1.", "1:", "1/", "1,000,", "a.", "a@", "http://", "+1", "=", "1=", "$", "$1", "👍\u200d", "²", "x²", "1 ", "1万", "~1", "１", "（", "\xff", "è", "A1", "(1", "第Ⅲ", "1e", "1、2", "比分1:", "《", "1:2:", "京A1", "9999 "} {
		text := strings.Repeat(piece, 1<<15/len(piece))
		for _, p := range spokenProfiles {
			out, spans := speech.SpokenSpans(text, p)
			checkSpans(t, text, out, spans)
		}
	}
}

// A text is said as its sentences are.
func TestSpokenOfSentences(t *testing.T) {
	t.Parallel()
	var all []string
	for _, cases := range spokenCases {
		for _, c := range cases {
			all = append(all, c[0])
		}
	}
	r := rand.New(rand.NewPCG(3, 1))
	for range 5000 {
		a := all[r.IntN(len(all))] + []string{"。", "！", "\n", "；"}[r.IntN(4)]
		b := all[r.IntN(len(all))]
		if traditional := spokenCases["traditional"]; slices.ContainsFunc(traditional, func(c [2]string) bool { return strings.HasPrefix(a, c[0]) || b == c[0] }) {
			continue // what is added follows the script of the text
		}
		require.Equal(t, speech.Spoken(a, speech.Profile{})+speech.Spoken(b, speech.Profile{}), speech.Spoken(a+b, speech.Profile{}))
	}
}

func FuzzSpoken(f *testing.F) {
	for _, cases := range spokenCases {
		for _, c := range cases {
			f.Add(c[0])
		}
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, p := range spokenProfiles {
			out, spans := speech.SpokenSpans(in, p)
			checkSpans(t, in, out, spans)
			require.Equal(t, utf8.ValidString(in), utf8.ValidString(out) && utf8.ValidString(in))
		}
	})
}

func ExampleSpoken() {
	fmt.Println(speech.Spoken("2026-11-22 8:30，气温-5°C，请拨打400-800-8820。", speech.Profile{}))
	fmt.Println(speech.Spoken("這裡有2個蘋果，共$3.5", speech.Profile{}))
	// Output:
	// 二零二六年十一月二十二日 八点三十分，气温零下五摄氏度，请拨打四零零八零零八八二零。
	// 這裡有兩個蘋果，共三點五美元
}

func BenchmarkSpoken(b *testing.B) {
	for name, text := range map[string]string{
		"sentence": "今天38°C，2026年11月22日8:30打12306买了2张票",
		"plain":    strings.Repeat("他们在院子里种了很多花，每到春天就开得十分热闹。", 1000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				speech.Spoken(text, speech.Profile{})
			}
		})
	}
}
