package when_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/locale/when"
)

var (
	durationData = regexp.MustCompile(`^DurationData\((\d+), (\w+)`)
	interval     = regexp.MustCompile(`DurationData\((\d+), (\w+)\)`)
	startFields  = regexp.MustCompile(`(?:ymd|ymdhms)\(([^()]*)\)`)
	startOf      = regexp.MustCompile(`LocalDateTime.of\(([0-9, ]+)\)`)
)

func TestSuiteMiNLP(t *testing.T) {
	t.Parallel()
	var s score
	type line struct {
		Dim, Input, Ref string
		Source          string `json:"expect_src"`
		Expect          *struct {
			Fn, Calendar           string
			Fields                 []int
			Value, From, To, Grain string
		}
	}
	cases(t, "suites/locale/minlp/time.jsonl", func(c line) {
		if c.Ref == "" {
			c.Ref = "2013-02-12T04:30:00+08:00"
		}
		ms := when.Parse(c.Input, at(t, c.Ref), when.Options{Policy: when.MiNLP()})
		want, got := c.Source, "nothing"
		if len(ms) > 0 {
			got = "part: " + ms[0].Text
		}
		if len(ms) == 1 && ms[0].Text == c.Input {
			m := ms[0]
			grain := ducklingGrain(m.Grain)
			if m.Grain == when.Weekend {
				grain = "day"
			}
			switch {
			case c.Expect == nil && strings.HasPrefix(c.Source, "Repeat"):
				want, got = minlpRepeat(c.Source, m)
			case c.Expect == nil:
				f := durationData.FindStringSubmatch(c.Source)
				require.NotNil(t, f, c.Source)
				n, _ := strconv.ParseFloat(f[1], 64)
				if m.Kind == when.Duration && lengthIn(m, strings.ToLower(f[2])) == n {
					got = want
				}
			case c.Expect.Fn != "":
				want, got = fmt.Sprint(c.Expect.Fields), fmt.Sprint(minlpFields(m, c.Expect.Fn, c.Expect.Calendar == "lunar"))
				if len(c.Expect.Fields) != len(minlpFields(m, c.Expect.Fn, false)) { // trailing zeroes are left out
					got = fmt.Sprint(minlpFields(m, c.Expect.Fn, c.Expect.Calendar == "lunar")[:len(c.Expect.Fields)])
				}
			case c.Expect.Value != "":
				want, got = c.Expect.Value+" "+strings.ToLower(c.Expect.Grain), m.Time.Format(seconds)+" "+grain
			default:
				want = c.Expect.From + " " + c.Expect.To + " " + strings.ToLower(c.Expect.Grain)
				if c.Expect.Grain == "Grain" { // of Grain.Day
					want = c.Expect.From + " " + c.Expect.To + " " + grain
				}
				got = m.Time.Format(seconds) + " " + m.EndTime.Format(seconds) + " " + grain
			}
		}
		s.count(t, got == want, "%s: want %s, got %s", c.Input, want, got)
	})
	s.above(t, "minlp time", 97)
}

func minlpFields(m when.Match, fn string, lunar bool) (fields []int) {
	t := m.Time
	y, mo, d := t.Date()
	month := int(mo)
	if lunar {
		if l, err := calendar.NewDate(y, mo, d).Lunar(); err == nil {
			y, month, d = l.Year, l.Month, l.Day
		}
	}
	values := map[string][]int{
		"y": {y}, "ym": {y, month}, "ymd": {y, month, d}, "md": {month, d}, "h": {t.Hour()}, "hm": {t.Hour(), t.Minute()},
		"hms": {t.Hour(), t.Minute(), t.Second()}, "ymdhms": {y, month, d, t.Hour(), t.Minute(), t.Second()},
	}
	return values[fn]
}

// minlpRepeat compares the round and the start of a repetition, as far as they are said.
func minlpRepeat(source string, m when.Match) (want, got string) {
	if m.Kind != when.Recurrence {
		return source, m.Kind.String()
	}
	if f := interval.FindStringSubmatch(source); f != nil {
		want = map[string]string{"Day": "DAILY", "Week": "WEEKLY", "Month": "MONTHLY", "Year": "YEARLY", "Hour": "HOURLY", "Minute": "MINUTELY"}[f[2]]
		got = strings.TrimPrefix(strings.Split(m.Rule, ";")[0], "FREQ=")
		if f[1] != "1" {
			want += " " + f[1]
			for _, part := range strings.Split(m.Rule, ";") {
				if n, ok := strings.CutPrefix(part, "INTERVAL="); ok {
					got += " " + n
				}
			}
		}
	}
	if f := startOf.FindStringSubmatch(source); f != nil {
		want += " " + f[1]
		t := m.Time
		got += fmt.Sprintf(" %d, %d, %d, %d, %d, %d", t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second())
	} else if f := startFields.FindStringSubmatch(source); f != nil {
		for _, field := range strings.Split(f[1], ", ") {
			name, value, _ := strings.Cut(field, " = ")
			v := map[string]int{"M": int(m.Time.Month()), "d": m.Time.Day(), "h": m.Time.Hour(), "m": m.Time.Minute()}
			if n, ok := v[name]; ok {
				want += " " + name + value
				got += " " + name + strconv.Itoa(n)
			}
		}
	}
	return want, got
}
