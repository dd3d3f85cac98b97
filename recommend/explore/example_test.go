package explore_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/zhushou-ai/zhushou/recommend/explore"
)

func Example() {
	ranked := []string{"龙井", "大红袍", "茉莉花茶", "保温杯", "雨伞", "小说"}
	picks := explore.Tail(len(ranked), 3, explore.Options{Rate: 0.5, Slots: 1}, rand.New(rand.NewPCG(3, 0)))
	for _, p := range picks {
		fmt.Printf("%s %.3f\n", ranked[p.Index], p.Propensity)
	}
	// Output:
	// 龙井 1.000
	// 大红袍 1.000
	// 茉莉花茶 0.625
}
