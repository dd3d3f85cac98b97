package skills

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/spoken"
)

// A Reminder says something at a time, and again by its rule.
type Reminder struct {
	ID     string    `json:"id"`
	Time   time.Time `json:"time"`            // the first
	Repeat string    `json:"repeat,omitzero"` // rule of RFC 5545 without "RRULE:"; see [Next]
	Text   string    `json:"text"`            // what to do, such as 交水费
}

// ReminderList keeps the reminders of one user.
type ReminderList interface {
	// AddReminder adds a reminder, whose ID is empty, and returns the ID that it is given. An error says
	// in Chinese why it cannot.
	AddReminder(ctx context.Context, r Reminder) (id string, err error)
	// Reminders returns the reminders that are still to come.
	Reminders(ctx context.Context) ([]Reminder, error)
	// RemoveReminders removes the reminders with the given IDs.
	RemoveReminders(ctx context.Context, ids ...string) error
}

// Reminders returns the skills create_reminder, list_reminders and delete_reminder. If now is nil it is
// [time.Now].
func Reminders(l ReminderList, now func() time.Time) []ondevice.Skill {
	r := reminders{l, clock(now)}
	return []ondevice.Skill{r.create(), r.list(), r.delete()}
}

type reminders struct {
	ReminderList
	now func() time.Time
}

func (r reminders) create() ondevice.Skill {
	type in struct {
		Time   time.Time `json:"time" jsonschema:"提醒的时间，重复的提醒是第一次的时间"`
		Repeat string    `json:"repeat,omitzero" jsonschema:"重复规则（RRULE），如 FREQ=DAILY；工作日是FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"`
		Text   string    `json:"text" jsonschema:"提醒什么事，如交水费"`
		replacement
	}
	type out struct {
		ID   string `json:"id"`
		When string `json:"when"`
		Text string `json:"text"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "create_reminder",
		Description: "到时候提醒用户做一件事",
		Examples:    []string{"{time}提醒我{text}", "提醒我{time}{text}", "提醒我{text}", "别忘了{time}{text}", "{repeat}提醒我{text}"},
		Answer:      "好的，{when}提醒你{text}。",
	}, func(ctx context.Context, in in) (out, error) {
		rem := Reminder{Time: in.Time, Repeat: in.Repeat, Text: in.Text}
		if _, ok := Next(rem.Time, rem.Repeat, r.now()); !ok {
			return out{}, fmt.Errorf("%s已经过去了，请说一个将来的时间", spoken.Time(rem.Time, r.now()))
		}
		id, err := r.AddReminder(ctx, rem)
		if err != nil {
			return out{}, err
		}
		return out{id, sayWhen(rem.Time, rem.Repeat, r.now()), you(rem.Text)}, in.remove(ctx, r.RemoveReminders)
	}), []string{
		"[到]({time}|{repeat})[的时候|时|到时候][记得|要|再|麻烦](提醒|催)(我|我们|一下我|下我)[一下|要]{text}",
		"[到|到了]({time}|{repeat})[的时候|时](通知我|告诉我|跟我说)[一声|一下|要|该]{text}",
		"提醒(我|我们|一下我|下我)[一下|要|在|到]({time}|{repeat})[的时候|要|记得]{text}",
		"[请|记得|麻烦]提醒(我|一下我|我们)[一下|要|记得|别忘了|不要忘了]{text}",
		"(别|不要|可别|千万别)(忘|忘了|忘记)(提醒我)({time}|{repeat}){text}",
		"(别|不要)(忘|忘了|忘记)(提醒我)[{time}]{text}",
		"({time}|{repeat})(别忘了|记得|不要忘了|别忘)提醒我{text}",
		"(设|设置|建|新建|创建|加|添加|定|弄)[一](个|条|下)({time}|{repeat})[的]{text}[的]提醒",
		"(设|设置|建|新建|创建|加|添加|定|弄)[一](个|条|下){text}[的]提醒[时间是|时间]({time}|{repeat})",
		"(设|设置|建|新建|创建|加|添加|定|来)[一](个|条)提醒({time}|{repeat}){text}",
		"(设|设置|建|新建|创建|加|添加|定|来)[一](个|条)提醒",
		"(设|设置|建|新建|创建|加|添加|定)[一](个|条){text}[的]提醒",
		"(记|记一下|帮我记|帮我记一下|备忘)({time}|{repeat}){text}",
		"({time}|{repeat})(要|得){text}(提醒我|提醒我一下|记得提醒我|到时提醒我|到时候提醒我|别忘了提醒我)",
		"{text}({time}|{repeat})提醒我[一下]",
		"({time}|{repeat})[嘅时候]提我{text}",
		"提我({time}|{repeat}){text}",
		"记得({time}|{repeat})提我{text}",
		"(叮嘱|通知)我({time}|{repeat}){text}",
	}, "删掉{text}的提醒", "我有哪些提醒", "{time}叫我{text}", "谢谢你的提醒", "不用提醒我{text}", "提醒的声音太大", "给{*}发消息提醒他{text}")
}

// you turns words that the user says of himself to him: 给我妈打电话 becomes 给你妈打电话.
func you(s string) string {
	return strings.NewReplacer("我们", "你们", "我", "你", "咱", "咱").Replace(s)
}

func (r reminders) list() ondevice.Skill {
	type in struct {
		Date calendar.Date `json:"date,omitzero" format:"date" jsonschema:"哪一天的提醒；不说就是所有的"`
	}
	type out struct {
		Reminders []Reminder `json:"reminders"`
		Say       string     `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "list_reminders",
		Description: "查看提醒事项",
		Examples:    []string{"我有哪些提醒", "{date}有什么提醒", "看看提醒事项", "{date}要提醒我什么"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, in in) (out, error) {
		all, err := r.Reminders(ctx)
		if err != nil {
			return out{}, err
		}
		day := ""
		if in.Date != (calendar.Date{}) {
			day = spoken.Day(in.Date.Time(), r.now().In(calendar.Beijing()))
			all = slices.DeleteFunc(slices.Clone(all), func(rem Reminder) bool { return !r.comes(rem, in.Date) })
		}
		if len(all) == 0 {
			return out{Say: cmp.Or(day, "现在") + "没有提醒事项。"}, nil
		}
		said := make([]string, len(all))
		for i, rem := range all {
			said[i] = sayWhen(rem.Time, rem.Repeat, r.now()) + you(rem.Text)
		}
		return out{all, fmt.Sprintf("%s有%d条提醒：%s。", day, len(all), strings.Join(said, "；"))}, nil
	}), []string{
		"(看看|看一下|看下|查|查看|查一下|查查|列出|显示|念一下)[一下][我][的|在]{date}[的](提醒|提醒事项|待办|待办事项|备忘)",
		"(看看|看一下|看下|查|查看|查一下|查查|列出|显示|念一下)[一下][我][的|有哪些|所有的|全部|所有](提醒|提醒事项|待办|待办事项)",
		"[我]{date}[都](有|设了|定了)[些](什么|哪些|几个|几条|啥)(提醒|提醒事项|待办|待办事项)",
		"[我][都](有|设了|定了|设过)[些](什么|哪些|几个|几条|啥)(提醒|提醒事项|待办|待办事项)[没做|要做]",
		"[我的]{date}的(提醒|待办)[有哪些]",
		"[我的](提醒事项|提醒|待办|待办事项)[列表|有哪些|都有什么|都有哪些]",
		"[我]{date}有没有(提醒|待办)",
		"{date}要提醒我(什么|做什么|啥)",
		"[我的](所有|全部)[的](提醒|待办)",
		"(我|你)(要|会)提醒我(什么|做什么|哪些事)",
		"你都要提醒我什么",
		"有边啲提醒",
		"{date}有咩提醒",
	}, "{date}有什么安排", "提醒我{*}", "谢谢[你|您]的提醒")
}

// comes reports whether a reminder comes on the day in Beijing.
func (r reminders) comes(rem Reminder, day calendar.Date) bool {
	at, ok := Next(rem.Time.In(calendar.Beijing()), rem.Repeat, day.Time().Add(-time.Nanosecond))
	return ok && calendar.DateOf(at) == day
}

func (r reminders) delete() ondevice.Skill {
	type in struct {
		Text string `json:"text" jsonschema:"哪件事的提醒，如交水费"`
	}
	type out struct {
		Text string `json:"text"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "delete_reminder",
		Description: "删除提醒",
		Examples:    []string{"删掉{text}的提醒", "取消{text}的提醒", "不用提醒我{text}了", "把{text}的提醒删了"},
		Answer:      "好的，不再提醒你{text}。",
	}, func(ctx context.Context, in in) (out, error) {
		all, err := r.Reminders(ctx)
		if err != nil {
			return out{}, err
		}
		rem, err := named(all, in.Text, "提醒", func(rem Reminder) string { return rem.Text })
		if err != nil {
			return out{}, err
		}
		return out{you(rem.Text)}, r.RemoveReminders(ctx, rem.ID)
	}), []string{
		"(删除|删掉|删了|取消|取消掉|去掉|撤销|关掉|清除)[一下][那个|那条|我的|关于]{text}[的|嗰个|那个|那条|这条|这个](提醒|提醒事项|待办)",
		"(把|将)[那个|那条|我的|关于]{text}[的|嗰个|那个|那条|这条|这个](提醒|待办|提醒事项)[给我](撤了|撤掉|删除|删掉|删了|取消|取消了|取消掉|去掉|关了)",
		"(不用|别|不要|不必|甭)[再]提醒我[去|要]{text}[了]",
		"{text}[的|那个|这个|那条|这条](提醒|待办)(删一下|可以删了|不要了|不用了|取消|取消吧|删了|删掉)",
		"{text}[就](不用|不必|别)[再]提醒[我]了",
		"(删除|删掉|取消)[一](个|条)提醒",
		"唔使提我{text}[喇|啦|了]",
		"取消{text}嗰个提醒",
	}, "提醒我{text}", "取消闹钟", "[你][可|千万]别(把|删|取消){*}提醒{*}", "别忘了提醒我{text}")
}
