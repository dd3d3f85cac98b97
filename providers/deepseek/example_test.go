package deepseek_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/deepseek"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// fake stands in for the vendor. Without BaseURL the vendor itself is asked, with the key from the
// environment variable DEEPSEEK_API_KEY.
func fake() (*providertest.Server, deepseek.Config) {
	server, err := providertest.Start(providertest.Config{Vendor: providertest.DeepSeek()})
	if err != nil {
		panic(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return server, deepseek.Config{BaseURL: server.URL, Key: assistant.Secret(server.Key), HTTPClient: client}
}

func Example() {
	server, config := fake()
	defer server.Close()
	server.Script(providertest.Answer{Reasoning: "用户问首都。", Text: "中国的首都是北京。"})

	model, err := deepseek.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, err := assistant.Generate(context.Background(), model, &assistant.Request{
		Messages: []assistant.Message{assistant.User("中国的首都是哪里?")},
		Thinking: assistant.Thinking{Effort: assistant.EffortHigh},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("想:", reply.Message.Reasoning())
	fmt.Println("答:", reply.Text())
	// Output:
	// 想: 用户问首都。
	// 答: 中国的首都是北京。
}

func ExampleModel_Fill() {
	server, config := fake()
	defer server.Close()
	server.ScriptFor(providertest.FillService, providertest.Answer{Text: "一去不复返"})

	model, err := deepseek.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	for chunk, err := range model.Fill(context.Background(), deepseek.Gap{Before: "黄鹤", After: ",白云千载空悠悠。"}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Print(chunk.Text)
	}
	fmt.Println()
	// Output: 一去不复返
}
