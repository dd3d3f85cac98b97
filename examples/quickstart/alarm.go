package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// alarms ring while the program runs.
type alarms struct {
	now  func() time.Time
	ring func(text string)

	mu  sync.Mutex
	set []*alarm
}

type alarm struct {
	at    time.Time
	label string
	timer *time.Timer
}

// maxAlarms keeps a runaway model from filling the memory with timers.
const maxAlarms = 100

func newAlarms(now func() time.Time, ring func(string)) *alarms {
	return &alarms{now: now, ring: ring}
}

// stop silences all alarms.
func (a *alarms) stop() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := len(a.set)
	for _, al := range a.set {
		al.timer.Stop()
	}
	a.set = nil
	return n
}

func (a *alarms) add(at time.Time, label string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	wait := at.Sub(a.now())
	if wait <= 0 {
		return fmt.Errorf("%s已经过去了，请说一个将来的时间", sayTime(at))
	}
	if len(a.set) >= maxAlarms {
		return fmt.Errorf("最多设%d个闹钟", maxAlarms)
	}
	al := &alarm{at: at, label: label}
	al.timer = time.AfterFunc(wait, func() {
		a.remove(al)
		a.ring(label)
	})
	a.set = append(a.set, al)
	return nil
}

func (a *alarms) remove(al *alarm) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.set = slices.DeleteFunc(a.set, func(x *alarm) bool { return x == al })
}

// print lists the alarms that will not ring because the program ends.
func (a *alarms) print(w io.Writer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, al := range a.set {
		fmt.Fprintf(w, "（已设：%s %s。本程序退出后失效；不带 -ask 运行可以等它响）\n", al.at.Format(time.RFC3339), al.label)
	}
}

type alarmSet struct {
	At    time.Time `json:"at"`
	Label string    `json:"label"`
}

func (a *alarms) setAlarm() assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "set_alarm",
		Description: "设闹钟或提醒",
		Examples: []string{
			"{at}叫我{label}", "{at}叫我起床", "{at}叫醒我", "定一个{at}的闹钟", "设个闹钟{at}", "闹钟定到{at}",
			"提醒我{at}{label}", "{at}提醒我{label}", "{at}的时候提醒我{label}", "别忘了{at}{label}",
		},
		Answer: "好的，{at}叫你{label}。",
	}, func(_ context.Context, in struct {
		At    time.Time `json:"at" jsonschema:"响铃的时间"`
		Label string    `json:"label,omitzero" jsonschema:"做什么"`
	}) (alarmSet, error) {
		set := alarmSet{At: in.At, Label: in.Label}
		if set.Label == "" {
			set.Label = "起床"
		}
		return set, a.add(set.At, set.Label)
	})
}

func (a *alarms) setTimer() assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "set_timer",
		Description: "倒计时",
		Examples: []string{
			"定一个{length}的倒计时", "倒计时{length}", "{length}后提醒我", "{length}的计时器", "计时{length}", "{length}以后叫我",
		},
		Answer: "好的，{length}倒计时开始。",
	}, func(_ context.Context, in struct {
		Length assistant.Duration `json:"length" jsonschema:"多长时间"`
	}) (struct{}, error) {
		if in.Length.Duration <= 0 {
			return struct{}{}, errors.New("时长要大于零")
		}
		return struct{}{}, a.add(a.now().Add(in.Length.Duration), "时间到")
	})
}

func (a *alarms) list() assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "list_alarms",
		Description: "查看闹钟",
		Examples:    []string{"我有哪些闹钟", "看看闹钟", "都设了什么闹钟", "查一下我的闹钟和提醒"},
		ReadOnly:    true,
	}, func(context.Context, struct{}) (string, error) {
		a.mu.Lock()
		defer a.mu.Unlock()
		if len(a.set) == 0 {
			return "现在没有闹钟。", nil
		}
		var lines []string
		for _, al := range a.set {
			lines = append(lines, sayTime(al.at)+" "+al.label)
		}
		return "有这些闹钟：" + strings.Join(lines, "；") + "。", nil
	})
}

func (a *alarms) cancelAll() assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "cancel_alarms",
		Description: "取消所有闹钟",
		Examples:    []string{"取消所有闹钟", "把闹钟都关了", "删除全部闹钟", "不要闹钟了"},
		Confirm:     true,
	}, func(context.Context, struct{}) (string, error) {
		return fmt.Sprintf("已取消%d个闹钟。", a.stop()), nil
	})
}
