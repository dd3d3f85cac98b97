package normalize

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
)

// The practice cases are other projects' tests of their own rules.
func TestPracticeSpacing(t *testing.T) {
	t.Parallel()
	words := NewSpelling([]string{"iOS", "Wi-Fi"}, map[string]string{"wifi": "Wi-Fi"}) // those of AutoCorrect's tests
	for name, c := range map[string]struct {
		style  Spacing
		passes float64
	}{
		"pangu":       {Pangu, 0.95},
		"autocorrect": {AutoCorrect, 0.95},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := practice.Lines(t, "suites/locale/spacing/"+name+".tsv")
			unescape := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r")
			passed, all := 0, 0
			for lines.Scan() {
				fields := strings.Split(lines.Text(), "\t")
				in, want := unescape.Replace(fields[1]), unescape.Replace(fields[2])
				all++
				if got := (Options{Spacing: c.style, Spelling: words}).String(in); got == want {
					passed++
				} else {
					t.Logf("%s: %q\n  got  %q\n  want %q", fields[0], in, got, want)
				}
			}
			t.Logf("%s: %d of %d", name, passed, all)
			require.GreaterOrEqual(t, float64(passed), c.passes*float64(all))
		})
	}
}
