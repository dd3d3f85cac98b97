package assistant_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

// model stands for a vendor's model, such as providers.Open("qwen/qwen-plus") returns.
var model = func() assistant.Model {
	return assistanttest.Script(
		assistanttest.Call("stock", `{"name":"龙井"}`),
		assistanttest.Say("龙井还有12盒。"),
	)
}

func Example() {
	stock := assistant.MustTool(assistant.ToolSpec{Name: "stock", Description: "查一种茶还有多少盒"},
		func(_ context.Context, in struct {
			Name string `json:"name" jsonschema:"茶的名字"`
		}) (int, error) {
			return map[string]int{"龙井": 12}[in.Name], nil
		})
	a := &assistant.Assistant{
		Model:        model(),
		Instructions: "你是一家茶叶店的导购。",
		Tools:        []assistant.Tool{stock},
		Sessions:     assistant.NewMemory(),
	}
	for ev, err := range a.Run(context.Background(), "user-42", assistant.User("龙井还有吗?")) {
		if err != nil {
			fmt.Println("error:", err)
			return
		}
		switch ev := ev.(type) {
		case *assistant.ToolStarted:
			fmt.Println("查询", ev.Call.Arguments)
		case *assistant.TextDelta:
			fmt.Print(ev.Text)
		}
	}
	// Output:
	// 查询 {"name":"龙井"}
	// 龙井还有12盒。
}

func ExampleAsk() {
	type person struct {
		Name string `json:"name" jsonschema:"姓名"`
		Age  int    `json:"age" jsonschema:"年龄"`
	}
	m := assistanttest.Script(assistanttest.Say(`{"name": "张三", "age": "三十"}`))
	p, _, err := assistant.Ask[person](context.Background(), m, &assistant.Request{
		Messages: []assistant.Message{assistant.User("张三今年三十岁")},
	})
	fmt.Println(p.Name, p.Age, err)
	// Output: 张三 30 <nil>
}
