package significance_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/recommend/eval/significance"
)

func Example() {
	// 同样十位用户在两个推荐器下的召回率。
	graph := []float64{0.4, 0.2, 0.5, 0.3, 0.6, 0.4, 0.1, 0.5, 0.3, 0.7}
	popular := []float64{0.2, 0.2, 0.3, 0.1, 0.4, 0.5, 0.0, 0.2, 0.2, 0.3}
	c, err := significance.Compare(context.Background(), graph, popular, significance.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("差 %.2f，置换检验 p = %.4f，胜 %d 负 %d，显著：%v\n", c.Difference.Mean, c.Permutation, c.Wins, c.Losses, c.Significant(0.05))
	// Output:
	// 差 0.16，置换检验 p = 0.0156，胜 8 负 1，显著：true
}
