package pangu_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/pangu"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// fake stands in for the vendor. Without BaseURL the vendor itself is asked, with keys from the
// environment.
func fake() (*providertest.Server, *http.Client) {
	server, err := providertest.Start(providertest.Config{Vendor: providertest.Huawei()})
	if err != nil {
		panic(err)
	}
	return server, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}

func Example() {
	server, client := fake()
	defer server.Close()
	server.Script(providertest.Answer{Text: "贵阳是贵州省省会。"})

	model, err := pangu.New(pangu.Config{BaseURL: server.URL, Key: assistant.Secret(server.Key), HTTPClient: client})
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, err := assistant.Generate(context.Background(), model, &assistant.Request{
		Messages: []assistant.Message{assistant.User("用一句话介绍贵阳")},
		Thinking: assistant.Thinking{Mode: assistant.Off},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reply.Text())
	// Output: 贵阳是贵州省省会。
}

func ExampleModerator() {
	server, client := fake()
	defer server.Close()

	moderator, err := pangu.NewModerator(pangu.ModeratorConfig{
		BaseURL: server.Origin, AccessKey: server.AccessKey, SecretKey: assistant.Secret(server.SecretKey), ProjectID: "p1", HTTPClient: client,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	verdict, err := moderator.Moderate(context.Background(), []assistant.Part{assistant.Text{Text: "这里有" + providertest.BlockedText}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(verdict.Action, verdict.Categories)
	// Output: block [abuse]
}
