package middleware

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Log writes one line for each call, as it ends: who answered, how it ended, how long it took and what it
// used. It writes nothing that anybody said, unless asked to, and never a key.
type Log struct {
	Logger *slog.Logger // if nil, nothing is written
	Level  slog.Level   // of calls that end well; those that fail are warnings
	Name   string       // of the stack, if there are several

	// Content adds the last message of the request, the reply, and the vendor's own words in errors,
	// which may repeat what was asked.
	Content bool
}

// Wrap is a [Middleware].
func (l Log) Wrap(m assistant.Model) assistant.Model {
	if l.Logger == nil {
		return m
	}
	return modelFunc(func(ctx context.Context, req *assistant.Request, yield func(assistant.Chunk, error) bool) {
		if err := l.stream(ctx, m, req, yield); err != nil {
			yield(assistant.Chunk{}, err)
		}
	})
}

func (l *Log) stream(ctx context.Context, m assistant.Model, req *assistant.Request, yield func(assistant.Chunk, error) bool) (err error) {
	if !l.Logger.Enabled(ctx, l.Level) && !l.Logger.Enabled(ctx, slog.LevelWarn) {
		var p passage
		return p.carry(m.Stream(ctx, req), yield)
	}
	e := logLine{start: time.Now()}
	left := true // by a panic in the caller's loop, unless carry returns
	defer func() { l.write(ctx, req, &e, err, left || e.stopped) }()
	err = e.carry(m.Stream(ctx, req), func(c assistant.Chunk, _ error) bool {
		if e.begun && e.first == 0 {
			e.first = max(time.Since(e.start), 1)
		}
		if l.Content {
			e.reply.Add(c)
		}
		if c.Finish != "" {
			e.finish = c.Finish
		}
		return yield(c, nil)
	})
	left = false
	return err
}

// A logLine is what is known of one call.
type logLine struct {
	passage
	start  time.Time
	first  time.Duration // until the first content
	finish assistant.FinishReason
	reply  assistant.Collector
}

func (l *Log) write(ctx context.Context, req *assistant.Request, e *logLine, err error, left bool) {
	level, text := l.Level, "model call"
	attrs := make([]slog.Attr, 0, 16)
	add := func(a slog.Attr) { attrs = append(attrs, a) }
	if l.Name != "" {
		add(slog.String("name", l.Name))
	}
	if e.meta != nil {
		add(slog.String("vendor", e.meta.Vendor))
		add(slog.String("model", e.meta.Model))
		add(slog.String("request_id", e.meta.RequestID))
		if n := len(e.meta.Dropped); n > 0 {
			add(slog.Int("dropped", n))
		}
	} else if req.Model != "" {
		add(slog.String("model", req.Model))
	}
	add(slog.Int("messages", len(req.Messages)))
	add(slog.Duration("took", time.Since(e.start)))
	if e.first > 0 {
		add(slog.Duration("first", e.first))
	}
	if u := e.usage; u != nil {
		add(slog.Int("input_tokens", u.Input))
		add(slog.Int("output_tokens", u.Output))
	}
	switch {
	case e.finish != "":
		add(slog.String("finish", string(e.finish)))
	case err == nil && left, ctx.Err() != nil:
		add(slog.String("finish", "left")) // the caller did not want more
	case err != nil:
		level, text = slog.LevelWarn, "model call failed"
	}
	if err != nil {
		add(l.failure(err))
	}
	if l.Content {
		if n := len(req.Messages); n > 0 {
			add(slog.String("question", req.Messages[n-1].Text()))
		}
		add(slog.String("answer", e.reply.Reply().Text()))
	}
	l.Logger.LogAttrs(ctx, level, text, attrs...)
}

// failure puts an error into attributes without anybody's words.
func (l *Log) failure(err error) slog.Attr {
	var e *assistant.Error
	if !errors.As(err, &e) {
		text := fmt.Sprintf("%T", err)
		if l.Content || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			text = withoutKeys(err.Error())
		}
		return slog.String("error", text)
	}
	attrs := []any{slog.String("kind", string(e.Kind))}
	add := func(key, v string) {
		if v != "" {
			attrs = append(attrs, slog.String(key, v))
		}
	}
	add("vendor", e.Vendor)
	if e.Status != 0 {
		attrs = append(attrs, slog.Int("status", e.Status))
	}
	add("code", withoutKeys(e.Code))
	add("request_id", e.RequestID)
	if e.RetryAfter > 0 {
		attrs = append(attrs, slog.Duration("retry_after", e.RetryAfter))
	}
	if l.Content {
		add("message", withoutKeys(e.Message))
	}
	if e.Err != nil && (l.Content || speechless(e)) {
		add("cause", withoutKeys(e.Err.Error()))
	}
	return slog.Group("error", attrs...)
}

// speechless reports whether the cause of an error comes from the network or from this package, and so
// cannot repeat what anybody said.
func speechless(e *assistant.Error) bool {
	switch e.Kind {
	case assistant.ErrNetwork, assistant.ErrTimeout, assistant.ErrTruncated:
		return true
	}
	return errors.Is(e.Err, ErrRefused)
}
