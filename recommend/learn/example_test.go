package learn_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/recommend/learn"
)

func Example() {
	names := []string{"绿茶", "茶壶", "茶杯", "跑鞋", "运动袜", "水壶"}
	taken := func(items ...int32) (profile []learn.Taken) {
		for at, item := range items {
			profile = append(profile, learn.Taken{Item: item, Weight: 1, Time: int64(at)})
		}
		return profile
	}
	h := &learn.Histories{Items: len(names)}
	h.Add(taken(0, 1, 2))
	h.Add(taken(1, 2))
	h.Add(taken(0, 2))
	h.Add(taken(3, 4, 5))
	h.Add(taken(3, 4))

	graph, err := learn.NewGraph(context.Background(), h, learn.DefaultGraph(), 0)
	if err != nil {
		fmt.Println(err)
		return
	}

	var scratch learn.Scratch
	profile := taken(0, 1) // 买过绿茶和茶壶
	scores := make([]float32, h.Items)
	graph.Score(scores, profile, &scratch)
	for _, t := range profile {
		scores[t.Item] = learn.Bar // 买过的不再推荐
	}
	best := learn.Top(nil, scores, 1, &scratch)[0]
	fmt.Printf("推荐%s，因为买过", names[best.Item])
	for _, share := range graph.Explain(profile, best.Item, &scratch) {
		fmt.Printf("%s（%.0f%%）", names[share.Item], 100*share.Value/best.Score)
	}
	fmt.Println()
	// Output: 推荐茶杯，因为买过绿茶（50%）茶壶（50%）
}
