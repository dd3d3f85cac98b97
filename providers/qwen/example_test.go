package qwen_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/providertest"
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

func ExampleNewImageGenerator() {
	// This server stands in for the vendor's, as above.
	vendor, err := providertest.Start(providertest.Config{Vendor: providertest.Qwen()})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer vendor.Close()
	painter, err := qwen.NewImageGenerator(qwen.ImageConfig{
		Config:       qwen.Config{BaseURL: vendor.URL, Key: assistant.Secret(vendor.Key), Model: "wan2.7-image"},
		Fetch:        true, // addresses expire
		PollInterval: time.Millisecond,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	pictures, err := painter.GenerateImages(context.Background(), &assistant.ImageRequest{Prompt: "一只在竹林里的熊猫", Width: 1024, Height: 1024})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(pictures), pictures[0].MIME, len(pictures[0].Data) > 0)
	// Output: 1 image/png true
}
