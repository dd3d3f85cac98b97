package number_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/number"
)

func TestModes(t *testing.T) {
	t.Parallel()
	const no = "" // an error
	for _, c := range []struct{ in, strict, normal, lenient string }{
		{"七百零八", "708", "708", "708"},
		{"一千零七十", "1070", "1070", "1070"},
		{"两千三百", "2300", "2300", "2300"},
		{"壹拾捌", "18", "18", "18"},
		{"三点零六", "3.06", "3.06", "3.06"},
		{"负四十", "-40", "-40", "-40"},
		{"3.5万", "35000", "35000", "35000"},
		{"12,345", "12345", "12345", "12345"},
		{"七分之三", "3/7", "3/7", "3/7"},
		{"三点五零", no, "3.5", "3.5"},
		{"3 / 4", no, no, "0.75"},
		{"七点五/三", no, no, "2.5"},
		{"七百八", no, "780", "780"},
		{"七百八十零", no, no, no},
		{"七千零八百", no, "7800", "7800"},
		{"七千八", no, "7800", "7800"},
		{"百八", no, "180", "180"},
		{"七八九", no, "789", "789"},
		{"十几", no, "10", "10"},
		{"约三百", no, "300", "300"},
		{"廿三", no, "23", "23"},
		{"幺两", no, no, no},
		{"3万5", no, "35000", "35000"},
		{"七 百 零 八", no, no, "708"},
		{"9k", no, no, "9000"},
		{"2.4M", no, no, "2400000"},
		{"8w", no, no, "80000"},
		{"3^4", no, no, "81"},
		{"4^-1", no, no, "0.25"},
		{"四打", no, no, "48"},
		{"半打", no, no, "6"},
		{"五分二", no, no, "0.4"},
		{"五份二", no, no, "0.4"},
		{"五份之二", "0.4", "0.4", "0.4"},
		{"一0七", no, no, "107"},
		{"2 3/4", no, no, "2.75"},
		{"9 5 折", no, no, "0.95"},
		{"四个", no, no, "4"},
		{"四只", no, no, no},
		{"2^999", no, no, no},
		{"0^-1", no, no, no},
	} {
		for mode, want := range map[number.Mode]string{number.Strict: c.strict, number.Normal: c.normal, number.Lenient: c.lenient} {
			n, err := number.Options{Mode: mode}.Parse(c.in)
			if want == no {
				require.Error(t, err, "%s in mode %d gave %s", c.in, mode, n)
				continue
			}
			require.NoError(t, err, "%s in mode %d", c.in, mode)
			require.Equal(t, want, n.String(), "%s in mode %d", c.in, mode)
		}
	}
}

// What is written out in full can be read in every mode.
func TestStrictReadsWhatFormatWrites(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		n := number.FromInt(rng.Int64N(int64(1) << (1 + rng.IntN(50))))
		for _, text := range []string{number.Format(n, number.Lower), number.Format(n, number.Upper), n.String()} {
			back, err := number.Options{Mode: number.Strict}.Parse(text)
			require.NoError(t, err, text)
			require.Zero(t, n.Cmp(back), text)
		}
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	const text = "第二次打八五折，三成顾客买了2/3，涨5%，是原来的三倍，共200个"
	for _, c := range []struct {
		kinds number.Kind
		want  string
	}{
		{0, "八五折=0.85 三成=0.3 2/3=2/3 5%=0.05 三=3 200=200"},
		{number.Ordinal, "第二=2"},
		{number.Percent | number.Discount, "八五折=0.85 5%=0.05"},
		{number.Fraction, "2/3=2/3"},
		{number.Tenths, "三成=0.3"},
		{number.Multiple, "三倍=3"},
	} {
		var got []string
		for m := range (number.Options{Kinds: c.kinds}).Find(text) {
			got = append(got, m.Text+"="+m.Number.String())
			if c.kinds != 0 {
				require.NotZero(t, m.Kind&c.kinds)
			}
		}
		require.Equal(t, c.want, strings.Join(got, " "))
	}
	n, err := number.Options{Kinds: number.Multiple}.Parse("两倍半")
	require.NoError(t, err)
	require.Equal(t, "2.5", n.String())
	n, err = number.Options{Kinds: number.Ordinal}.Parse("倒数第三")
	require.NoError(t, err)
	require.Equal(t, "-3", n.String())
	_, err = number.Options{Kinds: number.Ordinal}.Parse("三")
	require.ErrorContains(t, err, "another kind")
	for _, word := range []string{"第三方", "第六感", "第一时间"} {
		for m := range (number.Options{Kinds: number.Ordinal}).Find(word) {
			require.Fail(t, "no ordinal", m.Text)
		}
	}
}

func TestLiteral(t *testing.T) {
	t.Parallel()
	literal := number.Options{Literal: true}
	require.Equal(t, "四百", first(literal, "四百多人").Text)
	require.Equal(t, "40%", first(literal, "40%左右").Text)
	require.Equal(t, "六成五", first(literal, "大约六成五").Text)
	require.Equal(t, "500余万", first(literal, "500余万人").Text)
	require.Empty(t, first(literal, "二三十个").Text)
	require.Empty(t, first(literal, "打对折").Text)
}

func first(o number.Options, s string) number.Match {
	for m := range o.Find(s) {
		return m
	}
	return number.Match{}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	o := number.Options{Ranges: true}
	for _, c := range [][3]string{
		{"三到五", "3", "5"}, {"三到五百", "300", "500"}, {"三到五十", "3", "50"}, {"7200到4万", "7200", "40000"}, {"4——6万", "40000", "60000"},
		{"四千至八千亿", "400000000000", "800000000000"}, {"5-8", "5", "8"}, {"2万(含)-7万", "20000", "70000"}, {"5~10%", "0.05", "0.1"}, {"七到八折", "0.7", "0.8"},
		{"-5到3", "-5", "3"}, {"100 - 200", "100", "200"}, {"七八百", "700", "800"}, {"十几", "10", "20"}, {"数千", "1000", "10000"}, {"三十多万", "300000", "400000"},
		{"1200多", "1200", "1300"}, {"百分之三四十", "0.3", "0.4"}, {"一百二三", "120", "130"}, {"42", "42", "42"}, {"-七八百", "-800", "-700"},
	} {
		low, high, err := o.ParseRange(c[0])
		require.NoError(t, err, c[0])
		require.Equal(t, c[1], low.String(), c[0])
		require.Equal(t, c[2], high.String(), c[0])
	}
	for _, s := range []string{"", "三到", "五到三", "2026-03-01", "010-8888", "三到五个"} {
		_, _, err := o.ParseRange(s)
		require.Error(t, err, s)
	}
	var got []string
	for m := range o.Find("三到五个人，2026-03-01，费用3-5万，9点到10点") {
		got = append(got, m.Text)
	}
	require.Equal(t, []string{"三到五", "2026", "03", "01", "3-5万", "9", "10"}, got)
}

func TestAt(t *testing.T) {
	t.Parallel()
	m, ok := number.Options{}.At("USD20.5万", 3)
	require.True(t, ok)
	require.Equal(t, number.Match{Start: 3, End: 10, Text: "20.5万", Kind: number.Cardinal, Number: m.Number, High: m.Number}, m)
	require.Equal(t, "205000", m.Number.String())
	m, ok = number.Options{}.At("百分之七", 0)
	require.True(t, ok)
	require.Equal(t, number.Percent, m.Kind)
	for _, i := range []int{-1, 0, 9} {
		_, ok = number.Options{}.At("苹果三", i)
		require.False(t, ok)
	}
}

func TestYuan(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"叁佰元整": "300", "叁佰圆正": "300", "叁佰元零伍分": "300.05", "伍角": "0.5", "玖元贰角捌分": "9.28", "负壹元": "-1", "300": "300",
	} {
		n, err := number.Options{Yuan: true}.Parse(in)
		require.NoError(t, err, in)
		require.Equal(t, want, n.String(), in)
		_, err = number.Parse(in)
		require.Equal(t, want == "300" && in == "300", err == nil, in)
	}
	for _, in := range []string{"元整", "伍分贰角", "叁佰元整伍分", "三元三元"} {
		_, err := number.Options{Yuan: true}.Parse(in)
		require.Error(t, err, in)
	}
}

func TestHan(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"100", "3万5", "３", "一百2"} {
		_, err := number.LikeCn2an(number.Normal).Parse(in)
		require.Error(t, err, in)
	}
	_, err := number.LikeCn2an(number.Lenient).Parse("100")
	require.NoError(t, err)
	n, err := number.Options{Han: true}.Parse("三万五")
	require.NoError(t, err)
	require.Equal(t, "35000", n.String())
}

func TestDigitByDigit(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"零零七": "007", "幺三八〇": "1380", "三点一零": "3.10", "负五": "-5", "１2三": "123"} {
		got, err := number.DigitByDigit(in)
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "十", "三负", "一二X"} {
		_, err := number.DigitByDigit(in)
		require.Error(t, err, in)
	}
}

func TestRewrite(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"会议在二零二六年五月三日召开": "会议在2026年5月3日召开", "他是第十二名，涨幅百分之三点五": "他是第12名，涨幅3.5%", "切成四分之三": "切成3/4",
		"倒数第二行": "倒数第2行", "十分好，一起去": "十分好，一起去", "十几个人": "十几个人", "约一百二十人": "约120人", "半斤": "0.5斤", "快了三倍": "快了3倍", "没有数字": "没有数字", "买3个": "买3个",
	} {
		require.Equal(t, want, number.Arabic(in))
	}
	for in, want := range map[string]string{
		"会议在2026年5月3日召开": "会议在二零二六年五月三日召开", "第12名涨3.5%": "第十二名涨百分之三点五", "倒数第2行": "倒数第二行", "吃了3/4": "吃了四分之三", "买2本书": "买两本书",
		"气温-7℃": "气温负七摄氏度", "电话13800138000": "电话一三八零零一三八零零零", "约2.5亿人": "约二点五亿人", "编号007": "编号零零七", "1,200元": "一千二百元", "买两个": "买两个", "+3": "三", "16.0": "十六点零",
	} {
		require.Equal(t, want, number.Chinese(in))
	}
}

func FuzzOptions(f *testing.F) {
	for i, s := range []string{"三 百 五", "九 五 折", "4.5^-2", "15k", "三到五百", "壹佰元零伍分", "第三", "-5——3万", "四分一", "1 3/4", "一0二", "百分之负三", "上百个亿"} {
		f.Add(s, uint8(i), uint8(i*37))
	}
	f.Fuzz(func(t *testing.T, s string, mode, flags uint8) {
		o := number.Options{
			Mode: number.Mode(mode % 3), Kinds: number.Kind(flags & 15), Literal: flags&16 != 0, Single: flags&32 != 0, Ranges: flags&64 != 0, Yuan: flags&128 != 0,
		}
		end := 0
		for m := range o.Find(s) {
			require.GreaterOrEqual(t, m.Start, end)
			require.Greater(t, m.End, m.Start)
			require.Equal(t, s[m.Start:m.End], m.Text)
			end = m.End
		}
		if n, err := o.Parse(s); err == nil && o.Mode == number.Strict {
			again, err := number.Options{Kinds: o.Kinds, Yuan: o.Yuan}.Parse(s)
			require.NoError(t, err, s)
			require.Zero(t, n.Cmp(again), s)
		}
		_, _, _ = o.ParseRange(s)
		number.Arabic(s)
		number.Chinese(s)
	})
}
