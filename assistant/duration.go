package assistant

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Duration is a length of time in a tool's arguments or result. In JSON it is written as ISO 8601,
// such as "PT10M", which models write without mistakes. It also reads Go's notation ("1h30m") and
// bare numbers, which are seconds.
type Duration struct{ time.Duration }

// MarshalJSON writes ISO 8601.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(d.ISO()) }

// UnmarshalJSON reads a string or a number; null changes nothing, as everywhere in encoding/json.
func (d *Duration) UnmarshalJSON(b []byte) error {
	text := string(b)
	if text == "null" {
		return nil
	}
	if strings.HasPrefix(text, `"`) {
		if err := json.Unmarshal(b, &text); err != nil {
			return err
		}
	}
	v, err := ParseDuration(text)
	if err != nil {
		return err
	}
	d.Duration = v
	return nil
}

// ISO returns the duration as ISO 8601, such as "PT1H30M". It uses no unit above hours, because
// days are not always 24 hours long.
func (d Duration) ISO() string {
	if d.Duration == 0 {
		return "PT0S"
	}
	b := make([]byte, 0, 24)
	n := uint64(d.Duration)
	if d.Duration < 0 {
		b = append(b, '-')
		n = -n
	}
	b = append(b, "PT"...)
	if h := n / uint64(time.Hour); h > 0 {
		b = append(strconv.AppendUint(b, h, 10), 'H')
		n %= uint64(time.Hour)
	}
	if m := n / uint64(time.Minute); m > 0 {
		b = append(strconv.AppendUint(b, m, 10), 'M')
		n %= uint64(time.Minute)
	}
	if n > 0 {
		b = strconv.AppendUint(b, n/uint64(time.Second), 10)
		if frac := n % uint64(time.Second); frac > 0 {
			b = append(b, strings.TrimRight(fmt.Sprintf(".%09d", frac), "0")...)
		}
		b = append(b, 'S')
	}
	return string(b)
}

// ParseDuration reads what [Duration] reads from JSON. Days and weeks count 24 hours a day; months
// and years have no fixed length and are errors.
func ParseDuration(s string) (time.Duration, error) {
	text := strings.TrimSpace(s)
	unsigned, negative := strings.CutPrefix(text, "-")
	if !negative {
		unsigned = strings.TrimPrefix(text, "+")
	}
	if rest, ok := strings.CutPrefix(strings.ToUpper(unsigned), "P"); ok {
		minus, ok := parseISO(rest)
		switch {
		case ok && negative:
			return minus, nil
		case ok && minus != math.MinInt64:
			return -minus, nil
		}
		return 0, badDuration(s)
	}
	if sec, err := strconv.ParseFloat(text, 64); err == nil {
		return scaled(sec, time.Second, s)
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, badDuration(s)
	}
	return d, nil
}

func badDuration(s string) error {
	return fmt.Errorf("duration %.40q: want ISO 8601 such as \"PT1H30M\"", s)
}

// parseISO reads what follows the P, and returns it as a negative number: there is one more of those.
func parseISO(s string) (time.Duration, bool) {
	date, clock, hasClock := strings.Cut(s, "T")
	d1, n1, ok1 := parseUnits(date, "WD", 7*24*time.Hour, 24*time.Hour)
	d2, n2, ok2 := parseUnits(clock, "HMS", time.Hour, time.Minute, time.Second)
	sum := d1 + d2
	return sum, ok1 && ok2 && n1+n2 > 0 && (!hasClock || n2 > 0) && sum <= 0
}

// parseUnits reads numbers, each followed by a unit, in the order of the units, and returns their
// negative sum.
func parseUnits(s, names string, lengths ...time.Duration) (sum time.Duration, n int, ok bool) {
	for s != "" {
		i := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
		if i <= 0 {
			return 0, 0, false
		}
		v, err := strconv.ParseFloat(strings.ReplaceAll(s[:i], ",", "."), 64)
		unit := strings.IndexByte(names, s[i])
		if err != nil || unit < 0 {
			return 0, 0, false
		}
		d, err := scaled(v, lengths[unit], s)
		if err != nil || sum-d > sum {
			return 0, 0, false
		}
		sum -= d
		names, lengths = names[unit+1:], lengths[unit+1:]
		s = s[i+1:]
		n++
	}
	return sum, n, true
}

// scaled returns v units as a duration, or an error if it does not fit.
func scaled(v float64, unit time.Duration, text string) (time.Duration, error) {
	ns := v * float64(unit)
	if math.IsNaN(ns) || math.Abs(ns) >= math.MaxInt64 {
		return 0, badDuration(text)
	}
	return time.Duration(math.Round(ns)), nil
}
