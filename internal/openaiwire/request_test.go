package openaiwire

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// encodeTest returns the body of a request to model m, and what was dropped.
func encodeTest(t *testing.T, p *Profile, req *assistant.Request) (string, []assistant.Dropped) {
	t.Helper()
	e := newEncoder(p, p.rules("m"), "m", req, true)
	body, err := e.encode(nil)
	require.NoError(t, err)
	require.True(t, json.Valid(body), "%s", body)
	return string(body), e.dropped
}

const (
	helloBody = `{"model":"m","messages":[{"role":"user","content":"你好"}],"stream":true,"stream_options":{"include_usage":true}`
	png       = "\x89PNG\r\n\x1a\n"
)

var tool = &assistant.ToolSpec{Name: "f", Description: "做", Schema: json.RawMessage("{ \"type\" : \"object\" }")}

// TestRequestFields checks what follows the greeting in the body.
func TestRequestFields(t *testing.T) {
	t.Parallel()
	on := assistant.Thinking{Mode: assistant.On}
	const tools = `,"tools":[{"type":"function","function":{"name":"f","description":"做","parameters":{"type":"object"}}}]`
	tests := []struct {
		name    string
		rules   func(*Rules)
		req     assistant.Request
		want    string
		dropped []string // fields
	}{
		{name: "nothing"},
		{name: "no usage option", rules: func(r *Rules) { r.NoStreamUsage = true }, want: "no stream_options"},
		{name: "sampling", req: assistant.Request{Temperature: assistant.Some(0.0), TopP: assistant.Some(0.5), TopK: 3, FrequencyPenalty: assistant.Some(-1.0), PresencePenalty: assistant.Some(0.0), Seed: assistant.Some(int64(0)), Stop: []string{"完"}, MaxTokens: 9, User: "u\"1"},
			want: `,"max_tokens":9,"temperature":0,"top_p":0.5,"top_k":3,"frequency_penalty":-1,"presence_penalty":0,"seed":0,"stop":["完"],"user":"u\"1"`},
		{name: "sampling that the model does not take", rules: func(r *Rules) { r.Params, r.User = 0, "" },
			req:     assistant.Request{Temperature: assistant.Some(0.0), TopP: assistant.Some(0.5), TopK: 3, FrequencyPenalty: assistant.Some(-1.0), PresencePenalty: assistant.Some(0.0), Seed: assistant.Some(int64(0)), Stop: []string{"完"}, User: "u"},
			dropped: []string{"Temperature", "TopP", "TopK", "FrequencyPenalty", "PresencePenalty", "Seed", "Stop", "User"}},
		{name: "ranges", rules: func(r *Rules) { r.Temperature, r.MaxSeed, r.MaxStops = Range{0.6, 1.9}, 5, 1 },
			req:  assistant.Request{Temperature: assistant.Some(2.0), Seed: assistant.Some(int64(6)), Stop: []string{"a", "b"}},
			want: `,"temperature":1.9,"stop":["a"]`, dropped: []string{"Temperature", "Seed", "Stop"}},
		{name: "smallest seed", rules: func(r *Rules) { r.MinSeed, r.MaxSeed = 1, 5 }, req: assistant.Request{Seed: assistant.Some(int64(0))}, dropped: []string{"Seed"}},
		{name: "stop texts that are too long", rules: func(r *Rules) { r.MaxStopLength = 2 }, req: assistant.Request{Stop: []string{"停下来", "停下"}},
			want: `,"stop":["停下"]`, dropped: []string{"Stop[0]"}},
		{name: "all stop texts too long", rules: func(r *Rules) { r.MaxStopLength = 2 }, req: assistant.Request{Stop: []string{"停下来"}}, dropped: []string{"Stop[0]"}},
		{name: "smallest budget", rules: func(r *Rules) { r.Thinking.MinBudget = 100 }, req: assistant.Request{Thinking: assistant.Thinking{Budget: 9}},
			want: `,"enable_thinking":true,"thinking_budget":100`, dropped: []string{"Thinking.Budget"}},
		{name: "ignored while thinking", rules: func(r *Rules) { r.IgnoredThinking = ParamTemperature },
			req: assistant.Request{Thinking: on, Temperature: assistant.Some(1.0), TopP: assistant.Some(0.5)}, want: `,"enable_thinking":true,"top_p":0.5`, dropped: []string{"Temperature"}},
		{name: "never two limits", req: assistant.Request{MaxTokens: 9, Extra: map[string]map[string]any{"test": {"max_completion_tokens": 99}}}, want: `,"max_tokens":9`, dropped: []string{"Extra.test.max_completion_tokens"}},
		{name: "other names", rules: func(r *Rules) { r.MaxTokens, r.User = "max_completion_tokens", "user_id" },
			req: assistant.Request{MaxTokens: 9, User: "u"}, want: `,"max_completion_tokens":9,"user_id":"u"`},

		{name: "thinking on", req: assistant.Request{Thinking: on}, want: `,"enable_thinking":true`},
		{name: "thinking off", req: assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off}}, want: `,"enable_thinking":false`},
		{name: "budget implies thinking", req: assistant.Request{Thinking: assistant.Thinking{Budget: 99}}, want: `,"enable_thinking":true,"thinking_budget":99`},
		{name: "effort unknown", req: assistant.Request{Thinking: assistant.Thinking{Effort: assistant.EffortLow}}, want: `,"enable_thinking":true`, dropped: []string{"Thinking.Effort"}},
		{name: "effort as a word", rules: func(r *Rules) {
			r.Thinking = Thinking{Form: ThinkingType, Efforts: map[assistant.Effort]string{assistant.EffortLow: "mini"}}
		}, req: assistant.Request{Thinking: assistant.Thinking{Effort: assistant.EffortLow, Budget: 9}}, want: `,"thinking":{"type":"enabled"},"reasoning_effort":"mini"`, dropped: []string{"Thinking.Budget"}},
		{name: "effort as a budget", rules: func(r *Rules) {
			r.Thinking.EffortBudgets = map[assistant.Effort]int{assistant.EffortLow: 10, assistant.EffortMax: 0}
		}, req: assistant.Request{Thinking: assistant.Thinking{Effort: assistant.EffortLow}}, want: `,"enable_thinking":true,"thinking_budget":10`},
		{name: "off as an effort", rules: func(r *Rules) { r.Thinking = Thinking{OffEffort: "none"} },
			req: assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off}}, want: `,"reasoning_effort":"none"`},
		{name: "template switch", rules: func(r *Rules) { r.Thinking = Thinking{Form: TemplateSwitch} }, req: assistant.Request{Thinking: on}, want: `,"chat_template_kwargs":{"enable_thinking":true}`},
		{name: "always thinks", rules: func(r *Rules) { r.Thinking = Thinking{Form: ThinkingType, Fixed: true} },
			req: assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off}}, dropped: []string{"Thinking.Mode"}},
		{name: "off with an effort", req: assistant.Request{Thinking: assistant.Thinking{Mode: assistant.Off, Effort: assistant.EffortLow}}, want: `,"enable_thinking":false`, dropped: []string{"Thinking"}},
		{name: "not with tools", rules: func(r *Rules) { r.Thinking.ByNature, r.Thinking.NotWith, r.ParallelByDefault = true, WithTools, true },
			req: assistant.Request{Tools: []*assistant.ToolSpec{tool}}, want: `,"enable_thinking":false,"tools":[{"type":"function","function":{"name":"f","description":"做","parameters":{"type":"object"}}}]`},
		{name: "not with tools although it was asked for", rules: func(r *Rules) { r.Thinking.NotWith, r.ParallelByDefault = WithTools, true },
			req:  assistant.Request{Tools: []*assistant.ToolSpec{tool}, Thinking: assistant.Thinking{Effort: assistant.EffortHigh}},
			want: `,"enable_thinking":false,"tools":[{"type":"function","function":{"name":"f","description":"做","parameters":{"type":"object"}}}]`, dropped: []string{"Thinking"}},
		{name: "with tools if it cannot stop", rules: func(r *Rules) { r.Thinking, r.ParallelByDefault = Thinking{Fixed: true, NotWith: WithTools}, true },
			req: assistant.Request{Tools: []*assistant.ToolSpec{tool}}, want: `,"tools":[{"type":"function","function":{"name":"f","description":"做","parameters":{"type":"object"}}}]`},
		{name: "without tools", rules: func(r *Rules) { r.Thinking.NotWith = WithTools | WithPrefix }, req: assistant.Request{Thinking: on}, want: `,"enable_thinking":true`},
		{name: "never thinks", rules: func(r *Rules) { r.Thinking = Thinking{} }, req: assistant.Request{Thinking: on}, dropped: []string{"Thinking"}},

		{name: "tools", req: assistant.Request{Tools: []*assistant.ToolSpec{tool}}, want: tools + `,"parallel_tool_calls":true`},
		{name: "tools one by one", req: assistant.Request{Tools: []*assistant.ToolSpec{tool}, SingleTool: true}, want: tools + `,"parallel_tool_calls":false`},
		{name: "tools in parallel by default", rules: func(r *Rules) { r.ParallelByDefault = true }, req: assistant.Request{Tools: []*assistant.ToolSpec{tool}}, want: tools},
		{name: "tools that cannot be limited", rules: func(r *Rules) { r.Params = 0 }, req: assistant.Request{Tools: []*assistant.ToolSpec{tool}, SingleTool: true}, want: tools, dropped: []string{"SingleTool"}},
		{name: "tool without schema", rules: func(r *Rules) { r.ParallelByDefault = true }, req: assistant.Request{Tools: []*assistant.ToolSpec{{Name: "g"}}},
			want: `,"tools":[{"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}}}}]`},
		{name: "required", rules: func(r *Rules) { r.ParallelByDefault = true }, req: assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, want: tools + `,"tool_choice":"required"`},
		{name: "required becomes forced", rules: func(r *Rules) { r.ParallelByDefault, r.ToolModes = true, ModeForced }, req: assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}},
			want: tools + `,"tool_choice":{"type":"function","function":{"name":"f"}}`},
		{name: "forced becomes required", rules: func(r *Rules) { r.ParallelByDefault, r.ToolModes = true, ModeRequired }, req: assistant.Request{Tools: []*assistant.ToolSpec{{Name: "g"}, tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "f"}},
			want: tools + `,"tool_choice":"required"`, dropped: []string{"Tools"}},
		{name: "forced becomes required of one", rules: func(r *Rules) { r.ParallelByDefault, r.ToolModes = true, ModeRequired }, req: assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "f"}},
			want: tools + `,"tool_choice":"required"`},
		{name: "required is not taken", rules: func(r *Rules) { r.ParallelByDefault, r.ToolModes = true, 0 }, req: assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, want: tools, dropped: []string{"ToolChoice"}},
		{name: "none is not taken", rules: func(r *Rules) { r.ToolModes = 0 }, req: assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolNone}}},
		{name: "choice without tools", req: assistant.Request{ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, dropped: []string{"ToolChoice"}},
		{name: "strict tools", rules: func(r *Rules) { r.ParallelByDefault, r.StrictTools = true, true }, req: assistant.Request{Tools: []*assistant.ToolSpec{{Name: "g"}}},
			want: `,"tools":[{"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{}},"strict":true}}]`},
		{name: "forced ends thinking nobody asked for", rules: func(r *Rules) { r.ParallelByDefault, r.ThinkingToolModes, r.Thinking.ByNature = true, 0, true },
			req:  assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "f"}},
			want: `,"enable_thinking":false` + tools + `,"tool_choice":{"type":"function","function":{"name":"f"}}`},
		{name: "forced yields to thinking", rules: func(r *Rules) { r.ParallelByDefault, r.ThinkingToolModes = true, 0 },
			req:  assistant.Request{Thinking: on, Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "f"}},
			want: `,"enable_thinking":true` + tools, dropped: []string{"ToolChoice"}},

		{name: "search that is not there", req: assistant.Request{Search: assistant.Search{Days: 3}}, dropped: []string{"Search"}},
		{name: "search that need not be there", req: assistant.Request{Search: assistant.Search{Mode: assistant.Off}}},
		{name: "search", rules: func(r *Rules) { r.Search = func(f *Fields, s assistant.Search) { f.Int("days", int64(s.Days)) } }, req: assistant.Request{Search: assistant.Search{Days: 3}}, want: `,"days":3`},

		{name: "extra", req: assistant.Request{Extra: map[string]map[string]any{"test": {"z": 1, "a": "<你>"}, "other": {"b": 1}}}, want: `,"a":"<你>","z":1`},
		{name: "extra loses to the request", req: assistant.Request{TopK: 3, Extra: map[string]map[string]any{"test": {"top_k": 9, "model": "x"}}}, want: `,"top_k":3`, dropped: []string{"Extra.test.model", "Extra.test.top_k"}},
		{name: "extra wins over defaults", rules: func(r *Rules) { r.Fixed = []Field{{"x", "1"}, {"y", "2"}} },
			req: assistant.Request{Tools: []*assistant.ToolSpec{tool}, Extra: map[string]map[string]any{"test": {"parallel_tool_calls": false, "x": 9}}}, want: tools + `,"y":2,"parallel_tool_calls":false,"x":9`},
		{name: "extra turns thinking on", rules: func(r *Rules) { r.ParallelByDefault, r.ThinkingToolModes = true, 0 },
			req:  assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "f"}, Extra: map[string]map[string]any{"test": {"enable_thinking": true}}},
			want: tools + `,"enable_thinking":true`, dropped: []string{"ToolChoice"}},
		{name: "extra turns thinking on in other words", rules: func(r *Rules) { r.ParallelByDefault, r.ThinkingToolModes, r.Thinking.Form = true, 0, ThinkingType },
			req:  assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "f"}, Extra: map[string]map[string]any{"test": {"thinking": map[string]any{"type": "auto"}}}},
			want: tools + `,"thinking":{"type":"auto"}`, dropped: []string{"ToolChoice"}},
		{name: "extra turns thinking off in other words", rules: func(r *Rules) {
			r.ParallelByDefault, r.ThinkingToolModes, r.Thinking = true, 0, Thinking{Form: ThinkingType, ByNature: true}
		},
			req:  assistant.Request{Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "f"}, Extra: map[string]map[string]any{"test": {"thinking": map[string]string{"type": "disabled"}}}},
			want: tools + `,"tool_choice":{"type":"function","function":{"name":"f"}},"thinking":{"type":"disabled"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := testProfile()
			if tt.rules != nil {
				tt.rules(&p.Rules)
			}
			tt.req.Messages = hello().Messages
			body, dropped := encodeTest(t, p, &tt.req)
			want := helloBody + tt.want + "}"
			if p.Rules.NoStreamUsage {
				want = `{"model":"m","messages":[{"role":"user","content":"你好"}],"stream":true}`
			}
			require.Equal(t, want, body)
			var fields []string
			for _, d := range dropped {
				require.NotEmpty(t, d.Reason)
				fields = append(fields, d.Field)
			}
			require.Equal(t, tt.dropped, fields)
		})
	}
}

func TestRequestFormats(t *testing.T) {
	t.Parallel()
	schema := assistant.Format{Kind: assistant.FormatSchema, Strict: true, Schema: json.RawMessage(`{ "type":"object" }`)}
	jsonFormat := assistant.Format{Kind: assistant.FormatJSON}
	const (
		sentence = `{"role":"system","content":"请只输出一个 JSON 对象,不要输出其他文字。"},`
		inWords  = `{"role":"system","content":"请只输出一个符合以下 JSON Schema 的 JSON 对象,不要输出其他文字:\n{\"type\":\"object\"}"},`
		object   = `"response_format":{"type":"json_object"},`
	)
	tests := []struct {
		name           string
		rules          func(*Rules)
		format         assistant.Format
		text           string
		field, message string
		dropped        string
	}{
		{name: "text", text: "你好"},
		{name: "JSON", format: jsonFormat, text: "你好", field: object},
		{name: "JSON with the word", rules: func(r *Rules) { r.JSONWord = true }, format: jsonFormat, text: "给我 Json", field: object},
		{name: "JSON without the word", rules: func(r *Rules) { r.JSONWord = true }, format: jsonFormat, text: "你好", field: object, message: sentence},
		{name: "JSON not enforced", rules: func(r *Rules) { r.Formats = 0 }, format: jsonFormat, text: "json", message: sentence, dropped: "Format"},
		{name: "schema", format: schema, text: "你好", field: `"response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object"}}},`},
		{name: "schema not enforced", rules: func(r *Rules) { r.Formats = FormatJSON }, format: schema, text: "你好", field: object, message: inWords, dropped: "Format.Schema"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := testProfile()
			if tt.rules != nil {
				tt.rules(&p.Rules)
			}
			body, dropped := encodeTest(t, p, &assistant.Request{Format: tt.format, Messages: []assistant.Message{assistant.User(tt.text)}})
			want := `{"model":"m",` + tt.field + `"messages":[` + tt.message + `{"role":"user","content":"` + tt.text + `"}],"stream":true,"stream_options":{"include_usage":true}}`
			require.Equal(t, want, body)
			require.Equal(t, tt.dropped != "", len(dropped) == 1)
			if tt.dropped != "" {
				require.Equal(t, tt.dropped, dropped[0].Field)
			}
		})
	}
}

// TestRequestMessages checks the list of messages.
func TestRequestMessages(t *testing.T) {
	t.Parallel()
	user := func(parts ...assistant.Part) []assistant.Message {
		return []assistant.Message{{Role: assistant.RoleUser, Parts: parts}}
	}
	answer := func(parts ...assistant.Part) []assistant.Message {
		return []assistant.Message{{Role: assistant.RoleAssistant, Parts: parts}}
	}
	data := assistant.Media{Data: []byte(png)}
	link := assistant.Media{URL: "https://example.com/a?b=1&c=2"}
	uploaded := assistant.Media{FileID: "file-1"}
	theCall := assistant.ToolCall{ID: "a", Name: "f", Arguments: `{"x":1}`}
	const callJSON = `{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}}`
	mine := assistant.Reasoning{Text: "想", Vendor: "test", Opaque: []byte("blob")}
	theirs := assistant.Reasoning{Text: "别人的想法", Vendor: "other", Opaque: []byte("theirs")}

	tests := []struct {
		name     string
		rules    func(*Rules)
		messages []assistant.Message
		want     string
		dropped  []string
	}{
		{name: "texts are joined", messages: user(assistant.Text{Text: "你"}, assistant.Text{Text: "好\n\"\x00\xff"}), want: `{"role":"user","content":"你好\n\"\u0000` + "\ufffd" + `"}`},
		{name: "system messages are joined in front", messages: []assistant.Message{assistant.System("一"), assistant.User("你好"), assistant.System(""), assistant.System("二")},
			want: `{"role":"system","content":"一\n\n二"},{"role":"user","content":"你好"}`},
		{name: "system message with a picture", messages: []assistant.Message{{Role: assistant.RoleSystem, Parts: []assistant.Part{assistant.Image{Media: link}}}, assistant.User("你好")},
			want: `{"role":"user","content":"你好"}`, dropped: []string{"Messages[0].Parts[0]"}},
		{name: "picture", messages: user(assistant.Text{Text: "看"}, assistant.Image{Media: link, Detail: "low"}, assistant.Image{Media: data}),
			want: `{"role":"user","content":[{"type":"text","text":"看"},{"type":"image_url","image_url":{"url":"https://example.com/a?b=1&c=2","detail":"low"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}`},
		{name: "picture for the blind", rules: func(r *Rules) { r.Parts = 0 }, messages: user(assistant.Text{Text: "看"}, assistant.Image{Media: link}),
			want: `{"role":"user","content":[{"type":"text","text":"看"}]}`, dropped: []string{"Messages[0].Parts[1]"}},
		{name: "nothing but a picture for the blind", rules: func(r *Rules) { r.Parts = 0 }, messages: user(assistant.Image{Media: link}),
			want: `{"role":"user","content":""}`, dropped: []string{"Messages[0].Parts[0]"}},
		{name: "picture without content", messages: user(assistant.Text{Text: "看"}, assistant.Image{}), want: `{"role":"user","content":[{"type":"text","text":"看"}]}`, dropped: []string{"Messages[0].Parts[1]"}},
		{name: "picture by file id", rules: func(r *Rules) { r.File = FileID }, messages: user(assistant.Image{Media: uploaded}), want: `{"role":"user","content":[{"type":"file","file_id":"file-1"}]}`},
		{name: "film", messages: user(assistant.Video{Media: link, FPS: 0.5}, assistant.Video{Frames: []string{"https://a/1", "https://a/2"}, FPS: 2}),
			want: `{"role":"user","content":[{"type":"video_url","video_url":{"url":"https://example.com/a?b=1&c=2"},"fps":0.5},{"type":"video","video":["https://a/1","https://a/2"],"fps":2}]}`},
		{name: "sound", messages: user(assistant.Audio{Media: assistant.Media{Data: []byte("x"), MIME: "audio/mpeg"}}), want: `{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"eA==","format":"mp3"}}]}`},
		{name: "sound as a URL", rules: func(r *Rules) { r.AudioURL = true }, messages: user(assistant.Audio{Media: assistant.Media{Data: []byte("x"), MIME: "audio/x-wav"}}, assistant.Audio{Media: link}),
			want: `{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"data:;base64,eA==","format":"wav"}},{"type":"input_audio","input_audio":{"data":"https://example.com/a?b=1&c=2"}}]}`},
		{name: "sound by address where bytes are wanted", messages: user(assistant.Audio{Media: link}), want: `{"role":"user","content":""}`, dropped: []string{"Messages[0].Parts[0]"}},
		{name: "document", messages: user(assistant.File{Media: assistant.Media{Data: []byte("x"), MIME: "application/pdf"}, Name: "表.pdf"}, assistant.File{Media: uploaded}),
			want: `{"role":"user","content":[{"type":"file","file":{"filename":"表.pdf","file_data":"data:application/pdf;base64,eA=="}},{"type":"file","file":{"file_id":"file-1"}}]}`},
		{name: "document by address", rules: func(r *Rules) { r.File = FileURL }, messages: user(assistant.File{Media: link}), want: `{"role":"user","content":[{"type":"file_url","file_url":{"url":"https://example.com/a?b=1&c=2"}}]}`},
		{name: "documents in a system message", rules: func(r *Rules) { r.File = FileSystem }, messages: user(assistant.File{Media: uploaded}, assistant.Text{Text: "总结"}, assistant.File{Media: assistant.Media{FileID: "file-2"}}),
			want: `{"role":"system","content":"fileid://file-1,fileid://file-2"},{"role":"user","content":[{"type":"text","text":"总结"}]}`},
		{name: "media as sources", rules: func(r *Rules) { r.MediaSources, r.FPS = true, Range{0.2, 5} },
			messages: user(assistant.Image{Media: uploaded}, assistant.Video{Media: link, FPS: 1}, assistant.Video{Media: uploaded, FPS: 9}, assistant.Audio{Media: link}, assistant.Audio{Media: uploaded}, assistant.File{Media: link}),
			want: `{"role":"user","content":[{"type":"image_url","image_url":{"file_id":"file-1"}},{"type":"video_url","video_url":{"url":"https://example.com/a?b=1&c=2","fps":1}},{"type":"video_url","video_url":{"file_id":"file-1","fps":5}},` +
				`{"type":"input_audio","input_audio":{"url":"https://example.com/a?b=1&c=2"}},{"type":"input_audio","input_audio":{"file_id":"file-1"}},{"type":"file","file":{"file_url":"https://example.com/a?b=1&c=2"}}]}`, dropped: []string{"Messages.Video.FPS"}},
		{name: "media as sources without file ids", rules: func(r *Rules) { r.MediaSources, r.NoFileIDs = true, true },
			messages: user(assistant.Text{Text: "看"}, assistant.Image{Media: uploaded}, assistant.Video{Media: uploaded}, assistant.Audio{Media: uploaded}, assistant.File{Media: uploaded}, assistant.Audio{Media: data}),
			want:     `{"role":"user","content":[{"type":"text","text":"看"}]}`, dropped: []string{"Messages[0].Parts[1]", "Messages[0].Parts[2]", "Messages[0].Parts[3]", "Messages[0].Parts[4]", "Messages[0].Parts[5]"}},
		{name: "part of a newer release", messages: user(assistant.Text{Text: "看"}, assistant.Unknown{JSON: json.RawMessage(`{"type":"x"}`)}), want: `{"role":"user","content":[{"type":"text","text":"看"}]}`, dropped: []string{"Messages[0].Parts[1]"}},

		{name: "answer with calls", messages: answer(assistant.Text{Text: "查"}, theCall, assistant.ToolCall{ID: "b", Name: "g"}),
			want: `{"role":"assistant","content":"查","tool_calls":[` + callJSON + `,{"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}`},
		{name: "answer with calls only", messages: answer(theCall), want: `{"role":"assistant","content":"","tool_calls":[` + callJSON + `]}`},
		{name: "answer with calls only, null", rules: func(r *Rules) { r.EmptyContent = "null" }, messages: answer(theCall), want: `{"role":"assistant","content":null,"tool_calls":[` + callJSON + `]}`},
		{name: "call that was broken", messages: answer(assistant.ToolCall{ID: "a", Name: "", Arguments: `{"x`}), want: `{"role":"assistant","content":"","tool_calls":[{"id":"a","type":"function","function":{"name":"unknown","arguments":"{}"}}]}`, dropped: []string{"Messages[0].Parts[0]"}},
		{name: "spoken answer", messages: answer(assistant.Audio{Transcript: "好"}, assistant.Citation{URL: "https://a"}), want: `{"role":"assistant","content":"好"}`},
		{name: "drawn answer", messages: answer(assistant.Text{Text: "好"}, assistant.Image{Media: link}), want: `{"role":"assistant","content":"好"}`, dropped: []string{"Messages[0].Parts[1]"}},
		{name: "partial answer", messages: []assistant.Message{{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Text{Text: "从前"}}, Partial: true}}, want: `{"role":"assistant","content":"从前","prefix":true}`},
		{name: "partial answer not at the end", messages: []assistant.Message{{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Text{Text: "从前"}}, Partial: true}, assistant.User("继续")}, want: `{"role":"assistant","content":"从前"},{"role":"user","content":"继续"}`},
		{name: "partial answer as it is", rules: func(r *Rules) { r.Prefix, r.PrefixBare = "", true }, messages: []assistant.Message{{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Text{Text: "从前"}}, Partial: true}}, want: `{"role":"assistant","content":"从前"}`},
		{name: "partial answer that cannot go on", rules: func(r *Rules) { r.Prefix = "" }, messages: []assistant.Message{{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.Text{Text: "从前"}}, Partial: true}}, want: `{"role":"assistant","content":"从前"}`, dropped: []string{"Messages[0].Partial"}},

		{name: "reasoning stays here", messages: answer(mine, theCall), want: `{"role":"assistant","content":"","tool_calls":[` + callJSON + `]}`},
		{name: "reasoning with calls", rules: func(r *Rules) { r.Replay = Replay{When: ReplayToolCalls, Empty: true} }, messages: append(answer(mine, theirs, theCall), append(answer(mine, assistant.Text{Text: "好"}), answer(theirs, theCall)...)...),
			want: `{"role":"assistant","content":"","reasoning_content":"想","tool_calls":[` + callJSON + `]},{"role":"assistant","content":"好"},{"role":"assistant","content":"","reasoning_content":"","tool_calls":[` + callJSON + `]}`},
		{name: "reasoning always, encrypted", rules: func(r *Rules) { r.Replay = Replay{When: ReplayAlways, Opaque: "encrypted_content"} }, messages: answer(mine, theirs, assistant.Text{Text: "好"}),
			want: `{"role":"assistant","content":"好","encrypted_content":"blob"}`},

		{name: "results", messages: []assistant.Message{assistant.Results(assistant.ToolResult{ID: "a", Name: "f", Parts: []assistant.Part{assistant.Text{Text: "晴"}}}, assistant.ToolResult{ID: "b"})},
			want: `{"role":"tool","tool_call_id":"a","content":"晴"},{"role":"tool","tool_call_id":"b","content":""}`},
		{name: "results with names", rules: func(r *Rules) { r.ToolNames = true }, messages: []assistant.Message{assistant.Results(assistant.ToolResult{ID: "a", Name: "f"})}, want: `{"role":"tool","tool_call_id":"a","name":"f","content":""}`},
		{name: "result with a picture", messages: []assistant.Message{assistant.Results(assistant.ToolResult{ID: "a", Name: "f", Parts: []assistant.Part{assistant.Text{Text: "图"}, assistant.Image{Media: link}}}, assistant.ToolResult{ID: "b"})},
			want: `{"role":"tool","tool_call_id":"a","content":"图"},{"role":"tool","tool_call_id":"b","content":""},{"role":"user","content":[{"type":"text","text":"工具 f 返回的内容:"},{"type":"image_url","image_url":{"url":"https://example.com/a?b=1&c=2"}}]}`},
		{name: "result with a picture for the blind", rules: func(r *Rules) { r.Parts = 0 }, messages: []assistant.Message{assistant.Results(assistant.ToolResult{ID: "a", Name: "f", Parts: []assistant.Part{assistant.Image{Media: link}}})},
			want: `{"role":"tool","tool_call_id":"a","content":""}`, dropped: []string{"Messages[0].Parts[0].Parts[0]"}},
		{name: "tool message with a text", messages: []assistant.Message{{Role: assistant.RoleTool, Parts: []assistant.Part{assistant.Text{Text: "x"}}}, assistant.User("你好")}, want: `{"role":"user","content":"你好"}`, dropped: []string{"Messages[0].Parts[0]"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := testProfile()
			if tt.rules != nil {
				tt.rules(&p.Rules)
			}
			body, dropped := encodeTest(t, p, &assistant.Request{Messages: tt.messages})
			require.Equal(t, `{"model":"m","messages":[`+tt.want+`],"stream":true,"stream_options":{"include_usage":true}}`, body)
			var fields []string
			for _, d := range dropped {
				fields = append(fields, d.Field)
			}
			require.Equal(t, tt.dropped, fields)
		})
	}
}

func TestAnswersWithoutContentAreLeftOut(t *testing.T) {
	t.Parallel()
	body, dropped := encodeTest(t, testProfile(), &assistant.Request{Messages: []assistant.Message{
		assistant.User("你好"),
		{Role: assistant.RoleAssistant, Partial: true, Parts: []assistant.Part{assistant.Reasoning{Text: "想了半天", Vendor: "other"}}},
		assistant.User("继续"),
	}})
	require.Contains(t, body, `"messages":[{"role":"user","content":"你好"},{"role":"user","content":"继续"}]`)
	require.Equal(t, []assistant.Dropped{{Field: "Messages[1]", Reason: "it holds neither text nor calls, and vendors refuse empty answers"}}, dropped)
}

func TestRequestsThatCannotBeSent(t *testing.T) {
	t.Parallel()
	broken := json.RawMessage(`{"type":`)
	tests := []struct {
		name string
		req  *assistant.Request
		want string
	}{
		{"no request", nil, "no request"},
		{"no messages", &assistant.Request{}, "no messages"},
		{"nil tool", &assistant.Request{Messages: hello().Messages, Tools: []*assistant.ToolSpec{nil}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolRequired}}, "tool 0 of the request is nil"},
		{"nil part", &assistant.Request{Messages: []assistant.Message{{Role: "x", Parts: []assistant.Part{nil}}}}, "unknown role"},
		{"unknown role", &assistant.Request{Messages: []assistant.Message{{Role: "poet"}}}, `Messages[0] has the unknown role "poet"`},
		{"call without id", &assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{Name: "f"}}}}}, "Messages[0].Parts[0]: the tool call has no id"},
		{"result without id", &assistant.Request{Messages: []assistant.Message{assistant.Results(assistant.ToolResult{})}}, "Messages[0].Parts[0]: the tool result has no id"},
		{"schema of a tool", &assistant.Request{Messages: hello().Messages, Tools: []*assistant.ToolSpec{{Name: "f", Schema: broken}}}, `the schema of tool "f" is not JSON`},
		{"schema of the answer", &assistant.Request{Messages: hello().Messages, Format: assistant.Format{Kind: assistant.FormatSchema, Schema: broken}}, "Format.Schema is not JSON"},
		{"choice of another tool", &assistant.Request{Messages: hello().Messages, Tools: []*assistant.ToolSpec{tool}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "g"}}, `ToolChoice names "g"`},
		{"not a number", &assistant.Request{Messages: hello().Messages, Temperature: assistant.Some(math.NaN())}, "Temperature is not a number"},
		{"extra that is no JSON", &assistant.Request{Messages: hello().Messages, Extra: map[string]map[string]any{"test": {"x": func() {}}}}, "Extra.test.x"},
	}
	c := serve(t, events(finish("stop")+done))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := assistant.Generate(t.Context(), c, tt.req)
			require.ErrorIs(t, err, assistant.ErrInvalid)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestGlob(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pattern, s string
		want       bool
	}{
		{"qwen-plus", "qwen-plus", true},
		{"qwen-plus", "qwen-plus-2025", false},
		{"qwen-plus*", "qwen-plus-2025", true},
		{"*omni*", "qwen3-omni-flash", true},
		{"*omni*", "omni", true},
		{"*-thinking*", "qwen3", false},
		{"qwen3-*b", "qwen3-32b", true},
		{"qwen3-*b", "qwen3-32b-x", false},
		{"a*b*c", "axbxbxc", true},
		{"a*b*c", "ac", false},
		{"a*a", "a", false},
		{"*", "", true},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, glob(tt.pattern, tt.s), "%s ~ %s", tt.pattern, tt.s)
	}
}

// TestForcedToolMustExist holds where another tool choice stands for it, too.
func TestForcedToolMustExist(t *testing.T) {
	t.Parallel()
	for _, modes := range []ToolModes{ModeForced, ModeRequired, AllModes} {
		for _, name := range []string{"", "g"} {
			p := testProfile()
			p.Rules.ToolModes = modes
			req := &assistant.Request{Messages: hello().Messages, Tools: []*assistant.ToolSpec{{Name: "f"}}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: name}}
			_, err := newEncoder(p, &p.Rules, "m", req, true).encode(nil)
			require.ErrorContains(t, err, "ToolChoice names "+strconv.Quote(name))
		}
	}
}
