package when_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/when"
)

// jioRef reads the reference, of which parts may be left out: those of the beginning of the year then.
func jioRef(t *testing.T, raw json.RawMessage) time.Time {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return at(t, s)
	}
	var p struct {
		Partial *struct{ Year, Month, Day int }
	}
	require.NoError(t, json.Unmarshal(raw, &p))
	if p.Partial == nil {
		return time.Date(2021, 6, 14, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(p.Partial.Year, time.Month(max(p.Partial.Month, 1)), max(p.Partial.Day, 1), 0, 0, 0, 0, time.UTC)
}

func TestSuiteJioNLP(t *testing.T) {
	t.Parallel()
	var s score
	type line struct {
		Input  string
		Ref    json.RawMessage
		Expect struct {
			Type string
			Time json.RawMessage
		}
	}
	cases(t, "suites/locale/jionlp/time.jsonl", func(c line) {
		ref := jioRef(t, c.Ref)
		var compact any
		require.NoError(t, json.Unmarshal(c.Expect.Time, &compact))
		want, got := fmt.Sprint(compact), "nothing"
		ms := when.Parse(c.Input, ref, when.Options{Policy: when.JioNLP()})
		if len(ms) > 0 {
			got = "part: " + ms[0].Text
		}
		if len(ms) == 1 && ms[0].Text == c.Input {
			got = jioValue(ms[0], ref)
			if c.Expect.Type == "time_period" {
				want, got = jioPeriod(t, c.Expect.Time, ms[0])
			}
		}
		s.count(t, got == want, "%s (%s): want %s, got %s", c.Input, ref.Format(seconds), want, got)
	})
	s.above(t, "jionlp time", 94)
}

// jioValue writes the value of a match as the suite does: both ends, to the second.
func jioValue(m when.Match, ref time.Time) string {
	if m.Kind == when.Duration {
		return jioDelta(m)
	}
	const layout = "2006-01-02 15:04:05"
	from, to := m.Bounds()
	a, b := "-inf", "inf"
	if !from.IsZero() {
		a = from.Format(layout)
	}
	if !to.IsZero() {
		b = to.Add(-time.Second).Format(layout)
	}
	return "[" + a + " " + b + "]"
}

// jioDelta writes a length in its largest unit.
func jioDelta(m when.Match) string {
	part := func(months int, d time.Duration, workdays int) string {
		switch {
		case workdays > 0:
			return fmt.Sprintf("map[workday:%d]", workdays)
		case months > 0 && d == 0 && strings.Contains(m.Text, "年"):
			return fmt.Sprintf("map[year:%v]", float64(months)/12)
		case months > 0 && d == 0:
			return fmt.Sprintf("map[month:%d]", months)
		case d >= 24*time.Hour && !strings.ContainsAny(m.Text, "时钟"):
			return fmt.Sprintf("map[day:%v]", d.Hours()/24)
		case d >= time.Hour && strings.ContainsAny(m.Text, "时钟") && !strings.Contains(m.Text, "分"):
			return fmt.Sprintf("map[hour:%v]", d.Hours())
		case d >= time.Minute && !strings.Contains(m.Text, "秒"):
			return fmt.Sprintf("map[minute:%v]", d.Minutes())
		}
		return fmt.Sprintf("map[second:%v]", d.Seconds())
	}
	one := part(m.Months, m.Duration, m.Workdays)
	switch {
	case m.MostMonths > 0 || m.Most > 0:
		return "[" + one + " " + part(m.MostMonths, m.Most, 0) + "]"
	case m.Mod == when.More:
		return "[" + one + " map[infinite:true]]"
	case m.Mod == when.Less:
		return "[map[zero:true] " + one + "]"
	}
	return one
}

// jioPeriod compares the round and the first occurrence of a repetition.
func jioPeriod(t *testing.T, raw json.RawMessage, m when.Match) (want, got string) {
	var v struct {
		Delta map[string]float64
		Point *struct{ Time [][2]string }
	}
	require.NoError(t, json.Unmarshal(raw, &v))
	units := map[string]string{
		"year 0.5": "FREQ=MONTHLY;INTERVAL=6", "hour 0.5": "FREQ=MINUTELY;INTERVAL=30", "day 7": "FREQ=WEEKLY", "day 1": "FREQ=DAILY",
		"month 1": "FREQ=MONTHLY", "year 1": "FREQ=YEARLY", "hour 1": "FREQ=HOURLY", "minute 1": "FREQ=MINUTELY",
	}
	for unit, n := range v.Delta {
		key := fmt.Sprintf("%s %v", unit, n)
		want = key
		if rule := units[key]; rule != "" {
			want = rule
		}
	}
	got = m.Rule
	if strings.HasPrefix(got, want) {
		got = want
	}
	if v.Point != nil {
		want += " " + v.Point.Time[0][0]
		got += " " + m.Time.Format("2006-01-02 15:04:05")
	}
	return want, got
}

func TestSuiteJioNLPExtract(t *testing.T) {
	t.Parallel()
	var s score
	type line struct {
		Input  string
		Expect []struct {
			Text   string
			Offset [2]int
		}
	}
	cases(t, "suites/locale/jionlp/time_extract.jsonl", func(c line) {
		var want, got []string
		for _, e := range c.Expect {
			want = append(want, fmt.Sprint(e.Text, e.Offset[0]))
		}
		for _, m := range when.Parse(c.Input, at(t, "2021-06-14T00:00:00Z"), when.Options{Policy: when.JioNLP()}) {
			got = append(got, fmt.Sprint(m.Text, utf8.RuneCountInString(c.Input[:m.Start])))
		}
		s.count(t, fmt.Sprint(got) == fmt.Sprint(want), "%s: want %v, got %v", c.Input, want, got)
	})
	s.above(t, "jionlp extract", 85)
}
