package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

// A bell rings for alarms, timers and reminders while the program runs.
type bell struct {
	now  func() time.Time
	ring func(text string)

	mu    sync.Mutex
	last  int // id
	rings []*ringing
}

// A ringing is one of them: timers and reminders are alarms of their own kind.
type ringing struct {
	skills.Alarm
	kind  string
	timer *time.Timer
}

// The kinds, as they are called when they ring.
const (
	alarm    = "闹钟"
	timer    = "倒计时"
	reminder = "提醒"
)

// maxRings keeps a runaway model from filling the memory with timers.
const maxRings = 100

func newBell(now func() time.Time, ring func(string)) *bell { return &bell{now: now, ring: ring} }

func (b *bell) add(kind string, a skills.Alarm) (id string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.rings) >= maxRings {
		return "", fmt.Errorf("最多设%d个", maxRings)
	}
	b.last++
	a.ID = strconv.Itoa(b.last)
	r := &ringing{Alarm: a, kind: kind}
	if !b.wait(r) {
		return "", errors.New("这个时间已经过去了")
	}
	b.rings = append(b.rings, r)
	return a.ID, nil
}

// wait starts the timer for the next time that r rings. It reports false if there is none.
func (b *bell) wait(r *ringing) bool {
	now := b.now()
	next, ok := skills.Next(r.Time, r.Repeat, now)
	if ok {
		r.timer = time.AfterFunc(next.Sub(now), func() { b.rung(r) })
	}
	return ok
}

func (b *bell) rung(r *ringing) {
	text := r.kind
	if r.Label != "" {
		text += "：" + r.Label
	}
	b.mu.Lock()
	if r.Repeat == "" || !b.wait(r) {
		b.rings = slices.DeleteFunc(b.rings, func(x *ringing) bool { return x == r })
	}
	b.mu.Unlock()
	b.ring(text)
}

// of returns what is set of a kind.
func (b *bell) of(kind string) []skills.Alarm {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []skills.Alarm
	for _, r := range b.rings {
		if r.kind == kind {
			out = append(out, r.Alarm)
		}
	}
	return out
}

func (b *bell) remove(ids []string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rings = slices.DeleteFunc(b.rings, func(r *ringing) bool {
		if !slices.Contains(ids, r.ID) {
			return false
		}
		r.timer.Stop()
		return true
	})
	return nil
}

// stop silences everything, and returns how much that was.
func (b *bell) stop() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := len(b.rings)
	for _, r := range b.rings {
		r.timer.Stop()
	}
	b.rings = nil
	return n
}

// print lists what will not ring because the program ends.
func (b *bell) print(w io.Writer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.rings {
		fmt.Fprintf(w, "（已设%s：%s %s。本程序退出后失效；不带 -ask 运行可以等它响）\n", r.kind, r.Time.Format(time.RFC3339), r.Label)
	}
}

// What follows makes a bell what the skills want.

func (b *bell) SetAlarm(_ context.Context, a skills.Alarm) (string, error) { return b.add(alarm, a) }

func (b *bell) Alarms(context.Context) ([]skills.Alarm, error) { return b.of(alarm), nil }

func (b *bell) RemoveAlarms(_ context.Context, ids ...string) error { return b.remove(ids) }

func (b *bell) StartTimer(_ context.Context, t skills.Timer) (string, error) {
	return b.add(timer, skills.Alarm{Time: t.Ends, Label: t.Label})
}

func (b *bell) Timers(context.Context) ([]skills.Timer, error) {
	var out []skills.Timer
	for _, a := range b.of(timer) {
		out = append(out, skills.Timer{ID: a.ID, Label: a.Label, Ends: a.Time})
	}
	return out, nil
}

func (b *bell) StopTimers(_ context.Context, ids ...string) error { return b.remove(ids) }

func (b *bell) AddReminder(_ context.Context, r skills.Reminder) (string, error) {
	return b.add(reminder, skills.Alarm{Time: r.Time, Repeat: r.Repeat, Label: r.Text})
}

func (b *bell) Reminders(context.Context) ([]skills.Reminder, error) {
	var out []skills.Reminder
	for _, a := range b.of(reminder) {
		out = append(out, skills.Reminder{ID: a.ID, Time: a.Time, Repeat: a.Repeat, Text: a.Label})
	}
	return out, nil
}

func (b *bell) RemoveReminders(_ context.Context, ids ...string) error { return b.remove(ids) }
