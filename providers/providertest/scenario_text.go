package providertest

import (
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// textScenarios are plain answers and reasoning.
func textScenarios(v *Vendor) []Scenario {
	begin := v.delta(`{"role":"assistant","content":""}`)
	long := strings.Repeat("春眠不觉晓,处处闻啼鸟。", 50)
	return []Scenario{
		{
			Name:   "text/plain",
			Stream: SSE(begin, v.text("你"), v.text("好"), v.text(",世界。"), v.finish("stop"), v.usage(stdUsage), done),
			Whole:  v.answer(`{"role":"assistant","content":"你好,世界。"}`, "stop"),
			Want:   Want{Text: "你好,世界。", Usage: stdCount()},
		},
		{
			Name: "text/request id in a header",
			Stream: SSE(begin, v.text("好"), v.finish("stop"), done).
				With("X-Request-Id", "req-header-1"),
			Whole: v.answer(`{"role":"assistant","content":"好"}`, "stop").With("X-Request-Id", "req-header-1"),
			Want:  Want{Text: "好", RequestID: "req-header-1"},
		},
		{
			Name: "text/reasoning first",
			Stream: SSE(
				v.delta(`{"role":"assistant","content":"","reasoning_content":""}`),
				v.delta(`{"content":null,"reasoning_content":"先算"}`),
				v.delta(`{"content":"","reasoning_content":"一算。"}`),
				v.delta(`{"content":"等于","reasoning_content":null}`),
				v.delta(`{"content":"四","reasoning_content":""}`),
				v.finish("stop"), v.usage(stdUsage), done,
			),
			Whole: v.answer(`{"role":"assistant","content":"等于四","reasoning_content":"先算一算。"}`, "stop"),
			Want:  Want{Text: "等于四", Reasoning: "先算一算。", Usage: stdCount()},
		},
		{
			Name: "text/reasoning again after text",
			Stream: SSE(
				v.delta(`{"reasoning_content":"想"}`), v.text("一"),
				v.delta(`{"reasoning_content":"再想"}`), v.text("二"), v.finish("stop"), done,
			),
			Want: Want{Text: "一二", Reasoning: "想再想"},
		},
		{
			Name: "text/null fields",
			Stream: SSE(
				v.delta(`{"role":"assistant","content":null,"reasoning_content":null,"tool_calls":null,"function_call":null,"refusal":null}`),
				v.delta(`{"content":"好","tool_calls":[]}`),
				v.delta(`{"content":null}`),
				v.chunk(`[{"index":0,"finish_reason":null,"delta":{}}]`, "null"),
				v.finish("stop"), done,
			),
			Whole: v.answer(`{"role":"assistant","content":"好","reasoning_content":null,"tool_calls":null,"refusal":null}`, "stop"),
			Want:  Want{Text: "好"},
		},
		{
			Name:   "text/role on every chunk",
			Stream: SSE(v.delta(`{"role":"assistant","content":"你"}`), v.delta(`{"role":"assistant","content":"好"}`), v.finish("stop"), done),
			Want:   Want{Text: "你好"},
		},
		{
			Name:   "text/no finish_reason key before the end",
			Stream: SSE(v.chunk(`[{"delta":{"content":"好"},"index":0}]`, ""), v.finish("stop"), done),
			Want:   Want{Text: "好"},
		},
		{
			Name:   "text/empty choices first and between",
			Stream: SSE(v.chunk(`[]`, ""), v.text("你"), v.chunk(`[]`, ""), v.text("好"), v.finish("stop"), done),
			Want:   Want{Text: "你好"},
		},
		{
			Name:   "text/unknown fields",
			Stream: SSE(v.delta(`{"content":"好","audio_meta":{"a":[1,{"content":"不是"}]},"x":[[]]}`), v.finish("stop"), done),
			Whole:  v.answer(`{"role":"assistant","content":"好","annotations":[{"content":"不是"}]}`, "stop"),
			Want:   Want{Text: "好"},
		},
		{
			Name:   "text/escapes",
			Stream: SSE(v.delta(`{"content":"\u4f60\u597d \ud83d\ude00 \"\\\/\b\f\n\r\t \u003ca\u003e"}`), v.finish("stop"), done),
			Whole:  v.answer(`{"role":"assistant","content":"\u4f60\u597d \ud83d\ude00 \"\\\/\b\f\n\r\t \u003ca\u003e"}`, "stop"),
			Want:   Want{Text: "你好 😀 \"\\/\b\f\n\r\t <a>"},
		},
		{
			Name:   "text/white space kept",
			Stream: SSE(v.text("  第一行"), v.text("\n\n"), v.text("\t第二行 "), v.finish("stop"), done),
			Whole:  v.answer(`{"role":"assistant","content":"  第一行\n\n\t第二行 "}`, "stop"),
			Want:   Want{Text: "  第一行\n\n\t第二行 "},
		},
		{
			Name:   "text/half a surrogate pair",
			Stream: SSE(v.delta(`{"content":"好\ud83d"}`), v.text("的"), v.finish("stop"), done),
			Whole:  v.answer(`{"role":"assistant","content":"好\ud83d的"}`, "stop"),
			Want:   Want{Text: "好\uFFFD的"},
		},
		{
			Name:   "text/long",
			Stream: SSE(append(v.texts(long), v.finish("stop"), v.usage(stdUsage), done)...),
			Whole:  v.answer(`{"role":"assistant","content":`+quote(long)+`}`, "stop"),
			Want:   Want{Text: long, Usage: stdCount()},
		},
	}
}

// texts are the events of an answer sent in small pieces.
func (v *Vendor) texts(s string) []string {
	var out []string
	for _, piece := range syllables(s) {
		out = append(out, v.text(piece))
	}
	return out
}

// finishScenarios map the vendor's words for the end, and the ends without a word.
func finishScenarios(v *Vendor) []Scenario {
	var out []Scenario
	add := func(name, reason string, w Want) {
		w.Text = "好"
		out = append(out, Scenario{
			Name:   "finish/" + name,
			Stream: SSE(v.text("好"), v.finish(reason), v.usage(stdUsage), done),
			Whole:  v.answer(`{"role":"assistant","content":"好"}`, reason),
			Want:   w,
		})
	}
	for _, reason := range []string{"stop", "normal", "eos"} {
		add(reason, reason, Want{Finish: finishStop, Usage: stdCount()})
	}
	for _, reason := range []string{"content_filter", "sensitive"} {
		if reason == "sensitive" && v.Name == "hunyuan" {
			continue // there it means more: see the vendor's own scenarios
		}
		add(reason, reason, Want{Finish: []assistant.FinishReason{assistant.FinishFiltered}, Usage: stdCount()})
	}
	add("length", "length", Want{Finish: finishLength, Usage: stdCount()})
	add("unknown word", "repetition_truncation", Want{
		Finish: []assistant.FinishReason{assistant.FinishOther}, RawFinish: "repetition_truncation", Usage: stdCount(),
	})
	add("insufficient_system_resource", "insufficient_system_resource", Want{
		Error: failing(assistant.ErrOverloaded, assistant.ErrServer),
	})
	return append(out,
		Scenario{
			Name:   "finish/with the last text",
			Stream: SSE(v.text("你"), v.chunk(choice(`{"content":"好"}`, "stop"), stdUsage), done),
			Want:   Want{Text: "你好", Usage: stdCount()},
		},
		Scenario{
			Name:   "finish/twice",
			Stream: SSE(v.text("好"), v.finish("stop"), v.chunk(choice(`{"content":""}`, "stop"), ""), v.usage(stdUsage), done),
			Want:   Want{Text: "好", Usage: stdCount()},
		},
		Scenario{
			Name: `finish/the strings "null" and "" are not the end`,
			Stream: SSE(
				v.chunk(choice(`{"content":"你"}`, "null"), ""),
				v.chunk(`[{"index":0,"delta":{"content":"好"},"finish_reason":""}]`, ""),
				v.finish("stop"), v.usage(stdUsage), done),
			Want: Want{Text: "你好", Usage: stdCount()},
		},
		Scenario{
			Name:   "finish/no [DONE]",
			Stream: SSE(v.text("好"), v.finish("stop"), v.usage(stdUsage)),
			Want:   Want{Text: "好", Usage: stdCount()},
		},
		Scenario{
			Name:   "finish/no [DONE] and the connection closed early",
			Stream: SSE(v.text("好"), v.finish("length"), v.usage(stdUsage)).Ending(EndShort),
			Want:   Want{Text: "好", Finish: finishLength, Usage: stdCount()},
		},
		Scenario{
			Name:   "finish/[DONE] but no finish_reason",
			Stream: SSE(v.text("好"), v.usage(stdUsage), done),
			Want:   Want{Text: "好", Finish: []assistant.FinishReason{assistant.FinishStop, assistant.FinishOther}, Usage: stdCount()},
		},
		Scenario{
			Name:   "finish/nothing counts after [DONE]",
			Stream: SSE(v.text("好"), v.finish("stop"), done, v.text("不要"), event("{broken")),
			Want:   Want{Text: "好"},
		},
	)
}
