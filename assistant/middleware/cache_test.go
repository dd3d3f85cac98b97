package middleware_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
)

func TestCacheReplays(t *testing.T) {
	t.Parallel()
	answer := strings.Repeat("明前龙井，香气清高。", 60)
	chunks := []assistant.Chunk{{Meta: &assistant.Meta{Vendor: "甲", ID: "一", RequestID: "r"}}, {Reasoning: "想"}, {Reasoning: "想"}}
	for _, r := range answer {
		chunks = append(chunks, text(string(r)))
	}
	chunks = append(chunks,
		assistant.Chunk{Parts: []assistant.Part{assistant.Citation{Index: 1, URL: "https://example.com"}}},
		assistant.Chunk{ToolCalls: []assistant.ToolCall{{ID: "1", Name: "f", Arguments: "{}"}}},
		assistant.Chunk{Usage: &assistant.Usage{Input: 5, Output: 5, Total: 10}},
		assistant.Chunk{Finish: assistant.FinishToolCalls, Meta: &assistant.Meta{Vendor: "甲", ID: "二", RequestID: "r"}})
	v := turns(assistanttest.Chunks(chunks...), fail(assistant.ErrServer))
	m := middleware.Cache{}.Wrap(v)
	first, err := assistant.Generate(t.Context(), m, greeting)
	require.NoError(t, err)
	require.Equal(t, "r", first.RequestID)
	require.Equal(t, 10, first.Usage.Total)

	again, err := assistant.Generate(t.Context(), m, greeting)
	require.NoError(t, err)
	require.Equal(t, first.Message, again.Message)
	require.Equal(t, first.Finish, again.Finish)
	require.Zero(t, again.Usage)
	require.Equal(t, assistant.Meta{Vendor: "甲", ID: "二"}, again.Meta)
	require.Len(t, v.seen(), 1)

	n, most := 0, 0
	for c, err := range m.Stream(t.Context(), greeting) {
		require.NoError(t, err)
		n++
		most = max(most, len(c.Text))
	}
	require.Greater(t, n, 10, "it is still a stream")
	require.Less(t, most, 200)

	for range m.Stream(t.Context(), greeting) {
		break
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = assistant.Generate(ctx, m, greeting)
	require.ErrorIs(t, err, context.Canceled)
}

func TestCacheKeepsOnlyWhatEndedWell(t *testing.T) {
	end := func(why assistant.FinishReason) assistant.Chunk { return assistant.Chunk{Text: "好", Finish: why} }
	for name, tc := range map[string]struct {
		turn assistanttest.Turn
		kept bool
	}{
		"stop":          {assistanttest.Chunks(end(assistant.FinishStop)), true},
		"tool calls":    {assistanttest.Calls(assistant.ToolCall{ID: "1", Name: "f"}), true},
		"empty":         {assistanttest.Chunks(assistant.Chunk{Finish: assistant.FinishStop}), true},
		"cut":           {assistanttest.Chunks(end(assistant.FinishLength)), false},
		"filtered":      {assistanttest.Chunks(end(assistant.FinishFiltered)), false},
		"refusal":       {assistanttest.Chunks(end(assistant.FinishRefusal)), false},
		"other":         {assistanttest.Chunks(end(assistant.FinishOther)), false},
		"retracted":     {assistanttest.Chunks(assistant.Chunk{Retract: &assistant.Retraction{}}, end(assistant.FinishStop)), false},
		"error":         {fail(assistant.ErrServer), false},
		"breaking off":  {fail(assistant.ErrTruncated, text("半")), false},
		"silence":       {assistanttest.Chunks(text("半")), false},
		"too large":     {assistanttest.Chunks(text(strings.Repeat("长", 500)), end(assistant.FinishStop)), false},
		"a large photo": {assistanttest.Chunks(assistant.Chunk{Parts: []assistant.Part{assistant.Image{Media: assistant.Media{Data: make([]byte, 2000)}}}}, end(assistant.FinishStop)), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := turns(tc.turn)
			m := middleware.Cache{MaxBytes: 8000}.Wrap(v)
			_, _ = ask(t.Context(), m)
			_, _ = ask(t.Context(), m)
			require.Equal(t, tc.kept, len(v.seen()) == 1)
		})
	}
	t.Run("left early", func(t *testing.T) {
		t.Parallel()
		v := turns(assistanttest.Say("一二三"))
		m := middleware.Cache{}.Wrap(v)
		for range m.Stream(t.Context(), greeting) {
			break
		}
		got, err := ask(t.Context(), m)
		require.NoError(t, err)
		require.Equal(t, "一二三", got)
		require.Len(t, v.seen(), 2)
	})
}

func TestCacheForgets(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := turns(assistanttest.Say(strings.Repeat("字", 100)))
		m := middleware.Cache{TTL: time.Minute, MaxBytes: 8 * 1000}.Wrap(v)
		q := func(i int) {
			t.Helper()
			_, err := assistant.Generate(t.Context(), m, &assistant.Request{Messages: []assistant.Message{assistant.User(numbered(i))}})
			require.NoError(t, err)
		}
		q(0)
		q(0)
		require.Len(t, v.seen(), 1)
		time.Sleep(time.Minute)
		q(0)
		require.Len(t, v.seen(), 2, "too old")
		for i := range 50 {
			q(i)
			q(0) // in use
		}
		require.Len(t, v.seen(), 2+49)
		q(1)
		require.Len(t, v.seen(), 2+50, "the one unused for longest is gone")
		q(49)
		require.Len(t, v.seen(), 2+50)
	})
}

func TestCacheSingle(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := newVendor(func(n int, _ time.Duration) assistanttest.Turn {
			if n == 0 {
				return after(time.Second, fail(assistant.ErrServer))
			}
			return pieces(time.Second, "一", "二")
		})
		m := middleware.Cache{Single: true}.Wrap(v)
		var good atomic.Int64
		all := func(n int) time.Duration {
			start := time.Now()
			var wg sync.WaitGroup
			for range n {
				wg.Go(func() {
					if got, err := ask(t.Context(), m); err == nil && got == "一二" {
						good.Add(1)
					}
				})
			}
			wg.Wait()
			return time.Since(start)
		}
		require.Equal(t, 3*time.Second, all(5)) // the first fails, and nobody waits twice
		require.EqualValues(t, 4, good.Load())
		require.Len(t, v.seen(), 5)

		v = turns(pieces(time.Second, "一", "二"))
		m = middleware.Cache{Single: true}.Wrap(v)
		require.Equal(t, 2*time.Second, all(100))
		require.EqualValues(t, 104, good.Load())
		require.Len(t, v.seen(), 1)

		// Who waits can leave.
		v = turns(pieces(time.Second, "一", "二"))
		m = middleware.Cache{Single: true}.Wrap(v)
		go func() { _, _ = ask(t.Context(), m) }()
		time.Sleep(time.Millisecond)
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		_, err := ask(ctx, m)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Len(t, v.seen(), 1)
		time.Sleep(5 * time.Second)
	})
}

func TestCacheKey(t *testing.T) {
	t.Parallel()
	base := func() *assistant.Request {
		return &assistant.Request{
			Messages: []assistant.Message{assistant.User("你好")},
			Tools:    []*assistant.ToolSpec{{Name: "f", Schema: json.RawMessage(`{"type":"object","properties":{"a":{"type":"string"}}}`)}},
			Format:   assistant.Format{Kind: assistant.FormatSchema, Schema: json.RawMessage(`{"a":1,"b":1.0}`)},
			Extra:    map[string]map[string]any{"甲": {"x": 1, "y": []any{2}}},
			User:     "u",
		}
	}
	for name, change := range map[string]func(r *assistant.Request){
		"white space and order of a schema": func(r *assistant.Request) { r.Format.Schema = json.RawMessage("{ \"b\":1.0,\n\"a\":1}") },
		"order in a tool's schema": func(r *assistant.Request) {
			r.Tools[0].Schema = json.RawMessage(`{"properties":{"a":{"type":"string"}},"type":"object"}`)
		},
		"empty is nil":         func(r *assistant.Request) { r.Stop = []string{}; r.Extra["乙"] = nil },
		"a timeout of a tool":  func(r *assistant.Request) { r.Tools[0].Timeout = time.Second },
		"an Opt without value": func(r *assistant.Request) { r.Temperature = assistant.Opt[float64]{} },
	} {
		require.True(t, sameKey(t, base(), change), name)
	}
	for name, change := range map[string]func(r *assistant.Request){
		"model":              func(r *assistant.Request) { r.Model = "m" },
		"text":               func(r *assistant.Request) { r.Messages[0] = assistant.User("你好 ") },
		"role":               func(r *assistant.Request) { r.Messages[0].Role = assistant.RoleSystem },
		"partial":            func(r *assistant.Request) { r.Messages[0].Partial = true },
		"more messages":      func(r *assistant.Request) { r.Messages = append(r.Messages, assistant.Answer("嗯")) },
		"a zero temperature": func(r *assistant.Request) { r.Temperature = assistant.Some(0.0) },
		"seed":               func(r *assistant.Request) { r.Seed = assistant.Some[int64](1) },
		"top k":              func(r *assistant.Request) { r.TopK = 1 },
		"max tokens":         func(r *assistant.Request) { r.MaxTokens = 1 },
		"stop":               func(r *assistant.Request) { r.Stop = []string{"。"} },
		"tool's name":        func(r *assistant.Request) { r.Tools[0].Name = "g" },
		"tool's description": func(r *assistant.Request) { r.Tools[0].Description = "g" },
		"no tools":           func(r *assistant.Request) { r.Tools = nil },
		"choice":             func(r *assistant.Request) { r.ToolChoice.Mode = assistant.ToolNone },
		"single":             func(r *assistant.Request) { r.SingleTool = true },
		"schema":             func(r *assistant.Request) { r.Format.Schema = json.RawMessage(`{"a":1,"b":1}`) },
		"strict":             func(r *assistant.Request) { r.Format.Strict = true },
		"thinking":           func(r *assistant.Request) { r.Thinking.Mode = assistant.On },
		"effort":             func(r *assistant.Request) { r.Thinking.Effort = assistant.EffortHigh },
		"search":             func(r *assistant.Request) { r.Search.Sites = []string{"a"} },
		"extra":              func(r *assistant.Request) { r.Extra["甲"]["x"] = 2 },
		"user":               func(r *assistant.Request) { r.User = "v" },
	} {
		require.False(t, sameKey(t, base(), change), name)
	}
	for name, change := range map[string]func(r *assistant.Request){ // these go past the cache
		"a function":   func(r *assistant.Request) { r.Extra["甲"]["x"] = func() {} },
		"a nil part":   func(r *assistant.Request) { r.Messages[0].Parts = []assistant.Part{nil} },
		"a bad schema": func(r *assistant.Request) { r.Format.Schema = json.RawMessage(`{`) },
		"two schemas":  func(r *assistant.Request) { r.Format.Schema = json.RawMessage(`{} {}`) },
	} {
		v := turns(assistanttest.Say("好"))
		m := middleware.Cache{}.Wrap(v)
		req := base()
		change(req)
		for range 2 {
			_, err := assistant.Generate(t.Context(), m, req)
			require.NoError(t, err, name)
		}
		require.Len(t, v.seen(), 2, name)
	}
}

// sameKey reports whether a changed request is answered with the reply of the first.
func sameKey(t *testing.T, req *assistant.Request, change func(*assistant.Request)) bool {
	t.Helper()
	v := turns(assistanttest.Say("好"))
	m := middleware.Cache{}.Wrap(v)
	_, err := assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	change(req)
	_, err = assistant.Generate(t.Context(), m, req)
	require.NoError(t, err)
	return len(v.seen()) == 1
}

func TestCacheScopes(t *testing.T) {
	t.Parallel()
	type tenant struct{}
	v := turns(assistanttest.Say("好"))
	m := middleware.Cache{
		AcrossUsers: true,
		Scope:       func(ctx context.Context, _ *assistant.Request) string { s, _ := ctx.Value(tenant{}).(string); return s },
		Skip:        func(_ context.Context, r *assistant.Request) bool { return r.Search.Mode == assistant.On },
	}.Wrap(v)
	do := func(who, user string, search assistant.Switch) {
		req := *greeting
		req.User, req.Search.Mode = user, search
		_, err := assistant.Generate(context.WithValue(t.Context(), tenant{}, who), m, &req)
		require.NoError(t, err)
	}
	do("一", "u", assistant.Default)
	do("一", "v", assistant.Default)
	require.Len(t, v.seen(), 1)
	do("二", "u", assistant.Default)
	require.Len(t, v.seen(), 2)
	do("一", "u", assistant.On)
	do("一", "u", assistant.On)
	require.Len(t, v.seen(), 4)
}
