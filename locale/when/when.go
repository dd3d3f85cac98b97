package when

import (
	"sync"
	"time"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/calendar"
)

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
	Quarter // and 季: 春天
	HalfYear
	Year
	Decade
	Century
)

// String returns the English name of the grain in lower case.
func (g Grain) String() string {
	return [...]string{"second", "minute", "hour", "part of day", "day", "weekend", "week", "month", "quarter",
		"half year", "year", "decade", "century"}[min(g, Century)]
}

// Mod says how a time is meant by the words around it. It never changes Time and EndTime of a match, which
// are those of the time that was named: 三点之前 is 三点 with the Mod Before.
type Mod uint8

const (
	Exactly Mod = iota
	Before      // 三点之前
	After       // 三点以后
	Since       // 从周一起, 去年以来
	Until       // 截至周五
	About       // 三点左右, 大约十天
	More        // 三年以上, 十多天
	Less        // 六个月以下
)

// String returns the English name of the mod in lower case.
func (m Mod) String() string {
	return [...]string{"exactly", "before", "after", "since", "until", "about", "more", "less"}[min(m, Less)]
}

// Scope says what Parse looks for.
type Scope uint8

const (
	Everything Scope = iota
	Dates            // days and longer, without times of day
	Clocks           // times of day, without days
	Holidays         // festivals and holidays, with their year
)

// Options say how open questions are settled. The zero value suits an assistant, whose user plans ahead.
type Options struct {
	// Policy settles what the language leaves open. The zero Policy is an assistant's.
	Policy Policy
	// Only leaves out what the caller has no use for, such as days in a field for a time of day.
	Only Scope
	// Schedule says on which days one works. If nil, it is that of the notices of the State Council, and by the
	// weekday in years without one.
	Schedule *calendar.Schedule
}

// Match is one expression of time in a text.
type Match struct {
	Start, End int    // byte offsets, half open
	Text       string // the bytes from Start to End
	Kind       Kind
	Grain      Grain
	Mod        Mod

	Time    time.Time // Instant, start of Interval, first occurrence of Recurrence; zero for Duration
	EndTime time.Time // end of Interval, and of the first occurrence if it has a length; zero otherwise

	// Months and Duration together are the length of a Duration: months have no fixed length,
	// a day counts 24 hours. Both are zero for other kinds.
	Months   int
	Duration time.Duration
	// MostMonths and Most are the upper end of a length that has one: 三到五天, 两三天.
	MostMonths int
	Most       time.Duration
	// Workdays counts the working days of a Duration that counts them: 五个工作日.
	Workdays int

	Rule string // RFC 5545 recurrence rule, without the RRULE: prefix; only for Recurrence

	meaning *meaning
}

// Bounds returns the stretch of time that the match speaks of, with its Mod: 三点之前 ends at 三点 and has no beginning,
// 从周一起 begins on Monday and has no end. An end that is open is the zero time. An instant lasts as long as its
// grain: 三点 to four o'clock. Durations have no bounds.
func (m Match) Bounds() (from, to time.Time) {
	from, to = m.Time, m.EndTime
	if m.Kind == Duration {
		return time.Time{}, time.Time{}
	}
	if to.IsZero() {
		to = move(floor(from, m.Grain), m.Grain, 1)
		if m.Grain == Second {
			to = from.Add(time.Second)
		}
	}
	switch m.Mod {
	case Before, Until:
		if m.Mod == Before {
			to = m.Time
		}
		from = time.Time{}
	case After:
		from = to
		if m.Kind == Instant {
			from = m.Time
		}
		to = time.Time{}
	case Since:
		to = time.Time{}
		if r := m.resolver(); r != nil && r.policy.SinceEndsNow && from.Before(r.ref) {
			to = r.ref.Add(time.Second)
		}
	}
	return from, to
}

// Parse returns the expressions of time in s from left to right, without overlap, each as long as possible.
// The reference instant ref is the now of the sentence, and its location is the time zone of every result.
// It takes time and memory in proportion to the length of s.
func Parse(s string, ref time.Time, opt Options) []Match {
	p := parsers.Get().(*parser)
	defer parsers.Put(p)
	p.reset(s, opt)
	var out []Match
	for i := 0; i < len(p.text); {
		m, end, ok := p.expression(i)
		if ok {
			m = m.clone()
			match, resolved := m.resolve(ref, &opt)
			if resolved {
				match.Start, match.End = p.back.Original(m.start), p.back.Original(end)
				match.Text = s[match.Start:match.End]
				out = append(out, match)
			}
		}
		if end > i {
			i = end
			continue
		}
		_, size := utf8.DecodeRuneInString(p.text[i:])
		i += size
	}
	return out
}

var parsers = sync.Pool{New: func() any { return &parser{lex: words()} }}

// parser reads expressions from the folded form of one text. Its reading methods take the byte offset to
// start at and return the offset behind what they read; they leave no trace when they fail.
type parser struct {
	text string // folded
	buf  []byte
	back fold.Map
	opt  Options
	lex  *lexicon

	meanings [4]meaning // being read
	places   [places]place
	base     int // of the offsets in places
}

func (p *parser) reset(s string, opt Options) {
	p.base += len(p.text) + places // what is remembered is of the text before
	p.opt = opt
	if n := fold.All.Span(s); n == len(s) {
		p.text, p.back = s, p.back[:0]
		return
	}
	p.buf, p.back = fold.All.Append(p.buf[:0], p.back, s)
	p.text = string(p.buf)
}
