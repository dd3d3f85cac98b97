package main

import (
	"context"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

func currentTime(now func() time.Time) assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "current_time",
		Description: "看现在几点",
		Examples:    []string{"现在几点了", "几点了", "现在是什么时间", "报个时"},
		ReadOnly:    true,
	}, func(context.Context, struct{}) (string, error) {
		return "现在是" + sayTime(now()) + "。", nil
	})
}

type day struct {
	Date string `json:"date" format:"date" jsonschema:"日期"`
}

func (d day) in(loc *time.Location) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly, d.Date, loc)
	if err != nil {
		return t, fmt.Errorf("日期“%s”要写成2026-10-01这样", d.Date)
	}
	return t, nil
}

func dateInfo(now func() time.Time) assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "date_info",
		Description: "查日期和星期",
		Examples: []string{
			"{date}是星期几", "{date}星期几", "{date}周几", "{date}几号", "{date}是几月几号", "{date}是哪天", "{date}是什么日子",
		},
		ReadOnly: true,
	}, func(_ context.Context, in day) (string, error) {
		t, err := in.in(now().Location())
		if err != nil {
			return "", err
		}
		return "是" + sayDate(t) + "。", nil
	})
}

func daysUntil(now func() time.Time) assistant.Tool {
	return assistant.MustTool(assistant.ToolSpec{
		Name:        "days_until",
		Description: "算离某天还有多少天",
		Examples:    []string{"离{date}还有几天", "距离{date}还有多少天", "还有几天到{date}", "{date}过去多少天了"},
		ReadOnly:    true,
	}, func(_ context.Context, in day) (string, error) {
		t, err := in.in(time.UTC)
		if err != nil {
			return "", err
		}
		y, m, d := now().Date()
		switch days := int(t.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour)); {
		case days > 0:
			return fmt.Sprintf("离%s还有%d天。", sayDate(t), days), nil
		case days < 0:
			return fmt.Sprintf("%s已经过去%d天了。", sayDate(t), -days), nil
		}
		return "就是今天。", nil
	})
}
