package collate_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/locale/collate"
)

func Example() {
	cities := []string{"上海", "北京", "广州", "重庆"}
	collate.Pinyin.Sort(cities)
	fmt.Println(cities)
	collate.Stroke.Sort(cities)
	fmt.Println(cities)
	// Output:
	// [北京 广州 上海 重庆]
	// [上海 广州 北京 重庆]
}

func ExampleOrder_With() {
	names := collate.Pinyin.With(collate.Options{Names: true})
	list := []string{"单雄信", "曾国藩", "重庆", "Bob", "阿里"}
	names.Sort(list)
	for _, name := range list {
		fmt.Println(names.Bucket(name), name)
	}
	// Output:
	// B Bob
	// A 阿里
	// C 重庆
	// S 单雄信
	// Z 曾国藩
}

func ExampleOptions_numeric() {
	chapters := []string{"第10章", "第2章", "第1章"}
	collate.Pinyin.With(collate.Options{Numeric: true}).Sort(chapters)
	fmt.Println(chapters)
	// Output: [第1章 第2章 第10章]
}
