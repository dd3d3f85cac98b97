package split_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
	"github.com/zhushou-ai/zhushou/recommend/eval/split"
)

func Example() {
	data, err := dataset.NewLoader(dataset.Config{}).Read(context.Background(), "订单",
		strings.NewReader("小明 龙井 茶壶 茶杯\n小红 茶杯 龙井 毛笔 宣纸\n"), dataset.Lists{Ordered: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	parts, err := split.LeaveOut(data, split.Config{Test: 1, Valid: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, user := range parts.Test.User {
		fmt.Println(data.Catalogue.Users.Name(user), data.Catalogue.Items.Name(parts.Test.Item[i]))
	}
	fmt.Println(parts.Train.Len(), parts.Valid.Len(), parts.Test.Len())
	// Output:
	// 小明 茶杯
	// 小红 宣纸
	// 3 2 2
}
