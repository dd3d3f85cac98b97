package providertest

import (
	"encoding/json"

	"github.com/zhushou-ai/zhushou/assistant"
)

// greeting is the smallest request.
func greeting() *assistant.Request {
	return &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}}
}

// conversation is a request with most of what a request can hold that every vendor takes: a system
// message, finished turns, a finished tool call, two tools.
func conversation() *assistant.Request {
	return &assistant.Request{
		Messages: []assistant.Message{
			assistant.System("你是天气助手。"),
			assistant.User("杭州今天热吗?"),
			{Role: assistant.RoleAssistant, Parts: []assistant.Part{
				assistant.Text{Text: "我查一下。"},
				assistant.ToolCall{ID: "call_1", Name: "get_weather", Arguments: `{"city":"杭州"}`},
			}},
			assistant.Results(assistant.ToolResult{
				ID: "call_1", Name: "get_weather", Parts: []assistant.Part{assistant.Text{Text: "晴,12到20度"}},
			}),
			assistant.Answer("不热,最高20度。"),
			assistant.User("那上海呢?"),
		},
		Tools: []*assistant.ToolSpec{weatherTool(), clockTool()},
		Stop:  []string{"再见"},
	}
}

func weatherTool() *assistant.ToolSpec {
	return &assistant.ToolSpec{
		Name:        "get_weather",
		Description: "查询一个城市的天气",
		Schema:      json.RawMessage(`{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}`),
	}
}

func clockTool() *assistant.ToolSpec {
	return &assistant.ToolSpec{Name: "now", Description: "现在几点"}
}

func severalSystem() *assistant.Request {
	return &assistant.Request{Messages: []assistant.Message{
		assistant.System("第一条:你是助手。"),
		assistant.User("你好"),
		assistant.System("第二条:说话简短。"),
		assistant.Answer("你好!"),
		assistant.User("再见"),
	}}
}

func explicitZeros() *assistant.Request {
	r := greeting()
	r.Temperature, r.PresencePenalty = assistant.Some(0.0), assistant.Some(0.0)
	r.Seed = assistant.Some[int64](0)
	return r
}

func withChoice(c assistant.ToolChoice) func() *assistant.Request {
	return func() *assistant.Request {
		r := withTools()
		r.ToolChoice = c
		return r
	}
}

func withPicture() *assistant.Request {
	png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	return &assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: []assistant.Part{
		assistant.Text{Text: "图里是什么?"},
		assistant.Image{Media: assistant.Media{URL: "https://example.com/a.png"}},
		assistant.Image{Media: assistant.Media{Data: png}},
	}}}}
}

// afterCall is a conversation whose last message is the result of a call without text beside it.
func afterCall(result assistant.ToolResult) *assistant.Request {
	result.ID, result.Name = "call_1", "now"
	return &assistant.Request{
		Messages: []assistant.Message{
			assistant.User("几点了?"),
			{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "call_1", Name: "now", Arguments: "{}"}}},
			assistant.Results(result),
		},
		Tools: []*assistant.ToolSpec{clockTool()},
	}
}

func failedResult() *assistant.Request {
	return afterCall(assistant.ToolResult{Parts: []assistant.Part{assistant.Text{Text: "时钟坏了"}}, Error: true})
}

func emptyResult() *assistant.Request { return afterCall(assistant.ToolResult{}) }

func foreignReasoning() *assistant.Request {
	return &assistant.Request{Messages: []assistant.Message{
		assistant.User("你好"),
		{Role: assistant.RoleAssistant, Parts: []assistant.Part{
			assistant.Reasoning{Text: "别家的思考", Vendor: "another", Model: "m", Opaque: []byte("foreign-blob")},
			assistant.Text{Text: "你好!"},
		}},
		assistant.User("再见"),
	}}
}

func withSchema() *assistant.Request {
	return &assistant.Request{
		Messages: []assistant.Message{assistant.User("抽取姓名,按 JSON 返回:张三")},
		Format: assistant.Format{
			Kind: assistant.FormatSchema, Strict: true,
			Schema: json.RawMessage(`{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}`),
		},
	}
}

// everything asks for all that a request can ask for.
func everything() *assistant.Request {
	r := withTools()
	r.SingleTool = true
	r.Thinking = assistant.Thinking{Mode: assistant.On, Effort: assistant.EffortHigh}
	r.Search = assistant.Search{Mode: assistant.On}
	r.Temperature, r.TopP, r.TopK = assistant.Some(0.7), assistant.Some(0.9), 40
	r.FrequencyPenalty, r.PresencePenalty = assistant.Some(0.5), assistant.Some(0.5)
	r.Seed = assistant.Some[int64](42)
	r.Stop = []string{"完"}
	r.MaxTokens = 512
	r.User = "u-1"
	return r
}
