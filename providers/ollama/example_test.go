package ollama_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func Example() {
	// This server stands in for one that runs Ollama. Without BaseURL the one at OLLAMA_HOST is asked,
	// or the one on this machine.
	server, err := providertest.Start(providertest.Config{Vendor: providertest.Ollama()})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	server.Script(providertest.Answer{Text: "你好!我就在你的机器上。"})

	model, err := ollama.New(ollama.Config{BaseURL: server.Origin, Model: "qwen3:8b"})
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, err := assistant.Generate(context.Background(), model, &assistant.Request{
		Messages: []assistant.Message{assistant.User("你好")},
		Thinking: assistant.Thinking{Mode: assistant.Off},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reply.Text())
	// Output: 你好!我就在你的机器上。
}
