package assistant_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

type order struct {
	Goods  []string           `json:"goods" jsonschema:"商品"`
	Count  int                `json:"count,omitzero" jsonschema:"数量"`
	Speed  string             `json:"speed" jsonschema:"配送" enum:"普通,加急"`
	Level  int                `json:"level,omitzero" enum:"1,2"`
	At     time.Time          `json:"at,omitzero"`
	Within assistant.Duration `json:"within,omitzero"`
	Note   *string            `json:"note,omitzero"`
	Day    string             `json:"day,omitzero" format:"date"`
	Codes  []string           `json:"codes,omitzero" pattern:"^[A-Z]+$"`
}

func orderTool(t *testing.T, got *order) assistant.Tool {
	t.Helper()
	tool, err := assistant.NewTool(assistant.ToolSpec{Name: "order"}, func(_ context.Context, in order) (map[string]any, error) {
		*got = in
		return map[string]any{"ok": true, "符号": "<&>"}, nil
	})
	require.NoError(t, err)
	return tool
}

func TestSchemaComesFromTheType(t *testing.T) {
	t.Parallel()
	var got order
	require.JSONEq(t, `{
		"type": "object",
		"properties": {
			"goods": {"type": "array", "description": "商品", "items": {"type": "string"}},
			"count": {"type": "integer", "description": "数量"},
			"speed": {"type": "string", "description": "配送", "enum": ["普通", "加急"]},
			"level": {"type": "integer", "enum": [1, 2]},
			"at": {"type": "string", "format": "date-time"},
			"within": {"type": "string", "format": "duration"},
			"note": {"type": "string"},
			"day": {"type": "string", "format": "date"},
			"codes": {"type": "array", "items": {"type": "string", "pattern": "^[A-Z]+$"}}
		},
		"required": ["goods", "speed"],
		"additionalProperties": false
	}`, string(orderTool(t, &got).Spec().Schema))
}

func TestToolDecodesItsArguments(t *testing.T) {
	t.Parallel()
	var got order
	parts, err := orderTool(t, &got).Call(t.Context(), assistant.ToolCall{Arguments: `{
		"goods": "龙井", "count": "３", "speed": " 加急 ", "at": "2026-11-23T08:00:00+08:00", "within": "PT1H30M", "unknown": 1}`})
	require.NoError(t, err)
	require.Equal(t, []assistant.Part{assistant.Text{Text: `{"ok":true,"符号":"<&>"}`}}, parts)
	require.Equal(t, []string{"龙井"}, got.Goods)
	require.Equal(t, 3, got.Count)
	require.Equal(t, "加急", got.Speed)
	require.Equal(t, 90*time.Minute, got.Within.Duration)
	require.True(t, got.At.Equal(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)))
}

func TestToolTellsTheModelWhatIsWrong(t *testing.T) {
	t.Parallel()
	var got order
	tool := orderTool(t, &got)
	for name, tc := range map[string]struct{ args, want string }{
		"missing":       {`{"speed":"普通"}`, "goods"},
		"not in enum":   {`{"goods":[],"speed":"飞速"}`, "加急"},
		"not a number":  {`{"goods":[],"speed":"普通","count":"很多"}`, "count"},
		"not a time":    {`{"goods":[],"speed":"普通","at":"猴年马月"}`, "2006-01-02"},
		"not a length":  {`{"goods":[],"speed":"普通","within":"很久"}`, "PT1H30M"},
		"too big":       {`{"goods":[],"speed":"普通","count":99999999999999999999}`, "count"},
		"nothing there": {`???`, "do not fit"},
	} {
		_, err := tool.Call(t.Context(), assistant.ToolCall{Arguments: tc.args})
		require.ErrorContains(t, err, tc.want, name)
	}
}

func TestResultsOfTools(t *testing.T) {
	t.Parallel()
	image := assistant.Image{Media: assistant.Media{URL: "https://example.com/x.png"}}
	for name, tc := range map[string]struct {
		out  any
		want []assistant.Part
	}{
		"string":                   {"好", []assistant.Part{assistant.Text{Text: "好"}}},
		"part":                     {image, []assistant.Part{image}},
		"pointer to a part":        {&image, []assistant.Part{image}},
		"nil pointer to a part":    {(*assistant.Image)(nil), []assistant.Part{assistant.Text{Text: "null"}}},
		"struct with a part in it": {struct{ assistant.Text }{assistant.Text{Text: "好"}}, []assistant.Part{assistant.Text{Text: `{"text":"好"}`}}},
		"parts":                    {[]assistant.Part{image}, []assistant.Part{image}},
		"struct":                   {struct{ N int }{1}, []assistant.Part{assistant.Text{Text: `{"N":1}`}}},
		"nil":                      {nil, []assistant.Part{assistant.Text{Text: "null"}}},
	} {
		tool, err := assistant.NewTool(assistant.ToolSpec{Name: "f"}, func(context.Context, struct{}) (any, error) { return tc.out, nil })
		require.NoError(t, err)
		got, err := tool.Call(t.Context(), assistant.ToolCall{})
		require.NoError(t, err, name)
		require.Equal(t, tc.want, got, name)
	}
}

func TestNewToolRejects(t *testing.T) {
	t.Parallel()
	ok := func(context.Context, struct{}) (string, error) { return "", nil }
	_, err := assistant.NewTool(assistant.ToolSpec{Name: "查 天气"}, ok)
	require.ErrorContains(t, err, "查 天气")
	_, err = assistant.NewTool[struct{}, string](assistant.ToolSpec{Name: "f"}, nil)
	require.ErrorContains(t, err, "nil function")
	_, err = assistant.NewTool(assistant.ToolSpec{Name: "f", Schema: json.RawMessage(`{"type":5}`)}, ok)
	require.ErrorContains(t, err, `tool "f"`)
	_, err = assistant.NewTool(assistant.ToolSpec{Name: "f"}, func(context.Context, struct{ D time.Duration }) (string, error) { return "", nil })
	require.ErrorContains(t, err, "assistant.Duration")
	_, err = assistant.NewTool(assistant.ToolSpec{Name: "f"}, func(context.Context, struct{ C chan int }) (string, error) { return "", nil })
	require.Error(t, err)
	_, err = assistant.NewTool(assistant.ToolSpec{Name: "f"}, func(context.Context, []string) (string, error) { return "", nil })
	require.ErrorContains(t, err, "want an object")
	_, err = assistant.NewTool(assistant.ToolSpec{Name: "f"}, func(context.Context, any) (string, error) { return "", nil })
	require.ErrorContains(t, err, "want an object")
	require.Panics(t, func() { assistant.MustTool(assistant.ToolSpec{}, ok) })
}
