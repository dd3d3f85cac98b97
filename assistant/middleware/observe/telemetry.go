package observe

import (
	"context"
	"errors"
	"iter"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.41.0"
	"go.opentelemetry.io/otel/semconv/v1.41.0/genaiconv"
	"go.opentelemetry.io/otel/trace"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Telemetry is a middleware that records calls. The zero Telemetry records spans and metrics with
// OpenTelemetry's global providers.
type Telemetry struct {
	Tracers trace.TracerProvider // if nil, the global one
	Meters  metric.MeterProvider // if nil, the global one
	Loggers log.LoggerProvider   // for events; if nil, the global one

	// Vendor and Model are what calls are named by until the reply says where it comes from. A Model named
	// in the request comes first.
	Vendor, Model string

	// Events adds an event gen_ai.client.inference.operation.details for each call.
	Events bool

	// Content adds the messages of requests and replies to spans and events, and the words of errors.
	Content bool
}

const (
	scope        = "github.com/zhushou-ai/zhushou/assistant/middleware/observe"
	detailsEvent = "gen_ai.client.inference.operation.details"
	unknown      = "unknown"
)

// An observer is a Telemetry with its instruments.
type observer struct {
	Telemetry
	tracer   trace.Tracer
	logger   log.Logger
	tokens   genaiconv.ClientTokenUsage
	duration genaiconv.ClientOperationDuration
	first    genaiconv.ClientOperationTimeToFirstChunk
}

// Wrap is a middleware. Instruments that the meter refuses to make are reported to OpenTelemetry's error
// handler and record nothing.
func (t Telemetry) Wrap(m assistant.Model) assistant.Model {
	if t.Tracers == nil {
		t.Tracers = otel.GetTracerProvider()
	}
	if t.Meters == nil {
		t.Meters = otel.GetMeterProvider()
	}
	if t.Loggers == nil {
		t.Loggers = otel.GetLoggerProvider()
	}
	o := &observer{
		Telemetry: t,
		tracer:    t.Tracers.Tracer(scope, trace.WithSchemaURL(semconv.SchemaURL)),
		logger:    t.Loggers.Logger(scope, log.WithSchemaURL(semconv.SchemaURL)),
	}
	meter := t.Meters.Meter(scope, metric.WithSchemaURL(semconv.SchemaURL))
	// The boundaries are those that the conventions advise.
	seconds := metric.WithExplicitBucketBoundaries(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
	counts := metric.WithExplicitBucketBoundaries(1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864)
	var errs [3]error
	o.tokens, errs[0] = genaiconv.NewClientTokenUsage(meter, counts)
	o.duration, errs[1] = genaiconv.NewClientOperationDuration(meter, seconds)
	o.first, errs[2] = genaiconv.NewClientOperationTimeToFirstChunk(meter, seconds)
	if err := errors.Join(errs[:]...); err != nil {
		otel.Handle(err)
	}
	return observed{o, m}
}

// observed is a model that an observer looks at.
type observed struct {
	*observer
	model assistant.Model
}

// Stream implements [assistant.Model].
func (o observed) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		c := call{observer: o.observer, req: req, start: time.Now(), requested: o.Model}
		if req.Model != "" {
			c.requested = req.Model
		}
		name := string(genaiconv.OperationNameChat)
		if c.requested != "" {
			name += " " + c.requested
		}
		ctx, c.span = o.tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindClient), trace.WithTimestamp(c.start),
			trace.WithAttributes(c.asked()...))
		defer c.end(ctx)
		for chunk, err := range o.model.Stream(ctx, req) {
			c.see(&chunk, err)
			if !yield(chunk, err) {
				return
			}
		}
	}
}

// A call is what is known of one call.
type call struct {
	*observer
	req       *assistant.Request
	requested string // model
	span      trace.Span
	start     time.Time

	first  time.Duration // until the first content
	finish assistant.FinishReason
	usage  *assistant.Usage
	meta   assistant.Meta
	err    error
	reply  assistant.Collector // if content is wanted
}

func (c *call) see(k *assistant.Chunk, err error) {
	if err != nil {
		c.err = err
		return
	}
	if c.first == 0 && (k.Text != "" || k.Reasoning != "" || k.Finish != "" || len(k.ToolCalls)+len(k.Parts) > 0 || k.Retract != nil) {
		c.first = max(time.Since(c.start), 1)
	}
	if k.Finish != "" {
		c.finish = k.Finish
	}
	if k.Usage != nil {
		c.usage = k.Usage
	}
	if k.Meta != nil {
		c.meta = *k.Meta
	}
	if c.Content {
		c.reply.Add(*k)
	}
}

// end records everything.
func (c *call) end(ctx context.Context) {
	took := time.Since(c.start)
	failure := c.errorType(ctx)
	answered := c.answered(failure)
	if c.span.IsRecording() {
		c.span.SetAttributes(answered...)
		if c.Content {
			c.span.SetAttributes(attribute.String(string(semconv.GenAIInputMessagesKey), text(inputs(c.req.Messages))))
			c.span.SetAttributes(attribute.String(string(semconv.GenAIOutputMessagesKey), text(output(&c.reply))))
		}
		if failure != "" {
			c.span.SetStatus(codes.Error, c.words(failure))
		}
	}
	c.measure(ctx, took, failure)
	if c.Events {
		c.tell(ctx, answered)
	}
	c.span.End(trace.WithTimestamp(c.start.Add(took)))
}

// measure records the metrics.
func (c *call) measure(ctx context.Context, took time.Duration, failure string) {
	attrs := []attribute.KeyValue{semconv.GenAIOperationNameChat, semconv.GenAIProviderNameKey.String(c.vendor())}
	if c.requested != "" {
		attrs = append(attrs, semconv.GenAIRequestModel(c.requested))
	}
	if c.meta.Model != "" {
		attrs = append(attrs, semconv.GenAIResponseModel(c.meta.Model))
	}
	plain := attribute.NewSet(attrs...)
	if c.first > 0 {
		c.observer.first.RecordSet(ctx, c.first.Seconds(), plain)
	}
	if u := c.usage; u != nil {
		n := len(attrs)
		c.tokens.RecordSet(ctx, int64(u.Input), attribute.NewSet(append(attrs[:n:n], semconv.GenAITokenTypeInput)...))
		c.tokens.RecordSet(ctx, int64(u.Output), attribute.NewSet(append(attrs[:n:n], semconv.GenAITokenTypeOutput)...))
	}
	if failure != "" {
		plain = attribute.NewSet(append(attrs, semconv.ErrorTypeKey.String(failure))...)
	}
	c.duration.RecordSet(ctx, took.Seconds(), plain)
}

// tell emits the event.
func (c *call) tell(ctx context.Context, answered []attribute.KeyValue) {
	if !c.logger.Enabled(ctx, log.EnabledParameters{Severity: log.SeverityInfo, EventName: detailsEvent}) {
		return
	}
	var r log.Record
	r.SetEventName(detailsEvent)
	r.SetTimestamp(time.Now())
	r.SetSeverity(log.SeverityInfo)
	r.AddAttributes(c.asked()...)
	r.AddAttributes(answered...)
	if c.Content {
		r.AddAttributes(
			attribute.KeyValue{Key: semconv.GenAIInputMessagesKey, Value: value(inputs(c.req.Messages))},
			attribute.KeyValue{Key: semconv.GenAIOutputMessagesKey, Value: value(output(&c.reply))})
	}
	c.logger.Emit(ctx, r)
}
