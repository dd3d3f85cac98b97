package middleware_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

func TestMoneyText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]middleware.Money{
		"0": 0, "0.8": 800_000_000, "12": 12 * middleware.Unit, "-1.5": -3 * middleware.Unit / 2,
		"0.000000001": 1, "9223372036.854775807": math.MaxInt64,
	} {
		got, err := middleware.ParseMoney(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
		require.Equal(t, text, got.String())
	}
	require.Equal(t, "-9223372036.854775808", middleware.Money(math.MinInt64).String())
	for _, bad := range []string{"", ".", "1.", ".5", "1e3", "+1", "--1", "1,000", "0.0000000001", "9223372036.854775808", "九", " 1"} {
		_, err := middleware.ParseMoney(bad)
		require.Error(t, err, bad)
	}
}

const table = `currency,vendor,model,from,max_input,input,output,cache_read,cache_write
# 单位：元／百万 token
CNY,甲,茶-大,,,8,20,1.6,10
CNY,甲,茶-大,2026-06-01,32000,4,10,0.8,
CNY,甲,茶-大,2026-06-01,128000,6,15,,
CNY,甲,茶-大,2026-12-01,,1,1,,
CNY,甲,茶*,,,2,2,,
CNY,甲,茶-小*,,,0.0005,0.3,,
CNY,,*,,,100,100,,
`

func TestPricesCost(t *testing.T) {
	t.Parallel()
	p, err := middleware.ParsePrices(strings.NewReader(table))
	require.NoError(t, err)
	require.Equal(t, "CNY", p.Currency)
	china := time.FixedZone("", 8*3600)
	november := time.Date(2026, 11, 22, 0, 0, 0, 0, china)
	million := func(in, out int) assistant.Usage { return assistant.Usage{Input: in, Output: out} }
	for name, tc := range map[string]struct {
		vendor, model string
		at            time.Time
		usage         assistant.Usage
		want          string
	}{
		"first step":            {"甲", "茶-大", november, million(32_000, 1000), "0.138"},
		"second step":           {"甲", "茶-大", november, million(32_001, 0), "0.192006"},
		"beyond the last step":  {"甲", "茶-大", november, million(1_000_000, 0), "6"},
		"before the price fell": {"甲", "茶-大", time.Date(2026, 5, 31, 23, 59, 59, 0, china), million(1_000_000, 1_000_000), "28"},
		"from midnight on":      {"甲", "茶-大", time.Date(2026, 12, 1, 0, 0, 0, 0, china), million(1_000_000, 1_000_000), "2"},
		"cache": {"甲", "茶-大", time.Time{}, assistant.Usage{Input: 1_000_000, CacheRead: assistant.Some(500_000), CacheWrite: assistant.Some(100_000)},
			"5"}, // 0.4 × 8 + 0.5 × 1.6 + 0.1 × 10
		"cache without a price":  {"甲", "茶-青", november, assistant.Usage{Input: 1_000_000, CacheRead: assistant.Some(500_000)}, "2"},
		"longest beginning":      {"甲", "茶-小-1", november, million(1, 0), "0.000000001"}, // rounded up
		"named vendor first":     {"甲", "茶-青", november, million(1_000_000, 0), "2"},
		"any other":              {"乙", "水", november, million(10_000, 0), "1"},
		"a cache larger than it": {"甲", "茶-大", time.Time{}, assistant.Usage{Input: 10, CacheRead: assistant.Some(1_000_000)}, "1.6"},
	} {
		got, ok := p.Cost(tc.vendor, tc.model, tc.at, tc.usage)
		require.True(t, ok, name)
		require.Equal(t, tc.want, got.String(), name)
	}
	huge, ok := p.Cost("乙", "水", november, million(math.MaxInt, math.MaxInt))
	require.True(t, ok)
	require.Equal(t, middleware.Money(math.MaxInt64), huge)
	_, ok = (*middleware.Prices)(nil).Cost("甲", "茶", november, million(1, 1))
	require.False(t, ok)
}

func TestPricesRefuseWhatTheyCannotRead(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ table, want string }{
		"empty":            {"", "read the line of column names"},
		"unknown column":   {"model,input,output,colour\n", `column "colour"`},
		"column twice":     {"model,model,input,output\n", `column "model"`},
		"no output":        {"model,input\n", `no column "output"`},
		"no model":         {"model,input,output\n,1,1\n", "line 2: no model"},
		"no input":         {"model,input,output\nm,,1\n", "line 2: input: amount"},
		"negative":         {"model,input,output\nm,1,-1\n", "negative"},
		"a date of words":  {"model,input,output,from\nm,1,1,gestern\n", "line 2"},
		"two currencies":   {"model,input,output,currency\nm,1,1,CNY\nm,1,1,USD\n", "line 3: currency"},
		"no such currency": {"model,input,output,currency\nm,1,1,元\n", "code such as CNY"},
		"a step of zero":   {"model,input,output,max_input\nm,1,1,0\n", "not positive"},
		"short line":       {"model,input,output\nm,1\n", "wrong number of fields"},
	} {
		_, err := middleware.ParsePrices(strings.NewReader(tc.table))
		require.ErrorContains(t, err, tc.want, name)
	}
	p, err := middleware.ParsePrices(strings.NewReader("\ufeffmodel, input,output\n m , 1 , 2 \n"))
	require.NoError(t, err)
	require.Equal(t, []middleware.Price{{Model: "m", Input: middleware.Unit, Output: 2 * middleware.Unit}}, p.Table)
}

// What can be read is written so that it reads the same.
func FuzzPrices(f *testing.F) {
	f.Add(table)
	f.Add("model,input,output\nm,1,2\n")
	f.Add("vendor,model,input,output\n\"a\nb\",\" \"\"x\",0.5,00.10\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := middleware.ParsePrices(strings.NewReader(text))
		if err != nil {
			return
		}
		out, err := p.MarshalText()
		require.NoError(t, err)
		q, err := middleware.ParsePrices(strings.NewReader(string(out)))
		require.NoError(t, err, "%s", out)
		require.Equal(t, p.Table, q.Table)
		for _, price := range p.Table {
			model := strings.TrimSuffix(price.Model, "*")
			cost, ok := p.Cost(price.Vendor, model, price.From, assistant.Usage{Input: 1000, Output: 1000})
			require.True(t, ok)
			require.GreaterOrEqual(t, cost, middleware.Money(0))
		}
	})
}

func FuzzMoney(f *testing.F) {
	f.Add("0.8")
	f.Add("-9223372036.854775807")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := middleware.ParseMoney(text)
		if err != nil {
			return
		}
		again, err := middleware.ParseMoney(m.String())
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}
