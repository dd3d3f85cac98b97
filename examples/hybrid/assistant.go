package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
	"github.com/zhushou-ai/zhushou/assistant/route"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// policy is what may leave: documents and bank cards never, other personal data masked, and ten turns of
// the conversation, without those that stayed on the device.
const policy = `{
  "name": "hybrid",
  "trusted": {
    "data": {"documents": "keep", "bank_card": "keep"},
    "other": "mask",
    "consent": "none",
    "history": {"turns": 10}
  }
}`

// newAssistant makes one assistant of the engine on this machine and a model in the cloud.
func newAssistant(cloud assistant.Model, now func() time.Time, recorder route.Recorder) (*assistant.Assistant, error) {
	rules, err := route.ParsePolicy(strings.NewReader(policy))
	if err != nil {
		return nil, err
	}
	router, err := route.New(route.Config{
		Device: route.Tier{Model: ondevice.New(ondevice.Config{Now: now})},
		Clouds: []route.Tier{{
			Name:    "cloud",
			Title:   "云端",
			Place:   route.Trusted,
			Model:   middleware.Wrap(cloud, guard.Mask{}.Wrap, middleware.Timeout{First: 10 * time.Second}.Wrap),
			Masks:   true,
			Recalls: true,
		}},
		Policy:   rules,
		Recorder: recorder,
		Now:      now,
	})
	if err != nil {
		return nil, err
	}
	return &assistant.Assistant{
		Model:        router,
		Instructions: "你是手机上的中文助手，回答简短。",
		Tools:        tools(now),
		Sessions:     assistant.NewMemory(),
	}, nil
}

type alarm struct {
	At time.Time `json:"at" jsonschema:"响铃的时间"`
}

// tools are what the device can do. They only say that they did it.
func tools(now func() time.Time) []assistant.Tool {
	var alarms []time.Time
	return []assistant.Tool{
		assistant.MustTool(assistant.ToolSpec{
			Name: "set_alarm", Description: "设闹钟", Answer: "好的，{at}叫你。", Serial: true,
			Examples: []string{"{at}叫我起床", "{at}叫我", "定一个{at}的闹钟", "设个{at}的闹钟"},
		}, func(_ context.Context, in alarm) (alarm, error) {
			if !in.At.After(now()) {
				return in, fmt.Errorf("这个时间已经过去了")
			}
			alarms = append(alarms, in.At)
			return in, nil
		}),
		assistant.MustTool(assistant.ToolSpec{
			Name: "set_timer", Description: "倒计时", Answer: "好的，{length}倒计时开始。",
			Examples: []string{"倒计时{length}", "定一个{length}的倒计时", "{length}以后叫我"},
		}, func(context.Context, struct {
			Length assistant.Duration `json:"length" jsonschema:"多长时间"`
		}) (struct{}, error) {
			return struct{}{}, nil
		}),
		assistant.MustTool(assistant.ToolSpec{
			Name: "list_alarms", Description: "看闹钟", ReadOnly: true, Serial: true,
			Examples: []string{"我有哪些闹钟", "看看闹钟", "都设了什么闹钟"},
		}, func(context.Context, struct{}) (string, error) {
			if len(alarms) == 0 {
				return "现在没有闹钟。", nil
			}
			var said []string
			for _, at := range alarms {
				said = append(said, at.Format("1月2日15:04"))
			}
			return "有这些闹钟：" + strings.Join(said, "、") + "。", nil
		}),
	}
}
