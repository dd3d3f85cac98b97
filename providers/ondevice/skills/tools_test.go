package skills_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

// use calls a tool and returns its result, or the words of its error behind "！".
func use(t *testing.T, of []ondevice.Skill, name, args string) string {
	t.Helper()
	i := slices.IndexFunc(of, func(s ondevice.Skill) bool { return s.Tool.Spec().Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	parts, err := of[i].Tool.Call(t.Context(), assistant.ToolCall{ID: "1", Name: name, Arguments: args})
	if err != nil {
		return "！" + err.Error()
	}
	return assistant.ToolResult{Parts: parts}.Text()
}

// A step is a call and what its result must hold.
type step struct{ tool, args, want string }

func run(t *testing.T, of []ondevice.Skill, steps []step) {
	t.Helper()
	for _, s := range steps {
		got := use(t, of, s.tool, s.args)
		for w := range strings.SplitSeq(s.want, "|") {
			require.Contains(t, got, w, "%s %s", s.tool, s.args)
		}
	}
}

func TestAlarms(t *testing.T) {
	t.Parallel()
	a := new(app)
	run(t, skills.Alarms(a, now), []step{
		{"list_alarms", `{}`, "现在没有闹钟"},
		{"cancel_alarm", `{"time":"08:00"}`, "！|现在没有闹钟"},
		{"cancel_alarm", `{}`, "！|现在没有闹钟"},
		{"set_alarm", `{"time":"2026-11-23T08:00:00+08:00"}`, `"when":"明天早上8点","label":"起床"`},
		{"set_alarm", `{"time":"2026-11-22T09:00:00+08:00"}`, "！|今天上午9点已经过去了"},
		{"change_alarm", `{"to":"2026-11-23T08:30:00+08:00"}`, "已把明天早上8点的闹钟改到明天早上8点半"},
		{"change_alarm", `{"to":"2026-11-20T08:30:00+08:00"}`, "！|已经过去了"},
		{"set_alarm", `{"time":"2026-11-23T07:00:00+08:00","repeat":"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR","label":"上班"}`, `"when":"工作日早上7点","label":"上班"`},
		{"set_alarm", `{"time":"2026-11-22T19:00:00+08:00"}`, `"label":""`},
		{"list_alarms", `{}`, "有3个闹钟：明天早上8点半；工作日早上7点上班；今天晚上7点。"},
		{"cancel_alarm", `{}`, "！|有3个闹钟，请说是几点的"},
		{"cancel_alarm", `{"time":"20:30"}`, "已取消明天早上8点半的闹钟"}, // 八点半, said in the morning
		{"cancel_alarm", `{"time":"05:00"}`, "！|没有早上5点的闹钟"},
		{"change_alarm", `{"from":"07:00","to":"2026-11-23T07:10:00+08:00"}`, "改到工作日早上7点10分"},
		{"set_alarm", `{"time":"2026-11-23T09:00:00+08:00"}`, `"id":"8"`},
		{"cancel_all_alarms", `{}`, `"count":3`},
		{"cancel_all_alarms", `{}`, `"count":0`},
	})
	require.Empty(t, a.alarms)
}

func TestTimers(t *testing.T) {
	t.Parallel()
	run(t, skills.Timers(new(app), now), []step{
		{"check_timer", `{}`, "现在没有在计时"},
		{"cancel_timer", `{}`, "！|现在没有在计时"},
		{"set_timer", `{"length":"PT0S"}`, "！|大于零"},
		{"set_timer", `{"length":"PT90M","label":"炖汤"}`, `"length":"1个半小时","label":"炖汤"`},
		{"check_timer", `{}`, "炖汤还剩1个半小时。"},
		{"set_timer", `{"length":"PT2H","label":"炖汤","replaces":"0"}`, `"length":"2小时"`},
		{"check_timer", `{}`, `"炖汤还剩2小时。`},
		{"cancel_timer", `{}`, `"count":1`},
	})
}

func TestReminders(t *testing.T) {
	t.Parallel()
	run(t, skills.Reminders(new(app), now), []step{
		{"delete_reminder", `{"text":"开会"}`, "！|现在没有提醒"},
		{"create_reminder", `{"text":"给我妈打电话","time":"2026-11-22T20:00:00+08:00"}`, `"when":"今天晚上8点","text":"给你妈打电话"`},
		{"create_reminder", `{"text":"开会","time":"2026-11-21T20:00:00+08:00"}`, "！|已经过去"},
		{"create_reminder", `{"text":"交水费","time":"2026-12-15T10:00:00+08:00","repeat":"FREQ=MONTHLY;BYMONTHDAY=15"}`, "每月15号上午10点"},
		{"list_reminders", `{"date":"2026-11-22"}`, "今天有1条提醒：今天晚上8点给你妈打电话。"},
		{"list_reminders", `{"date":"2027-01-15"}`, "每月15号上午10点交水费"},
		{"list_reminders", `{"date":"2026-11-23"}`, "明天没有提醒事项"},
		{"delete_reminder", `{"text":"水费"}`, `"text":"交水费"`},
		{"delete_reminder", `{"text":"跑步"}`, "！|没有找到“跑步”这个提醒"},
	})
}

func TestSchedule(t *testing.T) {
	t.Parallel()
	run(t, skills.Schedule(new(app), now), []step{
		{"list_events", `{}`, "今天没有安排"},
		{"add_event", `{"title":"面试","time":"2026-11-27T14:00:00+08:00"}`, `11月27日周五下午2点`},
		{"add_event", `{"title":"二面","time":"2026-11-27T16:00:00+08:00"}`, "二面"},
		{"list_events", `{"date":"2026-11-27"}`, "11月27日周五有2个安排：下午2点面试；下午4点二面。"},
		{"cancel_event", `{"title":"面"}`, "！|有2个日程与“面”有关：面试、二面"},
		{"cancel_event", `{"title":"面试"}`, `"title":"面试"`},
	})
}

func TestDates(t *testing.T) {
	t.Parallel()
	run(t, skills.Dates(now), []step{
		{"current_time", `{}`, "现在是上午9点半。"},
		{"date_info", `{"date":"2026-11-24"}`, "后天是2026年11月24日星期二。"},
		{"date_info", `{"date":"2026-12-22"}`, "那天是2026年12月22日星期二，节气冬至，数九。"},
		{"date_info", `{"date":"明天"}`, "！"},
		{"lunar_date", `{}`, "今天是农历十月十四，丙午年，属马，今天的节气是小雪。"},
		{"lunar_date", `{"date":"2027-02-06"}`, "农历正月初一，丁未年，属羊"},
		{"lunar_date", `{"date":"1850-01-01"}`, "！|1901"},
		{"days_until", `{"date":"2027-01-01"}`, "离元旦（2027年1月1日星期五）还有40天。"},
		{"days_until", `{"date":"2026-11-22"}`, "今天"},
		{"days_until", `{"date":"2026-11-02"}`, "已经过去20天"},
	})
}

func TestHolidays(t *testing.T) {
	t.Parallel()
	at := func(day string) []ondevice.Skill {
		d, err := calendar.ParseDate(day)
		require.NoError(t, err)
		return skills.Holidays(nil, func() time.Time { return d.Time().Add(10 * time.Hour) })
	}
	run(t, at("2026-09-01"), []step{
		{"is_workday", `{"date":"2026-10-10"}`, `"works":true|国庆节调休，要上班`},
		{"is_workday", `{"date":"2026-10-03"}`, `"works":false|国庆节放假，不上班`},
		{"is_workday", `{"date":"2026-09-02"}`, "明天是2026年9月2日星期三，正常上班"},
		{"is_workday", `{"date":"2026-09-05"}`, "周末休息"},
		{"is_workday", `{"date":"2031-10-01"}`, "2031年的放假安排还没有公布"},
		{"holiday_plan", `{"holiday":"国庆节"}`, "国庆节10月1日到10月7日放假，共7天|10月10日周六要上班"},
		{"holiday_plan", `{"holiday":"元旦"}`, "2027年元旦的放假安排还没有公布。2026年"},
		{"holiday_plan", `{"holiday":"复活节"}`, "！"},
		{"next_holiday", `{}`, "下一个假期是|还有"},
	})
	run(t, at("2026-10-03"), []step{{"next_holiday", `{}`, "现在就在放假"}})
	run(t, at("2026-11-22"), []step{{"next_holiday", `{}`, "下一个节日是元旦，2027年1月1日星期五，还有40天；放假安排还没有公布。"}})
}

func TestArithmeticAndUnits(t *testing.T) {
	t.Parallel()
	run(t, slices.Concat(skills.Arithmetic(), skills.Units()), []step{
		{"calculate", `{"expression":"三加五"}`, "三加五等于8。"},
		{"calculate", `{"expression":"0.1+0.2"}`, "等于0.3。"},
		{"calculate", `{"expression":"1/0"}`, "！|不能除以零"},
		{"convert", `{"amount":"5公里","to":"英里"}`, "5公里等于约3.106856英里。"},
		{"convert", `{"amount":"三十摄氏度","to":"华氏度"}`, "等于86华氏度。"},
		{"convert", `{"amount":"5公里","to":"公斤"}`, "！|不能换算"},
		{"convert", `{"amount":"1节","to":"公里"}`, "！"},
	})
}

func TestWeather(t *testing.T) {
	t.Parallel()
	run(t, skills.Weather(new(app), now), []step{
		{"get_weather", `{"city":"北京"}`, "北京今天多云，3到11度，北风3级，空气质量良。"},
		{"get_weather", `{"city":"上海","date":"2026-11-23","aspect":"rain"}`, "上海明天有雨（小雨），降水概率20%，记得带伞。"},
		{"get_weather", `{"city":"北京","aspect":"snow"}`, "北京今天没有雪，多云"},
		{"get_weather", `{"city":"北京","aspect":"temperature"}`, "3到11度。"},
		{"get_weather", `{"city":"北京","aspect":"clothes"}`, "穿厚外套"},
		{"get_weather", `{"city":"北京","aspect":"air"}`, "空气质量良"},
		{"get_weather", `{"city":"北京","aspect":"uv"}`, "紫外线弱"},
		{"get_weather", `{"city":"纽约"}`, "！|国外"},
	})
}

func TestMusic(t *testing.T) {
	t.Parallel()
	run(t, skills.Music(new(app)), []step{
		{"current_song", `{}`, "！|没有在放歌"},
		{"play_music", `{"artist":"周杰伦","song":"青花瓷"}`, "好的，播放周杰伦的《青花瓷》。"},
		{"current_song", `{}`, "这是周杰伦的《青花瓷》。"},
		{"control_music", `{"action":"next"}`, "好的，下一首。"},
		{"control_music", `{"action":"louder"}`, "！"},
		{"set_play_mode", `{"mode":"shuffle"}`, "好的，随机播放。"},
	})
}

func TestSmartHome(t *testing.T) {
	t.Parallel()
	run(t, skills.SmartHome(new(app)), []step{
		{"switch_device", `{"device":"灯","room":["客厅","卧室"],"on":false}`, "好的，客厅和卧室的灯已关闭。"},
		{"set_brightness", `{"device":"灯","percent":50}`, "好的，灯亮度调到50%。"},
		{"set_brightness", `{"device":"灯","percent":150}`, "！|0到100"},
		{"set_temperature", `{"device":"空调","degrees":26.5}`, "好的，空调调到26.5度。"},
		{"set_mode", `{"device":"空调","mode":"cool"}`, "好的，空调改为制冷模式。"},
		{"adjust_temperature", `{"room":["卧室"],"direction":"up","amount":2}`, "好的，卧室调高2度。"},
		{"adjust_brightness", `{"device":"灯","direction":"down"}`, "好的，灯调暗了一点。"},
		{"adjust_fan_speed", `{"device":"风扇","direction":"up"}`, "好的，风扇风调大了一点。"},
		{"device_status", `{"device":"灯","room":["客厅"]}`, "客厅灯开着。"},
		{"device_status", `{"device":"热水器"}`, "！|没有找到热水器"},
		{"run_scene", `{"scene":"观影模式"}`, "{}"},
	})
}

func TestContacts(t *testing.T) {
	t.Parallel()
	a := new(app)
	run(t, skills.Contacts(a), []step{
		{"call", `{"person":"妈妈"}`, "{}"},
		{"send_message", `{"person":"王芳","text":"我晚点到"}`, "{}"},
		{"read_messages", `{}`, "有1条新消息。李娜说：晚上一起吃饭吗"},
		{"read_messages", `{"person":"妈妈"}`, "妈妈没有发来新消息。"},
	})
	require.Equal(t, []string{"call 妈妈", "send 王芳 我晚点到"}, a.done)
}

func TestShopping(t *testing.T) {
	t.Parallel()
	run(t, slices.Concat(skills.Recommendations(new(app)), skills.Shopping(new(app))), []step{
		{"recommend_goods", `{"count":2}`, `推荐2样：\n1. 西湖龙井，168元，你常买茶叶\n2. 保温杯，79.9元`},
		{"recommend_goods", `{"category":"图书"}`, "暂时没有"},
		{"recommend_goods", `{"count":100}`, "！|1到20样"},
		{"search_goods", `{"what":"保温杯","max_price":50}`, "！|没有找到保温杯"},
		{"search_goods", `{"what":"保温杯","max_price":79.9}`, "找到1样保温杯"},
		{"show_cart", `{}`, "购物车是空的"},
		{"add_to_cart", `{"item":"保温杯","count":2}`, `"count":2`},
		{"add_to_cart", `{"item":"铁锅"}`, `"count":1`},
		{"add_to_cart", `{"item":"铁锅","count":-1}`, "！|1到999件"},
		{"show_cart", `{}`, "购物车里有2样|2件|一共239.7元"},
		{"remove_from_cart", `{"item":"菜刀"}`, "！|购物车里没有菜刀"},
		{"remove_from_cart", `{"item":"铁锅"}`, "{}"},
		{"track_order", `{}`, "龙井明天送到"},
	})
}

func TestSettings(t *testing.T) {
	t.Parallel()
	a := new(app)
	run(t, skills.Settings(a), []step{
		{"switch_setting", `{"setting":"wifi","on":false}`, "无线网已关闭。"},
		{"set_volume", `{"percent":30}`, "{}"},
		{"set_volume", `{"percent":-1}`, "！|音量要在0到100之间"},
		{"set_screen_brightness", `{"percent":101}`, "！|亮度要在0到100之间"},
		{"adjust_volume", `{"direction":"up"}`, `"percent":60`},
		{"adjust_screen_brightness", `{"direction":"down"}`, `"percent":40`},
		{"set_text_size", `{"size":"huge"}`, "好的，字体已设为特大号。"},
		{"open_app", `{"app":"微信"}`, "{}"},
	})
	require.Equal(t, []string{"wifi false", "volume 30", "volume up", "brightness down", "text huge", "open 微信"}, a.done)
}
