package segment_test

import (
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

func Example() {
	fmt.Println(strings.Join(segment.Words("王小明1998年3月在清華大學買了3本書。"), " / "))
	// Output: 王小明 / 1998年 / 3月 / 在 / 清華 / 大學 / 買 / 了 / 3 / 本 / 書 / 。
}

func ExampleSegmenter_Cut() {
	g := &segment.Segmenter{}
	for token := range g.Cut("我爱北京天安门。") {
		if token.Class == segment.Word {
			fmt.Println(token.Start, token.Text, token.Tag)
		}
	}
	// Output:
	// 0 我 r
	// 3 爱 v
	// 6 北京 ns
	// 12 天安门 ns
}

func ExampleDictionary() {
	var words segment.Dictionary
	if err := words.Add("云原生", 0, segment.Noun); err != nil {
		fmt.Println(err)
		return
	}
	g := &segment.Segmenter{Dictionary: &words}
	for token := range g.Cut("雲原生专家") {
		fmt.Println(token.Text)
	}
	// Output:
	// 雲原生
	// 专家
}

func ExampleKeywords() {
	for _, word := range segment.Keywords("图书馆昨天开放，读者都说图书馆很安静。", 2) {
		fmt.Println(word.Text, word.Count)
	}
	// Output:
	// 图书馆 2
	// 安静 1
}
