package assistant_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
)

// Where an answer comes from is told before its first words, and kept with it in the session, also if it breaks off.
func TestOriginStaysWithTheAnswer(t *testing.T) {
	t.Parallel()
	own := &assistant.Origin{Tier: "own", Vendor: "v", Model: "m"}
	first := assistant.Chunk{Text: "好", Meta: &assistant.Meta{Vendor: "v", Model: "m", Origin: own}}
	device := &assistant.Origin{Tier: "ondevice", Device: true}
	model := assistanttest.Script(
		assistanttest.Chunks(first, assistant.Chunk{Finish: assistant.FinishStop}),
		assistanttest.Break(errors.New("lost"), first),
		assistanttest.Chunks(assistant.Chunk{Meta: &assistant.Meta{Origin: own}},
			assistant.Chunk{Retract: &assistant.Retraction{Replacement: "换个话题"}, Meta: &assistant.Meta{Origin: device}, Finish: assistant.FinishFiltered}),
		assistanttest.Say("不知道谁说的"))
	a := &assistant.Assistant{Model: model, Sessions: assistant.NewMemory()}
	say := func() (from []*assistant.Origin) {
		t.Helper()
		events, _ := collect(a.Run(t.Context(), "s", assistant.User("你好")))
		for _, ev := range eventsOf[*assistant.Answering](events) {
			from = append(from, ev.Origin)
		}
		if len(from) > 0 {
			require.IsType(t, &assistant.Answering{}, events[0])
		}
		return from
	}
	require.Equal(t, []*assistant.Origin{own}, say())
	require.Equal(t, []*assistant.Origin{own}, say())
	require.Equal(t, []*assistant.Origin{own, device}, say())
	require.Empty(t, say())
	var got []*assistant.Origin
	for _, m := range history(t, elsewhere(t, a.Sessions), "s").Messages {
		if m.Role == assistant.RoleAssistant {
			got = append(got, m.Origin)
		}
	}
	require.Equal(t, []*assistant.Origin{own, own, device, nil}, got)
}
