package when_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/when"
)

type recognizersResult struct {
	Text, Type, TypeName string
	Start                int
	End                  *int // inclusive, in UTF-16 code units
	Length               int
	Value                *struct {
		Timex            string
		FutureResolution map[string]string
		PastResolution   map[string]string
	}
	Resolution *struct{ Values []map[string]any }
}

type recognizersCase struct {
	Input        string
	Ref          *string
	Results      []recognizersResult
	NotSupported []string `json:"not_supported"`
}

// Every spec of dates and times: the model, whose answer is complete, and the extractors and parsers of its parts, which
// look for one thing only.
func TestSuiteRecognizers(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(practice.Path(t, "suites/locale/recognizers"), "DateTime.*.jsonl"))
	require.NoError(t, err)
	var total score
	for _, file := range files {
		name := filepath.Base(file)
		part := strings.TrimSuffix(strings.TrimPrefix(name, "DateTime."), ".jsonl")
		var s score
		cases(t, "suites/locale/recognizers/"+name, func(c recognizersCase) {
			if slices.Contains(c.NotSupported, "javascript") {
				return
			}
			refTime := time.Date(2017, 3, 22, 0, 0, 0, 0, time.UTC)
			if c.Ref != nil {
				refTime = at(t, *c.Ref)
			}
			want, got := recognizersWant(c), recognizersGot(c.Input, refTime, part)
			s.count(t, got == want, "%s %s:\n want %s\n got  %s", part, c.Input, want, got)
		})
		if s.all > 0 {
			t.Logf("%s: %d of %d", part, s.right, s.all)
		}
		total.right += s.right
		total.all += s.all
		if part == "DateTimeModel" {
			s.above(t, "recognizers "+part, 95)
		}
	}
	total.above(t, "recognizers", 95)
}

func recognizersWant(c recognizersCase) string {
	var b strings.Builder
	for _, r := range c.Results {
		end := r.Start + r.Length - 1
		if r.End != nil {
			end = *r.End
		}
		fmt.Fprintf(&b, "%d-%d %s", r.Start, end, r.Type+strings.TrimPrefix(r.TypeName, "datetimeV2."))
		if r.Value != nil {
			fmt.Fprintf(&b, " %s past %s future %s", r.Value.Timex, sorted(r.Value.PastResolution), sorted(r.Value.FutureResolution))
		}
		if r.Resolution != nil {
			for _, v := range r.Resolution.Values {
				delete(v, "sourceEntity")
				delete(v, "isLunar")
				out, _ := json.Marshal(v)
				b.WriteString(" ")
				b.Write(out)
			}
		}
		b.WriteString("; ")
	}
	return b.String()
}

func sorted(m map[string]string) string {
	out, _ := json.Marshal(m)
	return string(out)
}

func recognizersGot(input string, ref time.Time, part string) string {
	opt := when.Options{Policy: when.Recognizers()}
	model := strings.HasPrefix(part, "DateTimeModel")
	kind := strings.TrimSuffix(strings.TrimSuffix(part, "Extractor"), "Parser")
	switch kind {
	case "Date":
		opt.Only = when.Dates
	case "Time", "TimePeriod":
		opt.Only = when.Clocks
	case "Holiday":
		opt.Only = when.Holidays
	case "DatePeriod":
		opt.Only = when.Dates
	}
	var b strings.Builder
	for _, m := range when.Parse(input, ref, opt) {
		typ := recognizersType(m)
		if !model {
			wanted := map[string][]string{
				"Date": {"date"}, "DatePeriod": {"daterange"}, "DateTime": {"datetime"}, "DateTimePeriod": {"datetimerange"},
				"Duration": {"duration"}, "Holiday": {"date"}, "Set": {"set"}, "Time": {"time"}, "TimePeriod": {"timerange"},
			}[kind]
			if wanted != nil && !slices.Contains(wanted, typ) {
				continue
			}
		}
		start := len(utf16.Encode([]rune(input[:m.Start])))
		end := len(utf16.Encode([]rune(input[:m.End]))) - 1
		fmt.Fprintf(&b, "%d-%d %s", start, end, typ)
		switch {
		case model:
			for _, v := range recognizersValues(m, typ, ref) {
				out, _ := json.Marshal(v)
				b.WriteString(" ")
				b.Write(out)
			}
		case strings.HasSuffix(part, "Parser"):
			past, future := recognizersSides(m, ref)
			fmt.Fprintf(&b, " %s past %s future %s", m.TIMEX(), recognizersResolution(m, past, typ), recognizersResolution(m, future, typ))
		}
		b.WriteString("; ")
	}
	return b.String()
}

// recognizersType names what a match is.
func recognizersType(m when.Match) string {
	timex := m.TIMEX()
	clock := strings.Contains(timex, "T") && (m.Kind == when.Instant || m.Grain < when.Day)
	date := !strings.HasPrefix(timex, "T") && !strings.HasPrefix(timex, "(T")
	switch {
	case m.Kind == when.Duration:
		return "duration"
	case m.Kind == when.Recurrence:
		return "set"
	case m.Kind == when.Instant && date, m.Kind == when.Instant && m.Mod == when.Exactly:
		if !date {
			if m.Mod == when.Before || m.Mod == when.After || m.Mod == when.Since || m.Mod == when.Until {
				return "timerange"
			}
			return "time"
		}
		if m.Mod == when.Before || m.Mod == when.After || m.Mod == when.Since || m.Mod == when.Until {
			return "datetimerange"
		}
		return "datetime"
	case m.Kind == when.Instant:
		if m.Mod == when.About {
			return "time"
		}
		return "timerange"
	case clock && date:
		return "datetimerange"
	case clock:
		return "timerange"
	case m.Grain == when.Day && m.EndTime.Sub(m.Time) <= 25*time.Hour && !strings.HasPrefix(timex, "(") && m.Mod != when.Before && m.Mod != when.After && m.Mod != when.Since && m.Mod != when.Until:
		return "date"
	}
	return "daterange"
}

// recognizersSides returns the readings before now and after it, which are the same for what is settled.
func recognizersSides(m when.Match, ref time.Time) (past, future when.Reading) {
	y, mo, d := ref.Date()
	today := time.Date(y, mo, d, 0, 0, 0, 0, ref.Location())
	readings := m.Readings()
	past, future = readings[0], readings[0]
	if len(readings) == 1 {
		return past, future
	}
	for _, r := range readings {
		if r.Time.Before(today) && (!past.Time.Before(today) || r.Time.After(past.Time)) {
			past = r
		}
		if !r.Time.Before(today) && (future.Time.Before(today) || r.Time.Before(future.Time)) {
			future = r
		}
	}
	return past, future
}

var recognizersLayouts = map[string]string{
	"date": time.DateOnly, "daterange": time.DateOnly, "datetime": time.DateTime, "datetimerange": time.DateTime,
	"time": time.TimeOnly, "timerange": time.TimeOnly,
}

func recognizersResolution(m when.Match, r when.Reading, typ string) string {
	layout := recognizersLayouts[typ]
	switch typ {
	case "date":
		return sorted(map[string]string{"date": r.Time.Format(layout)})
	case "datetime":
		return sorted(map[string]string{"dateTime": r.Time.Format(layout)})
	case "time":
		return sorted(map[string]string{"time": r.Time.Format(layout)})
	case "daterange":
		return sorted(map[string]string{"startDate": r.Time.Format(layout), "endDate": r.EndTime.Format(layout)})
	case "datetimerange":
		return sorted(map[string]string{"startDateTime": r.Time.Format(layout), "endDateTime": r.EndTime.Format(layout)})
	case "timerange":
		return sorted(map[string]string{"startTime": r.Time.Format(layout), "endTime": r.EndTime.Format(layout)})
	case "duration":
		return sorted(map[string]string{"duration": recognizersSeconds(m)})
	}
	return sorted(map[string]string{"set": "Set: " + m.TIMEX()})
}

// recognizersSeconds counts 365 days to a year and 30 to a month; half a year is half of 365.
func recognizersSeconds(m when.Match) string {
	years, months := m.Months/12, m.Months%12
	if strings.HasSuffix(m.TIMEX(), ".5Y") {
		return fmt.Sprintf("%.0f", float64(m.Months)/12*365*86400)
	}
	return fmt.Sprintf("%.0f", m.Duration.Seconds()+float64(years*365+months*30)*86400)
}

func recognizersValues(m when.Match, typ string, ref time.Time) (out []map[string]any) {
	timex := m.TIMEX()
	layout := recognizersLayouts[typ]
	past, future := recognizersSides(m, ref)
	sides := []when.Reading{past}
	if layout != time.TimeOnly && !future.Time.Equal(past.Time) {
		sides = append(sides, future)
	}
	for _, r := range sides {
		v := map[string]any{"timex": timex, "type": typ}
		switch typ {
		case "duration":
			v["value"] = recognizersSeconds(m)
		case "set":
			v["value"] = "not resolved"
		case "date", "time", "datetime":
			v["value"] = r.Time.Format(layout)
		default:
			switch m.Mod {
			case when.Before, when.Until:
				v["Mod"], v["end"] = m.Mod.String(), r.Time.Format(layout)
			case when.After:
				v["Mod"], v["start"] = "after", r.Time.Format(layout)
				if !r.EndTime.IsZero() && m.Grain > when.Day {
					v["start"] = r.EndTime.Format(layout)
				}
			case when.Since:
				v["Mod"], v["start"] = "since", r.Time.Format(layout)
			default:
				v["start"], v["end"] = r.Time.Format(layout), r.EndTime.Format(layout)
			}
		}
		out = append(out, v)
	}
	return out
}
