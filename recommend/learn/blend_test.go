package learn

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// quick makes vectors short, so that tests are.
func quick(s Settings) Settings {
	s.Factors.Dims, s.Factors.Sweeps = 16, 3
	s.Mix = Mix{1, 1, 1, 1, 1, 1, 1}
	return s
}

// same requires two blends to answer alike, to the bit.
func same(t *testing.T, want, got *Blend, h *Histories) {
	t.Helper()
	require.Equal(t, want.Settings(), got.Settings())
	for u := range min(h.People(), 20) {
		require.Equal(t, scores(want, h.Items, h.Profile(u)), scores(got, h.Items, h.Profile(u)), "person %d", u)
	}
}

func TestLearnChoosesWhatWorks(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]Config{"no order": {}, "with kinds": {Targets: []Kind{1}}, "again": {Again: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := crowd(15, 400, 100, name != "no order")
			b, report, err := Learn(t.Context(), h, config)
			require.NoError(t, err)
			require.Equal(t, name != "no order", report.Ordered)
			require.Greater(t, report.Held, 200)
			require.Greater(t, report.Blend.NDCG, 0.1)
			for _, p := range report.Parts {
				require.GreaterOrEqual(t, report.Blend.NDCG+report.Blend.Recall+1e-3, p.Alone.NDCG+p.Alone.Recall, p.Name)
			}
			explained(t, b, h.Items, nil, 1) // nothing carries what is popular
		})
	}
}

// How many goroutines learn does not show, and neither does a profile that was emptied.
func TestLearningIsDeterministic(t *testing.T) {
	t.Parallel()
	for name, ordered := range map[string]bool{"ordered": true, "not ordered": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := crowd(16, 300, 60, ordered)
			erased := func(person int) bool { return person%7 == 3 }
			want, _, err := Learn(t.Context(), only(h, false, erased), Config{Seed: 3, Workers: 1})
			require.NoError(t, err)
			got, _, err := Learn(t.Context(), only(h, true, erased), Config{Seed: 3, Workers: 4})
			require.NoError(t, err)
			same(t, want, got, h)
		})
	}
}

func TestSettingsAreUsedAsTheyAre(t *testing.T) {
	t.Parallel()
	h := crowd(17, 200, 50, true)
	first, report, err := Learn(t.Context(), h, Config{Sample: 500})
	require.NoError(t, err)
	data, err := json.Marshal(report.Settings)
	require.NoError(t, err)
	var settings Settings
	require.NoError(t, json.Unmarshal(data, &settings))
	second, report, err := Learn(t.Context(), h, Config{Settings: &settings})
	require.NoError(t, err)
	require.Zero(t, report.Held)
	same(t, first, second, h)
}

func TestBlendExplains(t *testing.T) {
	t.Parallel()
	h := crowd(18, 200, 40, true)
	s := quick(DefaultSettings())
	s.Mix[PartPopularity] = 0 // comes from no profile
	b, _, err := Learn(t.Context(), h, Config{Settings: &s})
	require.NoError(t, err)
	explained(t, b, h.Items, []Taken{{Item: 3, Weight: 1}, {Item: 9, Weight: 2}, {Item: 20, Weight: 1}}, 5e-3)
}

func TestLearnFromNearlyNothing(t *testing.T) {
	t.Parallel()
	one := []Taken{{Item: 0, Weight: 1}}
	for name, profiles := range map[string][][]Taken{
		"nothing": nil, "an empty profile": {nil}, "one event": {one}, "one item": {one, one, one},
		"one person": {{{Item: 0, Weight: 1}, {Item: 1, Weight: 1}, {Item: 2, Weight: 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := &Histories{}
			for _, p := range profiles {
				h.Add(p)
			}
			for _, settings := range []*Settings{nil, new(quick(DefaultSettings()))} {
				b, _, err := Learn(t.Context(), h, Config{Settings: settings})
				require.NoError(t, err)
				for _, profile := range append(profiles, nil) {
					for _, score := range scores(b, h.Items, profile) {
						require.False(t, math.IsNaN(float64(score)) || math.IsInf(float64(score), 0))
					}
				}
			}
		})
	}
}

func TestLearnNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	good := Taken{Item: 1, Weight: 1, Time: 5}
	for name, c := range map[string]struct {
		h    Histories
		want string
	}{
		"not a number":  {Histories{3, []int{0, 1, 3}, []Taken{good, good, {Item: 2, Weight: nan, Time: 6}}}, "person 1: event 1 (item 2): weight NaN is not a number above zero"},
		"negative":      {Histories{3, []int{0, 1}, []Taken{{Item: 0, Weight: -1}}}, "person 0: event 0 (item 0): weight -1 is not"},
		"zero":          {Histories{3, []int{0, 1}, []Taken{{Item: 0}}}, "weight 0 is not"},
		"infinite":      {Histories{3, []int{0, 1}, []Taken{{Item: 0, Weight: inf}}}, "weight +Inf is not"},
		"no such item":  {Histories{3, []int{0, 1}, []Taken{{Item: 3, Weight: 1}}}, "person 0: event 0: item 3 is not one of 3"},
		"negative item": {Histories{3, []int{0, 1}, []Taken{{Item: -1, Weight: 1}}}, "item -1 is not one of 3"},
		"out of order":  {Histories{3, []int{0, 2}, []Taken{good, {Item: 0, Weight: 1, Time: 4}}}, "event 1 (item 0): time 4 is before"},
		"bad start":     {Histories{3, []int{0, 2, 1}, []Taken{good, good}}, "profile 2 starts at 1"},
		"too short":     {Histories{3, []int{0, 1}, []Taken{good, good}}, "the profiles end at 1, and there are 2 events"},
		"no profiles":   {Histories{3, nil, []Taken{good}}, "the profiles end at 0, and there are 1 events"},
		"items":         {Histories{Items: -1}, "-1 items"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := Learn(t.Context(), &c.h, Config{})
			require.ErrorContains(t, err, c.want)
			_, err = NewGraph(t.Context(), &c.h, DefaultGraph(), 1)
			require.ErrorContains(t, err, c.want)
		})
	}
}

// Cancelled at any stage, learning ends with the context's error.
func TestLearnIsCancelled(t *testing.T) {
	t.Parallel()
	h := crowd(19, 300, 60, true)
	stages := 0
	_, _, err := Learn(t.Context(), h, Config{Progress: func(string) { stages++ }})
	require.NoError(t, err)
	require.Greater(t, stages, 6)
	for stop := range stages {
		ctx, cancel := context.WithCancel(t.Context())
		at := 0
		b, report, err := Learn(ctx, h, Config{Progress: func(string) {
			if at++; at > stop {
				cancel()
			}
		}})
		cancel()
		require.ErrorIs(t, err, context.Canceled, "stage %d", stop)
		require.Nil(t, b)
		require.Nil(t, report)
	}
}

// After the first, queries allocate nothing.
func TestQueriesAllocateNothing(t *testing.T) {
	h := crowd(20, 300, 60, true)
	b, _, err := Learn(t.Context(), h, Config{Settings: new(quick(DefaultSettings()))})
	require.NoError(t, err)
	var s Scratch
	dst := make([]float32, h.Items)
	var hits []Hit
	query := func() {
		for u := range 30 {
			b.Score(dst, h.Profile(u), &s)
			hits = Top(hits[:0], dst, 10, &s)
		}
	}
	query()
	require.Zero(t, testing.AllocsPerRun(10, query))
}

func TestTopIsTheHeadOfTheSortedList(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(21, 0))
	var s Scratch
	for range 200 {
		scores := make([]float32, r.IntN(10_000))
		var all []Hit
		for i := range scores {
			scores[i] = float32(r.IntN(50)) // many are equal
			if r.IntN(10) == 0 {
				scores[i] = Bar
				continue
			}
			all = append(all, Hit{int32(i), scores[i]})
		}
		slices.SortStableFunc(all, func(a, b Hit) int { return int(b.Score - a.Score) })
		k := r.IntN(120)
		got := Top(nil, scores, k, &s)
		require.Len(t, got, min(k, len(all)))
		for i := range got {
			require.Equal(t, all[i], got[i])
		}
	}
}

func TestStrongest(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(22, 0))
	var s selector
	for round := range 500 {
		row := make([]entry, 1+r.IntN(60+round*5))
		var factors []float32
		if round%2 == 1 {
			factors = make([]float32, len(row))
		}
		fine := float32(1 + r.IntN(1000)) // few values, or values that hardly differ
		for i := range row {
			row[i] = entry{int32(i), 3 + float32(r.IntN(10))/fine}
			if factors != nil {
				factors[i] = float32(r.IntN(3)) / 2
			}
		}
		byValue := func(a, b entry) int {
			va, vb := a.weight, b.weight
			if factors != nil {
				va, vb = va*factors[a.id], vb*factors[b.id]
			}
			return cmp.Or(cmp.Compare(vb, va), cmp.Compare(a.id, b.id))
		}
		r.Shuffle(len(row), func(i, j int) { row[i], row[j] = row[j], row[i] })
		want := slices.SortedFunc(slices.Values(row), byValue)
		n := 1 + r.IntN(len(row)+1)
		got := s.strongest(row, n, factors)
		slices.SortFunc(got, byValue)
		require.Equal(t, want[:min(n, len(row))], got)
	}
}

// In a large catalogue the factors are asked only about the foremost items; what these get is what they would get if
// all were asked.
func TestFactorsOfTheForemost(t *testing.T) {
	t.Parallel()
	h := crowd(25, 300, 300, false)
	f, err := NewFactors(t.Context(), h, smallFactors(), 1)
	require.NoError(t, err)
	var s Scratch
	all := Blend{items: h.Items, settings: Settings{Mix: Mix{PartFactors: 1}}, whole: math.MaxInt}
	few := all
	few.whole = 0
	for u := range 50 {
		profile := h.Profile(u)
		if len(profile) == 0 {
			continue
		}
		lead := scores(NewHabit(h.Items, HabitSettings{}), h.Items, profile)
		for i := range 40 {
			lead[i*7] += float32(i)
		}
		want, got := slices.Clone(lead), slices.Clone(lead)
		require.True(t, all.addFactors(want, f, profile, true, &s))
		require.True(t, few.addFactors(got, f, profile, true, &s))
		asked := foremost(lead, h.Items/10, &s)
		require.NotEmpty(t, asked)
		for i := range got {
			if slices.Contains(asked, int32(i)) {
				require.InDelta(t, want[i], got[i], 1e-4*math.Abs(float64(want[i]))+1e-3)
			} else {
				require.Equal(t, lead[i], got[i])
			}
		}
	}
}

func TestForemost(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(26, 0))
	var s Scratch
	scores := make([]float32, 20_000)
	for i := range scores {
		scores[i] = max(0, float32(r.NormFloat64()))
	}
	got := slices.Clone(foremost(scores, 2000, &s))
	require.InDelta(t, 2000, len(got), 500)
	bar := float32(math.MaxFloat32)
	for _, i := range got {
		bar = min(bar, scores[i])
	}
	for i, score := range scores {
		require.Equal(t, score >= bar, slices.Contains(got, int32(i)), "item %d", i)
	}
	require.Empty(t, foremost(make([]float32, 100), 10, &s))
}
