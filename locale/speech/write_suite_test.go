package speech_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/speech"
)

// likeWeText returns the profile of one kind of lines: some kinds name the options that were set.
func likeWeText(kind string) speech.Profile {
	p := speech.LikeWeText()
	if strings.HasPrefix(kind, "normalizer_") {
		p.Writing.KeepAlone = strings.Contains(kind, "disable_standalone_number")
		if strings.Contains(kind, "disable_0_to_9") {
			p.Writing.Single = speech.SingleNever
		}
	}
	return p
}

// What was said, written in the style of two other projects: one figure for each suite and kind of lines.
func TestSuiteWritten(t *testing.T) {
	t.Parallel()
	for _, suite := range []struct {
		name    string
		profile func(kind string) speech.Profile
		floor   float64
	}{
		{"wetext", likeWeText, 0.95},
		{"nemo", func(string) speech.Profile { return speech.LikeNeMo() }, 0.90},
	} {
		t.Run(suite.name, func(t *testing.T) {
			t.Parallel()
			right, all := map[string]int{}, map[string]int{}
			for lines := practice.Lines(t, "suites/locale/"+suite.name+"/itn.tsv"); lines.Scan(); {
				fields := strings.Split(lines.Text(), "\t")
				if len(fields) != 3 {
					continue
				}
				kind, in, want := fields[0], fields[1], fields[2]
				all[kind]++
				all[""]++
				if got := speech.Written(in, suite.profile(kind)); got == want {
					right[kind]++
					right[""]++
				} else {
					t.Logf("%s: %q: got %q, want %q", kind, in, got, want)
				}
			}
			for _, kind := range slices.Sorted(maps.Keys(all)) {
				t.Logf("%s %s: %d of %d", suite.name, kind, right[kind], all[kind])
			}
			require.GreaterOrEqual(t, float64(right[""])/float64(max(all[""], 1)), suite.floor)
		})
	}
}
