package when

import "time"

// cycle tells after how long an expression means the next day of its kind.
type cycle uint8

const (
	never   cycle = iota // pinned: 明天, 2026年3月8日
	daily                // no day was said
	weekly               // 周五
	monthly              // 5号
	yearly               // 三月八日
)

// date is a stretch of whole days.
type date struct {
	from, to time.Time // midnights, half open
	grain    Grain
	cycle    cycle
	part     partOfDay // of 今晚, for the clock that follows
	dom      int       // day of the month as said, for cycles that must skip short months
}

func (p *parser) day(y int, m time.Month, d int) time.Time {
	return time.Date(y, m, d, 0, 0, 0, 0, p.ref.Location())
}

func oneDay(from time.Time, c cycle) date {
	return date{from: from, to: from.AddDate(0, 0, 1), grain: Day, cycle: c, dom: from.Day()}
}

// step returns the date n cycles on.
func (d date) step(n int) date {
	shift := func(t time.Time) time.Time { return t }
	switch d.cycle {
	case daily:
		shift = func(t time.Time) time.Time { return t.AddDate(0, 0, n) }
	case weekly:
		shift = func(t time.Time) time.Time { return t.AddDate(0, 0, 7*n) }
	case monthly, yearly:
		months, sign := n, 1
		if d.cycle == yearly {
			months = 12 * n
		}
		if n < 0 {
			sign = -1
		}
		if d.grain == Day {
			y, m := d.from.Year(), d.from.Month()
			for k := months; ; k += sign * max(1, months*sign) {
				first := time.Date(y, m+time.Month(k), 1, 0, 0, 0, 0, d.from.Location())
				if d.dom <= daysIn(first.Year(), first.Month()) {
					next := oneDay(first.AddDate(0, 0, d.dom-1), d.cycle)
					next.part, next.dom = d.part, d.dom
					return next
				}
			}
		}
		shift = func(t time.Time) time.Time { return t.AddDate(0, months, 0) }
	}
	d.from, d.to = shift(d.from), shift(d.to)
	return d
}

// prefer moves d to the next of its kind that is not over, or with Past to the last that has begun.
func (p *parser) prefer(d date) date {
	if d.cycle == never {
		return d
	}
	if p.opt.Past {
		if d.from.After(p.ref) {
			d = d.step(-1)
		}
	} else if !d.to.After(p.ref) {
		d = d.step(1)
	}
	return d
}

// date reads any expression for a day or a longer stretch of days.
func (p *parser) date(i int) (d date, end int, ok bool) {
	for _, read := range [...]func(*parser, int) (date, int, bool){
		(*parser).written, (*parser).ofYear, (*parser).named, (*parser).ofMonth, (*parser).inMonth, (*parser).week,
		(*parser).dayOfMonth, (*parser).distant,
	} {
		if e, k, found := read(p, i); found && k > end {
			d, end, ok = e, k, true
		}
	}
	return p.prefer(d), end, ok
}

// written reads 2026-03-08, 2026/3/8, 2026.3.8.
func (p *parser) written(i int) (d date, end int, ok bool) {
	y, j := p.digits(i, 4)
	if j != i+4 || y < 1000 || isArabic(p.at(i-1)) {
		return d, i, false
	}
	sep := p.at(j)
	if sep != '-' && sep != '/' && sep != '.' && sep != '~' {
		return d, i, false
	}
	m, k := p.digits(j+1, 2)
	if k == j+1 || p.at(k) != sep {
		return d, i, false
	}
	dd, e := p.digits(k+1, 2)
	if e == k+1 || isArabic(p.at(e)) || !valid(y, m, dd) {
		return d, i, false
	}
	return oneDay(p.day(y, time.Month(m), dd), never), p.literal(e, "t"), true
}

// digits reads at most n Arabic digits.
func (p *parser) digits(i, n int) (v, end int) {
	for end = i; end-i < n && isArabic(p.at(end)); end++ {
		v = v*10 + int(p.at(end)-'0')
	}
	return v, end
}

func valid(y, m, d int) bool {
	return 1 <= m && m <= 12 && 1 <= d && d <= daysIn(y, time.Month(m))
}

// year reads 2026年, 二零二六年, 26年 before a month, 明年.
func (p *parser) year(i int) (y, end int, ok bool) {
	if e, k, found := p.word(i, yearWord); found {
		return p.ref.Year() + e.n, k, true
	}
	n := 0
	for end = i; end-i < 4 && digitValue(p.at(end)) >= 0 && p.at(end) != '两'; end++ {
		n = n*10 + digitValue(p.at(end))
	}
	k := p.literal(end, "年")
	if k == end || digitValue(p.at(i-1)) >= 0 || p.at(i-1) == '第' || p.literal(k, "级", "代", "龄", "前", "后", "以", "之", "内") > k {
		return 0, i, false
	}
	switch end - i {
	case 4:
		return n, k, n > 0
	case 2:
		_, month, ok := p.small(k)
		if digitValue(p.at(i)) != 0 && !(ok && p.at(month) == '月') {
			return 0, i, false
		}
		if n > 50 {
			return 1900 + n, k, true
		}
		return 2000 + n, k, true
	}
	return 0, i, false
}

// ofYear reads a year and what may follow it: a month, a festival, a quarter, a half.
func (p *parser) ofYear(i int) (d date, end int, ok bool) {
	y, j, ok := p.year(i)
	if !ok {
		return d, i, false
	}
	k := p.spaces(p.literal(p.spaces(j), "的"))
	if m, e, ok := p.month(k); ok {
		return p.monthOrDay(y, m, e, never)
	}
	if e, end, ok := p.word(k, festival); ok {
		return oneDay(p.day(y, time.Month(e.n/100), e.n%100), never), end, true
	}
	if d, end, ok := p.quarter(k, y); ok {
		return d, end, true
	}
	return date{from: p.day(y, 1, 1), to: p.day(y+1, 1, 1), grain: Year}, j, true
}

// quarter reads 第二季度, 上半年, 年底 within year y.
func (p *parser) quarter(i, y int) (d date, end int, ok bool) {
	stretch := func(month, n int, g Grain, end int) (date, int, bool) {
		return date{from: p.day(y, time.Month(month), 1), to: p.day(y, time.Month(month+n), 1), grain: g}, end, true
	}
	if k := p.literal(i, "上半年"); k > i {
		return stretch(1, 6, HalfYear, k)
	}
	if k := p.literal(i, "下半年"); k > i {
		return stretch(7, 6, HalfYear, k)
	}
	q, j, ok := p.small(p.literal(i, "第"))
	if k := p.literal(j, "季度"); ok && k > j && 1 <= q && q <= 4 {
		return stretch(q*3-2, 3, Quarter, k)
	}
	return d, i, false
}

// named reads 明天, 今晚, festivals, 本季度, 周末 and 今年's quarters and halves without their year.
func (p *parser) named(i int) (d date, end int, ok bool) {
	if e, k, found := p.word(i, dayWord, dayPart); found {
		d := oneDay(p.today.AddDate(0, 0, e.n), never)
		d.part = e.part
		return d, k, true
	}
	if e, k, found := p.word(i, festival); found && !(isNumeral(e.word[0]) && isNumeral(p.at(i-1))) {
		d := oneDay(p.day(p.ref.Year(), time.Month(e.n/100), e.n%100), yearly)
		return d, k, p.literal(k, "月", "点", "号", "年", "路", "广场", "期间") == k || p.literal(k, "期间") > k
	}
	if d, k, found := p.quarter(i, p.ref.Year()); found {
		return d, k, true
	}
	if e, k, found := p.word(i, weekPrefix); found {
		if end := p.literal(k, "季度"); end > k {
			from := p.day(p.ref.Year(), (p.ref.Month()-1)/3*3+1, 1).AddDate(0, 3*e.n, 0)
			return date{from: from, to: from.AddDate(0, 3, 0), grain: Quarter}, end, true
		}
	}
	return d, i, false
}

// month reads 三月, 3月份, 十二月 and returns it with the index behind.
func (p *parser) month(i int) (m, end int, ok bool) {
	m, j, ok := p.small(i)
	if !ok || p.at(j) != '月' || m < 1 || m > 12 || p.at(i-1) == '第' || p.literal(j+1, "饼", "球", "亮", "薪", "光", "嫂", "子") > j+1 {
		return 0, i, false
	}
	return m, p.literal(j+1, "份"), true
}

// ofMonth reads 三月, 三月八日, 3月底 of no special year.
func (p *parser) ofMonth(i int) (d date, end int, ok bool) {
	m, j, ok := p.month(i)
	if !ok {
		return d, i, false
	}
	return p.monthOrDay(p.ref.Year(), m, j, yearly)
}

// inMonth reads 下个月, 下个月五号, 月底.
func (p *parser) inMonth(i int) (d date, end int, ok bool) {
	n, j := 0, p.literal(i, "月")
	if e, k, found := p.word(i, monthWord); found {
		n, j = e.n, k
	} else if p.literal(j, "底", "末", "初") == j || digitValue(p.at(i-1)) >= 0 || p.at(i-1) == '个' || p.at(i-1) == '每' {
		return d, i, false
	} else {
		j = i + 1
	}
	if j == i {
		return d, i, false
	}
	first := p.day(p.ref.Year(), p.ref.Month()+time.Month(n), 1)
	return p.monthOrDay(first.Year(), int(first.Month()), j, never)
}

// monthOrDay reads the day that may follow a month ending at i.
func (p *parser) monthOrDay(y, m, i int, c cycle) (d date, end int, ok bool) {
	first := p.day(y, time.Month(m), 1)
	month := date{from: first, to: first.AddDate(0, 1, 0), grain: Month, cycle: c}
	switch p.at(i) {
	case '底', '末':
		month.from = month.to.AddDate(0, 0, -7)
		return month, i + 1, true
	case '初':
		month.to = month.from.AddDate(0, 0, 7)
		return month, i + 1, true
	}
	for k, name := range [...]string{"上旬", "中旬", "下旬"} {
		if end := p.literal(i, name); end > i {
			month.from = month.from.AddDate(0, 0, 10*k)
			if k < 2 {
				month.to = month.from.AddDate(0, 0, 10)
			}
			return month, end, true
		}
	}
	j := p.spaces(p.literal(i, "的"))
	n, k, ok := p.small(j)
	leap := c == yearly && m == 2 && n == 29
	if !ok || n < 1 || !leap && !valid(y, m, n) {
		return month, i, !ok || n > 31
	}
	end = p.literal(k, "日", "号")
	if end == k {
		if k-j < 2 || p.literal(k, "个", "天", "点", "时", ":", "次", "年", "周", "分", "%", "万", "百", ".", "元", "块") > k {
			return month, i, true
		}
	}
	d = date{from: first.AddDate(0, 0, n-1), grain: Day, cycle: c, dom: n}
	if leap && !valid(y, m, n) {
		d.from = first
		d = d.step(1)
	}
	d.to = d.from.AddDate(0, 0, 1)
	return d, end, true
}

// dayOfMonth reads 5号 and 十五日 of no special month.
func (p *parser) dayOfMonth(i int) (d date, end int, ok bool) {
	n, j, ok := p.small(i)
	end = p.literal(j, "号", "日")
	if !ok || end == j || n < 1 || n > 31 || p.literal(end, afterDay...) > end || p.at(i-1) == '第' || p.at(i-1) == '初' ||
		p.at(i-1) == '-' || p.at(j) == '日' && (p.literal(end, "游", "元", "志", "子", "复", "报", "内", "后", "前", "之", "以") > end || n < 3 && !isArabic(p.at(i))) {
		return d, i, false
	}
	y, m := p.ref.Year(), p.ref.Month()
	for n > daysIn(y, m) {
		m++
	}
	return oneDay(p.day(y, m, n), monthly), end, true
}

// week reads 下周, 周五, 下周五, 这个周末.
func (p *parser) week(i int) (d date, end int, ok bool) {
	monday := p.today.AddDate(0, 0, -weekday(p.today))
	n, j, prefixed := 0, i, false
	for {
		e, k, found := p.word(j, weekPrefix)
		if !found || prefixed && (e.n != 1 && e.n != -1) || j-i > 4 {
			break
		}
		n, j, prefixed = n+e.n, k, true
	}
	c := weekly
	if prefixed {
		c = never
	}
	monday = monday.AddDate(0, 0, 7*n)
	if e, k, found := p.word(j, weekendDay); found && e.word[0] != 0 {
		return date{from: monday.AddDate(0, 0, 5), to: monday.AddDate(0, 0, 7), grain: Weekend, cycle: c}, k, true
	}
	_, k, found := p.word(j, weekWord)
	if !found {
		return d, i, false
	}
	if day, e, ok := p.weekdayName(k); ok {
		return oneDay(monday.AddDate(0, 0, day), c), e, true
	}
	if _, after, ok := p.word(k, weekWord); ok && prefixed { // 下周周六
		if day, e, ok := p.weekdayName(after); ok {
			return oneDay(monday.AddDate(0, 0, day), c), e, true
		}
	}
	if !prefixed || p.literal(k, afterUnit...) > k {
		return d, i, false
	}
	return date{from: monday, to: monday.AddDate(0, 0, 7), grain: Week}, k, true
}

// weekdayName reads what follows 周: 一 to 六, 日, 天. The result counts from Monday as 0.
func (p *parser) weekdayName(i int) (day, end int, ok bool) {
	switch r := p.at(i); {
	case r == '日' || r == '天':
		return 6, i + 1, true
	case r == '两':
		return 0, i, false
	default:
		v := digitValue(r)
		if v < 1 || v > 7 || v == 7 && !isArabic(r) || digitValue(p.at(i+1)) >= 0 && isArabic(p.at(i+1)) ||
			p.literal(i+1, "次", "回", "遍", "个", "趟", "天", "般", "定", "直", "共", "起", "样", "小时", "十") > i+1 {
			return 0, i, false
		}
		return v - 1, i + 1, true
	}
}

// weekday returns the day of the week, Monday being 0.
func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

// distant reads 三天后, 两周前, 过三天: whole days at a distance.
func (p *parser) distant(i int) (d date, end int, ok bool) {
	l, sign, end, ok := p.distance(i)
	if !ok || l.clock != 0 {
		return d, i, false
	}
	return oneDay(l.add(p.today, sign), never), end, true
}

// distance reads a length and its direction from now.
func (p *parser) distance(i int) (l length, sign, end int, ok bool) {
	if _, j, found := p.word(i, aheadWord); found {
		if l, end, ok = p.length(j); !ok {
			return l, 0, i, false
		}
		if e, k, found := p.word(end, laterWord); found && e.n == 1 {
			end = k
		}
		return l, 1, end, true
	}
	if l, end, ok = p.length(i); !ok {
		return l, 0, i, false
	}
	e, k, found := p.word(end, laterWord)
	if !found || e.n == 0 || p.literal(k, "面", "台", "者") > k {
		return l, 0, i, false
	}
	return l, e.n, k, true
}
