package observe_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/assistanttest"
	"github.com/zhushou-ai/zhushou/assistant/middleware"
	"github.com/zhushou-ai/zhushou/assistant/middleware/observe"
)

// A lab is a Telemetry whose signals stay here.
type lab struct {
	observe.Telemetry
	spans  *tracetest.InMemoryExporter
	reader *metric.ManualReader
	events []sdklog.Record
}

func newLab() *lab {
	l := &lab{spans: tracetest.NewInMemoryExporter(), reader: metric.NewManualReader()}
	l.Tracers = sdktrace.NewTracerProvider(sdktrace.WithSyncer(l.spans))
	l.Meters = metric.NewMeterProvider(metric.WithReader(l.reader))
	l.Loggers = sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewSimpleProcessor(l)))
	return l
}

func (l *lab) Export(_ context.Context, records []sdklog.Record) error {
	for _, r := range records {
		l.events = append(l.events, r.Clone())
	}
	return nil
}
func (*lab) Shutdown(context.Context) error   { return nil }
func (*lab) ForceFlush(context.Context) error { return nil }

// attrs writes attributes as a map of texts.
func attrs(list []attribute.KeyValue) map[string]string {
	out := map[string]string{}
	for _, kv := range list {
		out[string(kv.Key)] = kv.Value.String()
	}
	return out
}

// points returns "count sum attributes" of each point of a histogram.
func (l *lab) points(t *testing.T, name string) []string {
	t.Helper()
	var all metricdata.ResourceMetrics
	require.NoError(t, l.reader.Collect(t.Context(), &all))
	var out []string
	add := func(count uint64, sum any, set attribute.Set) {
		b, err := json.Marshal(attrs(set.ToSlice()))
		require.NoError(t, err)
		out = append(out, fmt.Sprintf("%d %v %s", count, sum, b))
	}
	for _, s := range all.ScopeMetrics {
		for _, m := range s.Metrics {
			if m.Name != name {
				continue
			}
			switch data := m.Data.(type) {
			case metricdata.Histogram[int64]:
				for _, p := range data.DataPoints {
					add(p.Count, p.Sum, p.Attributes)
				}
			case metricdata.Histogram[float64]:
				for _, p := range data.DataPoints {
					add(p.Count, p.Sum, p.Attributes)
				}
			}
		}
	}
	return out
}

func question() *assistant.Request {
	return &assistant.Request{
		Model:       "茶-大",
		Messages:    []assistant.Message{assistant.System("你是导购。"), assistant.User("有龙井吗？")},
		Temperature: assistant.Some(0.0), TopP: assistant.Some(0.5), Seed: assistant.Some[int64](7), TopK: 3, MaxTokens: 99,
		Stop: []string{"机密"}, Format: assistant.Format{Kind: assistant.FormatJSON}, User: "用户甲",
		Extra: map[string]map[string]any{"甲": {"key": "sk-1"}},
	}
}

// slow is a turn that takes two seconds to begin and one more to end.
func slow(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		if !yield(assistant.Chunk{Meta: &assistant.Meta{Vendor: "甲", Model: "茶-大-1", ID: "r9",
			Dropped: []assistant.Dropped{{Field: "TopK", Reason: "没有"}}}}, nil) {
			return
		}
		time.Sleep(2 * time.Second)
		if !yield(assistant.Chunk{Reasoning: "想"}, nil) || !yield(assistant.Chunk{Text: "有的"}, nil) {
			return
		}
		time.Sleep(time.Second)
		yield(assistant.Chunk{Finish: assistant.FinishStop, Usage: &assistant.Usage{Input: 12, Output: 8, Total: 20,
			CacheRead: assistant.Some(5), CacheWrite: assistant.Some(2), Reasoning: assistant.Some(3)}}, nil)
	}
}

func TestSpanMetricsAndEvent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLab()
		l.Events = true
		m := l.Wrap(assistanttest.Script(slow))
		r, err := assistant.Generate(t.Context(), m, question())
		require.NoError(t, err)
		require.Equal(t, "有的", r.Text())

		spans := l.spans.GetSpans()
		require.Len(t, spans, 1)
		s := spans[0]
		require.Equal(t, "chat 茶-大", s.Name)
		require.Equal(t, trace.SpanKindClient, s.SpanKind)
		require.Equal(t, codes.Unset, s.Status.Code)
		require.Equal(t, 3*time.Second, s.EndTime.Sub(s.StartTime))
		want := map[string]string{
			"gen_ai.operation.name": "chat", "gen_ai.provider.name": "甲", "gen_ai.request.model": "茶-大", "gen_ai.request.stream": "true",
			"gen_ai.request.temperature": "0", "gen_ai.request.top_p": "0.5", "gen_ai.request.top_k": "3", "gen_ai.request.seed": "7",
			"gen_ai.request.max_tokens": "99", "gen_ai.output.type": "json",
			"gen_ai.response.model": "茶-大-1", "gen_ai.response.id": "r9", "gen_ai.response.finish_reasons": `["stop"]`,
			"gen_ai.response.time_to_first_chunk": "2",
			"gen_ai.usage.input_tokens":           "12", "gen_ai.usage.output_tokens": "8", "gen_ai.usage.cache_read.input_tokens": "5",
			"gen_ai.usage.cache_creation.input_tokens": "2", "gen_ai.usage.reasoning.output_tokens": "3",
			"zhushou.dropped": `["TopK: 没有"]`,
		}
		require.Equal(t, want, attrs(s.Attributes))
		require.Equal(t, "https://opentelemetry.io/schemas/1.41.0", s.InstrumentationScope.SchemaURL)

		common := `"gen_ai.operation.name":"chat","gen_ai.provider.name":"甲","gen_ai.request.model":"茶-大","gen_ai.response.model":"茶-大-1"`
		require.Equal(t, []string{"1 3 {" + common + "}"}, l.points(t, "gen_ai.client.operation.duration"))
		require.Equal(t, []string{"1 2 {" + common + "}"}, l.points(t, "gen_ai.client.operation.time_to_first_chunk"))
		require.ElementsMatch(t, []string{
			"1 12 {" + common + `,"gen_ai.token.type":"input"}`, "1 8 {" + common + `,"gen_ai.token.type":"output"}`,
		}, l.points(t, "gen_ai.client.token.usage"))

		require.Len(t, l.events, 1)
		e := l.events[0]
		require.Equal(t, "gen_ai.client.inference.operation.details", e.EventName())
		require.Equal(t, s.SpanContext.SpanID(), e.SpanID())
		require.Equal(t, want, attrs(eventAttrs(e)))
	})
}

func eventAttrs(r sdklog.Record) (list []attribute.KeyValue) {
	r.WalkAttributes(func(kv attribute.KeyValue) bool {
		list = append(list, kv)
		return true
	})
	return list
}

func TestContentOnlyIfWanted(t *testing.T) {
	t.Parallel()
	secret := &assistant.Error{Kind: assistant.ErrInvalid, Message: "机密"}
	for _, content := range []bool{false, true} {
		l := newLab()
		l.Events, l.Content = true, content
		m := l.Wrap(assistanttest.Script(
			assistanttest.Chunks(assistant.Chunk{Text: "有的", ToolCalls: []assistant.ToolCall{{ID: "1", Name: "f", Arguments: `{"a":1}`}}, Finish: assistant.FinishToolCalls}),
			assistanttest.Break(secret, assistant.Chunk{Text: "半"})))
		req := question()
		req.Messages = append(req.Messages,
			assistant.Message{Role: assistant.RoleUser, Parts: []assistant.Part{
				assistant.Image{Media: assistant.Media{URL: "https://example.com/p.png?sign=sk-1", MIME: "image/png"}},
				assistant.Audio{Media: assistant.Media{Data: []byte("bytes")}},
				assistant.Video{Media: assistant.Media{URL: "data:video/mp4;base64,AAAA"}},
				assistant.File{Media: assistant.Media{FileID: "f1"}},
				assistant.Citation{Title: "书", URL: "https://example.com"},
				assistant.Unknown{},
			}},
			assistant.Message{Role: assistant.RoleAssistant, Parts: []assistant.Part{assistant.ToolCall{ID: "0", Name: "g", Arguments: "{}"}, assistant.Reasoning{Text: "想"}}},
			assistant.Results(assistant.ToolResult{ID: "0", Parts: []assistant.Part{assistant.Text{Text: "三克"}}}))
		_, err := assistant.Generate(t.Context(), m, req)
		require.NoError(t, err)
		_, err = assistant.Generate(t.Context(), m, req)
		require.ErrorIs(t, err, secret)

		spans := l.spans.GetSpans()
		require.Len(t, spans, 2)
		all := fmt.Sprint(spans, eventAttrs(l.events[0]), eventAttrs(l.events[1]))
		require.NotContains(t, all, "sk-1")
		require.NotContains(t, all, "用户甲")
		require.NotContains(t, all, "AAAA")
		for _, words := range []string{"导购", "龙井", "机密", "有的", "三克"} {
			if !content {
				require.NotContains(t, all, words)
			} else {
				require.Contains(t, all, words)
			}
		}
		if !content {
			require.Equal(t, "invalid_request", spans[1].Status.Description)
			continue
		}
		got := attrs(spans[0].Attributes)
		require.JSONEq(t, `[{"role":"assistant","finish_reason":"tool_calls","parts":[{"type":"text","content":"有的"},
			{"type":"tool_call","id":"1","name":"f","arguments":"{\"a\":1}"}]}]`, got["gen_ai.output.messages"])
		require.JSONEq(t, `[{"role":"system","parts":[{"type":"text","content":"你是导购。"}]},{"role":"user","parts":[{"type":"text","content":"有龙井吗？"}]},
			{"role":"user","parts":[{"type":"uri","modality":"image","uri":"https://example.com/p.png","mime_type":"image/png"},{"type":"blob","modality":"audio"},
				{"type":"blob","modality":"video"},{"type":"file","modality":"file","file_id":"f1"},{"type":"citation","title":"书","uri":"https://example.com"}]},
			{"role":"assistant","parts":[{"type":"tool_call","id":"0","name":"g","arguments":"{}"},{"type":"reasoning","content":"想"}]},
			{"role":"tool","parts":[{"type":"tool_call_response","id":"0","response":"三克"}]}]`, got["gen_ai.input.messages"])
		require.JSONEq(t, `[{"role":"assistant","finish_reason":"error","parts":[{"type":"text","content":"半"}]}]`,
			attrs(spans[1].Attributes)["gen_ai.output.messages"])
		for _, kv := range eventAttrs(l.events[0]) {
			if kv.Key == "gen_ai.input.messages" {
				require.Equal(t, attribute.SLICE, kv.Value.Type())
				require.Len(t, kv.Value.AsSlice(), 5)
				require.Equal(t, attribute.MAP, kv.Value.AsSlice()[0].Type())
			}
		}
	}
}

func TestErrorTypes(t *testing.T) {
	t.Parallel()
	refused := func(r error) error { return &assistant.Error{Kind: assistant.ErrOverloaded, Err: r} }
	for want, err := range map[string]error{
		"rate_limited":    &assistant.Error{Kind: assistant.ErrRateLimited},
		"truncated":       fmt.Errorf("x: %w", &assistant.Error{Kind: assistant.ErrTruncated}),
		"circuit_open":    refused(middleware.ErrOpen),
		"budget":          refused(&middleware.BudgetError{}),
		"unchecked_limit": fmt.Errorf("%w: x", middleware.ErrUnchecked),
		"_OTHER":          errors.New("x"),
	} {
		l := newLab()
		_, got := assistant.Generate(t.Context(), l.Wrap(assistanttest.Script(assistanttest.Break(err))), &assistant.Request{})
		require.ErrorIs(t, got, err)
		s := l.spans.GetSpans()[0]
		require.Equal(t, "chat", s.Name)
		require.Equal(t, codes.Error, s.Status.Code)
		require.Equal(t, want, s.Status.Description)
		require.Equal(t, want, attrs(s.Attributes)["error.type"])
		points := l.points(t, "gen_ai.client.operation.duration")
		require.Len(t, points, 1)
		require.Contains(t, points[0], `"error.type":"`+want+`"`)
		require.Contains(t, points[0], `"gen_ai.provider.name":"unknown"`)
		require.Empty(t, l.points(t, "gen_ai.client.token.usage"))
	}
	for _, kind := range []assistant.ErrorKind{assistant.ErrAuth, assistant.ErrPermission, assistant.ErrQuota, assistant.ErrRateLimited, assistant.ErrOverloaded,
		assistant.ErrServer, assistant.ErrTimeout, assistant.ErrContextLength, assistant.ErrBlocked, assistant.ErrInvalid, assistant.ErrNotFound,
		assistant.ErrTruncated, assistant.ErrProtocol, assistant.ErrNetwork} {
		l := newLab()
		_, _ = assistant.Generate(t.Context(), l.Wrap(assistanttest.Script(assistanttest.Break(&assistant.Error{Kind: kind}))), &assistant.Request{})
		require.NotEqual(t, "_OTHER", l.spans.GetSpans()[0].Status.Description, kind)
	}
}

func TestACallerWhoLeavesHasNotFailed(t *testing.T) {
	t.Parallel()
	l := newLab()
	l.Vendor, l.Model = "甲", "茶"
	m := l.Wrap(assistanttest.Script(assistanttest.Say("一二三"), assistanttest.Say("一二三"), assistanttest.Hang()))
	for range m.Stream(t.Context(), &assistant.Request{}) {
		break
	}
	require.Panics(t, func() {
		for range m.Stream(t.Context(), &assistant.Request{}) {
			panic("caller")
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err := assistant.Generate(ctx, m, &assistant.Request{})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	spans := l.spans.GetSpans()
	require.Len(t, spans, 3)
	require.Equal(t, "chat 茶", spans[0].Name)
	require.Equal(t, codes.Unset, spans[0].Status.Code)
	require.Equal(t, "甲", attrs(spans[0].Attributes)["gen_ai.provider.name"])
	require.Equal(t, codes.Unset, spans[1].Status.Code)
	require.Equal(t, "deadline_exceeded", spans[2].Status.Description)
}

// A Telemetry above and one below a Retry make a span with a child for each attempt.
func TestAttemptsAreChildren(t *testing.T) {
	t.Parallel()
	l := newLab()
	busy := assistanttest.Break(&assistant.Error{Kind: assistant.ErrServer})
	m := middleware.Wrap(assistanttest.Script(busy, assistanttest.Say("好")),
		l.Wrap, middleware.Retry{Delay: time.Nanosecond}.Wrap, l.Wrap)
	_, err := assistant.Generate(t.Context(), m, &assistant.Request{})
	require.NoError(t, err)
	spans := l.spans.GetSpans() // in the order in which they ended
	require.Len(t, spans, 3)
	for _, s := range spans[:2] {
		require.Equal(t, spans[2].SpanContext.SpanID(), s.Parent.SpanID())
	}
	require.Equal(t, codes.Error, spans[0].Status.Code)
	require.Equal(t, codes.Unset, spans[2].Status.Code)
}

func Example() {
	spans := tracetest.NewInMemoryExporter()
	model := middleware.Wrap(assistanttest.Script(assistanttest.Say("有的，明前龙井。")),
		observe.Telemetry{Tracers: sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans)), Vendor: "qwen", Model: "qwen-plus"}.Wrap)
	a := &assistant.Assistant{Model: model}
	answer, err := a.Ask(context.Background(), "有龙井吗？")
	fmt.Println(answer, err)
	for _, s := range spans.GetSpans() {
		fmt.Println(s.Name)
	}
	// Output:
	// 有的，明前龙井。 <nil>
	// chat qwen-plus
}
