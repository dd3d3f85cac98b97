package when_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/locale/when"
)

const seconds = "2006-01-02T15:04:05"

// score counts the cases of a suite that are right and holds them above a floor.
type score struct{ right, all int }

func (s *score) count(t *testing.T, ok bool, format string, args ...any) {
	s.all++
	if ok {
		s.right++
	} else {
		t.Logf("wrong: "+format, args...)
	}
}

func (s *score) above(t *testing.T, name string, percent int) {
	t.Logf("%s: %d of %d", name, s.right, s.all)
	require.GreaterOrEqual(t, s.right*100, s.all*percent, name)
}

// cases decodes the lines of a suite one by one.
func cases[T any](t *testing.T, name string, check func(c T)) {
	lines := practice.Lines(t, name)
	for lines.Scan() {
		var c T
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		check(c)
	}
}

func at(t *testing.T, s string) time.Time {
	for _, layout := range []string{time.RFC3339, seconds} {
		if v, err := time.Parse(layout, s); err == nil {
			return v
		}
	}
	require.Fail(t, "no time: "+s)
	return time.Time{}
}

// ducklingGrain returns the grain as Duckling and MiNLP name it.
func ducklingGrain(g when.Grain) string {
	switch g {
	case when.PartOfDay, when.Weekend:
		return "hour"
	case when.HalfYear:
		return "month"
	}
	return g.String()
}

func TestSuiteDuckling(t *testing.T) {
	t.Parallel()
	var s score
	type line struct {
		Input, Ref, Locale string
		Expect             struct{ Kind, Grain, Value, From, To string }
	}
	cases(t, "suites/locale/duckling/time.jsonl", func(c line) {
		opt := when.Options{Policy: when.Duckling()}
		switch c.Locale {
		case "ZH_TW":
			opt.Policy.Region = calendar.Taiwan
		case "ZH_HK":
			opt.Policy.Region = calendar.HongKong
		case "ZH_MO":
			opt.Policy.Region = calendar.Macau
		}
		want := c.Expect.Value + c.Expect.From + " " + c.Expect.To + " " + c.Expect.Grain
		got := "nothing"
		if ms := when.Parse(c.Input, at(t, c.Ref), opt); len(ms) == 1 && ms[0].Text == c.Input {
			got = ms[0].Time.Format(seconds) + " "
			if c.Expect.To != "" {
				got += ms[0].EndTime.Format(seconds)
			}
			got += " " + ducklingGrain(ms[0].Grain)
		} else if len(ms) > 0 {
			got = "part: " + ms[0].Text
		}
		s.count(t, got == want, "%s: want %s, got %s", c.Input, want, got)
	})
	s.above(t, "duckling time", 97)
}

// lengthIn returns the length of a duration in a unit, or -1.
func lengthIn(m when.Match, unit string) float64 {
	switch s := m.Duration.Seconds(); unit {
	case "second":
		return s
	case "minute":
		return s / 60
	case "hour":
		return s / 3600
	case "day":
		return s / 86400
	case "week":
		return s / 604800
	}
	if m.Duration != 0 {
		return -1
	}
	switch unit {
	case "month":
		return float64(m.Months)
	case "quarter":
		return float64(m.Months) / 3
	case "year":
		return float64(m.Months) / 12
	}
	return -1
}

func TestSuiteDucklingDuration(t *testing.T) {
	t.Parallel()
	var s score
	type line struct {
		Input  string
		Expect struct {
			Value float64
			Grain string
		}
	}
	cases(t, "suites/locale/duckling/duration.jsonl", func(c line) {
		ms := when.Parse(c.Input, ref, when.Options{Policy: when.Duckling()})
		ok := len(ms) == 1 && ms[0].Text == c.Input && ms[0].Kind == when.Duration && lengthIn(ms[0], c.Expect.Grain) == c.Expect.Value
		s.count(t, ok, "%s: %v", c.Input, ms)
	})
	s.above(t, "duckling duration", 97)
}
