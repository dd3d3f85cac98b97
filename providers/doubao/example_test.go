package doubao_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/doubao"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// fake stands in for the vendor. Without BaseURL the vendor itself is asked, with the key from the
// environment variable ARK_API_KEY.
func fake() (*providertest.Server, doubao.Config) {
	server, err := providertest.Start(providertest.Config{Vendor: providertest.Doubao()})
	if err != nil {
		panic(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return server, doubao.Config{BaseURL: server.URL, Key: assistant.Secret(server.Key), HTTPClient: client}
}

func Example() {
	server, config := fake()
	defer server.Close()
	server.Script(providertest.Answer{Reasoning: "用户问首都。", Text: "中国的首都是北京。"})

	model, err := doubao.New(config)
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, err := assistant.Generate(context.Background(), model, &assistant.Request{
		Messages: []assistant.Message{assistant.User("中国的首都是哪里?")},
		Thinking: assistant.Thinking{Effort: assistant.EffortLow},
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

func ExampleImageGenerator() {
	server, config := fake()
	defer server.Close()

	painter, err := doubao.NewImageGenerator(doubao.ImageConfig{Config: config, Fetch: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	images, err := painter.GenerateImages(context.Background(), &assistant.ImageRequest{Prompt: "写着福字的灯笼", Width: 2048, Height: 2048})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(images[0].MIME, len(images[0].Data) > 0)
	// Output: image/png true
}
