package eval_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/recommend/eval"
	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/split"
)

func Example() {
	ctx := context.Background()
	data, err := dataset.NewLoader(dataset.Config{}).Read(ctx, "订单", strings.NewReader(`
小明 龙井 茶壶 茶杯 普洱
小红 龙井 茶杯 茶壶
小刚 毛笔 宣纸 墨 龙井
小丽 毛笔 宣纸 砚台`), dataset.Lists{Ordered: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	parts, err := split.LeaveOut(data, split.Config{Test: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	always := eval.ByName(data.Catalogue, func(context.Context, string, eval.Query) ([]string, error) {
		return []string{"茶壶"}, nil
	})
	for name, ranker := range map[string]eval.Ranker{"热门": eval.MostPopular(parts.Train), "只推茶壶": always} {
		result, err := eval.Run(ctx, ranker, eval.Config{Name: name, Train: parts.Train, Test: parts.Test, Cutoffs: []int{2}})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s：命中率 %.2f，NDCG %.2f，覆盖率 %.2f\n", name,
			result.Mean(eval.HitRate, 2), result.Mean(eval.NDCG, 2), result.Mean(eval.Coverage, 2))
	}
	// Unordered output:
	// 热门：命中率 0.25，NDCG 0.25，覆盖率 0.50
	// 只推茶壶：命中率 0.25，NDCG 0.25，覆盖率 0.12
}
