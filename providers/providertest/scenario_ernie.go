package providertest

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
)

// ernieScenarios are the vendor's safety flags, its search, the place of its counts, and the errors of
// its old protocol, which have status 200.
func ernieScenarios(v *Vendor) []Scenario {
	const count = `{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}`
	plain := &assistant.Usage{Input: 12, Output: 5, Total: 17}
	filtered := []assistant.FinishReason{assistant.FinishFiltered}
	flagged := func(delta, reason, more string) string {
		return fmt.Sprintf(`[{"index":0,"delta":%s,"finish_reason":%s%s}]`, delta, quoteOrNull(reason), more)
	}
	whole := func(text, reason, more string) *Response {
		r := JSON(200, v.Completion(v.Model, fmt.Sprintf(`[{"index":0,"message":{"role":"assistant","content":%s},"finish_reason":%s%s}]`,
			quote(text), quoteOrNull(reason), more), count))
		return &r
	}
	// flag is an answer that a safety rule hit at its end.
	flag := func(name, reason, more string, retracted *assistant.Retraction, text string) Scenario {
		return Scenario{
			Name:   "ernie/" + name,
			Stream: SSE(v.chunk(flagged(`{"role":"assistant","content":"说了"}`, "", `,"flag":0`), ""), v.chunk(flagged(`{"content":"一半"}`, reason, more), ""), v.usage(count), done),
			Whole:  whole("说了一半", reason, more),
			Want:   Want{Text: text, Finish: filtered, Retracted: retracted, Usage: plain},
		}
	}
	retract := func(reason, replacement string, drop bool) *assistant.Retraction {
		return &assistant.Retraction{Reason: reason, Replacement: replacement, DropTurn: drop}
	}
	found := []assistant.Citation{{Index: 1, Title: "示例", URL: "https://example.com/a"}, {Index: 2, Title: "另一个", URL: "https://example.com/b"}}
	const sources = `,"search_results":[{"index":1,"url":"https://example.com/a","title":"示例"},{"index":2,"url":"https://example.com/b","title":"另一个"}]}`
	searched := func(frame string) string { return frame[:len(frame)-1] + sources }
	withSources := func(text, reason string) *Response {
		r := JSON(200, searched(v.Completion(v.Model, message(`{"role":"assistant","content":`+quote(text)+`}`, reason), count)))
		return &r
	}
	out := []Scenario{
		{
			Name:   "ernie/low risk goes on",
			Stream: SSE(v.chunk(flagged(`{"role":"assistant","content":"好"}`, "", `,"flag":1`), ""), v.chunk(flagged(`{}`, "stop", `,"flag":1`), ""), v.usage(count), done),
			Whole:  whole("好", "stop", `,"flag":1`),
			Want:   Want{Text: "好", Usage: plain},
		},
		flag("the chat must stop", "content_filter", `,"flag":2`, nil, "说了一半"),
		flag("the chat must stop for an earlier turn", "content_filter", `,"flag":2,"ban_round":2`, retract("flag 2", "说了一半", true), "说了一半"),
		flag("the text must not be shown", "content_filter", `,"flag":3,"ban_round":-1`, retract("flag 3", "", true), ""),
		flag("the text must be withdrawn", "stop", `,"flag":4`, retract("flag 4", "", true), ""),
		flag("cut without a flag", "content_filter", ``, nil, "说了一半"),
		{
			Name:   "ernie/nothing but a flag",
			Stream: SSE(v.chunk(flagged(`{"role":"assistant","content":""}`, "content_filter", `,"flag":3,"ban_round":-1`), ""), done),
			Whole:  whole("", "content_filter", `,"flag":3,"ban_round":-1`),
			Want:   Want{Finish: filtered, Retracted: retract("flag 3", "", true)},
		},
		{
			Name:   "ernie/the history must be cleared",
			Stream: SSE(v.text("换个话题"), event(`{"id":"`+answerID+`","model":`+quote(v.Model)+`,"need_clear_history":true,"ban_round":-1,"choices":`+choice(`{}`, "stop")+`}`), done),
			Want:   Want{Text: "换个话题", Finish: filtered, Retracted: retract("stop", "换个话题", true)},
		},
		{
			Name: "ernie/search",
			Stream: SSE(
				v.chunk(flagged(`{"role":"assistant","content":""}`, "", `,"delta_tag":"search_status"`), ""),
				v.text("今天"), event(searched(v.Chunk(v.Model, flagged(`{"content":"晴^[1]^"}`, "stop", `,"flag":0`), ""))),
				v.usage(`{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_tokens_details":{"search_tokens":9}}`), done),
			Whole: withSources("今天晴^[1]^", "stop"),
			Want:  Want{Text: "今天晴^[1]^", Citations: found, Usage: plain},
		},
		{
			Name:   "ernie/count on the last piece of text",
			Stream: SSE(v.text("好"), v.chunk(flagged(`{"content":"的"}`, "normal", ""), count), done),
			Want:   Want{Text: "好的", Usage: plain},
		},
		{
			Name:   "ernie/running counts",
			Stream: SSE(v.chunk(choice(`{"content":"好"}`, ""), `{"prompt_tokens":12,"completion_tokens":1,"total_tokens":13}`), v.chunk(choice(`{"content":"的"}`, "stop"), count), done),
			Want:   Want{Text: "好的", Usage: plain},
		},
	}
	for _, old := range []struct {
		code    int
		message string
		kinds   []assistant.ErrorKind
	}{
		{4, "Open api request limit reached", []assistant.ErrorKind{assistant.ErrOverloaded, assistant.ErrRateLimited}},
		{6, "No permission to access data", []assistant.ErrorKind{assistant.ErrPermission}},
		{17, "Open api daily request limit reached", []assistant.ErrorKind{assistant.ErrQuota}},
		{18, "Open api qps request limit reached", []assistant.ErrorKind{assistant.ErrRateLimited}},
		{19, "Open api total request limit reached", []assistant.ErrorKind{assistant.ErrQuota}},
		{110, "Access token invalid or no longer valid", []assistant.ErrorKind{assistant.ErrAuth}},
		{111, "Access token expired", []assistant.ErrorKind{assistant.ErrAuth}},
		{336003, "messages must not be empty", []assistant.ErrorKind{assistant.ErrInvalid}},
		{336007, "the body is too long", []assistant.ErrorKind{assistant.ErrContextLength}},
		{336100, "the server is busy", []assistant.ErrorKind{assistant.ErrOverloaded}},
		{336501, "Rate limit reached for RPM", []assistant.ErrorKind{assistant.ErrRateLimited}},
		{336502, "Rate limit reached for TPM", []assistant.ErrorKind{assistant.ErrRateLimited}},
	} {
		r := JSON(200, fmt.Sprintf(`{"error_code":%d,"error_msg":%s}`, old.code, quote(old.message)))
		out = append(out, Scenario{
			Name: fmt.Sprintf("ernie/old error %d", old.code), Stream: r, Whole: r,
			Want: Want{Error: &WantError{Kinds: old.kinds, Code: fmt.Sprint(old.code), Message: old.message}},
		})
	}
	return out
}
