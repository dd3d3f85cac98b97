package skills_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

// sunday is the clock of the tests.
var sunday = time.Date(2026, 11, 22, 9, 30, 0, 0, calendar.Beijing())

func now() time.Time { return sunday }

// everySkill returns all skills over an application that does nothing much.
func everySkill() []ondevice.Skill { return new(app).skills() }

func (a *app) skills() []ondevice.Skill {
	return slices.Concat(
		skills.Alarms(a, now), skills.Timers(a, now), skills.Reminders(a, now), skills.Schedule(a, now),
		skills.Dates(now), skills.Holidays(nil, now), skills.Arithmetic(), skills.Units(),
		skills.Weather(a, now), skills.Music(a), skills.SmartHome(a), skills.Contacts(a),
		skills.Recommendations(a), skills.Shopping(a), skills.Settings(a),
	)
}

// app is an application that remembers what it was told to do, in words.
type app struct {
	done      []string
	alarms    []skills.Alarm
	timers    []skills.Timer
	reminders []skills.Reminder
	events    []skills.Event
	cart      []skills.Goods
	song      skills.Song
}

func (a *app) did(format string, args ...any) error {
	a.done = append(a.done, fmt.Sprintf(format, args...))
	return nil
}

func (a *app) id() string { return fmt.Sprint(len(a.done)) }

func (a *app) SetAlarm(_ context.Context, al skills.Alarm) (string, error) {
	al.ID = a.id()
	a.alarms = append(a.alarms, al)
	return al.ID, a.did("alarm %s %s %s", al.Time.Format(time.DateTime), al.Repeat, al.Label)
}

func (a *app) Alarms(context.Context) ([]skills.Alarm, error) { return a.alarms, nil }

func (a *app) RemoveAlarms(_ context.Context, ids ...string) error {
	a.alarms = slices.DeleteFunc(a.alarms, func(al skills.Alarm) bool { return slices.Contains(ids, al.ID) })
	return a.did("remove alarms %v", ids)
}

func (a *app) StartTimer(_ context.Context, t skills.Timer) (string, error) {
	t.ID = a.id()
	a.timers = append(a.timers, t)
	return t.ID, a.did("timer %s %s", t.Ends.Format(time.DateTime), t.Label)
}

func (a *app) Timers(context.Context) ([]skills.Timer, error) { return a.timers, nil }

func (a *app) StopTimers(_ context.Context, ids ...string) error {
	a.timers = slices.DeleteFunc(a.timers, func(t skills.Timer) bool { return slices.Contains(ids, t.ID) })
	return a.did("stop timers %v", ids)
}

func (a *app) AddReminder(_ context.Context, r skills.Reminder) (string, error) {
	r.ID = a.id()
	a.reminders = append(a.reminders, r)
	return r.ID, a.did("reminder %s %s %s", r.Time.Format(time.DateTime), r.Repeat, r.Text)
}

func (a *app) Reminders(context.Context) ([]skills.Reminder, error) { return a.reminders, nil }

func (a *app) RemoveReminders(_ context.Context, ids ...string) error {
	a.reminders = slices.DeleteFunc(a.reminders, func(r skills.Reminder) bool { return slices.Contains(ids, r.ID) })
	return a.did("remove reminders %v", ids)
}

func (a *app) AddEvent(_ context.Context, e skills.Event) (string, error) {
	e.ID = a.id()
	a.events = append(a.events, e)
	return e.ID, a.did("event %s %s", e.Time.Format(time.DateTime), e.Title)
}

func (a *app) Events(_ context.Context, from, to time.Time) ([]skills.Event, error) {
	var found []skills.Event
	for _, e := range a.events {
		if !e.Time.Before(from) && e.Time.Before(to) {
			found = append(found, e)
		}
	}
	return found, nil
}

func (a *app) RemoveEvents(_ context.Context, ids ...string) error {
	a.events = slices.DeleteFunc(a.events, func(e skills.Event) bool { return slices.Contains(ids, e.ID) })
	return a.did("remove events %v", ids)
}

func (a *app) Forecast(_ context.Context, city string, day calendar.Date) (skills.Forecast, error) {
	if city == "纽约" {
		return skills.Forecast{}, errors.New("查不到国外的天气")
	}
	low, high, rain := 3, 11, 20
	f := skills.Forecast{City: city, Sky: "多云", Low: &low, High: &high, Wind: "北风3级", AirQuality: "良", RainPercent: &rain, UV: "弱", Advice: "穿厚外套"}
	if city == "上海" {
		f.Sky = "小雨"
	}
	return f, nil
}

func (a *app) Play(_ context.Context, w skills.Wanted) (skills.Song, error) {
	a.song = skills.Song{Title: w.Song, Artist: w.Artist}
	if w.Song == "" {
		a.song.Title = "小城故事"
	}
	return a.song, a.did("play %v", w)
}

func (a *app) Control(_ context.Context, action string) error   { return a.did("%s", action) }
func (a *app) SetPlayMode(_ context.Context, mode string) error { return a.did("order %s", mode) }
func (a *app) Current(context.Context) (skills.Song, error)     { return a.song, nil }
func (a *app) RunScene(_ context.Context, name string) error    { return a.did("scene %s", name) }

func (a *app) Switch(_ context.Context, p skills.Place, on bool) error {
	return a.did("switch %v %v", p, on)
}

func (a *app) SetBrightness(_ context.Context, p skills.Place, percent int) error {
	return a.did("brightness %v %d", p, percent)
}

func (a *app) SetTemperature(_ context.Context, p skills.Place, degrees float64) error {
	return a.did("temperature %v %v", p, degrees)
}

func (a *app) SetMode(_ context.Context, p skills.Place, mode string) error {
	return a.did("mode %v %s", p, mode)
}

func (a *app) Adjust(_ context.Context, p skills.Place, what string, up bool, amount float64) error {
	return a.did("adjust %v %s %v %v", p, what, up, amount)
}

func (a *app) Status(_ context.Context, p skills.Place) ([]skills.DeviceState, error) {
	if p.Device == "热水器" {
		return nil, nil
	}
	room := ""
	if len(p.Room) > 0 {
		room = p.Room[0]
	}
	return []skills.DeviceState{{Room: room, Device: p.Device, State: "开着"}}, nil
}

func (a *app) Call(_ context.Context, person string) error { return a.did("call %s", person) }
func (a *app) Send(_ context.Context, person, text string) error {
	return a.did("send %s %s", person, text)
}

func (a *app) Messages(_ context.Context, person string) ([]skills.TextMessage, error) {
	if person == "妈妈" {
		return nil, nil
	}
	return []skills.TextMessage{{From: "李娜", Text: "晚上一起吃饭吗"}}, nil
}

func (a *app) Recommend(_ context.Context, count int, category string) ([]skills.Goods, error) {
	if category == "图书" {
		return nil, nil
	}
	all := []skills.Goods{{Title: "西湖龙井", Fen: 16800, Reason: "你常买茶叶"}, {Title: "保温杯", Fen: 7990}, {Title: "铁锅", Fen: 19900}}
	return all[:min(count, len(all))], nil
}

func (a *app) Search(_ context.Context, what string, maxFen int64) ([]skills.Goods, error) {
	if maxFen != 0 && maxFen < 7990 {
		return nil, nil
	}
	return []skills.Goods{{Title: what, Fen: 7990}}, nil
}

func (a *app) AddToCart(_ context.Context, item string, count int) error {
	a.cart = append(a.cart, skills.Goods{Title: item, Fen: 7990, Count: count})
	return nil
}

func (a *app) RemoveFromCart(_ context.Context, item string) error {
	for i, g := range a.cart {
		if g.Title == item {
			a.cart = slices.Delete(a.cart, i, i+1)
			return nil
		}
	}
	return errors.New("购物车里没有" + item)
}

func (a *app) Cart(context.Context) ([]skills.Goods, error) { return a.cart, nil }
func (a *app) Orders(context.Context) ([]string, error) {
	return []string{"龙井明天送到。"}, nil
}

func (a *app) SetSwitch(_ context.Context, setting string, on bool) error {
	return a.did("%s %v", setting, on)
}

func (a *app) SetLevel(_ context.Context, what string, percent int) error {
	return a.did("%s %d", what, percent)
}

func (a *app) AdjustLevel(_ context.Context, what string, up bool) (int, error) {
	if up {
		return 60, a.did("%s up", what)
	}
	return 40, a.did("%s down", what)
}

func (a *app) SetTextSize(_ context.Context, size string) error { return a.did("text %s", size) }
func (a *app) OpenApp(_ context.Context, name string) error     { return a.did("open %s", name) }
