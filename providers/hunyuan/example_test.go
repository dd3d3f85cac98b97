package hunyuan_test

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/hunyuan"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

func Example() {
	// This server stands in for the vendor's. Without BaseURL the vendor itself is asked, with the
	// key from the environment variable TENCENT_TOKENHUB_API_KEY.
	vendor, err := providertest.Start(providertest.Config{Vendor: providertest.Hunyuan()})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer vendor.Close()
	vendor.Script(providertest.Answer{Reasoning: "简短即可。", Text: "长城是中国古代的军事防御工程。"})

	model, err := hunyuan.New(hunyuan.Config{BaseURL: vendor.URL, Key: assistant.Secret(vendor.Key)})
	if err != nil {
		fmt.Println(err)
		return
	}
	reply, err := assistant.Generate(context.Background(), model, &assistant.Request{
		Messages: []assistant.Message{assistant.User("用一句话介绍长城")},
		Thinking: assistant.Thinking{Mode: assistant.On},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("想:", reply.Message.Reasoning())
	fmt.Println("答:", reply.Text())
	// Output:
	// 想: 简短即可。
	// 答: 长城是中国古代的军事防御工程。
}

func ExampleNewModerator() {
	vendor, err := providertest.Start(providertest.Config{Vendor: providertest.HunyuanNative()})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer vendor.Close()
	moderator, err := hunyuan.NewModerator(hunyuan.ModeratorConfig{CloudConfig: hunyuan.CloudConfig{
		BaseURL: vendor.URL, SecretID: vendor.AccessKey, SecretKey: assistant.Secret(vendor.SecretKey),
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"今天天气不错", "这里有" + providertest.BlockedText} {
		verdict, err := moderator.Moderate(context.Background(), []assistant.Part{assistant.Text{Text: text}})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(verdict.Action, verdict.Categories)
	}
	// Output:
	// pass []
	// block [Abuse]
}
