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
		"lengths":    func(r *rand.Rand) string { return fmt.Sprintf("%d米", 11+r.IntN(10_000_000)>>r.IntN(20)) },
		"weights":    func(r *rand.Rand) string { return fmt.Sprintf("%d千克", 11+r.IntN(900)) },
		"prices":     func(r *rand.Rand) string { return fmt.Sprintf("%d.%d元", r.IntN(3000), 1+r.IntN(9)) },
		"degrees":    func(r *rand.Rand) string { return fmt.Sprintf("-%d℃", 1+r.IntN(40)) },
		"scores":     func(r *rand.Rand) string { return fmt.Sprintf("比分%d:%d", r.IntN(120), r.IntN(120)) },
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

// Two is heard as 两 in every place where a number can have it.
func TestWrittenOfTwo(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 2))
	for range 2000 {
		digits := make([]byte, 1+r.IntN(9))
		for i := range digits {
			digits[i] = "00122"[r.IntN(5)]
		}
		in := fmt.Sprintf("1%s个", digits)
		spoken := speech.Spoken(in, speech.Profile{Speaking: speech.Speaking{Two: speech.TwoAll}})
		require.Equal(t, in, speech.Written(spoken, speech.Profile{Writing: speech.Writing{Large: speech.LargeDigits}}), spoken)
	}
}
