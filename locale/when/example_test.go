package when_test

import (
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/locale/when"
)

func Example() {
	shanghai := time.FixedZone("CST", 8*3600)
	ref := time.Date(2026, 3, 2, 9, 0, 0, 0, shanghai) // a Monday
	for _, m := range when.Parse("明天早上八点开会，一个半小时，以后每周一下午三点", ref, when.Options{}) {
		switch m.Kind {
		case when.Duration:
			fmt.Println(m.Text, m.Duration)
		case when.Recurrence:
			fmt.Println(m.Text, m.Time.Format(time.DateTime), m.Rule)
		default:
			fmt.Println(m.Text, m.Time.Format(time.DateTime))
		}
	}
	// Output:
	// 明天早上八点 2026-03-03 08:00:00
	// 一个半小时 1h30m0s
	// 每周一下午三点 2026-03-02 15:00:00 FREQ=WEEKLY;BYDAY=MO;BYHOUR=15;BYMINUTE=0
}
