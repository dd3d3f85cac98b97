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

// suites are the lines of two other projects, in their style: what is written and how it is said, and the other way.
var suites = []struct {
	name, file string
	rewrite    func(s string, p speech.Profile) string
	profile    func(kind string) speech.Profile
	floor      float64
}{
	{"wetext spoken", "wetext/tn.tsv", speech.Spoken, likeWeText, 0.95},
	{"nemo spoken", "nemo/tn.tsv", speech.Spoken, likeNeMo, 0.95},
	{"wetext written", "wetext/itn.tsv", speech.Written, likeWeText, 0.95},
	{"nemo written", "nemo/itn.tsv", speech.Written, likeNeMo, 0.95},
}

// likeWeText returns the profile of one kind of lines: some kinds name the options that were set.
func likeWeText(kind string) speech.Profile {
	p := speech.LikeWeText()
	p.Speaking.MarkUnknown = strings.HasSuffix(kind, "tag_oov") || kind == "postprocessor"
	if strings.HasPrefix(kind, "normalizer_") {
		p.Writing.KeepAlone = strings.Contains(kind, "disable_standalone_number")
		if strings.Contains(kind, "disable_0_to_9") {
			p.Writing.Single = speech.SingleNever
		}
	}
	return p
}

func likeNeMo(string) speech.Profile { return speech.LikeNeMo() }

// One figure is printed for each suite and for each kind of its lines.
func TestSuites(t *testing.T) {
	t.Parallel()
	for _, suite := range suites {
		t.Run(suite.name, func(t *testing.T) {
			t.Parallel()
			right, all := map[string]int{}, map[string]int{}
			for lines := practice.Lines(t, "suites/locale/"+suite.file); lines.Scan(); {
				fields := strings.Split(lines.Text(), "\t")
				if len(fields) != 3 {
					continue
				}
				kind, in, want := fields[0], fields[1], fields[2]
				all[kind]++
				all[""]++
				if got := suite.rewrite(in, suite.profile(kind)); got == want {
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
