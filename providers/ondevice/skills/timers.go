package skills

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/spoken"
)

// A Timer runs until a time.
type Timer struct {
	ID    string    `json:"id"`
	Label string    `json:"label,omitzero"` // what it is for, such as 煮面
	Ends  time.Time `json:"ends"`
}

// Stopwatch keeps the timers of one user.
type Stopwatch interface {
	// StartTimer starts a timer, whose ID is empty, and returns the ID that it is given. An error says in
	// Chinese why it cannot.
	StartTimer(ctx context.Context, t Timer) (id string, err error)
	// Timers returns the timers that run.
	Timers(ctx context.Context) ([]Timer, error)
	// StopTimers stops the timers with the given IDs.
	StopTimers(ctx context.Context, ids ...string) error
}

// Timers returns the skills set_timer, check_timer and cancel_timer. If now is nil it is [time.Now].
func Timers(s Stopwatch, now func() time.Time) []ondevice.Skill {
	t := timers{s, clock(now)}
	return []ondevice.Skill{t.set(), t.check(), t.cancel()}
}

type timers struct {
	Stopwatch
	now func() time.Time
}

var errNoTimer = errors.New("现在没有在计时")

func (t timers) set() ondevice.Skill {
	type in struct {
		Length assistant.Duration `json:"length" jsonschema:"多长时间"`
		Label  string             `json:"label,omitzero" jsonschema:"为什么事计时，如煮面"`
		replacement
	}
	type out struct {
		ID     string `json:"id"`
		Length string `json:"length"`
		Label  string `json:"label"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_timer",
		Description: "倒计时",
		Examples:    []string{"倒计时{length}", "定一个{length}的倒计时", "{label}计时{length}", "{length}的计时器", "计时{length}"},
		Answer:      "好的，{length}{label}倒计时开始。",
	}, func(ctx context.Context, in in) (out, error) {
		if in.Length.Duration <= 0 {
			return out{}, errors.New("时长要大于零")
		}
		timer := Timer{Label: in.Label, Ends: t.now().Add(in.Length.Duration)}
		id, err := t.StartTimer(ctx, timer)
		if err != nil {
			return out{}, err
		}
		return out{id, spoken.Length(in.Length.Duration), in.Label}, in.remove(ctx, t.StopTimers)
	}), []string{
		"[帮我](定|设|设定|设置|开|开始|来|启动|上|弄)[一](个|下){length}[的][{label}](倒计时|计时器|计时|定时器|定时)",
		"(倒计时|计时|倒数|定时|读秒)[设](个|一下|到|为){length}",
		"(倒计时|计时|倒数|定时){length}",
		"[帮我|给我](倒计时|计时|定时){length}{label}",
		"[为|给]{label}(计时|倒计时|定时|倒数){length}",
		"{label}呢[给我|帮我](计时|倒计时|定时|倒数|掐|计){length}",
		"{label}{length}[的]倒计时",
		"{length}[的](倒计时|计时器|计时|定时器)[开始]",
		"(开始|启动){length}(计时|倒计时)",
		"(倒计时|计时器|定时器)(设|定|开)(到|成|为|个){length}",
		"(开始|启动|设|开|定)[一个|个](倒计时|计时器|计时|定时器)",
		"(我要|我想|帮我)[开始](倒计时|计时|倒数)",
		"数{length}",
		"校[个]{length}[嘅]计时器",
		"帮我计住{length}",
		"[给我|帮我](掐|卡|计|记)[一](个|下)(表|时|时间)[{length}]",
		"[给我|帮我](掐|卡|计|记)[个]{length}",
		"{length}(后|以后|之后)(告诉我时间到了|告诉我一声|响一下)",
	}, "{length}后提醒我{*}", "{length}后关灯", "跑一公里要多久", "停止计时", "{length}是多少秒", "还剩多久", "{length}后叫我起床")
}

func (t timers) check() ondevice.Skill {
	type out struct {
		Timers []Timer `json:"timers"`
		Say    string  `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "check_timer",
		Description: "查看倒计时还剩多久",
		Examples:    []string{"倒计时还剩多久", "还剩多长时间", "计时器还有几分钟", "还要多久才到时间"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, _ struct{}) (out, error) {
		all, err := t.Timers(ctx)
		if err != nil {
			return out{}, err
		}
		if len(all) == 0 {
			return out{Say: "现在没有在计时。"}, nil
		}
		said := make([]string, len(all))
		for i, timer := range all {
			said[i] = timer.Label + "还剩" + spoken.Length(timer.Ends.Sub(t.now()))
		}
		return out{all, strings.Join(said, "，") + "。"}, nil
	}), []string{
		"[我的](倒计时|计时器|定时器|计时)(还剩|还有|剩下|剩)(多久|多长时间|几分钟|多少时间|多少分钟|多少秒|几秒)",
		"[时间](还剩|剩下|还有)(多久|多长时间|几分钟|多少时间|多少分钟|几秒)[到时间|结束|响]",
		"(还要|还得)(多久|等多久|多长时间)[才][能](到时间|结束|响|到点)",
		"(看看|看一下|查看|查一下|查)(倒计时|计时器|定时器|剩余时间)",
		"(计时|倒计时)(到哪了|到了吗|结束了吗|走到哪了)",
		"[个]计时器仲有几耐",
		"仲剩几耐",
		"时间到了(吗|没|没有)",
	}, "离{*}还有多久", "还有多久到家", "还有几天放假", "还有多久下班")
}

func (t timers) cancel() ondevice.Skill {
	type out struct {
		Count int `json:"count"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "cancel_timer",
		Description: "停止倒计时",
		Examples:    []string{"停止计时", "取消倒计时", "把计时器关了", "不用计时了"},
		Answer:      "已停止{count}个倒计时。",
	}, func(ctx context.Context, _ struct{}) (out, error) {
		all, err := t.Timers(ctx)
		switch {
		case err != nil:
			return out{}, err
		case len(all) == 0:
			return out{}, errNoTimer
		}
		ids := make([]string, len(all))
		for i, timer := range all {
			ids[i] = timer.ID
		}
		return out{len(all)}, t.StopTimers(ctx, ids...)
	}), []string{
		"(停止|停一下|停下|取消|取消掉|结束|关掉|关闭|关了|停掉|停了|终止|删除)[一下|这个|那个|我的|所有](倒计时|计时器|计时|定时器|定时)",
		"(把|将)[这个|那个|我的](倒计时|计时器|定时器|计时)(停了|停掉|停止|取消|取消了|关了|关掉|关闭|结束|停一下|删了)",
		"(不用|不要|别|不必)[再](计时|倒计时|计时器|倒数)了",
		"(倒计时|计时器|定时器)(不要了|停|停止|取消|关了|停一下)",
		"停咗个计时器",
		"唔使计时喇",
	}, "停止播放", "取消闹钟", "暂停", "取消提醒")
}
