package learn

import (
	"context"
	"math"
	"reflect"
	"slices"
)

// Report says what a blend was chosen by.
type Report struct {
	Settings Settings
	Held     int     // from how many people something was held back; zero if nothing was chosen
	Ordered  bool    // whether the last events were held back, or a random share
	Blend    Quality // of the blend on what was held back
	Parts    []Part  // what each learner did there
}

// Part is what one learner did on what was held back.
type Part struct {
	Name    string
	Alone   Quality // with its best settings, by itself
	Without Quality // the blend without it, with the other weights unchanged
}

// chooser looks for the settings that find most of what was held back.
type chooser struct {
	config  *Config
	train   *Histories
	cases   []held
	tables  *tables
	scratch []Scratch
	scores  [][]float32
}

// fewCases is how many cases there must be to choose by; with fewer the defaults are better.
const fewCases = 50

func choose(ctx context.Context, h *Histories, c *Config, s *Settings, report *Report) error {
	train, cases := holdBack(h, c, c.target)
	report.Held, report.Ordered = len(cases), isOrdered(h)
	if len(cases) < fewCases {
		return ctx.Err()
	}
	workers := workerCount(c.Workers)
	ch := &chooser{config: c, train: train, cases: cases, tables: &tables{h: train}, scratch: make([]Scratch, workers), scores: make([][]float32, workers)}
	for i := range ch.scores {
		ch.scores[i] = make([]float32, h.Items)
	}
	var learners [parts]Learner
	for part := range parts {
		if part == PartHabit && !c.Again || part == PartTransitions && !report.Ordered || part == PartLinear && h.Items > s.Linear.MostItems {
			continue
		}
		c.Progress("choose " + partNames[part])
		learner, err := ch.part(ctx, part, s, report.Ordered)
		if err != nil {
			return err
		}
		learners[part] = learner
		if part == PartGraph { // what it found out about kinds of events is where the others begin
			s.Neighbours.Kinds, s.Factors.Kinds, s.Linear.Kinds = s.Graph.Kinds, s.Graph.Kinds, s.Graph.Kinds
			s.Transitions.Kinds, s.Popularity.Kinds = s.Graph.Kinds, s.Graph.Kinds
		}
		report.Parts = append(report.Parts, Part{Name: partNames[part]})
	}
	c.Progress("choose the mix")
	return ch.mix(ctx, &learners, s, report)
}

// part chooses the settings of one learner and returns it.
func (c *chooser) part(ctx context.Context, part int, s *Settings, ordered bool) (Learner, error) {
	if part != PartFactors {
		return c.tune(ctx, part, s, ordered)
	}
	full := s.Factors
	s.Factors.Dims, s.Factors.Sweeps = min(full.Dims, 64), 4 // short vectors take little time and need the same settings
	_, err := c.tune(ctx, part, s, ordered)
	s.Factors.Dims, s.Factors.Sweeps = full.Dims, min(full.Sweeps, 4)
	if err != nil {
		return nil, err
	}
	l, err := newPart(ctx, part, c.train, c.tables, s, c.config.Workers)
	s.Factors.Sweeps = full.Sweeps
	return l, err
}

// tune turns the knobs of a part, one after the other, and returns the best learner.
func (c *chooser) tune(ctx context.Context, part int, s *Settings, ordered bool) (Learner, error) {
	try := func(best *trial) (*trial, error) {
		var l Learner
		var err error
		if best != nil {
			l = reweighed(best.learner, s)
		}
		if l == nil {
			l, err = newPart(ctx, part, c.train, c.tables, s, c.config.Workers)
		}
		if err != nil {
			return nil, err
		}
		return c.alone(ctx, l, best)
	}
	best, err := try(nil)
	for _, k := range knobs(part, s, c.train, ordered, c.config.target) {
		if err != nil {
			return nil, err
		}
		best, err = k.turn(best, try)
	}
	if err != nil {
		return nil, err
	}
	return best.learner, nil
}

// reweighed returns a learner with other settings that learned the same as l, or nil if it would not be the same:
// what fades with its place in a profile matters when it is asked, not when it learns.
func reweighed(l Learner, s *Settings) Learner {
	switch l := l.(type) {
	case *Graph:
		was := l.settings
		if was.Recency = s.Graph.Recency; reflect.DeepEqual(was, s.Graph) {
			return &Graph{settings: s.Graph, links: l.links}
		}
	case *Transitions:
		was := l.settings
		if was.Recency = s.Transitions.Recency; reflect.DeepEqual(was, s.Transitions) {
			return &Transitions{settings: s.Transitions, links: l.links}
		}
	}
	return nil
}

// alone judges a learner by itself, and against the best one so far if there is one.
func (c *chooser) alone(ctx context.Context, l Learner, best *trial) (*trial, error) {
	t, err := judge(ctx, len(c.cases), c.config.Workers, best, func(worker, i int) Quality {
		scores, s := c.scores[worker], &c.scratch[worker]
		l.Score(scores, c.cases[i].profile, s)
		c.bar(scores, c.cases[i].profile)
		return qualityOf(Top(nil, scores, c.config.ListLength, s), c.cases[i].truth, c.config.ListLength)
	})
	if err != nil {
		return nil, err
	}
	t.learner = l
	return t, nil
}

// bar keeps what a person knows out of the answer.
func (c *chooser) bar(scores []float32, profile []Taken) {
	if !c.config.Again && len(scores) > 0 {
		for _, t := range profile {
			scores[t.Item] = Bar
		}
	}
}

// knob is a setting with some values to try, each beside the ones most like it.
type knob struct {
	at     *float64
	set    func(float64) // where at is nil
	values []float64
	start  float64
}

func (k *knob) put(v float64) {
	if k.at != nil {
		*k.at = v
	} else {
		k.set(v)
	}
}

// turn moves a knob up or down for as long as that makes things better by more than a little of what chance does,
// and returns the best trial.
func (k *knob) turn(best *trial, try func(best *trial) (*trial, error)) (*trial, error) {
	begin := slices.Index(k.values, k.start)
	here := begin // -1 if the setting is none of the values: they are all tried, from the lowest
	for _, way := range [2]int{1, -1} {
		for next := begin + way; here == next-way && next >= 0 && next < len(k.values); next += way {
			k.put(k.values[next])
			t, err := try(best)
			if err != nil {
				return nil, err
			}
			if !t.beats(best, 0.3) {
				break
			}
			best, here = t, next
		}
		if here != begin {
			break
		}
	}
	if here < 0 {
		k.put(k.start)
	} else {
		k.put(k.values[here])
	}
	return best, nil
}

// knobs returns what is tried for a part, the most important first.
func knobs(part int, s *Settings, h *Histories, ordered bool, target func(Kind) bool) []*knob {
	var list []*knob
	number := func(at *float64, values ...float64) { list = append(list, &knob{at: at, start: *at, values: values}) }
	recency := func(at *float32) {
		if ordered {
			start := float64(*at)
			if start == 0 {
				start = 1
			}
			list = append(list, &knob{set: func(v float64) { *at = float32(v) }, start: start, values: []float64{0.3, 0.45, 0.6, 0.7, 0.8, 0.9, 0.95, 1}})
		}
	}
	kinds := func(w *Weights) { list = append(list, kindKnobs(w, h, target)...) }
	switch part {
	case PartGraph:
		recency(&s.Graph.Recency)
		number(&s.Graph.PersonPower, 0.4, 0.7, 1, 1.3)
		number(&s.Graph.ItemPower, 0.2, 0.3, 0.4, 0.5, 0.6)
		number(&s.Graph.Power, 0.5, 0.7, 1)
		kinds(&s.Graph.Weights)
	case PartNeighbours:
		recency(&s.Neighbours.Recency)
		if ordered {
			number(&s.Neighbours.Nearness, 0.4, 0.6, 0.8, 0.9, 1)
			number(&s.Neighbours.Backward, 0.1, 0.25, 0.5, 1)
		}
		number(&s.Neighbours.ItemPower, 0, 0.25, 0.5, 0.75, 1)
		number(&s.Neighbours.Power, 1, 1.5, 2, 3)
		number(&s.Neighbours.Novelty, 0, 0.1, 0.2, 0.3)
		number(&s.Neighbours.PersonPower, 0.3, 0.4, 0.5, 0.6)
		people := float64(s.Neighbours.People)
		list = append(list, &knob{set: func(v float64) { s.Neighbours.People = int(v) }, start: people, values: []float64{50, 100, 200, 400, 800}})
		kinds(&s.Neighbours.Weights)
	case PartFactors:
		recency(&s.Factors.Recency)
		number(&s.Factors.Unseen, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32)
		number(&s.Factors.Regularisation, 0.2, 0.5, 1.5, 5, 15)
	case PartLinear:
		recency(&s.Linear.Recency)
		number(&s.Linear.Regularisation, 30, 100, 300, 1000)
	case PartTransitions:
		recency(&s.Transitions.Recency)
		number(&s.Transitions.Backward, 0, 0.15, 0.3, 0.5, 0.75, 1)
		number(&s.Transitions.PersonPower, 0, 0.25, 0.5, 1)
		number(&s.Transitions.Decay, 0.3, 0.5, 0.7, 0.85, 1)
		number(&s.Transitions.ItemPower, 0, 0.15, 0.3, 0.45)
		number(&s.Transitions.Power, 0.5, 0.7, 1)
		kinds(&s.Transitions.Weights)
	case PartPopularity:
		if ordered {
			first, last := int64(math.MaxInt64), int64(math.MinInt64)
			for _, t := range h.Taken {
				first, last = min(first, t.Time), max(last, t.Time)
			}
			span := float64(last - first)
			number(&s.Popularity.HalfLife, span/256, span/64, span/16, span/4, 0) // zero is for ever
		}
	case PartHabit:
		start := float64(s.Habit.Decay)
		list = append(list, &knob{set: func(v float64) { s.Habit.Decay = float32(v) }, start: start, values: []float64{0.7, 0.8, 0.9, 0.95, 0.98, 1}})
	}
	return list
}

// kindKnobs are for the weights of the kinds of events that are not suggested for.
func kindKnobs(w *Weights, h *Histories, target func(Kind) bool) []*knob {
	var there [256]bool
	most := Kind(0)
	for _, t := range h.Taken {
		there[t.Kind], most = true, max(most, t.Kind)
	}
	var list []*knob
	for k := range int(most) + 1 {
		if !there[k] || target(Kind(k)) {
			continue
		}
		weight := 1.0
		if k < len(w.Kinds) {
			weight = float64(w.Kinds[k])
		}
		list = append(list, &knob{start: weight, values: []float64{0, 0.05, 0.1, 0.2, 0.4, 0.7, 1, 1.5}, set: func(v float64) {
			kinds := slices.Clone(w.Kinds) // others may have the same
			for len(kinds) <= int(most) {
				kinds = append(kinds, 1)
			}
			kinds[k] = float32(v)
			w.Kinds = kinds
		}})
	}
	return list
}
