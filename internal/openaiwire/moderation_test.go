package openaiwire

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

func TestWriting(t *testing.T) {
	t.Parallel()
	c := serve(t, events(done))
	got, err := c.Writing([]assistant.Part{
		assistant.Text{Text: "一"}, assistant.Text{Text: " "}, assistant.Reasoning{Text: "想"}, assistant.Citation{Title: "题", URL: "https://example.com", Snippet: "摘"},
		assistant.ToolCall{Name: "f", Arguments: `{"a":"参"}`}, assistant.ToolResult{Parts: []assistant.Part{assistant.Text{Text: "果"}}},
	})
	require.NoError(t, err)
	require.Equal(t, "一\n想\n题\n摘\n{\"a\":\"参\"}\n果", got)
	for _, p := range []assistant.Part{
		assistant.Image{}, assistant.Audio{}, assistant.Video{}, assistant.File{}, assistant.Unknown{JSON: json.RawMessage(`{}`)},
		assistant.ToolResult{Parts: []assistant.Part{assistant.Image{}}},
	} {
		_, err := c.Writing([]assistant.Part{assistant.Text{Text: "一"}, p})
		require.ErrorIs(t, err, assistant.ErrInvalid)
	}
}

func TestJudgePieces(t *testing.T) {
	t.Parallel()
	var asked []string
	judge := func(_ context.Context, piece string) (assistant.Verdict, error) {
		asked = append(asked, piece)
		switch {
		case strings.Contains(piece, "错"):
			return assistant.Verdict{}, errors.New("失败")
		case strings.Contains(piece, "禁词"):
			return assistant.Verdict{Action: assistant.Block, Categories: []string{"禁"}, Safe: "换个话题"}, nil
		case strings.Contains(piece, "疑"):
			return assistant.Verdict{Action: assistant.Review, Categories: []string{"疑"}}, nil
		}
		return assistant.Verdict{Action: assistant.Pass}, nil
	}
	const limit = 100
	long := strings.Repeat("长", 99)
	for _, tt := range []struct {
		name, text string
		want       assistant.Verdict
		calls      int
		fails      bool
	}{
		{"nothing", " \n", assistant.Verdict{Action: assistant.Pass}, 0, false},
		{"short", "好", assistant.Verdict{Action: assistant.Pass}, 1, false},
		{"exactly one piece", strings.Repeat("长", limit), assistant.Verdict{Action: assistant.Pass}, 1, false},
		{"two pieces", strings.Repeat("长", limit+1), assistant.Verdict{Action: assistant.Pass}, 2, false},
		{"across the cut", long + "禁词" + long, assistant.Verdict{Action: assistant.Block, Categories: []string{"禁"}, Safe: "换个话题"}, 2, false},
		{"mild, then severe", "疑" + long + long + "禁词", assistant.Verdict{Action: assistant.Block, Categories: []string{"禁", "疑"}, Safe: "换个话题"}, 4, false},
		{"blocked at once", "禁词" + strings.Repeat("长", 500), assistant.Verdict{Action: assistant.Block, Categories: []string{"禁"}, Safe: "换个话题"}, 1, false},
		{"failed", "疑" + long + "错", assistant.Verdict{}, 2, true},
		{"not UTF-8", "\xff好", assistant.Verdict{Action: assistant.Pass}, 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			asked = nil
			got, err := JudgePieces(t.Context(), tt.text, limit, judge)
			require.Equal(t, tt.fails, err != nil)
			require.Equal(t, tt.want, got)
			require.Len(t, asked, tt.calls)
			for _, piece := range asked {
				require.LessOrEqual(t, len([]rune(piece)), limit)
			}
		})
	}
}
