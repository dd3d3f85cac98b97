package skills

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// Place says which devices are meant: a kind of device, in some rooms. An empty device means whatever
// can do what is asked, no rooms mean the one where the user is, or all.
type Place struct {
	Device string   `json:"device,omitzero" jsonschema:"设备，如空调；不说就是做得到的那一种"`
	Room   []string `json:"room,omitzero" jsonschema:"房间，可以有几个"`
}

func (p Place) String() string {
	s := strings.Join(p.Room, "和")
	if s != "" && p.Device != "" {
		s += "的"
	}
	return s + p.Device
}

// A DeviceState is how a device is.
type DeviceState struct {
	Room   string `json:"room,omitzero"`
	Device string `json:"device"`
	State  string `json:"state"` // in Chinese, such as 开着，26度制冷
}

// Home is a house with devices. Errors say in Chinese what is wrong, such as that there is no such
// device in the room.
type Home interface {
	// Switch turns devices on or off; curtains and doors open or close.
	Switch(ctx context.Context, p Place, on bool) error
	// SetBrightness makes lights so bright, in percent.
	SetBrightness(ctx context.Context, p Place, percent int) error
	// SetTemperature sets air conditioners and heaters, in degrees Celsius.
	SetTemperature(ctx context.Context, p Place, degrees float64) error
	// SetMode sets "cool", "heat", "dry", "fan", "auto" or "sleep".
	SetMode(ctx context.Context, p Place, mode string) error
	// Adjust raises or lowers "brightness", "temperature" or "fan_speed" by an amount, or by a usual
	// step if the amount is zero. A negative amount lowers it.
	Adjust(ctx context.Context, p Place, what string, up bool, amount float64) error
	// Status tells how devices are.
	Status(ctx context.Context, p Place) ([]DeviceState, error)
	// RunScene starts what the user has prepared under a name.
	RunScene(ctx context.Context, name string) error
}

// SmartHome returns the skills switch_device, set_brightness, set_temperature, set_mode, adjust_brightness,
// adjust_temperature, adjust_fan_speed, device_status and run_scene. The arguments device, room and scene take names.
func SmartHome(h Home) []ondevice.Skill {
	s := smartHome{h}
	return []ondevice.Skill{
		s.onOff(), s.brightness(), s.temperature(), s.mode(),
		s.adjustBrightness(), s.adjustTemperature(), s.adjustFanSpeed(), s.status(), s.scene(),
	}
}

type smartHome struct{ Home }

// where is how devices are said, with and without a room.
const where = "[{room}[里|里面]][的]"

func (s smartHome) onOff() ondevice.Skill {
	type in struct {
		Device string   `json:"device" jsonschema:"设备，如灯、空调、窗帘"`
		Room   []string `json:"room,omitzero" jsonschema:"房间，可以有几个"`
		On     bool     `json:"on" jsonschema:"打开还是关闭"`
	}
	type out struct {
		Say string `json:"say"`
	}
	return with(names{
		"on": called(
			"true", "打开 开 开启 开一下 开起来 打着 点着 拉开 点亮 启动 亮起来 开着 着 开咗",
			"false", "关闭 关 关掉 关了 关上 关一下 拉上 灭 灭了 灭掉 熄 熄灭 熄掉 停 合上 熄咗 闩 闩咗",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "switch_device",
		Description: "打开或关闭家里的设备",
		Examples:    []string{"{on}{room}的{device}", "{on}{device}", "把{room}的{device}{on}", "{device}{on}", "{room}{device}{on}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (out, error) {
		p := Place{in.Device, in.Room}
		verb := "打开"
		if !in.On {
			verb = "关闭"
		}
		return out{"好的，" + p.String() + "已" + verb + "。"}, s.Switch(ctx, p, in.On)
	}), []string{
		"[我要|我想|给我|帮我]{on}[一下|我的|家里的|家里]" + where + "[所有的|全部|所有]{device}[吧]",
		"(把|将)[家里的|家里|我的]" + where + "[所有的|全部|所有]{device}[都|全|全都|给我|给]{on}[一下|来|了|吧]",
		"[家里的|家里]" + where + "{device}[都|全|全都|给我]{on}[一下|了|吧]",
		"(帮我|给我){on}[下|一下]" + where + "{device}",
		"{room}{on}[一下|个]{device}",
		"{device}在{room}[的]{on}",
	}, "别开{device}", "不要关{device}", "{room}的{device}开着吗", "{device}怎么开", "打开{*}应用", "开会", "关机", "打开蓝牙", "我想买{device}", "{device}多少钱"))
}

func (s smartHome) brightness() ondevice.Skill {
	type in struct {
		Place
		Percent int `json:"percent" jsonschema:"亮度，百分之几"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_brightness",
		Description: "把灯光调到指定亮度",
		Examples:    []string{"把{room}的{device}调到{percent}", "{room}{device}亮度调到{percent}", "{device}亮度{percent}", "把{device}的亮度设成{percent}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		if err := checkPercent("亮度", in.Percent); err != nil {
			return spokenResult{}, err
		}
		return spokenResult{fmt.Sprintf("好的，%s亮度调到%d%%。", in.Place, in.Percent)}, s.SetBrightness(ctx, in.Place, in.Percent)
	}), []string{
		"(太亮了|太暗了|太亮|太暗|有点亮|有点暗|太刺眼了)(把|将)" + where + "{device}[的亮度](调|调到|设)(到|成|为){percent}",
		"(把|将)" + where + "{device}[的](亮度|光线|明亮度)[都](调|弄|较|调整|设置|设|设定|开|调高|调低|降|升|改)(到|成|为|至){percent}[的亮度]",
		"(把|将)" + where + "{device}[都](调|弄|较|调整|设置|设|设定|开|调亮|调暗)(到|成|为|至){percent}[的亮度|亮度|亮]",
		where + "{device}[的](亮度|光线)[调|设|设置|开|调整][到|成|为|至]{percent}",
		where + "{device}[都|给我](调|弄|较|设|设置|开|调整)(到|成|为|至){percent}[的亮度|亮]",
		"(调|设置|设|调整)[一下]" + where + "{device}[的]亮度(到|为|成){percent}",
		"{room}[的](亮度|光线)(调|设|设置)(到|成|为){percent}",
		"(设置|调|调整|改)[一下]" + where + "{device}[的](亮度|光线)",
		"(把|将)" + where + "{device}[的](亮度|光线)(设置|调整|调|改)一下",
	}, "屏幕亮度调到{percent}", "音量调到{percent}", "电量还有{percent}吗")
}

func (s smartHome) temperature() ondevice.Skill {
	type in struct {
		Place
		Degrees float64 `json:"degrees" jsonschema:"温度，多少度"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_temperature",
		Description: "把空调或暖气调到指定温度",
		Examples:    []string{"{device}调到{degrees}度", "把{room}的{device}调到{degrees}度", "{room}温度调到{degrees}度", "{device}开到{degrees}度", "温度设成{degrees}度"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		degrees := strconv.FormatFloat(in.Degrees, 'f', -1, 64)
		return spokenResult{fmt.Sprintf("好的，%s调到%s度。", in.Place, degrees)}, s.SetTemperature(ctx, in.Place, in.Degrees)
	}), []string{
		"(把|将)" + where + "{device}[的温度|温度][都](调|弄|较|调整|设置|设|设定|开|调高|调低|降|升|打|定|校)(到|成|为|至|在){degrees}(度|℃|摄氏度)",
		where + "{device}[的温度|温度][都](调|弄|较|调整|设置|设|设定|开|调高|调低|降|升|打|定|校)(到|成|为|至|在|去){degrees}(度|℃|摄氏度)",
		where + "{device}{degrees}(度|℃|摄氏度)",
		where + "{device}[的]温度(调|设|设置|设定|开|定)(到|成|为|在){degrees}",
		"(设置|调|调整|改)[一下]" + where + "{device}[的]温度",
		where + "{device}(调|设|改|调整)一下温度",
		"(把|将)" + where + "[室内]温度(调|调整|设置|设|设定|升|降|调高|调低|定|保持)(到|成|为|至|在){degrees}(度|℃|摄氏度)",
		where + "[室内]温度(调|调整|设置|设|设定|升|降|定|保持)(到|成|为|至|在){degrees}(度|℃|摄氏度)",
		"(调|调整|设置|设定)[一下]" + where + "{device}[的]温度(到|为|成){degrees}(度|℃)",
		"打开" + where + "{device}(调到|开到|设到){degrees}(度|℃)",
		"{room}(调到|升到|降到|保持){degrees}(度|℃)",
	}, "今天{degrees}度吗", "体温{degrees}度", "水烧到{degrees}度", "{degrees}摄氏度是多少华氏度", "向左转{degrees}度")
}

func (s smartHome) mode() ondevice.Skill {
	type in struct {
		Place
		Mode string `json:"mode" jsonschema:"哪种模式，制冷cool、制热heat、除湿dry、送风fan、自动auto、睡眠sleep" enum:"cool,heat,dry,fan,auto,sleep"`
	}
	said := map[string]string{"cool": "制冷", "heat": "制热", "dry": "除湿", "fan": "送风", "auto": "自动", "sleep": "睡眠"}
	return with(names{
		"mode": called(
			"cool", "制冷 冷风 冷气",
			"heat", "制热 暖风 加热 取暖",
			"dry", "除湿 抽湿 干燥",
			"fan", "送风 吹风 通风",
			"auto", "自动 智能 自动清扫",
			"sleep", "睡眠 静音 夜间 安静",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_mode",
		Description: "设置空调等设备的工作模式",
		Examples:    []string{"{device}调成{mode}", "把{room}的{device}切换到{mode}模式", "{device}开{mode}模式", "{device}{mode}", "{mode}模式"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		return spokenResult{fmt.Sprintf("好的，%s改为%s模式。", in.Place, said[in.Mode])}, s.SetMode(ctx, in.Place, in.Mode)
	}), []string{
		"(把|将)" + where + "{device}[的模式|模式](调|切|切换|换|改|设|设置|转|开|设定|调整|变)(到|成|为|至){mode}[模式|档]",
		where + "{device}[的模式|模式](调|切|切换|换|改|设|设置|转|开|设定|调整)(到|成|为|至){mode}[模式|档]",
		where + "{device}(开|用|开启|打开|启动|切|换)[一下]{mode}[模式|档]",
		where + "{device}{mode}[模式]",
		"(打开|开启|开|启动|用|切换到|切到|换成|调成|改成)" + where + "{device}[的]{mode}[模式|功能|档]",
		"[让]" + where + "{device}(进入|开始|改用){mode}[模式]",
		"(把|将)" + where + "{device}开{mode}",
	}, "打开睡眠模式", "手机静音", "打开深色模式", "自动播放", "飞行模式"))
}

func (s smartHome) adjustBrightness() ondevice.Skill {
	type in struct {
		Place
		Direction string  `json:"direction" jsonschema:"往哪边调，up是高、大、亮，down是低、小、暗" enum:"up,down"`
		Amount    float64 `json:"amount,omitzero" jsonschema:"调百分之几；不说就是一点"`
	}
	return with(names{
		"direction": called(
			"up", "调亮 往上调 弄亮 弄亮点 亮一点 亮点 亮 亮一些 亮些 明亮 亮啲 光啲 "+brightness("调高 高一点 高点 调大 大一点 提高 增强 强一点 升高 高 加 增加"),
			"down", "调暗 往下调 弄暗 弄暗点 暗一点 暗点 暗 暗一些 暗些 暗啲 "+brightness("调低 低一点 低点 调小 小一点 降低 减弱 弱一点 低 减 减少"),
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "adjust_brightness",
		Description: "把灯调亮或调暗一些",
		Examples:    []string{"把{room}的{device}{direction}", "{device}{direction}", "{room}{device}亮度{direction}", "{room}灯光{direction}", "{direction}{device}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		return adjusted(in.Place, in.Direction, "调亮", "调暗", in.Amount, "%"), s.Adjust(ctx, in.Place, "brightness", in.Direction == "up", in.Amount)
	}), []string{
		"(把|将)" + where + "{device}[的][再]{direction}[一点|点|一些|些|一下|一点点|点儿|啲|{amount}%|{amount}]",
		where + "{device}[的][再|太亮了|太暗了]{direction}[一点|点|一些|些|一下|点儿|啲|{amount}%|{amount}]",
		where + "{device}(太亮了|太暗了|太亮|太暗|有点暗|有点亮)[把它]{direction}[一点|点|一些|些|一下|点儿|啲]",
		"[把]" + where + "[再]{direction}[一点|点|一些|些|一下|点儿|啲|{amount}%]",
		"{direction}[一点|一下|一些|点]" + where + "{device}[的亮度|亮度|的光线]",
		"{room}(太亮了|太暗了|有点暗|有点亮)[再|把灯]{direction}[一点|点|一些]",
	}, "屏幕{direction}", "天亮了", "把{device}打开", "手机{direction}一点", "颜色{direction}一点"))
}

// brightness puts words that mean brightness only together with the word for it behind that word.
func brightness(words string) string {
	var out []string
	for w := range strings.FieldsSeq(words) {
		for _, of := range []string{"亮度", "光线", "亮度再", "灯光亮度"} {
			out = append(out, of+w)
		}
	}
	return strings.Join(out, " ")
}

func (s smartHome) adjustTemperature() ondevice.Skill {
	type in struct {
		Place
		Direction string  `json:"direction" jsonschema:"往哪边调，up是高、大、亮，down是低、小、暗" enum:"up,down"`
		Amount    float64 `json:"amount,omitzero" jsonschema:"调几度；不说就是一点"`
	}
	return with(names{
		"direction": called(
			"up", "调高 高 高一点 高点 升高 升 提高 热一点 暖一点 暖和一点 暖和点 加 上升 往上调 高啲 暖啲",
			"down", "调低 低 低一点 低点 降低 降 凉一点 凉快一点 凉快点 凉点 冷一点 冷点 减 下降 往下调 低啲 冻啲",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "adjust_temperature",
		Description: "把空调或暖气的温度调高或调低一些",
		Examples:    []string{"把{room}的{device}温度{direction}", "{device}{direction}{amount}度", "{room}温度{direction}", "温度{direction}{amount}度", "{room}{direction}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		return adjusted(in.Place, in.Direction, "调高", "调低", in.Amount, "度"), s.Adjust(ctx, in.Place, "temperature", in.Direction == "up", in.Amount)
	}), []string{
		"(把|将)" + where + "{device}[的][温度][再]{direction}[一点|点|一些|些|一下|一点点|点儿|啲|{amount}度]",
		where + "{device}[的]温度[再|太高了|太低了]{direction}[一点|点|一些|些|一下|点儿|啲|{amount}度]",
		where + "{device}[再]{direction}{amount}度",
		where + "{device}[再]{direction}[一点|点|一些|些|啲]",
		"[把]" + where + "[室内|屋里的|房间]温度[再|太高了|太低了]{direction}[一点|点|一些|些|一下|点儿|{amount}度]",
		"{room}[太冷了|太热了|再]{direction}[一点|点|一些]",
		"{direction}[一下]" + where + "{device}的温度[{amount}度]",
		where + "[有点冷|有点热|太冷了|太热了|冷死了|热死了](把|将){device}[温度]{direction}[一点|点|{amount}度]",
	}, "{device}{direction}{amount}档", "气温降低", "水温高一点", "今天{direction}吗", "把{device}的风速{direction}"))
}

func (s smartHome) adjustFanSpeed() ondevice.Skill {
	type in struct {
		Place
		Direction string  `json:"direction" jsonschema:"往哪边调，up是高、大、亮，down是低、小、暗" enum:"up,down"`
		Amount    float64 `json:"amount,omitzero" jsonschema:"调几档；不说就是一档"`
	}
	return with(names{
		"direction": called(
			"up", "调大 往上调 开大 开大点 大 大一点 大点 调高 高一点 加大 增大 强一点 强 快一点 加 升 大啲",
			"down", "调小 往下调 开小 开小点 小 小一点 小点 调低 低一点 减小 弱一点 弱 慢一点 减 降 细啲",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "adjust_fan_speed",
		Description: "把风扇或空调的风调大或调小",
		Examples:    []string{"把{room}的{device}风速{direction}", "{device}风{direction}", "风速{direction}", "{device}风量{direction}{amount}档", "风{direction}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		return adjusted(in.Place, in.Direction, "风调大", "风调小", in.Amount, "档"), s.Adjust(ctx, in.Place, "fan_speed", in.Direction == "up", in.Amount)
	}), []string{
		"(把|将)" + where + "{device}[的](风速|风量|风力|风|档位)[再]{direction}[一点|点|一些|些|一下|点儿|{amount}档]",
		where + "{device}[的](风速|风量|风力|风|档位|吹风)[再|太大了|太小了]{direction}[一点|点|一些|些|一下|点儿|啲|{amount}档]",
		"[把]" + where + "(风速|风量|风力|风|档位)[再|太大了|太小了]{direction}[一点|点|一些|些|一下|{amount}档]",
		"{direction}[一点|一下]" + where + "{device}的(风速|风量|风力|风)",
		"{device}[再|开|调]{direction}{amount}档",
	}, "今天风大吗", "音量{direction}", "把{device}温度{direction}", "明天风大不大"))
}

// adjusted says what was done: 好的，客厅的空调调高2度。
func adjusted(p Place, direction, up, down string, amount float64, unit string) spokenResult {
	way := up
	if direction == "down" {
		way = down
	}
	step := "了一点"
	if amount != 0 {
		step = strconv.FormatFloat(amount, 'f', -1, 64) + unit
	}
	return spokenResult{"好的，" + p.String() + way + step + "。"}
}

func (s smartHome) status() ondevice.Skill {
	type in struct {
		Device string   `json:"device" jsonschema:"设备，如灯、空调、窗帘"`
		Room   []string `json:"room,omitzero" jsonschema:"房间，可以有几个"`
	}
	type out struct {
		States []DeviceState `json:"states"`
		Say    string        `json:"say"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "device_status",
		Description: "查设备是开着还是关着",
		Examples:    []string{"{room}的{device}开着吗", "{device}关了吗", "{room}{device}是什么状态", "{device}开了没有", "看看{room}的{device}关没关"},
		Answer:      "{say}",
		ReadOnly:    true,
	}, func(ctx context.Context, in in) (out, error) {
		states, err := s.Status(ctx, Place(in))
		if err != nil {
			return out{}, err
		}
		if len(states) == 0 {
			return out{}, fmt.Errorf("没有找到%s", Place(in))
		}
		said := make([]string, len(states))
		for i, st := range states {
			said[i] = st.Room + st.Device + st.State
		}
		return out{states, strings.Join(said, "；") + "。"}, nil
	}), []string{
		where + "{device}[还|是](开着|关着|开|亮着|开着的|关着的|关|运行)(吗|呢吗|的吗|没|没有|么)",
		where + "{device}[是|有没有](开|关|关好|关上|打开|关掉|拉上|拉开|拉好)(了吗|了没|了没有|没有|没)",
		where + "{device}(开没开|关没关|开了没|关了没|开没有|有没有开|有没有关|有没有关好|有冇熄|熄咗未|开咗未)",
		"(看看|查|查一下|看一下|检查|检查一下|确认一下|帮我看看)" + where + "{device}[的](状态|开着吗|关了吗|关没关|开没开|关了没|有没有关|是不是开着|情况)",
		where + "{device}[现在|目前][是](什么状态|什么情况|多少度|几度|开的还是关的|开着还是关着)",
		"(有没有|是不是)(忘了|忘记)(关|关掉)" + where + "{device}",
		"我(忘了|忘记)关" + where + "{device}了吗",
		"我(关|开)" + where + "{device}了吗",
	}, "把{device}关了", "{device}坏了", "{device}怎么用", "{device}多少钱", "打开{device}")
}

func (s smartHome) scene() ondevice.Skill {
	type in struct {
		Scene string `json:"scene" jsonschema:"场景，如观影模式"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "run_scene",
		Description: "执行家里设好的场景",
		Examples:    []string{"打开{scene}", "切换到{scene}", "执行{scene}", "{scene}", "启动{scene}"},
		Answer:      "好的，{scene}已启动。",
	}, func(ctx context.Context, in in) (struct{}, error) {
		return struct{}{}, s.RunScene(ctx, in.Scene)
	}), []string{
		"[帮我|给我|我要|我想](打开|开启|开|启动|执行|运行|进入|切换到|切到|切换成|换到|换成|启用|用|设置为|设为|调到|来个)[一下|家里的]{scene}[的场景|场景]",
		"(把|将)[家里|家](调|切|切换|设|换|改)(到|成|为){scene}",
		"{scene}[启动|开启|打开|走起|开始]",
		"我要{scene}",
		"场景{scene}",
		"开咗{scene}",
	}, "打开飞行模式", "{*}调成睡眠模式", "打开深色模式", "退出{scene}", "{scene}是什么")
}
