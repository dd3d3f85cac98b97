package quantity_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
)

// tally counts the lines of a suite and those that came out right.
type tally struct{ right, all int }

func (s *tally) count(t *testing.T, ok bool, line string, got any) {
	s.all++
	if ok {
		s.right++
	} else {
		t.Logf("%s: got %v", line, got)
	}
}

func (s *tally) reach(t *testing.T, name string, floor float64) {
	t.Helper()
	t.Logf("%s: %d of %d", name, s.right, s.all)
	require.GreaterOrEqual(t, float64(s.right)/float64(max(s.all, 1)), floor, name)
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }

// Amounts of units and of money: simple, bounded on one side, and ranges.
func TestSuiteDuckling(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"distance", "quantity", "temperature", "volume", "money"} {
		var score tally
		for lines := practice.Lines(t, "suites/locale/duckling/"+name+".jsonl"); lines.Scan(); {
			var c struct {
				Input  string
				Expect struct {
					Unit                string
					Value, Under, Above *float64
					Between             []float64
				}
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
			q, err := quantity.LikeDuckling().Parse(c.Input)
			low, high, ok := inUnit(t, q, c.Expect.Unit)
			e := c.Expect
			switch {
			case err != nil || !ok:
				ok = false
			case e.Value != nil:
				ok = q.Bound == quantity.Exact && near(low, *e.Value)
			case e.Under != nil:
				ok = (q.Bound == quantity.AtMost || q.Bound == quantity.Under) && near(low, *e.Under)
			case e.Above != nil:
				ok = (q.Bound == quantity.AtLeast || q.Bound == quantity.Over) && near(low, *e.Above)
			default:
				ok = q.Bound == quantity.Between && near(low, e.Between[0]) && near(high, e.Between[1])
			}
			score.count(t, ok, lines.Text(), []any{q, err})
		}
		score.reach(t, "duckling "+name, 0.95)
	}
}

// inUnit returns what q is in duckling's unit. A Dollar is any 元 or 蚊, and a Cent its hundredth.
func inUnit(t *testing.T, q quantity.Quantity, unit string) (low, high float64, ok bool) {
	t.Helper()
	factor := 1.0
	switch unit {
	case "Dollar", "Cent":
		if unit == "Cent" {
			factor = 100
		}
		if q.Unit.Code() != "CNY" && q.Unit.Code() != "HKD" {
			return 0, 0, false
		}
		return q.Number.Float64() * factor, q.High.Float64() * factor, true
	case "Degree":
		unit = "Celsius"
	case "Cup", "Bowl", "Dish":
		unit = map[string]string{"Cup": "杯", "Bowl": "碗", "Dish": "碟"}[unit]
	}
	u, err := quantity.ParseUnit(unit)
	require.NoError(t, err, unit)
	a, err1 := quantity.Convert(q.Number, q.Unit, u)
	b, err2 := quantity.Convert(q.High, q.Unit, u)
	return a.Float64(), b.Float64(), err1 == nil && err2 == nil
}

// Units in sentences: what they mean and where they stand.
func TestSuiteRecognizers(t *testing.T) {
	t.Parallel()
	var score tally
	for name, wanted := range map[string]func(quantity.Dimension) bool{
		"AgeModel":         func(d quantity.Dimension) bool { return d == quantity.Age },
		"CurrencyModel":    func(d quantity.Dimension) bool { return d == quantity.Money },
		"TemperatureModel": func(d quantity.Dimension) bool { return d == quantity.Temperature },
		"DimensionModel": func(d quantity.Dimension) bool {
			return d != quantity.Age && d != quantity.Money && d != quantity.Temperature && d != quantity.Time && d != quantity.Count
		},
	} {
		for lines := practice.Lines(t, "suites/locale/recognizers/NumberWithUnit."+name+".jsonl"); lines.Scan(); {
			var c struct {
				Input   string
				Results []struct {
					Start, End int
					Resolution struct {
						Value, Unit, IsoCurrency string
					}
				}
				NotSupported []string `json:"not_supported"`
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
			if slices.Contains(c.NotSupported, "javascript") {
				continue
			}
			var got []quantity.Match
			for m := range quantity.LikeRecognizers().Find(c.Input) {
				if wanted(m.Quantity.Unit.Dimension()) {
					got = append(got, m)
				}
			}
			ok := len(got) == len(c.Results)
			for i := 0; ok && i < len(got); i++ {
				r := c.Results[i].Resolution
				u := quantity.Currency(r.IsoCurrency)
				if u == 0 {
					unit := r.Unit
					if name == "AgeModel" {
						unit += "s old"
					}
					var err error
					u, err = quantity.ParseUnit(map[string]string{"C": "℃", "F": "℉", "Liang": "两", "Degree": "℃"}[unit])
					if err != nil {
						u, err = quantity.ParseUnit(unit)
					}
					require.NoError(t, err, unit)
				}
				start := len(utf16.Encode([]rune(c.Input[:got[i].Start])))
				length := len(utf16.Encode([]rune(got[i].Text)))
				ok = u == got[i].Quantity.Unit && start == c.Results[i].Start && start+length == c.Results[i].End+1
				if r.Value == "" {
					ok = ok && got[i].Bare
					continue
				}
				want, err := strconv.ParseFloat(r.Value, 64)
				require.NoError(t, err)
				ok = ok && near(got[i].Quantity.Number.Float64(), want)
			}
			score.count(t, ok, lines.Text(), got)
		}
	}
	score.reach(t, "recognizers", 0.95)
}

// Amounts of money, exact, vague, and as ranges.
func TestSuiteJioNLP(t *testing.T) {
	t.Parallel()
	kinds := map[quantity.Bound]string{
		quantity.Exact: "accurate", quantity.About: "blur", quantity.Between: "blur",
		quantity.Nearly: "blur-", quantity.AtMost: "blur-", quantity.Under: "blur-", quantity.AtLeast: "blur+", quantity.Over: "blur+",
	}
	var score tally
	for lines := practice.Lines(t, "suites/locale/jionlp/money.jsonl"); lines.Scan(); {
		var c struct {
			Input  string
			Expect struct {
				Num              any
				Case, Definition string
			}
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		q, err := quantity.LikeJioNLP().Parse(c.Input)
		unit, unknown := quantity.ParseUnit(c.Expect.Case)
		require.NoError(t, unknown)
		ok := err == nil && q.Unit == unit && kinds[q.Bound] == c.Expect.Definition
		if ends, between := c.Expect.Num.([]any); between {
			ok = ok && q.Bound == quantity.Between && cents(q.Number) == ends[0] && cents(q.High) == ends[1]
		} else {
			ok = ok && q.Bound != quantity.Between && cents(q.Number) == c.Expect.Num
		}
		score.count(t, ok, lines.Text(), []any{q, q.Bound, err})
	}
	score.reach(t, "jionlp money", 0.95)
}

func cents(n number.Number) string { return n.Rat().FloatString(2) }

func TestSuiteJioNLPExtract(t *testing.T) {
	t.Parallel()
	var score tally
	for lines := practice.Lines(t, "suites/locale/jionlp/money_extract.jsonl"); lines.Scan(); {
		var c struct {
			Input  string
			Expect []struct {
				Text   string
				Offset [2]int
			}
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		var want, got []string
		for _, e := range c.Expect {
			want = append(want, strconv.Itoa(e.Offset[0])+e.Text)
		}
		for m := range quantity.LikeJioNLP().Find(c.Input) {
			if m.Quantity.Unit.Dimension() == quantity.Money {
				got = append(got, strconv.Itoa(utf8.RuneCountInString(c.Input[:m.Start]))+m.Text)
			}
		}
		score.count(t, strings.Join(want, "|") == strings.Join(got, "|"), lines.Text(), got)
	}
	score.reach(t, "jionlp money_extract", 0.95)
}
