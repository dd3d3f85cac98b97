package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

const firstNotice = 2004

// A holiday is a run of days off, of one or two holidays, with the days on which one works for them.
type holiday struct {
	names       []string
	target      time.Time // the day that is celebrated
	first, last time.Time
	work        []time.Time
}

// officialNames are the names that the notices use for those of lunar-javascript.
var officialNames = map[string][]string{
	"元旦节":   {"元旦"},
	"国庆中秋":  {"国庆节", "中秋节"},
	"抗战胜利日": {"抗战胜利70周年纪念日"},
}

// notInLunarJavaScript are make-up days that only chinese-days has, with a day of their holiday.
var notInLunarJavaScript = map[string]string{"2013-04-07": "2013-04-04", "2013-10-12": "2013-10-01"}

// notInChineseDays are make-up days that only lunar-javascript has.
var notInChineseDays = []string{"2005-12-31"}

// holidayTable returns the holidays in the form that calendar.Schedule loads. It takes them from lunar-javascript and
// stops where chinese-days differs.
func holidayTable(ctx context.Context, lines []string) ([]byte, error) {
	days, err := parseHolidays(lines)
	if err != nil {
		return nil, err
	}
	files, err := chineseDays.fetch(ctx, "dist")
	if err != nil {
		return nil, err
	}
	var other otherHolidays
	if err := json.Unmarshal(files["chinese-days.json"], &other); err != nil {
		return nil, fmt.Errorf("%s: %w", chineseDays, err)
	}
	for day, target := range notInLunarJavaScript {
		days[day] = holidayDay{work: true, target: target}
	}
	if err := agree(days, other); err != nil {
		return nil, err
	}
	holidays, err := groupHolidays(days)
	if err != nil {
		return nil, err
	}
	return formatHolidays(holidays), nil
}

// otherHolidays are the days off and the make-up days of chinese-days, by their dates.
type otherHolidays struct {
	Holidays, Workdays map[string]string
}

// agree returns an error if the packages differ, but for the make-up days named above and two things of no consequence:
// chinese-days leaves out some Saturdays and Sundays of a holiday, and lunar-javascript has make-up days that are not on
// a weekend, which are deleted.
func agree(days map[string]holidayDay, other otherHolidays) error {
	for _, day := range slices.Sorted(maps.Keys(days)) {
		_, off := other.Holidays[day]
		_, work := other.Workdays[day]
		switch {
		case days[day].work && !work && !off && !isWeekend(day):
			delete(days, day)
		case days[day].work && !work && !off && slices.Contains(notInChineseDays, day):
		case !days[day].work && !work && !off && isWeekend(day):
		case days[day].work != work || days[day].work == off:
			return fmt.Errorf("the packages differ on %s", day)
		}
	}
	for _, list := range []map[string]string{other.Holidays, other.Workdays} {
		for day := range list {
			if _, ok := days[day]; !ok {
				return fmt.Errorf("%s has no %s", lunarJavaScript, day)
			}
		}
	}
	return nil
}

// A holidayDay is a day off or a make-up day.
type holidayDay struct {
	work         bool
	name, target string
}

// parseHolidays returns the days of the notices from firstNotice on.
func parseHolidays(lines []string) (map[string]holidayDay, error) {
	days := make(map[string]holidayDay)
	for _, line := range lines {
		f := strings.Fields(line)
		if len(f) != 4 || f[1] != "work" && f[1] != "off" {
			return nil, fmt.Errorf("%q is not day, work or off, name and target", line)
		}
		if f[3] >= fmt.Sprint(firstNotice) {
			days[f[0]] = holidayDay{f[1] == "work", f[2], f[3]}
		}
	}
	return days, nil
}

// groupHolidays joins days off that follow each other.
func groupHolidays(days map[string]holidayDay) ([]holiday, error) {
	var list []holiday
	for _, key := range slices.Sorted(maps.Keys(days)) {
		d := days[key]
		if d.work {
			continue
		}
		date, err := time.Parse(time.DateOnly, key)
		if err != nil {
			return nil, err
		}
		target, err := time.Parse(time.DateOnly, d.target)
		if err != nil {
			return nil, err
		}
		names := officialNames[d.name]
		if names == nil {
			names = []string{d.name}
		}
		if n := len(list); n == 0 || date.Sub(list[n-1].last) != 24*time.Hour {
			list = append(list, holiday{first: date, target: target})
		}
		h := &list[len(list)-1]
		h.last = date
		for _, name := range names {
			if !slices.Contains(h.names, name) {
				h.names = append(h.names, name)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(days)) {
		if !days[key].work {
			continue
		}
		date, err := time.Parse(time.DateOnly, key)
		if err != nil {
			return nil, err
		}
		target, err := time.Parse(time.DateOnly, days[key].target)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(list, func(h holiday) bool { return !target.Before(h.first) && !target.After(h.last) })
		if i < 0 {
			return nil, fmt.Errorf("the make-up day %s belongs to no holiday", key)
		}
		list[i].work = append(list[i].work, date)
	}
	return list, nil
}

func formatHolidays(holidays []holiday) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "# 国务院办公厅每年关于部分节假日安排的通知。\n# Made by internal/tablegen from %s and %s.\n", lunarJavaScript, chineseDays)
	year := 0
	for _, h := range holidays {
		if h.target.Year() != year {
			year = h.target.Year()
			fmt.Fprintf(&out, "\n%d年\n", year)
		}
		day := func(t time.Time) string {
			if t.Year() == year {
				return t.Format("01-02")
			}
			return t.Format(time.DateOnly)
		}
		out.WriteString(strings.Join(h.names, "、") + " " + day(h.first))
		if h.last.After(h.first) {
			out.WriteString(".." + day(h.last))
		}
		if h.work != nil {
			out.WriteString(" 班")
		}
		for _, w := range h.work {
			out.WriteString(" " + day(w))
		}
		out.WriteString("\n")
	}
	return []byte(out.String())
}

func isWeekend(day string) bool {
	t, err := time.Parse(time.DateOnly, day)
	return err == nil && (t.Weekday() == time.Saturday || t.Weekday() == time.Sunday)
}
