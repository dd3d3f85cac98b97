package tune_test

import (
	"context"
	"fmt"
	"math"

	"github.com/zhushou-ai/zhushou/recommend/eval/tune"
)

func Example() {
	space := tune.Space{
		{Name: "邻居数", Low: 10, High: 500, Log: true, Integer: true},
		{Name: "幂", Values: []float64{0.5, 0.7, 1}},
	}
	// 这里应当用训练集学习、在验证集上评测；为简短起见用一个公式代替。
	recall := func(_ context.Context, p tune.Params) (float64, error) {
		return 0.18 - 0.01*math.Abs(math.Log(p["邻居数"]/200)) - 0.1*math.Abs(p["幂"]-0.7), nil
	}
	history, err := tune.Bayesian(context.Background(), space, recall, tune.Config{Trials: 40})
	if err != nil {
		fmt.Println(err)
		return
	}
	best, _ := history.Best()
	fmt.Printf("试了 %d 次，幂 %.1f，召回率 %.2f\n", len(history.Trials), best.Params["幂"], best.Value)
	// Output:
	// 试了 40 次，幂 0.7，召回率 0.18
}
