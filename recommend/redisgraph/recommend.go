package redisgraph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/zhushou-ai/zhushou/recommend"
)

// scratch is the memory of one answer, kept for the next.
type scratch struct {
	tally tally
	links []link // of all lists that were read
	lists []list
	picks []pick
}

// list is the neighbours of one item of a profile.
type list struct {
	item   string
	weight float64
	links  []link // by number
}

// Recommend implements [recommend.Recommender]. An item's score is the sum, over the profile, of the weight of each
// item there times the strength of its tie; see [Content]. Popular items follow where that does not fill the answer,
// and are the answer to a newcomer and to Query.NonPersonal. Query.Now leaves out what happened later.
//
// Text, Filter, Diversity and Context are not served from here: a query with any of these gets an error that wraps
// [errors.ErrUnsupported]. A malformed one wraps [recommend.ErrInvalid]. If some lists of neighbours cannot be read there
// are both an answer and an error that wraps [ErrPartial]; every other error comes alone.
func (s *Store) Recommend(ctx context.Context, q recommend.Query) ([]recommend.Suggestion, error) {
	if err := check(&q); err != nil {
		return nil, fmt.Errorf("redisgraph: query: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	sc, _ := s.scratches.Get().(*scratch)
	if sc == nil {
		sc = &scratch{}
	}
	defer s.scratches.Put(sc)

	var answer []recommend.Suggestion
	var err error
	for failed := int64(0); ; {
		var g *generation
		g, answer, err = s.answer(ctx, &q, sc)
		if !errors.Is(err, errGone) || g.Generation == failed {
			break
		}
		failed = g.Generation
		g.checked.Store(0) // another one may serve by now
	}
	if err != nil {
		return answer, fmt.Errorf("redisgraph: recommend: %w", err)
	}
	return answer, nil
}

// check refuses queries that cannot be served, and fills in what is left open.
func check(q *recommend.Query) error {
	if err := q.Validate(); err != nil {
		return err
	}
	if q.Limit == 0 {
		q.Limit = recommend.DefaultLimit
	}
	if q.NonPersonal {
		q.User, q.Recent, q.Context = "", nil, nil
	}
	rest := *q
	rest.User, rest.Recent, rest.Limit, rest.Exclude, rest.Candidates = "", nil, 0, nil, nil
	rest.NonPersonal, rest.Seen, rest.Now = false, false, time.Time{}
	return unsupported(rest)
}

// unsupported names the first field that is set in what is left of a query.
func unsupported(rest recommend.Query) error {
	v := reflect.ValueOf(rest)
	for i := range v.NumField() {
		f := v.Field(i)
		if f.IsZero() || f.Kind() == reflect.Map && f.Len() == 0 {
			continue
		}
		return fmt.Errorf("%s cannot be served from Redis: leave it out, or ask an engine in process: %w",
			strings.ToLower(v.Type().Field(i).Name), errors.ErrUnsupported)
	}
	return nil
}

// answer makes two trips, and a third one for names and popular items that the process has not met yet.
func (s *Store) answer(ctx context.Context, q *recommend.Query, sc *scratch) (*generation, []recommend.Suggestion, error) {
	g, history, err := s.begin(ctx, q)
	if err != nil {
		return g, nil, err
	}
	p := newProfile(&g.manifest, q, history, s.config.Profile)
	candidates, missing, err := s.gather(ctx, g, q, &p, sc)
	if err != nil {
		return g, nil, err
	}
	picks := choose(g, q, sc, candidates, q.Limit+len(missing))
	if err := s.loadNames(ctx, g, picks); err != nil {
		return g, nil, err
	}
	if len(missing) == 0 {
		return g, suggest(g, picks, sc), nil
	}
	// An item whose list could not be read has no number by which it could have been kept out.
	picks = slices.DeleteFunc(picks, func(p pick) bool {
		_, found := missing[g.name(p.item)]
		return found
	})
	var why error
	for _, why = range missing {
		if errors.Is(why, errGone) {
			break
		}
	}
	return g, suggest(g, picks[:min(q.Limit, len(picks))], sc),
		fmt.Errorf("%w: %d of %d lists cannot be read: %w", ErrPartial, len(missing), len(p.bag), why)
}

// begin makes the first trip: which graph serves, unless that was looked up lately, and the history.
func (s *Store) begin(ctx context.Context, q *recommend.Query) (*generation, []redis.Z, error) {
	g, stale := s.known()
	pipe := s.client.Pipeline()
	var pointer *redis.StringCmd
	var history *redis.ZSliceCmd
	if stale {
		pointer = pipe.Get(ctx, pointerKey(s.config.Prefix))
	}
	if q.User != "" {
		history = s.readHistory(ctx, pipe, q.User)
	}
	if pipe.Len() > 0 {
		_, _ = pipe.Exec(ctx) // every reply has its own error
	}
	if stale {
		var err error
		if g, err = s.settle(pointer, g); err != nil {
			return nil, nil, err
		}
	}
	if history == nil {
		return g, nil, ctx.Err()
	}
	marks, err := history.Result()
	if err != nil {
		return nil, nil, fmt.Errorf("read the history: %w", err)
	}
	return g, marks, nil
}

// gather makes the second trip and adds up the scores. It returns the numbers of the candidates, and the items of the
// profile whose lists could not be read.
func (s *Store) gather(ctx context.Context, g *generation, q *recommend.Query, p *profile, sc *scratch) (
	candidates []uint32, missing map[string]error, err error,
) {
	pipe := s.client.Pipeline()
	items := make([]string, len(p.bag))
	for i, t := range p.bag {
		items[i] = t.item
	}
	lists := g.lookup(ctx, pipe, g.keys.lists, items)
	shut := g.lookup(ctx, pipe, g.keys.numbers, p.blocked)
	wanted := g.lookup(ctx, pipe, g.keys.numbers, q.Candidates)
	var popular *redis.StringCmd
	if g.popular.Load() == nil {
		popular = pipe.Get(ctx, g.keys.popular())
	}
	if pipe.Len() > 0 {
		_, _ = pipe.Exec(ctx) // every reply has its own error
	}
	if popular != nil {
		if err := g.loadPopular(popular); err != nil {
			return nil, nil, err
		}
	}
	out, err := g.numbersOf(shut)
	if err != nil {
		return nil, nil, fmt.Errorf("read what is excluded: %w", err)
	}
	if candidates, err = g.numbersOf(wanted); err != nil {
		return nil, nil, fmt.Errorf("read the candidates: %w", err)
	}

	sc.links, sc.lists = sc.links[:0], sc.lists[:0]
	values(lists, func(i int, value string, failed error) bool {
		t := &p.bag[i]
		var number uint32
		from := len(sc.links)
		if failed == nil {
			number, sc.links, failed = readList(sc.links, value, g.Items)
		}
		if failed != nil {
			if missing == nil {
				missing = map[string]error{}
			}
			missing[t.item] = failed
			return true
		}
		if t.blocked {
			out = append(out, number)
		}
		sc.lists = append(sc.lists, list{t.item, t.weight, sc.links[from:len(sc.links):len(sc.links)]})
		return true
	})

	sc.tally.reset(len(sc.links) + len(out) + len(candidates))
	for _, n := range out {
		*sc.tally.at(n) = blocked
	}
	for _, l := range sc.lists {
		for _, to := range l.links {
			*sc.tally.at(to.item) += l.weight * float64(to.score)
		}
	}
	return candidates, missing, nil
}

// choose ranks: by score, then popular items, then candidates that nothing speaks for.
func choose(g *generation, q *recommend.Query, sc *scratch, candidates []uint32, most int) []pick {
	t := &sc.tally
	picks := sc.picks[:0]
	open := func(uint32) bool { return true }
	if len(q.Candidates) > 0 {
		slices.Sort(candidates)
		candidates = slices.Compact(candidates)
		open = func(n uint32) bool { _, found := slices.BinarySearch(candidates, n); return found }
		for _, n := range candidates {
			if score := *t.at(n); score > 0 {
				picks = append(picks, pick{item: n, score: score})
			}
		}
		slices.SortFunc(picks, before)
		picks = picks[:min(most, len(picks))]
	} else {
		picks = t.top(picks, most)
	}

	scale, ranked := 1.0, len(picks)
	popular := *g.popular.Load()
	if ranked > 0 && len(popular) > 0 {
		scale = picks[ranked-1].score / float64(popular[0].score) // what fills up comes below what speaks for itself
	}
	filled := map[uint32]bool{}
	for _, to := range popular {
		if len(picks) >= most {
			break
		}
		if open(to.item) && t.of(to.item) == 0 {
			picks = append(picks, pick{item: to.item, score: scale * float64(to.score), popular: true})
			filled[to.item] = true
		}
	}
	for _, n := range candidates {
		if len(picks) >= most {
			break
		}
		if t.of(n) == 0 && !filled[n] {
			picks = append(picks, pick{item: n})
		}
	}
	sc.picks = picks
	return picks
}

// suggest puts an answer into words.
func suggest(g *generation, picks []pick, sc *scratch) []recommend.Suggestion {
	answer := make([]recommend.Suggestion, len(picks))
	for i, p := range picks {
		answer[i] = recommend.Suggestion{Item: g.name(p.item), Score: p.score}
		switch {
		case p.popular:
			answer[i].Reasons = []recommend.Reason{{Kind: recommend.Popular, Share: 1}}
		case p.score > 0:
			answer[i].Reasons = []recommend.Reason{{Kind: recommend.SimilarToRecent, Items: because(p.item, sc.lists), Share: 1}}
		}
	}
	return answer
}

// because returns the items that speak most for one, at most three.
func because(item uint32, lists []list) []string {
	const most = 3
	var values [most]float64
	var ids [most]string
	n := 0
	for _, l := range lists {
		i, found := slices.BinarySearchFunc(l.links, item, func(to link, item uint32) int { return cmp.Compare(to.item, item) })
		if !found {
			continue
		}
		v, id := l.weight*float64(l.links[i].score), l.item
		for k := range most {
			if k == n || v > values[k] {
				values[k], v = v, values[k]
				ids[k], id = id, ids[k]
				if k == n {
					n++
					break
				}
			}
		}
	}
	return slices.Clone(ids[:n])
}
