package when

import "time"

// point is a resolved expression that may begin or end a range.
type point struct {
	from, to time.Time // to is from for an instant
	grain    Grain
	date     date
	hasDate  bool
	clock    clock
	hasClock bool
}

func (q point) match() Match {
	if q.to.Equal(q.from) {
		return Match{Kind: Instant, Grain: q.grain, Time: q.from}
	}
	return Match{Kind: Interval, Grain: q.grain, Time: q.from, EndTime: q.to}
}

// expression reads the longest expression of time at i. If ok is false, end may still be past i: the
// text up to there looks like a time but must not be taken for one.
func (p *parser) expression(i int) (m Match, end int, ok bool) {
	if !p.mayStart(i) {
		return m, i, false
	}
	if _, k, found := p.word(i, lunarWord); found {
		return m, p.pastLunar(k), false
	}
	for _, read := range [...]func(*parser, int) (Match, int, bool){
		(*parser).recurrence, (*parser).span, (*parser).period, (*parser).duration,
	} {
		if n, k, found := read(p, i); found && k > end {
			m, end, ok = n, k, true
		}
	}
	return m, end, ok
}

// mayStart reports whether any expression begins with the character at i.
func (p *parser) mayStart(i int) bool {
	r := p.runes[i]
	if r < 0x80 {
		return isArabic(r) && (p.at(i-1) < 'a' || 'z' < p.at(i-1))
	}
	if isNumeral(r) || r == '半' || r == '每' || r == '差' || r == '月' || r == '第' || r == '逢' || r == '从' {
		return true
	}
	return len(p.words[r]) > 0
}

// pastLunar returns the index behind a lunar date whose calendar word ended at i.
func (p *parser) pastLunar(i int) int {
	for isNumeral(p.at(i)) || p.literal(i, "月", "初", "年", "日", "闰") > i {
		i++
	}
	return i
}

// span reads one point or a range of two: 三点, 三点到五点, 5月1日至3日.
func (p *parser) span(i int) (m Match, end int, ok bool) {
	start := p.literal(i, "从")
	a, end, ok := p.point(start, nil)
	if !ok {
		return m, i, false
	}
	if _, j, found := p.word(p.spaces(end), untilWord); found {
		if b, k, ok := p.point(p.spaces(j), &a); ok && a.reaches(&b) {
			m = Match{Kind: Interval, Grain: min(a.grain, b.grain), Time: a.from, EndTime: b.to}
			return m, k, true
		}
	}
	return a.match(), end, true
}

// reaches reports whether b can end a range that a begins, and moves it behind a where it is open.
func (a point) reaches(b *point) bool {
	if b.to.After(a.from) {
		return true
	}
	switch {
	case b.hasClock && b.clock.open && b.from.Add(12*time.Hour).After(a.from):
		b.from, b.to = b.from.Add(12*time.Hour), b.to.Add(12*time.Hour)
	case b.hasClock && !b.hasDate: // 晚上十点到六点
		b.from, b.to = b.from.AddDate(0, 0, 1), b.to.AddDate(0, 0, 1)
	case b.hasDate && b.date.cycle != never:
		d := b.date.step(1)
		shift := d.from.Sub(b.date.from)
		b.from, b.to = b.from.Add(shift), b.to.Add(shift)
	}
	return b.to.After(a.from)
}

// point reads a date, a time of day, both, or an instant at a distance from now. With a before it, the
// point ends a range and takes over what it leaves unsaid.
func (p *parser) point(i int, a *point) (q point, end int, ok bool) {
	if _, k, found := p.word(i, nowWord); found {
		return point{from: p.ref, to: p.ref, grain: Second}, k, true
	}
	if l, sign, k, found := p.distance(i); found && l.clock != 0 {
		t := l.add(p.ref, sign)
		return point{from: t, to: t, grain: l.grain}, k, true
	}
	d, j, found := p.date(i)
	if !found {
		c, k, ok := p.clock(i, anyPart, a != nil && a.hasClock)
		if !ok {
			return q, i, false
		}
		if a != nil && a.hasDate || a != nil && a.hasClock {
			return p.onDayOf(*a, c), k, true
		}
		return p.resolve(oneDay(p.today, daily), c), k, true
	}
	if a != nil {
		d = p.after(*a, d)
	}
	q = point{from: d.from, to: d.to, grain: d.grain, date: d, hasDate: true}
	if d.grain == Day {
		k := p.spaces(p.literal(p.spaces(j), "的", ",", "t"))
		if c, e, ok := p.clock(k, d.part, true); ok {
			q = p.resolve(d, c)
			q.hasDate = true
			return q, e, true
		}
	}
	if d.part != anyPart {
		q = p.resolve(d, clock{part: d.part, partOnly: true, grain: PartOfDay})
		q.hasDate = true
	}
	return q, j, true
}

// after moves the date d, the end of a range from a, into a's year and month where it has none.
func (p *parser) after(a point, d date) date {
	if !a.hasDate || d.cycle == never {
		return d
	}
	y, m := a.date.from.Year(), a.date.from.Month()
	switch d.cycle {
	case monthly:
		if d.dom <= daysIn(y, m) {
			d = oneDay(p.day(y, m, d.dom), d.cycle)
		}
	case yearly:
		from := p.day(y, d.from.Month(), d.from.Day())
		d.to = from.Add(d.to.Sub(d.from))
		if d.grain == Month {
			d.to = from.AddDate(0, 1, 0)
		}
		d.from = from
	case weekly:
		monday := a.date.from.AddDate(0, 0, -weekday(a.date.from)+weekday(d.from))
		d.to, d.from = monday.AddDate(0, 0, int(d.to.Sub(d.from).Hours()+12)/24), monday
	}
	if !d.to.After(a.from) {
		d = d.step(1)
	}
	return d
}

// onDayOf puts the clock c, which ends a range from a, on a's day and into a's part of it.
func (p *parser) onDayOf(a point, c clock) point {
	if a.hasClock && c.part == anyPart && a.clock.part != anyPart && c.open {
		moved := c
		moved.place(a.clock.part)
		if moved.hour*60+moved.minute > a.clock.hour*60+a.clock.minute || a.clock.partOnly {
			c = moved
		}
	}
	day := a.date.from
	if day.IsZero() {
		day = time.Date(a.from.Year(), a.from.Month(), a.from.Day(), 0, 0, 0, 0, a.from.Location())
	}
	return c.on(oneDay(day, never))
}

// on places the clock on a day without choosing among readings.
func (c clock) on(d date) point {
	q := point{grain: c.grain, date: d, clock: c, hasClock: true}
	y, m, day := d.from.Date()
	at := func(h, min, s int) time.Time { return time.Date(y, m, day, h, min, s, 0, d.from.Location()) }
	if c.partOnly {
		hours := partHours[c.part]
		q.from, q.to = at(hours[0], 0, 0), at(hours[1], 0, 0)
		return q
	}
	q.from = at(c.hour, c.minute, c.second)
	q.to = q.from
	return q
}

// resolve places the clock on the date, choosing the reading that lies on the preferred side of now.
func (p *parser) resolve(d date, c clock) point {
	if d.cycle == never && !d.from.Equal(p.today) {
		return c.awake().on(d)
	}
	readings := []clock{c}
	if c.open && d.from.Equal(p.today) {
		late := c
		late.hour += 12
		readings = append(readings, late)
	}
	if p.opt.Past {
		for n := 0; n >= -1; n-- {
			for k := len(readings) - 1; k >= 0; k-- {
				if q := readings[k].on(d.step(n)); !q.from.After(p.ref) {
					return q
				}
			}
		}
		return c.on(d)
	}
	for n := range 2 {
		if n > 0 && d.cycle == never {
			break
		}
		for _, r := range readings {
			q := r.on(d.step(n))
			begins := !q.from.Before(p.ref) || c.partOnly && q.to.After(p.ref)
			if begins && !(r.open && p.asleep(q.from)) {
				return q
			}
		}
	}
	return c.awake().on(d)
}

// asleep reports whether few people would mean t without saying 凌晨, given that it is now awake time.
func (p *parser) asleep(t time.Time) bool {
	midnight := t.Hour() == 0 && t.Sub(p.ref) < 6*time.Hour // 十二点 said in the evening
	return t.Hour() < 6 && p.ref.Hour() >= 6 && !midnight
}
