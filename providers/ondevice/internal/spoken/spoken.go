// Package spoken says times, lengths of time and repetitions in Chinese as people do.
package spoken

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

var weekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// Time says an instant as seen from now, in the location of now: 明天早上8点半.
func Time(t, now time.Time) string {
	t = t.In(now.Location())
	return Day(t, now) + Clock(t)
}

// Day says the day of t as seen from now: 明天, 11月27日周五. Both are taken as they stand, so their
// locations should be the same.
func Day(t, now time.Time) string {
	switch Days(t, now) {
	case -2:
		return "前天"
	case -1:
		return "昨天"
	case 0:
		return "今天"
	case 1:
		return "明天"
	case 2:
		return "后天"
	}
	weekday := "周" + weekdays[t.Weekday()]
	if t.Year() == now.Year() {
		return fmt.Sprintf("%d月%d日%s", t.Month(), t.Day(), weekday)
	}
	return fmt.Sprintf("%d年%d月%d日%s", t.Year(), t.Month(), t.Day(), weekday)
}

// Days returns how many days the day of t is after that of now.
func Days(t, now time.Time) int {
	midnight := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(t).Sub(midnight(now)) / (24 * time.Hour))
}

// Date says a day in full: 2026年11月22日星期日.
func Date(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日星期%s", t.Year(), t.Month(), t.Day(), weekdays[t.Weekday()])
}

// Clock says a time of day: 早上8点, 下午3点05分, 晚上9点半.
func Clock(t time.Time) string {
	h := t.Hour()
	part := "晚上"
	switch {
	case h < 5:
		part = "凌晨"
	case h < 9:
		part = "早上"
	case h < 12:
		part = "上午"
	case h < 13:
		part = "中午"
	case h < 18:
		part = "下午"
	}
	if h > 12 {
		h -= 12
	}
	s := part + strconv.Itoa(h) + "点"
	switch m := t.Minute(); {
	case m == 30:
		s += "半"
	case m > 0:
		s += fmt.Sprintf("%02d分", m)
	}
	return s
}

// Length says a length of time to the second: 1小时30分钟. Half an hour and an hour and a half are said
// in halves.
func Length(d time.Duration) string {
	d = d.Round(time.Second)
	if d <= 0 {
		return "0秒"
	}
	switch {
	case d == 30*time.Minute:
		return "半小时"
	case d%time.Hour == 30*time.Minute && d < 24*time.Hour:
		return fmt.Sprintf("%d个半小时", d/time.Hour)
	}
	var b strings.Builder
	for _, u := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "天"}, {time.Hour, "小时"}, {time.Minute, "分钟"}, {time.Second, "秒"}} {
		n := d / u.length
		d %= u.length
		switch {
		case n == 0:
		case u.name == "分钟" && d > 0: // 3分20秒
			fmt.Fprintf(&b, "%d分", n)
		default:
			fmt.Fprintf(&b, "%d%s", n, u.name)
		}
	}
	return b.String()
}

// Rule says the days of a recurrence rule of RFC 5545: 每天, 工作日, 每周一、周三, 每月15号. It returns an
// empty string for a rule that it has no words for.
func Rule(rule string) string {
	part := make(map[string]string)
	for p := range strings.SplitSeq(rule, ";") {
		k, v, _ := strings.Cut(p, "=")
		part[k] = v
	}
	every := "每"
	if n, err := strconv.Atoi(part["INTERVAL"]); err == nil && n > 1 {
		every = fmt.Sprintf("每%d", n)
	}
	measure := func(one, several string) string {
		if every == "每" {
			return every + one
		}
		return every + several
	}
	switch part["FREQ"] {
	case "HOURLY":
		return measure("小时", "小时")
	case "DAILY":
		return measure("天", "天")
	case "WEEKLY":
		switch part["BYDAY"] {
		case "":
			return measure("周", "周")
		case "MO,TU,WE,TH,FR":
			return "工作日"
		case "SA,SU":
			return measure("个周末", "周的周末")
		}
		return measure("", "周的") + days(part["BYDAY"])
	case "MONTHLY":
		if d := part["BYMONTHDAY"]; d != "" && part["BYDAY"] == "" {
			return measure("月", "个月的") + strings.ReplaceAll(d, ",", "、") + "号"
		}
	case "YEARLY":
		if m, d := part["BYMONTH"], part["BYMONTHDAY"]; m != "" && d != "" {
			return measure("年", "年的") + m + "月" + d + "日"
		}
	}
	return ""
}

// days says a list such as MO,WE.
func days(list string) string {
	var out []string
	for d := range strings.SplitSeq(list, ",") {
		if i := strings.Index("SUMOTUWETHFRSA", d); i >= 0 && i%2 == 0 && len(d) == 2 {
			out = append(out, "周"+weekdays[i/2])
		}
	}
	return strings.Join(out, "、")
}
