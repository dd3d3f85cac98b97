package ondevice_test

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

func Example() {
	alarm := &assistant.ToolSpec{
		Name:        "set_alarm",
		Description: "设置闹钟",
		Schema: json.RawMessage(`{"type":"object","properties":{
			"time":{"type":"string","format":"date-time","description":"闹钟响的时间"}},"required":["time"]}`),
		Examples: []string{"{time}叫我起床", "设一个{time}的闹钟"},
		Answer:   "好的，{time}叫您起床。",
	}
	zone := time.FixedZone("CST", 8*60*60)
	engine := ondevice.New(ondevice.Config{
		Now:  func() time.Time { return time.Date(2026, 3, 4, 10, 0, 0, 0, zone) },
		Help: "联网后我能做更多的事。",
	})
	ctx := context.Background()
	req := &assistant.Request{Tools: []*assistant.ToolSpec{alarm}}
	say := func(m assistant.Message) *assistant.Reply {
		req.Messages = append(req.Messages, m)
		reply, err := assistant.Generate(ctx, engine, req)
		if err != nil {
			panic(err)
		}
		req.Messages = append(req.Messages, reply.Message)
		return reply
	}

	fmt.Println(say(assistant.User("明天叫我起床")).Text())
	call := say(assistant.User("早上七点半吧")).ToolCalls()[0]
	fmt.Println(call.Name, call.Arguments)
	done := assistant.ToolResult{ID: call.ID, Name: call.Name, Parts: []assistant.Part{assistant.Text{Text: `{"ok":true}`}}}
	fmt.Println(say(assistant.Results(done)).Text())
	fmt.Println(say(assistant.User("写一首关于春天的诗")).Text())
	// Output:
	// 请告诉我“明天”具体是几点。
	// set_alarm {"time":"2026-03-05T07:30:00+08:00"}
	// 好的，明天早上7点半叫您起床。
	// 抱歉，这件事我在本机上做不到。我可以帮您：设置闹钟。联网后我能做更多的事。
}

// A lock is a tool that locks doors.
type lock struct{}

func (lock) Spec() *assistant.ToolSpec {
	return &assistant.ToolSpec{
		Name: "lock", Description: "锁门或开门",
		Schema: json.RawMessage(`{"type":"object","properties":{
			"door":{"type":"string","description":"哪扇门"},
			"locked":{"type":"boolean","description":"锁上=true，打开=false"}},"required":["door","locked"]}`),
	}
}

func (lock) Call(context.Context, assistant.ToolCall) ([]assistant.Part, error) { return nil, nil }

func ExampleEngine_Train() {
	engine := ondevice.New(ondevice.Config{})
	err := engine.Train(context.Background(), []ondevice.Skill{{
		Tool:    lock{},
		Phrases: []string{"[请]把{door}(给我|)(锁上|锁好)", "[请]{locked}{door}", "{door}{locked}"},
		Not:     []string{"{door}锁了吗"},
	}})
	if err != nil {
		panic(err)
	}
	home := map[string]*ondevice.Names{"door": ondevice.NewNames([]ondevice.Name{
		{Value: "d1", Text: "大门", Aliases: []string{"正门"}}, {Value: "d2", Text: "车库门"},
	})}
	c := ondevice.Context{Tools: []*assistant.ToolSpec{lock{}.Spec()}, Names: home}
	for _, say := range []string{"锁上车库门", "打开正门", "那车库门呢", "车库门锁了吗"} {
		in := engine.Understand(context.Background(), say, c)
		c.State = in.State
		if len(in.Candidates) > 0 && in.Decision() != ondevice.Refuse {
			fmt.Println(in.Decision(), in.Candidates[0].Arguments)
		} else {
			fmt.Println(in.Decision())
		}
	}
	// Output:
	// act {"door":"d2","locked":true}
	// act {"door":"d1","locked":false}
	// act {"door":"d2","locked":false}
	// refuse
}
