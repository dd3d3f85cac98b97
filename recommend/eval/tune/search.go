package tune

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// Objective says how good a choice is; more is better. An error, or a value that is not finite, fails
// the trial, not the search. The map belongs to the objective.
type Objective func(ctx context.Context, p Params) (float64, error)

// Config bounds a search. The zero value is usable.
type Config struct {
	// Trials is how many times the objective is asked, at most 1,000. If zero, 30, and for [Grid] as
	// many as the grid has points.
	Trials int
	// Steps is how many values [Grid] tries of a parameter without Values. If zero, 5.
	Steps int
	// Seed makes another search.
	Seed uint64
	// Progress, if not nil, is called after every trial.
	Progress func(Trial)
}

// Trial is one choice and what came of it.
type Trial struct {
	Params  Params        `json:"params"`
	Value   float64       `json:"value"`             // 0 if failed
	Failure string        `json:"failure,omitempty"` // why, if the trial failed
	Took    time.Duration `json:"took_ns"`
}

// History is all trials in their order.
type History struct {
	Trials []Trial `json:"trials"`
}

// Best returns the first trial with the largest value, and false if none succeeded.
func (h *History) Best() (Trial, bool) {
	best := -1
	for i, t := range h.Trials {
		if t.Failure == "" && (best < 0 || t.Value > h.Trials[best].Value) {
			best = i
		}
	}
	if best < 0 {
		return Trial{}, false
	}
	return h.Trials[best], true
}

// search is one call of Grid, Random or Bayesian.
type search struct {
	space     Space
	objective Objective
	config    Config
	random    *rand.Rand
	history   *History
	tried     map[string]bool
	values    [][]float64 // of the trials that succeeded
	scores    []float64
	last      error // of a trial that failed
}

func newSearch(space Space, objective Objective, config Config) (*search, error) {
	if err := space.check(); err != nil {
		return nil, err
	}
	if config.Trials == 0 {
		config.Trials = 30
	}
	if config.Steps == 0 {
		config.Steps = 5
	}
	if config.Trials < 0 || config.Trials > maxTrials || config.Steps < 0 || config.Steps > maxTrials {
		return nil, fmt.Errorf("tune: %d trials, %d steps: use 1 to %d", config.Trials, config.Steps, maxTrials)
	}
	return &search{space: space, objective: objective, config: config,
		random: rand.New(rand.NewPCG(config.Seed, 0)), history: &History{}, tried: map[string]bool{}}, nil
}

// key tells choices apart.
func key(values []float64) string {
	bits := make([]byte, 0, 8*maxParameters)
	for _, v := range values {
		bits = binary.NativeEndian.AppendUint64(bits, math.Float64bits(v+0)) // -0 is 0
	}
	return string(bits)
}

// try asks the objective. It returns an error if the search must end.
func (s *search) try(ctx context.Context, values []float64) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("tune: stopped after %d trials: %w", len(s.history.Trials), err)
	}
	s.tried[key(values)] = true
	params, given := Params{}, Params{}
	for i, p := range s.space {
		params[p.Name], given[p.Name] = values[i], values[i]
	}
	started := time.Now()
	value, err := s.objective(ctx, given)
	if ended := ctx.Err(); ended != nil {
		return fmt.Errorf("tune: stopped in trial %d: %w", len(s.history.Trials)+1, ended)
	}
	if err == nil && unusable(value) {
		err = fmt.Errorf("the objective is %v", value)
	}
	trial := Trial{Params: params, Took: time.Since(started)}
	if err != nil {
		trial.Failure, s.last = err.Error(), err
	} else {
		trial.Value = value
		s.values, s.scores = append(s.values, values), append(s.scores, value)
	}
	s.history.Trials = append(s.history.Trials, trial)
	if s.config.Progress != nil {
		s.config.Progress(trial)
	}
	return nil
}

// end returns the history, and an error if nothing succeeded.
func (s *search) end(err error) (*History, error) {
	if err == nil && len(s.scores) == 0 {
		err = fmt.Errorf("tune: all %d trials failed, the last one: %w", len(s.history.Trials), s.last)
	}
	return s.history, err
}

// fresh returns a choice at random that was not tried, and false if there seems to be none left.
func (s *search) fresh() ([]float64, bool) {
	const attempts = 1000
	point := make([]float64, len(s.space))
	for range attempts {
		for i := range point {
			point[i] = s.random.Float64()
		}
		if values := s.space.at(point); !s.tried[key(values)] {
			return values, true
		}
	}
	return nil, false
}

// errGrid is what a grid that is too fine comes to.
var errGrid = errors.New("use fewer Steps or Values, or Random")

// Grid tries every combination of the Values of each parameter, or of Steps values from Low to High.
// The first parameter changes slowest. It returns an error if the grid has more than Trials points
// (1,000, if Trials is zero), if the space makes no sense, if all trials failed, or if ctx ends; the
// history has the trials until then, and is nil only if there could be none.
func Grid(ctx context.Context, space Space, objective Objective, config Config) (*History, error) {
	if config.Trials == 0 {
		config.Trials = maxTrials
	}
	s, err := newSearch(space, objective, config)
	if err != nil {
		return nil, err
	}
	steps, points := make([][]float64, len(space)), 1
	for i, p := range space {
		steps[i] = p.steps(s.config.Steps)
		points *= len(steps[i])
		if points > s.config.Trials {
			return nil, fmt.Errorf("tune: the grid has more than %d points: %w", s.config.Trials, errGrid)
		}
	}
	for i := range points {
		values := make([]float64, len(space))
		for j, rest := len(space)-1, i; j >= 0; j-- {
			values[j] = steps[j][rest%len(steps[j])]
			rest /= len(steps[j])
		}
		if err := s.try(ctx, values); err != nil {
			return s.end(err)
		}
	}
	return s.end(nil)
}

// Random tries points at random, and ends early when a space of few points is used up. Errors are
// those of [Grid], but for the size.
func Random(ctx context.Context, space Space, objective Objective, config Config) (*History, error) {
	s, err := newSearch(space, objective, config)
	if err != nil {
		return nil, err
	}
	for range s.config.Trials {
		values, ok := s.fresh()
		if !ok {
			break
		}
		if err := s.try(ctx, values); err != nil {
			return s.end(err)
		}
	}
	return s.end(nil)
}

// Bayesian tries some spread-out points, at most a third of the trials, and then points of which a
// model of the outcomes expects most. It ends early when a space of few points is used up. Errors are
// those of [Random]. A proposal takes time that grows with the cube of the number of trials: some
// milliseconds at 50, most of a second at 500.
func Bayesian(ctx context.Context, space Space, objective Objective, config Config) (*History, error) {
	s, err := newSearch(space, objective, config)
	if err != nil {
		return nil, err
	}
	first := max(min(2*len(space)+2, s.config.Trials/3), 1)
	shift := make([]float64, len(space))
	for i := range shift {
		shift[i] = s.random.Float64()
	}
	for n := range s.config.Trials {
		var values []float64
		ok := false
		if n < first {
			values = space.at(spread(n, shift))
			ok = !s.tried[key(values)]
		} else if len(s.scores) >= 2 {
			values, ok = s.propose(ctx)
		}
		if !ok {
			if values, ok = s.fresh(); !ok {
				break
			}
		}
		if err := s.try(ctx, values); err != nil {
			return s.end(err)
		}
	}
	return s.end(nil)
}

// spread returns point n of a sequence that fills the unit cube evenly: the additive recurrence of
// Roberts (2018), whose steps are the powers of the root of x^(d+1) = x+1.
func spread(n int, shift []float64) []float64 {
	root := 2.0
	for range 32 {
		root = math.Pow(1+root, 1/float64(len(shift)+1))
	}
	point := make([]float64, len(shift))
	for i := range point {
		_, point[i] = math.Modf(shift[i] + float64(n+1)*math.Pow(root, -float64(i+1)))
	}
	return point
}

// propose returns the choice with the largest expected improvement among many at random and many
// near the best.
func (s *search) propose(ctx context.Context) ([]float64, bool) {
	points := make([][]float64, len(s.values))
	for i, values := range s.values {
		points[i] = s.space.places(values)
	}
	model := fit(ctx, points, s.scores)
	if model == nil {
		return nil, false
	}
	const wide, near = 1000, 500
	best := points[slices.Index(s.scores, slices.Max(s.scores))]
	var proposed []float64
	improvement := math.Inf(-1)
	candidate := make([]float64, len(s.space))
	for n := range wide + near {
		for i := range candidate {
			candidate[i] = s.random.Float64()
			if n >= wide {
				// Half of the steps are long and half are short.
				width := 0.1 / math.Pow(10, float64(n%2))
				candidate[i] = min(max(best[i]+width*s.random.NormFloat64(), 0), 1)
			}
		}
		values := s.space.at(candidate)
		if s.tried[key(values)] {
			continue
		}
		if e := model.improvement(s.space.places(values)); e > improvement {
			proposed, improvement = values, e
		}
	}
	return proposed, proposed != nil
}
