package ondevice

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// now is a Wednesday.
var now = time.Date(2026, time.March, 4, 10, 0, 0, 0, time.FixedZone("CST", 8*60*60))

// newTestEngine returns the engine of the tests, which is one, so that it learns about their tools once.
var newTestEngine = sync.OnceValue(func() *Engine {
	return New(Config{Now: func() time.Time { return now }})
})

func object(required, properties string) json.RawMessage {
	return json.RawMessage(`{"type":"object","properties":{` + properties + `},"required":[` + required + `]}`)
}

var (
	alarm = &assistant.ToolSpec{
		Name: "set_alarm", Description: "设置闹钟，到点响铃",
		Schema:   object(`"time"`, `"time":{"type":"string","format":"date-time","description":"闹钟响的时间"},"label":{"type":"string","description":"备注"}`),
		Examples: []string{"{time}叫我起床", "设一个{time}的闹钟", "明天早上八点的闹钟"},
		Answer:   "好的，{time}叫您。",
	}
	cancelAlarm = &assistant.ToolSpec{
		Name: "cancel_alarm", Description: "取消闹钟",
		Schema:   object(``, `"time":{"type":"string","format":"date-time","description":"要取消的闹钟的时间"}`),
		Examples: []string{"取消{time}的闹钟", "把闹钟关掉", "删除所有闹钟"},
	}
	timer = &assistant.ToolSpec{
		Name: "start_timer", Description: "开始倒计时",
		Schema:   object(`"duration"`, `"duration":{"type":"string","format":"duration","description":"时长"}`),
		Examples: []string{"定一个{duration}的倒计时", "倒计时{duration}", "{duration}后提醒我一声", "计时十分钟"},
		Answer:   "好的，{duration}后叫您。",
	}
	reminder = &assistant.ToolSpec{
		Name: "add_reminder", Description: "添加提醒，到时候提醒用户做一件事",
		Schema:   object(`"time","text"`, `"time":{"type":"string","format":"date-time","description":"提醒的时间"},"text":{"type":"string","description":"要提醒的事情"},"repeat":{"type":"string","description":"重复规则，RRULE"}`),
		Examples: []string{"提醒我{time}{text}", "{time}提醒我{text}", "别忘了{time}叫我{text}", "设一个{time}{text}的提醒"},
		Answer:   "好的，{time}提醒您{text}。",
	}
	weekday = &assistant.ToolSpec{
		Name: "weekday", Description: "查询某一天是星期几",
		Schema:   object(`"date"`, `"date":{"type":"string","format":"date","description":"日期"}`),
		Examples: []string{"{date}是星期几", "{date}是周几", "{date}礼拜几"},
		ReadOnly: true,
	}
	calculator = &assistant.ToolSpec{
		Name: "calculate", Description: "计算两个数的加减乘除",
		Schema:   object(`"a","op","b"`, `"a":{"type":"number"},"op":{"enum":["+","-","*","/"],"description":"运算：加=+，减=-，乘/乘以=*，除以=/"},"b":{"type":"number"}`),
		Examples: []string{"{a}{op}{b}等于多少", "计算{a}{op}{b}", "{a}{op}{b}"},
		ReadOnly: true,
	}
	convert = &assistant.ToolSpec{
		Name: "convert_length", Description: "换算长度单位",
		Schema:   object(`"value","from","to"`, `"value":{"type":"number","description":"数值"},"from":{"enum":["km","mi","m","cm"],"description":"原单位：公里/千米=km，英里=mi，米=m，厘米=cm"},"to":{"enum":["km","mi","m","cm"],"description":"目标单位：公里/千米=km，英里=mi，米=m，厘米=cm"}`),
		Examples: []string{"{value}{from}等于多少{to}", "把{value}{from}换算成{to}", "{value}{from}是多少{to}"},
		ReadOnly: true,
	}
	recommend = &assistant.ToolSpec{
		Name: "recommend_movies", Description: "推荐电影",
		Schema:   object(``, `"count":{"type":"integer","minimum":1,"maximum":10,"description":"几部"},"genre":{"type":"string","enum":["comedy","scifi","romance"],"description":"类型：喜剧=comedy，科幻=scifi，爱情=romance"}`),
		Examples: []string{"推荐{count}部{genre}电影", "有什么好看的{genre}片", "我想看{genre}电影"},
		ReadOnly: true,
	}
	light = &assistant.ToolSpec{
		Name: "set_light", Description: "打开或关闭一个房间的灯",
		Schema:   object(`"room","on"`, `"room":{"type":"string","enum":["客厅","卧室","厨房"],"description":"哪个房间"},"on":{"type":"boolean","description":"开还是关"}`),
		Examples: []string{"{on}{room}的灯", "把{room}的灯{on}", "{room}灯{on}一下"},
		Answer:   "好了。",
	}
	volume = &assistant.ToolSpec{
		Name: "set_volume", Description: "调节音量",
		Schema:   object(`"level"`, `"level":{"type":"integer","minimum":0,"maximum":100,"description":"音量，0到100"}`),
		Examples: []string{"音量调到{level}", "把声音设为{level}"},
	}
	shopping = &assistant.ToolSpec{
		Name: "add_to_list", Description: "把东西记到购物清单",
		Schema:   object(`"items"`, `"items":{"type":"array","items":{"type":"string"},"description":"要买的东西"}`),
		Examples: []string{"购物清单加上{items}", "把{items}记到购物清单"},
	}
	tools = []*assistant.ToolSpec{alarm, cancelAlarm, timer, reminder, weekday, calculator, convert, recommend, light, volume, shopping}
)

// tool1 returns a single tool.
func tool1(name, description string, schema json.RawMessage, examples ...string) []*assistant.ToolSpec {
	return []*assistant.ToolSpec{{Name: name, Description: description, Schema: schema, Examples: examples}}
}
