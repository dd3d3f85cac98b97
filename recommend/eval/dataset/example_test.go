package dataset_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

func Example() {
	ctx := context.Background()
	loader := dataset.NewLoader(dataset.Config{})
	orders := dataset.Table{Header: true, User: "用户", Item: "商品", Kind: "行为", Time: "时间", TimeLayout: "2006-01-02"}
	data, err := loader.Read(ctx, "订单.csv", strings.NewReader(`时间,用户,行为,商品
2026-03-01,小明,浏览,龙井
2026-03-02,小明,购买,龙井
2026-03-02,小红,购买,茶壶`), orders)
	if err != nil {
		fmt.Println(err)
		return
	}
	buy, _ := data.Catalogue.Kinds.Number("购买")
	bought := data.Where(func(event int) bool { return int32(data.KindOf(event)) == buy })
	for i := range bought.User {
		fmt.Println(bought.Catalogue.Users.Name(bought.User[i]), bought.Catalogue.Items.Name(bought.Item[i]))
	}

	_, err = loader.Read(ctx, "坏.csv", strings.NewReader("时间,用户,行为,商品\n三月一日,小明,浏览,龙井"), orders)
	var bad *dataset.Error
	fmt.Println(errors.As(err, &bad), bad.File, bad.Line)
	// Output:
	// 小明 龙井
	// 小红 茶壶
	// true 坏.csv 2
}
