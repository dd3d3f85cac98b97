package zhushou_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// An assistant that sets timers, with no key and no network. To use a vendor's model instead, put what
// providers.Open("qwen/qwen-plus") returns in the place of the engine.
func Example() {
	type timer struct {
		Length assistant.Duration `json:"length" jsonschema:"多长时间"`
	}
	setTimer := assistant.MustTool(assistant.ToolSpec{
		Name:        "set_timer",
		Description: "倒计时",
		Examples:    []string{"定一个{length}的倒计时", "{length}后提醒我"},
		Answer:      "好的，{length}倒计时开始。",
	}, func(_ context.Context, in timer) (string, error) {
		fmt.Println("set a timer for", in.Length.Duration)
		return "", nil
	})
	a := &assistant.Assistant{
		Model: ondevice.New(ondevice.Config{}),
		Tools: []assistant.Tool{setTimer},
	}
	fmt.Println(a.Ask(context.Background(), "帮我定个十分钟的倒计时"))
	// Output:
	// set a timer for 10m0s
	// 好的，10分钟倒计时开始。 <nil>
}
