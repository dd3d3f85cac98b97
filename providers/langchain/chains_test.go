package langchain_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/callbacks"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/memory"
	"github.com/tmc/langchaingo/prompts"
	"github.com/tmc/langchaingo/schema"
	"github.com/tmc/langchaingo/tools"
	"github.com/tmc/langchaingo/vectorstores"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/langchain"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

// openQwen returns our adapter for Qwen as an LLM of langchaingo, and the vendor that answers it.
func openQwen(t *testing.T, script ...providertest.Script) (*langchain.LLM, *providertest.Server) {
	t.Helper()
	srv := providertest.NewServer(t, providertest.Config{Vendor: providertest.Qwen(), Strict: true})
	srv.Script(script...)
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	model, err := qwen.New(qwen.Config{BaseURL: srv.URL, Key: assistant.Secret(srv.Key), HTTPClient: &http.Client{Transport: tr}})
	require.NoError(t, err)
	return langchain.ToLLM(model), srv
}

// prompt returns the text of the last message of a request.
func prompt(t *testing.T, r *providertest.Request) string {
	t.Helper()
	var body struct {
		Messages []struct{ Content string }
	}
	require.NoError(t, r.Decode(&body))
	return body.Messages[len(body.Messages)-1].Content
}

func say(text string) providertest.Script { return providertest.Answer{Text: text} }

func TestLLMChain(t *testing.T) {
	t.Parallel()
	llm, srv := openQwen(t, say("春风茶舍"))
	chain := chains.NewLLMChain(llm, prompts.NewPromptTemplate("给一家卖{{.product}}的公司起个名字。", []string{"product"}))

	name, err := chains.Run(t.Context(), chain, "茶叶", chains.WithTemperature(0), chains.WithMaxTokens(20))

	require.NoError(t, err)
	require.Equal(t, "春风茶舍", name)
	require.Empty(t, srv.Refusals())
	var body map[string]any
	require.NoError(t, srv.Requests()[0].Decode(&body))
	require.Equal(t, 0.0, body["temperature"], "a temperature of 0 is not the vendor's default")
	require.Equal(t, 20.0, body["max_tokens"])
	require.Equal(t, "给一家卖茶叶的公司起个名字。", prompt(t, srv.Requests()[0]))
}

func TestConversationChain(t *testing.T) {
	t.Parallel()
	llm, srv := openQwen(t, say("你好,小王!"), say("你叫小王。"))
	chain := chains.NewConversation(llm, memory.NewConversationBuffer())

	_, err := chains.Run(t.Context(), chain, "我叫小王。")
	require.NoError(t, err)
	answer, err := chains.Run(t.Context(), chain, "我叫什么?")

	require.NoError(t, err)
	require.Equal(t, "你叫小王。", answer)
	require.Contains(t, prompt(t, srv.Requests()[1]), "Human: 我叫小王。\nAI: 你好,小王!")
	require.Empty(t, srv.Refusals())
}

func TestSequentialChain(t *testing.T) {
	t.Parallel()
	llm, srv := openQwen(t, say("两个人在雨天相遇。"), say("一出感人的戏。"))
	first := chains.NewLLMChain(llm, prompts.NewPromptTemplate("为《{{.title}}》写剧情。", []string{"title"}))
	first.OutputKey = "plot"
	second := chains.NewLLMChain(llm, prompts.NewPromptTemplate("剧情:{{.plot}}写一句剧评。", []string{"plot"}))
	second.OutputKey = "review"
	chain, err := chains.NewSequentialChain([]chains.Chain{first, second}, []string{"title"}, []string{"review"})
	require.NoError(t, err)

	out, err := chains.Call(t.Context(), chain, map[string]any{"title": "雨巷"})

	require.NoError(t, err)
	require.Equal(t, "一出感人的戏。", out["review"])
	require.Equal(t, "剧情:两个人在雨天相遇。写一句剧评。", prompt(t, srv.Requests()[1]))
	require.Empty(t, srv.Refusals())
}

// The agent that writes its steps as text.
func TestOneShotAgent(t *testing.T) {
	t.Parallel()
	llm, srv := openQwen(t,
		say("Thought: 要算一下。\nAction: calculator\nAction Input: 23 * 17"),
		say("Thought: 知道了。\nFinal Answer: 391"))
	agent := agents.NewOneShotAgent(llm, []tools.Tool{tools.Calculator{}}, agents.WithMaxIterations(3))

	answer, err := chains.Run(t.Context(), agents.NewExecutor(agent), "23乘以17等于多少?")

	require.NoError(t, err)
	require.Equal(t, "391", answer)
	require.Contains(t, prompt(t, srv.Requests()[1]), "Observation: 391")
	require.Contains(t, string(srv.Requests()[0].Body), `"stop":["\nObservation:","\n\tObservation:"]`)
	require.Empty(t, srv.Refusals())
}

// The agent that calls tools as the vendor's protocol has them.
func TestFunctionsAgent(t *testing.T) {
	t.Parallel()
	llm, srv := openQwen(t,
		providertest.Answer{Calls: []assistant.ToolCall{
			{ID: "call_1", Name: "calculator", Arguments: `{"__arg1":"23 * 17"}`},
			{ID: "call_2", Name: "stock", Arguments: `{"__arg1":"龙井"}`},
		}},
		say("391,龙井还有货。"))
	stock, err := langchain.ToTool(assistant.MustTool(assistant.ToolSpec{Name: "stock", Description: "查库存"},
		func(_ context.Context, in struct {
			Goods string `json:"goods"`
		}) (string, error) {
			return in.Goods + "有12盒", nil
		}))
	require.NoError(t, err)
	var streamed strings.Builder
	agent := agents.NewOpenAIFunctionsAgent(llm, []tools.Tool{tools.Calculator{}, stock})

	answer, err := chains.Run(t.Context(), agents.NewExecutor(agent), "23乘以17等于多少?龙井还有吗?",
		chains.WithStreamingFunc(func(_ context.Context, chunk []byte) error { streamed.Write(chunk); return nil }))

	require.NoError(t, err)
	require.Equal(t, "391,龙井还有货。", answer)
	require.Equal(t, answer, streamed.String(), "calls are not streamed as text")
	require.Empty(t, srv.Refusals())
	body := string(srv.Requests()[1].Body)
	require.Contains(t, body, `{\"__arg1\":\"23 * 17\"}`, "the agent keeps the bare text, which vendors refuse")
	require.Contains(t, body, "391")
	require.Contains(t, body, "龙井有12盒")
}

func TestRetrievalChain(t *testing.T) {
	t.Parallel()
	llm, srv := openQwen(t, say("七天内。"))
	store := &shelf{docs: []schema.Document{{PageContent: "签收后七天内可以退货。"}}}
	chain := chains.NewRetrievalQAFromLLM(llm, vectorstores.ToRetriever(store, 2))

	answer, err := chains.Run(t.Context(), chain, "多久内可以退货?")

	require.NoError(t, err)
	require.Equal(t, "七天内。", answer)
	require.Contains(t, prompt(t, srv.Requests()[0]), "签收后七天内可以退货。")
}

// Chains tell their handlers of the tokens as they come.
func TestChainCallbacks(t *testing.T) {
	t.Parallel()
	llm, _ := openQwen(t, say("床前明月光"))
	h := new(watcher)
	llm.CallbacksHandler = h
	chain := chains.NewLLMChain(llm, prompts.NewPromptTemplate("背一句{{.poet}}的诗", []string{"poet"}))

	_, err := chains.Run(t.Context(), chain, "李白", chains.WithCallback(h))

	require.NoError(t, err)
	require.Equal(t, "床前明月光", h.text.String())
	require.Positive(t, h.tokens)
}

type watcher struct {
	callbacks.SimpleHandler
	text           strings.Builder
	starts, tokens int
	err            error
}

func (w *watcher) HandleLLMGenerateContentStart(context.Context, []llms.MessageContent) { w.starts++ }

func (w *watcher) HandleLLMError(_ context.Context, err error) { w.err = err }

func (w *watcher) HandleStreamingFunc(_ context.Context, chunk []byte) { w.text.Write(chunk) }

func (w *watcher) HandleLLMGenerateContentEnd(_ context.Context, r *llms.ContentResponse) {
	w.tokens, _ = r.Choices[0].GenerationInfo["TotalTokens"].(int)
}
