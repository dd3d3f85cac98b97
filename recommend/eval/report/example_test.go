package report_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/report"
	"github.com/zhushou-ai/zhushou/recommend/eval/split"
)

func Example() {
	ctx := context.Background()
	data, err := dataset.NewLoader(dataset.Config{}).Read(ctx, "订单",
		strings.NewReader("小明 龙井 茶壶 茶杯\n小红 龙井 茶杯 茶壶\n小刚 毛笔 宣纸 龙井\n"), dataset.Lists{Ordered: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	parts, err := split.LeaveOut(data, split.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := eval.Run(ctx, eval.MostPopular(parts.Train), eval.Config{Name: "热门", Train: parts.Train, Test: parts.Test, Cutoffs: []int{2}})
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := report.New(ctx, report.Config{Title: "茶具店", Notes: []string{"每人留出最后一单"}}, result)
	if err != nil {
		fmt.Println(err)
		return
	}
	var page, table bytes.Buffer
	if err := r.HTML(&page); err != nil {
		fmt.Println(err)
		return
	}
	if err := r.Text(&table); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(page.String(), "<h1>茶具店</h1>"))
	for line := range strings.Lines(table.String()) {
		if !strings.Contains(line, " ms ") { // 延迟每次不同
			fmt.Print(line)
		}
	}
	// Output:
	// true
	// 茶具店          热门
	// recall@2      1.0000
	// ndcg@2        1.0000
	// precision@2   0.5000
	// hitrate@2     1.0000
	// mrr@2         1.0000
	// map@2         1.0000
	// novelty@2     1.4183
	// popularity@2  1.1667
	// coverage@2    0.8000
	// gini@2        0.3333
	// users              3
}
