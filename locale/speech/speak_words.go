package speech

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
)

//go:embed speak.txt
var speakTable string

//go:embed emoji.txt
var emojiTable string

// wordSet is a set of classes of speak.txt. A word may be of several.
type wordSet uint64

const (
	countWord wordSet = 1 << iota
	numberWord
	stretchAfter
	spellBefore
	dialBefore
	linking
	spellAfter
	namedNumber
	emergencyBefore
	emergencyAfter
	minusBefore
	sportWord
	ratioWord
	teamWord
	yearAfter
	dateBefore
	dateAfter
	fractionBefore
	perUnit
	amAfter
	pmAfter
	partBefore
	romanAfter
	plateBefore
	syllableWord
	fillerWord
	vehicleBefore
	vehicleAfter
	airline
	eventAfter
	capitals
	beforeEra
	sinceEra
	soloNumber
	figureBefore
	scoreBefore
	scoreAfter
	hotline
	amountBefore
	sinceAfter
	stretchBefore
	erhuaWord
)

var wordClasses = map[string]wordSet{
	"count": countWord, "number": numberWord, "stretch": stretchAfter, "spell": spellBefore, "dial": dialBefore,
	"linking": linking, "spellafter": spellAfter, "named": namedNumber, "emergency": emergencyBefore,
	"emergencyafter": emergencyAfter, "minus": minusBefore, "sport": sportWord, "ratio": ratioWord, "team": teamWord,
	"yearafter": yearAfter, "datebefore": dateBefore, "dateafter": dateAfter, "fractionbefore": fractionBefore,
	"per": perUnit, "am": amAfter, "pm": pmAfter, "part": partBefore, "romanafter": romanAfter, "plate": plateBefore,
	"noterhua": syllableWord, "filler": fillerWord,
	"vehiclebefore": vehicleBefore, "vehicleafter": vehicleAfter, "airline": airline, "event": eventAfter, "capitals": capitals, "bc": beforeEra, "ad": sinceEra, "solo": soloNumber, "figure": figureBefore, "scorebefore": scoreBefore, "scoreafter": scoreAfter, "hotline": hotline, "amountbefore": amountBefore,
	"since": sinceAfter, "stretchbefore": stretchBefore, "erhua": erhuaWord,
}

// symbolName is what a symbol of units.txt or currencies.txt stands for.
type symbolName struct {
	symbol           string
	formal, everyday string
	currency         bool
	doubtful         bool
	temperature      bool
	time             bool
}

// runeClasses is how many groups the characters fall into that words begin or end with.
const runeClasses = 1 << 11

// vocabulary is what the tables say, compiled.
type vocabulary struct {
	words   map[string]wordSet
	longest int                  // bytes of the longest word
	starts  [runeClasses]wordSet // by first character: classes of words that may begin with it
	ends    [runeClasses]wordSet // by last character

	symbols  [256][]symbolName // by first byte, longest first
	money    [256][]symbolName // symbols and codes of currencies
	emoji    map[string]string
	longForm map[string]string // how short forms are read out
}

var spokenWords = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{
		words: make(map[string]wordSet, 2000),
		emoji: make(map[string]string, 400), longForm: make(map[string]string, 40),
	}
	for fields := range tableLines(speakTable) {
		if fields[0] == "short" {
			v.longForm[fields[1]] = strings.Join(fields[2:], " ")
			continue
		}
		class, ok := wordClasses[fields[0]]
		if !ok {
			panic("speech: speak.txt: no class " + fields[0])
		}
		for _, w := range fields[1:] {
			v.add(w, class)
		}
	}
	for w, class := range v.words {
		v.longest = max(v.longest, len(w))
		first, _ := utf8.DecodeRuneInString(w)
		last, _ := utf8.DecodeLastRuneInString(w)
		v.starts[first%runeClasses] |= class
		v.ends[last%runeClasses] |= class
	}
	for fields := range tableLines(emojiTable) {
		for _, e := range fields[1:] {
			v.emoji[e] = fields[0]
		}
	}
	v.addSymbols()
	return v
})

// add adds a word in the folded form. What is counted is not numbered: the later line counts.
func (v *vocabulary) add(w string, class wordSet) {
	w, _ = (fold.Width | fold.Script).String(w)
	set := v.words[w]
	switch class {
	case countWord:
		set &^= numberWord
	case numberWord:
		set &^= countWord
	}
	v.words[w] = set | class
}

func (v *vocabulary) addSymbols() {
	add := func(table *[256][]symbolName, n symbolName) {
		n.symbol, _ = (fold.Width | fold.Script).String(n.symbol)
		table[n.symbol[0]] = append(table[n.symbol[0]], n)
	}
	for _, u := range units() {
		n := symbolName{formal: u.formal, everyday: u.everyday, temperature: u.dimension == "temperature", time: u.dimension == "time"}
		for _, n.symbol = range u.symbols {
			add(&v.symbols, n)
		}
		n.doubtful = true
		for _, n.symbol = range u.doubtful {
			add(&v.symbols, n)
		}
	}
	for _, c := range currencies() {
		n := symbolName{formal: c.formal, everyday: c.everyday, currency: true}
		for _, n.symbol = range append([]string{c.code}, c.symbols...) {
			add(&v.money, n)
		}
	}
	for _, table := range []*[256][]symbolName{&v.symbols, &v.money} {
		for i := range table {
			slices.SortStableFunc(table[i], func(a, b symbolName) int { return len(b.symbol) - len(a.symbol) })
		}
	}
}

// after returns the classes of the words that begin at i, and where the longest of those asked for ends.
func (p *speaker) after(i int, want wordSet) (set wordSet, end int) {
	if i < 0 || i >= len(p.text) {
		return 0, i
	}
	r, n := utf8.DecodeRuneInString(p.text[i:])
	end = i
	if p.words.starts[r%runeClasses]&want == 0 {
		return 0, i
	}
	for k := i + n; k <= len(p.text) && k-i <= p.words.longest; k += n {
		if found := p.words.words[p.text[i:k]] & want; found != 0 {
			set, end = set|found, k
		}
		if k == len(p.text) {
			break
		}
		_, n = utf8.DecodeRuneInString(p.text[k:])
	}
	return set, end
}

// longestAfter returns the class of the longest word of those classes that begins at i.
func (p *speaker) longestAfter(i int, want wordSet) wordSet {
	_, end := p.after(i, want)
	if end == i {
		return 0
	}
	return p.words.words[p.text[i:end]] & want
}

// before returns the classes of the words that end at i, and where the longest of those asked for begins.
func (p *speaker) before(i int, want wordSet) (set wordSet, start int) {
	if i <= 0 {
		return 0, i
	}
	r, n := utf8.DecodeLastRuneInString(p.text[:i])
	start = i
	if p.words.ends[r%runeClasses]&want == 0 {
		return 0, i
	}
	for k := i - n; k >= 0 && i-k <= p.words.longest; k -= n {
		if found := p.words.words[p.text[k:i]] & want; found != 0 && !(isLetter(p.text[k]) && isLatin(p.prev(k))) {
			set, start = set|found, k
		}
		if k == 0 {
			break
		}
		_, n = utf8.DecodeLastRuneInString(p.text[:k])
	}
	return set, start
}

// behind is before, with spaces, a colon or a word such as 是 between the word and i.
func (p *speaker) behind(i int, want wordSet) wordSet {
	for range 3 {
		for i > 0 && (p.text[i-1] == ' ' || p.text[i-1] == ':' || p.text[i-1] == '"' || p.text[i-1] == '(') {
			i--
		}
		if set, _ := p.before(i, want); set != 0 {
			return set
		}
		_, start := p.before(i, linking)
		if start == i {
			break
		}
		i = start
	}
	return 0
}

// near reports whether a word of the classes stands in the sentence within some characters of the part from i to j.
func (p *speaker) near(i, j int, want wordSet) bool {
	const reach = 48 // bytes
	for k := i - 1; k >= max(0, i-reach) && !p.endsSentence(k); k-- {

		if !utf8.RuneStart(p.text[k]) {
			continue
		}
		if set, _ := p.after(k, want); set != 0 {
			return true
		}
	}
	for k := j; k < min(len(p.text), j+reach) && !p.endsSentence(k); k++ {
		if !utf8.RuneStart(p.text[k]) {
			continue
		}
		if set, _ := p.after(k, want); set != 0 {
			return true
		}
	}
	return false
}

// endsSentence reports whether a mark that ends a sentence begins at i.
func (p *speaker) endsSentence(i int) bool {
	switch p.text[i] {
	case '\n', '!', '?', ';':
		return true
	case 0xE3:
		return p.at(i) == '。'
	}
	return false
}
