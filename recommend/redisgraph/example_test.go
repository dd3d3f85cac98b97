package redisgraph_test

import (
	"context"
	"fmt"
	"iter"

	"github.com/redis/go-redis/v9"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/learn"
	"github.com/zhushou-ai/zhushou/recommend/redisgraph"
)

// rows makes a learned graph, whose items have numbers, into what is published.
func rows(graph *learn.Graph, ids []string) iter.Seq2[redisgraph.Row, error] {
	return func(yield func(redisgraph.Row, error) bool) {
		for n, id := range ids {
			row := redisgraph.Row{Item: id}
			for _, to := range graph.Neighbours(int32(n)) {
				row.Neighbours = append(row.Neighbours, redisgraph.Neighbour{Item: ids[to.Item], Score: to.Score})
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func Example() {
	ctx := context.Background()
	var h learn.Histories
	h.Add([]learn.Taken{{Item: 0, Weight: 1}, {Item: 1, Weight: 1}})
	h.Add([]learn.Taken{{Item: 0, Weight: 1}, {Item: 1, Weight: 1}, {Item: 2, Weight: 1}})
	graph, err := learn.NewGraph(ctx, &h, learn.DefaultGraph(), 0)
	if err != nil {
		fmt.Println(err)
		return
	}

	client := redis.NewUniversalClient(redisgraph.Options("127.0.0.1:6379"))
	defer client.Close()
	store, err := redisgraph.New(client, redisgraph.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	ids := []string{"龙井", "茶杯", "茶壶"}
	if _, err := store.Publish(ctx, redisgraph.Content{Rows: rows(graph, ids), Items: len(ids)}); err != nil {
		fmt.Println(err)
		return
	}
	_ = store.Record(ctx, recommend.Event{User: "小明", Item: "龙井", Kind: recommend.Buy})
	list, err := store.Recommend(ctx, recommend.Query{User: "小明"})
	fmt.Println(list, err) // 茶杯, then 茶壶
}
