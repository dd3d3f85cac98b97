package tune_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/eval/tune"
)

// search is any of the three.
type search func(context.Context, tune.Space, tune.Objective, tune.Config) (*tune.History, error)

var searches = map[string]search{"grid": tune.Grid, "random": tune.Random, "bayesian": tune.Bayesian}

// choices returns the trials without the times they took.
func choices(h *tune.History) []tune.Trial {
	trials := slices.Clone(h.Trials)
	for i := range trials {
		trials[i].Took = 0
	}
	return trials
}

// hill is highest, with 0, at x = 0.3 and y = 20.
func hill(_ context.Context, p tune.Params) (float64, error) {
	x, y := p["x"]-0.3, math.Log(p["y"]/20)
	return -x*x*10 - y*y, nil
}

var hillSpace = tune.Space{{Name: "x", Low: 0, High: 1}, {Name: "y", Low: 1, High: 1000, Log: true}}

func TestGrid(t *testing.T) {
	t.Parallel()
	var seen []string
	space := tune.Space{{Name: "a", Values: []float64{3, 1, 3}}, {Name: "b", Low: 1, High: 100, Log: true}, {Name: "c", Low: 0, High: 1, Integer: true}}
	history, err := tune.Grid(t.Context(), space, func(_ context.Context, p tune.Params) (float64, error) {
		seen = append(seen, fmt.Sprintf("%g %.3g %g", p["a"], p["b"], p["c"]))
		return p["a"] * p["b"], nil
	}, tune.Config{Steps: 3})
	require.NoError(t, err)
	require.Equal(t, []string{"3 1 0", "3 1 1", "3 10 0", "3 10 1", "3 100 0", "3 100 1", "1 1 0", "1 1 1", "1 10 0", "1 10 1", "1 100 0", "1 100 1"}, seen)
	best, ok := history.Best()
	require.True(t, ok)
	require.InDelta(t, 300, best.Value, 1e-9)
	require.Zero(t, best.Params["c"], "the first of equals")

	_, err = tune.Grid(t.Context(), space, hill, tune.Config{Steps: 3, Trials: 11})
	require.ErrorContains(t, err, "the grid has more than 11 points")
	_, err = tune.Grid(t.Context(), tune.Space{{Name: "a", High: 1}, {Name: "b", High: 1}, {Name: "c", High: 1}}, hill, tune.Config{Steps: 11})
	require.ErrorContains(t, err, "more than 1000 points")
	one, err := tune.Grid(t.Context(), tune.Space{{Name: "a", Low: 1, High: 3}}, func(_ context.Context, p tune.Params) (float64, error) { return p["a"], nil }, tune.Config{Steps: 1})
	require.NoError(t, err)
	require.InDelta(t, 2, one.Trials[0].Value, 1e-12, "a single step is the middle")
}

// Every value lies where the space allows it, and no point is tried twice.
func TestTrialsAreInTheSpace(t *testing.T) {
	t.Parallel()
	space := tune.Space{
		{Name: "rate", Low: 1e-4, High: 1, Log: true},
		{Name: "count", Low: 2.5, High: 9.5, Integer: true},
		{Name: "power", Values: []float64{0.5, 0.7, 1}},
		{Name: "fixed", Low: 4, High: 4},
		{Name: "shift", Low: -1, High: 1, Integer: true},
	}
	for name, search := range searches {
		for seed := range uint64(2) {
			seen := map[string]bool{}
			history, err := search(t.Context(), space, func(_ context.Context, p tune.Params) (float64, error) {
				require.Len(t, p, len(space))
				require.GreaterOrEqual(t, p["rate"], 1e-4)
				require.LessOrEqual(t, p["rate"], 1.0)
				require.Contains(t, []float64{3, 4, 5, 6, 7, 8, 9}, p["count"])
				require.Contains(t, []float64{0.5, 0.7, 1}, p["power"])
				require.InDelta(t, 4, p["fixed"], 0)
				require.Contains(t, []float64{-1, 0, 1}, p["shift"])
				require.False(t, seen[fmt.Sprint(p)], "%s tries %v twice", name, p)
				seen[fmt.Sprint(p)] = true
				return p["power"] - p["rate"], nil
			}, tune.Config{Seed: seed, Steps: 3, Trials: map[string]int{"grid": 0, "random": 40, "bayesian": 40}[name]})
			require.NoError(t, err)
			require.Len(t, history.Trials, len(seen))
		}
	}
}

func TestDeterministic(t *testing.T) {
	t.Parallel()
	for name, search := range searches {
		with := func(seed uint64) []tune.Trial {
			history, err := search(t.Context(), hillSpace, hill, tune.Config{Seed: seed, Trials: 25})
			require.NoError(t, err)
			return choices(history)
		}
		require.Equal(t, with(1), with(1), name)
		if name != "grid" {
			require.NotEqual(t, with(1), with(2), name)
		}
	}
}

// What the objective does to its map, it does to itself only.
func TestObjectiveOwnsItsParams(t *testing.T) {
	t.Parallel()
	history, err := tune.Random(t.Context(), hillSpace, func(_ context.Context, p tune.Params) (float64, error) {
		clear(p)
		return 1, nil
	}, tune.Config{Trials: 2})
	require.NoError(t, err)
	require.Len(t, history.Trials[1].Params, 2)
}

// With the same number of trials the model comes far closer to the top than chance, for every seed.
func TestBayesianBeatsRandom(t *testing.T) {
	t.Parallel()
	wins := 0
	for seed := range uint64(5) {
		config := tune.Config{Seed: seed, Trials: 30}
		model, err := tune.Bayesian(t.Context(), hillSpace, hill, config)
		require.NoError(t, err)
		chance, err := tune.Random(t.Context(), hillSpace, hill, config)
		require.NoError(t, err)
		a, _ := model.Best()
		b, _ := chance.Best()
		require.Greater(t, a.Value, -0.01, "seed %d", seed)
		if a.Value > b.Value {
			wins++
		}
	}
	require.Equal(t, 5, wins)
}

// Branin's function has three equal valleys of 0.397887; Hartmann's in six dimensions has several
// hills, the highest of 3.32237. Both are customary tests of such searches.
func TestBayesianOnKnownFunctions(t *testing.T) {
	t.Parallel()
	branin := func(_ context.Context, p tune.Params) (float64, error) {
		x, y := p["x"], p["y"]
		a := y - 5.1/(4*math.Pi*math.Pi)*x*x + 5/math.Pi*x - 6
		return -(a*a + 10*(1-1/(8*math.Pi))*math.Cos(x) + 10), nil
	}
	for seed := range uint64(3) {
		history, err := tune.Bayesian(t.Context(), tune.Space{{Name: "x", Low: -5, High: 10}, {Name: "y", Low: 0, High: 15}}, branin, tune.Config{Seed: seed, Trials: 40})
		require.NoError(t, err)
		best, _ := history.Best()
		require.InDelta(t, -0.397887, best.Value, 0.05, "seed %d", seed)
	}
	var space tune.Space
	for i := range 6 {
		space = append(space, tune.Parameter{Name: string(rune('a' + i)), High: 1})
	}
	for seed := range uint64(2) {
		config := tune.Config{Seed: seed, Trials: 50}
		model, err := tune.Bayesian(t.Context(), space, hartmann, config)
		require.NoError(t, err)
		chance, err := tune.Random(t.Context(), space, hartmann, config)
		require.NoError(t, err)
		a, _ := model.Best()
		b, _ := chance.Best()
		require.Greater(t, a.Value, 2.8, "seed %d", seed)
		require.Greater(t, a.Value, b.Value, "seed %d", seed)
	}
}

func hartmann(_ context.Context, p tune.Params) (float64, error) {
	a := [4][6]float64{{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}}
	c := [4][6]float64{{1312, 1696, 5569, 124, 8283, 5886}, {2329, 4135, 8307, 3736, 1004, 9991}, {2348, 1451, 3522, 2883, 3047, 6650}, {4047, 8828, 8732, 5743, 1091, 381}}
	var total float64
	for i, height := range []float64{1, 1.2, 3, 3.2} {
		var far float64
		for j := range 6 {
			d := p[string(rune('a'+j))] - c[i][j]/1e4
			far += a[i][j] * d * d
		}
		total += height * math.Exp(-far)
	}
	return total, nil
}

// A flat objective tells a model nothing; the search goes on all the same.
func TestFlat(t *testing.T) {
	t.Parallel()
	history, err := tune.Bayesian(t.Context(), hillSpace, func(context.Context, tune.Params) (float64, error) { return 1, nil }, tune.Config{Trials: 20})
	require.NoError(t, err)
	require.Len(t, history.Trials, 20)
}

// A space of few points is used up.
func TestSmallSpace(t *testing.T) {
	t.Parallel()
	space := tune.Space{{Name: "a", Values: []float64{1, 2, 3}}, {Name: "b", Low: 0, High: 1, Integer: true}}
	for name, search := range searches {
		history, err := search(t.Context(), space, func(_ context.Context, p tune.Params) (float64, error) { return p["a"] * (1 + p["b"]), nil }, tune.Config{Trials: 100})
		require.NoError(t, err)
		require.Len(t, history.Trials, 6, name)
		best, _ := history.Best()
		require.Equal(t, tune.Params{"a": 3, "b": 1}, best.Params, name)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	broken := errors.New("out of memory")
	for name, search := range searches {
		n := 0
		history, err := search(t.Context(), hillSpace, func(ctx context.Context, p tune.Params) (float64, error) {
			switch n++; n % 4 {
			case 0:
				return 0, broken
			case 1:
				return math.NaN(), nil
			case 2:
				return math.Inf(1), nil
			}
			return hill(ctx, p)
		}, tune.Config{Trials: 25})
		require.NoError(t, err, name)
		require.Len(t, history.Trials, 25, name)
		require.Equal(t, "the objective is NaN", history.Trials[0].Failure)
		require.Equal(t, "out of memory", history.Trials[3].Failure)
		best, ok := history.Best()
		require.True(t, ok)
		require.Empty(t, best.Failure)

		history, err = search(t.Context(), hillSpace, func(context.Context, tune.Params) (float64, error) { return 0, broken }, tune.Config{Trials: 25})
		require.ErrorIs(t, err, broken, name)
		require.ErrorContains(t, err, "all 25 trials failed")
		_, ok = history.Best()
		require.False(t, ok)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	for name, search := range searches {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		history, err := search(ctx, hillSpace, func(ctx context.Context, p tune.Params) (float64, error) {
			if n++; n == 8 {
				cancel()
			}
			return hill(ctx, p)
		}, tune.Config{Trials: 25})
		require.ErrorIs(t, err, context.Canceled, name)
		require.Len(t, history.Trials, 7, "the history until then is kept")
		require.Equal(t, 8, n)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	var trials []tune.Trial
	history, err := tune.Random(t.Context(), hillSpace, hill, tune.Config{Trials: 5, Progress: func(trial tune.Trial) { trials = append(trials, trial) }})
	require.NoError(t, err)
	require.Equal(t, history.Trials, trials)
}

func TestSpaceIsChecked(t *testing.T) {
	t.Parallel()
	for want, space := range map[string]tune.Space{
		"0 parameters":         nil,
		`has the name ""`:      {{High: 1}},
		`has the name "a"`:     {{Name: "a", High: 1}, {Name: "a", High: 1}},
		"give finite bounds":   {{Name: "a", Low: 2, High: 1}},
		"from NaN":             {{Name: "a", Low: math.NaN(), High: 1}},
		"-1.79":                {{Name: "a", Low: -math.MaxFloat64, High: math.MaxFloat64}},
		"give a positive":      {{Name: "a", High: 1, Log: true}},
		"has no whole number":  {{Name: "a", Low: 1.2, High: 1.8, Integer: true}},
		"give at least one":    {{Name: "a", Values: []float64{}}},
		"[1 NaN]":              {{Name: "a", Values: []float64{1, math.NaN()}}},
		"33 parameters: give ": make(tune.Space, 33),
	} {
		for _, search := range searches {
			_, err := search(t.Context(), space, hill, tune.Config{})
			require.ErrorContains(t, err, want)
		}
	}
	_, err := tune.Random(t.Context(), hillSpace, hill, tune.Config{Trials: 5000})
	require.ErrorContains(t, err, "use 1 to 1000")
}

// BenchmarkBayesian is what the search itself takes for a hundred trials.
func BenchmarkBayesian(b *testing.B) {
	for b.Loop() {
		_, err := tune.Bayesian(b.Context(), hillSpace, hill, tune.Config{Trials: 100})
		require.NoError(b, err)
	}
}
