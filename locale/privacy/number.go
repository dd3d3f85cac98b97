package privacy

// A group is digits in succession, all of them Arabic or all Chinese. Separators may join it to the group before.
type group struct {
	from, to int
	join     rune // 0 if it begins a run, '=' if it follows directly, otherwise what stands between
}

const maxDigits = 20 // in a number

// A number is one or more groups that are read as one number.
type number struct {
	v        *view
	from, to int
	first    int // of the groups
	last     int
	digits   []byte // their values
	spans    [maxDigits]int
	parts    int     // how many groups
	reasons  Reasons // of the way it is written
	alone    bool    // not a part of a longer number
	plain    bool    // nothing speaks against it: no unit, no currency, no letters, no label of another number
}

// findNumbers looks at all numbers of the block.
func (v *view) findNumbers() {
	for a := range v.groups {
		n := number{v: v, first: a, from: v.groups[a].from}
		var digits [maxDigits]byte
		count := 0
		for b := a; b < len(v.groups) && (b == a || v.groups[b].join != 0); b++ {
			g := v.groups[b]
			if count+g.to-g.from > maxDigits || n.parts == maxDigits {
				break
			}
			for i := g.from; i < g.to; i++ {
				digits[count] = v.value(i)
				count++
			}
			if v.is(g.from, numeral) {
				n.reasons |= SpokenDigits
			}
			n.spans[n.parts] = g.to - g.from
			n.parts++
			if n.parts == 2 {
				n.reasons |= Separated
			}
			n.last, n.to, n.digits = b, g.to, digits[:count]
			if count >= 5 {
				n.judge()
				n.match()
			}
		}
	}
}

// readGroups finds the groups of digits and how they are joined.
func (v *view) readGroups() {
	v.groups = v.groups[:0]
	const digits = digit | numeral
	end := -1 // of the last group
	for i := v.numberStart(); i < len(v.r); {
		if !v.is(i, digits) {
			i++
			continue
		}
		kind := v.c[i] & digits
		g := group{from: i, to: i + 1}
		for v.is(g.to, kind) {
			g.to++
		}
		if kind == numeral && g.to == i+1 && isHan(v.at(i-1)) && !v.is(i-1, digits) && !v.is(i+1, digits) && !v.is(i+2, numeral) {
			i++ // 张三
			continue
		}
		if end >= 0 && end == g.from {
			g.join = '='
		} else if end >= 0 && g.from-end <= 3 {
			g.join = v.joint(end, g.from)
		}
		v.groups = append(v.groups, g)
		i, end = g.to, g.to
	}
}

// numberStart returns the first place of the block where no number from before goes on.
func (v *view) numberStart() int {
	i := v.lead
	if i > 0 && v.is(i-1, digit|numeral) && (v.is(i, digit|numeral)) {
		for v.is(i, v.c[i-1]&(digit|numeral)) {
			i++
		}
	}
	return i
}

// joint returns the separator that the characters between two groups are, or 0.
func (v *view) joint(from, to int) rune {
	var joint rune = ' '
	for i := from; i < to; i++ {
		switch r := v.r[i]; r {
		case ' ':
		case '-', '.', '·', '_', '(', ')':
			joint = r
		case '，', ',', '、':
			if !v.is(from-1, numeral) || !v.is(to, numeral) {
				return 0
			}
			joint = ' '
		default:
			return 0
		}
	}
	return joint
}

// judge looks at what stands around the number.
func (n *number) judge() {
	v := n.v
	n.alone, n.plain = true, true
	inner := rune(0)
	if n.parts > 1 {
		inner = v.groups[n.first+1].join
	}
	beside := func(join rune, neighbour group) {
		size := neighbour.to - neighbour.from
		switch {
		case join == 0 || join == '=':
		case (join == '-' || join == '.' || join == '·') && size != 11:
			n.alone = false
		case n.parts > 1 && join == inner && size >= 3 && size <= 5:
			n.alone = false
		case n.parts > 1 && join == inner && n.spans[0] == size && size <= 2:
			n.alone = false
		}
	}
	if n.first > 0 {
		beside(v.groups[n.first].join, v.groups[n.first-1])
	}
	if n.last+1 < len(v.groups) {
		beside(v.groups[n.last+1].join, v.groups[n.last+1])
	}
	if v.is(n.from-1, letter) && !v.endsCue(n.from) || v.is(n.to, letter) && !v.beginsCue(n.to) && !(v.lower(n.to) == 'x' && v.is(n.to+1, digit) && n.parts > 1) {
		n.alone = false
	}
	switch v.at(n.from - 1) {
	case '¥', '￥', '$', '€', '£', '#', '№':
		n.plain = false
	case '.', ',':
		n.alone = n.alone && !v.is(n.from-2, digit)
	case '-', '_':
		n.alone = n.alone && (!v.is(n.from-2, letter) || v.endsCue(n.from-1))
		n.plain = n.plain && !v.is(n.from-2, letter)
	}
	switch v.at(n.to) {
	case '元', '万', '亿', '块', '%', '‰', '美', '个', '件', '条', '次', '台', '吨', '秒', '毫', '字', '十', '百', '千', '年', '月', '页', '¥', '$':
		n.plain = false
	case ',', '.':
		n.alone = n.alone && !(v.is(n.to+1, digit) && v.r[n.to] == ',' && v.is(n.to+2, digit) && v.is(n.to+3, digit) && !v.is(n.to+4, digit))
	case '-', '_':
		n.plain = n.plain && !v.is(n.to+1, letter)
	}
	if v.labelled(n.from, cueOther) {
		n.plain = false
	}
}

func (v *view) endsCue(i int) bool {
	for k := len(v.cues) - 1; k >= 0 && v.cues[k].to >= i; k-- {
		if v.cues[k].to == i {
			return true
		}
	}
	return false
}

func (v *view) beginsCue(i int) bool {
	for k := len(v.cues) - 1; k >= 0 && v.cues[k].from >= i; k-- {
		if v.cues[k].from == i {
			return true
		}
	}
	return false
}

// grouped reports whether the number is written in one piece or in groups of the sizes given, of which the last may be
// larger or smaller in what a size of 0 stands for.
func (n *number) grouped(sizes ...int) bool {
	if n.parts != len(sizes) {
		return false
	}
	for i, size := range sizes {
		if size != 0 && n.spans[i] != size {
			return false
		}
	}
	return true
}

// whole reports whether the number takes up all groups of its run.
func (n *number) whole() bool {
	return n.v.groups[n.first].join == 0 && (n.last+1 == len(n.v.groups) || n.v.groups[n.last+1].join == 0)
}

// loose reports whether the groups are those of someone who separates every digit or two, or who spells a number out.
func (n *number) loose() bool {
	if !n.whole() {
		return false
	}
	if n.reasons&SpokenDigits != 0 {
		return true
	}
	for i, size := range n.spans[:n.parts] {
		if size > 2 && !(size == 3 && i == 0 && n.parts > 4) {
			return false
		}
	}
	return true
}

// value returns the number of the digits from:to.
func (n *number) value(from, to int) int {
	value := 0
	for _, d := range n.digits[from:to] {
		value = value*10 + int(d)
	}
	return value
}

// match reads the number as everything it can be.
func (n *number) match() {
	n.matchIdentity()
	n.matchPermit()
	n.matchPhone()
	n.matchCard()
	n.matchAccount()
}
