package skills

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/spoken"
)

// An Alarm rings at a time, and again by its rule.
type Alarm struct {
	ID     string    `json:"id"`
	Time   time.Time `json:"time"`            // of the first ring
	Repeat string    `json:"repeat,omitzero"` // rule of RFC 5545 without "RRULE:"; see [Next]
	Label  string    `json:"label,omitzero"`  // what it is for, such as 起床
}

// AlarmClock keeps the alarms of one user.
type AlarmClock interface {
	// SetAlarm adds an alarm, whose ID is empty, and returns the ID that it is given. An error says in
	// Chinese why it cannot.
	SetAlarm(ctx context.Context, a Alarm) (id string, err error)
	// Alarms returns the alarms that have still to ring.
	Alarms(ctx context.Context) ([]Alarm, error)
	// RemoveAlarms silences the alarms with the given IDs.
	RemoveAlarms(ctx context.Context, ids ...string) error
}

// Alarms returns the skills set_alarm, list_alarms, cancel_alarm, cancel_all_alarms and change_alarm.
// If now is nil it is [time.Now].
func Alarms(c AlarmClock, now func() time.Time) []ondevice.Skill {
	a := alarms{c, clock(now)}
	return []ondevice.Skill{a.set(), a.list(), a.cancel(), a.cancelAll(), a.change()}
}

type alarms struct {
	AlarmClock
	now func() time.Time
}

// ringing explains what phrases mean by <alarm>.
func ringing(s ondevice.Skill) ondevice.Skill {
	s.Rules = map[string]string{"alarm": "(闹钟|闹铃|闹表|alarm)"}
	return s
}

func (a alarms) set() ondevice.Skill {
	type in struct {
		Time   time.Time `json:"time" jsonschema:"响铃时间，重复的闹钟是第一次响铃的时间"`
		Repeat string    `json:"repeat,omitzero" jsonschema:"重复规则（RRULE），如 FREQ=DAILY；工作日是FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR，会避开节假日"`
		Label  string    `json:"label,omitzero" jsonschema:"叫用户做什么，如起床"`
	}
	type out struct {
		ID    string `json:"id"`
		When  string `json:"when"`
		Label string `json:"label"`
	}
	return ringing(spokenAs(skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_alarm",
		Description: "设闹钟，在某个时刻响铃叫醒用户",
		Examples:    []string{"{time}叫我{label}", "{time}叫醒我", "定一个{time}的闹钟", "设个{time}的闹钟", "闹钟定到{time}", "{repeat}的闹钟"},
		Answer:      "好的，{when}叫你{label}。",
	}, func(ctx context.Context, in in) (out, error) {
		al := Alarm{Time: in.Time, Repeat: in.Repeat, Label: in.Label}
		id, err := a.add(ctx, al)
		if err != nil {
			return out{}, err
		}
		said := out{ID: id, When: a.when(al), Label: al.Label}
		if said.Label == "" {
			said.Label = "起床"
			if h := al.Time.In(a.now().Location()).Hour(); h >= 10 {
				said.Label = ""
			}
		}
		return said, nil
	}), []string{
		"({time}|{repeat})[的时候](叫|喊|唤)(我|醒我|我{label})[一下|一声]",
		"(叫|喊)我({time}|{repeat})[的时候]{label}",
		"[帮我](定|设|设定|设置|订|上|来|加|弄|调|新建|添加|创建)[一](个|下){time}[的][{label}的|{label}]<alarm>",
		"[帮我](定|设|设定|设置|订|上|来|加|弄|调|新建|添加|创建)[一](个|下){repeat}[的][{label}的|{label}]<alarm>",
		"(定|设|设置|设定|上|加|来)[一](个|下)<alarm>({time}|{repeat})[{label}|叫我{label}]",
		"<alarm>[(定|设|设置|上)(在|到|成|为)]({time}|{repeat})",
		"[记得](叫|喊)我{label}",
		"(叫|喊)醒我",
		"把<alarm>(定|设|设置|上)(在|到|成|为)({time}|{repeat})",
		"({time}|{repeat})[的]<alarm>",
		"({time}|{repeat})[有个|要|得]{label}(叫我一下|叫醒我|定个<alarm>|设个<alarm>)",
		"(定|设)[个]<alarm>({time}|{repeat})",
		"({time}|{repeat})(响铃|响一下|把我叫醒|把我叫{label})",
		"我(想|要|得)({time}|{repeat}){label}(叫我一下|叫我|叫醒我|设个<alarm>|定个<alarm>)",
		"({time}|{repeat})(定|设|设置|上|加|来)[一](个|下)[{label}的]<alarm>",
		"[我]({time}|{repeat})[我](想|要|得){label}(叫我一下|叫我|叫醒我|设个<alarm>|定个<alarm>)",
		"校[个]({time}|{repeat})[嘅]<alarm>",
	}, "{time}提醒我{*}", "叫我小明", "别人叫我老王", "{time}叫外卖", "{time}叫个车", "取消{time}的<alarm>", "别叫我起床", "<alarm>怎么设", "为什么<alarm>没响", "{time}有<alarm>吗"), "label", wakings, wakingFrames))
}

// What people are woken for, and how they say it.
var (
	wakings = strings.Fields("起床 起来 起身 上班 上学 上课 赶飞机 赶火车 跑步 吃药 出门 出发 晨跑 接孩子 做早饭 开会 起床 起来 起床")

	wakingFrames = strings.Fields("明天早上八点叫我_ 七点半叫我_ 早上六点喊我_ 中午十二点叫我_ 后天五点四十叫我_ 每天早上七点叫我_ 周六九点喊我_ 叫我明早六点半_ 明天七点我要_叫我一下")
)

func (a alarms) list() ondevice.Skill {
	type out struct {
		Alarms []Alarm `json:"alarms"`
		Say    string  `json:"say"`
	}
	return ringing(skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "list_alarms",
		Description: "查看已设的闹钟",
		Examples:    []string{"我有哪些闹钟", "看看闹钟", "都设了什么闹钟", "查一下我的闹钟", "我定闹钟了吗"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, _ struct{}) (out, error) {
		all, err := a.Alarms(ctx)
		if err != nil {
			return out{}, err
		}
		if len(all) == 0 {
			return out{Say: "现在没有闹钟。"}, nil
		}
		said := make([]string, len(all))
		for i, al := range all {
			said[i] = a.say(al)
		}
		return out{all, fmt.Sprintf("有%d个闹钟：%s。", len(all), strings.Join(said, "；"))}, nil
	}), []string{
		"(看看|瞅瞅|瞧瞧|看一下|看下|查|查看|查一下|查查|列出|显示|说说)[一下|下][我的|我|所有的|全部|所有|都有哪些]<alarm>[列表]",
		"[我](有|设了|定了|设过)(哪些|什么|几个|多少|多少个)<alarm>",
		"[我][都](设|定)[置]了(哪些|什么|几个)<alarm>",
		"我的<alarm>[(有哪些|都是几点|都有哪些|是几点)]",
		"<alarm>(列表|有哪些|都有哪些|设了几个)",
		"[我]有没有(设|定)<alarm>",
		"[我][今晚|今天|明天|明早](设|定|上)[好|了]<alarm>[了](吗|没|没有)",
		"[明天|今天|明早]有<alarm>吗",
		"(明天|明早)的<alarm>是几点",
		"有边几个<alarm>",
		"而家有咩<alarm>",
	}, "设{*}<alarm>", "为什么没有<alarm>", "<alarm>没响"))
}

func (a alarms) cancel() ondevice.Skill {
	type in struct {
		Time string `json:"time,omitzero" format:"time" jsonschema:"要取消的闹钟是几点的，如07:30；只有一个闹钟时可以不说"`
	}
	type out struct {
		Cancelled []Alarm `json:"cancelled"`
		Say       string  `json:"say"`
	}
	return ringing(skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "cancel_alarm",
		Description: "取消某个时刻的闹钟",
		Examples:    []string{"取消{time}的闹钟", "把{time}的闹钟关了", "删掉{time}的闹钟", "{time}的闹钟不要了", "{time}不用叫我了"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (out, error) {
		found, err := a.at(ctx, in.Time)
		if err != nil {
			return out{}, err
		}
		ids := make([]string, len(found))
		for i, al := range found {
			ids[i] = al.ID
		}
		if err := a.RemoveAlarms(ctx, ids...); err != nil {
			return out{}, err
		}
		return out{found, "已取消" + a.say(found[0]) + "的闹钟。"}, nil
	}), []string{
		"(取消|取消掉|删除|删掉|删了|关掉|关闭|关了|去掉|撤掉|撤销|停掉)[一下][我]{time}[的][那个|这个]<alarm>",
		"(把|将){time}[的][那个|这个]<alarm>(取消|取消掉|取消了|删除|删掉|删了|关掉|关了|关闭|去掉|撤了|停了)",
		"(取消|删除|删掉|关掉|关闭)[那个|这个|一个]<alarm>",
		"(把|将)<alarm>(取消|取消了|取消掉|删了|删掉|删除|关了|关掉|关闭|停了)",
		"<alarm>[就](不用|别|不要|不必)(响|叫|叫我)[了]",
		"{time}[的][那个]<alarm>[给我|帮我](撤了|撤掉|去掉|不要了|取消|取消吧|取消掉|不用了|删了|删掉|关了|关掉|关咗佢)",
		"{time}(不用|别|不要|甭|不必)(叫我|叫醒我|喊我)[起床|起来][了]",
		"(不用|别|不要){time}(叫我|叫醒我|喊我)[起床|起来][了]",
		"取消{time}叫我{*}",
	}, "取消所有<alarm>", "<alarm>怎么取消", "取消提醒"))
}

func (a alarms) cancelAll() ondevice.Skill {
	type out struct {
		Count int `json:"count"`
	}
	return ringing(skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "cancel_all_alarms",
		Description: "取消所有闹钟",
		Examples:    []string{"取消所有闹钟", "把闹钟都关了", "删除全部闹钟", "清空闹钟", "闹钟全都不要了"},
		Answer:      "已取消{count}个闹钟。",
		Confirm:     true,
	}, func(ctx context.Context, _ struct{}) (out, error) {
		all, err := a.Alarms(ctx)
		if err != nil || len(all) == 0 {
			return out{}, err
		}
		ids := make([]string, len(all))
		for i, al := range all {
			ids[i] = al.ID
		}
		return out{len(all)}, a.RemoveAlarms(ctx, ids...)
	}), []string{
		"(取消|取消掉|删除|删掉|关掉|关闭|清除|清空|去掉|清掉)[我的|掉](所有|全部|一切|每个|所有的|全部的)[的]<alarm>",
		"(把|将)[我的|所有|所有的|全部]<alarm>(都|全|全都|全部|统统)(取消|取消掉|取消了|删除|删掉|删了|关掉|关了|关闭|清空|清掉|去掉)[了]",
		"清空[我的]<alarm>[列表]",
		"[所有|全部]<alarm>(全|全部|都|全都)(不要了|取消|删掉|删了|不用了|关掉)",
		"(一个|所有)<alarm>都不要[留]",
		"将所有<alarm>取消晒",
		"[一次过]取消晒所有<alarm>",
		"<alarm>全部熄晒佢",
		"(把|将)(所有|全部)[的]<alarm>(取消|删|关|删除|清空)[掉|了]",
	}, "取消{*}点的<alarm>", "取消所有提醒", "取消<alarm>", "怎么取消<alarm>"))
}

func (a alarms) change() ondevice.Skill {
	type in struct {
		From string    `json:"from,omitzero" format:"time" jsonschema:"原来是几点的闹钟，如08:00"`
		To   time.Time `json:"to" jsonschema:"改到什么时间"`
	}
	type out struct {
		Say string `json:"say"`
	}
	return ringing(skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "change_alarm",
		Description: "修改闹钟的时间",
		Examples:    []string{"把{from}的闹钟改到{to}", "{from}的闹钟改成{to}", "把闹钟改到{to}", "闹钟推迟到{to}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (out, error) {
		found, err := a.at(ctx, in.From)
		if err != nil {
			return out{}, err
		}
		old, changed := found[0], found[0]
		changed.ID, changed.Time = "", in.To
		if _, err := a.add(ctx, changed); err != nil {
			return out{}, err
		}
		if err := a.RemoveAlarms(ctx, old.ID); err != nil {
			return out{}, err
		}
		return out{"已把" + a.say(old) + "的闹钟改到" + a.when(changed) + "。"}, nil
	}), []string{
		"(把|将)[我][{from}][的][那个|这个]<alarm>(改|调|挪|移|换|推|提|推迟|提前|延后|推后|延|往后挪|往后推|往前挪|往前提)[一下](到|成|为|至){to}",
		"{from}[的][那个|这个]<alarm>(改|调|挪|移|换|推|提|推迟|提前|延后|往后挪|往后推|往前挪|往前提)(到|成|为|至){to}",
		"<alarm>(改|调|挪|推迟|提前|延后|推后|换)(到|成|为|至){to}",
		"(修改|更改|调整)[一下]{from}的<alarm>[到|为|成]{to}",
		"[我想|我要|帮我](改|修改|更改|调整)[一下][我的]<alarm>[的][时间]",
		"(把|将)<alarm>[的时间|时间](改|修改|调整)一下[时间]",
		"{from}[的][那个]<alarm>(晚点|早点|推迟|提前){to}[再|就](响|叫我)",
		"{from}嗰个<alarm>改做{to}",
	}, "把会议改到{to}", "把提醒改到{to}", "<alarm>声音改小一点"))
}

// add sets an alarm that has still to ring.
func (a alarms) add(ctx context.Context, al Alarm) (id string, err error) {
	if _, ok := Next(al.Time, al.Repeat, a.now()); !ok {
		return "", fmt.Errorf("%s已经过去了，请说一个将来的时间", spoken.Time(al.Time, a.now()))
	}
	return a.SetAlarm(ctx, al)
}

// at returns the alarms that ring at a time of day; an hour up to twelve may mean both halves of the
// day. Without a time there must be a single alarm.
func (a alarms) at(ctx context.Context, hhmm string) ([]Alarm, error) {
	all, err := a.Alarms(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case len(all) == 0:
		return nil, fmt.Errorf("现在没有闹钟")
	case hhmm == "" && len(all) > 1:
		return nil, fmt.Errorf("有%d个闹钟，请说是几点的", len(all))
	case hhmm == "":
		return all, nil
	}
	t, err := parseClock(hhmm)
	if err != nil {
		return nil, err
	}
	for _, minutes := range []int{t, (t + 12*60) % (24 * 60)} {
		found := slices.DeleteFunc(slices.Clone(all), func(al Alarm) bool {
			at := al.Time.In(a.now().Location())
			return 60*at.Hour()+at.Minute() != minutes
		})
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, fmt.Errorf("没有%s的闹钟", spoken.Clock(time.Date(2000, 1, 1, 0, t, 0, 0, time.UTC)))
}

// parseClock returns the minutes since midnight.
func parseClock(hhmm string) (int, error) {
	if len(hhmm) > len("15:04") { // seconds and a zone are of no interest
		hhmm = hhmm[:len("15:04")]
	}
	t, err := time.Parse("15:04", hhmm)
	if err != nil {
		return 0, fmt.Errorf("时间“%s”要写成07:30这样", hhmm)
	}
	return 60*t.Hour() + t.Minute(), nil
}

// when says the time of an alarm: 明天早上8点, 工作日早上7点.
func (a alarms) when(al Alarm) string { return sayWhen(al.Time, al.Repeat, a.now()) }

func (a alarms) say(al Alarm) string { return strings.TrimSpace(a.when(al) + al.Label) }

// sayWhen says when something happens that may repeat.
func sayWhen(t time.Time, repeat string, now time.Time) string {
	days := spoken.Rule(repeat)
	switch {
	case days == "":
		return spoken.Time(t, now)
	case strings.HasSuffix(days, "小时"):
		return days
	}
	return days + spoken.Clock(t.In(now.Location()))
}
