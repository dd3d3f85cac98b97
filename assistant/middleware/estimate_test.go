package middleware_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

func TestEstimate(t *testing.T) {
	t.Parallel()
	one := func(parts ...assistant.Part) *assistant.Request {
		return &assistant.Request{Messages: []assistant.Message{{Role: assistant.RoleUser, Parts: parts}}}
	}
	image := assistant.Image{}
	for name, tc := range map[string]struct {
		req           *assistant.Request
		input, output int
	}{
		"nothing":      {&assistant.Request{}, 0, 1000},
		"Chinese":      {one(assistant.Text{Text: strings.Repeat("茶", 100)}), 94, 1000},
		"English":      {one(assistant.Text{Text: strings.Repeat("tea ", 25)}), 34, 1000},
		"limit":        {&assistant.Request{MaxTokens: 50}, 0, 50},
		"thinking":     {&assistant.Request{MaxTokens: 50, Thinking: assistant.Thinking{Budget: 200}}, 0, 250},
		"not thinking": {&assistant.Request{MaxTokens: 50, Thinking: assistant.Thinking{Budget: 200, Mode: assistant.Off}}, 0, 50},
		"media":        {one(image, assistant.Audio{}, assistant.File{}, assistant.Video{}, assistant.Video{Frames: []string{"1", "2"}}), 6004, 1000},
		"a result":     {one(assistant.ToolResult{Name: "f", Parts: []assistant.Part{assistant.Text{Text: "999999999"}, image}}), 1007, 1000},
		"a call":       {one(assistant.ToolCall{Name: "f", Arguments: "999999999"}, assistant.Reasoning{Text: "0123456789"}), 10, 1000},
		"tools":        {&assistant.Request{Tools: []*assistant.ToolSpec{{Name: "f", Description: "1234", Schema: json.RawMessage("12345")}}}, 3, 1000},
	} {
		u := middleware.Estimate(tc.req)
		require.Equal(t, assistant.Usage{Input: tc.input, Output: tc.output, Total: tc.input + tc.output}, u, name)
	}
}
