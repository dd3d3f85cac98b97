package when

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

//go:embed words.txt
var wordTable string

//go:embed festivals.txt
var festivalTable string

// class is what a word does in an expression.
type class uint8

const (
	noClass class = iota
	trapWord
	nowWord
	relYear
	relDay
	relPart
	partWord
	shortPart
	nearWord
	unitWord
	weekWord
	calendarWord
	lunarMonth
	seasonWord
	monthPart
	yearPart
	eraWord
	termWord
	feastWord
	backWord
	aheadWord
	withinWord
	beforeWord
	afterWord
	sinceWord
	untilMark
	aboutBefore
	aboutAfter
	moreWord
	lessWord
	toWord
	fromWord
	againWord
	stopWord
	dateLink
	whileWord
	soonWord
	eachWord
	workdayWord
	holidayWord
	partEnd
	pointAfter
	dayAfter
	pointBefore
	clockBefore
	startWord
	notUnit
	notHour
	notPart
	notTerm
	notAround
	notWeekday
	stretchBefore
	surname
	measure
	feastAfter
	dayBefore
	passBefore
	notSince
	wordBefore
	classes
)

var classNames = map[string]class{
	"trap": trapWord, "now": nowWord, "year": relYear, "day": relDay, "daypart": relPart, "part": partWord,
	"shortpart": shortPart, "near": nearWord, "unit": unitWord, "week": weekWord, "calendar": calendarWord,
	"lunarmonth": lunarMonth, "season": seasonWord, "monthpart": monthPart,
	"yearpart": yearPart, "era": eraWord, "term": termWord, "back": backWord, "ahead": aheadWord,
	"within": withinWord, "before": beforeWord, "after": afterWord, "since": sinceWord, "until": untilMark,
	"about": aboutBefore, "orso": aboutAfter, "more": moreWord, "less": lessWord, "to": toWord, "from": fromWord,
	"again": againWord, "stop": stopWord, "link": dateLink, "while": whileWord, "soon": soonWord, "each": eachWord,
	"workday": workdayWord, "holiday": holidayWord, "partend": partEnd,
	"pointafter": pointAfter, "dayafter": dayAfter, "pointbefore": pointBefore, "clockbefore": clockBefore, "start": startWord, "notunit": notUnit, "nothour": notHour, "notpart": notPart,
	"notterm": notTerm, "notaround": notAround, "notweekday": notWeekday, "stretchbefore": stretchBefore,
	"surname": surname, "measure": measure, "feastafter": feastAfter, "daybefore": dayBefore, "passbefore": passBefore,
	"notsince": notSince, "wordbefore": wordBefore,
}

// valueNames are the values of classes that are written by name.
var valueNames = map[string]int{
	"second": int(Second), "minute": int(Minute), "hour": int(Hour), "day": int(Day), "week": int(Week),
	"month": int(Month), "quarter": int(Quarter), "year": int(Year), "decade": int(Decade), "century": int(Century),
	"dawn": int(Dawn), "earlymorning": int(EarlyMorning), "morning": int(Morning), "forenoon": int(Forenoon),
	"noon": int(Noon), "afternoon": int(Afternoon), "dusk": int(Dusk), "evening": int(Evening), "night": int(Night),
	"midnight": int(Midnight), "nighttime": int(Nighttime), "daytime": int(Daytime),
}

// entry is one word of the lexicon. The meaning of a and b depends on the class.
type entry struct {
	word  string // folded
	class class
	a, b  int16
}

// lexicon finds words by their first character; those of one character stand longest first.
type lexicon struct {
	entries  []entry
	first    map[rune][2]uint16 // range of entries
	festival []festival
	none     entry // no word

	ends [classes]string // words that are looked up from their ends
}

// words compiles the tables once.
var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{entries: make([]entry, 0, 1400), first: make(map[rune][2]uint16, 400)}
	for line := range strings.Lines(wordTable) {
		f := strings.Fields(line)
		if len(f) < 2 || f[0][0] == '#' {
			continue
		}
		c, ok := classNames[f[0]]
		if !ok {
			panic("when: words.txt: no class " + f[0])
		}
		var n [2]int
		rest := f[1:]
		for k := range n {
			if len(rest) == 0 {
				break
			}
			v, err := strconv.Atoi(rest[0])
			if err != nil {
				named, ok := valueNames[rest[0]]
				if !ok {
					break
				}
				v = named
			}
			n[k], rest = v, rest[1:]
		}
		switch c {
		case pointBefore, clockBefore, stretchBefore, surname, dayBefore, passBefore, wordBefore:
			l.ends[c] = strings.Join(rest, " ")
		default:
			for _, w := range rest {
				l.add(w, c, n[0], n[1])
			}
		}
	}
	l.addFestivals()
	slices.SortStableFunc(l.entries, func(a, b entry) int {
		ra, _ := utf8.DecodeRuneInString(a.word)
		rb, _ := utf8.DecodeRuneInString(b.word)
		if ra != rb {
			return int(ra) - int(rb)
		}
		return len(b.word) - len(a.word)
	})
	for i, e := range l.entries {
		r, _ := utf8.DecodeRuneInString(e.word)
		at, ok := l.first[r]
		if !ok {
			at[0] = uint16(i)
		}
		at[1] = uint16(i + 1)
		l.first[r] = at
	}
	return l
})

func (l *lexicon) add(w string, c class, a, b int) {
	folded, _ := fold.All.String(w)
	l.entries = append(l.entries, entry{word: folded, class: c, a: int16(a), b: int16(b)})
}

// word returns the longest word of the class at i.
func (p *parser) word(i int, c class) (*entry, int, bool) {
	s := p.wordsAt(i)
	if s.classes&(1<<c) == 0 {
		return &p.lex.none, i, false
	}
	for _, n := range s.entries[:s.n] {
		if e := &p.lex.entries[n]; e.class == c {
			return e, i + len(e.word), true
		}
	}
	return &p.lex.none, i, false
}

// place remembers the words that stand at a place in the text.
type place struct {
	at      int // in the text, counted on from text to text
	classes uint64
	n       int
	entries [maxWords]uint16 // longest first
}

const (
	places   = 64 // a power of two
	maxWords = 16 // that begin at one place
)

// skip returns the offset behind a word of the class at i, or i.
func (p *parser) skip(i int, c class) int {
	_, k, _ := p.word(i, c)
	return k
}

// wordsAt looks up the words at i, or remembers them from a moment ago.
func (p *parser) wordsAt(i int) *place {
	s := &p.places[i%places]
	if s.at == p.base+i {
		return s
	}
	*s = place{at: p.base + i}
	if i >= len(p.text) {
		return s
	}
	at := p.lex.first[p.at(i)]
	for n := at[0]; n < at[1] && s.n < maxWords; n++ {
		if e := &p.lex.entries[n]; strings.HasPrefix(p.text[i:], e.word) {
			s.entries[s.n] = n
			s.n++
			s.classes |= 1 << e.class
		}
	}
	return s
}

// inside are the classes of words that only go on with an expression or keep one from being read. There are at most
// 64 classes, as inside and place have a bit for each.
const inside = 1<<measure | 1<<notAround | 1<<notUnit | 1<<notHour | 1<<notPart | 1<<notTerm | 1<<notWeekday | 1<<feastAfter |
	1<<partEnd | 1<<pointAfter | 1<<dayAfter | 1<<moreWord | 1<<lessWord | 1<<aboutAfter | 1<<stopWord | 1<<withinWord | 1<<notSince | 0>>(64-classes)

// mayStart reports whether anything of an expression can stand at i.
func (p *parser) mayStart(i int) bool {
	r := p.at(i)
	if r < utf8.RuneSelf {
		return isArabic(r) || r == 't' || r == 'q' || r == '(' || isLatin(r) && p.wordsAt(i).n > 0
	}
	return p.wordsAt(i).classes&^inside != 0 || digitValue(r) >= 0 || isNumeral(r)
}

// at returns the character at i, or 0 outside the text.
func (p *parser) at(i int) rune {
	if i < 0 || i >= len(p.text) {
		return 0
	}
	if c := p.text[i]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeRuneInString(p.text[i:])
	return r
}

// before returns the character that ends at i, or 0.
func (p *parser) before(i int) rune {
	if i <= 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(p.text[:i])
	return r
}

// literal returns the offset behind the first of the words, which spaces divide, that stands at i, or i.
func (p *parser) literal(i int, words string) int {
	if i >= len(p.text) {
		return i
	}
	for w := 0; w < len(words); w++ {
		n := 0
		for w+n < len(words) && i+n < len(p.text) && words[w+n] == p.text[i+n] && words[w+n] != ' ' {
			n++
		}
		if w+n == len(words) || words[w+n] == ' ' {
			return i + n
		}
		for w += n; w < len(words) && words[w] != ' '; w++ {
		}
	}
	return i
}

// endsWith reports whether one of the words, which spaces divide, ends at i.
func (p *parser) endsWith(i int, words string) bool {
	for word, rest := nextWord(words); word != ""; word, rest = nextWord(rest) {
		if strings.HasSuffix(p.text[:i], word) {
			return true
		}
	}
	return false
}

// follows reports whether a word of the class ends at i.
func (p *parser) follows(i int, c class) bool { return p.endsWith(i, p.lex.ends[c]) }

func nextWord(s string) (word, rest string) {
	if n := strings.IndexByte(s, ' '); n >= 0 {
		return s[:n], s[n+1:]
	}
	return s, ""
}

func (p *parser) spaces(i int) int {
	for {
		switch p.at(i) {
		case ' ', '\t':
			i++
		case '\u3000':
			i += 3
		case '\u00a0':
			i += 2
		default:
			return i
		}
	}
}
