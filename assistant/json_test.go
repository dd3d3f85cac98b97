package assistant_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
)

// allParts has one part of every kind with every field set.
var allParts = []assistant.Part{
	assistant.Text{Text: "你好 <b>&\u2028\"\\"},
	assistant.Image{Media: assistant.Media{MIME: "image/png", Data: []byte{0, 255, 7}}, Detail: "high"},
	assistant.Audio{Media: assistant.Media{URL: "https://example.com/a.mp3"}, Transcript: "喂"},
	assistant.Video{Media: assistant.Media{FileID: "file-1"}, Frames: []string{"https://example.com/1.jpg"}, FPS: 0.5},
	assistant.File{Media: assistant.Media{MIME: "application/pdf", URL: "https://example.com/x.pdf"}, Name: "合同.pdf"},
	assistant.Reasoning{Text: "想一想", Vendor: "doubao", Model: "m", Opaque: []byte("blob")},
	assistant.Citation{Index: 1, Title: "题", URL: "https://example.com", Site: "站", Snippet: "摘"},
	assistant.ToolCall{ID: "c1", Name: "f", Arguments: `{"broken": `},
	assistant.ToolResult{ID: "c1", Name: "f", Error: true, Declined: true, Parts: []assistant.Part{
		assistant.Text{Text: "失败"}, assistant.Image{Media: assistant.Media{URL: "https://example.com/e.png"}},
	}},
}

func TestMessageJSONKeepsEverything(t *testing.T) {
	t.Parallel()
	for _, m := range []assistant.Message{
		{Role: assistant.RoleAssistant, Parts: allParts, Partial: true},
		{Role: assistant.RoleAssistant, Origin: &assistant.Origin{Tier: "own", Device: true, Vendor: "v", Model: "m", Detail: json.RawMessage(`{"a":[1]}`)}},
		assistant.User("在吗"),
		{Role: assistant.RoleUser},
		{Role: assistant.RoleTool, Parts: []assistant.Part{assistant.ToolResult{ID: "x", Name: "y"}}},
	} {
		b, err := json.Marshal(m)
		require.NoError(t, err)
		var back assistant.Message
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, m, back)
	}
}

// The storage format is a promise to sessions that are already in databases.
func TestMessageJSONIsStable(t *testing.T) {
	t.Parallel()
	const want = `{"role":"assistant","parts":[` +
		`{"type":"text","text":"好"},` +
		`{"type":"reasoning","text":"想","vendor":"qwen"},` +
		`{"type":"tool_call","id":"c1","name":"f","arguments":"{}"},` +
		`{"type":"tool_result","id":"c1","name":"f","error":true,"parts":[{"type":"text","text":"错"}]}` +
		`],"partial":true,"origin":{"tier":"own","vendor":"qwen"}}`
	m := assistant.Message{Role: assistant.RoleAssistant, Partial: true, Origin: &assistant.Origin{Tier: "own", Vendor: "qwen"}, Parts: []assistant.Part{
		assistant.Text{Text: "好"},
		assistant.Reasoning{Text: "想", Vendor: "qwen"},
		assistant.ToolCall{ID: "c1", Name: "f", Arguments: "{}"},
		assistant.ToolResult{ID: "c1", Name: "f", Error: true, Parts: []assistant.Part{assistant.Text{Text: "错"}}},
	}}
	b, err := json.Marshal(m)
	require.NoError(t, err)
	require.Equal(t, want, string(b))
}

func TestMessageJSONKeepsPartsOfNewerReleases(t *testing.T) {
	t.Parallel()
	const stored = `{"role":"assistant","parts":[{"type":"hologram","depth":3,"nested":{"a":[1,2]}},{"type":"text","text":"看"}]}`
	var m assistant.Message
	require.NoError(t, json.Unmarshal([]byte(stored), &m))
	require.Equal(t, "看", m.Text())
	require.IsType(t, assistant.Unknown{}, m.Parts[0])
	b, err := json.Marshal(m)
	require.NoError(t, err)
	require.JSONEq(t, stored, string(b))
}

func TestMessageJSONRejects(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"type":"tool_result","id":"1","name":"f","parts":[`, 20) + strings.Repeat(`]}`, 20)
	for name, bad := range map[string]string{
		"no type":         `{"role":"user","parts":[{"text":"x"}]}`,
		"part not object": `{"role":"user","parts":["x"]}`,
		"wrong field":     `{"role":"user","parts":[{"type":"text","text":5}]}`,
		"nested deep":     `{"role":"tool","parts":[` + deep + `]}`,
	} {
		var m assistant.Message
		require.Error(t, json.Unmarshal([]byte(bad), &m), name)
	}
	_, err := json.Marshal(assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{nil}})
	require.ErrorContains(t, err, "nil part")
	for _, bad := range []string{"", "null", "{}", "{"} { // it could be stored, and the session never loaded
		_, err := json.Marshal(assistant.Message{Parts: []assistant.Part{assistant.Unknown{JSON: json.RawMessage(bad)}}})
		require.Error(t, err, bad)
	}
}

func FuzzMessageJSON(f *testing.F) {
	for _, p := range allParts {
		b, _ := json.Marshal(assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{p}})
		f.Add(b)
	}
	f.Add([]byte(`{"role":"user","parts":[{"type":"new","x":"<"},{"Type":"text","TEXT":"a"}],"partial":false}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var first assistant.Message
		if json.Unmarshal(b, &first) != nil {
			return
		}
		stored, err := json.Marshal(first)
		require.NoError(t, err)
		var second assistant.Message
		require.NoError(t, json.Unmarshal(stored, &second))
		require.Equal(t, canonical(t, first.Parts), canonical(t, second.Parts))
		again, err := json.Marshal(second)
		require.NoError(t, err)
		require.Equal(t, string(stored), string(again))
	})
}

// canonical writes parts of newer releases in one way: which characters of JSON are escaped is not
// part of their meaning.
func canonical(t *testing.T, parts []assistant.Part) (out []assistant.Part) {
	for _, p := range parts {
		switch q := p.(type) {
		case assistant.Unknown:
			var v any
			d := json.NewDecoder(bytes.NewReader(q.JSON))
			d.UseNumber()
			require.NoError(t, d.Decode(&v))
			b, err := json.Marshal(v)
			require.NoError(t, err)
			p = assistant.Unknown{JSON: b}
		case assistant.ToolResult:
			q.Parts = canonical(t, q.Parts)
			p = q
		}
		out = append(out, p)
	}
	return out
}

func TestOptJSON(t *testing.T) {
	t.Parallel()
	u := assistant.Usage{Input: 3, Output: 2, Total: 5, Reasoning: assistant.Some(0)}
	b, err := json.Marshal(u)
	require.NoError(t, err)
	require.Equal(t, `{"input":3,"output":2,"total":5,"reasoning":0}`, string(b))
	var back assistant.Usage
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, u, back)
	require.Equal(t, 7, back.CacheRead.Or(7))
	require.NoError(t, json.Unmarshal([]byte(`{"reasoning":null}`), &back))
	require.True(t, back.Reasoning.IsZero())

	tags := assistant.Some(map[string]int{"旧": 1})
	require.NoError(t, json.Unmarshal([]byte(`{"新":2}`), &tags))
	require.Equal(t, map[string]int{"新": 2}, tags.Value)
	require.Error(t, json.Unmarshal([]byte(`[]`), &tags))
	require.Equal(t, map[string]int{"新": 2}, tags.Value)
}
