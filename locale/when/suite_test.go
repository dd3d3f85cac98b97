package when_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// The start, and the end of an interval, of each case. Its policies differ from ours in places (see the
// package comment), and lunar dates are counted in: the score is a measure, the floor only a guard.
func TestSuiteWallClock(t *testing.T) {
	t.Parallel()
	lines := practice.Lines(t, "suites/locale/duckling/time.jsonl")
	right, all := 0, 0
	for lines.Scan() {
		var c struct {
			Input, Ref string
			Expect     struct{ Kind, Grain, Value, From, To string }
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		ref, err := time.Parse(time.RFC3339, c.Ref)
		require.NoError(t, err)
		want := c.Expect.Value + c.Expect.From + " " + c.Expect.To
		got := "nothing"
		if ms := when.Parse(c.Input, ref, when.Options{}); len(ms) == 1 && ms[0].Text == c.Input {
			got = ms[0].Time.Format("2006-01-02T15:04:05") + " "
			if c.Expect.To != "" {
				got += ms[0].EndTime.Format("2006-01-02T15:04:05")
			}
		}
		all++
		if got == want {
			right++
		} else {
			t.Logf("%s: want %s, got %s", c.Input, want, got)
		}
	}
	t.Logf("%d of %d", right, all)
	require.Greater(t, right*100, all*45)
}

var call = regexp.MustCompile(`^(ymd|y|md|ym|h|hm|hms)\(([0-9, ]+)\)$`)

// The cases of one suite whose answer is a plain date or time of day.
func TestSuiteFields(t *testing.T) {
	t.Parallel()
	lines := practice.Lines(t, "suites/locale/minlp/time.jsonl")
	right, all := 0, 0
	for lines.Scan() {
		var c struct {
			Dim, Input, Ref string
			Source          string `json:"expect_src"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		f := call.FindStringSubmatch(c.Source)
		if c.Dim != "time" || f == nil {
			continue
		}
		ref, err := time.Parse(time.RFC3339, c.Ref)
		require.NoError(t, err)
		var n []string
		for _, v := range strings.Split(f[2], ",") {
			n = append(n, strings.TrimSpace(v))
		}
		got := "nothing"
		if ms := when.Parse(c.Input, ref, when.Options{}); len(ms) == 1 {
			layouts := map[byte]string{'y': "2006", 'm': "1", 'd': "2", 'h': "15", 's': "5"}
			var parts []string
			for k := range len(f[1]) {
				layout := layouts[f[1][k]]
				if f[1][k] == 'm' && f[1][0] == 'h' {
					layout = "4"
				}
				v, err := strconv.Atoi(ms[0].Time.Format(layout))
				require.NoError(t, err)
				parts = append(parts, strconv.Itoa(v))
			}
			got = strings.Join(parts, " ")
		}
		all++
		if want := strings.Join(n, " "); got == want {
			right++
		} else {
			t.Logf("%s: want %s, got %s", c.Input, want, got)
		}
	}
	t.Logf("%d of %d", right, all)
	require.Greater(t, right*100, all*85)
}
