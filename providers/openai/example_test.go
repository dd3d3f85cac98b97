package openai_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/openai"
)

func Example() {
	// This server stands in for one of yours, such as vLLM at http://localhost:8000/v1.
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, text := range []string{"你好", "!有什么", "可以帮你?"} {
			fmt.Fprintf(w, "data: {\"choices\":[{\"delta\":{\"content\":%q}}]}\n\n", text)
		}
		_, _ = io.WriteString(w, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
	}))
	defer server.Close()

	model, err := openai.New(openai.Config{BaseURL: server.URL, Model: "qwen3-8b", HTTPClient: server.Client()})
	if err != nil {
		fmt.Println(err)
		return
	}
	request := &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}}
	for chunk, err := range model.Stream(context.Background(), request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Print(chunk.Text)
	}
	fmt.Println()
	// Output: 你好!有什么可以帮你?
}
