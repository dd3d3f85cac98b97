package offpolicy

import (
	"errors"
	"fmt"
	"math"
)

// Config is how to estimate. The zero value is usable.
type Config struct {
	// Clip is the largest weight of the clipped estimator. If zero, the square root of the number of
	// samples.
	Clip float64
	// Confidence is the share of repetitions in which an interval should hold the truth. If zero, 0.95.
	Confidence float64
	// MinEffective is the effective sample size below which a warning is given. If zero, 100.
	MinEffective float64
}

// Estimated is the mean reward of the policy under test.
type Estimated struct {
	Value float64 `json:"value"`
	Error float64 `json:"standard_error"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// String gives the value and its interval.
func (e Estimated) String() string { return fmt.Sprintf("%.4f [%.4f, %.4f]", e.Value, e.Low, e.High) }

// Report is what a log tells about a policy.
type Report struct {
	N int `json:"n"`
	// Logged is the mean reward of the policy that was live.
	Logged  Estimated `json:"logged"`
	IPS     Estimated `json:"ips"`
	Clipped Estimated `json:"clipped"`
	SNIPS   Estimated `json:"snips"`
	DR      Estimated `json:"dr"`
	// Clip is the largest weight of the clipped estimator, and Cut how many samples had a larger one.
	Clip float64 `json:"clip"`
	Cut  int     `json:"cut"`
	// Effective is the effective sample size, at most N.
	Effective float64 `json:"effective_sample_size"`
	// MeanWeight should be near 1 if the propensities are right; MaxWeight is the largest.
	MeanWeight float64 `json:"mean_weight"`
	MaxWeight  float64 `json:"max_weight"`
	// Warnings say, in Chinese, why the figures should not be decided on.
	Warnings []string `json:"warnings,omitempty"`
}

// Estimate returns the estimates. It returns an error if there are fewer than two samples, a sample's
// figures cannot be right, no action of the log could be the policy's, or the settings make no sense.
func Estimate(samples []Sample, config Config) (*Report, error) {
	if len(samples) < 2 {
		return nil, fmt.Errorf("offpolicy: %d samples: give at least 2", len(samples))
	}
	if config.Confidence == 0 {
		config.Confidence = 0.95
	}
	if config.Clip == 0 {
		config.Clip = math.Sqrt(float64(len(samples)))
	}
	if config.MinEffective == 0 {
		config.MinEffective = 100
	}
	if !(config.Confidence > 0 && config.Confidence < 1) || !(config.Clip > 0) || !(config.MinEffective > 0) {
		return nil, fmt.Errorf("offpolicy: confidence %v, clip %v, smallest effective size %v: use a confidence between 0 and 1 and positive numbers",
			config.Confidence, config.Clip, config.MinEffective)
	}
	r := &Report{N: len(samples), Clip: config.Clip}
	var weights, logged, ips, clipped, dr moments
	var squares float64
	for i, s := range samples {
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("offpolicy: sample %d: %w", i, err)
		}
		w := s.Target / s.Propensity
		weights.add(w)
		squares += w * w
		logged.add(s.Reward)
		ips.add(w * s.Reward)
		clipped.add(min(w, config.Clip) * s.Reward)
		dr.add(s.Value + w*(s.Reward-s.Expected))
		r.MaxWeight = max(r.MaxWeight, w)
		if w > config.Clip {
			r.Cut++
		}
	}
	if r.MaxWeight == 0 {
		return nil, errors.New("offpolicy: the policy takes none of the logged actions: the log cannot tell anything about it")
	}
	z := math.Sqrt2 * math.Erfinv(config.Confidence)
	r.Logged, r.IPS, r.Clipped, r.DR = logged.estimate(z), ips.estimate(z), clipped.estimate(z), dr.estimate(z)
	r.SNIPS = selfNormalised(samples, weights.mean, z)
	n := float64(r.N)
	r.MeanWeight = weights.mean
	r.Effective = min(weights.mean*n*weights.mean*n/squares, n)
	r.warn(config, weights.estimate(3))
	return r, nil
}

// selfNormalised returns SNIPS with its error by the delta method.
func selfNormalised(samples []Sample, meanWeight, z float64) Estimated {
	n := float64(len(samples))
	var total float64
	for _, s := range samples {
		total += s.Target / s.Propensity * s.Reward
	}
	value := total / (n * meanWeight)
	var squares float64
	for _, s := range samples {
		d := s.Target / s.Propensity * (s.Reward - value)
		squares += d * d
	}
	deviation := math.Sqrt(squares) / (n * meanWeight)
	return Estimated{value, deviation, value - z*deviation, value + z*deviation}
}

// warn looks for signs that the figures do not hold; weight is the mean weight with three standard
// errors to each side.
func (r *Report) warn(config Config, weight Estimated) {
	if r.Effective < config.MinEffective {
		r.Warnings = append(r.Warnings, fmt.Sprintf("有效样本只有 %.1f 个（共 %d 条，低于 %.0f）：少数几条记录决定了结果，请收集更多数据或让新策略更接近线上策略",
			r.Effective, r.N, config.MinEffective))
	}
	if weight.Low > 1 || weight.High < 1 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("权重均值为 %.3f，明显偏离 1：记录的倾向概率可能有误，或新策略会选线上策略从不选的项目", r.MeanWeight))
	}
}

// moments gathers mean and variance in one pass (Welford).
type moments struct{ n, mean, squares float64 }

func (m *moments) add(v float64) {
	m.n++
	d := v - m.mean
	m.mean += d / m.n
	m.squares += d * (v - m.mean)
}

// estimate returns the mean with z standard errors to each side.
func (m *moments) estimate(z float64) Estimated {
	deviation := math.Sqrt(m.squares / (m.n - 1) / m.n)
	return Estimated{m.mean, deviation, m.mean - z*deviation, m.mean + z*deviation}
}
