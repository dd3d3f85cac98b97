package number_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/number"
)

func TestParse(t *testing.T) {
	t.Parallel()
	groups := map[string][][2]string{
		"plain": {
			{"零", "0"}, {"〇", "0"}, {"七", "7"}, {"两", "2"}, {"十", "10"}, {"十二", "12"}, {"二十", "20"}, {"九十九", "99"},
			{"一百零五", "105"}, {"一百一十", "110"}, {"一百十八", "118"}, {"三千零四十", "3040"}, {"三千零十", "3010"},
			{"两万三千零八", "23008"}, {"一亿零三百", "100000300"}, {"十万零六", "100006"}, {"七百万零三百", "7000300"},
			{"廿", "20"}, {"廿三", "23"}, {"卅一", "31"}, {"一百廿四", "124"},
			{"百", "100"}, {"百万", "1000000"}, {"三万万", "300000000"}, {"两万三千亿", "2300000000000"},
			{"二十二兆三亿", "22000300000000"}, {"一万亿", "1000000000000"}, {"一万亿亿", "100000000000000000000"}, {"亿亿", "10000000000000000"},
			{"九千八百七十六万亿", "9876000000000000"},
		},
		"financial and traditional": {
			{"壹佰贰拾叁", "123"}, {"伍仟陆佰柒拾捌万玖仟", "56789000"}, {"參萬肆仟", "34000"}, {"兩億零五十萬", "200500000"},
		},
		"tail left out": {
			{"一百二", "120"}, {"三万五", "35000"}, {"两千八", "2800"}, {"一亿二", "120000000"}, {"一万二千三", "12300"},
			{"一百零二", "102"}, {"三万零五", "30005"}, {"二十五", "25"}, {"3万5", "35000"}, {"二十万五", "205000"},
			{"3万05", "30005"}, {"一百二万", "1200000"},
		},
		"digit strings": {
			{"二零二六", "2026"}, {"一三八", "138"}, {"幺三八", "138"}, {"零零七", "7"}, {"二〇〇八", "2008"}, {"一五〇万", "1500000"},
		},
		"mixed": {
			{"3.5万", "35000"}, {"1亿2千万", "120000000"}, {"5百", "500"}, {"12万3千4百", "123400"}, {"300亿零五千120", "30000005120"},
			{"1万2345", "12345"}, {"1.5万亿", "1500000000000"}, {"3.5百万", "3500000"},
		},
		"decimals": {
			{"三点一四", "3.14"}, {"零点零零五", "0.005"}, {"四五点六零", "45.6"}, {"二点五亿", "250000000"}, {"三點五萬", "35000"},
			{"两千七点五", "2700.5"}, {"三点五百万", "3500000"}, {"3点5", "3.5"}, {"一点二万亿", "1200000000000"},
		},
		"signs": {
			{"负三", "-3"}, {"負二點五", "-2.5"}, {"-7", "-7"}, {"－12", "-12"}, {"−4", "-4"}, {"+8", "8"}, {"负 1,200", "-1200"}, {"-0", "0"},
		},
		"percentages": {
			{"百分之五", "0.05"}, {"百分之三点五", "0.035"}, {"5%", "0.05"}, {"１２．５％", "0.125"}, {"千分之二", "0.002"}, {"万分之三", "0.0003"},
			{"百万分之一", "0.000001"}, {"百分之一百二十", "1.2"}, {"百分之百", "1"}, {"百分百", "1"}, {"-3.9%", "-0.039"}, {"负百分之五", "-0.05"},
			{"百分之负五", "-0.05"}, {"5‰", "0.005"}, {"十二个百分点", "0.12"}, {"百分之1,250", "12.5"},
		},
		"fractions and halves": {
			{"三分之二", "2/3"}, {"十分之三", "0.3"}, {"2/3", "2/3"}, {"６／８", "0.75"}, {"三又二分之一", "3.5"}, {"3又1/2", "3.5"}, {"半", "0.5"}, {"一半", "0.5"},
			{"半百", "50"}, {"-1/4", "-0.25"},
		},
		"tenths and discounts": {
			{"三成", "0.3"}, {"三成五", "0.35"}, {"六成半", "0.65"}, {"十成", "1"}, {"八折", "0.8"}, {"八五折", "0.85"}, {"85折", "0.85"}, {"9.5折", "0.95"},
			{"六点五折", "0.65"},
		},
		"Arabic": {
			{"0", "0"}, {"007", "7"}, {"1,234,567.8", "1234567.8"}, {"1，234", "1234"}, {"１２３", "123"}, {"1.5e3", "1500"}, {"-204.61e11", "-20461000000000"},
			{"34e-1", "3.4"}, {"2.50", "2.5"}, {"123456789012345678901234567890", "123456789012345678901234567890"},
			{"0.1234567890123456789012345", "0.1234567890123456789012345"}, {"  42　", "42"}, {"9223372036854775808", "9223372036854775808"},
		},
	}
	for name, cases := range groups {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, c := range cases {
				n, err := number.Parse(c[0])
				require.NoError(t, err, c[0])
				require.Equal(t, c[1], n.String(), c[0])
				require.False(t, n.Approx, c[0])
			}
		})
	}
}

func TestParseApproximate(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"十几", "10"}, {"二十几", "20"}, {"几十", "10"}, {"几百万", "1000000"}, {"十几万", "100000"}, {"数千", "1000"}, {"一百几十", "110"},
		{"三十多", "30"}, {"三十多万", "300000"}, {"700余万", "7000000"}, {"一百来", "100"}, {"十来", "10"}, {"二十餘", "20"}, {"100多", "100"},
		{"约三百", "300"}, {"大约5%", "0.05"}, {"五十左右", "50"}, {"差不多 20", "20"}, {"三成左右", "0.3"},
		{"二三十", "20"}, {"七八百", "700"}, {"三五百", "300"}, {"十七八", "17"}, {"一百二三", "120"}, {"两三", "2"}, {"五六万", "50000"},
		{"约负三", "-3"}, {"百分之三四十", "0.3"}, {"一亿多", "100000000"},
	} {
		n, err := number.Parse(c[0])
		require.NoError(t, err, c[0])
		require.Equal(t, c[1], n.String(), c[0])
		require.True(t, n.Approx, c[0])
	}
}

func TestParseError(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in, says string
		offset         int
	}{
		{"empty", "", "empty", 0},
		{"blank", " \t", "empty", 0},
		{"words", "苹果", "'苹' cannot stand here", 0},
		{"rest", "三百x", "'x' cannot stand here", 6},
		{"bare point", "点七", "'点' cannot stand here", 0},
		{"no decimals", "三点", "decimal point", 6},
		{"repeated unit", "十四十五", "'十' cannot stand here", 6},
		{"rising unit", "六十千", "'千' cannot stand here", 6},
		{"two large units", "三亿五亿", "'亿' cannot stand here", 9},
		{"hanging zero", "一百零", "'零' cannot stand here", 6},
		{"unknown digit", "几", "'几' cannot stand here", 0},
		{"half with measure", "三个半", "'个' cannot stand here", 3},
		{"half after units", "一百五十万半", "'半' cannot stand here", 15},
		{"half thousand", "两千半", "'半' cannot stand here", 6},
		{"grouping", "1,23", "exactly three digits", 1},
		{"grouping too long", "1,2345", "exactly three digits", 1},
		{"fraction by zero", "零分之一", "denominator 0", 3},
		{"slash by zero", "3/0", "denominator 0", 2},
		{"no numerator", "三分之", "followed by a number", 9},
		{"date", "2026/3/1", "'/' cannot stand here", 4},
		{"decimals then more", "20.7万零300", "'零' cannot stand here", 7},
		{"clock", "八点三十", "unit cannot follow decimals", 9},
		{"huge exponent", "1e999999999", "exponent", 1},
		{"only sign", "-", "'-' cannot stand here", 0},
		{"discount above a hundred", "120折", "'折' cannot stand here", 3},
		{"invalid bytes", "三\xff", "cannot stand here", 3},
		{"too long", strings.Repeat("九", 300), "longer than 256", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := number.Parse(c.in)
			var e *number.ParseError
			require.True(t, errors.As(err, &e), "%v", err)
			require.Contains(t, e.Error(), c.says)
			require.Equal(t, c.offset, e.Offset)
			require.LessOrEqual(t, len([]rune(e.Input)), 65)
		})
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	var zero number.Number
	require.Equal(t, "0", zero.String())
	require.True(t, zero.IsInt())
	require.Zero(t, zero.Rat().Sign())

	for _, i := range []int64{0, 1, -1, math.MaxInt64, math.MinInt64, math.MinInt64 + 1} {
		n := number.FromInt(i)
		got, ok := n.Int64()
		require.True(t, ok)
		require.Equal(t, i, got)
		require.Equal(t, float64(i), n.Float64())
		require.True(t, n.IsInt())
		require.Zero(t, n.Cmp(number.FromRat(n.Rat())))
	}
	third, err := number.Parse("三分之一")
	require.NoError(t, err)
	_, ok := third.Int64()
	require.False(t, ok)
	require.Equal(t, 1.0/3, third.Float64())
	require.Equal(t, 1, third.Sign())
	require.Equal(t, -1, third.Cmp(number.FromInt(1)))

	require.Equal(t, "4/3", third.Add(number.FromInt(1)).String())
	require.Equal(t, "-1/3", third.Neg().String())
	require.Equal(t, "1", third.Mul(3).String())
	require.Equal(t, "-1/6", third.Div(-2).String())
	require.Equal(t, "0", third.Div(0).String())
	require.Equal(t, "-9223372036854775808/3", third.Mul(math.MinInt64).String())
	about, err := number.Parse("约三百")
	require.NoError(t, err)
	require.True(t, about.Neg().Approx && about.Mul(2).Approx && about.Div(2).Approx && third.Add(about).Approx)

	r := third.Rat()
	r.SetInt64(9)
	require.Equal(t, "1/3", third.String(), "Rat gives a copy")

	require.Equal(t, "0", number.FromRat(nil).String())
	huge := number.FromRat(new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), 80)))
	require.False(t, huge.IsInt())
	require.Equal(t, math.Ldexp(1, -80), huge.Float64())
	_, ok = huge.Int64()
	require.False(t, ok)
}

func TestParseAllocations(t *testing.T) {
	for _, s := range []string{"三万五千二百", "1,234,567.8", "百分之五", "二零二六", "三又二分之一"} {
		require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = number.Parse(s) }), s)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"三万五", "负一千零五点二", "1,234.5e-3", "百分之三四十", "八五折", "2/3", "四万万亿", "几十万", "半", "约 3 左右", "1e999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := number.Parse(s)
		if err != nil {
			return
		}
		again, err := number.Parse(n.String())
		if len(n.String()) < 200 {
			require.NoError(t, err, "%q gave %s", s, n)
			require.Zero(t, n.Cmp(again), s)
		}
		require.Equal(t, n.Sign(), n.Rat().Sign())
	})
}
