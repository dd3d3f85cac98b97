package langchain_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms/openai"
	"github.com/tmc/langchaingo/memory"
	"github.com/tmc/langchaingo/schema"
	"github.com/tmc/langchaingo/tools"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/providers/langchain"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

// A chain of langchaingo, answered by one of our vendors.
func ExampleToLLM() {
	// This server stands in for the vendor's.
	server, err := providertest.Start(providertest.Config{Vendor: providertest.Qwen()})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	server.Script(providertest.Answer{Text: "你好,小王!"}, providertest.Answer{Text: "你叫小王。"})
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()

	model, err := qwen.New(qwen.Config{
		Key: assistant.Secret(server.Key), BaseURL: server.URL, HTTPClient: &http.Client{Transport: transport},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	chain := chains.NewConversation(langchain.ToLLM(model), memory.NewConversationBuffer())
	for _, question := range []string{"我叫小王。", "我叫什么?"} {
		answer, err := chains.Run(context.Background(), chain, question)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(answer)
	}
	// Output:
	// 你好,小王!
	// 你叫小王。
}

// A client of langchaingo, with a tool of langchaingo, in an assistant.
func ExampleFromLLM() {
	// This server stands in for the vendor's.
	server, err := providertest.Start(providertest.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	server.Script(
		providertest.Answer{Calls: []assistant.ToolCall{{ID: "call_1", Name: "calculator", Arguments: `{"input":"23 * 17"}`}}},
		providertest.Answer{Text: "一共391元。"})
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()

	llm, err := openai.New(
		openai.WithToken(server.Key), openai.WithBaseURL(server.URL), openai.WithModel("gpt-4o"),
		openai.WithHTTPClient(&http.Client{Transport: langchain.Transport(transport)}))
	if err != nil {
		fmt.Println(err)
		return
	}
	calculator, err := langchain.FromTool(tools.Calculator{}, assistant.ToolSpec{Description: "计算一个算式"})
	if err != nil {
		fmt.Println(err)
		return
	}
	a := &assistant.Assistant{
		Model: langchain.FromLLM(llm, langchain.Config{}),
		Tools: []assistant.Tool{calculator},
	}
	fmt.Println(a.Ask(context.Background(), "23盒茶,每盒17元,一共多少钱?"))
	// Output: 一共391元。 <nil>
}

// A store of langchaingo as the knowledge of an assistant.
func ExampleFromVectorStore() {
	// In place of pgvector, Milvus, Qdrant and so on.
	store := langchain.FromVectorStore(&shelf{docs: []schema.Document{
		{PageContent: "签收后七天内可以退货。", Metadata: map[string]any{"title": "退货须知"}},
		{PageContent: "满一百元包邮。", Metadata: map[string]any{"title": "运费"}},
	}})
	passages, err := store.Search(context.Background(), "退货", 3)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(passages), passages[0].Text)

	search, err := store.Tool(assistant.ToolSpec{}, 3)
	if err != nil {
		fmt.Println(err)
		return
	}
	a := &assistant.Assistant{
		Model: assistanttest.Script( // in place of a vendor's model
			assistanttest.Call("search_passages", `{"query":"退货"}`),
			assistanttest.Say("七天内可以退货[1]。")),
		Tools: []assistant.Tool{search},
	}
	fmt.Println(a.Ask(context.Background(), "多久内可以退货?"))
	// Output:
	// 1 签收后七天内可以退货。
	// 七天内可以退货[1]。 <nil>
}

// A tool of ours for langchaingo's agents.
func ExampleToTool() {
	stock := assistant.MustTool(assistant.ToolSpec{Name: "stock", Description: "查库存"},
		func(_ context.Context, in struct {
			Goods string `json:"goods" jsonschema:"商品名"`
		}) (string, error) {
			return in.Goods + "还有12盒", nil
		})
	tool, err := langchain.ToTool(stock)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tool.Call(context.Background(), "龙井"))
	// Output: 龙井还有12盒 <nil>
}
