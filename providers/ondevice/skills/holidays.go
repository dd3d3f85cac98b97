package skills

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/spoken"
)

// Holidays returns the skills is_workday, holiday_plan and next_holiday. They answer by themselves from
// the notices of the State Council, of which a schedule may have newer ones than this release; if it is
// nil it is [calendar.Official]. If now is nil it is [time.Now].
func Holidays(s *calendar.Schedule, now func() time.Time) []ondevice.Skill {
	if s == nil {
		s = calendar.Official()
	}
	h := holidays{s, dates{clock(now)}}
	return []ondevice.Skill{h.workday(), h.plan(), h.next()}
}

type holidays struct {
	schedule *calendar.Schedule
	dates
}

func (h holidays) workday() ondevice.Skill {
	type in struct {
		Date calendar.Date `json:"date" format:"date" jsonschema:"日期"`
	}
	type out struct {
		Works bool   `json:"works"`
		Say   string `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "is_workday",
		Description: "查某天上不上班，算上节假日和调休",
		Examples:    []string{"{date}上班吗", "{date}放假吗", "{date}要不要上班", "{date}是工作日吗", "{date}休息吗", "{date}调休吗"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(_ context.Context, in in) (out, error) {
		day, err := h.schedule.Assume().Day(in.Date)
		if err != nil {
			return out{}, err
		}
		at := h.noon(in.Date)
		s := spoken.Day(at, h.now())
		if near := in.Date.Sub(h.today()); near >= -2 && near <= 2 {
			s += fmt.Sprintf("是%s，", spoken.Date(at))
		}
		switch day.Kind {
		case calendar.MakeUp:
			s += day.Holiday.Name + "调休，要上班"
		case calendar.DayOff:
			s += day.Holiday.Name + "放假，不上班"
		case calendar.Weekend:
			s += "周末休息，不上班"
		default:
			s += "正常上班"
		}
		if day.Assumed {
			s += fmt.Sprintf("（%d年的放假安排还没有公布，先按星期算）", in.Date.Year())
		}
		return out{day.Works(), s + "。"}, nil
	}), []string{
		"[我]{date}[我](要|用|需要|需不需要|用不用|要不要|得)[去](上班|上学|上课|返工|返学)[吗]",
		"[我]{date}(上班|上学|上课|放假|休息|休假|调休|补班)(吗|么|不|没)",
		"{date}(上不上班|放不放假|休不休息|调不调休|补不补班)",
		"{date}是[不是](工作日|休息日|节假日|假期|法定节假日|调休|补班|放假)[吗]",
		"{date}(要补班|需要补班|要调休|有假)吗",
		"{date}有没有假",
		"{date}(使唔使返工|返唔返工|放唔放假|使唔使返学)",
		"(查|查一下|看看){date}(上不上班|是不是工作日|放不放假|上班吗|放假吗)",
	}, "{date}放几天假", "{date}有会吗", "{date}是星期几", "我不想上班", "几点上班")
}

func (h holidays) plan() ondevice.Skill {
	type in struct {
		Holiday string `json:"holiday" jsonschema:"节日" enum:"元旦,春节,清明节,劳动节,端午节,中秋节,国庆节"`
	}
	type out struct {
		Holiday *calendar.Holiday `json:"holiday,omitzero"`
		Say     string            `json:"say"`
	}
	return with(names{
		"holiday": called(
			"元旦", seasons("元旦 元旦节 新年 阳历年"),
			"春节", seasons("春节 过年 除夕 大年初一"),
			"清明节", seasons("清明节 清明"),
			"劳动节", seasons("劳动节 五一 五一劳动节 五一节"),
			"端午节", seasons("端午节 端午"),
			"中秋节", seasons("中秋节 中秋"),
			"国庆节", seasons("国庆节 国庆 十一 十一黄金周 国庆长假"),
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "holiday_plan",
		Description: "查节日怎么放假、怎么调休",
		Examples:    []string{"{holiday}放几天假", "{holiday}怎么放假", "{holiday}放假安排", "{holiday}怎么调休", "{holiday}什么时候放假"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(_ context.Context, in in) (out, error) {
		found, next, err := h.find(in.Holiday)
		if err != nil {
			return out{}, err
		}
		s := h.say(found)
		if next != found.Year {
			s = fmt.Sprintf("%d年%s的放假安排还没有公布。%d年%s", next, in.Holiday, found.Year, s)
		}
		return out{&found, s}, nil
	}), []string{
		"[今年|明年|2027年]{holiday}[一共|总共|都][能|可以](放|休|休息|歇)(几天|多少天|多久)[假|的假]",
		"[今年|明年]{holiday}(有|是)(几天|多少天)[假|假期]",
		"[今年|明年]{holiday}[是](怎么|怎样|如何)(放假|放|调休|休|休假|安排|补班)[的]",
		"[今年|明年]{holiday}[的](放假|假期|调休|休假)[安排|时间|通知|情况][是什么|是怎样的|怎么样]",
		"[今年|明年]{holiday}[从](什么时候|几号|哪天|几时)[开始](放假|休假|放|休息)",
		"[今年|明年]{holiday}[放假|假期](从几号到几号|放到几号|到几号|几号到几号|哪几天)",
		"{holiday}[的]安排[是什么|是怎样的|怎么样]",
		"{holiday}(几天|多少天|怎么安排|怎么休|从几号到几号|到几号)[的]",
		"[今年|明年]{holiday}(哪天|哪几天|几号)(补班|调休|上班|要补班|要上班)",
		"(查|查一下|看看|告诉我)[今年|明年]{holiday}[的](放假安排|怎么放假|假期|放几天|放假时间)",
		"{holiday}[要不要|用不用|需要|要](补班|调休)[吗|么]",
		"{holiday}放几多日假",
		"{holiday}点样放假",
	}, "{holiday}是怎么来的", "{holiday}的由来", "{holiday}是哪天", "离{holiday}还有几天", "{holiday}去哪玩", "{holiday}吃什么", "{holiday}的来历", "{holiday}快乐"))
}

// seasons adds the forms in which holidays are read as dates, so that they are heard as the holiday, too.
func seasons(words string) string {
	var out []string
	for w := range strings.FieldsSeq(words) {
		for _, year := range []string{"", "今年", "明年", "今年的", "明年的"} {
			out = append(out, year+w, year+w+"假期", year+w+"放假", year+w+"长假", year+w+"小长假")
		}
	}
	return strings.Join(out, " ")
}

// find returns the holiday that comes next, or else the latest that was announced, and the year in which the next
// one is.
func (h holidays) find(name string) (found calendar.Holiday, next int, err error) {
	f, ok := calendar.FindFestival(name, calendar.Mainland)
	if !ok {
		return found, 0, fmt.Errorf("不知道“%s”这个节日", name)
	}
	day, err := f.Next(h.today())
	if err != nil {
		return found, 0, err
	}
	years := h.schedule.Years()
	for _, y := range slices.Backward(years) {
		if y > day.Year() {
			continue
		}
		if found, err = h.schedule.Holiday(name, y); err == nil {
			return found, day.Year(), nil
		}
	}
	return found, 0, fmt.Errorf("没有%s的放假安排", name)
}

// say says a holiday: 国庆节10月1日到10月7日放假，共7天，9月20日、10月10日上班。
func (h holidays) say(x calendar.Holiday) string {
	_, m, d := x.First.Civil()
	_, m2, d2 := x.Last.Civil()
	s := fmt.Sprintf("%s%d月%d日到%d月%d日放假，共%d天", x.Name, m, d, m2, d2, x.Days())
	if x.First == x.Last {
		s = fmt.Sprintf("%s%d月%d日放假1天", x.Name, m, d)
	}
	if len(x.Work) == 0 {
		return s + "，不调休。"
	}
	var days []string
	for _, w := range x.Work {
		_, m, d := w.Civil()
		days = append(days, fmt.Sprintf("%d月%d日%s", m, d, weekday(w)))
	}
	return s + "，" + strings.Join(days, "、") + "要上班。"
}

func weekday(d calendar.Date) string {
	return "周" + [...]string{"日", "一", "二", "三", "四", "五", "六"}[d.Weekday()]
}

func (h holidays) next() ondevice.Skill {
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "next_holiday",
		Description: "查下一个假期",
		Examples:    []string{"下一个假期是什么时候", "还有几天放假", "最近的假期是哪个", "什么时候放假"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(context.Context, struct{}) (spokenResult, error) {
		today := h.today()
		x, err := h.schedule.NextHoliday(today)
		switch {
		case errors.Is(err, calendar.ErrNoNotice):
			return spokenResult{h.expected(today)}, nil
		case err != nil:
			return spokenResult{}, err
		}
		n := x.First.Sub(today)
		if n <= 0 {
			return spokenResult{fmt.Sprintf("现在就在放假：%s", h.say(x))}, nil
		}
		return spokenResult{fmt.Sprintf("下一个假期是%s，还有%d天。%s", x.Name, n, h.say(x))}, nil
	}), []string{
		"(下一个|下个|最近的|最近一个|下次|下一次|接下来的)(假期|节假日|法定节假日|长假|小长假|假|公众假期)[是](什么时候|哪天|几号|什么|哪个|什么节|几时|放几天)",
		"[最近|下一次|下次|我们]什么时候[才][能](放假|有假|放长假|休假)",
		"还有(几天|多少天|多久)[才|就][能](放假|休假|到假期)",
		"(离|距离)[下一个|下个|下次|最近的](假期|放假)还有(几天|多少天|多久)",
		"最近(有什么|有没有|有啥)(假期|节假日|假)[吗]",
		"(接下来|后面|今年)还有(什么|哪些|几个)(假期|节假日|假)",
		"几时放假",
		"下个公众假期系几时",
	}, "{*}放几天假", "明天放假吗", "假期去哪玩", "我想请假")
}

// expected says which holiday comes next when its notice has not been issued yet.
func (h holidays) expected(today calendar.Date) string {
	var best calendar.Date
	var name string
	for _, n := range []string{"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"} {
		f, ok := calendar.FindFestival(n, calendar.Mainland)
		if !ok {
			continue
		}
		if day, err := f.Next(today); err == nil && (name == "" || day.Before(best)) {
			best, name = day, n
		}
	}
	if name == "" {
		return "后面的放假安排还没有公布。"
	}
	return fmt.Sprintf("下一个节日是%s，%s，还有%d天；放假安排还没有公布。", name, spoken.Date(h.noon(best)), best.Sub(today))
}
