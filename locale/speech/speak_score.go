package speech

import "strings"

// score says the result of a match beside the name of a team: 拉齐奥 2/2, 湖人98-95火箭.
func (p *speaker) score(i, j int) int {
	sep := p.byteAt(j)
	if j-i > 3 || sep != '/' && sep != ':' && sep != '-' || !isArabic(p.byteAt(j+1)) {
		return 0
	}
	k := p.digitsFrom(j + 1)
	if next := p.at(k); k-j-1 > 3 || next == rune(sep) || next == '.' || next == '%' {
		return 0
	}
	if sep == '/' && (strings.HasPrefix(p.text[k:], "mmHg") || strings.HasSuffix(p.text[:p.trim(i)], "血压")) {
		p.replace(i, j, Score, string(appendCardinal(nil, p.text[i:j], p.o.Two)))
		return p.replace(j, j+1, Score, "比") // of blood: 120/80mmHg
	}
	left, right := i, p.space(k)
	for left > 0 && p.text[left-1] == ' ' {
		left--
	}
	_, start := p.before(left, teamWord)
	_, end := p.after(right, teamWord)
	before, after := start < left, end > right
	if !before && !after {
		return 0
	}
	if !(before && after) {
		// One team alone is not enough for what is also a time, a fraction or a range.
		if sep == ':' && k-j-1 == 2 && !p.isResult(i, k) || isHan(p.at(k)) && !after {
			return 0
		}
		alone := before && p.endsClause(k) && (p.o.AnyMinus || p.number(i, j) >= p.number(j+1, k))
		if sep == '-' && !alone && !p.near(i, k, sportWord) {
			return 0
		}
	}
	if !before {
		left = i
	}
	if !after {
		right = k
	}
	p.begin(left)
	p.sayCardinal(p.text[i:j])
	p.say("比")
	p.sayCardinal(p.text[j+1 : k])
	p.end = right
	return p.finish(right, Score)
}

// endsClause reports whether nothing stands at i that could be counted or go on: the end or a mark.
func (p *speaker) endsClause(i int) bool {
	r := p.at(p.space(i))
	return r == 0 || strings.ContainsRune(",.!?;)\n。、」』”", r)
}

// isScore reports whether two numbers with a hyphen, from i to j, are a score: the sentence is about a match.
func (p *speaker) isScore(i, j int) bool { return p.near(i, j, sportWord) }

// isResult reports whether what could be a time, from i to j, is a score: 比分21:15, 以21:15取胜. Before a match there
// are times: 比赛19:30开始.
func (p *speaker) isResult(i, j int) bool {
	if p.last == Score && p.end > 0 && (p.text[p.end:i] == "、" || p.text[p.end:i] == "," || p.text[p.end:i] == " ") {
		return true // 25:18、25:20
	}
	before, _ := p.before(p.trim(i), scoreBefore)
	_, end := p.after(p.space(j), scoreAfter)
	return end > j && p.space(j) != end || before != 0 && p.at(j) != '为' && p.near(i, j, sportWord)
}

// isRatio reports whether what could be a time, from i to j, is a proportion: 比例为1:20.
func (p *speaker) isRatio(i, j int) bool {
	_, end := p.after(j, ratioWord)
	return end > j || p.behind(i, ratioWord) != 0
}

// proportion says 3:2, and 1:2:3.
func (p *speaker) proportion(i, j int) int {
	if p.byteAt(j) == '.' {
		j = p.decimalEnd(i) // 1.05:1
	}
	if p.byteAt(j) != ':' || !isArabic(p.byteAt(j+1)) {
		return 0
	}
	k := j
	for p.byteAt(k) == ':' && isArabic(p.byteAt(k+1)) && k-i < 64 {
		k = p.decimalEnd(k + 1)
	}
	p.begin(i)
	for from := i; from < k; {
		e := p.decimalEnd(from)
		p.sayDecimal(from, e)
		if from = e + 1; from < k {
			p.say("比")
		}
	}
	p.end = k
	return p.finish(k, Score)
}
