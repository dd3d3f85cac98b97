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

func ExampleOptions() {
	strict := number.Options{Mode: number.Strict}
	_, err := strict.Parse("三万五")
	fmt.Println(err)

	low, high, _ := number.Options{}.ParseRange("三到五百")
	fmt.Println(low, high)

	for m := range (number.Options{Kinds: number.Ordinal}).Find("第三方说他得了第三名") {
		fmt.Println(m.Text, m.Number)
	}
	// Output:
	// parse number "三万五": byte 0: not written out in full
	// 300 500
	// 第三 3
}

func ExampleChinese() {
	fmt.Println(number.Chinese("2026年3月销量涨了8%"))
	fmt.Println(number.Arabic("二〇二六年三月销量涨了百分之八"))
	// Output:
	// 二零二六年三月销量涨了百分之八
	// 2026年3月销量涨了8%
}

func ExampleForm() {
	n, _ := number.Parse("1680.05")
	fmt.Println(number.Format(n, number.Cheque))
	fmt.Println(number.Form{Decimals: 3}.Format(n))
	// Output:
	// 壹仟陆佰捌拾元零伍分
	// 一千六百八十点零五零
}
