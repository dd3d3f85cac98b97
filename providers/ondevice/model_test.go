package ondevice

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zhushou-ai/zhushou/assistant"
)

func generate(t *testing.T, req *assistant.Request) *assistant.Reply {
	t.Helper()
	r, err := assistant.Generate(context.Background(), newTestEngine(), req)
	require.NoError(t, err)
	require.Equal(t, "ondevice", r.Vendor)
	return r
}

func TestStreamDialogue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		turns  []assistant.Message
		finish assistant.FinishReason
		text   string // of the reply, or the arguments of its call
	}{
		{"command", []assistant.Message{assistant.User("倒计时十分钟")}, assistant.FinishToolCalls, `{"duration":"PT10M"}`},
		{"question", []assistant.Message{assistant.User("关灯")}, assistant.FinishStop, "请告诉我哪个房间，例如客厅、卧室、厨房。"},
		{"question with options", []assistant.Message{assistant.User("三公里等于多少")}, assistant.FinishStop, "请告诉我目标单位，例如公里、英里、米、厘米。"},
		{"answered question", []assistant.Message{assistant.User("关灯"), assistant.Answer("请告诉我哪个房间，例如客厅、卧室、厨房。"), assistant.User("卧室")}, assistant.FinishToolCalls, `{"room":"卧室","on":false}`},
		{"two questions answered", []assistant.Message{
			assistant.User("提醒我"), assistant.Answer("请告诉我提醒的时间。"),
			assistant.User("明天早上八点"), assistant.Answer("请告诉我要提醒的事情。"),
			assistant.User("交电费"),
		}, assistant.FinishToolCalls, `{"time":"2026-03-05T08:00:00+08:00","text":"交电费"}`},
		{"somebody else's question", []assistant.Message{assistant.User("关灯"), assistant.Answer("请告诉我您的名字。"), assistant.User("卧室")}, assistant.FinishRefusal, ""},
		{"dropped", []assistant.Message{assistant.User("帮我设个闹钟"), assistant.Answer("请告诉我闹钟响的时间。"), assistant.User("算了")}, assistant.FinishStop, "好的，已经取消。"},
		{"greeting", []assistant.Message{assistant.User("你好")}, assistant.FinishStop, ""},
		{"thanks", []assistant.Message{assistant.User("谢谢你！")}, assistant.FinishStop, "不客气！"},
		{"instructions do not count", []assistant.Message{assistant.User("倒计时十分钟"), assistant.System("简短回答")}, assistant.FinishToolCalls, `{"duration":"PT10M"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := generate(t, &assistant.Request{Messages: c.turns, Tools: tools})
			require.Equal(t, c.finish, r.Finish, r.Text())
			switch {
			case c.finish == assistant.FinishToolCalls:
				require.Len(t, r.ToolCalls(), 1)
				require.JSONEq(t, c.text, r.ToolCalls()[0].Arguments)
			case c.text != "":
				require.Equal(t, c.text, r.Text())
			default:
				require.NotEmpty(t, r.Text())
			}
		})
	}
}

func TestStreamRefusalNamesAbilities(t *testing.T) {
	t.Parallel()
	e := New(Config{Help: "请联网后再试。"})
	r, err := assistant.Generate(context.Background(), e, &assistant.Request{
		Messages: []assistant.Message{assistant.User("写一首关于春天的诗")}, Tools: []*assistant.ToolSpec{alarm, timer},
	})
	require.NoError(t, err)
	require.Equal(t, assistant.FinishRefusal, r.Finish)
	require.Equal(t, "抱歉，这件事我在本机上做不到。我可以帮您：设置闹钟、开始倒计时。请联网后再试。", r.Text())
}

func TestStreamTwoCalls(t *testing.T) {
	t.Parallel()
	earlier := assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "call_2", Name: "start_timer", Arguments: `{}`}}}
	req := &assistant.Request{Tools: tools, Messages: []assistant.Message{
		assistant.User("倒计时"), earlier, assistant.Results(assistant.ToolResult{ID: "call_2"}),
		assistant.User("打开客厅的灯，然后倒计时五分钟"),
	}}
	calls := generate(t, req).ToolCalls()
	require.Len(t, calls, 2)
	require.Equal(t, []string{"set_light", "start_timer"}, []string{calls[0].Name, calls[1].Name})
	require.NotEqual(t, calls[0].ID, calls[1].ID)
	require.NotContains(t, []string{calls[0].ID, calls[1].ID}, "call_2")

	req.SingleTool = true
	r := generate(t, req)
	require.Empty(t, r.ToolCalls(), "half of a sentence is not acted on")
	require.Equal(t, assistant.FinishStop, r.Finish)
}

func TestStreamToolChoice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		choice     assistant.ToolChoice
		finish     assistant.FinishReason
		tool       string
	}{
		{"none", "倒计时十分钟", assistant.ToolChoice{Mode: assistant.ToolNone}, assistant.FinishRefusal, ""},
		{"required takes a weak match", "十分钟的番茄钟", assistant.ToolChoice{Mode: assistant.ToolRequired}, assistant.FinishToolCalls, "start_timer"},
		{"forced", "十分钟", assistant.ToolChoice{Mode: assistant.ToolForced, Name: "start_timer"}, assistant.FinishToolCalls, "start_timer"},
		{"forced without the argument", "你好", assistant.ToolChoice{Mode: assistant.ToolForced, Name: "start_timer"}, assistant.FinishStop, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := generate(t, &assistant.Request{Messages: []assistant.Message{assistant.User(c.text)}, Tools: []*assistant.ToolSpec{timer, light}, ToolChoice: c.choice})
			require.Equal(t, c.finish, r.Finish, r.Text())
			if c.tool != "" {
				require.Equal(t, c.tool, r.ToolCalls()[0].Name)
			}
		})
	}
}

func TestStreamErrors(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	for _, c := range []struct {
		name string
		req  *assistant.Request
		want string
	}{
		{"no message", &assistant.Request{}, "no message"},
		{"assistant speaks last", &assistant.Request{Messages: []assistant.Message{assistant.Answer("好")}}, `role "assistant"`},
		{"unknown forced tool", &assistant.Request{Messages: []assistant.Message{assistant.User("好")}, ToolChoice: assistant.ToolChoice{Mode: assistant.ToolForced, Name: "x"}}, `"x"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := assistant.Generate(context.Background(), e, c.req)
			require.ErrorIs(t, err, assistant.ErrInvalid)
			require.ErrorContains(t, err, c.want)
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := assistant.Generate(ctx, e, &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, Refuse, e.Understand(ctx, "倒计时十分钟", Context{Tools: tools}).Decision())
}

func TestStreamStops(t *testing.T) {
	t.Parallel()
	e := newTestEngine()
	req := &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}}
	for range e.Stream(context.Background(), req) {
		break // yielding again would panic
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for _, err := range e.Stream(ctx, req) {
		cancel()
		last = err
	}
	require.ErrorIs(t, last, context.Canceled)
}

func TestStreamDropped(t *testing.T) {
	t.Parallel()
	r := generate(t, &assistant.Request{
		Messages: []assistant.Message{
			assistant.System("你是管家"),
			{Role: assistant.RoleUser, Parts: []assistant.Part{assistant.Text{Text: "你好"}, assistant.Image{}}},
		},
		Format:      assistant.Format{Kind: assistant.FormatJSON},
		Temperature: assistant.Some(0.0),
		Stop:        []string{"。"},
	})
	var fields []string
	for _, d := range r.Dropped {
		fields = append(fields, d.Field)
	}
	require.Equal(t, []string{"Format", "Temperature", "Stop", "Messages[0]", "Messages[1].Parts[1]"}, fields)
	require.Empty(t, generate(t, &assistant.Request{Messages: []assistant.Message{assistant.User("你好")}}).Dropped)
}

func TestToolsThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	nested := &assistant.ToolSpec{Name: "nested", Description: "倒计时", Examples: []string{"倒计时"}, Schema: object(`"x"`, `"x":{"type":"array","items":{"type":"array"}}`)}
	broken := &assistant.ToolSpec{Name: "broken", Description: "倒计时", Examples: []string{"倒计时"}, Schema: []byte(`{"type":`)}
	in := newTestEngine().Understand(context.Background(), "倒计时", Context{Tools: []*assistant.ToolSpec{nested, broken}})
	require.Equal(t, Refuse, in.Decision())
	why := strings.Join(in.Why, "\n")
	require.Contains(t, why, `tool "nested" cannot be called here: argument "x" cannot be read from words`)
	require.Contains(t, why, `tool "broken" is left out: schema:`)
}
