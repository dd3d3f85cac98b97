package measure_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/locale/measure"
)

func Example() {
	fmt.Println(measure.Width("你好, Go"))
	fmt.Println(measure.Truncate("一二三四五", 7, "…"))
	fmt.Println(measure.GraphemeCount("👨‍👩‍👧好"))
	fmt.Println(measure.Tokens("今天天气很好。", measure.O200k))
	// Output:
	// 8
	// 一二三…
	// 2
	// 4
}

func ExampleColumns() {
	wide := measure.Columns{AmbiguousWide: true, Tab: 4}
	fmt.Println(wide.Width("“引”"), wide.Width("一\t二"))
	// Output: 6 6
}

func ExampleSentences() {
	for at, sentence := range measure.Sentences("圆周率是3.14。对吗？他说：“好的。走吧！”然后走了。") {
		fmt.Println(at, sentence)
	}
	// Output:
	// 0 圆周率是3.14。
	// 19 对吗？
	// 28 他说：“好的。走吧！”
	// 61 然后走了。
}

func ExampleSplitter() {
	var splitter measure.Splitter
	for _, piece := range []string{"你", "好。今", "天3", ".5度", "！穿", "厚点"} {
		for _, sentence := range splitter.Add(piece) {
			fmt.Println(sentence.Text)
		}
	}
	for _, sentence := range splitter.Flush() {
		fmt.Println(sentence.Text)
	}
	// Output:
	// 你好。
	// 今天3.5度！
	// 穿厚点
}
