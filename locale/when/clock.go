package when

// clock is a time of day as it was said.
type clock struct {
	hour, minute, second int // hour may pass 24: the night belongs to the day it began in
	grain                Grain
	part                 partOfDay
	open                 bool // hour could also be meant twelve hours later
	partOnly             bool // 下午: no hour was said
}

// clock reads a part of the day, a time, or both. firm means that a day stands before it, so that
// weaker evidence is enough.
func (p *parser) clock(i int, part partOfDay, firm bool) (c clock, end int, ok bool) {
	j := i
	if e, k, found := p.word(i, partWord); found {
		part, j = e.part, k
	} else if e, k, found := p.word(i, partShort); found && part == anyPart && (firm || p.pointFollows(k)) {
		part, j = e.part, k
	}
	k := p.spaces(p.literal(j, "的"))
	c, end, ok = p.hourAndMinute(k, firm || part != anyPart)
	if !ok && part != anyPart {
		c, end, ok = p.sharedPoint(k)
	}
	switch {
	case ok:
		c.place(part)
		return c, end, true
	case j > i && p.literal(j, afterPart...) > j: // 早上好, 下午茶
		return c, i, false
	case part == anyPart || j == i+1 && p.at(i+1) != 0 && !p.closes(j): // a lone 早 or 晚 must end its phrase
		return c, i, false
	}
	return clock{part: part, partOnly: true, grain: PartOfDay}, j, true
}

// pointFollows reports whether an hour with 点 stands at i, as in 早8点.
func (p *parser) pointFollows(i int) bool {
	_, k, ok := p.small(i)
	return ok && p.at(k) == '点'
}

// sharedPoint reads the 两 of 下午两到四点, whose 点 stands behind the second hour.
func (p *parser) sharedPoint(i int) (c clock, end int, ok bool) {
	h, j, ok := p.small(i)
	_, k, until := p.word(j, untilWord)
	if !ok || !until || h > 24 || !p.pointFollows(k) {
		return c, i, false
	}
	return clock{hour: h, grain: Hour, open: 1 <= h && h <= 12}, j, true
}

// awake returns the clock with an hour of the small hours moved to the afternoon, unless it was said to be
// in the night: three o'clock is 15:00.
func (c clock) awake() clock {
	if c.open && c.hour < 6 {
		c.hour, c.open = c.hour+12, false
	}
	return c
}

// closes reports whether no Chinese word can go on at i.
func (p *parser) closes(i int) bool {
	r := p.at(i)
	return r < 0x2E80 || '\u3000' <= r && r <= '〿'
}

// place moves the hour into the part of the day it was said with.
func (c *clock) place(part partOfDay) {
	if part == anyPart {
		part = c.part
	}
	c.part = part
	if part == anyPart {
		return
	}
	c.open = false
	switch h := c.hour; part {
	case dawn:
		if h == 12 {
			c.hour = 0
		}
	case noon:
		if h <= 6 {
			c.hour = h + 12
		}
	case afternoon, dusk:
		if h < 12 {
			c.hour = h + 12
		}
	case evening, deepNight:
		switch {
		case h == 12 || h == 0, h < 5:
			c.hour = h%12 + 24
		case h < 12:
			c.hour = h + 12
		}
	}
}

// hourAndMinute reads 三点半, 差五分八点, 8:30, 20时15分, 3pm.
func (p *parser) hourAndMinute(i int, firm bool) (c clock, end int, ok bool) {
	if p.at(i) == '差' {
		minutes, j, ok := p.minutes(i + 1)
		if !ok {
			return c, i, false
		}
		if c, end, ok = p.hour(p.literal(j, "到", "就"), true); !ok {
			return c, i, false
		}
		return c.before(minutes), end, true
	}
	if j := p.literal(i, "零点", "零时"); j > i {
		c = clock{grain: Hour}
		return p.minuteOf(c, j)
	}
	return p.hour(i, firm)
}

func (c clock) before(minutes int) clock {
	total := c.hour*60 + c.minute - minutes
	if total < 0 {
		total += 24 * 60
	}
	c.hour, c.minute, c.grain = total/60, total%60, Minute
	return c
}

// minutes reads 五分, 十分钟 or 一刻.
func (p *parser) minutes(i int) (n, end int, ok bool) {
	n, j, ok := p.small(i)
	if !ok {
		return 0, i, false
	}
	if k := p.literal(j, "刻钟", "刻"); k > j && n < 4 {
		return n * 15, k, true
	}
	if k := p.literal(j, "分钟", "分"); k > j && n < 60 {
		return n, k, true
	}
	return 0, i, false
}

func (p *parser) hour(i int, firm bool) (c clock, end int, ok bool) {
	h, j, ok := p.small(i)
	if !ok || h > 24 || p.at(i-1) == ':' || p.at(i-1) == '第' {
		return c, i, false
	}
	c = clock{hour: h, grain: Hour, open: 1 <= h && h <= 12 && p.at(i) != '0' && p.at(i) != '零'}
	switch p.at(j) {
	case ':':
		return p.colon(c, j)
	case '点':
		end = j + 1
	case '时':
		end = j + 1
		if p.literal(end, "候", "间", "刻", "期", "代", "常", "装", "尚", "差", "速") > end ||
			!firm && !isArabic(p.at(i)) && !p.minuteFollows(end) {
			return c, i, false
		}
	default:
		return p.halfOfDay(c, p.spaces(j), i)
	}
	bare := end
	c, end, ok = p.minuteOf(c, end)
	if !ok || !firm && end == bare && !p.standsAlone(i, bare, h) {
		return c, i, false
	}
	return c, end, true
}

// standsAlone reports whether 三点 from i to end, with nothing else to say so, is a time and not three points.
func (p *parser) standsAlone(i, end, h int) bool {
	if p.precededBy(i, beforePoint) || p.literal(end, afterPoint...) > end {
		return false
	}
	return h != 1 || isArabic(p.at(i)) || p.precededBy(i, beforeClock)
}

// colon reads the minutes and seconds of 8:30:15, whose colon is at i.
func (p *parser) colon(c clock, i int) (clock, int, bool) {
	two := func(j int) (int, bool) {
		a, b := p.at(j), p.at(j+1)
		ok := isArabic(a) && isArabic(b) && !isArabic(p.at(j+2)) && a < '6'
		return int(a-'0')*10 + int(b-'0'), ok
	}
	var ok bool
	if c.minute, ok = two(i + 1); !ok || c.hour == 24 && c.minute > 0 {
		return c, i, false
	}
	c.grain = Minute
	end := i + 3
	if s, ok := two(end + 1); ok && p.at(end) == ':' {
		c.second, c.grain, end = s, Second, end+3
	}
	if d, k, ok := p.halfOfDay(c, p.spaces(end), i); ok {
		return d, k, true
	}
	return c, end, true
}

// halfOfDay reads am or pm at i behind an hour.
func (p *parser) halfOfDay(c clock, i, start int) (clock, int, bool) {
	k := p.literal(i, "am", "a.m.", "pm", "p.m.")
	if k == i || c.hour > 12 || 'a' <= p.at(k) && p.at(k) <= 'z' {
		return c, start, false
	}
	switch {
	case p.at(i) == 'p':
		c.place(afternoon)
	case c.hour == 12:
		c.place(dawn)
	default:
		c.place(morning)
	}
	return c, k, true
}

func (p *parser) minuteFollows(i int) bool {
	_, _, ok := p.minutes(i)
	return ok
}

// minuteOf reads what may follow 点: 钟, 整, 半, 一刻, 过五分, 差五分, 零五, 三十五分十秒. It fails only
// where the digits show that no time is meant, as in 三点五.
func (p *parser) minuteOf(c clock, i int) (clock, int, bool) {
	if k := p.literal(i, "钟", "整"); k > i {
		return c, p.literal(k, "整"), true
	}
	if k := p.literal(i, "半"); k > i && p.literal(i, "半天", "半夜", "半年") == i {
		c.minute, c.grain = 30, Minute
		return c, p.literal(k, "钟"), true
	}
	if p.at(i) == '差' {
		if n, k, ok := p.minutes(i + 1); ok {
			return c.before(n), k, true
		}
	}
	j := p.literal(i, "过")
	n, k, ok := p.small(j)
	switch {
	case p.at(j) == '.':
		return c, i, false
	case !ok:
		return c, i, digitValue(p.at(j)) < 0
	case p.at(k) == '刻' && n < 4:
		c.minute, c.grain = n*15, Minute
		return c, p.literal(k+1, "钟"), true
	case n >= 60:
		return c, i, false
	}
	end := p.literal(k, "分钟", "分")
	switch {
	case end > k && p.literal(end, "之") > end:
		return c, i, true
	case end > k:
	case j > i, p.at(k) == '点', p.at(k) == '个', p.at(k) == ':': // 八点三个人, 三点5点
		return c, i, true
	case k-j == 1 && p.at(j) != '十':
		_, _, unit := p.word(k, unitWord)
		return c, i, unit && p.at(j-1) == '点' // 三点五: a decimal
	}
	c.minute, c.grain = n, Minute
	if s, e, ok := p.small(end); ok && s < 60 && p.at(e) == '秒' {
		c.second, c.grain, end = s, Second, e+1
	}
	return c, end, true
}
