package number_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/number"
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

// Numerals in both directions, digit strings, cheques, and numbers rewritten within sentences.
func TestSuiteCn2an(t *testing.T) {
	t.Parallel()
	modes := map[string]number.Mode{"strict": number.Strict, "normal": number.Normal, "smart": number.Lenient}
	styles := map[string]number.Style{"low": number.Lower, "up": number.Upper, "direct": number.Digits, "rmb": number.Cheque}
	var score tally
	for lines := practice.Lines(t, "suites/locale/cn2an/cases.jsonl"); lines.Scan(); {
		var c struct {
			Fn, Mode, Input string
			Expect          any
			Error           bool
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		want, got := c.Expect, any(nil)
		var err error
		switch {
		case c.Fn == "transform" && c.Mode == "cn2an":
			got = number.Arabic(c.Input)
		case c.Fn == "transform":
			got = number.Chinese(c.Input)
		case c.Fn == "an2cn":
			// The project prints floats with at least one decimal, and no zero behind it.
			form := number.Form{Style: styles[c.Mode], Plain: true}
			if strings.Contains(c.Input, ".") {
				form.Decimals = 1
			}
			var n number.Number
			n, err = number.Parse(c.Input)
			got = form.Format(n)
		case c.Mode == "direct":
			got, err = number.DigitByDigit(c.Input)
		default:
			var n number.Number
			n, err = number.LikeCn2an(modes[c.Mode]).Parse(c.Input)
			got = n.Float64()
		}
		if err != nil {
			got = err
		}
		score.count(t, c.Error && err != nil || !c.Error && got == want, lines.Text(), got)
	}
	score.reach(t, "cn2an", 0.98)
}

func TestSuiteDuckling(t *testing.T) {
	t.Parallel()
	for name, kinds := range map[string]number.Kind{"numeral": 0, "ordinal": number.Ordinal} {
		var score tally
		options := number.LikeDuckling()
		options.Kinds = kinds
		for lines := practice.Lines(t, "suites/locale/duckling/"+name+".jsonl"); lines.Scan(); {
			var c struct {
				Input  string
				Expect struct{ Value float64 }
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
			n, err := options.Parse(c.Input)
			score.count(t, err == nil && n.Float64() == c.Expect.Value, lines.Text(), n)
		}
		score.reach(t, "duckling "+name, 0.98)
	}
}

// Numbers in phrases: what they mean and where they stand.
func TestSuiteRecognizers(t *testing.T) {
	t.Parallel()
	for name, kinds := range map[string]number.Kind{
		"NumberModel":  number.Cardinal | number.Fraction,
		"OrdinalModel": number.Ordinal,
		"PercentModel": number.Percent | number.Tenths | number.Discount,
	} {
		var score tally
		for lines := practice.Lines(t, "suites/locale/recognizers/Number."+name+".jsonl"); lines.Scan(); {
			var c struct {
				Input   string
				Results []struct {
					Start, End int
					Resolution struct{ Value string }
				}
				NotSupported []string `json:"not_supported"`
			}
			require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
			if slices.Contains(c.NotSupported, "javascript") {
				continue
			}
			var got []number.Match
			for m := range number.LikeRecognizers(kinds).Find(c.Input) {
				got = append(got, m)
			}
			ok := len(got) == len(c.Results)
			for i := 0; ok && i < len(got); i++ {
				digits, percent := strings.CutSuffix(c.Results[i].Resolution.Value, "%")
				want, err := strconv.ParseFloat(digits, 64)
				require.NoError(t, err)
				if percent {
					want /= 100
				}
				value := got[i].Number.Float64()
				start := len(utf16.Encode([]rune(c.Input[:got[i].Start])))
				length := len(utf16.Encode([]rune(got[i].Text)))
				ok = math.Abs(want-value) <= 1e-12*math.Abs(want) &&
					start == c.Results[i].Start && start+length == c.Results[i].End+1
			}
			score.count(t, ok, lines.Text(), got)
		}
		score.reach(t, name, 0.98)
	}
}
