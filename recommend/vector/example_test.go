package vector_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/recommend/vector"
)

func Example() {
	// Embeddings come from a model; these have three numbers: 茶, 酒, 送礼.
	names := []string{"西湖龙井礼盒", "普洱茶饼", "茅台酒", "青岛啤酒", "茶具套装"}
	embeddings := [][]float32{{0.9, 0, 0.6}, {1, 0, 0.1}, {0, 0.9, 0.7}, {0, 1, 0}, {0.7, 0, 0.7}}

	index, err := vector.New(vector.Config{Dims: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, e := range embeddings {
		if err := index.Put(int32(i), e); err != nil {
			fmt.Println(err)
			return
		}
	}
	soldOut := map[int32]bool{4: true}
	hits, err := index.Search(context.Background(), vector.Query{
		Vector: []float32{0.8, 0.1, 0.8}, // 想送人一点茶
		Limit:  3,
		Keep:   func(id int32) bool { return !soldOut[id] },
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, h := range hits {
		fmt.Printf("%s %.2f\n", names[h.ID], h.Score)
	}
	// Output:
	// 西湖龙井礼盒 0.98
	// 普洱茶饼 0.77
	// 茅台酒 0.50
}
