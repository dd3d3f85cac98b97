package arguments

import (
	"fmt"
	"strings"
	"time"
)

// beijing is the zone of a time that names none. All of China keeps it, summer and winter.
const beijing = "+08:00"

// rewrite returns s in the notation of the format where it is a date in another common
// one: 2026/11/22, 2026.11.22, 20261122 or 2026年11月22日. The time of a date-time stays
// as it is written; a Go time is completed.
func (f format) rewrite(s string) (string, bool) {
	if f == formatNone || len(s) < 8 || len(s) > 64 {
		return "", false
	}
	if len(s) >= 10 && s[4] == '-' && s[7] == '-' {
		if f == formatGoTime {
			return complete(s)
		}
		return "", false
	}
	t := strings.TrimSpace(strings.Map(narrow, s))
	year, rest, ok := digits(t, 4, 4)
	if !ok {
		return "", false
	}
	month, day := 0, 0
	if digitsEnd(rest, 0) == 4 && f == formatDate { // 20261122
		month, rest, _ = digits(rest, 2, 2)
		day, rest, _ = digits(rest, 2, 2)
	} else {
		marks := [3]string{}
		for _, m := range [...][3]string{{"/", "/", ""}, {".", ".", ""}, {"-", "-", ""}, {"年", "月", "日"}, {"年", "月", "号"}} {
			if strings.HasPrefix(rest, m[0]) {
				marks = m
				if strings.Contains(rest, m[2]) {
					break
				}
			}
		}
		if marks[0] == "" {
			return "", false
		}
		if month, rest, ok = digits(rest[len(marks[0]):], 1, 2); !ok || !strings.HasPrefix(rest, marks[1]) {
			return "", false
		}
		if day, rest, ok = digits(rest[len(marks[1]):], 1, 2); !ok || !strings.HasPrefix(rest, marks[2]) {
			return "", false
		}
		rest = rest[len(marks[2]):]
	}
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if date.Year() != year || int(date.Month()) != month || date.Day() != day {
		return "", false
	}
	out := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	clock := strings.TrimSpace(strings.TrimPrefix(rest, "T"))
	switch {
	case f == formatGoTime:
		return complete(out + clock)
	case f == formatDateTime && isClock(clock):
		return out + "T" + clock, true
	}
	return out, rest == "" && f == formatDate
}

// isClock reports whether s begins with a time of day as ISO 8601 writes it.
func isClock(s string) bool {
	if len(s) < 5 || s[2] != ':' {
		return false
	}
	hour, rest, _ := digits(s, 2, 2)
	if rest == "" {
		return false
	}
	minute, rest, ok := digits(rest[1:], 2, 2)
	return ok && hour < 24 && minute < 60 && strings.Trim(rest, "0123456789:.+-Zz") == ""
}

// complete returns a date-time as RFC 3339 writes it, with seconds, the letter T and the zone of
// Beijing where none is named. It reports false where s is complete already or is no date-time. A
// date alone is the beginning of the day.
func complete(s string) (string, bool) {
	if _, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return "", false
	}
	day, clock := s[:10], strings.TrimSpace(strings.TrimLeft(s[10:], "Tt "))
	zone := beijing
	if at := strings.IndexAny(clock, "+-Zz"); at >= 0 {
		clock, zone = strings.TrimSpace(clock[:at]), strings.ToUpper(clock[at:])
		if len(zone) == len("+0800") {
			zone = zone[:3] + ":" + zone[3:]
		}
	}
	switch len(clock) {
	case 0:
		clock = "00:00:00"
	case len("15:04"):
		clock += ":00"
	}
	out := day + "T" + clock + zone
	_, err := time.Parse(time.RFC3339Nano, out)
	return out, err == nil
}

// digits reads between least and most digits from the start of s.
func digits(s string, least, most int) (n int, rest string, ok bool) {
	end := min(digitsEnd(s, 0), most)
	if end < least {
		return 0, s, false
	}
	for _, c := range []byte(s[:end]) {
		n = n*10 + int(c-'0')
	}
	return n, s[end:], true
}
