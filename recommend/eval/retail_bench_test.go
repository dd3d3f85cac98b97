package eval_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/significance"
	"github.com/zhushou-ai/zhushou/recommend/eval/split"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// BenchmarkRetailRocket asks what people of a shop bought next, of what they had never touched, and compares popularity,
// a graph of the purchases alone, and the engine, which is told of views and carts, too. Nobody's profile, neither in
// learning nor in asking, knows what they did after the purchase asked for. The purchases asked for are
//
//   - timed: everybody's last one of those that are published with their times, and all that was bought in the same
//     second. Profiles end before that second, and have nothing left of what is asked for. Five in six people have no
//     purchase before it, so that the graph of purchases has for them what is popular.
//   - published: those that the publishers of the data held back, everybody's last one. Their times are not published;
//     each is not before the last purchase that is, so what came after that is cut off. Of people with several published
//     purchases nine in ten made their last one within hours of another: most of what is asked for will be of one order
//     with what is known, which tells much.
//   - published, without the order: profiles end before the last purchase that is published. It is the least that the
//     engine can do: who bought again later did more before that than is left.
func BenchmarkRetailRocket(b *testing.B) {
	shop := retailRocket(b)
	for _, asked := range []struct {
		name string
		ask  func() (parts split.Parts, moment map[int32]int64)
	}{
		{"timed", func() (split.Parts, map[int32]int64) { return shop.timed(b) }},
		{"published", func() (split.Parts, map[int32]int64) { return shop.published(1) }},
		{"published, without the order", func() (split.Parts, map[int32]int64) { return shop.published(0) }},
	} {
		b.Run(asked.name, func(b *testing.B) {
			parts, moment := asked.ask()
			for b.Loop() {
				shop.compare(b, parts, moment)
			}
		})
	}
}

// retail is the events of a shop, kinds of events being those of the engine.
type retail struct {
	events *dataset.Data
	held   *dataset.Data // purchases that were held back, without times
	buy    uint8
}

func retailRocket(b *testing.B) *retail {
	var events, held []dataset.Event
	for _, kind := range []recommend.Kind{recommend.View, recommend.Cart, recommend.Buy} {
		for lines := practice.Lines(b, "data/recommend/retail_rocket/train."+string(kind)+".tsv"); lines.Scan(); {
			var user, item string
			var at int64
			_, err := fmt.Sscan(lines.Text(), &user, &item, &at)
			require.NoError(b, err)
			events = append(events, dataset.Event{User: user, Item: item, Kind: string(kind), Time: time.Unix(at, 0)})
		}
	}
	for lines := practice.Lines(b, "data/recommend/retail_rocket/test.txt"); lines.Scan(); {
		list := strings.Fields(lines.Text())
		for _, item := range list[1:] {
			held = append(held, dataset.Event{User: list[0], Item: item, Kind: string(recommend.Buy)})
		}
	}
	s := &retail{events: dataset.New()}
	s.held = &dataset.Data{Catalogue: s.events.Catalogue}
	require.NoError(b, s.events.Append(events...))
	require.NoError(b, s.held.Append(held...))
	buy, _ := s.events.Catalogue.Kinds.Number(string(recommend.Buy))
	s.buy = uint8(buy)
	return s
}

// lastBuy returns when each user bought something last, as far as it is published.
func (s *retail) lastBuy() map[int32]int64 {
	last := map[int32]int64{}
	for i, user := range s.events.User {
		if s.events.KindOf(i) == s.buy {
			last[user] = max(last[user], s.events.Time[i])
		}
	}
	return last
}

// published asks for what the publishers held back, of profiles that end so many milliseconds after the last purchase that
// is published.
func (s *retail) published(after int64) (split.Parts, map[int32]int64) {
	last := s.lastBuy()
	train := s.events.Where(func(i int) bool { return s.events.Time[i] < last[s.events.User[i]]+after })
	return split.Parts{Train: train, Test: s.held}, last
}

// timed asks for the last purchases that have times.
func (s *retail) timed(b *testing.B) (split.Parts, map[int32]int64) {
	parts, err := split.LastOf(s.events, string(recommend.Buy))
	require.NoError(b, err)
	return parts, s.lastBuy()
}

// compare measures the three and reports how they differ.
func (s *retail) compare(b *testing.B, parts split.Parts, moment map[int32]int64) {
	bought := parts.Train.Where(func(i int) bool { return parts.Train.KindOf(i) == s.buy })
	var results []*eval.Result
	for _, r := range []struct {
		name   string
		ranker eval.Ranker
	}{
		{"popularity", eval.MostPopular(bought)},
		{"buys-graph", graphOf(b, bought)},
		{"blend", blendOf(b, parts.Train, moment)},
	} {
		result, err := eval.Run(b.Context(), r.ranker, eval.Config{Name: r.name, Train: parts.Train, Test: parts.Test, Cutoffs: []int{20}})
		require.NoError(b, err)
		results = append(results, result)
		b.ReportMetric(result.Mean(eval.Recall, 20), r.name+"-recall@20")
		b.ReportMetric(result.Mean(eval.NDCG, 20), r.name+"-ndcg@20")
	}
	blend := results[2]
	for _, other := range results[:2] {
		for _, metric := range []eval.Metric{eval.Recall, eval.NDCG} {
			c, err := eval.Compare(b.Context(), blend, other, metric, 20, significance.Config{})
			require.NoError(b, err)
			b.Logf("blend against %s, %s@20: %+.4f [%+.4f, %+.4f], p %.4f by bootstrap, %.4f by permutation; %d better, %d worse of %d",
				other.Name, metric, c.Difference.Mean, c.Difference.Low, c.Difference.High, c.Bootstrap, c.Permutation, c.Wins, c.Losses, c.N)
			require.True(b, c.Difference.Mean > 0 && c.Significant(0.05), "the blend is not better than %s by %s", other.Name, metric)
		}
	}
}

// graphOf learns the graph of what was taken together, with its default settings, and fills up with what is popular.
func graphOf(b *testing.B, data *dataset.Data) eval.Ranker {
	h, profiles := histories(data)
	graph, err := learn.NewGraph(b.Context(), h, learn.DefaultGraph(), 0)
	require.NoError(b, err)
	popular := eval.MostPopular(data)
	return eval.RankerFunc(func(ctx context.Context, q eval.Query) ([]int32, error) {
		scores := make([]float32, h.Items)
		var s learn.Scratch
		graph.Score(scores, profiles[q.User], &s)
		for _, item := range q.Seen {
			scores[item] = learn.Bar
		}
		var list []int32
		for _, hit := range learn.Top(nil, scores, q.K, &s) {
			if hit.Score > 0 {
				list = append(list, hit.Item)
			}
		}
		more, err := popular.Rank(ctx, q)
		for _, item := range more {
			if len(list) < q.K && !slices.Contains(list, item) {
				list = append(list, item)
			}
		}
		return list, err
	})
}

// histories are data in the form that learners know, by number of the user.
func histories(data *dataset.Data) (*learn.Histories, [][]learn.Taken) {
	h := &learn.Histories{Items: data.Catalogue.Items.Len()}
	profiles := make([][]learn.Taken, data.Catalogue.Users.Len())
	for user, rows := 0, data.ByUser(); user < rows.Len(); user++ {
		for _, i := range rows.Row(int32(user)) {
			profiles[user] = append(profiles[user], learn.Taken{Item: data.Item[i], Weight: 1, Time: data.Time[i] / 1000})
		}
		h.Add(profiles[user])
	}
	return h, profiles
}

// blendOf is an engine that was told of everything and has learned, asked at the moments given.
func blendOf(b *testing.B, data *dataset.Data, moment map[int32]int64) eval.Ranker {
	engine := recommend.New(recommend.Config{})
	c := data.Catalogue
	var items []recommend.Item
	for i := range c.Items.Len() {
		items = append(items, recommend.Item{ID: c.Items.Name(int32(i))})
	}
	require.NoError(b, engine.Put(b.Context(), items...))
	var events []recommend.Event
	for i, user := range data.User {
		events = append(events, recommend.Event{User: c.Users.Name(user), Item: c.Items.Name(data.Item[i]),
			Kind: recommend.Kind(c.Kinds.Name(int32(data.KindOf(i)))), Time: time.UnixMilli(data.Time[i])})
	}
	require.NoError(b, engine.Record(b.Context(), events...))
	started := time.Now()
	report, err := engine.Learn(b.Context(), recommend.LearnOptions{})
	require.NoError(b, err)
	b.ReportMetric(time.Since(started).Seconds(), "learn-s")
	b.Logf("chosen on %d held back: %+v", report.Held, report.Blend)
	for _, p := range report.Parts {
		b.Logf("  %-12s alone %.4f %.4f, blend without it %.4f %.4f", p.Name, p.Alone.Recall, p.Alone.NDCG, p.Without.Recall, p.Without.NDCG)
	}
	return eval.ByName(c, func(ctx context.Context, user string, q eval.Query) ([]string, error) {
		list, err := engine.Recommend(ctx, recommend.Query{User: user, Limit: q.K, Now: time.UnixMilli(moment[q.User])})
		var ids []string
		for _, suggestion := range list {
			ids = append(ids, suggestion.Item)
		}
		return ids, err
	})
}
