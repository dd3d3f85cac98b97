package speech

import "strings"

// instant is a time of day as it was said.
type instant struct {
	hour, minute, second uint64
	clear                bool // beyond doubt a time
	toMinute, toSecond   bool
	quarter              bool // said as 半 or 刻
	back                 bool // minutes before the hour: 八点差五分
	zero                 bool // the minute is the zero of 八点零五, without 分
	bare                 bool // the minutes are one digit before 分
	end                  int
}

// clock writes a time of day whose hour, or minutes before the hour, is n.
func (w *writer) clock(n *numeral) match {
	if w.style.Clock == ClockShort && w.follows(n.start, "差") {
		if m := w.minutesBefore(n); m.end > 0 {
			return m
		}
	}
	hour := *n
	if hour.decimal() { // 八点五分 looks like a decimal at first
		hour = w.integer(n.start)
	}
	n = &hour
	t, ok := w.instant(n)
	if !ok {
		return match{}
	}
	start := n.start
	told := w.told(start)
	if t.zero && !told || t.bare && w.style.Clock == ClockLoose {
		return match{}
	}
	if !t.toMinute {
		if !told && !t.clear && t.hour < 10 && w.style.Single != SingleAll {
			return match{}
		}
		w.numeralHour(n)
		return match{start: start, end: n.end, reach: n.end + len("点"), kind: Time, sure: told || t.clear}
	}
	if t.back {
		if w.style.Clock != ClockShort {
			return match{}
		}
		t.hour, t.minute = hourBefore(t.hour), 60-t.minute
	}
	if t.quarter && w.style.Clock == ClockPadded {
		w.numeralHour(n)
		w.source(n.end, n.end+len("点"))
		if k := w.integer(n.end + len("点")); k.form == single {
			w.integerOf(k.value, plain)
			w.source(k.end, t.end)
		} else {
			w.source(n.end+len("点"), t.end)
		}
		return match{start: start, end: t.end, kind: Time, sure: true}
	}
	part := ""
	if w.style.HalfDays {
		for _, p := range w.lex.halves {
			if w.follows(start, p.word) {
				part = p.mark
				start -= len(p.word)
				break
			}
		}
	}
	if w.style.Clock == ClockPadded || w.style.Clock == ClockLoose && t.hour == 0 {
		w.padded(t.hour)
	} else {
		w.integerOf(t.hour, plain)
	}
	w.piece = append(w.piece, ':')
	w.padded(t.minute)
	if t.toSecond {
		w.piece = append(w.piece, ':')
		w.padded(t.second)
	}
	w.piece = append(w.piece, part...)
	return match{start: start, end: t.end, kind: Time, sure: true}
}

func (w *writer) numeralHour(n *numeral) { w.integerOf(n.value, plain) }

// told reports whether what ends at i says that a time of day follows.
func (w *writer) told(i int) bool {
	if w.last == Date && w.done == i || w.last == Time && w.done > 0 && w.done >= i-len("点到") && w.done < i {
		return true
	}
	return w.behind(i, clockBefore)
}

// behind reports whether a word of a list ends at i.
func (w *writer) behind(i, list int) bool {
	for _, word := range w.lex.words[list] {
		if strings.HasSuffix(w.text[:i], word) {
			return true
		}
	}
	return false
}

// minutesBefore writes 差五分八点, of which n is the minutes.
func (w *writer) minutesBefore(n *numeral) match {
	minutes, j := n.value, n.end
	switch {
	case n.within(1, 59) && w.has(j, "分"):
		j += len("分")
		if w.has(j, "钟") {
			j += len("钟")
		}
	case n.within(1, 3) && w.has(j, "刻"):
		minutes, j = minutes*15, j+len("刻")
		if w.has(j, "钟") {
			j += len("钟")
		}
	default:
		return match{}
	}
	hour := w.integer(j)
	if !hour.within(1, 24) || !w.has(hour.end, "点") {
		return match{}
	}
	end := hour.end + len("点")
	for _, word := range [...]string{"整", "钟"} {
		if w.has(end, word) {
			end += len(word)
		}
	}
	w.integerOf(hourBefore(hour.value), plain)
	w.piece = append(w.piece, ':')
	w.padded(60 - minutes)
	return match{start: n.start - len("差"), end: end, kind: Time, sure: true}
}

// hourBefore returns the hour before an hour.
func hourBefore(hour uint64) uint64 {
	if hour == 1 {
		return 12
	}
	return (hour + 23) % 24
}

// instant reads a time of day with the hour h.
func (w *writer) instant(h *numeral) (instant, bool) {
	t := instant{hour: h.value}
	if !h.within(0, 24) {
		return t, false
	}
	r, size := w.rune(h.end)
	if r != '点' && r != '时' {
		return t, false
	}
	j := h.end + size
	t.end = j
	if r == '点' {
		switch next, size := w.rune(j); next {
		case '钟', '整':
			t.clear = true
			return t, true
		case '半':
			t.minute, t.toMinute, t.quarter, t.clear, t.end = 30, true, true, true, j+size
			return t, true
		case '差':
			m := w.integer(j + size)
			switch {
			case m.within(1, 59) && w.has(m.end, "分"):
				t.minute, t.end = m.value, m.end+len("分")
			case m.within(1, 3) && w.has(m.end, "刻"):
				t.minute, t.end = m.value*15, m.end+len("刻")
			default:
				return t, true
			}
			t.toMinute, t.back, t.clear = true, true, true
			return t, true
		case '过':
			j += size
		}
	}
	m := w.integer(j)
	if m.form == noNumber {
		if k, _ := w.rangeWord(j); k > j { // 九点到五点
			to := w.integer(k)
			t.clear = to.within(0, 24) && w.has(to.end, "点")
		}
		return t, r == '点'
	}
	after, size := w.rune(m.end)
	two := m.form == cardinal || m.form == digits && m.end-m.start == 2*len("零")
	switch {
	case r == '点' && after == '刻' && m.within(1, 3):
		t.minute, t.toMinute, t.quarter, t.clear, t.end = m.value*15, true, true, true, m.end+size
		if w.has(t.end, "钟") {
			t.end += len("钟")
		}
		return t, true
	case !m.within(0, 59) || !two && after != '分':
		return t, r == '点' && !h.decimalAt(w)
	case after == '分' && !w.has(m.end, "分钟") && !w.has(m.end, "分之"):
		t.minute, t.toMinute, t.clear, t.end = m.value, true, true, m.end+size
		t.bare = m.form == single
		if s := w.integer(t.end); s.within(0, 59) && w.has(s.end, "秒") && !w.has(s.end, "秒钟") {
			t.second, t.toSecond, t.end = s.value, true, s.end+len("秒")
		}
		return t, true
	case r == '时' || !two:
		return t, false
	case m.form == digits: // 八点零五
		if m.value >= 10 && w.text[m.start:m.start+len("零")] != "零" {
			return t, false // 三点一四
		}
		t.minute, t.toMinute, t.zero, t.end = m.value, true, true, m.end
		return t, true
	case m.value < 10 || w.counted(m.end):
		t.clear = t.clear || m.value >= 10 && w.has(m.end, "秒") // 五点十秒
		return t, true
	}
	t.minute, t.toMinute, t.clear, t.end = m.value, true, true, m.end
	return t, true
}

// decimalAt reports whether digits follow the 点 behind h, which are decimals then.
func (n *numeral) decimalAt(w *writer) bool {
	d, _ := w.digitAt(n.end + len("点"))
	return d >= 0
}

// counted reports whether what stands at i is counted by the number before it, which is no minute then.
func (w *writer) counted(i int) bool {
	switch r, _ := w.rune(i); r {
	case '个', '万', '亿', '块', '元', '名', '人', '条', '多', '几', '秒':
		return true
	}
	return false
}
