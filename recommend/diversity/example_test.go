package diversity_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/recommend/diversity"
)

func Example() {
	names := []string{"龙井", "大红袍", "茉莉花茶", "保温杯"}
	const tea, cups = 0, 1
	options := []diversity.Option{
		{Score: 0.9, Categories: []int32{tea}, Brand: -1},
		{Score: 0.8, Categories: []int32{tea}, Brand: -1},
		{Score: 0.7, Categories: []int32{tea}, Brand: -1},
		{Score: 0.6, Categories: []int32{cups}, Brand: -1},
	}
	for _, pick := range diversity.Choose(options, 3, diversity.Rules{PerCategory: 2}) {
		fmt.Println(names[pick])
	}
	// Output:
	// 龙井
	// 大红袍
	// 保温杯
}
