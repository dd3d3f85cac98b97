package qwen_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

func Example() {
	// This server stands in for the vendor's. Without BaseURL the vendor itself is asked, with the
	// key from the environment variable DASHSCOPE_API_KEY.
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, `data: {"choices":[{"delta":{"reasoning_content":"用户问首都。"}}]}

data: {"choices":[{"delta":{"content":"中国的首都是北京。"},"finish_reason":"stop"}]}

data: {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":9,"total_tokens":21}}

data: [DONE]

`)
	}))
	defer server.Close()

	model, err := qwen.New(qwen.Config{Key: "sk-example", BaseURL: server.URL, HTTPClient: server.Client()})
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, err := assistant.Generate(context.Background(), model, &assistant.Request{
		Messages: []assistant.Message{assistant.User("中国的首都是哪里?")},
		Thinking: assistant.Thinking{Mode: assistant.On, Budget: 1024},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("想:", reply.Message.Reasoning())
	fmt.Println("答:", reply.Text())
	fmt.Println("用量:", reply.Usage.Total)
	// Output:
	// 想: 用户问首都。
	// 答: 中国的首都是北京。
	// 用量: 21
}
