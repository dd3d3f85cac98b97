package learn

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// crowd makes up people who mostly take things from a corner of the catalogue, the first things of it more often. If
// ordered, events have times, and what follows an item in number tends to follow it in time.
func crowd(seed uint64, people, items int, ordered bool) *Histories {
	r := rand.New(rand.NewPCG(seed, 1))
	h := &Histories{Items: items}
	for range people {
		corner := r.IntN(5)
		profile := []Taken{}
		at := int32(-1)
		for n := range r.IntN(15) {
			width := items / 5
			item := int32(corner*width + r.IntN(1+r.IntN(width)))
			switch {
			case r.IntN(10) == 0:
				item = int32(r.IntN(items))
			case ordered && at >= 0 && r.IntN(2) == 0:
				item = (at + 1) % int32(items)
			}
			at = item
			t := Taken{Item: item, Weight: 0.5 + float32(r.IntN(4))/2, Kind: Kind(r.IntN(2))}
			if ordered {
				t.Time = int64(1000*n + r.IntN(1000))
			}
			profile = append(profile, t)
		}
		h.Add(profile)
	}
	return h
}

// only returns histories without the people for whom drop says so; with gaps, their profiles stay, empty.
func only(h *Histories, gaps bool, drop func(person int) bool) *Histories {
	n := &Histories{Items: h.Items, Start: []int{0}}
	for u := range h.People() {
		switch {
		case !drop(u):
			n.Add(h.Profile(u))
		case gaps:
			n.Add(nil)
		}
	}
	return n
}

// near requires two lists of scores to agree.
func near(t *testing.T, want, got []float32, tolerance float64) {
	t.Helper()
	require.Len(t, got, len(want))
	var most float64
	for _, w := range want {
		most = max(most, float64(w), -float64(w))
	}
	for i := range want {
		require.InDelta(t, want[i], got[i], tolerance*most, "item %d", i)
	}
}

// scores asks a learner.
func scores(l Learner, items int, profile []Taken) []float32 {
	dst := make([]float32, items)
	l.Score(dst, profile, &Scratch{})
	return dst
}

// The shares of an explanation add up to the score.
func explained(t *testing.T, l Learner, items int, profile []Taken, tolerance float64) {
	t.Helper()
	var s Scratch
	got := scores(l, items, profile)
	sums := make([]float32, items)
	for i := range items {
		shares := l.Explain(profile, int32(i), &s)
		require.True(t, slices.IsSortedFunc(shares, func(a, b Share) int {
			if a.Value > b.Value {
				return -1
			}
			return 1
		}), "the greatest share comes first")
		for _, share := range shares {
			require.True(t, slices.ContainsFunc(profile, func(t Taken) bool { return t.Item == share.Item }), "a share of what is not in the profile")
			sums[i] += share.Value
		}
	}
	near(t, got, sums, tolerance)
	require.Empty(t, l.Explain(profile, -1, &s))
	require.Empty(t, l.Explain(profile, int32(items), &s))
}
