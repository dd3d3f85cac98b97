package entity_test

import (
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/privacy"
	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/locale/when"
)

// now is a Monday.
var now = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.FixedZone("", 8*60*60))

// show writes an entity with its value: 时间 明天 03-03 00:00~03-04 00:00.
func show(e entity.Entity) string { return e.Kind.String() + " " + e.Text + " " + value(e) }

func value(e entity.Entity) string {
	const layout = "01-02 15:04"
	switch v := e.Value.(type) {
	case when.Match:
		switch v.Kind {
		case when.Instant:
			return v.Time.Format(layout)
		case when.Interval:
			return v.Time.Format(layout) + "~" + v.EndTime.Format(layout)
		case when.Recurrence:
			return v.Rule
		}
		return fmt.Sprintf("%dM%v", v.Months, v.Duration)
	case quantity.Match:
		return v.Quantity.String()
	case number.Match:
		return v.Number.String()
	case privacy.Finding:
		return v.Type.String()
	}
	return fmt.Sprint(e.Value)
}
