package guard_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/internal/seed"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// Numbers behind escapes are numbers.
func TestMaskAndEscapes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`手机\n13812345678\t好`:             `手机\n〔手机号1〕\t好`,
		`结果：{"a":"手机\n13812345678"}`:     `结果：{"a":"手机\n〔手机号1〕"}`,
		`"手机\n13812345678"`:              `"手机\n〔手机号1〕"`,
		`\u624b机\u00313812345678，\u5f20`: `手机〔手机号1〕，张`,
		`C:\new\13812345678\`:            `C:\new\〔手机号1〕\`,
		`C:\new\u`:                       `C:\new\u`,
		"\n\uF8FC13812345678":            "\n\uF8FC〔手机号1〕",
		"\uF8FC\\13812345678":            "\uFFFD\\〔手机号1〕",
		`{"a":"\u624b\ud83d\u0031"}`:     `{"a":"\u624b\ud83d\u0031"}`,
	} {
		script := assistanttest.Script(assistanttest.Say("好"))
		ask(t, guard.Mask{}.Wrap(script), request(assistant.User(text)))
		require.Equal(t, want, script.Requests()[0].Messages[0].Text())
	}
}

// JSON stays JSON of the same shape, and what was put into it can be put back.
func TestMaskedJSONHasTheSameShape(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := rand.New(rand.NewPCG(seed.For(t), 0))
	texts := []string{"好", "手机13812345678", "他说\"13812345678\"", `c:\手机13812345678`, "号码\n13812345678\t完", "我叫张伟", "张伟", "a@example.com", "<&>\u2028", "", "\uF8FD13812345678", "〔手机号1〕", "/"}
	var value func(depth int) any
	value = func(depth int) any {
		switch n := r.IntN(6 + depth); {
		case n > 8:
			return []any{value(depth - 1), value(depth - 1)}
		case n > 6:
			return map[string]any{"name": value(depth - 1), "k" + texts[r.IntN(len(texts))]: value(depth - 1)}
		case n == 6:
			return nil
		case n == 5:
			return r.IntN(100)
		case n == 4:
			return json.Number("13812345678")
		}
		return texts[r.IntN(len(texts))]
	}
	for range 2000 {
		b, err := json.Marshal(map[string]any{"x": value(4), "y": value(4)})
		require.NoError(t, err)
		text := string(b)
		if r.IntN(2) == 0 { // as other programs write it
			text = strings.ReplaceAll(text, "机", `\u673a`)
			text = strings.ReplaceAll(text, "/", `\/`)
		}
		script := assistanttest.Script(assistanttest.Chunks(assistant.Chunk{Finish: assistant.FinishStop}))
		m := assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "1", Name: "f", Arguments: text}}}
		ask(t, guard.Mask{}.Wrap(script), request(assistant.User("我叫张伟，手机13812345678"), m))
		out := script.Requests()[0].Messages[1].ToolCalls()[0].Arguments
		require.NotContains(t, out, "13812345678", text)
		require.NotContains(t, out, "张伟", text)
		require.Equal(t, shape(t, text), shape(t, out), "%s became %s", text, out)
		// The model says the same back.
		back := ask(t, guard.Mask{}.Wrap(assistanttest.Script(assistanttest.Call("f", out))), request(assistant.User("我叫张伟，手机13812345678"), m))
		require.Equal(t, content(t, text), content(t, back.ToolCalls()[0].Arguments))
	}
}

// content is JSON with its numbers as texts, because a placeholder is one.
func content(t *testing.T, text string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(strings.ReplaceAll(text, "\uF8FD", "\uFFFD")))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v), text)
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for key, one := range v {
				v[key] = walk(one)
			}
			return v
		case []any:
			for i, one := range v {
				v[i] = walk(one)
			}
			return v
		case json.Number:
			return v.String()
		}
		return v
	}
	return walk(v)
}

// shape is JSON with its texts and numbers made the same.
func shape(t *testing.T, text string) string {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal([]byte(text), &v), text)
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			return len(v)
		case []any:
			out := []any{}
			for _, one := range v {
				out = append(out, walk(one))
			}
			return out
		case nil:
			return nil
		}
		return "x"
	}
	m := v.(map[string]any)
	b, err := json.Marshal([]any{walk(m["x"]), walk(m["y"])})
	require.NoError(t, err)
	return string(b)
}

func TestMaskRestoresToolCalls(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ model, tool string }{
		"in a string":         {`{"to":"〔手机号1〕","text":"\"hi\""}`, `{"to":"13812345678","text":"\"hi\""}`},
		"in a sentence":       {`{"text":"打【手机号１】吧"}`, `{"text":"打13812345678吧"}`},
		"escaped":             {`{"to":"\u3014\u624b机号1\u3015"}`, `{"to":"13812345678"}`},
		"bare number":         {`{"to": 〔手机号1〕, "n": 2}`, `{"to": 13812345678, "n": 2}`},
		"bare name":           {`{"who": 〔姓名1〕}`, `{"who": "张伟"}`},
		"in a list":           {`["〔手机号1〕","〔姓名1〕"]`, `["13812345678","张伟"]`},
		"unknown":             {`{"to":"〔手机号7〕"}`, `{"to":"〔手机号7〕"}`},
		"malformed":           {`{"to":"〔手机号1〕`, `{"to":"13812345678`},
		"something like JSON": {`to=〔手机号1〕`, `to=13812345678`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := assistanttest.Script(assistanttest.Call("send", c.model))
			reply := ask(t, guard.Mask{}.Wrap(script), request(assistant.User("我叫张伟，手机13812345678")))
			require.Equal(t, c.tool, reply.ToolCalls()[0].Arguments)
		})
	}
}

func FuzzMaskJSON(f *testing.F) {
	f.Add(`{"a":"手机\n13812345678","b":13812345678}`)
	f.Add(`{"a":"〔手机号1〕","b":〔姓名1〕,"c":"\u3014手机号2〕`)
	f.Add(`{"a":"\ud83d\ude00\u0022\\"`)
	f.Fuzz(func(t *testing.T, s string) {
		script := assistanttest.Script(assistanttest.Say("好"))
		m := assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "1", Name: "f", Arguments: s}}}
		ask(t, guard.Mask{}.Wrap(script), request(m, assistant.User(s)))
		out := script.Requests()[0].Messages[0].ToolCalls()[0].Arguments
		if json.Valid([]byte(s)) {
			require.True(t, json.Valid([]byte(out)), "%s -> %s", s, out)
		}
		back := ask(t, guard.Mask{}.Wrap(assistanttest.Script(assistanttest.Call("f", s))), request(assistant.User(said))).ToolCalls()[0].Arguments
		require.True(t, !json.Valid([]byte(s)) || json.Valid([]byte(back)), "%s -> %s", s, back)
		if !strings.Contains(s, "号") && !strings.Contains(s, "名") && !strings.Contains(s, `\u`) {
			require.Equal(t, s, back)
		}
		for f := range (privacy.Detector{Confidence: privacy.Certain, Types: privacy.TypesOf(privacy.Mobile)}).Find(out) {
			t.Fatalf("%s is left in %s", out[f.Start:f.End], out)
		}
		prose := script.Requests()[0].Messages[1].Text()
		for f := range (privacy.Detector{Confidence: privacy.Certain, Types: privacy.TypesOf(privacy.Mobile)}).Find(prose) {
			t.Fatalf("%s is left in %s", prose[f.Start:f.End], prose)
		}
	})
}
