package ask_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/recommend/ask"
)

func Example() {
	reader, err := ask.New(ask.Vocabulary{
		Categories: []string{"茶叶", "杯具"},
		Also:       map[string][]string{"茶叶": {"茶"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	wish := reader.Read("推荐三款送妈妈的生日礼物，三百以内，不要茶")
	for _, t := range wish.Terms {
		fmt.Println(t.Kind, t.Text, t.Not)
	}
	fmt.Println(wish.Filter.MaxPrice, wish.Count)
	// Output:
	// recipient 妈妈 false
	// occasion 生日 false
	// thing 礼物 false
	// category 茶 true
	// ¥300.00 3
}
