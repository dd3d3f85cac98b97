package skills

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/spoken"
)

// An Event is an appointment.
type Event struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	Time  time.Time `json:"time"`
}

// Agenda is the calendar of one user.
type Agenda interface {
	// AddEvent adds an event, whose ID is empty, and returns the ID that it is given. An error says in
	// Chinese why it cannot.
	AddEvent(ctx context.Context, e Event) (id string, err error)
	// Events returns the events that begin from one instant to before another, by time.
	Events(ctx context.Context, from, to time.Time) ([]Event, error)
	// RemoveEvents removes the events with the given IDs.
	RemoveEvents(ctx context.Context, ids ...string) error
}

// Schedule returns the skills add_event, list_events and cancel_event. If now is nil it is [time.Now].
func Schedule(a Agenda, now func() time.Time) []ondevice.Skill {
	g := agenda{a, clock(now)}
	return []ondevice.Skill{g.add(), g.list(), g.cancel()}
}

type agenda struct {
	Agenda
	now func() time.Time
}

// foresight is how far ahead an event is looked for by its title.
const foresight = 366

func (g agenda) add() ondevice.Skill {
	type in struct {
		Title string    `json:"title" jsonschema:"什么事，如面试"`
		Time  time.Time `json:"time" jsonschema:"什么时候开始"`
		replacement
	}
	type out struct {
		ID    string `json:"id"`
		When  string `json:"when"`
		Title string `json:"title"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "add_event",
		Description: "添加日程",
		Examples:    []string{"把{time}的{title}加到日程", "添加日程{time}{title}", "日历上记一下{time}{title}", "安排{time}{title}"},
		Answer:      "好的，{when}的{title}已加入日程。",
	}, func(ctx context.Context, in in) (out, error) {
		id, err := g.AddEvent(ctx, Event{Title: in.Title, Time: in.Time})
		if err != nil {
			return out{}, err
		}
		return out{id, spoken.Time(in.Time, g.now()), in.Title}, in.remove(ctx, g.RemoveEvents)
	}), []string{
		"(把|将){time}[的|要|跟|去]{title}(加|加入|添加|放|写|记|排|加进)[到|进|入|在][我的](日程|日历|行程|日程表|日程里|日历里|日历上|日程上)[里|中|上]",
		"(添加|新建|创建|新增|加|建|增加|安排)[一](个|条|项)[新](日程|行程|日历事件|日历){time}{title}",
		"(添加|新建|创建|新增|加|建|增加|安排)[一](个|条|项){time}[的]{title}[的](日程|行程|日历事件)",
		"(添加|新建|创建|新增|加|建|增加)[一](个|条|项){title}[的](日程|行程)[时间是|在|时间]{time}",
		"(添加|新建|创建|新增|加|建|增加)[一](个|条|项)[新](日程|行程)",
		"[在|往][我的](日程|日历|行程)[里|上|中](加|添加|记|写|加入|新建)[上|一|一下|一条|一个|个|下]{time}[的]{title}",
		"(安排|排|预约|约)[一](个|下|场|次){time}[的]{title}",
		"{time}[我]有[个|一个|场]{title}(记到日程|记到日历|加到日程|帮我记到日历|加到日历|记一下日程|写进日程|加个日程)[里|上]",
		"{time}[的]{title}(加到|记到|写到|加入|放进|写进)[我的](日程|日历|行程)[里|上|中]",
		"{time}安排[一](个|场|次|下){title}",
		"(帮我|给我)安排{time}[的]{title}",
		"(添加|新建|创建|新增|加|建|增加|安排|记){time}[的]{title}[到|进|在](日程|日历|行程)[里|中|上]",
		"(把|将){title}(加|加入|添加|放|写|记|排|加进)[到|进|入|在][我的](日程|日历|行程|日程表)[里|中|上]",
		"(添加|新建|创建|新增|加|建|增加)[一](个|条|项)[叫|名叫|名为]{title}的(日程|行程)",
		"{time}[的|有个]{title}[帮我|给我](加个|记个|建个|添个)日程",
		"将{time}嘅{title}加落(日程|日历)",
		"加个日程{time}{title}",
	}, "{*}有什么安排", "安排{*}行程", "提醒我{time}{title}", "预约{*}餐厅", "取消{title}的日程")
}

func (g agenda) list() ondevice.Skill {
	type in struct {
		Date calendar.Date `json:"date,omitzero" format:"date" jsonschema:"哪一天；不说就是今天"`
	}
	type out struct {
		Events []Event `json:"events"`
		Say    string  `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "list_events",
		Description: "查看某天的日程安排",
		Examples:    []string{"{date}有什么安排", "我{date}的日程", "看看{date}的行程", "{date}有会吗", "{date}忙不忙"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, in in) (out, error) {
		now := g.now()
		y, m, d := now.Date()
		if in.Date != (calendar.Date{}) {
			y, m, d = in.Date.Civil()
		}
		from := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
		all, err := g.Events(ctx, from, from.AddDate(0, 0, 1))
		if err != nil {
			return out{}, err
		}
		day := spoken.Day(from, now)
		if len(all) == 0 {
			return out{Say: day + "没有安排。"}, nil
		}
		said := make([]string, len(all))
		for i, e := range all {
			said[i] = spoken.Clock(e.Time.In(now.Location())) + e.Title
		}
		return out{all, fmt.Sprintf("%s有%d个安排：%s。", day, len(all), strings.Join(said, "；"))}, nil
	}), []string{
		"[我]{date}[都](有|有些)(什么|哪些|啥|几个)(安排|日程|行程|会|会议|事|活动|计划)[要做|吗]",
		"(看看|看一下|看下|查|查看|查一下|查查|列出|显示|说说|念一下)[一下][我][的]{date}[的|有什么](日程|安排|行程|日历|会议)[安排]",
		"(看看|看一下|看下|查|查看|查一下|显示|打开看看)[一下][我][的](日程|行程|日程安排|日程表|行程表)",
		"我{date}[的](日程|安排|行程|会议|日程安排|计划)[是什么|有哪些|怎么样|满不满]",
		"{date}[的](日程|安排|行程)[是什么|有哪些|呢]",
		"[我]{date}(有没有|有)(会|会议|安排|日程|事|事情|约|活动)[吗|要开]",
		"[我]{date}(忙不忙|忙吗|有空吗|有没有空|有时间吗|得闲吗|得唔得闲)",
		"[我]{date}(要做什么|干什么|要干嘛|要开会吗|几点开会)",
		"[我的](日程|行程)[有哪些|有什么|安排]",
		"(接下来|今天接下来)[还](有|要)(什么安排|做什么|什么事)",
		"{date}有咩安排",
		"{date}要做咩",
	}, "{date}有什么提醒", "{date}天气怎么样", "{date}是什么节日", "(元旦|春节|清明|五一|端午|中秋|国庆)[节]放假安排", "取消{date}的会", "{date}放假吗")
}

func (g agenda) cancel() ondevice.Skill {
	type in struct {
		Title string `json:"title" jsonschema:"哪个日程，如面试"`
	}
	type out struct {
		When  string `json:"when"`
		Title string `json:"title"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "cancel_event",
		Description: "取消日程",
		Examples:    []string{"取消{title}这个日程", "把{title}从日程里删掉", "删除{title}的日程", "取消{title}的行程安排"},
		Answer:      "已取消{when}的{title}。",
		Confirm:     true,
	}, func(ctx context.Context, in in) (out, error) {
		now := g.now()
		all, err := g.Events(ctx, now, now.AddDate(0, 0, foresight))
		if err != nil {
			return out{}, err
		}
		e, err := named(all, in.Title, "日程", func(e Event) string { return e.Title })
		if err != nil {
			return out{}, err
		}
		return out{spoken.Time(e.Time, now), e.Title}, g.RemoveEvents(ctx, e.ID)
	}), []string{
		"(取消|取消掉|删除|删掉|删了|去掉|撤销)[一下][我的|日历上的|日程里的]{title}[的|这个|那个|这条|那条](日程|行程|安排|日程安排|行程安排|日历)",
		"(把|将)[我的|日程里的|日历上的]{title}[的|这个|那个|这条|那条|嗰个](日程|行程|安排)(取消|取消了|取消掉|删了|删掉|删除|去掉)",
		"(把|将){title}从[我的](日程|日历|行程|日程表)[里|上|中](删掉|删除|删了|去掉|移除|移走|取消)",
		"(日程|日历|行程)[里|上][的]{title}(取消|取消掉|不要了|删了|删掉|取消吧)",
		"{title}[的|这个|那个|这条|那条|嗰个](日程|行程)(删一下|可以删了|不要了|取消|取消吧|取消掉|删了|删掉)",
		"(取消|删除|删掉)[一](个|条)(日程|行程)",
		"取消{title}嗰个日程",
	}, "取消闹钟", "取消{title}的提醒", "取消订单", "取消会员")
}
