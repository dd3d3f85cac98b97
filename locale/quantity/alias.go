package quantity

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// alias is one way to write a unit.
type alias struct {
	text  string
	unit  Unit   // 0 for a word such as 元 that leaves the currency open
	part  int64  // of money: how many make one of the currency
	limit string // characters that must not follow
	latin bool   // matches without regard to case
}

// lexicon holds all names and symbols, longest first. Symbols of several letters are in lower case; those of
// one letter and the codes of currencies are as they must be written.
type lexicon struct {
	starting map[rune][]alias // by first character
	leading  map[rune][]alias // those of currencies by last character: they may stand before the number
}

var names = sync.OnceValue(func() *lexicon {
	l := &lexicon{make(map[rune][]alias), make(map[rune][]alias)}
	for u, d := range units {
		if u == 0 {
			continue
		}
		for _, a := range append(strings.Fields(d.aliases), d.name) {
			l.add(alias{text: fitCase(strings.ReplaceAll(a, "_", " ")), unit: Unit(u), limit: notAfter[Unit(u)]})
		}
	}
	l.addMoney()
	for i, d := range counters() {
		l.add(alias{text: d.name, unit: firstCounter + Unit(i), limit: notAfterCounter[d.name]})
	}
	for _, m := range []map[rune][]alias{l.starting, l.leading} {
		for r, as := range m {
			as = slices.Clone(as) // without the room that growing left
			m[r] = as
			slices.SortStableFunc(as, func(a, b alias) int { return len(b.text) - len(a.text) })
		}
	}
	return l
})

func (l *lexicon) add(a alias) {
	a.latin = a.part == 0 && len(a.text) > 1 && strings.ContainsFunc(a.text, func(r rune) bool { return 'a' <= r && r <= 'z' })
	r, _ := utf8.DecodeRuneInString(a.text)
	l.starting[r] = append(l.starting[r], a)
}

// addMoney adds the names of currencies: the everyday ones first, then those of the table that are not taken.
func (l *lexicon) addMoney() {
	taken := make(map[string]bool)
	add := func(text string, u Unit, part int64) {
		if text, _ = view.String(text); taken[text] {
			return
		}
		taken[text] = true
		a := alias{text: text, unit: u, part: part, limit: notAfterMoney[text]}
		l.add(a)
		if u != 0 && part == 1 && utf8.RuneCountInString(text) > 1 || !isHanText(text) {
			r, _ := utf8.DecodeLastRuneInString(text)
			l.leading[r] = append(l.leading[r], a)
		}
	}
	for line := range strings.Lines(everydayNames) {
		fields := strings.Fields(line)
		for i := 1; i < len(fields); i++ {
			add(fields[i], Currency(fields[0]), 1)
		}
	}
	for line := range strings.Lines(minorNames) {
		fields := strings.Fields(line)
		for i := 2; i < len(fields); i++ {
			add(fields[i], Currency(fields[0]), part(fields[1]))
		}
	}
	for line := range strings.Lines(plainMoney) {
		fields := strings.Fields(line)
		for i := 1; i < len(fields); i++ {
			add(fields[i], 0, part(fields[0]))
		}
	}
	for _, w := range strings.Fields(centWords) {
		add(w, 0, 100)
	}
	for i, line := 0, currencyTable; line != ""; {
		row, rest, _ := strings.Cut(line, "\n")
		line = rest
		if fields := strings.Split(row, "\t"); !strings.HasPrefix(row, "#") {
			for _, name := range fields {
				if strings.Contains(codeWords, " "+name+" ") {
					continue
				}
				add(name, firstCurrency+Unit(i), 1)
			}
			i++
		}
	}
}

// part returns how many of a small coin make one of its currency.
func part(s string) int64 {
	switch s {
	case "100":
		return 100
	case "10":
		return 10
	}
	return 1
}

// fitCase writes a symbol as it is looked for.
func fitCase(a string) string {
	if len(a) > 1 && a[0] < utf8.RuneSelf {
		return strings.ToLower(a)
	}
	return a
}

func isHanText(s string) bool {
	for _, r := range s {
		if !isHan(r) {
			return false
		}
	}
	return true
}

func isHan(r rune) bool { return '\u4e00' <= r && r <= '\u9fff' || '\u3400' <= r && r <= '\u4dbf' }
