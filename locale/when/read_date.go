package when

import "strings"

// month reads 三月, 12月份, and lunar months: 正月, 闰四月, 腊月.
func (p *parser) month(i int, e *expr) int {
	if e.level <= Month {
		return i
	}
	if e.level == Quarter || e.level == HalfYear || e.level == Decade {
		return i
	}
	if w, k, ok := p.word(i, lunarMonth); ok {
		return p.lunarMonthAt(int(w.a), false, k, e)
	}
	if k := p.literal(i, "闰"); k > i {
		n, t, ok := p.small(k)
		if u := p.literal(t, "月"); ok && u > t && 1 <= n && n <= 12 {
			return p.lunarMonthAt(n, true, u, e)
		}
	}
	if w, k, ok := p.word(i, calendarWord); ok && e.level == Year {
		if w.a == 1 {
			return p.lunarDate(k, i, e)
		}
	}
	n, k, ok := p.small(i)
	if !ok || n < 1 || n > 12 || e.empty() && !p.freeDigits(i) || p.at(i) == '两' {
		return i
	}
	m := p.spaces(k)
	t := p.literal(m, "月份 月")
	if t == m || p.skip(m, notUnit) > t || e.empty() && (isLatin(p.before(i)) || p.before(i) == '第' || p.before(i) == '个' && !p.endsWith(i, "整个")) {
		return i
	}
	if p.lunarDayAhead(p.spaces(p.literal(t, "的")), e.empty()) {
		return p.lunarMonthAt(n, false, t, e)
	}
	if !e.add(Month, step{op: opCycle, unit: Month, n: int16(n)}) {
		return i
	}
	return t
}

// numberGoesOn reports whether the number that ends at i is part of a longer one or of an amount.
func (p *parser) numberGoesOn(i int) bool {
	return isArabic(p.at(i)) || p.at(i) == '.' && isArabic(p.at(i+1)) || p.skip(i, measure) > i
}

// part reads 年底, 月初, 上旬, 下半年, and 底 and 初 behind what they are part of.
func (p *parser) part(i int, e *expr) int {
	if k := p.newYearDay(i, e); k > i {
		return k
	}
	if w, k, ok := p.word(i, yearPart); ok && (e.empty() || e.level == Year) {
		if e.empty() && (w.a > 20 && p.endsWith(i, "过") || p.endsWith(i, "学 财")) {
			return i
		}
		e.add(0, step{op: opPart, unit: Year, n: w.a})
		e.level = e.last().levelOf()
		return k
	}
	for n, words := range [...]string{1: "初期 早期", 2: "中期 中叶", 3: "末期 晚期 后期 末叶"} {
		if k := p.literal(i, words); k > i && !e.empty() && e.level >= Decade {
			unit := e.level
			e.add(0, step{op: opPart, unit: unit, n: int16(n)})
			e.level = e.last().levelOf()
			return k
		}
	}
	for n, words := range [...]string{1: "初", 2: "中", 3: "末 底"} { // 二季度末
		if k := p.literal(i, words); k > i && e.level == Quarter && (e.last().op == opCycle || e.last().op == opRel) && p.partCloses(p.text[i:k], k) {
			e.add(Month, step{op: opPart, unit: Quarter, n: int16(n)})
			return k
		}
	}
	if w, k, ok := p.word(i, monthPart); ok {
		long := len(w.word) > 3
		switch {
		case (e.level == Month) && (long || p.partCloses(w.word, k)):
			if e.last().op == opLunarMonth && w.word == "初" {
				return i
			}
			e.add(Week, step{op: opPart, unit: Month, n: w.a})
			return k
		case e.empty() && long && w.word != "上旬" && w.word != "中旬" && w.word != "下旬":
			if p.literal(k, "夜") > k || p.before(i) == '每' || digitValue(p.before(i)) >= 0 || p.before(i) == '个' {
				return i
			}
			e.add(Week, step{op: opPart, unit: Month, n: w.a})
			return k
		case e.empty() && strings.HasSuffix(w.word, "旬"):
			if p.literal(k, "老") > k {
				return i
			}
			e.add(Week, step{op: opPart, unit: Month, n: w.a})
			return k
		case (e.level == Year || e.level >= Decade && !e.empty()) && !long && w.a < 10 && p.partCloses(w.word, k):
			unit := e.level
			e.add(0, step{op: opPart, unit: unit, n: w.a})
			e.level = e.last().levelOf()
			return k
		}
	}
	return i
}

// partCloses reports whether the 初, 中, 底 or 末 before k is no part of a word that goes on.
func (p *parser) partCloses(word string, k int) bool {
	if word == "初" {
		if _, _, ok := p.hanDigit(k); ok || p.at(k) == '十' {
			return false
		}
	}
	return p.skip(k-len(word), notPart) <= k
}

// newYearDay reads 大年初三, and 年初三 as said in Hong Kong.
func (p *parser) newYearDay(i int, e *expr) int {
	k := p.literal(i, "大年初 年初")
	if k == i || !e.empty() && e.level != Year {
		return i
	}
	n, t, ok := p.small(k)
	if !ok || n < 1 || n > 10 || isArabic(p.at(k)) || p.at(i) == '年' && p.literal(t, "月 个 号 天 次 级 班 中 家 期 季 年 周 点 些 下 起 直 批 种 名 位 至 到") > t {
		return i
	}
	e.add(Month, step{op: opLunarMonth, n: 1})
	e.add(Day, step{op: opLunarDay, n: int16(n)})
	return t
}

// day reads the day of a month: 5号, 十五日, 十五 behind a month, and 初八.
func (p *parser) day(i int, e *expr) int {
	if e.level <= Day || e.level == Weekend || !e.empty() && e.level != Month {
		return i
	}
	if k := p.literal(i, "初"); k > i && e.empty() {
		n, t, ok := p.small(k)
		if !ok || n < 1 || n > 10 || isArabic(p.at(k)) || p.literal(t, "中 年 级 班") > t {
			return i
		}
		if r := p.before(i); r == '最' || r == '当' || r == '年' {
			return i
		}
		e.add(Day, step{op: opLunarDay, n: int16(n)})
		return t
	}
	n, k, ok := p.small(i)
	if !ok || n < 1 || n > 31 || e.empty() && !p.freeDigits(i) || p.at(i) == '两' {
		return i
	}
	m := p.spaces(k)
	if t := p.literal(m, "日"); t > m && e.empty() && n <= 10 && !isArabic(p.at(i)) && (p.skip(t, afterWord) > t || p.skip(t, beforeWord) > t) {
		return i // 三日后 is in three days
	}
	if t := p.literal(m, "号 日"); t > m {
		if p.literal(t, "元 語") > t && p.at(m) == '日' {
			return i
		}
		e.add(Day, step{op: opCycle, unit: Day, n: int16(n)})
		return t
	}
	if e.level != Month || e.last().op == opRel && !isArabic(p.at(i)) && n < 10 {
		return i
	}
	if isArabic(p.at(i)) && p.numberGoesOn(k) || p.at(k) == '.' {
		return i
	}
	if _, t, ok := p.unit(p.literal(m, "个 多")); ok && t > m || p.skip(m, measure) > m || p.literal(m, "点 : - /") > m {
		if p.literal(m, "-") > m && e.level == Month {
			e.add(Day, step{op: opCycle, unit: Day, n: int16(n)})
			return k
		}
		return i
	}
	e.add(Day, step{op: opCycle, unit: Day, n: int16(n)})
	return k
}
