package assistant_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

type person struct {
	Name string   `json:"name" jsonschema:"姓名"`
	Age  int      `json:"age,omitzero"`
	Tags []string `json:"tags,omitzero"`
}

func TestAskForAType(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Say("```json\n{\"name\":\"张三\",\"age\":\"三十\"}\n```"))
	got, reply, err := assistant.Ask[person](t.Context(), model, &assistant.Request{Messages: []assistant.Message{assistant.User("张三,30岁")}})
	require.NoError(t, err)
	require.Equal(t, person{Name: "张三", Age: 30}, got)
	require.Equal(t, 2, reply.Usage.Total)
	req := model.Requests()[0]
	require.Equal(t, assistant.FormatSchema, req.Format.Kind)
	require.Contains(t, string(req.Format.Schema), "姓名")
	require.Equal(t, "张三,30岁", req.Messages[1].Text())
}

func TestAskRepairsOnce(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Say(`{"age":3}`), assistanttest.Say(`{"name":"李四"}`))
	got, reply, err := assistant.Ask[person](t.Context(), model, &assistant.Request{})
	require.NoError(t, err)
	require.Equal(t, "李四", got.Name)
	require.Equal(t, 4, reply.Usage.Total, "both rounds count")
	again := model.Requests()[1].Messages
	require.Equal(t, `{"age":3}`, again[1].Text())
	require.Contains(t, again[2].Text(), "name")

	model = assistanttest.Script(assistanttest.Say(`不知道`), assistanttest.Say(`还是不知道`))
	_, reply, err = assistant.Ask[person](t.Context(), model, &assistant.Request{})
	var bad *assistant.AnswerError
	require.ErrorAs(t, err, &bad)
	require.Equal(t, "还是不知道", bad.Text)
	require.NotNil(t, reply)
}

func TestAskForWhatIsNotAnObject(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Say(`{"answer":["红","绿"]}`), assistanttest.Say(`{"answer":true}`))
	colours, _, err := assistant.Ask[[]string](t.Context(), model, &assistant.Request{})
	require.NoError(t, err)
	require.Equal(t, []string{"红", "绿"}, colours)
	yes, _, err := assistant.Ask[bool](t.Context(), model, &assistant.Request{})
	require.NoError(t, err)
	require.True(t, yes)
}

func TestAskFails(t *testing.T) {
	t.Parallel()
	cut := assistanttest.Chunks(assistant.Chunk{Text: `{"age":3, "na`}, assistant.Chunk{Finish: assistant.FinishLength})
	_, _, err := assistant.Ask[person](t.Context(), assistanttest.Script(cut), &assistant.Request{})
	require.ErrorIs(t, err, assistant.ErrTruncated)
	lost := assistanttest.Break(&assistant.Error{Kind: assistant.ErrNetwork}, assistant.Chunk{Text: `{"name":"张三`})
	_, reply, err := assistant.Ask[person](t.Context(), assistanttest.Script(lost), &assistant.Request{})
	require.ErrorIs(t, err, assistant.ErrNetwork)
	require.Equal(t, `{"name":"张三`, reply.Text())
	_, _, err = assistant.Ask[chan int](t.Context(), assistanttest.Script(), &assistant.Request{})
	require.ErrorContains(t, err, "schema of the answer")
}

func TestAskStreamGrows(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Say(`{"name":"司马相如司马相如","tags":["辞赋","琴","汉朝人物"],"age":61}`))
	var names, tags []int
	var last assistant.Typed[person]
	for a, err := range assistant.AskStream[person](t.Context(), model, &assistant.Request{}) {
		require.NoError(t, err)
		names, tags = append(names, len(a.Value.Name)), append(tags, len(a.Value.Tags))
		last = a
	}
	require.IsNonDecreasing(t, names)
	require.IsNonDecreasing(t, tags)
	require.Greater(t, len(names), 3, "values come while the answer grows")
	require.NotNil(t, last.Reply)
	require.Equal(t, person{"司马相如司马相如", 61, []string{"辞赋", "琴", "汉朝人物"}}, last.Value)
}

// What was cut off, withheld or never said must not pass for an answer, even if its brackets close.
func TestAskNeverCompletesWhatIsMissing(t *testing.T) {
	t.Parallel()
	turn := func(text string, more ...assistant.Chunk) assistanttest.Turn {
		return assistanttest.Chunks(append([]assistant.Chunk{{Text: text}}, more...)...)
	}
	finish := func(why assistant.FinishReason) assistant.Chunk { return assistant.Chunk{Finish: why} }
	const whole = `{"name":"张三","tags":["甲","乙"]}`
	retract := assistant.Chunk{Retract: &assistant.Retraction{Replacement: whole}}
	for name, tc := range map[string]struct {
		turn assistanttest.Turn
		want error
	}{
		"cut in a list":        {turn(`{"name":"张三","tags":["甲","乙`, finish(assistant.FinishLength)), assistant.ErrTruncated},
		"cut before the start": {turn("", finish(assistant.FinishLength)), assistant.ErrTruncated},
		"filtered":             {turn(whole, finish(assistant.FinishFiltered)), assistant.ErrBlocked},
		"retracted":            {turn("坏", retract, finish(assistant.FinishStop)), assistant.ErrBlocked},
	} {
		_, reply, err := assistant.Ask[person](t.Context(), assistanttest.Script(tc.turn), &assistant.Request{})
		require.ErrorIs(t, err, tc.want, name)
		require.NotNil(t, reply, name)
	}
	got, _, err := assistant.Ask[person](t.Context(), assistanttest.Script(turn(whole, finish(assistant.FinishLength))), &assistant.Request{})
	require.NoError(t, err, "cut after the end")
	require.Equal(t, []string{"甲", "乙"}, got.Tags)

	type wish struct {
		Tea string `json:"tea,omitzero"`
	}
	model := assistanttest.Script(assistanttest.Chunks(finish(assistant.FinishStop)), assistanttest.Say(`{"tea":"龙井"}`))
	w, _, err := assistant.Ask[wish](t.Context(), model, &assistant.Request{Messages: []assistant.Message{assistant.User("x")}})
	require.NoError(t, err)
	require.Equal(t, "龙井", w.Tea, "silence is not an empty object")
	for _, m := range model.Requests()[1].Messages {
		require.NotEmpty(t, m.Text(), "vendors refuse empty messages")
	}
}

// The calls of a first answer would want results.
func TestAskAgainSendsNoCalls(t *testing.T) {
	t.Parallel()
	model := assistanttest.Script(assistanttest.Chunks(assistant.Chunk{
		Text: "查一下", ToolCalls: []assistant.ToolCall{{ID: "1", Name: "f"}}, Finish: assistant.FinishStop,
	}), assistanttest.Say(`{"name":"李四"}`))
	_, _, err := assistant.Ask[person](t.Context(), model, &assistant.Request{})
	require.NoError(t, err)
	require.NoError(t, unpaired(model.Requests()[1].Messages))
}

func TestAskForUnusualTypes(t *testing.T) {
	t.Parallel()
	say := func(text string) *assistanttest.Model { return assistanttest.Script(assistanttest.Say(text)) }
	ctx, req := t.Context(), &assistant.Request{}

	pointer, _, err := assistant.Ask[*person](ctx, say(`{"name":"张三"}`), req)
	require.NoError(t, err)
	require.Equal(t, "张三", pointer.Name)
	moment, _, err := assistant.Ask[time.Time](ctx, say(`{"answer":"2026-11-22T08:00:00+08:00"}`), req)
	require.NoError(t, err)
	require.Equal(t, int64(1795305600), moment.Unix())
	length, _, err := assistant.Ask[assistant.Duration](ctx, say(`{"answer":"PT5M"}`), req)
	require.NoError(t, err)
	require.Equal(t, 5*time.Minute, length.Duration)
	counts, _, err := assistant.Ask[map[string]int](ctx, say(`{"甲":1}`), req)
	require.NoError(t, err)
	require.Equal(t, map[string]int{"甲": 1}, counts)
	anything, _, err := assistant.Ask[any](ctx, say(`{"answer":[1,"a"]}`), req)
	require.NoError(t, err)
	require.Equal(t, []any{1.0, "a"}, anything)
	number, _, err := assistant.Ask[assistant.Opt[int]](ctx, say(`{"answer":3}`), req)
	require.NoError(t, err)
	require.Equal(t, assistant.Some(3), number)

	type tree struct {
		Kids []tree `json:"kids"`
	}
	_, _, err = assistant.Ask[tree](ctx, say("{}"), req)
	require.ErrorContains(t, err, "cycle")
}
