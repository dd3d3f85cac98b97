package speech_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/speech"
)

// writings are the profiles that properties are tested with.
func writings() map[string]speech.Profile {
	return map[string]speech.Profile{"own": {}, "wetext": speech.LikeWeText(), "nemo": speech.LikeNeMo()}
}

// requireWritten checks what is promised of every text.
func requireWritten(t *testing.T, s string, p speech.Profile) {
	t.Helper()
	got, spans := speech.WrittenSpans(s, p)
	require.Equal(t, got, speech.Written(s, p))
	require.Equal(t, utf8.ValidString(s), utf8.ValidString(got) && utf8.ValidString(s), "%q became %q", s, got)
	var rebuilt strings.Builder
	in, out := 0, 0
	for _, span := range spans {
		require.True(t, in <= span.Start && span.Start < span.End && span.End <= len(s), "%q: %v", s, spans)
		require.True(t, out <= span.OutStart && span.OutStart <= span.OutEnd && span.OutEnd <= len(got), "%q: %v", s, spans)
		require.NotZero(t, span.Kind)
		rebuilt.WriteString(s[in:span.Start])
		rebuilt.WriteString(got[span.OutStart:span.OutEnd])
		in, out = span.End, span.OutEnd
	}
	rebuilt.WriteString(s[in:])
	require.Equal(t, got, rebuilt.String(), "%q: %v", s, spans)
}

// pieces are what random texts are made of.
var pieces = strings.Fields(`零 〇 一 二 两 三 四 五 六 七 八 九 十 百 千 万 亿 兆 幺 廿 壹 贰 叁 拾 佰 点 分 秒 半 刻 差 时 年 月 日 号
	百分之 分之 又 负 正负 零下 第 到 至 比 加 等于 大于等于 块 毛 元 美元 卢布 公里 千克 摄氏度 度 每小时 个 本 天 小时 几 多 两
	京 A B 高 动 次 艾特 com iPhone G 3 ５ Ａ 一起 星期 周 下午 农历 公元前 呃 啊 ， 。 的 萬 億 點 兩 負 自动取款机 杠`)

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(14) {
		switch r.IntN(30) {
		case 0:
			b.WriteByte(byte(r.IntN(256)))
		case 1:
			b.WriteByte(' ')
		default:
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
	}
	return b.String()
}

func TestWrittenSpans(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, p := range writings() {
		for _, table := range written {
			cases(table, func(said, _ string) { requireWritten(t, said, p) })
		}
		for range 20000 {
			requireWritten(t, randomText(r), p)
		}
	}
}

func TestWrittenSpan(t *testing.T) {
	t.Parallel()
	got, spans := speech.WrittenSpans("他說百分之三十的人，下午三點二十到", speech.Profile{})
	require.Equal(t, "他說30%的人，下午3:20到", got)
	require.Equal(t, []speech.Span{
		{Start: 6, End: 21, OutStart: 6, OutEnd: 9, Kind: speech.Percent},
		{Start: 36, End: 48, OutStart: 24, OutEnd: 28, Kind: speech.Time},
	}, spans)
}

func TestWrittenKinds(t *testing.T) {
	t.Parallel()
	for said, kind := range map[string]speech.Kind{
		"三百零五":         speech.Cardinal,
		"三零二室":         speech.Digits,
		"一三八零零一三八零零零":  speech.Telephone,
		"三点一四":         speech.Decimal,
		"第二十三":         speech.Ordinal,
		"三分之二":         speech.Fraction,
		"百分之五":         speech.Percent,
		"二零二六年":        speech.Date,
		"八点零五分":        speech.Time,
		"十二块五":         speech.Money,
		"三十八摄氏度":       speech.Measure,
		"五到十个":         speech.Range,
		"比分三比二":        speech.Score,
		"三加五":          speech.Math,
		"一点二点三":        speech.Address,
		"京A零七ZX三":      speech.Digits,
		"三千克":          speech.Measure,
		"十二点五美元":       speech.Money,
		"负一百五十":        speech.Cardinal,
		"二零二六年十一月二十二号": speech.Date,
	} {
		_, spans := speech.WrittenSpans(said, speech.Profile{})
		require.Len(t, spans, 1, said)
		require.Equal(t, kind, spans[0].Kind, said)
	}
}

// Integers are written as they are, in whatever way they are said, unless 万 is kept.
func TestWrittenIntegers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		v := 10 + r.Int64N(int64(1)<<(4+r.IntN(48)))
		for style := range 2 {
			said := number.Form{Plain: style == 1}.Format(number.FromInt(v))
			require.Equal(t, fmt.Sprint(v), speech.Written(said, speech.Profile{Writing: speech.Writing{Large: speech.LargeDigits}}), said)
			if v%10000 != 0 {
				require.Equal(t, fmt.Sprint(v), speech.Written(said, speech.Profile{}), said)
			}
		}
	}
}

// Texts that tempt a reader to start over again and again take time in proportion to their length. Nothing is
// measured: in quadratic time the test would not end.
func TestWrittenLongTexts(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, p := range writings() {
		for _, unit := range []string{"1", "一", "零", "点"} {
			speech.Written(strings.Repeat(unit, 1<<20/len(unit)), p)
		}
		for _, unit := range []string{
			"十", "百", "万", "亿", "一点", "一百", "一万", "一到", "一加", "一比", "负", "一分之", "百分之", "百分之一到", "一年", "一年一月",
			"一点一分", "三五", "三四百", "A一", "京A一", "一小时", "一块", "一米", "一杠", "一一杠", "第一", "星期", "一又", "差一分", "一艾特", "a点",
			"兆", "一兆", "零一", "一起", "点一", "一月一", "三点五", "一元一角", "京A1一", "几十", "呃", "每小时一", "１", "兩", "三比二胜", "\xff一",
		} {
			speech.Written(strings.Repeat(unit, 1<<18/len(unit)), p)
		}
	}
}

func TestWrittenWithoutWork(t *testing.T) {
	s := "今天天气真好，我们去公园散步吧。Hello, world 42!"
	require.Zero(t, testing.AllocsPerRun(100, func() { speech.Written(s, speech.Profile{}) }))
	require.Zero(t, testing.AllocsPerRun(100, func() { speech.Written("他们一起去一下，三心二意", speech.Profile{}) }))
}

func FuzzWritten(f *testing.F) {
	for _, table := range written {
		cases(table, func(said, _ string) { f.Add(said) })
	}
	f.Add("\xff一\xe4\xb8百分之")
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range writings() {
			requireWritten(t, s, p)
		}
	})
}

func ExampleWritten() {
	fmt.Println(speech.Written("周三下午三点二十，三十八摄氏度，百分之六十的人坐高一二三去", speech.Profile{}))
	fmt.Println(speech.Written("他们一起去了三次，万一下雨就打幺二三零六", speech.Profile{}))
	// Output:
	// 周三下午3:20，38℃，60%的人坐G123去
	// 他们一起去了三次，万一下雨就打12306
}

func ExampleWriting() {
	p := speech.Profile{Writing: speech.Writing{Thousands: true, Large: speech.LargeDigits, Date: speech.DateSlashes}}
	fmt.Println(speech.Written("二零二六年十一月二十二日来了三万五千人", p))
	// Output:
	// 2026/11/22来了35,000人
}

func BenchmarkWritten(b *testing.B) {
	for name, s := range map[string]string{
		"sentence": "明天下午三点二十打幺二三零六，百分之三十的人要三百零五个",
		"words":    "他们一起去了一下四川，万一下雨就十分不便，三心二意的人都没去",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				speech.Written(s, speech.Profile{})
			}
		})
	}
	plain := strings.Repeat("今天天气真好，我们去公园散步吧。", 1000)
	b.Run("plain", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(plain)))
		for b.Loop() {
			speech.Written(plain, speech.Profile{})
		}
	})
}
