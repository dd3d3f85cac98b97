package when

import (
	"strings"
	"unicode/utf8"
)

// standsAlone reports whether the words from i to end, which could be something else, are a time by what stands
// around them.
func (p *parser) standsAlone(i, end int, m *meaning) bool {
	e := &m.a
	if p.opt.Only == Clocks && e.hasDate() {
		return false
	}
	if p.opt.Only == Holidays {
		s := e.last()
		return s.op == opFestival || s.op == opTerm || e.n > 1 && e.steps[1].op == opFestival
	}
	if e.n != 1 {
		return true
	}
	s := e.steps[0]
	switch s.op {
	case opCycle:
		switch s.unit {
		case Hour:
			return p.loneHour(i, end, m)
		case Minute:
			return false
		case Day:
			return p.loneDay(i, end)
		case Month:
			return isArabic(p.at(i)) || !p.follows(i, surname) // 李三月
		}
	case opYear:
		return !isArabic(p.at(end))
	case opPart:
		return p.text[i:end] != "年头" && (p.text[i:end] != "年中" || i == 0 && p.closes(end) || p.endsWith(i, ", 。 到 在 于 至"))
	case opFestival:
		return p.loneFestival(i, end)
	}
	return true
}

// loneFestival refuses festivals named by bare numbers inside longer numbers.
func (p *parser) loneFestival(i, end int) bool {
	_, _, isNumber := p.hanDigit(i)
	if !isNumber && p.at(i) != '十' {
		return true
	}
	if utf8.RuneCountInString(p.text[i:end]) > 2 {
		return true
	}
	r := p.before(i)
	if digitValue(r) >= 0 || r == '十' || r == '第' || r == '百' || r == '千' || r == '万' || r == '加' || r == '减' || r == '周' || r == '有' || r == '之' {
		return false
	}
	next := p.at(end)
	if next == 0 || next == ' ' || p.closes(end) {
		return i == 0 || p.closes(i-len(string(r)))
	}
	return p.skip(end, feastAfter) > end && p.literal(end, "后卫") == end
}

// closes reports whether no Chinese word can go on at i.
func (p *parser) closes(i int) bool {
	r := p.at(i)
	return r < 0x2E80 && !isLatin(r) && !isArabic(r) || '\u3000' <= r && r <= '〿'
}

// loneDay tells the 5号 of the month from the house, the line or the player of that number.
func (p *parser) loneDay(i, end int) bool {
	word := p.text[i:end]
	if strings.HasSuffix(word, "日") {
		return p.literal(end, "元 本 语 历 报 子 夜 游 均 一次 一小 一大 一游 一报") == end && p.before(i) != '第'
	}
	if !strings.HasSuffix(word, "号") {
		return true // 初八
	}
	if p.opt.Policy.NumberNeedsMonth {
		return false
	}
	return !isLatin(p.before(i)) && !p.follows(i, dayBefore) && p.skip(end, dayAfter) == end
}

// loneHour tells the 三点 that is an hour from three points, from decimals and from 一点, a little.
func (p *parser) loneHour(i, end int, m *meaning) bool {
	word := p.text[i:end]
	switch {
	case strings.HasSuffix(word, "点钟"), strings.HasSuffix(word, "点整"), strings.HasSuffix(word, "点正"):
		return true
	case strings.HasSuffix(word, "时"):
		return i == 0 && end == len(p.text) || isArabic(p.at(i)) && !p.endsWith(i, "第") && !p.isCondition(i) || word == "零时"
	case !strings.HasSuffix(word, "点"):
		return true
	}
	if r := p.at(end); digitValue(r) >= 0 || r == '几' || r == '十' || r == '.' || p.skip(end, pointAfter) > end {
		return false
	}
	if p.at(i) == '一' {
		return i == 0 && end == len(p.text) || p.follows(i, clockBefore) && (p.literal(end, "不 没 无") == end || p.literal(end, "不到 没到") > end)
	}
	return !p.follows(i, pointBefore) || p.endsWith(i, "最早 最晚")
}

// isCondition reports whether the 时 of a number at i means when, not an hour: 为 0 时, 超过 8 时.
func (p *parser) isCondition(i int) bool {
	for p.before(i) == ' ' {
		i--
	}
	return p.endsWith(i, "为 等于 小于 大于 超过 达到 不足 低于 高于 =") && !p.endsWith(i, "间为 刻为 点为")
}
