package assistant_test

import (
	"testing"

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
