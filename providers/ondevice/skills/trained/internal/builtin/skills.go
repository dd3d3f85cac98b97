// Package builtin lists what is learned: all built-in skills, with nobody behind them.
package builtin

import (
	"slices"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

// Skills returns all built-in skills. Their tools can be offered, and not be run.
func Skills() []ondevice.Skill {
	return slices.Concat(
		skills.Alarms(nil, nil), skills.Timers(nil, nil), skills.Reminders(nil, nil), skills.Schedule(nil, nil),
		skills.Dates(nil), skills.Holidays(nil, nil), skills.Arithmetic(), skills.Units(),
		skills.Weather(nil, nil), skills.Music(nil), skills.SmartHome(nil), skills.Contacts(nil),
		skills.Recommendations(nil), skills.Shopping(nil), skills.Settings(nil),
	)
}

// Tools returns what a request offers that may call any of them.
func Tools() []*assistant.ToolSpec {
	var out []*assistant.ToolSpec
	for _, s := range Skills() {
		out = append(out, s.Tool.Spec())
	}
	return out
}
