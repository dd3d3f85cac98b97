package openaiwire

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// delta returns an event with one choice.
func delta(fields string) string {
	return `data: {"id":"c1","model":"m-9","choices":[{"index":0,"delta":{` + fields + `},"finish_reason":null}]}` + "\n\n"
}

func text(s string) string { return delta(`"content":"` + s + `"`) }

func finish(reason string) string {
	return `data: {"id":"c1","model":"m-9","choices":[{"index":0,"delta":{},"finish_reason":"` + reason + `"}]}` + "\n\n"
}

const (
	done     = "data: [DONE]\n\n"
	rawUsage = `{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}`
	tail     = `data: {"id":"c1","choices":[],"usage":` + rawUsage + "}\n\n" + done
)

var used = assistant.Usage{Input: 7, Output: 3, Total: 10}

func callPiece(fields string) string { return delta(`"tool_calls":[` + fields + `]`) }

func call(id, name, args string) assistant.ToolCall {
	return assistant.ToolCall{ID: id, Name: name, Arguments: args}
}

// TestReplies plays what servers send for replies that are right in the end.
func TestReplies(t *testing.T) {
	t.Parallel()
	comments := strings.Repeat(": keep-alive\n\n", 400)
	long := strings.Repeat("长", 40_000)
	tests := []struct {
		name, body string
		text       string
		reasoning  string
		calls      []assistant.ToolCall // an empty ID stands for any
		finish     assistant.FinishReason
		usage      assistant.Usage
	}{
		{name: "plain", body: text("你") + text("好") + finish("stop") + tail, text: "你好", usage: used},
		{name: "CRLF", body: strings.ReplaceAll(text("你好")+finish("stop")+tail, "\n", "\r\n"), text: "你好", usage: used},
		{name: "no space after data", body: strings.ReplaceAll(text("你好")+finish("stop")+tail, "data: ", "data:"), text: "你好", usage: used},
		{name: "spaces around the mark", body: text("好") + finish("stop") + "data:  [DONE] \n\n", text: "好"},
		{name: "byte order mark", body: "\ufeff" + text("好") + finish("stop") + tail, text: "好", usage: used},
		{name: "comments", body: comments + text("好") + comments + finish("stop") + tail, text: "好", usage: used},
		{name: "id, event and retry lines", body: "id: 1\nevent: x\nretry: 3\n\n" + "event: result\nid: 2\n" + text("好") + finish("stop") + tail, text: "好", usage: used},
		{name: "JSON over several data lines", body: "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"好\"}}]}\n\n" + finish("stop") + done, text: "好"},
		{name: "large event", body: text(long) + finish("stop") + tail, text: long, usage: used},
		{name: "escapes", body: text(`\u4f60\u597d \ud83d\ude00 \"\\\n\/ \ud800`) + finish("stop") + done, text: "你好 😀 \"\\\n/ \ufffd"},
		{name: "bytes that are no UTF-8", body: text("a\xffb") + finish("stop") + done, text: "a\ufffdb"},
		{name: "fields of nobody", body: `data: {"x":[{"y":[1,-2.5e3,true,null,"\u00e4"]}],"choices":[{"logprobs":null,"delta":{"z":{},"content":"好"}}]}` + "\n\n" + finish("stop") + done, text: "好"},
		{name: "nulls everywhere", body: `data: {"id":null,"model":null,"usage":null,"error":null,"choices":[{"index":null,"delta":{"role":null,"content":"好","reasoning_content":null,"tool_calls":null},"finish_reason":null}]}` + "\n\n" + finish("stop") + done, text: "好"},
		{name: "another choice", body: `data: {"choices":[{"index":1,"delta":{"content":"错"}},{"index":0,"delta":{"content":"好"}}]}` + "\n\n" + finish("stop") + done, text: "好"},
		{name: "content as parts", body: delta(`"content":[{"type":"text","text":"你"},{"type":"text","text":"好"}]`) + finish("stop") + done, text: "你好"},

		{name: "reasoning first", body: delta(`"content":"","reasoning_content":""`) + delta(`"content":null,"reasoning_content":"想"`) + delta(`"content":"好","reasoning_content":null`) + finish("stop") + done, text: "好", reasoning: "想"},
		{name: "reasoning by its short name", body: delta(`"reasoning":"想"`) + text("好") + finish("stop") + done, text: "好", reasoning: "想"},
		{name: "reasoning under both names", body: delta(`"reasoning":"想","reasoning_content":"想"`) + text("好") + finish("stop") + done, text: "好", reasoning: "想"},

		{name: "usage on the finish chunk", body: text("好") + `data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":` + rawUsage + "}\n\n" + done, text: "好", usage: used},
		{name: "usage on the last content chunk", body: `data: {"choices":[{"delta":{"content":"好"}}],"usage":` + rawUsage + "}\n\n" + finish("stop") + done, text: "好", usage: used},
		{name: "usage on every chunk", body: `data: {"choices":[{"delta":{"content":"好"}}],"usage":{"prompt_tokens":7,"completion_tokens":1,"total_tokens":8}}` + "\n\n" + finish("stop") + tail, text: "好", usage: used},
		{name: "usage details", body: text("好") + finish("stop") + `data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":4,"cache_creation_input_tokens":2},"completion_tokens_details":{"reasoning_tokens":0}}}` + "\n\n" + done, text: "好",
			usage: assistant.Usage{Input: 7, Output: 3, Total: 10, CacheRead: assistant.Some(4), CacheWrite: assistant.Some(2), Reasoning: assistant.Some(0)}},
		{name: "usage details of null", body: text("好") + finish("stop") + `data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"prompt_tokens_details":null}}` + "\n\n" + done, text: "好", usage: used},
		{name: "cache hits by another name", body: text("好") + finish("stop") + `data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_cache_hit_tokens":5}}` + "\n\n" + done, text: "好",
			usage: assistant.Usage{Input: 7, Output: 3, Total: 10, CacheRead: assistant.Some(5)}},

		{name: "finish without the mark", body: text("好") + finish("stop"), text: "好"},
		{name: "finish, then cut inside the usage", body: text("好") + finish("stop") + `data: {"choices":[],"usa`, text: "好"},
		{name: "mark without finish", body: text("好") + done, text: "好", finish: assistant.FinishOther},
		{name: "text after the finish", body: text("你") + finish("stop") + text("好") + done, text: "你好"},
		{name: "finish as the word null", body: text("你") + finish("null") + text("好") + finish("stop") + done, text: "你好"},
		{name: "empty reply", body: finish("stop") + tail, usage: used},
		{name: "length", body: text("好") + finish("length") + done, text: "好", finish: assistant.FinishLength},
		{name: "filtered", body: text("好") + finish("content_filter") + done, text: "好", finish: assistant.FinishFiltered},
		{name: "some other reason", body: text("好") + finish("bored") + done, text: "好", finish: assistant.FinishOther},
		{name: "normal", body: text("好") + finish("normal") + done, text: "好"},
		{name: "refusal", body: delta(`"content":null,"refusal":"不行"`) + finish("stop") + done, text: "不行", finish: assistant.FinishRefusal},

		{name: "call", body: callPiece(`{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}`) + callPiece(`{"index":0,"function":{"arguments":"{\"x\":"}}`) + callPiece(`{"index":0,"function":{"arguments":"1}"}}`) + finish("tool_calls") + tail,
			calls: []assistant.ToolCall{call("a", "f", `{"x":1}`)}, finish: assistant.FinishToolCalls, usage: used},
		{name: "two calls interleaved", body: callPiece(`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\""}}`) + callPiece(`{"index":1,"id":"b","function":{"name":"g","arguments":"{\"y\""}}`) + callPiece(`{"index":0,"function":{"arguments":":1}"}}`) + callPiece(`{"index":1,"function":{"arguments":":2}"}}`) + finish("tool_calls") + done,
			calls: []assistant.ToolCall{call("a", "f", `{"x":1}`), call("b", "g", `{"y":2}`)}, finish: assistant.FinishToolCalls},
		{name: "text before the call", body: text("我查一下") + callPiece(`{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}`) + finish("tool_calls") + done,
			text: "我查一下", calls: []assistant.ToolCall{call("a", "f", `{}`)}, finish: assistant.FinishToolCalls},
		{name: "finish says stop", body: callPiece(`{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}`) + finish("stop") + done,
			calls: []assistant.ToolCall{call("a", "f", `{}`)}, finish: assistant.FinishToolCalls},
		{name: "call, then the mark without finish", body: callPiece(`{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}`) + done,
			calls: []assistant.ToolCall{call("a", "f", `{}`)}, finish: assistant.FinishToolCalls},
		{name: "cut call, then the mark without finish", body: callPiece(`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x"}}`) + done,
			calls: []assistant.ToolCall{call("a", "f", `{"x`)}, finish: assistant.FinishOther},
		{name: "length cuts the call", body: callPiece(`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x"}}`) + finish("length") + done,
			calls: []assistant.ToolCall{call("a", "f", `{"x`)}, finish: assistant.FinishLength},
		{name: "finish says tool_calls without any", body: text("好") + finish("tool_calls") + done, text: "好", finish: assistant.FinishOther},
		{name: "function_call of old", body: delta(`"function_call":{"name":"f","arguments":"{\"x\""}`) + delta(`"function_call":{"arguments":":1}"}`) + finish("function_call") + done,
			calls: []assistant.ToolCall{call("", "f", `{"x":1}`)}, finish: assistant.FinishToolCalls},
		{name: "arguments as an object", body: callPiece(`{"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}}`) + finish("tool_calls") + done,
			calls: []assistant.ToolCall{call("a", "f", `{"x":1}`)}, finish: assistant.FinishToolCalls},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := serve(t, events(tt.body))
			r, err := assistant.Generate(t.Context(), c, hello())
			require.NoError(t, err)
			require.Equal(t, tt.text, r.Text())
			require.Equal(t, tt.reasoning, r.Message.Reasoning())
			for i, got := range r.ToolCalls() {
				require.NotEmpty(t, got.ID)
				if i < len(tt.calls) && tt.calls[i].ID == "" {
					tt.calls[i].ID = got.ID
				}
			}
			require.Equal(t, tt.calls, r.ToolCalls())
			if tt.finish == "" {
				tt.finish = assistant.FinishStop
			}
			require.Equal(t, tt.finish, r.Finish)
			require.Equal(t, tt.usage, r.Usage)
			require.Equal(t, "test", r.Vendor)
		})
	}
}

// TestFailures plays what servers send for replies that must not pass for whole ones.
func TestFailures(t *testing.T) {
	t.Parallel()
	const flat = `{"code":"Throttling","message":"slow down","request_id":"r1"}`
	tests := []struct {
		name, contentType, body string
		kind                    assistant.ErrorKind
		text                    string // delivered before
		requestID               string
	}{
		{name: "neither finish nor mark", body: text("好"), kind: assistant.ErrTruncated, text: "好"},
		{name: "cut inside an event", body: text("好") + `data: {"choices":[{"del`, kind: assistant.ErrTruncated, text: "好"},
		{name: "cut inside a call", body: callPiece(`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x"}}`), kind: assistant.ErrTruncated},
		{name: "nothing", body: "", kind: assistant.ErrTruncated},
		{name: "nothing but the mark", body: done, kind: assistant.ErrTruncated},
		{name: "cut inside the first field's name", body: "dat", kind: assistant.ErrTruncated},
		{name: "cut behind the first field's name", body: "data:", kind: assistant.ErrTruncated},
		{name: "cut inside the first event", body: `data: {"choices":[{"del`, kind: assistant.ErrTruncated},
		{name: "cut inside the name of a type", body: ": hello\n\neve", kind: assistant.ErrTruncated},
		{name: "cut inside a type", body: "event: res", kind: assistant.ErrTruncated},
		{name: "cut inside the name of an id", body: "event: result\ni", kind: assistant.ErrTruncated},
		{name: "cut inside an id", body: "id: 1", kind: assistant.ErrTruncated},
		{name: "cut behind a type", body: "event: result\n", kind: assistant.ErrTruncated},
		{name: "cut inside a bare line", body: `{"choices":[{"message":{"con`, kind: assistant.ErrTruncated},
		{name: "cut between bare lines", body: "{\n \"error\": {\n", kind: assistant.ErrTruncated},
		{name: "prose that begins like a field", body: "database is down", kind: assistant.ErrProtocol},
		{name: "a list that is cut", body: `[{"choices":[`, kind: assistant.ErrProtocol},
		{name: "a bare line that is no JSON", body: "{out of order}", kind: assistant.ErrProtocol},
		{name: "nothing but comments", body: ": a\n\n: b\n\n", kind: assistant.ErrTruncated},
		{name: "broken JSON in the middle", body: text("好") + "data: {\"choices\":[}\n\n" + finish("stop") + done, kind: assistant.ErrProtocol, text: "好"},
		{name: "an event that is no object", body: text("好") + "data: 42\n\n" + finish("stop") + done, kind: assistant.ErrProtocol, text: "好"},
		{name: "content that is no text", body: delta(`"content":42`) + finish("stop") + done, kind: assistant.ErrProtocol},
		{name: "HTML", contentType: "text/html", body: "<html>\n<body>502</body>\n", kind: assistant.ErrProtocol},
		{name: "prose", contentType: "text/plain", body: "please log in", kind: assistant.ErrProtocol},

		{name: "error event", body: text("好") + `data: {"error":{"message":"busy","code":"overloaded_error"},"request_id":"r1"}` + "\n\n", kind: assistant.ErrOverloaded, text: "好", requestID: "r1"},
		{name: "error by event type", body: text("好") + "event: error\ndata: " + flat + "\n\n", kind: assistant.ErrServer, text: "好", requestID: "r1"},
		{name: "error by event type in prose", body: "event:error\ndata: out of order\n\n", kind: assistant.ErrServer},
		{name: "error on a bare line", body: text("好") + `{"error":{"message":"x","type":"rate_limit_error"}}` + "\n", kind: assistant.ErrRateLimited, text: "好"},
		{name: "error over bare lines", body: text("好") + "{\n \"error\": {\n  \"message\": \"x\",\n  \"type\": \"rate_limit_error\"\n }\n}\n", kind: assistant.ErrRateLimited, text: "好"},
		{name: "error after the finish", body: text("好") + finish("stop") + `data: {"error":{"code":"content_filter","message":"x"}}` + "\n\n", kind: assistant.ErrBlocked, text: "好"},
		{name: "numeric code of a status", body: `data: {"object":"error","message":"bad","type":"BadRequestError","code":400}` + "\n\n", kind: assistant.ErrInvalid},
		{name: "error as text", body: `data: {"error":"out of order"}` + "\n\n", kind: assistant.ErrServer},
		{name: "server out of resources", body: text("好") + finish("insufficient_system_resource") + done, kind: assistant.ErrOverloaded, text: "好"},

		{name: "JSON error", contentType: "application/json", body: `{"error":{"message":"x","code":"invalid_api_key"}}`, kind: assistant.ErrAuth},
		{name: "JSON error after blank lines", contentType: "application/json", body: "\n\n\n" + flat, kind: assistant.ErrServer, requestID: "r1"},
		{name: "JSON error under the name of events", body: `{"error":{"message":"x","code":"invalid_api_key"}}`, kind: assistant.ErrAuth},
		{name: "JSON that is no answer", contentType: "application/json", body: `{"ok":true}`, kind: assistant.ErrProtocol},
		{name: "JSON cut", contentType: "application/json", body: `{"choices":[{"message":{"content":"好`, kind: assistant.ErrTruncated},
		{name: "JSON broken", contentType: "application/json", body: `{"choices":]}`, kind: assistant.ErrProtocol},
		{name: "JSON empty", contentType: "application/json", body: ``, kind: assistant.ErrTruncated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.contentType == "" {
				tt.contentType = "text/event-stream"
			}
			r, err := assistant.Generate(t.Context(), serve(t, answering(tt.contentType, tt.body)), hello())
			require.ErrorIs(t, err, tt.kind)
			var e *assistant.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, "test", e.Vendor)
			require.Equal(t, tt.text != "", e.Delivered)
			if tt.requestID != "" {
				require.Equal(t, tt.requestID, e.RequestID)
			}
			if tt.text != "" {
				require.Equal(t, tt.text, r.Text())
				require.Empty(t, r.Finish)
				require.False(t, assistant.Retryable(err))
			}
		})
	}
}
