package eval_test

import (
	"context"
	"fmt"
	"log"

	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/eval"
)

func Example() {
	ctx := context.Background()
	cases := []eval.Case{
		{ID: "1", Text: "日本的首都是哪里？", Want: "东京"},
		{ID: "2", Text: "一年有几个月？", Want: "12|十二"},
	}
	model := assistanttest.Script(assistanttest.Say("日本的首都是東京。"), assistanttest.Say("一年有十个月。"))
	answers, err := eval.Ask(ctx, model, cases, eval.AskConfig{Name: "示例模型"})
	if err != nil {
		log.Fatal(err)
	}
	marks, err := eval.Judge(ctx, answers, eval.Holds())
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range eval.Compare(answers, marks, "holds") {
		fmt.Println(s.Model, s.Passed)
	}
	// Output: 示例模型 1/2 = 50.0% [9.5, 90.5]
}
