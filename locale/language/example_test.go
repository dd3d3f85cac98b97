package language_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/locale/language"
)

func Example() {
	for _, text := range []string{"今天天气很好", "我哋去睇戲", "今日はいい天気", "안녕하세요", "How are you?"} {
		fmt.Println(language.Detect(text).Language)
	}
	// Output:
	// zh
	// yue
	// ja
	// ko
	// en
}

func ExampleRuns() {
	text := "请翻译“ありがとう”和 thank you"
	for run := range language.Runs(text) {
		fmt.Printf("%s %q\n", run.Language, text[run.Start:run.End])
	}
	// Output:
	// zh "请翻译“"
	// ja "ありがとう”"
	// zh "和 "
	// en "thank you"
}
