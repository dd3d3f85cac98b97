package route_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/route"
)

func TestTally(t *testing.T) {
	t.Parallel()
	var y route.Tally
	_, ok := y.Threshold(0.5)
	require.False(t, ok)
	called := []assistant.ToolCall{{Name: "set_alarm", Arguments: "{}"}}
	add := func(n int, confidence float64, agreement route.Agreement, calls []assistant.ToolCall) {
		for range n {
			y.Add(context.Background(), route.Comparison{Judgement: act("set_alarm", "{}", confidence), Agreement: agreement, Calls: calls})
		}
	}
	add(60, 1, route.SameCalls, called)
	add(30, 0.9, route.SameCalls, called)
	add(2, 0.9, route.OnlyDevice, nil)
	add(10, 0.7, route.OtherArgs, called)
	y.Add(context.Background(), route.Comparison{Agreement: route.OnlyCloud, Calls: called})
	y.Add(context.Background(), route.Comparison{Agreement: route.NoCalls})

	got, ok := y.Threshold(1)
	require.True(t, ok)
	require.Equal(t, route.Threshold{Confidence: 1, Precision: 1, Coverage: 60.0 / 101, Acts: 60}, got)
	got, ok = y.Threshold(0.97)
	require.True(t, ok)
	require.Equal(t, route.Threshold{Confidence: 0.9, Precision: 90.0 / 92, Coverage: 90.0 / 101, Acts: 92}, got)
	got, _ = y.Threshold(0.5)
	require.Equal(t, 0.7, got.Confidence)
	require.Equal(t, 104, y.Len())
}
