package learn

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is proposed has the score that it has among all, and what is not proposed is what only the factors and
// popularity speak for.
func TestProposalsAreScored(t *testing.T) {
	t.Parallel()
	for name, ordered := range map[string]bool{"ordered": true, "not ordered": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := crowd(31, 300, 400, ordered)
			settings := quick(DefaultSettings())
			settings.Mix[PartLinear] = 0
			if !ordered {
				settings.Mix[PartTransitions] = 0
			} else {
				settings.Neighbours.Nearness, settings.Neighbours.Backward = 0.9, 0.5
			}
			b, _, err := Learn(t.Context(), h, Config{Settings: &settings})
			require.NoError(t, err)
			sparseOnly := settings
			sparseOnly.Mix[PartFactors], sparseOnly.Mix[PartPopularity] = 0, 0
			links, _, err := Learn(t.Context(), h, Config{Settings: &sparseOnly})
			require.NoError(t, err)

			var s Scratch
			var hits []Hit
			for u := range 40 {
				profile := h.Profile(u)
				profile = profile[:min(len(profile), 3)]
				hits = b.Propose(hits[:0], profile, &s)
				if len(profile) == 0 {
					require.Empty(t, hits)
					continue
				}
				want := scores(b, h.Items, profile)
				got := slices.Clone(want)
				proposed := map[int32]bool{}
				for _, hit := range hits {
					require.False(t, proposed[hit.Item], "once")
					proposed[hit.Item], got[hit.Item] = true, hit.Score
				}
				near(t, want, got, 1e-4)
				for item, v := range scores(links, h.Items, profile) {
					require.Equal(t, v > 0, proposed[int32(item)], "item %d", item)
				}
			}
			for i := range s.sum {
				require.Zero(t, s.sum[i])
				require.Zero(t, s.few[i])
			}
		})
	}
}

func TestNothingIsProposed(t *testing.T) {
	t.Parallel()
	h := crowd(32, 100, 50, false)
	var s Scratch
	for name, change := range map[string]func(*Settings){
		"small catalogue":   func(*Settings) {},
		"nobody follows on": func(s *Settings) { s.Mix = Mix{PartFactors: 1, PartPopularity: 1} },
	} {
		t.Run(name, func(t *testing.T) {
			settings := quick(DefaultSettings())
			change(&settings)
			b, _, err := Learn(t.Context(), h, Config{Settings: &settings})
			require.NoError(t, err)
			require.Empty(t, b.Propose(nil, h.Profile(0), &s))
		})
	}
	settings := quick(DefaultSettings())
	settings.Mix[PartLinear] = 0
	b, _, err := Learn(t.Context(), h, Config{Settings: &settings})
	require.NoError(t, err)
	require.Empty(t, b.Propose(nil, []Taken{{Item: -3, Weight: 1}, {Item: math.MaxInt32, Weight: 1}}, &s), "items that cannot be")
}
