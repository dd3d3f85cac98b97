package speech

// A telephone number is at most so many groups and digits.
const (
	phoneGroups = 6
	phoneDigits = 16
)

// phoneGroup is a part of a telephone number.
type phoneGroup struct{ start, end int }

// telephone says telephone numbers of China: mobile, with area code, of companies and of emergency.
func (p *speaker) telephone(i, j int) int {
	if r := p.prev(i); r == '-' || r == '/' || p.o.NumbersOnly {
		return 0
	}
	n := j - i
	ds := p.text[i:j]
	if ds[0] == '0' && n >= 2 && n <= 4 && p.prev(i) == '(' && p.byteAt(j) == ')' && i-1 >= p.done {
		if k := p.bracketed(i, j); k > i {
			return k
		}
	}
	switch {
	case n == 11 && isMobile(ds) && !p.counted(j),
		n == 13 && ds[:2] == "86" && isMobile(ds[2:]),
		n == 15 && ds[:4] == "0086" && isMobile(ds[4:]),
		n == 10 && (ds[:3] == "400" || ds[:3] == "800") && !p.counted(j),
		(n == 11 || n == 12) && ds[0] == '0' && ds[1] >= '1' && ds[1] != '0' && !p.counted(j) && !(p.byteAt(j) == '.'):
		return p.sayPhone(phoneGroup{i, j})
	case n == 3 && (ds == "110" || ds == "119" || ds == "120" || ds == "122" || ds == "114" || ds == "117" || ds == "121"):
		before, _ := p.before(p.trim(i), emergencyBefore)
		after, _ := p.after(p.space(j), emergencyAfter)
		if (before|after) != 0 && (after != 0 || p.longestAfter(p.space(j), countWord|numberWord) == 0) {
			return p.sayPhone(phoneGroup{i, j})
		}
		return 0
	}
	return p.grouped(i, j)
}

// bracketed says a number with the area code in brackets: (010)8888-6666.
func (p *speaker) bracketed(i, j int) int {
	k := p.space(j + 1)
	m := p.digitsFrom(k)
	groups := []phoneGroup{{i, j}, {k, m}}
	total := m - k
	if total <= 4 && (p.byteAt(m) == '-' || p.byteAt(m) == ' ') {
		e := p.digitsFrom(m + 1)
		total += e - m - 1
		groups = append(groups, phoneGroup{m + 1, e})
	}
	if total != 7 && total != 8 {
		return 0
	}
	p.begin(i - 1)
	return p.sayGroups(groups)
}

func isMobile(ds string) bool { return len(ds) == 11 && ds[0] == '1' && ds[1] >= '3' }

// grouped says telephone numbers that are written in groups.
func (p *speaker) grouped(i, j int) int {
	var buf [phoneGroups]phoneGroup
	groups := append(buf[:0], phoneGroup{i, j})
	sep := p.byteAt(j)
	if sep != '-' && sep != ' ' {
		return 0
	}
	total := j - i
	for k := j; len(groups) < phoneGroups && (p.byteAt(k) == '-' || p.byteAt(k) == ' ') && isArabic(p.byteAt(k+1)); {
		e := p.digitsFrom(k + 1)
		total += e - k - 1
		if total > phoneDigits || p.text[k] == ' ' && e-k-1 < 3 {
			break
		}
		groups = append(groups, phoneGroup{k + 1, e})
		k = e
	}
	size := func(k int) int {
		if k >= len(groups) {
			return 0
		}
		return groups[k].end - groups[k].start
	}
	first := p.text[i:j]
	count := 0
	switch {
	case first == "86" && size(1) == 11: // 86 13800138000
		count = 2
	case size(0) == 3 && first[0] == '1' && first[1] >= '3' && size(1) == 4 && size(2) == 4:
		count = 3
	case (first == "400" || first == "800") && (size(1) == 3 && size(2) == 4 || size(1) == 4 && size(2) == 3):
		count = 3
	case (first == "400" || first == "800") && size(1) == 7:
		count = 2
	case (size(0) == 3 || size(0) == 4) && first[0] == '0' && first[1] != '0' && (size(1) == 7 || size(1) == 8):
		count = 2
		if sep == '-' && 1 <= size(2) && size(2) <= 5 && p.byteAt(groups[1].end) == '-' {
			count = 3 // an extension
		}
	case (size(0) == 3 || size(0) == 4) && first[0] == '0' && first[1] != '0' && size(1) >= 3 && size(1) <= 4 && size(2) == 4:
		count = 3
	case p.behind(i, dialBefore) != 0 && len(groups) > 1 && total >= 7 && !(size(0) == 4 && p.text[i] != '0' && sep == '-' && size(1) <= 2):
		count = len(groups)
	}
	if count == 0 {
		return 0
	}
	return p.sayPhone(groups[:count]...)
}

// international says what begins with the + at i: +86 138 0013 8000.
func (p *speaker) international(i int) int {
	j := p.digitsFrom(i + 1)
	if n := j - i - 1; n > phoneDigits || n == 0 {
		return 0
	}
	var buf [phoneGroups]phoneGroup
	groups, total := append(buf[:0], phoneGroup{i + 1, j}), j-i-1
	k := j
	if p.byteAt(k) == ')' {
		k++
	}
	for len(groups) < phoneGroups && total < phoneDigits {
		if (p.byteAt(k) == ' ' || p.byteAt(k) == '-') && isArabic(p.byteAt(k+1)) {
			k++
		} else if len(groups) > 1 || k == j || !isArabic(p.byteAt(k)) {
			break
		}
		e := p.digitsFrom(k)
		groups, total = append(groups, phoneGroup{k, e}), total+e-k
		k = e
	}
	if total < 10 || total > phoneDigits || j-i-1 > 3 && len(groups) > 1 || len(groups) == 1 && total < 11 {
		return 0
	}
	if p.byteAt(j) == ')' && p.prev(i) == '(' && i-1 >= p.done {
		i--
	}
	p.begin(i)
	p.say("加")
	return p.sayGroups(groups)
}

func (p *speaker) sayPhone(groups ...phoneGroup) int {
	p.begin(groups[0].start)
	return p.sayGroups(groups)
}

func (p *speaker) sayGroups(groups []phoneGroup) int {
	for k, g := range groups {
		if k > 0 {
			p.out = append(p.out, p.o.PhonePause...)
		}
		ds := p.text[g.start:g.end]
		if len(groups) == 1 && p.o.PhonePause != "" && isMobile(ds) {
			for _, part := range []string{ds[:3], ds[3:7]} {
				p.sayDialled(part)
				p.out = append(p.out, p.o.PhonePause...)
			}
			ds = ds[7:]
		}
		p.sayDialled(ds)
	}
	p.end = groups[len(groups)-1].end
	return p.finish(p.end, Telephone)
}

// trim returns the offset before spaces and quotes that end at i.
func (p *speaker) trim(i int) int {
	for i > 0 && (p.text[i-1] == ' ' || p.text[i-1] == '"' || p.text[i-1] == ':') {
		i--
	}
	return i
}
