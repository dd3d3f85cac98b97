package number_test

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/number"
)

// Numerals in both directions. The strict mode's refusals of what other modes read, and money, are not ours.
func TestSuiteNumerals(t *testing.T) {
	t.Parallel()
	lines := practice.Lines(t, "suites/locale/cn2an/cases.jsonl")
	score := map[string][2]int{}
	for lines.Scan() {
		var c struct {
			Fn, Mode, Input string
			Expect          any
			Error           bool
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		var want, got string
		switch {
		case c.Fn == "cn2an" && c.Mode != "direct" && !(c.Error && c.Mode == "strict"):
			if c.Error {
				want = "error"
			} else {
				want = strconv.FormatFloat(c.Expect.(float64), 'g', -1, 64)
			}
			got = "error"
			if n, err := number.Parse(c.Input); err == nil {
				got = strconv.FormatFloat(n.Float64(), 'g', -1, 64)
			}
		case c.Fn == "an2cn" && c.Mode != "rmb":
			n, err := number.Parse(c.Input)
			require.NoError(t, err)
			style := map[string]number.Style{"low": number.Lower, "up": number.Upper, "direct": number.Digits}[c.Mode]
			want, got = c.Expect.(string), number.Format(n, style)
		default:
			continue
		}
		s := score[c.Fn]
		s[1]++
		if want == got {
			s[0]++
		} else {
			t.Logf("%s %s: want %s, got %s", c.Fn, c.Input, want, got)
		}
		score[c.Fn] = s
	}
	for fn, s := range score {
		t.Logf("%s: %d of %d", fn, s[0], s[1])
	}
	require.GreaterOrEqual(t, ratio(score["cn2an"]), 0.9)
	require.GreaterOrEqual(t, ratio(score["an2cn"]), 0.85)
}

// Numbers in phrases, as another project reads them; its spacing inside numerals, powers and dozens are not ours.
func TestSuitePhrases(t *testing.T) {
	t.Parallel()
	for name, floor := range map[string]float64{"Number.NumberModel": 0.75, "Number.PercentModel": 0.55} {
		lines := practice.Lines(t, "suites/locale/recognizers/"+name+".jsonl")
		var s [2]int
		for lines.Scan() {
			var c struct {
				Input   string
				Results []struct {
					Text       string
					Resolution struct{ Value string }
				}
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
			var want, got []float64
			for _, r := range c.Results {
				n, err := number.Parse(r.Resolution.Value)
				require.NoError(t, err)
				want = append(want, n.Float64())
			}
			for m := range number.Find(c.Input) {
				got = append(got, m.Number.Float64())
			}
			s[1]++
			if same(want, got) {
				s[0]++
			} else {
				t.Logf("%s: want %v, got %v", c.Input, want, got)
			}
		}
		t.Logf("%s: %d of %d", name, s[0], s[1])
		require.GreaterOrEqual(t, ratio(s), floor, name)
	}
}

func same(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.Abs(a[i]-b[i]) > 1e-9*math.Max(1, math.Abs(a[i])) {
			return false
		}
	}
	return true
}

func ratio(s [2]int) float64 { return float64(s[0]) / float64(max(s[1], 1)) }
