package when

import (
	"strconv"
	"strings"
	"time"
)

// rule is a repetition in the terms of RFC 5545.
type rule struct {
	freq     string
	interval int
	days     [7]bool // of the week, Monday first
	monthDay int     // -1 for the last
	month    int
	subDaily bool
	step     length // for the next occurrence of a rule that counts from now
}

var dayCodes = [7]string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}

// String writes the rule, with the time of c if it has one.
func (r rule) String() string {
	var b strings.Builder
	b.WriteString("FREQ=" + r.freq)
	if r.interval > 1 {
		b.WriteString(";INTERVAL=" + strconv.Itoa(r.interval))
	}
	if r.month != 0 {
		b.WriteString(";BYMONTH=" + strconv.Itoa(r.month))
	}
	if r.monthDay != 0 {
		b.WriteString(";BYMONTHDAY=" + strconv.Itoa(r.monthDay))
	}
	sep := ";BYDAY="
	for i, on := range r.days {
		if on {
			b.WriteString(sep + dayCodes[i])
			sep = ","
		}
	}
	return b.String()
}

// on reports whether the rule, if it names days, holds on the day t.
func (r rule) on(t time.Time) bool {
	switch {
	case r.month != 0 && int(t.Month()) != r.month:
		return false
	case r.monthDay == -1:
		return t.AddDate(0, 0, 1).Day() == 1
	case r.monthDay != 0:
		return t.Day() == r.monthDay
	case r.days != [7]bool{}:
		return r.days[weekday(t)]
	}
	return true
}

// recurrence reads 每天早上七点, 每周一三五, 工作日, 每隔两小时.
func (p *parser) recurrence(i int) (m Match, end int, ok bool) {
	r, part, j, ok := p.rule(i)
	if !ok {
		return m, i, false
	}
	if r.subDaily {
		return Match{Kind: Recurrence, Grain: r.step.grain, Time: r.step.add(p.ref, 1), Rule: r.String()}, j, true
	}
	k := p.spaces(p.literal(p.spaces(j), "的", "都", "都在", "都是"))
	k = p.literal(k, "每天", "每日")
	c, e, timed := p.clock(k, part, true)
	c = c.awake()
	switch {
	case timed:
		end = e
	case part != anyPart:
		c, end, timed = clock{part: part, partOnly: true, grain: PartOfDay}, j, true
	default:
		end = j
	}
	first, found := p.first(r, c, timed)
	if !found {
		return m, i, false
	}
	m = Match{Kind: Recurrence, Grain: Day, Time: first.from, Rule: r.String()}
	if !first.to.Equal(first.from) {
		m.EndTime = first.to
	}
	if timed {
		m.Grain = c.grain
		if shift := (first.from.YearDay() != first.date.from.YearDay()); shift {
			m.Rule = r.nextDay().String()
		}
		m.Rule += ";BYHOUR=" + strconv.Itoa(first.from.Hour()) + ";BYMINUTE=" + strconv.Itoa(first.from.Minute())
		if c.second != 0 {
			m.Rule += ";BYSECOND=" + strconv.Itoa(c.second)
		}
	}
	return m, end, true
}

// first returns the first occurrence at or after now.
func (p *parser) first(r rule, c clock, timed bool) (point, bool) {
	const fourYears = 4*366 + 1 // 29 February, but for the turn of three centuries in four
	for n := -1; n < 2*fourYears; n++ {
		d := oneDay(p.today.AddDate(0, 0, n), never)
		if !r.on(d.from) {
			continue
		}
		q := point{from: d.from, to: d.to, grain: Day, date: d}
		if timed {
			q = c.on(d)
		}
		if !q.from.Before(p.ref) || !timed && n == 0 {
			return q, true
		}
	}
	return point{}, false
}

// nextDay returns the rule for the morning after: 每周五晚上12点 is on Saturday.
func (r rule) nextDay() rule {
	if r.days != [7]bool{} {
		var days [7]bool
		for i, on := range r.days {
			days[(i+1)%7] = on
		}
		r.days = days
	}
	if r.monthDay > 0 {
		r.monthDay++
	} else if r.monthDay == -1 {
		r.monthDay = 1
	}
	return r
}

var (
	workdays = [7]bool{true, true, true, true, true, false, false}
	weekends = [7]bool{5: true, 6: true}
)

// rule reads the words of repetition at i.
func (p *parser) rule(i int) (r rule, part partOfDay, end int, ok bool) {
	if _, k, found := p.word(i, workday); found {
		if isNumeral(p.at(i-1)) || p.at(i-1) == '个' || p.literal(k, "内", "后", "前") > k {
			return r, 0, i, false
		}
		return rule{freq: "WEEKLY", days: workdays}, 0, k, true
	}
	j := p.literal(i, "每逢", "每到", "每")
	if j == i {
		return r, 0, i, false
	}
	if k := p.literal(j, "天", "日"); k > j {
		return rule{freq: "DAILY"}, 0, k, true
	}
	if k := p.literal(j, "早上", "早晨", "早", "晨"); k > j {
		return rule{freq: "DAILY"}, morning, k, true
	}
	if k := p.literal(j, "晚上", "晚", "夜"); k > j {
		return rule{freq: "DAILY"}, evening, k, true
	}
	if r, k, found := p.everyLength(j); found {
		if _, d, found := p.word(p.literal(k, "的"), weekWord); found && r.freq == "WEEKLY" {
			if days, e, ok := p.weekdays(d); ok {
				r.days, k = days, e
			}
		}
		return r, 0, k, true
	}
	j = p.literal(j, "个")
	if _, k, found := p.word(j, workday); found {
		return rule{freq: "WEEKLY", days: workdays}, 0, k, true
	}
	if _, k, found := p.word(j, weekendDay); found {
		return rule{freq: "WEEKLY", days: weekends}, 0, k, true
	}
	if _, k, found := p.word(j, weekWord); found {
		days, e, _ := p.weekdays(k)
		return rule{freq: "WEEKLY", days: days}, 0, e, true
	}
	if p.at(j) == '月' {
		r, end = p.monthlyRule(j + 1)
		return r, 0, end, true
	}
	if k := p.literal(j, "小时", "钟头"); k > j {
		return rule{freq: "HOURLY", subDaily: true, step: length{clock: time.Hour, grain: Hour}}, 0, k, true
	}
	if k := p.literal(j, "分钟"); k > j {
		return rule{freq: "MINUTELY", subDaily: true, step: length{clock: time.Minute, grain: Minute}}, 0, k, true
	}
	if p.at(j) == '年' {
		r, end = p.yearlyRule(j + 1)
		return r, 0, end, true
	}
	return r, 0, i, false
}

// monthlyRule reads the day behind 每月.
func (p *parser) monthlyRule(i int) (rule, int) {
	if k := p.literal(i, "底", "末", "的最后一天", "最后一天"); k > i {
		return rule{freq: "MONTHLY", monthDay: -1}, k
	}
	j := p.literal(i, "的")
	if n, k, ok := p.small(j); ok && 1 <= n && n <= 31 {
		if end := p.literal(k, "号", "日"); end > k {
			return rule{freq: "MONTHLY", monthDay: n}, end
		}
	}
	return rule{freq: "MONTHLY"}, i
}

// yearlyRule reads the day behind 每年.
func (p *parser) yearlyRule(i int) (rule, int) {
	j := p.literal(i, "的")
	if e, k, ok := p.word(j, festival); ok {
		return rule{freq: "YEARLY", month: e.n / 100, monthDay: e.n % 100}, k
	}
	if m, k, ok := p.month(j); ok {
		if n, e, ok := p.small(k); ok && valid(2000, m, n) {
			return rule{freq: "YEARLY", month: m, monthDay: n}, p.literal(e, "日", "号")
		}
		return rule{freq: "YEARLY", month: m}, k
	}
	return rule{freq: "YEARLY"}, i
}

// weekdays reads the days behind 每周: 一, 一三五, 一、三、五, 一到周五.
func (p *parser) weekdays(i int) (days [7]bool, end int, ok bool) {
	last := -1
	for end = i; ; {
		j := end
		if last >= 0 {
			j = p.literal(end, "、", ",", "和", "跟", "及")
			_, j, _ = p.word(j, weekWord)
		}
		day, k, found := p.weekdayName(j)
		if !found {
			break
		}
		days[day], last, end = true, day, k
		if _, u, found := p.word(k, untilWord); found {
			_, u, _ = p.word(u, weekWord)
			if to, e, found := p.weekdayName(u); found {
				for d := day; d != to; d = (d + 1) % 7 {
					days[d] = true
				}
				days[to], last, end = true, to, e
			}
		}
	}
	return days, end, last >= 0
}

// everyLength reads 隔一天, 两小时, 隔两周 behind 每.
func (p *parser) everyLength(i int) (r rule, end int, ok bool) {
	j := p.literal(i, "间隔", "隔", "过")
	l, end, ok := p.length(j)
	if !ok {
		return r, i, false
	}
	skips := 0
	if p.at(j-1) == '隔' {
		skips = 1
	}
	seconds := int(l.clock / time.Second)
	switch {
	case l.clock != 0 && l.days == 0 && l.months == 0 && seconds > 0:
		r = rule{subDaily: true, step: l}
		switch {
		case seconds%3600 == 0:
			r.freq, r.interval = "HOURLY", seconds/3600
		case seconds%60 == 0:
			r.freq, r.interval = "MINUTELY", seconds/60
		default:
			r.freq, r.interval = "SECONDLY", seconds
		}
	case l.clock != 0:
		return r, i, false
	case l.days > 0 && l.months == 0 && l.grain == Week:
		r = rule{freq: "WEEKLY", interval: l.days/7 + skips}
	case l.days > 0 && l.months == 0:
		r = rule{freq: "DAILY", interval: l.days + skips}
	case l.months > 0 && l.days == 0 && l.months%12 == 0:
		r = rule{freq: "YEARLY", interval: l.months/12 + skips}
	case l.months > 0 && l.days == 0:
		r = rule{freq: "MONTHLY", interval: l.months + skips}
	default:
		return r, i, false
	}
	return r, end, true
}
