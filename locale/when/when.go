package when

import "time"

// Kind tells what sort of time a match is.
type Kind uint8

const (
	Instant    Kind = iota // one moment, Time
	Interval               // from Time to EndTime, half open: a day, a week, 三点到五点
	Duration               // a length without a place in time: Months and Duration
	Recurrence             // repeated by Rule; Time is the first occurrence at or after the reference
)

// String returns the English name of the kind in lower case.
func (k Kind) String() string {
	return [...]string{"instant", "interval", "duration", "recurrence"}[min(k, Recurrence)]
}

// Grain is the precision of what was said: 三点 has the grain Hour, 三点零五分 the grain Minute.
type Grain uint8

const (
	Second Grain = iota
	Minute
	Hour
	PartOfDay // 下午, 今晚
	Day
	Weekend
	Week
	Month
	Quarter
	HalfYear
	Year
)

// String returns the English name of the grain in lower case.
func (g Grain) String() string {
	return [...]string{"second", "minute", "hour", "part of day", "day", "weekend", "week", "month", "quarter", "half year", "year"}[min(g, Year)]
}

// Options say how open questions are settled. The zero value suits an assistant, whose user plans ahead.
type Options struct {
	// Past prefers what lies behind for expressions that fit both ways (周五, 八点), as in a diary or a report.
	Past bool
}

// Match is one expression of time in a text.
type Match struct {
	Start, End int    // byte offsets, half open
	Text       string // the bytes from Start to End
	Kind       Kind
	Grain      Grain

	Time    time.Time // Instant, start of Interval, first occurrence of Recurrence; zero for Duration
	EndTime time.Time // end of Interval, and of the first occurrence if it has a length; zero otherwise

	// Months and Duration together are the length of a Duration: months have no fixed length,
	// a day counts 24 hours. Both are zero for other kinds.
	Months   int
	Duration time.Duration

	Rule string // RFC 5545 recurrence rule, without the RRULE: prefix; only for Recurrence
}

// Parse returns the expressions of time in s from left to right, without overlap, each as long as possible.
// The reference instant ref is the now of the sentence, and its location is the time zone of every result.
func Parse(s string, ref time.Time, opt Options) []Match {
	p := newParser(s, ref, opt)
	var out []Match
	for i := 0; i < len(p.runes); {
		m, end, ok := p.expression(i)
		if end <= i {
			i++
			continue
		}
		if ok {
			m.Start, m.End = p.offsets[i], p.offsets[end]
			m.Text = s[m.Start:m.End]
			out = append(out, m)
		}
		i = end
	}
	return out
}
