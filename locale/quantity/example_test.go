package quantity_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/quantity"
)

func Example() {
	for m := range quantity.Find("今天零下3度，跑了五公里，买了三斤二两苹果") {
		fmt.Println(m.Text, m.Quantity)
	}
	n, err := quantity.Convert(number.FromInt(3), quantity.Jin, quantity.Kilogram)
	fmt.Println(n, err)
	// Output:
	// 零下3度 -3摄氏度
	// 五公里 5公里
	// 三斤二两 3.2斤
	// 1.5 <nil>
}

func ExampleConvert_error() {
	_, err := quantity.Convert(number.FromInt(1), quantity.Kilometre, quantity.Kilogram)
	fmt.Println(err)
	// Output: convert 公里 to 公斤: 长度 and 质量 are not the same kind of quantity
}

func ExampleOptions() {
	hongKong := quantity.Options{Yuan: quantity.Currency("HKD")}
	q, err := hongKong.Parse("三百二十块")
	fmt.Println(q, q.Unit.Code(), err)

	for m := range quantity.Find("预算至少5万元，每人3到5本书，不超过1.5公斤") {
		fmt.Println(m.Text, m.Quantity, m.Quantity.Bound)
	}
	// Output:
	// 320港元 HKD <nil>
	// 至少5万元 50000元 AtLeast
	// 3到5本 3~5本 Between
	// 不超过1.5公斤 1.5公斤 AtMost
}
