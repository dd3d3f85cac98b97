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

// A Forecast is the weather of one place on one day. What is not known stays empty or nil.
type Forecast struct {
	City        string `json:"city"`
	Sky         string `json:"sky"`          // such as 多云转小雨
	Low         *int   `json:"low,omitzero"` // degrees Celsius
	High        *int   `json:"high,omitzero"`
	RainPercent *int   `json:"rain_percent,omitzero"` // chance of rain or snow
	Wind        string `json:"wind,omitzero"`         // such as 东南风3级
	AirQuality  string `json:"air_quality,omitzero"`  // such as 良，AQI 76
	UV          string `json:"uv,omitzero"`           // such as 中等
	Advice      string `json:"advice,omitzero"`       // what to wear
}

// Meteorology tells the weather.
type Meteorology interface {
	// Forecast returns the weather on a day. An empty city is where the user is. An error says in
	// Chinese why it is not known.
	Forecast(ctx context.Context, city string, day calendar.Date) (Forecast, error)
}

// Weather returns the skill get_weather. The names of its argument city are those of China's provinces
// and prefectures and of some large cities elsewhere. If now is nil it is [time.Now].
func Weather(m Meteorology, now func() time.Time) []ondevice.Skill {
	d := dates{clock(now)}
	type in struct {
		City   string        `json:"city,omitzero" jsonschema:"城市；不说就是用户所在的地方"`
		Date   calendar.Date `json:"date,omitzero" format:"date" jsonschema:"哪一天；不说就是今天"`
		Aspect string        `json:"aspect,omitzero" jsonschema:"只问哪一方面：下雨rain、下雪snow、气温temperature、风wind、空气air、紫外线uv、穿衣clothes" enum:"rain,snow,temperature,wind,air,uv,clothes"`
	}
	type out struct {
		Forecast Forecast `json:"forecast"`
		Say      string   `json:"say"`
	}
	return []ondevice.Skill{with(names{
		"city": cities(),
		"aspect": called(
			"rain", "下雨 带伞 有雨 降雨 落雨 雨",
			"snow", "下雪 有雪 降雪 落雪 雪",
			"temperature", "冷 热 气温 温度 多少度 几度 冷不冷 热不热 冷唔冷 热唔热",
			"wind", "风 刮风 风大 几级风 风力 起风",
			"air", "空气 空气质量 雾霾 污染 霾",
			"uv", "紫外线 防晒 晒",
			"clothes", "穿什么 穿衣 穿多少 加衣服 穿啥 着咩",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "get_weather",
		Description: "查天气",
		Examples:    []string{"{city}{date}天气怎么样", "{date}{city}天气", "{city}{date}会{aspect}吗", "{date}{aspect}吗", "{city}{date}{aspect}怎么样"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, in in) (out, error) {
		day := in.Date
		if day == (calendar.Date{}) {
			day = d.today()
		}
		f, err := m.Forecast(ctx, in.City, day)
		if err != nil {
			return out{}, err
		}
		return out{f, f.City + spoken.Day(d.noon(day), d.now()) + f.say(in.Aspect) + "。"}, nil
	}), []string{
		"[看看|查|查一下|查查|看一下|播报|播报一下|说说|告诉我|我想知道][({city};{date})|{city}|{date}][的](天气|天气预报|天气情况|天气状况)[怎么样|怎样|如何|好吗|好不好|是什么|咋样|点样|怎么样啊]",
		"[({city};{date})|{city}|{date}][的|外面|外边]天气",
		"[({city};{date})|{city}|{date}](会|会不会|有没有|要不要|用不用|需不需要|需要|是不是要|是不是会|可能会|要|该|有)[有|很|在]{aspect}[吗|么|的可能|不]",
		"[({city};{date})|{city}|{date}][外面|出门](有|在){aspect}(吗|没|没有)",
		"[({city};{date})|{city}|{date}][外面|出门|的]{aspect}[大|高|严重|强|好|重](吗|不|么)",
		"[({city};{date})|{city}|{date}][外面|出门|的]{aspect}(怎么样|怎样|如何|是多少|多少|有多少|大不大|高不高|好不好|严重不严重|强不强|呢|咋样)",
		"[({city};{date})|{city}|{date}][外面|出门|的|我|应该|该|要|得]{aspect}[合适|好|比较好|衣服]",
		"[查|查一下|看看][({city};{date})|{city}|{date}][的]{aspect}",
		"[({city};{date})|{city}|{date}](最高|最低|大概|现在)[是]{aspect}",
		"[({city};{date})|{city}|{date}](是晴天|是雨天|是阴天|晴不晴|晴天|雨天)吗",
		"[({city};{date})|{city}|{date}][会唔会|使唔使]{aspect}",
	}, "把温度调到{*}", "空调{*}度", "屋里太热了", "我好冷", "天气预报准[吗|不准]", "{*}公司怎么样", "人体正常温度是多少", "为什么会下雨", "水的温度"))}
}

// say says one aspect of the forecast, or the most important ones.

// say says one aspect of the forecast, or the most important ones.

//	NAMES names{
//			"aspect": called(
//				"rain", "下雨 带伞 有雨 降雨",
//				"snow", "下雪 有雪 降雪",
//				"temperature", "冷 热 气温 温度 多少度 几度",
//				"wind", "风 刮风 风大 几级风",
//				"air", "空气 空气质量 雾霾 污染 霾",
//				"uv", "紫外线 防晒 晒",
//				"clothes", "穿什么 穿衣 穿多少 加衣服",
//			),
//		}
func (f Forecast) say(aspect string) string {
	unknown := func(what, s string) string {
		if s == "" {
			return f.Sky + "，" + what + "还不知道"
		}
		return s
	}
	prefixed := func(prefix, s string) string {
		if s == "" {
			return ""
		}
		return prefix + s
	}
	switch aspect {
	case "rain", "snow":
		return f.falls(aspect)
	case "temperature":
		return unknown("气温", f.degrees())
	case "wind":
		return unknown("风力", f.Wind)
	case "air":
		return unknown("空气质量", prefixed("空气质量", f.AirQuality))
	case "uv":
		return unknown("紫外线", prefixed("紫外线", f.UV))
	case "clothes":
		return unknown("该穿什么", strings.Trim(f.degrees()+"，"+f.Advice, "，"))
	}
	parts := []string{f.Sky}
	for _, p := range []string{f.degrees(), f.Wind, prefixed("空气质量", f.AirQuality)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "，")
}

// falls says whether it rains or snows.
func (f Forecast) falls(aspect string) string {
	word := map[string]string{"rain": "雨", "snow": "雪"}[aspect]
	chance := ""
	if f.RainPercent != nil {
		chance = fmt.Sprintf("，降水概率%d%%", *f.RainPercent)
	}
	switch {
	case strings.Contains(f.Sky, word) && aspect == "rain":
		return "有雨（" + f.Sky + "）" + chance + "，记得带伞"
	case strings.Contains(f.Sky, word):
		return "有雪（" + f.Sky + "）" + chance
	}
	return "没有" + word + "，" + f.Sky + chance
}

func (f Forecast) degrees() string {
	switch {
	case f.Low != nil && f.High != nil:
		return fmt.Sprintf("%d到%d度", *f.Low, *f.High)
	case f.High != nil:
		return fmt.Sprintf("最高%d度", *f.High)
	case f.Low != nil:
		return fmt.Sprintf("最低%d度", *f.Low)
	}
	return ""
}
