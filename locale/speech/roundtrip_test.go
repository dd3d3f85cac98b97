package speech_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/speech"
)

// What was spoken is written as it was, where the writing of it is not a matter of taste.
func TestWrittenOfSpoken(t *testing.T) {
	t.Parallel()
	for kind, generate := range map[string]func(r *rand.Rand) string{
		"integers": func(r *rand.Rand) string { return fmt.Sprint(10 + r.IntN(10_000_000)>>r.IntN(20)) },
		"decimals": func(r *rand.Rand) string { return fmt.Sprintf("%d.%d", r.IntN(1000), r.IntN(1000)) },
		"percents": func(r *rand.Rand) string { return fmt.Sprintf("%d%%", 1+r.IntN(99)) },
		"years":    func(r *rand.Rand) string { return fmt.Sprintf("%d年", 1900+r.IntN(200)) },
		"dates": func(r *rand.Rand) string {
			return fmt.Sprintf("%d年%d月%d日", 1900+r.IntN(200), 1+r.IntN(12), 1+r.IntN(28))
		},
		"times":      func(r *rand.Rand) string { return fmt.Sprintf("%d:%02d", r.IntN(24), 1+r.IntN(59)) },
		"telephones": func(r *rand.Rand) string { return fmt.Sprintf("1%d%09d", 3+r.IntN(7), r.IntN(1e9)) },
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(5, 8))
			for range 500 {
				in := generate(r)
				spoken := speech.Spoken(in, speech.Profile{})
				require.NotEqual(t, in, spoken)
				require.Equal(t, in, speech.Written(spoken, speech.Profile{}), spoken)
			}
		})
	}
}
