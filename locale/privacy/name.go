package privacy

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// Names are found by what stands around them, never by themselves: a label, a title, somebody who introduces himself,
// or other private data beside them.

//go:embed surnames.txt
var surnameText string

//go:embed given.txt
var givenText string

//go:embed bounds.txt
var boundText string

type nameWords struct {
	single   map[rune]bool
	frequent map[rune]bool // of single, the most frequent
	rare     map[rune]bool // of single, those that mean something else where they stand alone
	compound map[[2]rune]bool
	long     [][]rune // of three and more characters
	common   map[rune]bool
	never    map[rune]bool
	after    map[[2]rune]bool // end a name
	not      map[[2]rune]bool // begin as a name does
}

var nameTable = sync.OnceValue(func() *nameWords {
	t := &nameWords{
		single: make(map[rune]bool), frequent: make(map[rune]bool), compound: make(map[[2]rune]bool),
		after: make(map[[2]rune]bool), not: make(map[[2]rune]bool),
	}
	for line := range strings.Lines(surnameText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			w, _ := fold.All.String(w)
			switch r := []rune(w); {
			case len(r) == 2:
				t.compound[[2]rune(r)] = true
			case len(r) <= 4:
				t.long = append(t.long, r)
			default:
				for i, one := range r {
					t.single[one] = true
					if i < 120 { // the table begins with the most frequent
						t.frequent[one] = true
					}
				}
			}
		}
	}
	for name, words := range rows(givenText) {
		switch name {
		case "常":
			t.common = runesOf(words)
		case "非":
			t.never = runesOf(words)
		}
	}
	for name, words := range rows(boundText) {
		if name == "孤" {
			t.rare = runesOf(words)
			continue
		}
		for _, w := range words {
			w, _ := fold.All.String(w)
			r := []rune(w)
			pair := [2]rune{r[0]}
			if len(r) > 1 {
				pair[1] = r[1]
			}
			if name == "界" {
				t.after[pair] = true
			} else {
				t.not[pair] = true
			}
		}
	}
	for r := range t.never {
		delete(t.common, r)
	}
	return t
})

// surname returns the length of the surname at i, the longest there is.
func (t *nameWords) surname(v *view, i int) int {
	for _, s := range t.long {
		if v.has(i, s) {
			return len(s)
		}
	}
	if t.compound[[2]rune{v.at(i), v.at(i + 1)}] {
		return 2
	}
	if t.single[v.at(i)] {
		return 1
	}
	return 0
}

// ends reports whether a name can end at i: it is at the end of its characters, or a word follows that ends it.
func (t *nameWords) ends(v *view, i int) bool {
	r := v.at(i)
	return !isHan(r) || t.never[r] || t.after[[2]rune{r, v.at(i + 1)}] || t.after[[2]rune{r}] || containsRune("和与跟及来今现电手性女", r) || v.beginsCue(i)
}

// given reports how well a character fits into a given name: not at all, or by 1 or 2.
func (t *nameWords) given(r rune) int {
	switch {
	case !isHan(r) || t.never[r]:
		return 0
	case t.common[r]:
		return 2
	}
	return 1
}

func (v *view) findNames() {
	t := nameTable()
	for _, q := range v.cues {
		switch q.kind {
		case cueName:
			v.labelledNames(t, q)
		case cueCalled:
			v.calledName(t, v.afterGlue(q.to), 1)
		case cueIAm:
			v.calledName(t, v.afterGlue(q.to), 2)
		case cueSurname:
			if n := t.surname(v, q.to); n > 0 && t.ends(v, q.to+n) {
				v.add(Name, q.to, q.to+n, Unchecked, Likely, ByLabel|BySurname)
			}
		case cueTitle:
			v.titledName(t, q.from, false)
		case cueOffice:
			v.titledName(t, q.from, true)
		}
	}
	v.neighbourNames(t)
}

// afterGlue skips blanks and punctuation after a cue.
func (v *view) afterGlue(i int) int {
	for k := 0; k < 6; k++ {
		switch v.at(i) {
		case ' ', ':', '=', '"', '\'', '“', '”', '(', '[', '|', '-', '\n', '>', '【', '「', '*':
			i++
		default:
			return i
		}
	}
	return i
}

// labelledNames reads the names after a label, of which there may be several.
func (v *view) labelledNames(t *nameWords, q cue) {
	start := v.afterGlue(q.to)
	if start == q.to && (v.at(start) == '是' || v.at(start) == '为') {
		start = v.afterGlue(start + 1)
	}
	direct := start == q.to
	if q.colon && !v.colonIn(q.to, start) {
		return
	}
	for k := 0; k < 20; k++ {
		end := v.nameAt(t, start, direct)
		if end == 0 {
			return
		}
		v.add(Name, start, end, Unchecked, Certain, ByLabel|BySurname)
		switch v.at(end) {
		case '、', '/', '和', '与', '及', '&':
			start = end + 1
		default:
			return
		}
	}
}

func (v *view) colonIn(from, to int) bool {
	for i := from; i < to; i++ {
		if v.r[i] == ':' || v.r[i] == '=' {
			return true
		}
	}
	return false
}

// nameAt returns the end of the name at i, or 0. If the label stands directly before it without a colon, only what
// looks like a name is one.
func (v *view) nameAt(t *nameWords, i int, direct bool) int {
	if end := v.dottedName(t, i); end > 0 && !direct {
		return end
	}
	n := t.surname(v, i)
	if n == 0 || t.not[[2]rune{v.at(i), v.at(i + 1)}] || direct && n == 1 && t.rare[v.at(i)] {
		return 0
	}
	size := 0 // of the given name
	for size < 3 && t.given(v.at(i+n+size)) > 0 && !t.ends(v, i+n+size) {
		size++
	}
	if size == 3 {
		if t.ends(v, i+n+3) && n == 1 && !direct && t.single[v.at(i+1)] { // two surnames
			return i + n + 3
		}
		if !direct && isHan(v.at(i+n+3)) || direct || !t.ends(v, i+n+2) {
			// A sentence goes on behind the name.
			size = 2
			if t.given(v.at(i+n+1)) < 2 {
				size = 1
			}
			if !direct && t.ends(v, i+n+3) {
				return 0
			}
		}
	}
	switch {
	case size == 0:
		return 0
	case direct && (t.given(v.at(i+n)) < 2 && (size < 2 || t.given(v.at(i+n+1)) < 2) || !t.ends(v, i+n+size)):
		return 0
	}
	return i + n + size
}

// dottedName returns the end of a name such as 阿依古丽·买买提 at i, or 0.
func (v *view) dottedName(t *nameWords, i int) int {
	parts, end := 0, i
	for {
		start := end
		for isHan(v.at(end)) && end-start < 7 && !t.never[v.at(end)] && !containsRune("或和与及出而并即又", v.at(end)) {
			end++
		}
		if end == start || end-start == 7 {
			return 0
		}
		parts++
		if v.at(end) != '·' || parts > 4 {
			break
		}
		end++
	}
	if parts < 2 {
		return 0
	}
	return end
}

// calledName reads the name of somebody who tells it. Every character of a given name must fit by at least the number.
func (v *view) calledName(t *nameWords, i, fit int) {
	if end := v.dottedName(t, i); end > 0 {
		v.add(Name, i, end, Unchecked, Likely, ByLabel)
		return
	}
	n := t.surname(v, i)
	if n == 0 || t.not[[2]rune{v.at(i), v.at(i + 1)}] || fit == 2 && n == 1 && t.rare[v.at(i)] {
		return
	}
	size := 0
	for size < 2 && t.given(v.at(i+n+size)) >= fit && !(size > 0 && t.ends(v, i+n+size)) {
		size++
	}
	if size == 2 && !t.ends(v, i+n+2) && t.given(v.at(i+n+1)) < 2 {
		size = 1
	}
	if size == 0 || fit == 2 && !t.ends(v, i+n+size) {
		return
	}
	v.add(Name, i, i+n+size, Unchecked, Likely, ByLabel|BySurname)
}

// titledName reads the name before a title. Before an office, only a surname that stands alone or a name that fits well
// is one: an office often follows other words.
func (v *view) titledName(t *nameWords, end int, office bool) {
	for k := 0; k < 2 && containsRune("老大小", v.at(end-1)) && t.single[v.at(end-2)]; k++ {
		end-- // 方老先生
	}
	for size := 4; size >= 1; size-- {
		from := end - size
		if from < v.lead {
			continue
		}
		n := t.surname(v, from)
		if given := size - n; n == 0 || given < 0 || given > 2 || v.notName(t, from, end) || !t.titled(v, from, n, given, office) {
			continue
		}
		confidence := Likely
		if size > n && v.freeBefore(t, from) {
			confidence = Certain
		}
		v.add(Name, from, end, Unchecked, confidence, ByTitle|BySurname)
		return
	}
}

// titled reports whether a surname of n characters at from and a given name after it are a name before a title.
func (t *nameWords) titled(v *view, from, n, given int, office bool) bool {
	fit, least := 0, 2
	for i := from + n; i < from+n+given; i++ {
		g := t.given(v.r[i])
		fit += g
		least = min(least, g)
	}
	free := v.freeBefore(t, from)
	first, last := v.r[from], v.r[from+n+given-1]
	frequent := n > 1 || t.frequent[first]
	switch {
	case given == 0:
		return free && (n > 1 || !t.rare[first])
	case least == 0 || last == '女' || last == '男' || given == 1 && last == '国':
		return false
	case n == 1 && t.rare[first] && (!free || fit < 2*given || t.single[v.r[from+1]]):
		return false
	case given == 1:
		return free && (frequent || fit == 2) && !(t.single[last] && fit < 2) && !(office && fit < 2)
	case !free:
		return frequent && fit == 4
	}
	return fit >= 3 || frequent && !office
}

// notName reports whether a word that is no name begins within the characters.
func (v *view) notName(t *nameWords, from, end int) bool {
	if t.not[[2]rune{v.at(from), v.at(from + 1)}] || t.not[[2]rune{v.at(from - 1), v.at(from)}] {
		return true
	}
	for _, q := range v.cues {
		if q.from < end && q.to > from && q.to-q.from > 1 {
			return true
		}
	}
	return false
}

// freeBefore reports whether a name can begin at i: nothing of a word stands before it, or one that leads to names.
func (v *view) freeBefore(t *nameWords, i int) bool {
	r := v.at(i - 1)
	return i == v.lead || !isHan(r) || t.never[r] || v.endsCue(i) || containsRune("请和与跟及由找给是叫向让为同对问陪帮替由老小邀约见等访接托经谢将把被位迎待问位逢遇拜", r)
}

// neighbourNames reads names that stand beside numbers: 张三 13812345678.
func (v *view) neighbourNames(t *nameWords) {
	for _, f := range v.found {
		switch f.Type {
		case Mobile, ResidentID, Landline, BankCard, Address, Passport, OldResidentID:
		default:
			continue
		}
		from, to := v.cellsOf(f)
		end := from
		for k := 0; k < 3 && containsRune(" (:|/-+", v.at(end-1)); k++ {
			end--
		}
		if f.Type != Address && isHan(v.at(end-1)) {
			begin := end
			for begin > v.lead && isHan(v.r[begin-1]) && end-begin < 5 {
				begin--
			}
			v.besideName(t, begin, end)
		}
		begin := to
		for k := 0; k < 3 && containsRune(" )|/-", v.at(begin)); k++ {
			begin++
		}
		if begin > to && isHan(v.at(begin)) {
			stop := begin
			for isHan(v.at(stop)) && stop-begin < 5 {
				stop++
			}
			v.besideName(t, begin, stop)
		}
	}
}

// besideName adds the name that the characters are, if they are one.
func (v *view) besideName(t *nameWords, from, end int) {
	n := t.surname(v, from)
	given := end - from - n
	if n == 0 || given < 1 || given > 2 || v.notName(t, from, end) {
		return
	}
	fit := 0
	for i := from + n; i < end; i++ {
		g := t.given(v.r[i])
		if g == 0 {
			return
		}
		fit += g
	}
	if fit < given+1 {
		return
	}
	v.add(Name, from, end, Unchecked, Possible, ByNeighbour|BySurname)
}

// cellsOf returns the characters of a finding.
func (v *view) cellsOf(f Finding) (from, to int) {
	return v.cellAt(f.Start), v.cellAt(f.End)
}

// cellAt returns the first character that begins at the offset or later.
func (v *view) cellAt(offset int) int {
	low, high := 0, len(v.r)
	for low < high {
		mid := (low + high) / 2
		if v.base+int(v.from[mid]) < offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
