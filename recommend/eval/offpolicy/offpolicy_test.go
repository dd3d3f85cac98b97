package offpolicy_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/eval/offpolicy"
)

func TestEstimatesByHand(t *testing.T) {
	t.Parallel()
	// Weights 2, 1/2, 0 and 4.
	samples := []offpolicy.Sample{
		{Propensity: 0.25, Target: 0.5, Reward: 1, Expected: 0.5, Value: 0.25},
		{Propensity: 0.5, Target: 0.25, Reward: 2, Expected: 1, Value: 0.5},
		{Propensity: 0.5, Target: 0, Reward: 5, Expected: 1, Value: 0.5},
		{Propensity: 0.125, Target: 0.5, Reward: 0, Expected: 0.25, Value: 0.25},
	}
	r, err := offpolicy.Estimate(samples, offpolicy.Config{Clip: 1.5})
	require.NoError(t, err)
	require.Equal(t, 4, r.N)
	require.InDelta(t, 8./4, r.Logged.Value, 1e-12)
	require.InDelta(t, (2+1+0+0)/4., r.IPS.Value, 1e-12)
	require.InDelta(t, (1.5+1+0+0)/4., r.Clipped.Value, 1e-12)
	require.InDelta(t, 3/6.5, r.SNIPS.Value, 1e-12)
	// 0.25+2·0.5, 0.5+0.5·1, 0.5, 0.25−4·0.25
	require.InDelta(t, (1.25+1+0.5-0.75)/4, r.DR.Value, 1e-12)
	require.InDelta(t, 6.5*6.5/(4+0.25+16), r.Effective, 1e-12)
	require.InDelta(t, 6.5/4, r.MeanWeight, 1e-12)
	require.InDelta(t, 4, r.MaxWeight, 0)
	require.Equal(t, 2, r.Cut)
	// Of 2 1 0 0: mean 3/4, squares 5−4·9/16 = 11/4, so the error is √(11/4/3/4).
	require.InDelta(t, math.Sqrt(11./48), r.IPS.Error, 1e-12)
	require.InDelta(t, 0.75+1.959964*math.Sqrt(11./48), r.IPS.High, 1e-6)
	// w(r−v) with v = 6/13: 14/13, 10/13, 0, −24/13.
	require.InDelta(t, math.Sqrt(14*14+10*10+24*24)/13/6.5, r.SNIPS.Error, 1e-12)
	require.NotEmpty(t, r.Warnings, "four samples are few")

	r, err = offpolicy.Estimate(samples, offpolicy.Config{})
	require.NoError(t, err)
	require.InDelta(t, 2, r.Clip, 1e-12, "the root of the number of samples")
}

// The policy that was live is estimated by its mean reward, exactly, by all estimators.
func TestPolicyOfTheLog(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 1))
	var samples []offpolicy.Sample
	for range 500 {
		p := 0.1 + 0.9*random.Float64()
		samples = append(samples, offpolicy.Sample{Propensity: p, Target: p, Reward: random.Float64()})
	}
	r, err := offpolicy.Estimate(samples, offpolicy.Config{})
	require.NoError(t, err)
	for _, e := range []offpolicy.Estimated{r.IPS, r.Clipped, r.SNIPS, r.DR} {
		require.InDelta(t, r.Logged.Value, e.Value, 1e-12)
	}
	require.InDelta(t, 500, r.Effective, 1e-9)
	require.Empty(t, r.Warnings)
}

// A shop of three kinds of visitor and four goods, in which everything is known.
const visitors, goods = 3, 4

type entry = offpolicy.Entry[int]

// chance returns how probably a visitor buys the goods that are shown.
func chance(visitor int, action int32) float64 {
	return [visitors][goods]float64{{0.1, 0.3, 0.05, 0.2}, {0.4, 0.1, 0.2, 0.1}, {0.02, 0.05, 0.6, 0.3}}[visitor][action]
}

// live is the policy of the log, and better the one under test.
func live(visitor int) []offpolicy.Choice {
	return choices([visitors][goods]float64{{0.4, 0.2, 0.2, 0.2}, {0.1, 0.4, 0.3, 0.2}, {0.25, 0.25, 0.25, 0.25}}[visitor])
}

func better(visitor int) []offpolicy.Choice {
	return choices([visitors][goods]float64{{0.1, 0.6, 0.1, 0.2}, {0.7, 0.1, 0.1, 0.1}, {0, 0, 0.8, 0.2}}[visitor])
}

func choices(p [goods]float64) []offpolicy.Choice {
	var list []offpolicy.Choice
	for action, probability := range p {
		list = append(list, offpolicy.Choice{Action: int32(action), Probability: probability})
	}
	return list
}

// value is what a policy earns per visitor; visitors come equally often.
func value(policy offpolicy.Policy[int]) float64 {
	var total float64
	for visitor := range visitors {
		for _, c := range policy(visitor) {
			total += c.Probability * chance(visitor, c.Action) / visitors
		}
	}
	return total
}

// logged draws what the live policy did and what was bought.
func logged(seed uint64, n int) []entry {
	random := rand.New(rand.NewPCG(seed, 7))
	var log []entry
	for range n {
		e := entry{Context: random.IntN(visitors)}
		draw := random.Float64()
		for _, c := range live(e.Context) {
			e.Action, e.Propensity = c.Action, c.Probability
			if draw -= c.Probability; draw < 0 {
				break
			}
		}
		if random.Float64() < chance(e.Context, e.Action) {
			e.Reward = 1
		}
		log = append(log, e)
	}
	return log
}

// average runs the estimators on many logs and returns the mean of each with its standard error, and
// how often its interval held the truth.
func average(t *testing.T, n int, model offpolicy.Model[int], spoil func(*entry)) (mean, deviation, held map[string]float64) {
	t.Helper()
	const rounds = 600
	truth := value(better)
	sum, squares, held := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for seed := range uint64(rounds) {
		log := logged(seed, n)
		for i := range log {
			spoil(&log[i])
		}
		samples, err := offpolicy.Weigh(log, better, model)
		require.NoError(t, err)
		r, err := offpolicy.Estimate(samples, offpolicy.Config{Clip: 1.2})
		require.NoError(t, err)
		for name, e := range map[string]offpolicy.Estimated{"IPS": r.IPS, "Clipped": r.Clipped, "SNIPS": r.SNIPS, "DR": r.DR} {
			sum[name] += e.Value
			squares[name] += e.Value * e.Value
			if e.Low <= truth && truth <= e.High {
				held[name] += 1. / rounds
			}
		}
	}
	mean, deviation = map[string]float64{}, map[string]float64{}
	for name := range sum {
		mean[name] = sum[name] / rounds
		deviation[name] = math.Sqrt((squares[name]/rounds - mean[name]*mean[name]) / rounds)
	}
	return mean, deviation, held
}

func asLogged(*entry) {}

// nonsense is a model that is wrong about everything.
func nonsense(visitor int, action int32) float64 { return float64(visitor) - float64(action)/3 }

func TestUnbiased(t *testing.T) {
	t.Parallel()
	truth := value(better)
	mean, deviation, held := average(t, 400, nonsense, asLogged)
	for _, name := range []string{"IPS", "DR"} {
		require.InDelta(t, truth, mean[name], 3.5*deviation[name], "%s, even with a wrong model", name)
	}
	require.InDelta(t, truth, mean["SNIPS"], 0.005, "nearly unbiased")
	require.Less(t, mean["Clipped"], truth-3.5*deviation["Clipped"], "clipping loses rewards")
	for _, name := range []string{"IPS", "SNIPS", "DR"} {
		require.InDelta(t, 0.95, held[name], 0.03, "%s: the interval holds the truth", name)
	}
}

// With the right model DR does not need the propensities, and varies less than IPS.
func TestDoublyRobust(t *testing.T) {
	t.Parallel()
	truth := value(better)
	mean, deviation, _ := average(t, 400, chance, func(e *entry) { e.Propensity = min(1, e.Propensity*1.6) })
	require.InDelta(t, truth, mean["DR"], 3.5*deviation["DR"])
	require.Greater(t, math.Abs(mean["IPS"]-truth), 10*deviation["IPS"], "IPS needs them")

	_, deviation, _ = average(t, 400, chance, asLogged)
	require.Less(t, deviation["DR"], 0.8*deviation["IPS"])
}

// A constant added to all rewards moves SNIPS by just that.
func TestSelfNormalisedIsEquivariant(t *testing.T) {
	t.Parallel()
	log := logged(3, 300)
	before, err := offpolicy.Weigh(log, better, nil)
	require.NoError(t, err)
	a, err := offpolicy.Estimate(before, offpolicy.Config{})
	require.NoError(t, err)
	for i := range log {
		log[i].Reward += 10
	}
	after, err := offpolicy.Weigh(log, better, nil)
	require.NoError(t, err)
	b, err := offpolicy.Estimate(after, offpolicy.Config{})
	require.NoError(t, err)
	require.InDelta(t, a.SNIPS.Value+10, b.SNIPS.Value, 1e-9)
	require.InDelta(t, a.SNIPS.Error, b.SNIPS.Error, 1e-9)
	require.Equal(t, a.DR, a.IPS, "without a model")
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	// One entry in a thousand carries nearly all the weight.
	samples := []offpolicy.Sample{{Propensity: 0.001, Target: 1, Reward: 1}}
	for range 999 {
		samples = append(samples, offpolicy.Sample{Propensity: 0.999, Target: 0.001})
	}
	r, err := offpolicy.Estimate(samples, offpolicy.Config{})
	require.NoError(t, err)
	require.Less(t, r.Effective, 2.0)
	require.Len(t, r.Warnings, 1)
	require.Contains(t, r.Warnings[0], "有效样本只有")

	wrong := logged(1, 5000)
	for i := range wrong {
		wrong[i].Propensity /= 2
	}
	weighed, err := offpolicy.Weigh(wrong, better, nil)
	require.NoError(t, err)
	r, err = offpolicy.Estimate(weighed, offpolicy.Config{})
	require.NoError(t, err)
	require.Len(t, r.Warnings, 1)
	require.Contains(t, r.Warnings[0], "偏离 1")

	right, err := offpolicy.Weigh(logged(1, 5000), better, nil)
	require.NoError(t, err)
	r, err = offpolicy.Estimate(right, offpolicy.Config{})
	require.NoError(t, err)
	require.Empty(t, r.Warnings)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	ok := offpolicy.Sample{Propensity: 0.5, Target: 0.5, Reward: 1}
	for name, c := range map[string]struct {
		samples []offpolicy.Sample
		config  offpolicy.Config
		want    string
	}{
		"no samples":      {nil, offpolicy.Config{}, "give at least 2"},
		"propensity of 0": {[]offpolicy.Sample{ok, {Target: 0.5}}, offpolicy.Config{}, "sample 1: propensity 0"},
		"propensity of 2": {[]offpolicy.Sample{ok, {Propensity: 2}}, offpolicy.Config{}, "sample 1: propensity 2"},
		"target below 0":  {[]offpolicy.Sample{{Propensity: 1, Target: -1}, ok}, offpolicy.Config{}, "sample 0: target probability -1"},
		"reward":          {[]offpolicy.Sample{ok, {Propensity: 1, Reward: math.NaN()}}, offpolicy.Config{}, "must be finite"},
		"no overlap":      {[]offpolicy.Sample{{Propensity: 1}, {Propensity: 1}}, offpolicy.Config{}, "takes none of the logged actions"},
		"confidence":      {[]offpolicy.Sample{ok, ok}, offpolicy.Config{Confidence: 1}, "confidence 1"},
		"clip":            {[]offpolicy.Sample{ok, ok}, offpolicy.Config{Clip: -1}, "clip -1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := offpolicy.Estimate(c.samples, c.config)
			require.ErrorContains(t, err, c.want)
		})
	}
	log := []entry{{Propensity: 1}}
	for want, list := range map[string][]offpolicy.Choice{
		"add up to 0.5":   {{Action: 0, Probability: 0.5}},
		"action 0 twice":  {{Action: 0, Probability: 0.5}, {Action: 0, Probability: 0.5}},
		"probability -1":  {{Action: 0, Probability: -1}},
		"probability NaN": {{Action: 0, Probability: math.NaN()}},
		"add up to 0:":    nil,
	} {
		_, err := offpolicy.Weigh(log, func(int) []offpolicy.Choice { return list }, nil)
		require.ErrorContains(t, err, "entry 0")
		require.ErrorContains(t, err, want)
	}
	_, err := offpolicy.Weigh([]entry{{Propensity: 0}}, func(int) []offpolicy.Choice { return []offpolicy.Choice{{Action: 0, Probability: 1}} }, nil)
	require.ErrorContains(t, err, "entry 0: propensity 0")
}
