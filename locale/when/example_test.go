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

// The same words under two policies.
func ExamplePolicy() {
	ref := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) // a Tuesday
	for _, policy := range []when.Policy{{}, when.Duckling()} {
		m := when.Parse("下周三见", ref, when.Options{Policy: policy})[0]
		fmt.Println(m.Text, m.Time.Format(time.DateOnly))
	}
	// Output:
	// 下周三 2026-03-11
	// 下周三 2026-03-04
}

func ExampleMatch_Readings() {
	ref := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	m := when.Parse("周五交了报告", ref, when.Options{})[0]
	for _, r := range m.Readings() {
		fmt.Println(r.Time.Format(time.DateOnly))
	}
	// Output:
	// 2026-03-06
	// 2026-03-13
	// 2026-02-27
}

func ExampleMatch_TIMEX() {
	ref := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for _, m := range when.Parse("三月八日下午三点半，从2026年1月10日到12日，两年", ref, when.Options{}) {
		fmt.Println(m.TIMEX())
	}
	// Output:
	// XXXX-03-08T15:30
	// (2026-01-10,2026-01-13,P3D)
	// P2Y
}
