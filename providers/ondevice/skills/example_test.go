package skills_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/locale/calendar"
	"github.com/zhushou-ai/zhushou/providers/ondevice"
	"github.com/zhushou-ai/zhushou/providers/ondevice/skills"
)

func Example() {
	now := func() time.Time { return time.Date(2026, 9, 30, 9, 30, 0, 0, calendar.Beijing()) }
	known := slices.Concat(skills.Dates(now), skills.Holidays(nil, now), skills.Units())
	engine := ondevice.New(ondevice.Config{Now: now})
	if err := engine.Train(context.Background(), known); err != nil {
		panic(err)
	}
	a := &assistant.Assistant{Model: engine, Tools: ondevice.Tools(known...)}
	for _, question := range []string{"国庆怎么调休", "10月10号上班吗", "五公里是多少米"} {
		answer, err := a.Ask(context.Background(), question)
		if err != nil {
			panic(err)
		}
		fmt.Println(answer)
	}
	// Output:
	// 国庆节10月1日到10月7日放假，共7天，9月20日周日、10月10日周六要上班。
	// 10月10日周六国庆节调休，要上班。
	// 五公里等于5000米。
}
