package when

import (
	"time"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// parser reads expressions from the folded characters of one text. Its reading methods take the index to
// start at and return the index behind what they read; they leave no trace when they fail.
type parser struct {
	src     string
	runes   []rune // folded, one for one
	offsets []int  // of each rune in src, and the length of src
	ref     time.Time
	today   time.Time // midnight before ref
	opt     Options
	words   map[rune][]entry
}

func newParser(s string, ref time.Time, opt Options) *parser {
	p := &parser{src: s, ref: ref, opt: opt, words: lexiconAt()}
	p.today = time.Date(ref.Year(), ref.Month(), ref.Day(), 0, 0, 0, 0, ref.Location())
	p.runes = make([]rune, 0, len(s)/2+1)
	p.offsets = make([]int, 0, len(s)/2+2)
	for i, r := range s {
		p.runes = append(p.runes, fold(r))
		p.offsets = append(p.offsets, i)
	}
	p.offsets = append(p.offsets, len(s))
	return p
}

// at returns the character at i, or 0 outside the text.
func (p *parser) at(i int) rune {
	if i < 0 || i >= len(p.runes) {
		return 0
	}
	return p.runes[i]
}

// word returns the longest word at i that has one of the roles.
func (p *parser) word(i int, roles ...role) (entry, int, bool) {
	for _, e := range p.words[p.at(i)] {
		for _, r := range roles {
			if e.role == r && p.has(i, e.word) {
				return e, i + len(e.word), true
			}
		}
	}
	return entry{}, i, false
}

func (p *parser) has(i int, w []rune) bool {
	if len(p.runes)-i < len(w) {
		return false
	}
	for k, r := range w {
		if p.runes[i+k] != r {
			return false
		}
	}
	return true
}

// literal returns the index behind the first of the words that stands at i, or i.
func (p *parser) literal(i int, words ...string) int {
next:
	for _, w := range words {
		k := i
		for _, r := range w {
			if p.at(k) != r {
				continue next
			}
			k++
		}
		return k
	}
	return i
}

// precededBy reports whether one of the words ends at i.
func (p *parser) precededBy(i int, words []string) bool {
	for _, w := range words {
		if from := i - len([]rune(w)); from >= 0 && p.literal(from, w) == i {
			return true
		}
	}
	return false
}

func (p *parser) spaces(i int) int {
	for p.at(i) == ' ' || p.at(i) == '\t' || p.at(i) == '\u3000' || p.at(i) == '\u00a0' {
		i++
	}
	return i
}

// digitValue returns the value of one Arabic or Chinese digit, or -1.
func digitValue(r rune) int {
	switch r {
	case '零', '〇':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	if '0' <= r && r <= '9' {
		return int(r - '0')
	}
	return -1
}

func isArabic(r rune) bool { return '0' <= r && r <= '9' }

// small reads a whole number of at most two digits, as clocks and calendars have: 8, 08, 八, 二十三, 零五.
func (p *parser) small(i int) (v, end int, ok bool) {
	switch r := p.at(i); {
	case isArabic(r):
		for end = i; isArabic(p.at(end)); end++ {
			if end-i == 2 {
				return 0, i, false
			}
			v = v*10 + int(p.at(end)-'0')
		}
		return v, end, !isArabic(p.at(i-1)) && p.at(i-1) != '.'
	case r == '十':
		v, end = 10, i+1
	case r == '廿' || r == '卅':
		v, end = 20, i+1
		if r == '卅' {
			v = 30
		}
	case digitValue(r) >= 0:
		v, end = digitValue(r), i+1
		if p.at(end) == '十' {
			v, end = v*10, end+1
			if v == 0 {
				return 0, i, false
			}
		} else {
			if d := digitValue(p.at(end)); d > 0 && v == 0 && !isArabic(p.at(end)) { // 零五
				return d, end + 1, digitValue(p.at(end+1)) < 0
			}
			return v, end, digitValue(p.at(end)) < 0
		}
	default:
		return 0, i, false
	}
	if d := digitValue(p.at(end)); d > 0 && !isArabic(p.at(end)) {
		v, end = v+d, end+1
	}
	return v, end, digitValue(p.at(end)) < 0 && p.at(end) != '百' && p.at(end) != '十'
}

// amount reads any number that a unit of time may follow: 90, 一百二十, 1.5, 三点五.
func (p *parser) amount(i int) (n number.Number, end int, ok bool) {
	const longest = 24 // characters; nobody counts time in longer numbers
	for end = i; end-i < longest && isNumeral(p.at(end)); end++ {
	}
	if end == i || end-i == longest || !mayCount(p.at(end)) {
		return n, i, false
	}
	if r := p.at(end); r == '.' || r == '点' {
		k := end + 1
		for k-i < longest && digitValue(p.at(k)) >= 0 && p.at(k) != '两' {
			k++
		}
		if k > end+1 {
			if n, err := number.Parse(p.src[p.offsets[i]:p.offsets[k]]); err == nil {
				return n, k, true
			}
		}
	}
	n, err := number.Parse(p.src[p.offsets[i]:p.offsets[end]])
	return n, end, err == nil
}

// mayCount reports whether a unit of time, or what may stand before one, begins with r.
func mayCount(r rune) bool {
	switch r {
	case '个', '半', ' ', '\u3000', '\u00a0', '.', '点', '秒', '分', '刻', '小', '钟', '天', '日', '昼', '周', '星', '礼', '月', '季', '年', 's', 'm', 'h':
		return true
	}
	return false
}

func isNumeral(r rune) bool {
	switch r {
	case '十', '百', '千', '万', '亿', '几', '数', '多', '廿', '卅':
		return true
	}
	return digitValue(r) >= 0
}
