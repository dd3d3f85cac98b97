package skills

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/spoken"
)

// Dates returns the skills current_time, date_info, lunar_date and days_until, which answer by
// themselves. If now is nil it is [time.Now].
func Dates(now func() time.Time) []ondevice.Skill {
	d := dates{clock(now)}
	return []ondevice.Skill{d.time(), d.info(), d.lunar(), d.until()}
}

type dates struct{ now func() time.Time }

// today returns the day that the clock shows.
func (d dates) today() calendar.Date { return civil(d.now()) }

// noon returns an instant of the day in the location of the clock, for saying it.
func (d dates) noon(day calendar.Date) time.Time {
	y, m, dd := day.Civil()
	return time.Date(y, m, dd, 12, 0, 0, 0, d.now().Location())
}

func (d dates) time() ondevice.Skill {
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "current_time",
		Description: "看现在几点",
		Examples:    []string{"现在几点了", "几点了", "现在是什么时间", "报个时"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(context.Context, struct{}) (spokenResult, error) {
		now := d.now()
		clock := spoken.Clock(now)
		if now.Minute() == 0 {
			clock += "整"
		}
		return spokenResult{"现在是" + clock + "。"}, nil
	}), []string{
		"[现在|当前|此刻|这会儿](是)[北京时间](几点|几点钟|什么时间|什么时候|几时)[了]",
		"[现在|当前|这会儿|都](几点|几点钟|几点几分|什么时间|什么时候|啥时候|啥时间)了[啦]",
		"[现在|当前|这会儿](几点|几点钟|几点几分|什么时间)[了|啦]",
		"看[一]看表[现在]几点[了]",
		"[当前|现在|北京]时间[是多少|是几点]",
		"报[一]下时[间]",
		"报个时",
		"(看看|看下|看一下|告诉我|说一下|查一下)[现在|当前](几点|时间|几点了|的时间)[了]",
		"到几点了",
		"而家几点",
		"依家几点钟",
		"宜家系几点",
	}, "{*}几点开门", "{*}几点开始", "闹钟是几点的", "几点提醒我", "{*}什么时候")
}

func (d dates) info() ondevice.Skill {
	type in struct {
		Date calendar.Date `json:"date" format:"date" jsonschema:"日期"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "date_info",
		Description: "查某天的日期和星期",
		Examples:    []string{"{date}是星期几", "{date}星期几", "{date}几号", "{date}是几月几号", "{date}是哪天", "{date}是什么日子"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(_ context.Context, in in) (spokenResult, error) {
		s := d.called(in.Date) + "是" + spoken.Date(d.noon(in.Date))
		names, term := festivals(in.Date)
		if term != "" {
			s += "，节气" + term
		}
		if len(names) > 0 {
			s += "，" + strings.Join(names, "、")
		}
		return spokenResult{s + "。"}, nil
	}), []string{
		"{date}[是|系](星期几|周几|礼拜几|星期几啊)[来着]",
		"{date}[是|会是]周几",
		"{date}[是](几号|几月几号|几月几日|多少号|哪天|哪一天|什么时候|哪日|什么日子|什么日期|啥日子)[来着]",
		"[今年|明年]{date}[是|在](几月几号|几号|哪天|哪一天|什么时候|星期几|周几)",
		"{date}[是](什么节|什么节日|啥节|什么节气|过什么节)",
		"{date}的日期[是多少]",
		"(查|查一下|看看|告诉我){date}[是](星期几|几号|周几|哪天|什么日子)",
		"(几号|哪天|什么时候|几月几号)[是|过]{date}",
		"[公历|阳历]{date}是(公历|阳历)(几号|几月几号|哪天)",
		"{date}[系](礼拜几|边日|几多号)",
	}, "{date}农历几号", "{date}天气", "离{date}还有几天", "{date}上班吗", "{date}几点", "{date}放几天假")
}

// called says a day by its word, such as 明天, if it is near, and 这天 otherwise.
func (d dates) called(day calendar.Date) string {
	if n := day.Sub(d.today()); n >= -2 && n <= 2 {
		return spoken.Day(d.noon(day), d.now())
	}
	return "那天"
}

// festivals lists the festivals of a day, and the term that begins on it if there is one.
func festivals(day calendar.Date) (names []string, term string) {
	if t, ok := calendar.TermOn(day); ok {
		term = t.String()
	}
	for _, f := range calendar.FestivalsOn(day) {
		if (f.Region == calendar.Everywhere || f.Region == calendar.Mainland) && f.Name != term+"节" {
			names = append(names, f.Name)
		}
	}
	return names, term
}

func (d dates) lunar() ondevice.Skill {
	type in struct {
		Date calendar.Date `json:"date,omitzero" format:"date" jsonschema:"哪一天；不说就是今天"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "lunar_date",
		Description: "查农历日期、干支和生肖",
		Examples:    []string{"{date}农历几号", "{date}是农历几月几号", "{date}阴历多少", "今年是什么年", "今年属什么"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(_ context.Context, in in) (spokenResult, error) {
		day := in.Date
		if day == (calendar.Date{}) {
			day = d.today()
		}
		l, err := day.Lunar()
		if err != nil {
			return spokenResult{}, errors.New("只知道1901年到2100年初的农历")
		}
		s := fmt.Sprintf("%s是农历%s，%s年，属%s", d.called(day), l.Format("正月初二"), l.YearPillar(), l.Zodiac())
		if t, ok := calendar.TermOn(day); ok {
			s += "，今天的节气是" + t.String()
			if day != d.today() {
				s = strings.Replace(s, "今天的节气", "节气", 1)
			}
		}
		return spokenResult{s + "。"}, nil
	}), []string{
		"[查|查一下|看看]{date}[是|的](农历|阴历|旧历)[是](几号|几月几号|多少|初几|几月初几|几月几|什么日子|什么日期|哪天|日期)",
		"(农历|阴历|旧历){date}[是](几号|初几|几月几|几月几号|多少)",
		"{date}(初几|是初几|是初几了)",
		"[现在|今天]是农历几月",
		"(农历|阴历)(日期|几号|几月几号|初几)[是多少]",
		"(今年|现在)是(什么年|哪年|什么生肖|什么生肖年|啥年|农历什么年|干支什么年)",
		"(今年|今年是)属(什么|啥|什么的)[年]",
		"{date}的农历",
		"{date}[系]农历(几多|几号)",
		"今年(是|系)咩年",
		"今年属(什么|啥)生肖",
		"今年是(什么|啥)(生肖|属相)[年]",
		"今年[的](干支|生肖|属相)是(什么|啥)",
		"(看看|查一下|查)(黄历|老黄历|农历)",
	}, "{date}是星期几", "{date}是几号", "农历{date}是哪天")
}

func (d dates) until() ondevice.Skill {
	type in struct {
		Date calendar.Date `json:"date" format:"date" jsonschema:"日期"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "days_until",
		Description: "算离某天还有多少天",
		Examples:    []string{"离{date}还有几天", "距离{date}还有多少天", "还有几天到{date}", "{date}过去多少天了"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(_ context.Context, in in) (spokenResult, error) {
		said := spoken.Date(d.noon(in.Date))
		names, term := festivals(in.Date)
		if term != "" {
			names = append([]string{term}, names...)
		}
		if len(names) > 0 {
			said = strings.Join(names, "、") + "（" + said + "）"
		}
		switch n := in.Date.Sub(d.today()); {
		case n > 0:
			return spokenResult{fmt.Sprintf("离%s还有%d天。", said, n)}, nil
		case n < 0:
			return spokenResult{fmt.Sprintf("%s已经过去%d天了。", said, -n)}, nil
		}
		return spokenResult{"就是今天。"}, nil
	}), []string{
		"[现在|今天](离|距|距离){date}[还](有|剩|差)(几天|多少天|多久|多长时间|几日|多少日子)",
		"(离|距|距离){date}[还](要|得)(多久|多少天|几天)",
		"[还](有|差|剩)(几天|多少天|多久|多长时间)[就](到|是|过|才到){date}[了]",
		"{date}(还有|还剩|还差)(几天|多少天|多久|多长时间)[到|了]",
		"{date}(过去|过了|已经过去|到现在|距今)[有](几天|多少天|多久)[了]",
		"{date}到(现在|今天)[为止][有|已经|过了|过去](多少天|几天|多久)[了]",
		"(算|算一下|数数|算算)(离|距离|到){date}[还](有|剩)(几天|多少天)",
		"(几天|多少天)后是{date}",
		"倒数{date}",
		"(离|距离){date}仲有(几多日|几耐)",
		"到{date}[还](有|剩)(几天|多少天|多久)",
	}, "倒计时还剩多久", "离{*}还有多远", "还有多久到", "{date}放几天假", "{*}还有多少")
}
