package match

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// MaxRunes is the length of the longest word in characters.
const MaxRunes = 4096

// A Word is something to look for.
type Word struct {
	Text     string
	Category string  // what kind of word it is; free to the caller
	Weight   float64 // how much it counts; free to the caller
}

// Differences says what sets a text apart from a word. The zero Differences is none of these.
type Differences uint8

// The differences that can be told apart.
const (
	Width     Differences = 1 << iota // Ａ is not A
	Case                              // A is not a
	Script                            // 國 is not 国
	Invisible                         // 敏, zero-width space, 感 is not 敏感
)

// Config says what a [Matcher] looks for, and how closely.
type Config struct {
	// Words are what is looked for. The matcher keeps the slice, and hits point into it: it must not be changed.
	Words []Word

	// Exceptions are texts in which a word does not count: with the exception 黄色小鸭 the word 黄色 is found in 黄色汽车
	// but not in 黄色小鸭.
	Exceptions []string

	// Distinguish says which differences between the text and a word matter. If zero, none do: full-width and half-width
	// forms, upper and lower case, traditional and simplified characters are the same, and invisible characters are
	// passed over wherever they are.
	Distinguish Differences

	// MaxGap is how many separators (spaces, punctuation, symbols, emoji) may stand between two characters of a word, as
	// in 敏*感 or 敏 - 感. One of the two characters must be Han, so that Latin words stay apart, and a gap never reaches
	// over the end of a sentence (。！？) or line. A word that has separators itself is only found as it is written. If
	// zero, nothing may stand between.
	MaxGap int

	// WholeWords leaves out hits that begin or end inside a longer run of letters and digits, such as ass in class. It
	// is for Latin, Greek and Cyrillic letters: no character of Chinese text is affected by its neighbours.
	WholeWords bool

	// Homophones makes characters the same that sound the same: it returns, for a character, the one that stands for all
	// that sound like it, and for others the character itself. It is called by New only, with simplified lower-case
	// characters unless these are distinguished. If nil, every character is only itself.
	Homophones func(rune) rune
}

// hasTwins is set in the value that the automaton has for a word if m.twins has more words.
const hasTwins = 1 << 27

// A Matcher finds the words of a [Config] in texts. It is immutable and safe for concurrent use. A nil Matcher finds
// nothing.
type Matcher struct {
	automaton *doublearray.Automaton
	table     *table
	words     []Word
	twins     map[uint32][]uint32 // word → later words that are the same in the view
	keep      func(*Word) bool    // nil keeps all
	maxGap    int
	han       []bool // code → is Han; only if there may be gaps
	edges     bool   // whole words only
	excepting bool   // there are exceptions, which the automaton numbers behind the words
}

// New returns a matcher for the words of c. It fails on a word or exception that is empty, is not UTF-8 or has more
// than [MaxRunes] characters; the error names it and its place in the list. Words that differ only in what c does not
// distinguish are all found together.
func New(c Config) (*Matcher, error) {
	if c.MaxGap < 0 {
		return nil, fmt.Errorf("match: MaxGap is %d, want 0 or more", c.MaxGap)
	}
	m := &Matcher{words: c.Words, maxGap: c.MaxGap, edges: c.WholeWords, excepting: len(c.Exceptions) > 0}
	entries, err := m.entries(&c)
	if err != nil {
		return nil, err
	}
	if m.automaton, err = doublearray.NewAutomaton(entries); err != nil {
		return nil, fmt.Errorf("match: %w", err)
	}
	if m.table, err = newTable(&c, m.automaton, entries); err != nil {
		return nil, err
	}
	if m.maxGap > 0 {
		m.han = make([]bool, m.automaton.Codes()+1)
		for _, e := range entries {
			for _, r := range e.Key {
				m.han[m.automaton.Code(r)] = isHan(r)
			}
		}
	}
	return m, nil
}

// empty reports whether there is nothing to look for.
func (m *Matcher) empty() bool { return m == nil || len(m.words) == 0 }

// entries returns the different words as the matcher sees them.
func (m *Matcher) entries(c *Config) ([]doublearray.Entry, error) {
	view := c.view()
	if n := len(c.Words) + len(c.Exceptions); n > hasTwins {
		return nil, fmt.Errorf("match: %d words and exceptions, at most %d are possible", n, hasTwins)
	}
	entries := make([]doublearray.Entry, 0, len(c.Words)+len(c.Exceptions))
	places := make(map[string]int, cap(entries))
	for i, exception := range c.Exceptions {
		key, err := view.word(exception)
		if err != nil {
			return nil, fmt.Errorf("match: exception %d, %q: %w", i, excerpt(exception), err)
		}
		if _, ok := places[key]; !ok {
			places[key] = len(entries)
			entries = append(entries, doublearray.Entry{Key: key, Value: uint32(len(c.Words) + i)})
		}
	}
	for i, word := range c.Words {
		key, err := view.word(word.Text)
		if err != nil {
			return nil, fmt.Errorf("match: word %d, %q: %w", i, excerpt(word.Text), err)
		}
		place, ok := places[key]
		switch {
		case !ok:
			places[key] = len(entries)
			entries = append(entries, doublearray.Entry{Key: key, Value: uint32(i)})
		case int(entries[place].Value&^hasTwins) < len(c.Words):
			if m.twins == nil {
				m.twins = make(map[uint32][]uint32)
			}
			first := entries[place].Value &^ hasTwins
			m.twins[first] = append(m.twins[first], uint32(i))
			entries[place].Value = first | hasTwins
		}
	}
	return entries, nil
}

// excerpt returns the beginning of a word for an error.
func excerpt(s string) string {
	const enough = 32
	for i := range s {
		if i >= enough {
			return s[:i] + "…"
		}
	}
	return s
}

// Where returns a matcher that finds only the words for which keep holds, such as those of one category:
//
//	ads := m.Where(func(w *match.Word) bool { return w.Category == "广告" })
//
// It shares all tables with m and costs nothing to make. A nil keep keeps all words. Keep is called for every hit, possibly by several goroutines at
// once. [Stream.Pending] counts the beginnings of all words as before.
func (m *Matcher) Where(keep func(*Word) bool) *Matcher {
	if m == nil {
		return nil
	}
	if keep == nil {
		return m
	}
	narrower := *m
	narrower.keep = keep
	if before := m.keep; before != nil {
		narrower.keep = func(w *Word) bool { return before(w) && keep(w) }
	}
	return &narrower
}
