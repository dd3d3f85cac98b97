package privacy

import (
	"sync"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

// A role says what a character can be at the beginning of something that is not yet complete.
type role uint32

const (
	han         role = 1 << iota
	streetStop       // is not in a street or its name, if nothing else tells
	addressStop      // is not in an address
	streetEnd        // in what a street ends with, or what stands between that and a number
	surnameHead      // begins a surname
	doubleHead       // begins one of several characters
	doubleTail       // is in one
	notGiven         // is not in a given name
	elder            // 老大小, between a name and a title
	army             // before 字第
	armyWord         // 字
	ordinal          // 第
	plateHead        // begins a licence plate
	placeHead        // begins a division
	titleHead        // begins a title
	shortTitle       // is a title
	shortLabel       // is a label of names
	shortPlace       // is a label of addresses
	strong           // a digit or letter, or what only stands between these
	spoken           // a Chinese digit, or 十
	ofNumber         // after a Chinese digit: the number goes on, or is one of a door
	joins            // between the parts of a number, or before it
	nameGlue         // between a label and a name
	placeGlue        // between a label and an address
	dot              // in a name
	unseen           // invisible
	pairHead         // begins a pair
	mailWord         // in the label of a mailbox
)

// notable are the roles that change what is waited for.
const notable = strong | spoken | ofNumber | joins | addressStop | shortTitle | shortLabel | shortPlace | dot | unseen

// A lead is what two characters can be.
type lead uint8

const (
	leadTitle   lead = 1 << iota // the beginning of a title
	leadName                     // the end of a label of names
	leadAddress                  // the end of a label of addresses
	leadPlace                    // the beginning of a division
	leadSurname                  // the beginning of a long surname
)

// beginnings are the tables of what something can begin with.
type beginnings struct {
	roles  [classified]role
	pairs  map[[2]rune]lead
	filter [1 << 12]uint64 // of pairs, in all their forms
	plain  plainSet
}

// of returns the role of a character.
func (t *beginnings) of(r rune) role {
	switch {
	case uint32(r) < classified:
		return t.roles[r]
	case invisible(r):
		return unseen
	case isHan(unify(folded.Rune(r))):
		return han
	}
	return 0
}

// leadBit returns the bit of two characters in the filter.
func leadBit(a, b rune) (index, bit uint32) {
	h := (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> 9 & 0x3FFFF
	return h >> 6, h & 63
}

// lead returns what two characters are.
func (t *beginnings) lead(a, b rune) lead {
	if index, bit := leadBit(a, b); t.filter[index]>>bit&1 == 0 {
		return 0
	}
	return t.pairs[[2]rune{fold.All.Rune(a), fold.All.Rune(b)}]
}

var beginningTable = sync.OnceValue(func() *beginnings {
	t := &beginnings{pairs: make(map[[2]rune]lead)}
	by := make(map[rune]role) // of folded characters
	add := func(chars string, c role) {
		for _, r := range chars {
			by[r] |= c
		}
	}
	add(startStops+innerStops, streetStop)
	for _, r := range "和向上有前" { // begin common names
		by[r] &^= streetStop
	}
	add(innerStops, streetStop|addressStop)
	add("甲乙丙丁东南西北附负第", streetEnd)
	add("老大小", elder)
	add(militaryPrefixes, army)
	add("字", armyWord)
	add("第", ordinal)
	add("@", strong)
	add("十百廿", spoken)
	add("年之月日#", ofNumber)
	add(" :.-_()+,，、/|·", joins)
	add("“”《》、", addressStop)
	add(" :=\"'“”([|-\n>【「*是为", nameGlue)
	add("·", dot)
	add("邮箱<", mailWord)
	add(" :=号码编是为的\"'“”‘’「『([{<>【〔《|/、\\-_#·.了人我个\n*`→~卡证件请到加都就有用改成尾本他她您你+及和", placeGlue)
	t.addWords(by)
	classes := classTable()
	for r := range rune(classified) {
		f := r
		if r >= 0x80 {
			f = unify(folded.Rune(r))
		}
		c := by[f]
		if isHan(f) {
			c |= han
		}
		switch class := classes[r]; {
		case class&word != 0:
			c |= strong
		case class&numeral != 0:
			c |= spoken
		}
		if classes[r]&province != 0 {
			c |= plateHead
		}
		if invisible(r) {
			c = unseen
		}
		t.roles[r] = c
		if r >= firstHan && r <= lastHan && c&(spoken|strong|plateHead|mailWord) == 0 {
			t.plain.add(r)
		}
	}
	for _, r := range "，。、！？；…“”《》" {
		t.plain.add(r)
	}
	t.fill()
	return t
})

// addWords adds what the tables of words tell.
func (t *beginnings) addWords(by map[rune]role) {
	for _, ends := range [][][]rune{streetEnds(), estateEnds()} {
		for _, w := range ends {
			for _, r := range w {
				by[r] |= streetEnd
			}
		}
	}
	for _, w := range doorEnds() {
		by[w[0]] |= ofNumber
	}
	for _, places := range divisionTable().byFirst {
		for _, p := range places {
			by[p.name[0]] |= placeHead
			by[p.name[0]] &^= addressStop // as 都 in 都江堰
			t.pairs[[2]rune(p.name)] |= leadPlace
		}
	}
	names := nameTable()
	for r := range names.single {
		by[r] |= surnameHead
	}
	for r := range names.never {
		by[r] |= notGiven
	}
	for pair := range names.compound {
		by[pair[0]] |= surnameHead | doubleHead
		by[pair[1]] |= doubleTail
	}
	for _, w := range names.long {
		by[w[0]] |= surnameHead
		t.pairs[[2]rune(w)] |= leadSurname
	}
	for _, words := range cueTable().byFirst {
		for _, w := range words {
			for _, kind := range w.kinds {
				t.addCue(by, w, kind)
			}
		}
	}
}

// addCue adds a cue, by its beginning if a name stands before it and by its end if one stands after it.
func (t *beginnings) addCue(by map[rune]role, w cueWord, kind cueKind) {
	first, last := w.text[0], w.text[len(w.text)-1]
	var short role
	var end lead
	switch kind {
	case cueTitle, cueOffice:
		by[first] |= titleHead
		if len(w.text) > 1 {
			t.pairs[[2]rune(w.text)] |= leadTitle
		} else {
			by[first] |= shortTitle
		}
		return
	case cueName, cueCalled, cueIAm, cueSurname:
		short, end = shortLabel, leadName
	case cueAddress:
		short, end = shortPlace, leadAddress
	default:
		return
	}
	if len(w.text) > 1 {
		t.pairs[[2]rune(w.text[len(w.text)-2:])] |= end
	} else {
		by[last] |= short
	}
}

// fill fills the filter of pairs with all their forms.
func (t *beginnings) fill() {
	forms := make(map[rune][]rune)
	for p := range t.pairs {
		forms[p[0]], forms[p[1]] = []rune{p[0]}, []rune{p[1]}
	}
	for r := rune(0x80); r < classified; r++ {
		f := fold.All.Rune(r)
		if list, ok := forms[f]; ok && f != r {
			forms[f] = append(list, r)
		}
	}
	for p := range t.pairs {
		for _, a := range forms[p[0]] {
			t.roles[a] |= pairHead
			for _, b := range forms[p[1]] {
				index, bit := leadBit(a, b)
				t.filter[index] |= 1 << bit
			}
		}
	}
}
