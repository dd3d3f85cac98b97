package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

// A house is a model of a home, to play with: four rooms whose devices exist only here.
type house struct {
	mu      sync.Mutex
	devices []*device
}

type device struct {
	room, name string
	on         bool
	brightness int     // in percent, of lamps
	degrees    float64 // of what heats and cools
	mode       string
	fan        int // speed of air
}

func newHouse() *house {
	h := new(house)
	for room, devices := range map[string]string{
		"客厅": "灯 电视 空调 窗帘", "卧室": "灯 台灯 空调 窗帘", "书房": "灯 台灯 窗帘", "厨房": "灯",
	} {
		for name := range strings.FieldsSeq(devices) {
			d := &device{room: room, name: name}
			switch {
			case strings.HasSuffix(name, "灯"):
				d.brightness = 100
			case name == "空调":
				d.degrees, d.mode, d.fan = 26, "cool", 2
			}
			h.devices = append(h.devices, d)
		}
	}
	slices.SortFunc(h.devices, func(a, b *device) int { return strings.Compare(a.room+a.name, b.room+b.name) })
	return h
}

// names is what devices, rooms and scenes are called.
func (h *house) names() map[string]*ondevice.Names {
	return map[string]*ondevice.Names{
		"device": ondevice.NewNames([]ondevice.Name{
			{Text: "灯", Aliases: []string{"电灯", "灯光"}}, {Text: "台灯"}, {Text: "电视", Aliases: []string{"电视机"}},
			{Text: "空调", Aliases: []string{"冷气"}}, {Text: "窗帘"},
		}),
		"room":  ondevice.NewNames([]ondevice.Name{{Text: "客厅"}, {Text: "卧室", Aliases: []string{"睡房"}}, {Text: "书房"}, {Text: "厨房"}}),
		"scene": ondevice.NewNames([]ondevice.Name{{Text: "观影模式", Aliases: []string{"电影模式"}}, {Text: "睡眠模式", Aliases: []string{"晚安模式"}}}),
	}
}

// change does something with the devices of a place that can do it; name is the kind of device that is
// meant if none is said.
func (h *house) change(p skills.Place, name string, able func(*device) bool, do func(*device)) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p.Device == "" {
		p.Device = name
	}
	found := false
	for _, d := range h.devices {
		if d.name != p.Device || len(p.Room) > 0 && !slices.Contains(p.Room, d.room) {
			continue
		}
		if !able(d) {
			return fmt.Errorf("%s没有这个功能", d.name)
		}
		found = true
		do(d)
	}
	if !found {
		return fmt.Errorf("没有%s", p)
	}
	return nil
}

func shines(d *device) bool   { return d.brightness > 0 }
func tempers(d *device) bool  { return d.degrees > 0 }
func anything(d *device) bool { return true }

func (h *house) Switch(_ context.Context, p skills.Place, on bool) error {
	return h.change(p, "灯", anything, func(d *device) { d.on = on })
}

func (h *house) SetBrightness(_ context.Context, p skills.Place, percent int) error {
	return h.change(p, "灯", shines, func(d *device) { d.on, d.brightness = percent > 0, max(percent, 1) })
}

func (h *house) SetTemperature(_ context.Context, p skills.Place, degrees float64) error {
	if degrees < 16 || degrees > 30 {
		return fmt.Errorf("空调只能在16到30度之间")
	}
	return h.change(p, "空调", tempers, func(d *device) { d.on, d.degrees = true, degrees })
}

func (h *house) SetMode(_ context.Context, p skills.Place, mode string) error {
	return h.change(p, "空调", tempers, func(d *device) { d.on, d.mode = true, mode })
}

func (h *house) Adjust(_ context.Context, p skills.Place, what string, up bool, amount float64) error {
	if !up {
		amount = -amount
	}
	step := func(usual float64) float64 {
		if amount == 0 && !up {
			return -usual
		}
		if amount == 0 {
			return usual
		}
		return amount
	}
	switch what {
	case "brightness":
		return h.change(p, "灯", shines, func(d *device) { d.brightness = min(100, max(1, d.brightness+int(step(20)))) })
	case "fan_speed":
		return h.change(p, "空调", tempers, func(d *device) { d.fan = min(5, max(1, d.fan+int(step(1)))) })
	}
	return h.change(p, "空调", tempers, func(d *device) { d.degrees = min(30, max(16, d.degrees+step(1))) })
}

func (h *house) Status(_ context.Context, p skills.Place) ([]skills.DeviceState, error) {
	var out []skills.DeviceState
	err := h.change(p, "灯", anything, func(d *device) {
		out = append(out, skills.DeviceState{Room: d.room, Device: d.name, State: d.state()})
	})
	return out, err
}

func (d *device) state() string {
	switch {
	case !d.on:
		return "关着"
	case d.degrees > 0:
		return "开着，" + strconv.FormatFloat(d.degrees, 'f', -1, 64) + "度"
	case d.brightness > 0:
		return fmt.Sprintf("开着，亮度%d%%", d.brightness)
	}
	return "开着"
}

func (h *house) RunScene(ctx context.Context, name string) error {
	switch name {
	case "观影模式":
		if err := h.Switch(ctx, skills.Place{Device: "电视"}, true); err != nil {
			return err
		}
		return h.SetBrightness(ctx, skills.Place{Device: "灯", Room: []string{"客厅"}}, 20)
	case "睡眠模式":
		for _, device := range []string{"灯", "台灯", "电视"} {
			if err := h.Switch(ctx, skills.Place{Device: device}, false); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("没有设过“%s”", name)
}
