package recommend

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// world makes random but repeatable goods, events and queries.
type world struct {
	*rand.Rand
	items, users int
}

func newWorld(seed uint64) *world {
	return &world{rand.New(rand.NewPCG(seed, 42)), 80, 30}
}

var (
	someCategories = []string{"茶叶", "杯具", "日用", "雨具", "图书"}
	someWords      = []string{"绿茶", "保温杯", "礼盒", "雨伞", "小说", "usb 500ml"}
	someKinds      = []Kind{View, View, View, Cart, Buy, Buy, Like, Rate, Skip, NotInterested}
)

func pick[T any](w *world, of []T) T { return of[w.IntN(len(of))] }

func (w *world) item() string { return fmt.Sprint("i", w.IntN(w.items)) }
func (w *world) user() string { return fmt.Sprint("u", w.IntN(w.users)) }

func (w *world) catalogue() []Item {
	items := make([]Item, w.items)
	for i := range items {
		items[i] = Item{
			ID: fmt.Sprint("i", i), Title: pick(w, someWords) + pick(w, someWords),
			Categories: []string{pick(w, someCategories)}, Price: Fen(w.Int64N(10000)),
			Unavailable: w.IntN(8) == 0, RebuyDays: w.IntN(2) * 20,
		}
	}
	return items
}

func (w *world) events(n int) []Event {
	events := make([]Event, n)
	for i := range events {
		events[i] = Event{
			User: w.user(), Item: w.item(), Kind: pick(w, someKinds),
			Time: now.Add(-time.Duration(w.IntN(200*24)) * time.Hour),
		}
		if events[i].Kind == Rate {
			events[i].Weight = float64(1 + w.IntN(5))
		}
	}
	return events
}

func (w *world) query() Query {
	q := Query{Now: now, Limit: 1 + w.IntN(30), Seen: w.IntN(2) == 0, Diversity: float64(w.IntN(3)) / 2}
	if w.IntN(4) > 0 {
		q.User = w.user()
	}
	if w.IntN(2) == 0 {
		q.Text = pick(w, someWords)
	}
	for range w.IntN(4) {
		q.Recent = append(q.Recent, w.item())
		q.Exclude = append(q.Exclude, w.item())
	}
	if w.IntN(4) == 0 {
		for range 10 {
			q.Candidates = append(q.Candidates, w.item())
		}
	}
	if w.IntN(4) == 0 {
		q.Rules = Rules{
			PerCategory: w.IntN(4), Freshness: w.Float64(), Block: Match{Items: []string{w.item()}},
			Boosts: []Boost{{Match{Categories: []string{pick(w, someCategories)}}, 0.5 + w.Float64()}},
		}
		q.Calibration = float64(w.IntN(2)) / 2
	}
	if w.IntN(4) == 0 {
		q.Explore = Explore{Rate: 0.5, Seed: w.Uint64()}
	}
	if w.IntN(3) == 0 {
		q.Filter = Filter{Categories: []string{pick(w, someCategories)}, MaxPrice: Fen(8000)}
	}
	return q
}

func (w *world) engine(t *testing.T, catalogue []Item, events []Event) *Engine {
	engine := New(Config{})
	require.NoError(t, engine.Put(t.Context(), catalogue...))
	require.NoError(t, engine.Record(t.Context(), events...))
	return engine
}

// learnings are the ways in which an engine can answer.
var learnings = map[string]*LearnOptions{"incremental": nil, "graph": {GraphOnly: true}, "blend": {}}

func learnt(t *testing.T, engine *Engine, options *LearnOptions) *Engine {
	if options != nil {
		_, err := engine.Learn(t.Context(), *options)
		require.NoError(t, err)
		require.NotNil(t, engine.model)
	}
	return engine
}

// TestAnswersKeepTheirPromises checks what has to hold of every answer.
func TestAnswersKeepTheirPromises(t *testing.T) {
	t.Parallel()
	for name, options := range learnings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(6) {
				w := newWorld(seed)
				catalogue, events := w.catalogue(), w.events(1500)
				engine := learnt(t, w.engine(t, catalogue[:70], events[:1400]), options)
				require.NoError(t, engine.Put(t.Context(), catalogue[70:]...)) // the last come after the learning
				require.NoError(t, engine.Record(t.Context(), events[1400:]...))
				byID := map[string]Item{}
				for _, it := range catalogue {
					byID[it.ID] = it
				}
				for range 100 {
					q := w.query()
					list := ask(t, engine, q)
					requireFits(t, q, list, byID)
					require.Equal(t, list, ask(t, engine, q), "the same question has the same answer")
				}
			}
		})
	}
}

func requireFits(t *testing.T, q Query, list []Suggestion, byID map[string]Item) {
	require.LessOrEqual(t, len(list), q.Limit)
	seen, categories := map[string]bool{}, map[string]int{}
	for i, s := range list {
		it, ok := byID[s.Item]
		require.True(t, ok)
		require.False(t, seen[s.Item], "twice")
		seen[s.Item] = true
		require.False(t, it.Unavailable)
		require.NotContains(t, q.Exclude, s.Item)
		require.NotContains(t, q.Recent, s.Item)
		require.NotContains(t, q.Rules.Block.Items, s.Item)
		if len(q.Candidates) > 0 {
			require.Contains(t, q.Candidates, s.Item)
		}
		if len(q.Filter.Categories) > 0 {
			require.Contains(t, q.Filter.Categories, it.Categories[0])
			require.True(t, it.Price.Amount > 0 && it.Price.Amount <= 8000)
		}
		if categories[it.Categories[0]]++; q.Rules.PerCategory > 0 {
			require.LessOrEqual(t, categories[it.Categories[0]], q.Rules.PerCategory)
		}
		if i > 0 && q.Diversity == 0 && q.Calibration == 0 && q.Rules.PerCategory == 0 && q.Explore.Rate == 0 {
			require.LessOrEqual(t, s.Score, list[i-1].Score)
		}
		if q.Explore.Rate > 0 {
			require.True(t, s.Propensity > 0 && s.Propensity <= 1)
		} else {
			require.Zero(t, s.Propensity)
		}
		requireReasons(t, s)
	}
}

func requireReasons(t *testing.T, s Suggestion) {
	var whole float64
	for i, r := range s.Reasons {
		whole += r.Share
		require.True(t, r.Share > 0 && r.Share <= 1.000001, "share %v", r.Share)
		require.NotEmpty(t, r.Text(func(id string) string { return id }))
		require.True(t, i == 0 || r.Share <= s.Reasons[i-1].Share, "largest first")
		require.LessOrEqual(t, len(r.Items), 3)
		switch r.Kind {
		case BoughtTogether, SimilarToRecent:
			require.NotEmpty(t, r.Items)
			require.NotContains(t, r.Items, s.Item, "an item is not its own reason")
		case SameCategory, MatchesText:
			require.NotEmpty(t, r.Value)
		}
	}
	require.LessOrEqual(t, whole, 1.000001)
}

// TestOptedOutPeopleGetTheSameList asks for a thousand pairs of people, who opted out of one query or of all.
func TestOptedOutPeopleGetTheSameList(t *testing.T) {
	t.Parallel()
	for name, options := range learnings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(10) {
				w := newWorld(seed)
				engine := learnt(t, w.engine(t, w.catalogue(), w.events(1500)), options)
				require.NoError(t, engine.Personalize(t.Context(), "u7", false))
				for range 100 {
					q := w.query()
					q.NonPersonal = true
					other := q
					other.User, other.Recent, other.Context = w.user(), []string{w.item()}, map[string]string{"城市": "杭州"}
					want := ask(t, engine, q)
					require.Equal(t, want, ask(t, engine, other))
					other.User, other.NonPersonal = "u7", false
					require.Equal(t, want, ask(t, engine, other), "for good")
				}
			}
		})
	}
}

// TestForgottenIsAsIfNeverSeen compares an engine that forgot people with one that never met them.
func TestForgottenIsAsIfNeverSeen(t *testing.T) {
	t.Parallel()
	for name, options := range learnings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(6) {
				w := newWorld(seed)
				catalogue, events := w.catalogue(), w.events(1500)
				gone := []string{"u1", "u2", "u3", "没来过"}
				events = append([]Event{{User: "u1", Item: "只有他看过"}}, events...) // who leaves brought an item that nobody knew
				forgot := learnt(t, w.engine(t, catalogue, events), options)
				kept := slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return slices.Contains(gone, e.User) })
				never := learnt(t, w.engine(t, catalogue, kept), options)
				for range 20 {
					ask(t, forgot, w.query()) // so that something is there to be forgotten
				}
				require.NoError(t, forgot.Personalize(t.Context(), "u1", false))
				require.NoError(t, forgot.Forget(t.Context(), gone...))
				for i := range 5 { // newcomers take the places left
					act(t, forgot, Buy, fmt.Sprint("新人", i, " ", catalogue[i].ID))
					act(t, never, Buy, fmt.Sprint("新人", i, " ", catalogue[i].ID))
				}
				requireSameAnswers(t, w, never, forgot)
				export, err := forgot.Export(t.Context(), "u1")
				require.NoError(t, err)
				require.JSONEq(t, `{"user":"u1","personalized":true,"events":[],"interests":[]}`, string(export))
			}
		})
	}
}

func requireSameAnswers(t *testing.T, w *world, one, two *Engine) {
	t.Helper()
	for range 100 {
		q := w.query()
		want, got := ask(t, one, q), ask(t, two, q)
		require.Equal(t, ids(want), ids(got))
		for i := range want {
			require.InDelta(t, want[i].Score, got[i].Score, 1e-6)
		}
	}
}

// TestIDsBreakTies fills one engine with the catalogue backwards.
func TestIDsBreakTies(t *testing.T) {
	t.Parallel()
	w := newWorld(7)
	catalogue, events := w.catalogue(), w.events(1500)
	one := w.engine(t, catalogue, events)
	slices.Reverse(catalogue)
	two := w.engine(t, catalogue, events)
	for range 100 {
		q := w.query()
		want, got := ask(t, one, q), ask(t, two, q)
		require.Equal(t, ids(want), ids(got), "the order of the catalogue does not matter")
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	w := newWorld(1)
	catalogue, events := w.catalogue(), w.events(600)
	engine := w.engine(t, catalogue, events[:300])
	var all sync.WaitGroup
	for k := range 4 {
		w := newWorld(uint64(k))
		all.Go(func() {
			for range 150 {
				q := w.query()
				list, err := engine.Recommend(t.Context(), q)
				if err != nil || len(list) > q.Limit {
					t.Errorf("got %d of %d, %v", len(list), q.Limit, err)
				}
				engine.Title(w.item())
			}
		})
	}
	all.Go(func() {
		for i, e := range events[300:] {
			changes := []error{engine.Record(t.Context(), e, Event{User: fmt.Sprint("新人", i), Item: fmt.Sprint("新品", i)})}
			switch i % 10 {
			case 3:
				changes = append(changes, engine.Put(t.Context(), Item{ID: fmt.Sprint("新品", i), Categories: []string{fmt.Sprint("类", i)}}))
			case 5:
				changes = append(changes, engine.Forget(t.Context(), e.User))
			case 7:
				changes = append(changes, engine.Remove(t.Context(), e.Item))
			case 8:
				_, err := engine.Learn(t.Context(), LearnOptions{GraphOnly: i%20 == 8, Reuse: true})
				changes = append(changes, err, engine.HideInterest(t.Context(), e.User, Interest{Kind: InCategory, Value: "茶叶"}))
			}
			for _, err := range changes {
				if err != nil {
					t.Error(err)
				}
			}
		}
	})
	all.Wait()
}
