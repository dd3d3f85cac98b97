package eval_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/split"
)

// took appends events of a user on items.
func took(t testing.TB, data *dataset.Data, user string, items ...string) {
	t.Helper()
	for _, item := range items {
		require.NoError(t, data.Append(dataset.Event{User: user, Item: item}))
	}
}

// stall is a small shop whose figures can be worked out by hand: three people took 茶, one of them 壶
// and one 杯. 小明 goes on to take 杯, 书 and 笔.
func stall(t testing.TB) split.Parts {
	t.Helper()
	train := dataset.New()
	for item, categories := range map[string][]string{"茶": {"饮"}, "壶": {"器"}, "杯": {"器"}, "书": {"文"}, "笔": {"文", "器"}, "本": {"文"}} {
		number := train.Catalogue.Items.Add(item)
		for _, category := range categories {
			train.Catalogue.AddCategory(number, train.Catalogue.Categories.Add(category))
		}
	}
	test := &dataset.Data{Catalogue: train.Catalogue}
	took(t, train, "小明", "茶", "壶")
	took(t, train, "小红", "茶", "杯")
	took(t, train, "小刚", "茶")
	took(t, test, "小明", "杯", "书", "笔")
	return split.Parts{Train: train, Test: test}
}

// always suggests the same items to everybody.
func always(data *dataset.Data, items ...string) eval.Ranker {
	var list []int32
	for _, item := range items {
		number, ok := data.Catalogue.Items.Number(item)
		if !ok {
			number = int32(data.Catalogue.Items.Len()) + 7 // no such item
		}
		list = append(list, number)
	}
	return eval.RankerFunc(func(context.Context, eval.Query) ([]int32, error) { return list, nil })
}

func TestMetricsByHand(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	second := 1 / math.Log2(3) // what a hit at place two gains; at place three it is a half
	nan := math.NaN()
	for name, c := range map[string]struct {
		list   []string
		k      int
		repeat bool
		want   map[eval.Metric]float64
	}{
		"one hit in two": {list: []string{"杯", "本", "笔"}, k: 2, want: map[eval.Metric]float64{
			eval.Recall: 1. / 3, eval.Precision: 1. / 2, eval.NDCG: 1 / (1 + second), eval.HitRate: 1, eval.MRR: 1, eval.MAP: 1. / 2,
			eval.Novelty: math.Log2(3), eval.Popularity: 1. / 2, eval.Diversity: 1,
			// Half of the profile is 饮, of which the list has nothing; half is 器, as in the list.
			eval.Calibration: math.Log(100) / 2,
			eval.Coverage:    1. / 5, // 本 is nobody's, so it is no item of the sets
			eval.Gini:        0.8,    // of 0 0 0 0 1
		}},
		"two hits in three": {list: []string{"杯", "本", "笔"}, k: 3, want: map[eval.Metric]float64{
			eval.Recall: 2. / 3, eval.Precision: 2. / 3, eval.NDCG: 1.5 / (1.5 + second), eval.HitRate: 1, eval.MRR: 1, eval.MAP: (1 + 2./3) / 3,
			eval.Novelty: math.Log2(3), eval.Popularity: 1. / 3, eval.Diversity: (1 + 0.5 + 0.5) / 3, eval.Calibration: math.Log(100) / 2,
		}},
		"a list shorter than the cutoff": {list: []string{"本", "杯"}, k: 5, want: map[eval.Metric]float64{
			eval.Recall: 1. / 3, eval.Precision: 1. / 5, eval.NDCG: second / (1.5 + second), eval.HitRate: 1, eval.MRR: 1. / 2, eval.MAP: 1. / 2 / 3,
		}},
		"no hit": {list: []string{"本"}, k: 3, want: map[eval.Metric]float64{
			eval.Recall: 0, eval.Precision: 0, eval.NDCG: 0, eval.HitRate: 0, eval.MRR: 0, eval.MAP: 0,
			eval.Diversity: nan, eval.Calibration: math.Log(100),
		}},
		"nothing suggested": {list: nil, k: 3, want: map[eval.Metric]float64{
			eval.Recall: 0, eval.Precision: 0, eval.NDCG: 0, eval.HitRate: 0, eval.MRR: 0, eval.MAP: 0,
			eval.Novelty: nan, eval.Popularity: nan, eval.Diversity: nan, eval.Calibration: math.Log(100), eval.Coverage: 0, eval.Gini: nan,
		}},
		"the profile itself": {list: []string{"茶", "壶"}, k: 2, repeat: true, want: map[eval.Metric]float64{
			eval.Recall: 0, eval.Calibration: 0, eval.Popularity: 2, eval.Novelty: math.Log2(3) / 2, eval.Diversity: 1,
		}},
		"proportions of a profile": {list: []string{"笔", "杯"}, k: 2, want: map[eval.Metric]float64{
			// 笔 is half 文, half 器: the list is a quarter 文 and three quarters 器; the profile half 饮, half 器.
			eval.Calibration: 0.5*math.Log(100) + 0.5*math.Log(0.5/(0.99*0.75+0.01*0.5)),
			eval.Diversity:   0.5,
			// 杯 was taken by one of three, 笔 by nobody, which counts as by one.
			eval.Novelty: math.Log2(3), eval.Popularity: 0.5,
		}},
		"all that there is": {list: []string{"笔", "书", "杯"}, k: 3, want: map[eval.Metric]float64{
			eval.Recall: 1, eval.Precision: 1, eval.NDCG: 1, eval.HitRate: 1, eval.MRR: 1, eval.MAP: 1,
			eval.Coverage: 3. / 5, eval.Gini: 0.4, // of 0 0 1 1 1: (0+2+4)/(5·3)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result, err := eval.Run(t.Context(), always(parts.Train, c.list...),
				eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{c.k}, Repeat: c.repeat})
			require.NoError(t, err)
			for metric, want := range c.want {
				got := result.Mean(metric, c.k)
				if math.IsNaN(want) {
					require.True(t, math.IsNaN(got), "%s is %v", metric, got)
					continue
				}
				require.InDelta(t, want, got, 1e-12, metric)
			}
		})
	}
}

// Means are over the users who have a value.
func TestMeansOverUsers(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	took(t, parts.Test, "小红", "书")
	took(t, parts.Test, "小刚", "壶", "杯")
	ask := func(_ context.Context, q eval.Query) ([]int32, error) {
		name := parts.Train.Catalogue.Users.Name(q.User)
		require.Equal(t, len(q.Seen), map[string]int{"小明": 2, "小红": 2, "小刚": 1}[name])
		if name == "小红" {
			return nil, nil
		}
		return always(parts.Train, "杯").Rank(t.Context(), q)
	}
	result, err := eval.Run(t.Context(), eval.RankerFunc(ask), eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{1}})
	require.NoError(t, err)
	require.Equal(t, []float64{1. / 3, 0, 1. / 2}, result.Values(eval.Recall, 1))
	require.InDelta(t, 5./18, result.Mean(eval.Recall, 1), 1e-12)
	require.InDelta(t, 1, result.Mean(eval.Popularity, 1), 1e-12, "小红 has no list and so no popularity")
	require.Equal(t, []int32{2, 2, 1}, result.Taken)
	require.Equal(t, []int32{3, 1, 2}, result.Wanted)
	require.Nil(t, result.Values(eval.Coverage, 1))
	require.True(t, math.IsNaN(result.Mean(eval.Recall, 7)), "a cutoff that was not measured")
}

// Coverage and concentration are of all lists together, each cut.
func TestAcrossLists(t *testing.T) {
	t.Parallel()
	parts := stall(t)
	took(t, parts.Test, "小红", "书")
	took(t, parts.Test, "小刚", "壶")
	lists := map[string][]string{"小明": {"杯", "书"}, "小红": {"壶", "书"}, "小刚": {"杯", "笔"}}
	result, err := eval.Run(t.Context(), eval.ByName(parts.Train.Catalogue, func(_ context.Context, user string, _ eval.Query) ([]string, error) {
		return lists[user], nil
	}), eval.Config{Train: parts.Train, Test: parts.Test, Cutoffs: []int{1, 2}})
	require.NoError(t, err)
	// Of 茶 壶 杯 书 笔 the first places have 壶 once and 杯 twice, in rising order 0 0 0 1 2.
	require.InDelta(t, 2./5, result.Mean(eval.Coverage, 1), 1e-12)
	require.InDelta(t, (2*1+4*2)/(5.*3), result.Mean(eval.Gini, 1), 1e-12)
	// All places: 茶 never, 壶 and 笔 once, 杯 and 书 twice.
	require.InDelta(t, 4./5, result.Mean(eval.Coverage, 2), 1e-12)
	require.InDelta(t, (-4*0-2*1+0*1+2*2+4*2)/(5.*6), result.Mean(eval.Gini, 2), 1e-12)
	require.Equal(t, []int32{0, 1, 2, 2, 1}, listed(t, result, parts, "茶", "壶", "杯", "书", "笔"))
}

// listed returns in how many lists items are.
func listed(t *testing.T, result *eval.Result, parts split.Parts, items ...string) (counts []int32) {
	t.Helper()
	for _, item := range items {
		number, _ := parts.Train.Catalogue.Items.Number(item)
		counts = append(counts, result.ItemListed[slices.Index(result.Items, number)])
	}
	return counts
}

// reference computes recall, precision and NDCG at k in the manner of LightGCN's published code: the
// list as a row of zeroes and ones, the ideal as a row that begins with min(k, |T|) ones.
func reference(list, truth []int32, k int) (recall, precision, ndcg float64) {
	r, ideal := make([]float64, k), make([]float64, k)
	for i := range k {
		if i < len(list) && slices.Contains(truth, list[i]) {
			r[i] = 1
		}
		if i < min(k, len(truth)) {
			ideal[i] = 1
		}
	}
	dcg := func(row []float64) (sum float64) {
		for i, v := range row {
			sum += v * (1 / math.Log2(float64(i+2)))
		}
		return sum
	}
	var right float64
	for _, v := range r {
		right += v
	}
	return right / float64(len(truth)), right / float64(k), dcg(r) / dcg(ideal)
}

// world is random data, and a ranker that gives every user a random list.
type world struct {
	parts split.Parts
	truth map[int32][]int32
	lists map[int32][]int32
}

func newWorld(t testing.TB, seed uint64) world {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 0))
	data := dataset.New()
	const users, items = 40, 60
	for item := range items {
		number := data.Catalogue.Items.Add(string(rune('一' + item)))
		for range random.IntN(3) {
			data.Catalogue.AddCategory(number, data.Catalogue.Categories.Add(string(rune('甲'+random.IntN(5)))))
		}
	}
	w := world{split.Parts{Train: data, Test: &dataset.Data{Catalogue: data.Catalogue}}, map[int32][]int32{}, map[int32][]int32{}}
	for user := range int32(users) {
		name := string(rune('a' + user))
		order := random.Perm(items)
		for _, item := range order[:1+random.IntN(12)] {
			took(t, w.parts.Train, name, string(rune('一'+item)))
		}
		for _, item := range order[20 : 21+random.IntN(25)] {
			took(t, w.parts.Test, name, string(rune('一'+item)))
			w.truth[user] = append(w.truth[user], int32(item))
		}
		for _, item := range random.Perm(40)[:random.IntN(25)] {
			w.lists[user] = append(w.lists[user], int32(order[20+item]))
		}
	}
	return w
}

func (w world) Rank(_ context.Context, q eval.Query) ([]int32, error) { return w.lists[q.User], nil }

func (w world) run(t testing.TB, ranker eval.Ranker, cutoffs ...int) *eval.Result {
	t.Helper()
	result, err := eval.Run(t.Context(), ranker, eval.Config{Train: w.parts.Train, Test: w.parts.Test, Cutoffs: cutoffs})
	require.NoError(t, err)
	return result
}

// The metrics against a second way to compute them.
func TestAgreesWithPublishedConvention(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		w := newWorld(t, seed)
		cutoffs := []int{1, 5, 10, 20}
		result := w.run(t, w, cutoffs...)
		for _, k := range cutoffs {
			for i, user := range result.Users {
				recall, precision, ndcg := reference(w.lists[user], w.truth[user], k)
				require.InDelta(t, recall, result.Values(eval.Recall, k)[i], 1e-12)
				require.InDelta(t, precision, result.Values(eval.Precision, k)[i], 1e-12)
				require.InDelta(t, ndcg, result.Values(eval.NDCG, k)[i], 1e-12)
			}
		}
	}
}

// described computes novelty, popularity, diversity and calibration from maps, with nothing kept from
// one list to the next.
func described(data *dataset.Data, user int32, list []int32) (novelty, popularity, diversity, calibration float64) {
	takers, everybody := map[int32]map[int32]bool{}, map[int32]bool{}
	profile := map[int32]bool{}
	for i, item := range data.Item {
		if takers[item] == nil {
			takers[item] = map[int32]bool{}
		}
		takers[item][data.User[i]], everybody[data.User[i]] = true, true
		if data.User[i] == user {
			profile[item] = true
		}
	}
	shares := func(items []int32) map[int32]float64 {
		out, total := map[int32]float64{}, 0.0
		for _, item := range items {
			for _, c := range data.Catalogue.CategoriesOf(item) {
				share := 1 / float64(len(data.Catalogue.CategoriesOf(item)))
				out[c] += share
				total += share
			}
		}
		for c := range out {
			out[c] /= total
		}
		return out
	}
	var taken []int32
	for item := range profile {
		taken = append(taken, item)
	}
	p, q := shares(taken), shares(list)
	for c := range p {
		calibration += p[c] * math.Log(p[c]/(0.99*q[c]+0.01*p[c]))
	}
	if len(p) == 0 {
		calibration = math.NaN()
	}
	var distances []float64
	for i, a := range list {
		n := float64(len(takers[a]))
		popularity += n / float64(len(list))
		novelty += -math.Log2(max(n, 1)/float64(len(everybody))) / float64(len(list))
		for _, b := range list[i+1:] {
			left, right := data.Catalogue.CategoriesOf(a), data.Catalogue.CategoriesOf(b)
			union := map[int32]bool{}
			for _, c := range slices.Concat(left, right) {
				union[c] = true
			}
			if len(left) > 0 && len(right) > 0 {
				distances = append(distances, 1-float64(len(left)+len(right)-len(union))/float64(len(union)))
			}
		}
	}
	for _, d := range distances {
		diversity += d / float64(len(distances))
	}
	if len(distances) == 0 {
		diversity = math.NaN()
	}
	if len(list) == 0 {
		novelty, popularity = math.NaN(), math.NaN()
	}
	return novelty, popularity, diversity, calibration
}

func TestCharacterOfLists(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		w := newWorld(t, seed)
		result := w.run(t, w, 1, 4, 20)
		for _, k := range result.Cutoffs {
			for i, user := range result.Users {
				list := w.lists[user][:min(k, len(w.lists[user]))]
				novelty, popularity, diversity, calibration := described(w.parts.Train, user, list)
				for metric, want := range map[eval.Metric]float64{eval.Novelty: novelty, eval.Popularity: popularity, eval.Diversity: diversity, eval.Calibration: calibration} {
					got := result.Values(metric, k)[i]
					if math.IsNaN(want) {
						require.True(t, math.IsNaN(got), metric)
						continue
					}
					require.InDelta(t, want, got, 1e-9, "%s@%d", metric, k)
				}
			}
		}
	}
}

func TestIdealListIsPerfect(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		w := newWorld(t, seed)
		ideal := eval.RankerFunc(func(_ context.Context, q eval.Query) ([]int32, error) { return w.truth[q.User], nil })
		result := w.run(t, ideal, 3, 10, 30)
		for _, k := range result.Cutoffs {
			for _, metric := range []eval.Metric{eval.NDCG, eval.HitRate, eval.MRR, eval.MAP} {
				require.InDelta(t, 1, result.Mean(metric, k), 1e-12, "%s@%d", metric, k)
			}
		}
		require.InDelta(t, 1, result.Mean(eval.Recall, 30), 1e-12)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		w := newWorld(t, seed)
		result := w.run(t, w, 1, 5, 20)
		for _, k := range result.Cutoffs {
			for _, metric := range eval.PerUser() {
				for _, v := range result.Values(metric, k) {
					if math.IsNaN(v) {
						continue
					}
					require.GreaterOrEqual(t, v, 0.0, "%s@%d", metric, k)
					switch metric {
					case eval.Novelty:
						require.LessOrEqual(t, v, math.Log2(40))
					case eval.Popularity:
						require.LessOrEqual(t, v, 40.0)
					case eval.Calibration:
						require.LessOrEqual(t, v, math.Log(100)+1e-12)
					default:
						require.LessOrEqual(t, v, 1+1e-12, "%s@%d", metric, k)
					}
				}
			}
			for _, metric := range eval.Overall() {
				require.GreaterOrEqual(t, result.Mean(metric, k), 0.0)
				require.LessOrEqual(t, result.Mean(metric, k), 1.0)
			}
		}
	}
}

// A longer cutoff never lowers recall, hit rate or the first hit.
func TestGrowsWithCutoff(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		w := newWorld(t, seed)
		result := w.run(t, w, 2, 7, 19)
		for _, metric := range []eval.Metric{eval.Recall, eval.HitRate, eval.MRR} {
			for i := range result.Users {
				require.LessOrEqual(t, result.Values(metric, 2)[i], result.Values(metric, 7)[i], metric)
				require.LessOrEqual(t, result.Values(metric, 7)[i], result.Values(metric, 19)[i], metric)
			}
		}
	}
}

// same requires equal figures of all users, to rounding.
func same(t *testing.T, a, b *eval.Result, metrics ...eval.Metric) {
	t.Helper()
	for _, k := range a.Cutoffs {
		for _, metric := range metrics {
			va, vb := a.Values(metric, k), b.Values(metric, k)
			require.Len(t, vb, len(va))
			for i := range va {
				if math.IsNaN(va[i]) {
					require.True(t, math.IsNaN(vb[i]), metric)
					continue
				}
				require.InDelta(t, va[i], vb[i], 1e-12, "%s@%d", metric, k)
			}
		}
	}
}

// What the order of a list cannot change, and what the order of events cannot change.
func TestOrderInvariance(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		w := newWorld(t, seed)
		result := w.run(t, w, 30)
		backwards := eval.RankerFunc(func(_ context.Context, q eval.Query) ([]int32, error) {
			list := slices.Clone(w.lists[q.User])
			slices.Reverse(list)
			return list, nil
		})
		same(t, result, w.run(t, backwards, 30), eval.Recall, eval.Precision, eval.HitRate, eval.Novelty, eval.Diversity, eval.Popularity, eval.Calibration)

		random := rand.New(rand.NewPCG(seed, 1))
		shuffled := w
		shuffled.parts = split.Parts{Train: shuffle(random, w.parts.Train), Test: shuffle(random, w.parts.Test)}
		same(t, result, shuffled.run(t, w, 30), eval.PerUser()...)
	}
}

// shuffle returns the events in another order.
func shuffle(random *rand.Rand, data *dataset.Data) *dataset.Data {
	var events []int32
	for _, i := range random.Perm(data.Len()) {
		events = append(events, int32(i))
	}
	return data.Pick(events)
}

// An event told twice changes nothing: sets are measured, not counts.
func TestRepeatedEventsChangeNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	result := w.run(t, w, 5, 20)
	twice := w
	var err error
	twice.parts.Train, err = dataset.Join(w.parts.Train, w.parts.Train)
	require.NoError(t, err)
	twice.parts.Test, err = dataset.Join(w.parts.Test, w.parts.Test)
	require.NoError(t, err)
	same(t, result, twice.run(t, w, 5, 20), eval.PerUser()...)
}
