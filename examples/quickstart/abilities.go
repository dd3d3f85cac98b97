package main

import (
	"maps"
	"slices"

	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

// abilities are what the assistant can do, whatever the model: the built-in skills over the bell, the
// agenda, the house, the phone and the shop.
type abilities struct {
	bell   *bell
	shop   *shop
	skills []ondevice.Skill
	names  map[string]*ondevice.Names
}

func (p *program) abilities(b *bell, s *shop) *abilities {
	home := newHouse()
	a := &abilities{
		bell: b,
		shop: s,
		skills: slices.Concat(
			skills.Alarms(b, p.now), skills.Timers(b, p.now), skills.Reminders(b, p.now), skills.Schedule(new(agenda), p.now),
			skills.Dates(p.now), skills.Holidays(nil, p.now), skills.Arithmetic(), skills.Units(),
			skills.Recommendations(s), skills.Shopping(s), skills.SmartHome(home), skills.Contacts(&phone{p.out}),
		),
		names: map[string]*ondevice.Names{"person": people()},
	}
	maps.Copy(a.names, home.names())
	maps.Copy(a.names, s.names())
	return a
}
