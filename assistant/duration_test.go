package assistant_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestDurationReads(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]time.Duration{
		`"PT10M"`:   10 * time.Minute,
		`"PT1H30M"`: 90 * time.Minute,
		`"pt1.5s"`:  1500 * time.Millisecond,
		`"PT0,5S"`:  500 * time.Millisecond,
		`"P1DT12H"`: 36 * time.Hour,
		`"P2W"`:     14 * 24 * time.Hour,
		`"-PT5S"`:   -5 * time.Second,
		`"1h30m"`:   90 * time.Minute,
		`90`:        90 * time.Second,
		`"90"`:      90 * time.Second,
		`1.5`:       1500 * time.Millisecond,
		`"+PT5S"`:   5 * time.Second,
		`null`:      0,

		`"PT2562047H47M16.854775807S"`:  math.MaxInt64,
		`"-PT2562047H47M16.854775808S"`: math.MinInt64,
	} {
		var d assistant.Duration
		require.NoError(t, json.Unmarshal([]byte(in), &d), in)
		require.Equal(t, want, d.Duration, in)
	}
	for _, in := range []string{`"P"`, `"PT"`, `"P1Y"`, `"P1M"`, `"PT1M1H"`, `"PT5"`, `"10分钟"`, `""`, `true`, `"PT1e9H"`, `1e300`, `"NaN"`,
		`"--PT5S"`, `"+-PT5S"`, `"-"`, `"PT2562047H47M16.854775808S"`, `"Inf"`, `{}`} {
		var d assistant.Duration
		require.Error(t, json.Unmarshal([]byte(in), &d), in)
	}
}

func FuzzDuration(f *testing.F) {
	for _, n := range []int64{0, 1, -1, 1e9, 61e9, 3600e9, math.MaxInt64, math.MinInt64, 1500000001} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		d := assistant.Duration{Duration: time.Duration(n)}
		back, err := assistant.ParseDuration(d.ISO())
		require.NoError(t, err)
		require.Equal(t, d.Duration, back, d.ISO())
	})
}
