package skills

import (
	"context"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
)

// Device is the phone, speaker or computer that the assistant runs on. Errors say in Chinese what is
// wrong.
type Device interface {
	// SetSwitch turns something on or off: "wifi", "bluetooth", "mobile_data", "hotspot", "airplane",
	// "do_not_disturb", "silent", "flashlight", "location", "dark_mode" or "power_saving".
	SetSwitch(ctx context.Context, setting string, on bool) error
	// SetLevel sets the "volume" or the "brightness" of the screen in percent.
	SetLevel(ctx context.Context, what string, percent int) error
	// AdjustLevel raises or lowers it by a usual step, and returns what it is then.
	AdjustLevel(ctx context.Context, what string, up bool) (percent int, err error)
	// SetTextSize makes text "small", "normal", "large" or "huge".
	SetTextSize(ctx context.Context, size string) error
	// OpenApp opens an application.
	OpenApp(ctx context.Context, name string) error
}

// Settings returns the skills switch_setting, set_volume, adjust_volume, set_screen_brightness,
// adjust_screen_brightness, set_text_size and open_app. The argument app takes names.
func Settings(d Device) []ondevice.Skill {
	s := settings{d}
	return []ondevice.Skill{
		s.onOff(), s.volume(), s.louder(), s.screen(), s.brighter(), s.text(), s.open(),
	}
}

type settings struct{ Device }

func (s settings) onOff() ondevice.Skill {
	type in struct {
		Setting string `json:"setting" jsonschema:"哪项设置，无线网wifi、蓝牙bluetooth、移动数据mobile_data、热点hotspot、飞行模式airplane、勿扰do_not_disturb、静音silent、手电筒flashlight、定位location、深色模式dark_mode、省电power_saving" enum:"wifi,bluetooth,mobile_data,hotspot,airplane,do_not_disturb,silent,flashlight,location,dark_mode,power_saving"`
		On      bool   `json:"on" jsonschema:"打开还是关闭"`
	}
	titles := map[string]string{
		"wifi": "无线网", "bluetooth": "蓝牙", "mobile_data": "移动数据", "hotspot": "热点", "airplane": "飞行模式", "do_not_disturb": "勿扰模式",
		"silent": "静音", "flashlight": "手电筒", "location": "定位", "dark_mode": "深色模式", "power_saving": "省电模式",
	}
	out := with(names{
		"setting": called(
			"wifi", "无线网 无线网络 无线 wifi Wi-Fi WLAN",
			"bluetooth", "蓝牙",
			"mobile_data", "移动数据 流量 数据流量 移动网络 数据",
			"hotspot", "热点 个人热点",
			"airplane", "飞行模式 飞航模式",
			"do_not_disturb", "勿扰 勿扰模式 免打扰 免打扰模式 请勿打扰",
			"silent", "静音 静音模式",
			"flashlight", "手电筒 手电 电筒",
			"location", "定位 位置服务 定位服务 GPS",
			"dark_mode", "深色模式 深色 dark 夜间模式 暗色模式 黑暗模式",
			"power_saving", "省电模式 省电 低电量模式 节电模式",
		),
		"on": called(
			"true", "打开 开 开启 启用 开一下 进入 切换到 切到 切换成 换 换成 调 调成 转 设为 设成 改成 连上 连接 开着 着 开咗",
			"false", "关闭 关 关掉 关了 关上 关一下 停用 退出 断开 取消 解除 熄咗 闩咗",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "switch_setting",
		Description: "打开或关闭手机的一项设置",
		Examples:    []string{"{on}{setting}", "把{setting}{on}", "{setting}{on}", "帮我{on}一下{setting}", "{setting}给我{on}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		verb := "打开"
		if !in.On {
			verb = "关闭"
		}
		return spokenResult{titles[in.Setting] + "已" + verb + "。"}, s.SetSwitch(ctx, in.Setting, in.On)
	}), []string{
		"[帮我|给我|我要|我想]{on}[一下|手机|手机的|下|咗]{setting}[功能|开关]",
		"{on}[一下]{setting}(模式|服务)",
		"(手机|电话)[要]{on}{setting}",
		"(把|将)[手机|手机的|我的]{setting}[功能|给我|给]{on}[一下|了|掉|吧|咗佢]",
		"[手机|手机的]{setting}[功能|给我|帮我]{on}[一下|了|掉|吧]",
		"[把]{on:phone}[的|调|设|切|调成|设成|切成|改成|开]{setting:modes}[模式]",
	}, "{setting}密码是多少", "{setting}连不上", "{setting}怎么开", "打开客厅的灯", "别开{setting}", "{setting}开着吗", "{setting}是什么"))
	out.Lists = map[string][]ondevice.Name{ // a phone that is told a mode is to be in it: 手机静音
		"phone": {{Value: "true", Text: "手机", Aliases: []string{"电话"}}},
		"modes": {
			{Value: "silent", Text: "静音"}, {Value: "airplane", Text: "飞行"}, {Value: "do_not_disturb", Text: "勿扰", Aliases: []string{"免打扰"}},
			{Value: "power_saving", Text: "省电"}, {Value: "dark_mode", Text: "深色", Aliases: []string{"夜间"}},
		},
	}
	return out
}

func (s settings) volume() ondevice.Skill {
	type in struct {
		Percent int `json:"percent" jsonschema:"音量，百分之几"`
	}
	return with(names{"percent": called("100", "最大 最高 拉满 满格")}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_volume",
		Description: "把音量调到指定大小",
		Examples:    []string{"音量调到{percent}", "声音调到{percent}", "把音量设成{percent}", "音量{percent}"},
		Answer:      "好的，音量调到{percent}%。",
	}, func(ctx context.Context, in in) (struct{}, error) {
		if err := checkPercent("音量", in.Percent); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, s.SetLevel(ctx, "volume", in.Percent)
	}), []string{
		"(把|将)[手机|媒体|你的|系统][的](音量|声音)(调|调整|设置|设|设定|开|调高|调低|调大|调小|改|降|升|放)(到|成|为|至){percent}",
		"[手机|媒体|你的|系统][的](音量|声音)(调|调整|设置|设|设定|开|调高|调低|调大|调小|改|降|升|放)(到|成|为|至){percent}",
		"(音量|声音){percent}",
		"(调|设置|设|调整)[一下](音量|声音)(到|为|成){percent}",
		"(设置|调|调整|改)[一下](音量|声音)[大小]",
		"(音量|声音)(是|变)成{percent}",
	}, "屏幕亮度调到{percent}", "把灯调到{percent}", "声音大一点", "电视音量多少"))
}

func (s settings) louder() ondevice.Skill {
	type in struct {
		Direction string `json:"direction" jsonschema:"往哪边调，up是高、大、亮，down是低、小、暗" enum:"up,down"`
	}
	type out struct {
		Percent int `json:"percent"`
	}
	return with(names{
		"direction": called(
			"up", "调大 往上调 开大 开大点 弄大点 大一点 大点 大声点 大声一点 大声 大 调高 高一点 高 加大 增大 提高 响一点 加 听不见 听不清 太小声了 声音太小了 太小声 大啲 大声啲",
			"down", "调小 往下调 开小 开小点 弄小点 小一点 小点 小声点 小声一点 小声 小 调低 低一点 低 减小 降低 轻一点 轻点 减 太吵 太吵了 太大声了 太大声 声音太大了 细啲 细声啲",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "adjust_volume",
		Description: "把音量调大或调小",
		Examples:    []string{"声音{direction}", "音量{direction}", "{direction}音量", "把声音{direction}", "{direction}"},
		Answer:      "好的，音量现在是{percent}%。",
	}, func(ctx context.Context, in in) (out, error) {
		n, err := s.AdjustLevel(ctx, "volume", in.Direction == "up")
		return out{n}, err
	}), []string{
		"(把|将)[你的|手机|手机的|音乐的|播放](声音|音量)[再|给我]{direction}[一点|点|一些|些|一下|点儿|啲]",
		"[你的|手机|手机的|音乐的|播放的](声音|音量)[再|太大了|太小了|给我|放]{direction}[一点|点|一些|些|一下|点儿|啲]",
		"{direction}[一点|一下|一些|点](声音|音量)",
		"[说话|说]{direction}",
		"[说话|你说话|你](太小声了|太大声了|声音太小了|声音太大了|听不清|听不见|太吵了)[再|把声音]{direction}[一点|点]",
	}, "屏幕{direction}", "风{direction}", "字体{direction}", "把灯{direction}"))
}

func (s settings) screen() ondevice.Skill {
	type in struct {
		Percent int `json:"percent" jsonschema:"屏幕亮度，百分之几"`
	}
	return with(names{"percent": called("100", "最亮 最大 最高 拉满")}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_screen_brightness",
		Description: "把屏幕调到指定亮度",
		Examples:    []string{"屏幕亮度调到{percent}", "把屏幕调到{percent}", "手机亮度设成{percent}", "屏幕亮度{percent}"},
		Answer:      "好的，屏幕亮度调到{percent}%。",
	}, func(ctx context.Context, in in) (struct{}, error) {
		if err := checkPercent("亮度", in.Percent); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, s.SetLevel(ctx, "brightness", in.Percent)
	}), []string{
		"[把|将](屏幕|手机|手机屏幕|荧幕|萤幕|显示屏)[的](亮度|光线)[调|调整|设置|设|设定|调高|调低|改|降|升][到|成|为|至]{percent}",
		"[把|将](屏幕|手机屏幕|荧幕|显示屏)[的亮度|亮度](调|调整|设置|设|设定|调亮|调暗|改)(到|成|为|至){percent}",
		"[把|将]手机[的]亮度(调|调整|设置|设|设定|改)(到|成|为|至){percent}",
		"(调|设置|设)[一下]屏幕亮度(到|为){percent}",
		"屏幕{percent}[的]亮度",
		"(设置|调整|改)[一下]屏幕[的]亮度",
	}, "灯的亮度调到{percent}", "音量调到{percent}", "屏幕多大"))
}

func (s settings) brighter() ondevice.Skill {
	type in struct {
		Direction string `json:"direction" jsonschema:"往哪边调，up是高、大、亮，down是低、小、暗" enum:"up,down"`
	}
	type out struct {
		Percent int `json:"percent"`
	}
	return with(names{
		"direction": called(
			"up", "调亮 往上调 亮一点 亮点 亮 弄亮 弄亮点 调高 高一点 提高 加 亮啲 光啲",
			"down", "调暗 往下调 暗一点 暗点 暗 弄暗 弄暗点 弄低 弄低点 调低 低一点 降低 减 暗啲 太刺眼 刺眼",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "adjust_screen_brightness",
		Description: "把屏幕调亮或调暗",
		Examples:    []string{"屏幕{direction}", "把屏幕{direction}", "屏幕亮度{direction}", "手机屏幕{direction}", "{direction}屏幕"},
		Answer:      "好的，屏幕亮度现在是{percent}%。",
	}, func(ctx context.Context, in in) (out, error) {
		n, err := s.AdjustLevel(ctx, "brightness", in.Direction == "up")
		return out{n}, err
	}), []string{
		"(把|将)(屏幕|手机|手机屏幕|荧幕|萤幕|手机的屏幕)[的][亮度|光线][再|给我]{direction}[一点|点|一些|些|一下|点儿|啲]",
		"(屏幕|手机屏幕|荧幕|萤幕|手机的屏幕)[的][亮度|光线][再|太亮了|太暗了|给我]{direction}[一点|点|一些|些|一下|点儿|啲]",
		"手机[的]亮度[再|太亮了|太暗了]{direction}[一点|点|一些|些|一下]",
		"{direction}[一下|一点](屏幕|手机屏幕|手机)[的][亮度]",
		"屏幕{direction}了",
	}, "灯{direction}", "声音{direction}", "屏幕碎了", "手机{*}多少钱"))
}

func (s settings) text() ondevice.Skill {
	type in struct {
		Size string `json:"size" jsonschema:"多大，小small、标准normal、大large、特大huge" enum:"small,normal,large,huge"`
	}
	said := map[string]string{"small": "小", "normal": "标准", "large": "大", "huge": "特大"}
	return with(names{
		"size": called(
			"small", "小 调小 小一点 小字 小号 缩小 太大 太大了 细啲",
			"normal", "正常 标准 默认 中等 普通 中号",
			"large", "大 调大 大一点 大字 大号 放大 太小 太小了 大啲",
			"huge", "特大 最大 超大 特大号",
		),
	}, skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "set_text_size",
		Description: "设置字体大小",
		Examples:    []string{"字体{size}", "把字体{size}", "字{size}", "文字设成{size}", "字号调成{size}"},
		Answer:      "{say}",
	}, func(ctx context.Context, in in) (spokenResult, error) {
		return spokenResult{fmt.Sprintf("好的，字体已设为%s号。", said[in.Size])}, s.SetTextSize(ctx, in.Size)
	}), []string{
		"(把|将)[手机|屏幕|屏幕上的|手机的|系统](字体|字|文字|字号|字体大小)[再|给我]{size}[一点|点|一些|些|一下]",
		"(把|将)[手机|屏幕|手机的|系统](字体|字|文字|字号|字体大小)(调|设|设置|改|换|调整)(到|成|为){size}[字体|号]",
		"[手机|屏幕上的|屏幕|手机的](字体|字|文字|字号|字体大小)[再|太小了|太大了|给我|(调|设|设置|改|换)(到|成|为)]{size}[一点|点|一些|些|一下|字体|号]",
		"(用|使用|换成|换){size}字体",
		"{size}[一下|一点]字体",
		"(改|调|设置|修改|调整)[一下]字体大小",
		"(恢复|改回|换回){size}[的]字体[大小]",
		"(字|字体|文字)太(小|大)[了][看不清|看不清楚][给我|帮我]{size}[一点|点|一些]",
		"(字|字体|文字|字号){size}[看不清|看不清楚]",
	}, "写大字", "这个字怎么读", "字体是什么", "声音{size}"))
}

func (s settings) open() ondevice.Skill {
	type in struct {
		App string `json:"app" jsonschema:"应用的名字"`
	}
	return skill(assistant.MustTool(assistant.ToolSpec{
		Name:        "open_app",
		Description: "打开应用",
		Examples:    []string{"打开{app}", "启动{app}", "进入{app}", "帮我开一下{app}", "运行{app}", "我要用{app}"},
		Answer:      "正在打开{app}。",
	}, func(ctx context.Context, in in) (struct{}, error) {
		return struct{}{}, s.OpenApp(ctx, in.App)
	}), []string{
		"[帮我|给我|我要|我想](打开|启动|进入|运行|开启|开|开一下|打开一下|切换到|跳转到|跳到|去|用|使用|点开)[一下|手机上的|手机里的]{app}[app|应用|软件|程序]",
		"(把|将){app}(打开|启动|开一下)",
		"{app}(打开|启动|开一下)",
		"我(要|想)(用|上|打开|看|使){app}",
		"开咗{app}",
	}, "打开{*}的灯", "关闭{app}", "卸载{app}", "下载{app}", "{app}是什么", "打开蓝牙", "{app}怎么用", "打开窗户")
}
