package speech

import "strings"

// code writes what is read digit by digit: numbers of telephones and rooms, addresses, licence plates, trains.
func (w *writer) code(n *numeral) match {
	if m := w.address(n); m.end > 0 {
		return m
	}
	if m := w.plate(n); m.end > 0 {
		return m
	}
	if m := w.train(n); m.end > 0 {
		return m
	}
	if m := w.lettered(n); m.end > 0 {
		return m
	}
	if m := w.dashed(n); m.end > 0 {
		return m
	}
	if n.decimal() || n.form != digits && !(n.form == pair && n.run == n.end && w.behind(n.start, codeBefore)) {
		return match{}
	}
	count := (n.end - n.start) / len("零")
	spoken := strings.Contains(w.text[n.start:n.end], "幺")
	named := w.behind(n.start, codeBefore)
	if count < 3 && !spoken && !named {
		if !w.lex.coded(w.text[n.end:]) && (w.style.Single != SingleAll || w.style.KeepAlone) {
			return match{start: n.start, end: n.end}
		}
	}
	w.figures(n.start, n.end)
	kind := Digits
	if count >= 7 {
		kind = Telephone
	}
	return match{start: n.start, end: n.end, kind: kind, sure: spoken || named}
}

// dashed writes digits that are said with dashes between them: 零幺零杠六二三四, 三杠二杠五零一八. Single digits need a longer
// string beside them, or two dashes.
func (w *writer) dashed(n *numeral) match {
	if n.decimal() || n.form != digits && n.form != single {
		return match{}
	}
	parts, count, long := 0, 0, false
	end := n.start
	for k := n.start; ; {
		m := w.integer(k)
		if m.form != digits && m.form != single || m.decimal() || w.has(k, "两") {
			break
		}
		parts, count, end = parts+1, count+(m.end-m.start)/len("零"), m.end
		long = long || m.form == digits
		if k = w.dash(end); k == end {
			break
		}
	}
	if parts < 2 || parts == 2 && !long {
		return match{}
	}
	for k := n.start; k < end; {
		m := w.integer(k)
		if k > n.start {
			w.piece = append(w.piece, '-')
		}
		w.figures(m.start, m.end)
		k = w.dash(m.end)
		if m.end == end {
			break
		}
	}
	kind := Digits
	if count >= 7 {
		kind = Telephone
	}
	return match{start: n.start, end: end, kind: kind, sure: true}
}

// dash returns the end of a word for a dash at i, or i.
func (w *writer) dash(i int) int {
	for _, word := range [...]string{"横杠", "短横", "杠", "横线"} {
		if w.has(i, word) {
			return i + len(word)
		}
	}
	return i
}

// address writes three or more strings of digits with points between them: 127.0.0.1, 1.2.3.
func (w *writer) address(n *numeral) match {
	if n.form != digits && n.form != single {
		return match{}
	}
	parts, end := 0, n.start
	for {
		to := end
		for {
			d, k := w.digitAt(to)
			if d < 0 {
				break
			}
			to = k
		}
		if f := w.figureAt(to); to == end || f == figureTen || f == figureHundred || f == figureThousand {
			break
		}
		parts, end = parts+1, to
		if !w.has(end, "点") {
			break
		}
		end += len("点")
	}
	if w.text[max(end-len("点"), 0):end] == "点" {
		end -= len("点")
	}
	switch {
	case parts < 3:
		return match{}
	case strings.Trim(w.text[n.start:end], "一点") == "": // 一点一点一点
		return match{start: n.start, end: end}
	}
	for i := n.start; i < end; {
		if d, k := w.digitAt(i); d >= 0 {
			w.piece = append(w.piece, byte('0'+d))
			i = k
		} else {
			w.piece = append(w.piece, '.')
			i += len("点")
		}
	}
	return match{start: n.start, end: end, kind: Address, sure: true}
}

// plate writes a licence plate, whose first digits are n: 京A零七ZX三.
func (w *writer) plate(n *numeral) match {
	k, letters := n.start, 0
	for letters < maxPlate && k > 0 && (isLatin(rune(w.text[k-1])) || isDigit(rune(w.text[k-1]))) {
		k--
		letters++
	}
	r, size := w.before(k)
	if letters == 0 || size == 0 || !isLatin(rune(w.text[k])) || !strings.ContainsRune(w.lex.provinces, r) {
		return match{}
	}
	count, end := letters-1, n.start
	for count <= maxPlate {
		d, to := w.digitAt(end)
		if d >= 0 {
			w.piece = append(w.piece, byte('0'+d))
		} else if c, _ := w.rune(end); isLatin(c) || isDigit(c) {
			w.piece = append(w.piece, byte(c))
			to = end + 1
		} else {
			break
		}
		end = to
		count++
	}
	if r, _ := w.rune(end); count != 5 && count != 6 && (count != 4 || !strings.ContainsRune("港澳学警领挂试超", r)) {
		return match{}
	}
	return match{start: n.start, end: end, kind: Digits, sure: true}
}

const maxPlate = 7

// train writes the number of a train: 高一二三 is G123.
func (w *writer) train(n *numeral) match {
	if n.form != digits && n.form != single && n.form != pair || n.decimal() || n.scaled() {
		return match{}
	}
	count := (n.run - n.start) / len("一")
	r, size := w.before(n.start)
	letter := w.lex.trains[r]
	if letter == 0 || size == 0 || n.start-size < w.floor || count > 4 || n.run != n.end || w.text[n.start:n.end] == "两" {
		return match{}
	}
	k := n.start - size
	before, beforeSize := w.before(k)
	behind := false
	for _, word := range w.lex.words[trainAfter] {
		behind = behind || w.has(n.end, word)
	}
	ahead := beforeSize == 0 || !isHan(before) || strings.ContainsRune(w.lex.trainBefore, before)
	switch {
	case behind && count >= 1:
	case ahead && count >= 3:
	default:
		return match{}
	}
	if w.has(n.end, "班") || w.has(n.end, "年级") || w.has(n.end, "届") {
		return match{}
	}
	w.piece = append(w.piece, letter)
	w.figures(n.start, n.run)
	return match{start: k, end: n.end, kind: Digits, sure: true}
}

// lettered writes a number that a Latin letter touches: iPhone十五, A四, 五G.
func (w *writer) lettered(n *numeral) match {
	if n.form == pair && n.run != n.end || n.form == noNumber {
		return match{}
	}
	before, _ := w.before(n.start)
	after, size := w.rune(n.end)
	linked := w.last == Address && w.done == n.start
	left, right := isLatin(before), isLatin(after)
	if right {
		// Behind one letter, or several capitals, nothing but a word follows otherwise: 三App.
		next, _ := w.rune(n.end + size)
		right = after <= 'Z' && !('a' <= next && next <= 'z')
	}
	if left && n.small() {
		word := 1
		for k := n.start - 1; k > 0 && isLatin(rune(w.text[k-1])); k-- {
			if word++; word == 4 {
				break
			}
		}
		_, counts := w.lex.unit(w.text[n.end:])
		left = word == 1 || counts == 0 && n.value != 1 || !isHan(after)
		if n.value == 1 && word > 1 && isHan(after) || w.text[n.start:n.end] == "两" {
			left = false
		}
	}
	if !left && !right && !linked {
		return match{}
	}
	if n.form == pair {
		w.figures(n.start, n.run)
	} else {
		w.percentNumeral(n)
	}
	return match{start: n.start, end: n.end, kind: Digits, sure: true}
}

// link writes 艾特, 点, 下划线 and the like between the Latin letters and digits of an address.
func (w *writer) link(i int) int {
	if w.style.Spelled || i == 0 {
		return i
	}
	before := w.text[i-1]
	written := w.done == i && w.last != 0 && w.last != Time
	if !isLatin(rune(before)) && !isDigit(rune(before)) && !written {
		return i
	}
	for _, l := range w.lex.links {
		if !w.has(i, l.word) {
			continue
		}
		end := i + len(l.word)
		next, _ := w.rune(end)
		d, _ := w.digitAt(end)
		if isLatin(next) || isDigit(next) || l.mark != "." && d >= 0 {
			w.piece = append(w.piece[:0], l.mark...)
			w.replace(i, end, Address)
			return end
		}
	}
	return i
}
