package normalize

import "strings"

// Punctuation says which forms punctuation has.
type Punctuation uint8

// The forms of punctuation.
const (
	// FullPunctuation writes half-width marks in Chinese text as Chinese does: , after a Han character as ，, "" around
	// Chinese as “”, () as （）, ... as ……, -- as ——, and a row of equal marks as one, of ！ and ？ as three at most. Marks
	// in numbers, names of files, links and code, between backticks or fenced, stay.
	FullPunctuation Punctuation = iota + 1
	// HalfPunctuation writes Chinese marks as ASCII, with a space where English has one: ，, 。, “” and the others.
	HalfPunctuation
)

func (o Punctuation) edit() blockEdit {
	if o == FullPunctuation {
		return widenPunctuation
	}
	return narrowPunctuation
}

func (o Punctuation) span(s string) int                           { return o.edit().span(s) }
func (o Punctuation) write(e *editor, s string, _ part, from int) { o.edit().write(e, s, from) }
func (Punctuation) known(s string, _ int) (n, looked int)         { return knownBlocks(s) }

// A widener makes the punctuation of a block full-width.
type widener struct {
	*block
	spared []bool
}

func widenPunctuation(b *block) {
	w := widener{b, spare(b)}
	for start := 0; start < len(w.r); {
		end := start
		for end < len(w.r) && w.r[end] != '\n' {
			end++
		}
		w.line(start, end)
		start = end + 1
	}
}

// spare returns which characters are in links and in code.
func spare(b *block) []bool {
	spared := make([]bool, len(b.r)+1)
	b.fenced(func(from, to int) {
		for ; from < to; from++ {
			spared[from] = true
		}
	})
	open := -1
	for i := 0; i < len(b.r); i++ {
		if spared[i] {
			open = -1
			continue
		}
		if end := b.linkEnd(i); end > i {
			for ; i < end; i++ {
				spared[i] = true
			}
			i--
			continue
		}
		switch b.r[i] {
		case '\n':
			open = -1
		case '`':
			if open < 0 {
				open = i
				continue
			}
			for ; open <= i; open++ {
				spared[open] = true
			}
			open = -1
		}
	}
	return spared
}

func (w widener) line(start, end int) {
	w.pairs(start, end, '(', ')', '（', '）')
	w.quotes(start, end)
	for i := start; i < end; i++ {
		if w.spared[i] || w.drop[i] {
			continue
		}
		switch r := w.r[i]; r {
		case ',', ';', '!', '?', ':':
			if w.pauses(i, start, end) {
				w.widen(i, end, r-'!'+'！')
			}
		case '.', '。', '…':
			w.stop(i, start, end)
		case '-', '—':
			w.dash(i, start, end)
		}
	}
	w.repeated(start, end)
}

// set has r instead of character i.
func (w widener) set(i int, r rune) {
	w.replace(i, string(r))
	w.r[i] = r
}

// widen has the full-width r instead of character i, which needs no space behind it.
func (w widener) widen(i, end int, r rune) {
	w.set(i, r)
	w.dropBlanks(i+1, end, 1)
}

// dropBlanks takes out the spaces from character i on, unless they end the line.
func (w widener) dropBlanks(i, end, step int) {
	last := i
	for last >= 0 && last < end && w.r[last] == ' ' {
		last += step
	}
	if last < 0 || last >= end || w.r[last] == '\n' {
		return
	}
	for ; i != last; i += step {
		w.dropAll(i, i+1)
	}
}

const (
	closers = "”’）」』】》〉)]\"'"
	openers = "“‘（「『【《〈([\"'"
)

// left returns the character in front of character i that tells what text it is in.
func (w widener) left(i, start int) rune {
	for i--; i >= start; i-- {
		if !w.drop[i] && !strings.ContainsRune(closers, w.r[i]) {
			return w.r[i]
		}
	}
	return 0
}

// touches reports whether no space is left in front of character i.
func (w widener) touches(i int) bool {
	for i--; i >= 0 && w.drop[i]; i-- {
	}
	return !isBlank(w.rune(i))
}

// isChinese reports whether r stands in Chinese text: a Chinese character or mark.
func isChinese(r rune) bool {
	return isCJK(r) || r != 0 && strings.ContainsRune("，。！？；：、…—《》「」『』【】（）", r)
}

// pauses reports whether the mark at character i belongs to Chinese text.
func (w widener) pauses(i, start, end int) bool {
	l, next := w.left(i, start), w.rune(i+1)
	switch {
	case next == '=', w.r[i] == '!' && next == '[', w.r[i] == ';' && w.endsEntity(i), w.r[i] == ':' && (next == ')' || next == '(' || next == '/' || next == '-'):
		return false
	case isWord(l), l == '`':
		return isCJK(next)
	}
	return isChinese(l) && w.touches(i)
}

// stop makes of the dots from character i on what they stand for.
func (w widener) stop(i, start, end int) {
	dots := ".…"
	if w.r[i] == '。' {
		dots = "。"
	}
	if i > start && strings.ContainsRune(dots, w.r[i-1]) {
		return
	}
	n := i + 1
	for n < end && strings.ContainsRune(dots, w.r[n]) {
		n++
	}
	l, next := w.left(i, start), w.rune(n)
	near := isChinese(l) && w.touches(i) || isCJK(next)
	switch run := string(w.r[i:n]); {
	case run == ".":
		if isCJK(l) && w.touches(i) && !w.numbered(i, start) &&
			(isBlank(next) || isCJK(next) || strings.ContainsRune(closers, next)) {
			w.widen(i, end, '。')
		}
	case !near, run == "..", run == "……", run == "。":
	case run == "。。":
		w.dropAll(i+1, n)
	default:
		w.replace(i, "……")
		w.dropAll(i+1, n)
		for ; i < n; i++ {
			w.r[i] = '…'
		}
	}
}

// numbered reports whether the line up to character i is a number of a list.
func (w widener) numbered(i, start int) bool {
	if i > start+8 {
		return false
	}
	for ; start < i; start++ {
		if !strings.ContainsRune(" 一二三四五六七八九十百", w.r[start]) {
			return false
		}
	}
	return true
}

// dash makes of the hyphens or the dash from character i on the dash of Chinese.
func (w widener) dash(i, start, end int) {
	r := w.r[i]
	if i > start && w.r[i-1] == r {
		return
	}
	n := i + 1
	for n < end && w.r[n] == r {
		n++
	}
	from, to := i, n
	for from > start && w.r[from-1] == ' ' {
		from--
	}
	for to < end && w.r[to] == ' ' {
		to++
	}
	fits := r == '-' && (n == i+2 || n == i+3) || r == '—' && n == i+1
	if !fits || from == start || to == end || !isCJK(w.r[from-1]) || !isCJK(w.r[to]) {
		return
	}
	w.dropAll(from, to)
	w.drop[i] = false
	w.replace(i, "——")
	for j := i; j < n; j++ {
		w.r[j] = '—'
	}
}

// repeated leaves one of a row of equal marks, and three of ！ and ？.
func (w widener) repeated(start, end int) {
	last, exclaimed := rune(0), 0
	for i := start; i < end; i++ {
		r := w.r[i]
		if w.drop[i] {
			continue
		}
		if w.spared[i] {
			last, exclaimed = 0, 0
			continue
		}
		switch r {
		case '，', '、', '；', '：':
			if r == last {
				w.dropAll(i, i+1)
			}
		}
		if r == '！' || r == '？' {
			if exclaimed++; exclaimed > 3 {
				w.dropAll(i, i+1)
			}
		} else {
			exclaimed = 0
		}
		last = r
	}
}

// hasCJK reports whether a Chinese character stands in [from, to).
func (w widener) hasCJK(from, to int) bool {
	for ; from < to; from++ {
		if isCJK(w.r[from]) {
			return true
		}
	}
	return false
}

// maxDeep is how deep brackets are looked into.
const maxDeep = 16

// pairs makes brackets around Chinese, and right behind it, full-width.
func (w widener) pairs(start, end int, open, closed, wideOpen, wideClosed rune) {
	var stack [maxDeep]int
	deep := 0
	for i := start; i < end; i++ {
		if w.spared[i] {
			continue
		}
		switch w.r[i] {
		case open:
			if deep == maxDeep {
				return
			}
			stack[deep] = i
			deep++
		case closed:
			if deep == 0 {
				continue
			}
			deep--
			from := stack[deep]
			if from > start && w.r[from-1] == ']' {
				continue // a link of Markdown
			}
			if i > from+1 && (w.hasCJK(from+1, i) || from > start && isCJK(w.r[from-1])) {
				w.set(from, wideOpen)
				w.set(i, wideClosed)
				w.dropBlanks(from-1, end, -1)
				w.widen(i, end, wideClosed)
			}
		}
	}
}

// quotes makes straight quotes around Chinese, and those that touch it, curly.
func (w widener) quotes(start, end int) {
	double, single := -1, -1
	for i := start; i < end; i++ {
		if w.spared[i] {
			continue
		}
		switch w.r[i] {
		case '"':
			if double < 0 {
				if !isDigit(w.rune(i - 1)) { // 5" is a length
					double = i
				}
				continue
			}
			if w.hasCJK(double+1, i) || i > double+1 && (double > start && isCJK(w.r[double-1]) || i+1 < end && isCJK(w.r[i+1])) {
				w.set(double, '“')
				w.set(i, '”')
			}
			double = -1
		case '\'':
			if single < 0 {
				if !isWord(w.rune(i-1)) && i+1 < end && !isBlank(w.r[i+1]) {
					single = i
				}
				continue
			}
			if isWord(w.rune(i+1)) || isBlank(w.r[i-1]) {
				continue // an apostrophe
			}
			if w.hasCJK(single+1, i) {
				w.set(single, '‘')
				w.set(i, '’')
			}
			single = -1
		}
	}
}

// ascii has what a Chinese mark is in ASCII.
var ascii = map[rune]string{
	'，': ",", '、': ",", '。': ".", '：': ":", '；': ";", '！': "!", '？': "?", '～': "~", '…': "...", '—': "--",
	'“': "\"", '”': "\"", '‘': "'", '’': "'", '（': "(", '）': ")", '【': "[", '】': "]", '「': "\"", '」': "\"", '『': "'", '』': "'",
}

// narrowPunctuation makes the punctuation of a block ASCII.
func narrowPunctuation(b *block) {
	for i := 0; i < len(b.r); i++ {
		r := b.r[i]
		if r < '—' || isCJK(r) {
			continue
		}
		half := ascii[r]
		if half == "" {
			continue
		}
		if (r == '…' || r == '—') && b.rune(i+1) == r { // two of them are one mark
			b.dropAll(i+1, i+2)
			b.replace(i, half)
			i++
			continue
		}
		b.replace(i, half)
		l, next := b.rune(i-1), b.rune(i+1)
		switch {
		case strings.ContainsRune(openers, r):
			if !isBlank(l) && ascii[l] == "" && (isWord(l) || isCJK(l)) {
				b.insert(i)
			}
		case strings.ContainsRune("～…—’』", r):
		case isWord(next), isCJK(next), strings.ContainsRune(openers, next) && next != 0 && next >= 0x80:
			if !b.space[i+1] && !(r == '：' && isDigit(l) && isDigit(next)) {
				b.insert(i + 1)
			}
		}
	}
}
