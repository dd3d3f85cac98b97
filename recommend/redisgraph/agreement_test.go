package redisgraph

import (
	"bufio"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// world is people's histories and the graph that was learned from them in process.
type world struct {
	histories learn.Histories
	graph     *learn.Graph
	settings  learn.GraphSettings
}

func itemName(i int32) string { return fmt.Sprintf("item-%d", i) }
func userName(u int) string   { return fmt.Sprintf("user-%d", u) }

// The kinds of events of a world, by their numbers in the histories.
var kinds = []recommend.Kind{recommend.View, recommend.Cart, recommend.Buy}

func learned(tb testing.TB, h learn.Histories, settings learn.GraphSettings) *world {
	tb.Helper()
	g, err := learn.NewGraph(tb.Context(), &h, settings, 0)
	require.NoError(tb, err)
	return &world{h, g, settings}
}

// content is what is published of a world.
func (w *world) content() Content {
	c := Content{Items: w.histories.Items, Recency: float64(w.settings.Recency), Kinds: map[recommend.Kind]float64{}}
	for i, weight := range w.settings.Kinds {
		c.Kinds[kinds[i]] = float64(weight)
	}
	c.Rows = w.rows()
	counts := make([]float32, w.histories.Items)
	for _, t := range w.histories.Taken {
		counts[t.Item]++
	}
	for i, n := range counts {
		c.Popular = append(c.Popular, Neighbour{itemName(int32(i)), n})
	}
	return c
}

func (w *world) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for i := range int32(w.histories.Items) {
			row := Row{Item: itemName(i)}
			for _, hit := range w.graph.Neighbours(i) {
				row.Neighbours = append(row.Neighbours, Neighbour{itemName(hit.Item), hit.Score})
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// events are what people did.
func (w *world) events() []recommend.Event {
	var events []recommend.Event
	for u := range w.histories.People() {
		for _, t := range w.histories.Profile(u) {
			events = append(events, recommend.Event{User: userName(u), Item: itemName(t.Item), Kind: kinds[t.Kind],
				Weight: float64(t.Weight), Time: time.Unix(t.Time, 0)})
		}
	}
	return events
}

// answer is what the process itself answers a person: the best items the person does not have.
func (w *world) answer(user, most int, s *learn.Scratch) []learn.Hit {
	scores := make([]float32, w.histories.Items)
	profile := w.histories.Profile(user)
	w.graph.Score(scores, profile, s)
	for _, t := range profile {
		scores[t.Item] = learn.Bar
	}
	return learn.Top(nil, scores, most, s)
}

// agree fails unless Redis serves a person what the process answers: the same items in the same order with scores
// within 1e-4, where items whose scores differ by less than rounding may change places.
func (w *world) agree(tb testing.TB, s *Store, user, most int, scratch *learn.Scratch) {
	tb.Helper()
	const rounding = 1e-5
	want := w.answer(user, most+50, scratch)
	scores := map[string]float64{}
	for _, h := range want {
		scores[itemName(h.Item)] = float64(h.Score)
	}
	got, err := s.Recommend(tb.Context(), recommend.Query{User: userName(user), Limit: most})
	require.NoError(tb, err)
	require.Len(tb, got, min(most, len(want)))
	for i, a := range got {
		if want[i].Score == 0 {
			require.Equal(tb, recommend.Popular, a.Reasons[0].Kind, "nothing speaks for the rest")
			break
		}
		require.InEpsilon(tb, scores[a.Item], a.Score, 1e-4, "score of %s for %s", a.Item, userName(user))
		if a.Item != itemName(want[i].Item) {
			require.InEpsilon(tb, want[i].Score, scores[a.Item], rounding, "place %d for %s", i, userName(user))
		}
	}
}

// testAgreement compares answers with those of the graph in process.
func testAgreement(t *testing.T, client redis.UniversalClient) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		var h learn.Histories
		for range 400 {
			profile := make([]learn.Taken, 1+r.IntN(40))
			for i := range profile {
				profile[i] = learn.Taken{
					Item: int32(float64(600) * r.Float64() * r.Float64()), Kind: learn.Kind(r.IntN(len(kinds))),
					Weight: float32(1 + r.IntN(3)), Time: int64(1_700_000_000 + 1000*i),
				}
			}
			h.Add(profile)
		}
		h.Items = max(h.Items, 600)
		settings := learn.DefaultGraph()
		settings.Kinds = []float32{1, 2.5, 4}
		settings.Recency = 0.8
		settings.Limit = 50 * int(seed) // the first one keeps all
		w := learned(t, h, settings)
		s := store(t, client, Config{})
		publish(t, s, w.content())
		require.NoError(t, s.Record(t.Context(), w.events()...))
		var scratch learn.Scratch
		for u := range h.People() {
			w.agree(t, s, u, 20, &scratch)
		}
	}
}

// gowalla reads the check-ins of Gowalla. The data is not part of the project; without it the test is skipped.
func gowalla(tb testing.TB) learn.Histories {
	f, err := os.Open(filepath.Join(practice.Path(tb, "data/recommend/gowalla"), "train.txt"))
	require.NoError(tb, err)
	defer f.Close()
	var h learn.Histories
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var profile []learn.Taken
		for _, field := range strings.Fields(lines.Text())[1:] {
			n, err := strconv.Atoi(field)
			require.NoError(tb, err)
			profile = append(profile, learn.Taken{Item: int32(n), Weight: 1, Time: 1_700_000_000})
		}
		h.Add(profile)
	}
	require.NoError(tb, lines.Err())
	return h
}
