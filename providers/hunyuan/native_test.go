package hunyuan

import (
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestNativeRequest(t *testing.T) {
	t.Parallel()
	const user = `{"role":"user","content":"你好"}`
	const asked = `"Messages":[{"Role":"user","Content":"你好"}]`
	tests := []struct {
		name, body, want string
		dropped          []string
	}{
		{"plain", `"messages":[` + user + `],"stream":true`, asked + `,"Stream":true`, nil},
		{"sampling", `"messages":[` + user + `],"temperature":0,"top_p":0.5,"seed":7,"stop":["完"]`, asked + `,"Temperature":0,"TopP":0.5,"Seed":7,"Stop":["完"]`, nil},
		{"thinking", `"messages":[` + user + `],"enable_thinking":false`, asked + `,"EnableThinking":false`, nil},
		{"own fields", `"messages":[` + user + `],"EnableEnhancement":true,"TopicChoice":true`, asked + `,"EnableEnhancement":true,"TopicChoice":true`, nil},
		{"what is not there", `"messages":[` + user + `],"max_tokens":9,"odd":1`, asked, []string{"MaxTokens", "Extra.hunyuan.odd"}},
		{
			"tools", `"messages":[` + user + `],"tools":[{"type":"function","function":{"name":"f","description":"做","parameters":{"type":"object"}}}],"tool_choice":"none"`,
			asked + `,"Tools":[{"Type":"function","Function":{"Name":"f","Description":"做","Parameters":"{\"type\":\"object\"}"}}],"ToolChoice":"none"`, nil,
		},
		{
			"forced tool", `"messages":[` + user + `],"tools":[{"type":"function","function":{"name":"f","parameters":{}}},{"type":"function","function":{"name":"g","parameters":{}}}],"tool_choice":{"type":"function","function":{"name":"g"}}`,
			asked + `,"Tools":[{"Type":"function","Function":{"Name":"f","Parameters":"{}"}},{"Type":"function","Function":{"Name":"g","Parameters":"{}"}}],` +
				`"ToolChoice":"custom","CustomTool":{"Type":"function","Function":{"Name":"g","Parameters":"{}"}}`, nil,
		},
		{
			"a tool's turn", `"messages":[{"role":"system","content":"短"},` + user + `,{"role":"assistant","content":" ","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":""}]`,
			`"Messages":[{"Role":"system","Content":"短"},{"Role":"user","Content":"你好"},{"Role":"assistant","Content":" ","ToolCalls":[{"Id":"c1","Type":"function","Function":{"Name":"f","Arguments":"{}"}}]},{"Role":"tool","Content":" ","ToolCallId":"c1"}]`, nil,
		},
		{"one side twice", `"messages":[{"role":"user","content":"一"},{"role":"user","content":"二"},{"role":"assistant","content":"三"},{"role":"assistant","content":"四"},` + user + `]`,
			`"Messages":[{"Role":"user","Content":"一\n\n二"},{"Role":"assistant","Content":"三\n\n四"},{"Role":"user","Content":"你好"}]`, nil},
		{"the assistant has the last word", `"messages":[` + user + `,{"role":"assistant","content":"从前"}]`,
			`"Messages":[{"Role":"user","Content":"你好"},{"Role":"assistant","Content":"从前"},{"Role":"user","Content":"请继续。"}]`, nil},
		{"the assistant begins", `"messages":[{"role":"assistant","content":"欢迎"},` + user + `]`,
			`"Messages":[{"Role":"user","Content":" "},{"Role":"assistant","Content":"欢迎"},{"Role":"user","Content":"你好"}]`, nil},
		{"a word after a result", `"messages":[` + user + `,{"role":"assistant","content":"","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"好"},` + user + `]`,
			`"Messages":[{"Role":"user","Content":"你好"},{"Role":"assistant","Content":" ","ToolCalls":[{"Id":"c1","Type":"function","Function":{"Name":"f","Arguments":"{}"}}]},{"Role":"tool","Content":"好","ToolCallId":"c1"},{"Role":"assistant","Content":" "},{"Role":"user","Content":"你好"}]`, nil},
		{
			"media", `"messages":[{"role":"user","content":"一"},{"role":"user","content":[{"type":"text","text":"看"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}},{"type":"video_url","video_url":{"url":"https://example.com/a.mp4"}},{"type":"video","video":["https://example.com/1.png"]}]}]`,
			`"Messages":[{"Role":"user","Contents":[{"Type":"text","Text":"一"},{"Type":"text","Text":"看"},{"Type":"image_url","ImageUrl":{"Url":"https://example.com/a.png"}},{"Type":"video_url","VideoUrl":{"Url":"https://example.com/a.mp4"}},{"Type":"video_frames","VideoFrames":{"Frames":["https://example.com/1.png"]}}]}]`, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var dropped []string
			got, err := nativeRequest([]byte(`{"model":"m",`+tt.body+`}`), func(field, _ string) { dropped = append(dropped, field) })
			require.NoError(t, err)
			require.JSONEq(t, `{"Model":"m",`+tt.want+`}`, string(got))
			require.Equal(t, tt.dropped, dropped)
		})
	}
	_, err := nativeRequest([]byte(`{`), nil)
	require.Error(t, err)
	_, err = nativeRequest([]byte(`{"messages":7}`), nil)
	require.Error(t, err)
}

func TestCommonAnswer(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ in, want string }{
		"event": {`{"Choices":[{"Index":0,"Delta":{"Role":"assistant","Content":"好"},"FinishReason":""}],"Id":"i"}`,
			`{"id":"i","request_id":"","choices":[{"index":0,"finish_reason":"","delta":{"content":"好","reasoning_content":"","tool_calls":[]}}]}`},
		"count": {`{"Choices":[],"Usage":{"PromptTokens":1,"CompletionTokens":2,"TotalTokens":3,"PromptTokensDetails":{"CachedTokens":1}},"ModerationLevel":"1"}`,
			`{"id":"","request_id":"","choices":null,"moderation_level":"1","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":1}}}`},
		"in a wrapper": {`{"Response":{"RequestId":"r","Choices":[{"Message":{"Content":"好"},"FinishReason":"stop"}]}}`,
			`{"id":"","request_id":"r","choices":[{"index":0,"finish_reason":"stop","message":{"content":"好","reasoning_content":"","tool_calls":[]}}]}`},
		"failure":           {`{"ErrorMsg":{"Msg":"超时","Code":4001},"RequestId":"r"}`, `{"error":{"code":4001,"message":"超时"},"request_id":"r"}`},
		"error":             {`{"Response":{"Error":{"Code":"X","Message":"m"},"RequestId":"r"}}`, `{"Response":{"Error":{"Code":"X","Message":"m"},"RequestId":"r"}}`},
		"error of a proxy":  {`{"error":{"message":"m"}}`, `{"error":{"message":"m"}}`},
		"error and choices": {`{"error":"m","Choices":[]}`, `{"error":"m","Choices":[]}`},
		"nothing":           {`{"Response":{}}`, `{"Response":{}}`},
		"not JSON":          {`<html>`, `<html>`},
		"a list":            {`[1]`, `[1]`},
	} {
		got := string(commonAnswer([]byte(tt.in)))
		if json.Valid([]byte(tt.want)) {
			require.JSONEq(t, tt.want, got, name)
		} else {
			require.Equal(t, tt.want, got, name)
		}
	}
}

func chunks(end error, list ...assistant.Chunk) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		for _, k := range list {
			if !yield(k, nil) {
				return
			}
		}
		if end != nil {
			yield(assistant.Chunk{}, end)
		}
	}
}

func TestStops(t *testing.T) {
	t.Parallel()
	meta := &assistant.Meta{Vendor: Vendor}
	text := func(s string) assistant.Chunk { return assistant.Chunk{Text: s} }
	stop := assistant.Chunk{Finish: assistant.FinishStop}
	failed := errors.New("失败")
	tests := []struct {
		name  string
		stops []string
		in    iter.Seq2[assistant.Chunk, error]
		want  []string // the texts that come, one for each chunk
		err   error
	}{
		{"none in sight", []string{"再见"}, chunks(nil, text("你好"), text("吗"), stop), []string{"你好", "吗", ""}, nil},
		{"whole at the end", []string{"再见"}, chunks(nil, text("好"), text("再见"), stop), []string{"好", ""}, nil},
		{"in pieces", []string{"再见"}, chunks(nil, text("好再"), text("见"), stop), []string{"好", ""}, nil},
		{"only its beginning", []string{"再见"}, chunks(nil, text("好再"), text("来"), stop), []string{"好", "再来", ""}, nil},
		{"its beginning at the very end", []string{"再见"}, chunks(nil, text("好再"), stop), []string{"好", "再"}, nil},
		{"in the middle", []string{"再见"}, chunks(nil, text("再见"), text("说再见"), stop), []string{"再见说", ""}, nil},
		{"on the last chunk", []string{"END"}, chunks(nil, assistant.Chunk{Text: "好END", Finish: assistant.FinishStop}), []string{"好"}, nil},
		{"cut for another reason", []string{"再见"}, chunks(nil, text("再见"), assistant.Chunk{Finish: assistant.FinishLength}), []string{"再见"}, nil},
		{"the longest beginning counts", []string{"\n\n用户:", "\n"}, chunks(nil, text("好\n"), text("\n用户"), text(":"), stop), []string{"好", ""}, nil},
		{"an error lets it go", []string{"再见"}, chunks(failed, text("好再")), []string{"好", "再"}, failed},
		{"an error with nothing held", []string{"再见"}, chunks(failed, text("好")), []string{"好"}, failed},
		{"withdrawn", []string{"再见"}, chunks(nil, text("好再"), assistant.Chunk{Finish: assistant.FinishFiltered, Retract: &assistant.Retraction{}}), []string{"好", ""}, nil},
		{"empty", []string{""}, chunks(nil, text("好"), stop), []string{"好", ""}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			var err error
			for k, e := range withoutStops(tt.in, tt.stops) {
				if err = e; err == nil {
					got = append(got, k.Text)
				}
			}
			require.Equal(t, tt.want, got)
			require.Equal(t, tt.err, err)
		})
	}
	// The meta of a chunk that is held back comes with the next one, and leaving the loop is clean.
	first := assistant.Chunk{Text: "再", Meta: meta}
	for k, err := range withoutStops(chunks(nil, first, text("来"), stop), []string{"再见"}) {
		require.NoError(t, err)
		require.Equal(t, "再来", k.Text)
		require.Equal(t, meta, k.Meta)
		break
	}
	for k, err := range withoutStops(chunks(failed, first), []string{"再见"}) {
		if err == nil {
			require.Equal(t, meta, k.Meta)
		}
	}
}

// FuzzStops cuts an answer into pieces anywhere; the result must not depend on where.
func FuzzStops(f *testing.F) {
	f.Add("你好再见", "再见", uint8(3))
	f.Add("aaab", "aab", uint8(1))
	f.Fuzz(func(t *testing.T, text, stop string, size uint8) {
		text, stop = strings.ToValidUTF8(text, "?"), strings.ToValidUTF8(stop, "?")
		var in []assistant.Chunk
		for rest := []rune(text); len(rest) > 0; {
			n := min(int(size)%5+1, len(rest))
			in = append(in, assistant.Chunk{Text: string(rest[:n])})
			rest = rest[n:]
		}
		in = append(in, assistant.Chunk{Finish: assistant.FinishStop})
		var got strings.Builder
		for k, err := range withoutStops(chunks(nil, in...), []string{stop}) {
			require.NoError(t, err)
			got.WriteString(k.Text)
		}
		want := text
		if stop != "" {
			want = strings.TrimSuffix(text, stop)
		}
		require.Equal(t, want, got.String())
	})
}

// FuzzNativeAnswer proves that what comes from the network never panics and is JSON where it was.
func FuzzNativeAnswer(f *testing.F) {
	f.Add([]byte(`{"Choices":[{"Delta":{"Content":"好"}}],"Usage":{}}`))
	f.Add([]byte(`{"Response":{"Response":{"ErrorMsg":{"Code":{}}}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got := commonAnswer(data)
		require.Equal(t, json.Valid(data), json.Valid(got))
	})
}
