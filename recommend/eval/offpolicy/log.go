package offpolicy

import (
	"fmt"
	"math"
)

// Entry is one decision of the live policy and what came of it.
type Entry[C any] struct {
	Context    C
	Action     int32
	Propensity float64 // the probability with which the live policy took the action, above 0 and at most 1
	Reward     float64 // such as 1 for a click, or what was paid
}

// Choice is an action and how probably a policy takes it.
type Choice struct {
	Action      int32
	Probability float64
}

// Policy returns the actions that it may take in the context, each once, with probabilities that add
// up to 1. The slice is read before the next call and not kept.
type Policy[C any] func(context C) []Choice

// Model returns the reward that it expects of the action in the context.
type Model[C any] func(context C, action int32) float64

// Sample is an entry as seen by the policy under test: all that the estimators need.
type Sample struct {
	Propensity float64 // of the action in the log
	Target     float64 // probability with which the policy under test takes that action
	Reward     float64
	// Expected is the model's reward of the action, Value its mean reward under the policy under test.
	// Both are 0 without a model; then DR is IPS.
	Expected, Value float64
}

// Weigh asks the policy, and the model if it is not nil, about every entry. It returns an error that
// names the first entry whose figures cannot be right.
func Weigh[C any](log []Entry[C], policy Policy[C], model Model[C]) ([]Sample, error) {
	samples := make([]Sample, 0, len(log))
	for i := range log {
		entry := &log[i]
		s := Sample{Propensity: entry.Propensity, Reward: entry.Reward}
		var total float64
		seen := false
		for _, c := range policy(entry.Context) {
			if !(c.Probability >= 0 && c.Probability <= 1+tolerance) {
				return nil, fmt.Errorf("offpolicy: entry %d: the policy takes action %d with probability %v: it must be from 0 to 1", i, c.Action, c.Probability)
			}
			total += c.Probability
			if c.Action == entry.Action {
				if seen {
					return nil, fmt.Errorf("offpolicy: entry %d: the policy returns action %d twice: add its probabilities up", i, c.Action)
				}
				s.Target, seen = c.Probability, true
			}
			if model != nil {
				s.Value += c.Probability * model(entry.Context, c.Action)
			}
		}
		if math.Abs(total-1) > tolerance {
			return nil, fmt.Errorf("offpolicy: entry %d: the policy's probabilities add up to %v: they must be 1", i, total)
		}
		if model != nil {
			s.Expected = model(entry.Context, entry.Action)
		}
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("offpolicy: entry %d: %w", i, err)
		}
		samples = append(samples, s)
	}
	return samples, nil
}

// tolerance is how far a sum of probabilities may be from 1.
const tolerance = 1e-6

func (s Sample) check() error {
	if !(s.Propensity > 0 && s.Propensity <= 1) {
		return fmt.Errorf("propensity %v: it must be above 0 and at most 1, as the policy that took the action knew it", s.Propensity)
	}
	if !(s.Target >= 0 && s.Target <= 1+tolerance) {
		return fmt.Errorf("target probability %v: it must be from 0 to 1", s.Target)
	}
	for _, v := range [...]float64{s.Reward, s.Expected, s.Value, s.Target / s.Propensity} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("reward %v, model %v and %v, weight %v: they must be finite", s.Reward, s.Expected, s.Value, s.Target/s.Propensity)
		}
	}
	return nil
}
