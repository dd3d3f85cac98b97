package label_test

import (
	"encoding/json"
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/label"
)

// collect returns the items and which of them have the label.
func collect[T any](t *testing.T, stream iter.Seq2[label.Enveloped[T], error]) (items []T, labelled []int, err error) {
	t.Helper()
	for e, err := range stream {
		if err != nil {
			return items, labelled, err
		}
		if e.AIGC != nil {
			require.Equal(t, example, *e.AIGC)
			labelled = append(labelled, len(items))
		}
		items = append(items, e.Item)
	}
	return items, labelled, nil
}

// The first and the last event have the label, and what the model says is as it was.
func TestEnvelope(t *testing.T) {
	t.Parallel()
	const answer = `{"a":"` + "```" + `"}`
	a := &assistant.Assistant{Model: assistanttest.Script(assistanttest.Say(answer))}
	events, labelled, err := collect(t, label.Events(a.Run(t.Context(), "", assistant.User("你好")), example))
	require.NoError(t, err)
	require.Equal(t, []int{0, len(events) - 1}, labelled)
	text := ""
	for _, e := range events {
		if d, ok := e.(*assistant.TextDelta); ok {
			text += d.Text
		}
	}
	require.Equal(t, answer, text)

	model := assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Text: "一"}, assistant.Chunk{Text: "二"}, assistant.Chunk{Finish: assistant.FinishStop}),
		assistanttest.Chunks(assistant.Chunk{Text: "all", Finish: assistant.FinishStop}))
	_, labelled, err = collect(t, label.Chunks(model.Stream(t.Context(), &assistant.Request{}), example))
	require.NoError(t, err)
	require.Equal(t, []int{0, 2}, labelled)
	_, labelled, err = collect(t, label.Chunks(model.Stream(t.Context(), &assistant.Request{}), example))
	require.NoError(t, err)
	require.Equal(t, []int{0}, labelled, "the first is the last")
}

func TestEnvelopeOfAFailure(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	model := assistanttest.Script(assistanttest.Break(broken, assistant.Chunk{Text: "一"}))
	_, labelled, err := collect(t, label.Chunks(model.Stream(t.Context(), &assistant.Request{}), example))
	require.ErrorIs(t, err, broken)
	require.Equal(t, []int{0}, labelled)

	model = assistanttest.Script(assistanttest.Say("一二三"))
	for range label.Chunks(model.Stream(t.Context(), &assistant.Request{}), example) {
		break
	}
}

// In a frame of a service the label is an object of its own.
func TestFrame(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(struct {
		Text string       `json:"text"`
		AIGC *label.Label `json:"aigc,omitempty"`
	}{"你好", &example})
	require.NoError(t, err)
	require.Equal(t, `{"text":"你好","aigc":`+bare+`}`, string(b))
	var frame struct{ AIGC, None *label.Label }
	require.NoError(t, json.Unmarshal([]byte(`{"none":null,"aigc":{"AIGC":`+bare+`}}`), &frame))
	require.Equal(t, &example, frame.AIGC)
	require.Nil(t, frame.None)
	require.ErrorIs(t, json.Unmarshal([]byte(`{"aigc":{"a":1}}`), &frame), label.ErrInvalid)
}

func TestSplitMarkdown(t *testing.T) {
	t.Parallel()
	const text = "---\ntitle: 茶\nAIGC:\n  Label: AIGC\n  ContentProducer: 我的 App\n---\n# 茶\n"
	d, err := label.SplitMarkdown(text)
	require.NoError(t, err)
	require.Equal(t, "# 茶\n", d.Body, "nothing of the label is left for the prompt")
	require.True(t, d.Labelled)
	require.Equal(t, label.Label{Status: "AIGC", ContentProducer: "我的 App"}, d.Label)
	require.Contains(t, d.Front, "title: 茶")
	for _, plain := range []string{"", "# 茶\n", "---\ntitle: 茶\n---\n# 茶\n", "--- \nnot closed"} {
		d, err := label.SplitMarkdown(plain)
		require.NoError(t, err)
		require.False(t, d.Labelled)
		require.Zero(t, d.Label)
	}
}
