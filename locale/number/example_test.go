package number_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/locale/number"
)

func Example() {
	n, err := number.Parse("三万五")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(n, number.Format(n, number.Lower), number.Format(n, number.Upper))

	for m := range number.Find("一起买两斤苹果，打八五折，大约三十多块") {
		fmt.Println(m.Text, m.Number, m.Number.Approx)
	}
	// Output:
	// 35000 三万五千 叁万伍仟
	// 两 2 false
	// 八五折 0.85 false
	// 大约三十多 30 true
}

func ExampleParse_error() {
	_, err := number.Parse("三亿五亿")
	fmt.Println(err)
	// Output: parse number "三亿五亿": byte 9: '亿' cannot stand here in a number
}
