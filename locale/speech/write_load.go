package speech

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

//go:embed written.txt
var writtenTable string

//go:embed keep.txt
var keepTable string

//go:embed acronyms.txt
var acronymTable string

// writtenWords compiles the tables once.
var writtenWords = sync.OnceValue(func() *lexicon {
	l := &loader{
		lexicon: &lexicon{feasts: map[[2]uint64]bool{}, trains: map[rune]byte{}, triggers: new(runeSet), initials: new(runeSet)},
		units:   map[string]word{},
		lists:   map[string][]string{},
	}
	for _, u := range units() {
		l.addUnit(u)
	}
	for _, c := range currencies() {
		l.addCurrency(c)
	}
	for f := range tableLines(writtenTable) {
		l.add(f[0], f[1:])
	}
	l.words[lunarBefore], l.words[clockBefore], l.words[trainAfter] = l.lists["lunar"], l.lists["clock"], l.lists["trainbehind"]
	l.words[oldBefore], l.words[codeBefore] = l.lists["old"], l.lists["codebefore"]
	l.codedTrie, l.cutterTrie, l.sport = trieOf(l.lists["coded"], 0), trieOf(l.lists["cutter"], 0), trieOf(l.lists["sport"], 0)
	l.addUnits()
	l.addKept()
	l.addAcronyms()
	for _, r := range writtenTriggers {
		l.triggers.add(r)
	}
	return l.lexicon
})

// writtenTriggers are the characters of both scripts at which something can be rewritten: numerals, and the first of the
// words for what stands in addresses.
const writtenTriggers = "零〇○一壹弌二贰貳弍三叁參叄弎四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億兆廿卄卅卌两兩幺" + "点點艾小下横橫短中杠槓斜"

// loader makes a lexicon.
type loader struct {
	*lexicon
	units map[string]word     // by their names, folded
	lists map[string][]string // the words of classes that are only looked for
}

func foldedName(name string) string {
	name, _ = folding.String(name)
	return name
}

// addUnit adds a line of units.txt. Lengths of time are in written.txt, but for parts of a second.
func (l *loader) addUnit(u unit) {
	if u.dimension == "time" && !strings.HasSuffix(u.formal, "秒") || u.formal == "秒" {
		return
	}
	symbol := ""
	if all := append(u.symbols[:len(u.symbols):len(u.symbols)], u.doubtful...); len(all) > 0 {
		symbol = all[0]
	}
	switch symbol {
	case "℃":
		symbol = "°C"
	case "℉":
		symbol = "°F"
	}
	for _, name := range append([]string{u.formal, u.everyday}, u.names...) {
		name = foldedName(name)
		if _, taken := l.units[name]; taken || isLatin(rune(name[0])) || strings.HasSuffix(name, "每小时") {
			continue
		}
		w := word{kind: measuring, symbol: symbol, temperature: u.dimension == "temperature" || name == "度"}
		if len(name) <= len("米") {
			switch name {
			case "度", "米", "克", "升", "瓦", "伏":
			case "吨", "磅", "斤", "兆", "巴", "赫":
				w.symbol = ""
			default: // 节, 安: more often something else
				w = word{kind: counting}
			}
		}
		l.units[name] = w
	}
}

// addCurrency adds a line of currencies.txt, but for the yuan. Its sign is its symbol, or its code if that has letters.
func (l *loader) addCurrency(c currency) {
	sign := c.code
	if len(c.symbols) > 0 && !strings.ContainsFunc(c.symbols[0], isLatin) {
		sign = c.symbols[0]
	}
	for _, name := range append([]string{c.formal, c.everyday}, c.names...) {
		name = foldedName(name)
		if _, taken := l.units[name]; !taken && len(name) > len("元") && c.code != "CNY" {
			l.units[name] = word{kind: paying, sign: sign}
		}
	}
}

// add adds a line of written.txt. The first of the words can be a value.
func (l *loader) add(class string, words []string) {
	switch class {
	case "counter", "duration", "label", "measure":
		for _, name := range words {
			l.addWord(class, foldedName(name))
		}
	case "yuan", "kuai", "jiao":
		for _, name := range words[1:] {
			w := word{kind: payingYuan, spoken: class == "kuai" || name == "元"}
			switch class {
			case "jiao":
				w.kind, w.spoken = payingJiao, name == "毛"
			case "yuan":
				w.sign, w.code = words[0], words[0]
			}
			l.units[foldedName(name)] = w
		}
	case "sign", "code":
		for _, name := range words[1:] {
			name = foldedName(name)
			w := l.units[name]
			w.kind = paying
			if class == "code" {
				w.code = words[0]
			} else {
				w.sign = words[0]
			}
			l.units[name] = w
		}
	case "half":
		l.halves = addPhrases(l.halves, words, false)
	case "operator", "compare":
		l.operators = addPhrases(l.operators, words, class == "compare")
	case "link":
		l.links = addPhrases(l.links, words, false)
	case "train":
		r := []rune(words[1])[0]
		l.trains[r] = words[0][0]
	case "feast":
		for _, day := range words {
			m, d, _ := strings.Cut(day, "-")
			month, _ := strconv.ParseUint(m, 10, 8)
			date, _ := strconv.ParseUint(d, 10, 8)
			l.feasts[[2]uint64{month, date}] = true
		}
	case "trainbefore":
		l.trainBefore = words[0]
	case "notminus":
		l.notMinus = words[0]
	case "province":
		l.provinces = words[0]
	default:
		for _, name := range words {
			l.lists[class] = append(l.lists[class], foldedName(name))
		}
	}
}

// addWord adds a word behind numbers. A measure word does not take the place of a unit, nor a unit without a symbol
// that of one that has one.
func (l *loader) addWord(class, name string) {
	old := l.units[name]
	switch {
	case class == "counter" && old.kind == 0:
		l.units[name] = word{kind: counting}
	case class == "duration":
		l.units[name] = word{kind: lasting}
	case class == "label":
		l.units[name] = word{kind: labelling}
	case class == "measure" && old.kind != measuring:
		l.units[name] = word{kind: measuring}
	}
}

func addPhrases(all []phrase, words []string, compares bool) []phrase {
	for _, name := range words[1:] {
		all = append(all, phrase{word: name, mark: words[0], compares: compares})
	}
	return all
}

func (l *loader) addUnits() {
	entries := make([]doublearray.Entry, 0, len(l.units))
	for name, w := range l.units {
		entries = append(entries, doublearray.Entry{Key: name, Value: uint32(len(l.behind))})
		l.behind = append(l.behind, w)
	}
	l.behindTrie = newTrie(entries)
}

func (l *loader) addKept() {
	var firm, loose []string
	for f := range tableLines(keepTable) {
		if f[0] == "loose" {
			loose = append(loose, f[1:]...)
		} else {
			firm = append(firm, f[1:]...)
		}
	}
	l.kept = newTrie(append(entriesOf(firm, keptFirm), entriesOf(loose, keptLoose)...))
}

func (l *loader) addAcronyms() {
	var entries []doublearray.Entry
	for f := range tableLines(acronymTable) {
		entries = append(entries, entriesOf(f[1:], uint32(len(l.initialsOf)))...)
		l.initialsOf = append(l.initialsOf, f[0])
	}
	for _, e := range entries {
		l.initials.add([]rune(e.Key)[0])
	}
	l.acronyms = newTrie(entries)
}

// entriesOf gives the words the same value.
func entriesOf(words []string, value uint32) []doublearray.Entry {
	entries := make([]doublearray.Entry, 0, len(words))
	for _, name := range words {
		entries = append(entries, doublearray.Entry{Key: foldedName(name), Value: value})
	}
	return entries
}

func trieOf(words []string, value uint32) *doublearray.Trie { return newTrie(entriesOf(words, value)) }

// newTrie panics if a word stands twice in a table, which the tests would show.
func newTrie(entries []doublearray.Entry) *doublearray.Trie {
	trie, err := doublearray.New(entries)
	if err != nil {
		panic("speech: a table of words: " + err.Error())
	}
	return trie
}
