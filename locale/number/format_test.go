package number_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/number"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, lower, upper, digits string }{
		{"0", "零", "零", "零"},
		{"2", "二", "贰", "二"},
		{"10", "十", "壹拾", "一零"},
		{"15", "十五", "壹拾伍", "一五"},
		{"110", "一百一十", "壹佰壹拾", "一一零"},
		{"200", "二百", "贰佰", "二零零"},
		{"2200", "两千二百", "贰仟贰佰", "二二零零"},
		{"12050", "一万二千零五十", "壹万贰仟零伍拾", "一二零五零"},
		{"20000", "两万", "贰万", "二零零零零"},
		{"100005", "十万零五", "壹拾万零伍", "一零零零零五"},
		{"200000000", "两亿", "贰亿", "二零零零零零零零零"},
		{"120000000", "一亿二千万", "壹亿贰仟万", "一二零零零零零零零"},
		{"260008471", "两亿六千万八千四百七十一", "贰亿陆仟万捌仟肆佰柒拾壹", "二六零零零八四七一"},
		{"100000001", "一亿零一", "壹亿零壹", "一零零零零零零零一"},
		{"10000000000000000", "一亿亿", "壹亿亿", "一零零零零零零零零零零零零零零零零"},
		{"-3.05", "负三点零五", "负叁点零五", "负三点零五"},
		{"2/3", "三分之二", "叁分之贰", "三分之二"},
		{"-2/3", "负三分之二", "负叁分之贰", "负三分之二"},
	} {
		n, err := number.Parse(c.in)
		require.NoError(t, err)
		require.Equal(t, c.lower, number.Format(n, number.Lower))
		require.Equal(t, c.digits, number.Format(n, number.Digits))
		if c.in != "-3.05" {
			require.Equal(t, c.upper, number.Format(n, number.Upper))
		}
	}
	half, err := number.Parse("-3.05")
	require.NoError(t, err)
	require.Equal(t, "负叁点零伍", number.Format(half, number.Upper))
}

// What Format writes, Parse reads, for integers below 10¹⁶ and for decimals.
func TestFormatRoundTrip(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		n := number.FromInt(rng.Int64N(int64(1) << (1 + rng.IntN(53))))
		for _, style := range []number.Style{number.Lower, number.Upper, number.Digits} {
			text := number.Format(n, style)
			back, err := number.Parse(text)
			require.NoError(t, err, text)
			require.Zero(t, n.Cmp(back), "%s: %s", n, text)
			require.False(t, back.Approx, text)
		}
	}
}

func TestForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		form number.Form
		want string
	}{
		{"2000", number.Form{Plain: true}, "二千"},
		{"22000", number.Form{Plain: true}, "二万二千"},
		{"200000000", number.Form{Plain: true}, "二亿"},
		{"12", number.Form{Decimals: 1}, "十二点零"},
		{"0.25", number.Form{Decimals: 1}, "零点二五"},
		{"-7", number.Form{Decimals: 2, Style: number.Upper}, "负柒点零零"},
		{"0", number.Form{Style: number.Cheque}, "零元整"},
		{"1680.32", number.Form{Style: number.Cheque}, "壹仟陆佰捌拾元叁角贰分"},
		{"107000.53", number.Form{Style: number.Cheque}, "壹拾万柒仟元伍角叁分"},
		{"16409.02", number.Form{Style: number.Cheque}, "壹万陆仟肆佰零玖元零贰分"},
		{"325.04", number.Form{Style: number.Cheque}, "叁佰贰拾伍元零肆分"},
		{"6.4", number.Form{Style: number.Cheque}, "陆元肆角"},
		{"0.5", number.Form{Style: number.Cheque}, "伍角"},
		{"0.07", number.Form{Style: number.Cheque}, "柒分"},
		{"-0.995", number.Form{Style: number.Cheque}, "负壹元整"},
	} {
		n, err := number.Parse(c.in)
		require.NoError(t, err)
		require.Equal(t, c.want, c.form.Format(n), c.in)
	}
}

// What stands on a cheque is the amount that was written on it.
func TestChequeRoundTrip(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		n := number.FromRat(big.NewRat(rng.Int64N(int64(1)<<(1+rng.IntN(50))), 100))
		text := number.Format(n, number.Cheque)
		back, err := number.Options{Yuan: true}.Parse(text)
		require.NoError(t, err, text)
		require.Zero(t, n.Cmp(back), "%s: %s", n, text)
	}
}
