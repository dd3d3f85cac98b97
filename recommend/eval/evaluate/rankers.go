package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// maker makes a recommender that has learned.
type maker func(ctx context.Context, e *examination) (eval.Ranker, error)

var makers = map[string]maker{
	"popularity": func(_ context.Context, e *examination) (eval.Ranker, error) {
		return eval.MostPopular(e.parts.Train), nil
	},
	"graph": learner(func(ctx context.Context, h *learn.Histories, _ *examination) (learn.Learner, error) {
		return learn.NewGraph(ctx, h, learn.DefaultGraph(), 0)
	}),
	"neighbours": learner(func(ctx context.Context, h *learn.Histories, _ *examination) (learn.Learner, error) {
		return learn.NewNeighbours(ctx, h, learn.DefaultNeighbours())
	}),
	"factors": learner(func(ctx context.Context, h *learn.Histories, e *examination) (learn.Learner, error) {
		s := learn.DefaultFactors()
		s.Seed = e.seed
		return learn.NewFactors(ctx, h, s, 0)
	}),
	"linear": learner(func(ctx context.Context, h *learn.Histories, _ *examination) (learn.Learner, error) {
		return learn.NewLinear(ctx, h, learn.DefaultLinear(), 0)
	}),
	"transitions": learner(func(ctx context.Context, h *learn.Histories, _ *examination) (learn.Learner, error) {
		return learn.NewTransitions(ctx, h, learn.DefaultTransitions(), 0)
	}),
	"habit": learner(func(_ context.Context, h *learn.Histories, _ *examination) (learn.Learner, error) {
		return learn.NewHabit(h.Items, learn.DefaultHabit()), nil
	}),
	"blend": learner(func(ctx context.Context, h *learn.Histories, e *examination) (learn.Learner, error) {
		config := learn.Config{Again: e.repeat, ListLength: slices.Max(e.cutoffs), Seed: e.seed}
		if kind, ok := e.parts.Train.Catalogue.Kinds.Number(e.target); ok {
			config.Targets = []learn.Kind{learn.Kind(kind)}
		}
		blend, _, err := learn.Learn(ctx, h, config)
		return blend, err
	}),
	"engine": engine,
}

func rankerNames() []string { return slices.Sorted(maps.Keys(makers)) }

// ranker makes the recommender of a name, and of a kind after a colon, if it is to know only that.
func (e *examination) ranker(ctx context.Context, name string) (eval.Ranker, error) {
	name, kind, narrow := strings.Cut(name, ":")
	if narrow {
		train := e.parts.Train
		number, ok := train.Catalogue.Kinds.Number(kind)
		if !ok {
			return nil, fmt.Errorf("no event is of the kind %q", kind)
		}
		only := *e
		only.parts.Train = train.Where(func(i int) bool { return int32(train.KindOf(i)) == number })
		e = &only
	}
	return makers[name](ctx, e)
}

// learner makes a ranker of a learner, which is asked by profile. What nothing speaks for is not suggested.
func learner(make func(ctx context.Context, h *learn.Histories, e *examination) (learn.Learner, error)) maker {
	return func(ctx context.Context, e *examination) (eval.Ranker, error) {
		h := e.histories()
		l, err := make(ctx, h, e)
		if err != nil {
			return nil, err
		}
		desks := sync.Pool{New: func() any { return newDesk(h.Items) }}
		return eval.RankerFunc(func(_ context.Context, q eval.Query) ([]int32, error) {
			d := desks.Get().(*desk)
			defer desks.Put(d)
			return d.rank(l, h.Profile(int(q.User)), q), nil
		}), nil
	}
}

// desk is what one goroutine asks a learner with.
type desk struct {
	scores  []float32
	scratch learn.Scratch
}

func newDesk(items int) *desk { return &desk{scores: make([]float32, items)} }

func (d *desk) rank(l learn.Learner, profile []learn.Taken, q eval.Query) []int32 {
	l.Score(d.scores, profile, &d.scratch)
	if !q.Repeat {
		for _, item := range q.Seen {
			d.scores[item] = learn.Bar
		}
	}
	var list []int32
	for _, hit := range learn.Top(nil, d.scores, q.K, &d.scratch) {
		if hit.Score != 0 {
			list = append(list, hit.Item)
		}
	}
	return list
}

// histories are what is learned from, as learners know it: a profile for each user of the catalogue, by number.
func (e *examination) histories() *learn.Histories {
	data := e.parts.Train
	h := &learn.Histories{}
	var profile []learn.Taken
	for user, rows := 0, data.ByUser(); user < rows.Len(); user++ {
		profile = profile[:0]
		for _, i := range rows.Row(int32(user)) {
			profile = append(profile, learn.Taken{Item: data.Item[i], Kind: learn.Kind(data.KindOf(int(i))), Weight: 1, Time: e.second(data, int(i))})
		}
		h.Add(profile)
	}
	h.Items = data.Catalogue.Items.Len()
	return h
}

// kinds are what others call the kinds of events that the engine knows.
var kinds = map[string]recommend.Kind{
	"pv": recommend.View, "click": recommend.View, "fav": recommend.Like, "favorite": recommend.Like, "purchase": recommend.Buy, "order": recommend.Buy,
}

// kindOf returns the engine's kind of an event; one that it does not know is a view.
func kindOf(name string) recommend.Kind {
	name = strings.ToLower(name)
	if kind, ok := kinds[name]; ok {
		return kind
	}
	switch kind := recommend.Kind(name); kind {
	case recommend.Cart, recommend.Buy, recommend.Like, recommend.Skip, recommend.NotInterested:
		return kind
	}
	return recommend.View
}

// engine tells an engine of everything and lets it learn. It is asked a day after the last event.
func engine(ctx context.Context, e *examination) (eval.Ranker, error) {
	data, c := e.parts.Train, e.parts.Train.Catalogue
	engine := recommend.New(recommend.Config{})
	items := make([]recommend.Item, c.Items.Len())
	for i := range items {
		items[i].ID = c.Items.Name(int32(i))
		for _, category := range c.CategoriesOf(int32(i)) {
			items[i].Categories = append(items[i].Categories, c.Categories.Name(category))
		}
	}
	if err := engine.Put(ctx, items...); err != nil {
		return nil, err
	}
	events := make([]recommend.Event, data.Len())
	var latest time.Time
	for i := range events {
		events[i] = recommend.Event{User: c.Users.Name(data.User[i]), Item: c.Items.Name(data.Item[i]),
			Kind: kindOf(c.Kinds.Name(int32(data.KindOf(i)))), Time: time.Unix(max(e.second(data, i), 1), 0)}
		if events[i].Time.After(latest) {
			latest = events[i].Time
		}
	}
	if err := engine.Record(ctx, events...); err != nil {
		return nil, err
	}
	if _, err := engine.Learn(ctx, recommend.LearnOptions{Again: e.repeat, ListLength: slices.Max(e.cutoffs), Seed: e.seed}); err != nil {
		return nil, err
	}
	now := latest.Add(24 * time.Hour)
	return eval.ByName(c, func(ctx context.Context, user string, q eval.Query) ([]string, error) {
		list, err := engine.Recommend(ctx, recommend.Query{User: user, Limit: q.K, Seen: q.Repeat, Now: now})
		ids := make([]string, len(list))
		for i, suggestion := range list {
			ids[i] = suggestion.Item
		}
		return ids, err
	}), nil
}
