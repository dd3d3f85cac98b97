package guard_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
	"github.com/zhushou-ai/zhushou/locale/match"
)

// The vendor never sees the number; the person does.
func ExampleMask() {
	vendor := assistanttest.Script(assistanttest.Say("好的，稍后给〔手机号1〕回电。"))
	model := guard.Mask{}.Wrap(vendor)
	reply, err := assistant.Generate(context.Background(), model, &assistant.Request{
		Messages: []assistant.Message{assistant.User("我的手机是13812345678，请回电")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(vendor.Requests()[0].Messages[0].Text())
	fmt.Println(reply.Text())
	// Output:
	// 我的手机是〔手机号1〕，请回电
	// 好的，稍后给13812345678回电。
}

// Words of two categories: one is hidden, the other ends the answer.
func ExampleGuard() {
	words, err := match.New(match.Config{Words: []match.Word{
		{Text: "甪玎", Category: "A.2.d"},
		{Text: "龘龗", Category: "A.1.g"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	rules, err := profile.Open("gbt-45654-2025")
	if err != nil {
		fmt.Println(err)
		return
	}
	model := guard.Guard{
		Profile: rules,
		Actions: []profile.Rule{{Categories: []string{"A.2"}, Stages: []guard.Stage{guard.Output}, Action: guard.Redact}},
		Words:   []guard.Pack{{Name: "own", Load: guard.Fixed(words)}},
		Answers: map[string]string{"*": "换个话题吧。"},
	}.Wrap(assistanttest.Script(assistanttest.Say("这里有甪玎。"), assistanttest.Say("这里有龘龗。")))
	for range 2 {
		reply, err := assistant.Generate(context.Background(), model, &assistant.Request{Messages: []assistant.Message{assistant.User("有什么？")}})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(reply.Finish, reply.Text())
	}
	// Output:
	// stop 这里有●●。
	// refusal 换个话题吧。
}
