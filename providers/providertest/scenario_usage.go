package providertest

import "github.com/zhushou-ai/zhushou/assistant"

// usageScenarios place the usage wherever vendors do, in all its forms.
func usageScenarios(v *Vendor) []Scenario {
	stop := choice(`{}`, "stop")
	const running = `{"prompt_tokens":12,"completion_tokens":1,"total_tokens":13}`
	out := []Scenario{
		{
			Name:   "usage/on a chunk without choices",
			Stream: SSE(v.text("好"), v.chunk(stop, ""), v.usage(stdUsage), done),
			Want:   Want{Text: "好", Usage: stdCount()},
		},
		{
			Name:   "usage/on the finish chunk",
			Stream: SSE(v.text("好"), v.chunk(stop, stdUsage), done),
			Want:   Want{Text: "好", Usage: stdCount()},
		},
		{
			Name:   "usage/on the last text",
			Stream: SSE(v.chunk(choice(`{"content":"好"}`, ""), stdUsage), v.chunk(stop, ""), done),
			Want:   Want{Text: "好", Usage: stdCount()},
		},
		{
			Name: "usage/on every chunk",
			Stream: SSE(
				v.chunk(choice(`{"content":"你"}`, ""), running), v.chunk(choice(`{"content":"好"}`, ""), running),
				v.chunk(stop, running), v.usage(stdUsage), done),
			Want: Want{Text: "你好", Usage: stdCount()},
		},
		{
			Name:   "usage/null does not erase",
			Stream: SSE(v.text("好"), v.chunk(stop, stdUsage), v.usage("null"), done),
			Want:   Want{Text: "好", Usage: stdCount()},
		},
		{
			Name:   "usage/none",
			Stream: SSE(v.text("好"), v.chunk(stop, ""), done),
			Want:   Want{Text: "好", Usage: new(assistant.Usage)},
		},
	}
	forms := []struct {
		name, usage string
		want        assistant.Usage
	}{
		{
			"details missing", `{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}`,
			assistant.Usage{Input: 12, Output: 5, Total: 17},
		},
		{
			"details null", `{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_tokens_details":null,"completion_tokens_details":null}`,
			assistant.Usage{Input: 12, Output: 5, Total: 17},
		},
		{
			"details zero", `{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}`,
			assistant.Usage{Input: 12, Output: 5, Total: 17, CacheRead: assistant.Some(0), Reasoning: assistant.Some(0)},
		},
		{
			"total missing", `{"prompt_tokens":12,"completion_tokens":5}`,
			assistant.Usage{Input: 12, Output: 5, Total: 17},
		},
		{
			"cache hit and miss", `{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_cache_hit_tokens":8,"prompt_cache_miss_tokens":4}`,
			assistant.Usage{Input: 12, Output: 5, Total: 17, CacheRead: assistant.Some(8)},
		},
		{
			"cache creation", `{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":0,"cache_creation_input_tokens":10,"cache_type":"ephemeral"}}`,
			assistant.Usage{Input: 12, Output: 5, Total: 17, CacheRead: assistant.Some(0), CacheWrite: assistant.Some(10)},
		},
	}
	for _, f := range forms {
		whole := JSON(200, v.Completion(v.Model, message(`{"role":"assistant","content":"好"}`, "stop"), f.usage))
		out = append(out, Scenario{
			Name:   "usage/" + f.name,
			Stream: SSE(v.text("好"), v.chunk(stop, ""), v.usage(f.usage), done),
			Whole:  whole,
			Want:   Want{Text: "好", Usage: &f.want},
		})
	}
	return out
}
