package route_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/route"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

func Example() {
	policy, err := route.ParsePolicy(strings.NewReader(`{
		"trusted": {"data": {"documents": "keep"}, "other": "mask", "consent": "none", "history": {"turns": 10}}
	}`))
	if err != nil {
		fmt.Println(err) // a router with a nil policy sends nothing
	}
	cloud := assistanttest.Script( // instead of a vendor's model
		assistanttest.Say("因为短波长的蓝光散射得多。"),
		assistanttest.Say("这是移动的号段。"),
	)
	router, err := route.New(route.Config{
		Device: route.Tier{Model: ondevice.New(ondevice.Config{})},
		Clouds: []route.Tier{{Name: "own", Place: route.Trusted, Model: guard.Mask{}.Wrap(cloud), Masks: true, Recalls: true}},
		Policy: policy,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	timer := assistant.MustTool(assistant.ToolSpec{
		Name: "set_timer", Description: "倒计时", Examples: []string{"倒计时{length}", "定一个{length}的倒计时"}, Answer: "好的，{length}倒计时开始。",
	}, func(context.Context, struct {
		Length assistant.Duration `json:"length"`
	}) (struct{}, error) {
		return struct{}{}, nil
	})
	a := &assistant.Assistant{Model: router, Tools: []assistant.Tool{timer}, Sessions: assistant.NewMemory()}
	for _, s := range []string{"倒计时十分钟", "天为什么是蓝的", "13812345678是哪家的号", "身份证11010519491231002X是哪里的"} {
		for ev, err := range a.Run(context.Background(), "s", assistant.User(s)) {
			if err != nil {
				fmt.Println(err)
			}
			if done, ok := ev.(*assistant.Done); ok {
				origin, _ := route.Of(done.Reply.Message)
				fmt.Printf("%v（%s）：%s\n", origin.Place, origin.Reason, done.Reply.Text())
			}
		}
	}
	sent := cloud.Requests()
	fmt.Println("云端看到：", sent[1].Messages[len(sent[1].Messages)-1].Text())
	// Output:
	// device（a tool result to be said）：好的，10分钟倒计时开始。
	// trusted（no command for the device）：因为短波长的蓝光散射得多。
	// trusted（no command for the device）：这是移动的号段。
	// device（personal data that is kept）：话里有身份证号，按设置不会发到云端，本机又办不了。本机可以：倒计时。
	// 云端看到： 〔手机号1〕是哪家的号
}
