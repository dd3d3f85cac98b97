package abuse

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/assistant/guard/profile"
)

// A Ladder answers abuse step by step. Its zero value never does anything. It is safe for concurrent use and must not
// change once it is in use.
type Ladder struct {
	// Limits say when somebody is suspended: so many questions that were stopped, in a row or on one day of China. One
	// that is zero suspends nobody.
	Limits profile.Abuse

	// Records keeps where people stand. If nil, nothing is kept.
	Records Records

	// Subject says who asks. If nil, [assistant.Request.User] does. Somebody without a name has no record.
	Subject func(ctx context.Context, req *assistant.Request) string

	// Suspension is how long one lasts. If zero, 24 hours.
	Suspension time.Duration
	// Interval is how long somebody who is limited must wait between two questions. If zero, 30 seconds.
	Interval time.Duration

	// Messages are what people read instead of an answer, by state. Those of Warned are added to the guard's own. A
	// state without one has a message of ours; an empty one says nothing.
	Messages map[State]string

	// Changed, if not nil, is told of every new state. It may be called from several goroutines at once.
	Changed func(ctx context.Context, subject string, s State)
}

var messages = map[State]string{
	Warned:    "请注意：多次提出违规问题会被暂停使用。",
	Limited:   "您的提问过于频繁，请稍后再试。",
	Suspended: "由于多次提出违规问题，您的使用已被暂停。如有异议，可以申诉。",
}

var beijing = time.FixedZone("UTC+8", 8*60*60)

// state returns where somebody stands. The rung below suspension is that of one question less.
func (l *Ladder) state(r *Record, now time.Time) State {
	today := r.Today
	if r.Day != day(now) {
		today = 0
	}
	switch {
	case now.Before(r.Until):
		return Suspended
	case r.InRow == 0 && today == 0:
		return Clear
	case below(r.InRow, l.Limits.Consecutive) || below(today, l.Limits.Daily):
		return Limited
	}
	return Warned
}

// below reports whether one more is the limit, if it is not the first one.
func below(n, limit int) bool { return limit > 0 && n > 1 && n >= limit-1 }

func day(t time.Time) string { return t.In(beijing).Format(time.DateOnly) }

// State returns where somebody stands.
func (l *Ladder) State(ctx context.Context, subject string) (s State, err error) {
	err = l.update(ctx, subject, func(r *Record, now time.Time) { s = l.state(r, now) })
	return s, err
}

// Note notes a question of somebody, and whether it was stopped, and returns where that leads.
func (l *Ladder) Note(ctx context.Context, subject string, stopped bool) (s State, err error) {
	var before State
	err = l.update(ctx, subject, func(r *Record, now time.Time) {
		before = l.state(r, now)
		if today := day(now); r.Day != today {
			r.Day, r.Today = today, 0
		}
		if !stopped {
			r.InRow = 0
		} else {
			r.InRow++
			r.Today++
			if l.reached(r) {
				r.Until, r.InRow, r.Appeal = now.Add(or(l.Suspension, 24*time.Hour)), 0, ""
			}
		}
		s = l.state(r, now)
	})
	if err == nil && s != before && l.Changed != nil {
		l.Changed(ctx, subject, s)
	}
	return s, err
}

func (l *Ladder) reached(r *Record) bool {
	return l.Limits.Consecutive > 0 && r.InRow >= l.Limits.Consecutive || l.Limits.Daily > 0 && r.Today >= l.Limits.Daily
}

// Appeal notes what somebody says against a suspension. It stays in force until [Ladder.Lift].
func (l *Ladder) Appeal(ctx context.Context, subject, words string) error {
	return l.update(ctx, subject, func(r *Record, _ time.Time) { r.Appeal = words })
}

// Lift ends a suspension, as after an appeal that was right, and forgets what led to it.
func (l *Ladder) Lift(ctx context.Context, subject string) error {
	return l.update(ctx, subject, func(r *Record, _ time.Time) { *r = Record{} })
}

func (l *Ladder) update(ctx context.Context, subject string, change func(r *Record, now time.Time)) error {
	if l.Records == nil || subject == "" {
		var none Record
		change(&none, time.Now())
		return nil
	}
	err := l.Records.Update(ctx, subject, func(r *Record) error {
		change(r, time.Now())
		return nil
	})
	if err != nil {
		return fmt.Errorf("abuse: record: %w", err)
	}
	return nil
}

// errWait ends an update that must not count.
var errWait = errors.New("too soon")

// enter decides whether somebody may ask now.
func (l *Ladder) enter(ctx context.Context, subject string) (State, bool, error) {
	if l.Records == nil || subject == "" {
		return Clear, true, nil
	}
	var s State
	err := l.Records.Update(ctx, subject, func(r *Record) error {
		now := time.Now()
		s = l.state(r, now)
		if s == Limited && now.Sub(r.Last) < or(l.Interval, 30*time.Second) || s == Suspended {
			return errWait
		}
		r.Last = now
		return nil
	})
	if errors.Is(err, errWait) {
		return s, false, nil
	}
	if err != nil {
		return s, false, fmt.Errorf("abuse: record: %w", err)
	}
	return s, true, nil
}

// Wrap makes a model of a model that is guarded: a middleware. Somebody who may not ask now gets a refusal, with the
// message of the state. If records cannot be read, the request fails.
//
// A run of an [assistant.Assistant] with tools asks the model several times; only the first request of a turn, which
// ends with what the person says, is counted.
func (l *Ladder) Wrap(m assistant.Model) assistant.Model { return &model{m, l} }

type model struct {
	next   assistant.Model
	ladder *Ladder
}

// Stream implements [assistant.Model].
func (m *model) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		n := len(req.Messages)
		if n == 0 || req.Messages[n-1].Role != assistant.RoleUser {
			m.next.Stream(ctx, req)(yield)
			return
		}
		l := m.ladder
		subject := req.User
		if l.Subject != nil {
			subject = l.Subject(ctx, req)
		}
		s, ok, err := l.enter(ctx, subject)
		if err != nil {
			yield(assistant.Chunk{}, err)
			return
		}
		if !ok {
			yield(assistant.Chunk{
				Retract: &assistant.Retraction{Reason: "abuse: " + s.String(), Replacement: l.message(s), DropTurn: true},
				Finish:  assistant.FinishRefusal,
			}, nil)
			return
		}
		l.watch(ctx, subject, m.next.Stream(ctx, req), yield)
	}
}

// watch hands a reply on, and notes whether the question was stopped.
func (l *Ladder) watch(ctx context.Context, subject string, stream iter.Seq2[assistant.Chunk, error], yield func(assistant.Chunk, error) bool) {
	noted := false
	for k, err := range stream {
		stage, category, ok := guard.Reason(k.Retract)
		stopped := ok && stage == guard.Input && category != guard.Unavailable
		if err == nil && !noted && (stopped || !ok) {
			noted = true
			s, failed := l.Note(context.WithoutCancel(ctx), subject, stopped)
			if failed != nil {
				yield(assistant.Chunk{}, failed)
				return
			}
			if text := l.message(s); stopped && text != "" {
				r := *k.Retract
				if s == Warned {
					text = r.Replacement + text
				}
				if s != Limited {
					r.Replacement = text
				}
				k.Retract = &r
			}
		}
		if !yield(k, err) {
			return
		}
	}
}

func (l *Ladder) message(s State) string {
	if text, ok := l.Messages[s]; ok {
		return text
	}
	return messages[s]
}

func or(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}
