package calendar

import (
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Every solar term is at the minute that lunar-javascript says; internal/tablegen made the digest.
func TestAllTermsAreThoseOfLunarJavaScript(t *testing.T) {
	t.Parallel()
	var lines []string
	last := -1
	for year := firstTermYear; year <= lastTermYear; year++ {
		for term := range Term(terms) {
			minute, err := term.minute(year)
			require.NoError(t, err)
			lines = append(lines, strconv.Itoa(minute))
			if gap := minute - last; last >= 0 && (gap < 14*24*60 || gap > 16*24*60) {
				require.Failf(t, "a term is not half a month after the last", "%v of %d", term, year)
			}
			last = minute
			d, err := term.Date(year)
			require.NoError(t, err)
			on, ok := TermOn(d)
			require.True(t, ok && on == term, "%v is %v", d, on)
			at, err := term.Time(year)
			require.NoError(t, err)
			require.Equal(t, d, DateOf(at))
		}
	}
	requireDigest(t, "terms", lines)
}

func TestTermTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		term Term
		want string
	}{
		{Lichun, "2026-02-04 04:02"},
		{Qingming, "2026-04-05 02:40"},
		{Dongzhi, "2021-12-21 23:59"},
		{Dahan, "1979-01-20 23:59"}, // and 56 seconds
		{Xiaohan, "1901-01-06 07:53"},
		{Dongzhi, "2100-12-22 03:51"},
	} {
		year, err := strconv.Atoi(c.want[:4])
		require.NoError(t, err)
		at, err := c.term.Time(year)
		require.NoError(t, err)
		require.Equal(t, c.want, at.Format("2006-01-02 15:04"), c.term)
	}
}

func TestTermNames(t *testing.T) {
	t.Parallel()
	for term := range Term(terms) {
		parsed, err := ParseTerm(term.String())
		require.NoError(t, err)
		require.Equal(t, term, parsed)
	}
	for name, want := range map[string]Term{"驚蟄": Jingzhe, "穀雨": Guyu, "小滿": Xiaoman, "芒種": Mangzhong, "處暑": Chushu, "立春": Lichun} {
		parsed, err := ParseTerm(name)
		require.NoError(t, err)
		require.Equal(t, want, parsed)
	}
	_, err := ParseTerm("清明节")
	require.ErrorContains(t, err, "is not the name of a solar term")
	require.Equal(t, "Term(24)", Term(24).String())
}

func TestTermRange(t *testing.T) {
	t.Parallel()
	for _, year := range []int{1900, 2101, math.MinInt, math.MaxInt} {
		_, err := Lichun.Time(year)
		require.ErrorIs(t, err, ErrRange)
		require.ErrorContains(t, err, fmt.Sprintf("solar terms of %d, known are those of 1901 to 2100", year))
	}
	_, err := Term(24).Date(2026)
	require.ErrorContains(t, err, "no solar term 24, want 0 to 23")
	_, ok := TermOn(NewDate(1900, 2, 4))
	require.False(t, ok)
	_, ok = TermOn(NewDate(2026, 2, 5))
	require.False(t, ok)
}

func TestNextTerm(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"2026-11-22": "小雪 2026-11-22", "2026-11-23": "大雪 2026-12-07", "2026-12-23": "小寒 2027-01-05", "2026-01-01": "小寒 2026-01-05",
	} {
		term, d, err := NextTerm(day(t, from))
		require.NoError(t, err)
		require.Equal(t, want, term.String()+" "+d.String())
	}
	for _, from := range []Date{NewDate(2100, time.December, 23), NewDate(1900, time.December, 31)} {
		_, _, err := NextTerm(from)
		require.ErrorIs(t, err, ErrRange)
	}
}
