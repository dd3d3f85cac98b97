package speech

import (
	"strings"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// wordKind says what a word does behind a number.
type wordKind uint8

const (
	counting   wordKind = iota + 1 // 个, 本
	lasting                        // 天, 小时
	labelling                      // 号
	measuring                      // 公里
	paying                         // 美元
	payingYuan                     // 元, 块
	payingJiao                     // 毛
)

// word is a word behind a number.
type word struct {
	kind        wordKind
	symbol      string // km
	sign, code  string // of a currency
	temperature bool   // 零下 can stand before the number
	spoken      bool   // 块, after which 毛 need not be said
}

// The classes of words that are looked for one by one.
const (
	lunarBefore = iota
	clockBefore
	trainAfter
	oldBefore
	codeBefore
	wordLists
)

// phrase is a word and the mark that is written for it.
type phrase struct {
	word, mark string
	compares   bool // only where the style compares
}

// lexicon holds the tables of the writing direction.
type lexicon struct {
	words       [wordLists][]string
	behind      []word            // by the numbers of behindTrie
	behindTrie  *doublearray.Trie // words behind a number
	codedTrie   *doublearray.Trie
	cutterTrie  *doublearray.Trie
	kept        *doublearray.Trie
	sport       *doublearray.Trie
	acronyms    *doublearray.Trie
	initialsOf  []string // by the numbers of acronyms
	halves      []phrase
	operators   []phrase
	links       []phrase
	feasts      map[[2]uint64]bool
	trains      map[rune]byte
	trainBefore string
	notMinus    string
	provinces   string
	triggers    *runeSet // what at looks at
	initials    *runeSet // first characters of acronyms
}

// What words are worth that stay as they are.
const (
	keptFirm  = iota
	keptLoose // stays only if no longer number begins in it
)

// keptBefore is the greatest number of characters that a word which stays has before its last numeral.
const keptBefore = 4

// runeSet is a set of characters of the basic plane.
type runeSet [1 << 16 / 64]uint64

func (s *runeSet) add(r rune)      { s[r>>6] |= 1 << (r & 63) }
func (s *runeSet) has(r rune) bool { return r < 1<<16 && s[r>>6]&(1<<(r&63)) != 0 }

// unit returns the word behind a number that text begins with, and its size.
func (l *lexicon) unit(text string) (*word, int) {
	value, size := l.behindTrie.Longest(text)
	if size == 0 {
		return nil, 0
	}
	return &l.behind[value], size
}

// coded reports whether text begins with a word behind two digits that are said one by one.
func (l *lexicon) coded(text string) bool { return begins(l.codedTrie, text) }

// cutters reports whether text begins with a unit that takes the last digit of the number before it.
func (l *lexicon) cutters(text string) bool { return begins(l.cutterTrie, text) }

func begins(trie *doublearray.Trie, text string) bool {
	_, size := trie.Longest(text)
	return size > 0
}

// feast reports whether a day is one of the moon's when its month and number are said without 日.
func (l *lexicon) feast(month, day uint64) bool { return l.feasts[[2]uint64{month, day}] }

// firstTrigger returns the offset of the first character in the text given that may be rewritten, or its length.
func (l *lexicon) firstTrigger(s string, style *Writing) int {
	for i, r := range s {
		if r >= 0x80 && (l.triggers.has(r) || style.Acronyms && r < 1<<16 || style.Fillers != "" && strings.ContainsRune(style.Fillers, r)) {
			return i
		}
	}
	return len(s)
}

// acronym writes the initials of the name at i, and returns its end, or i if there is none.
func (w *writer) acronym(i int) int {
	value, size := w.lex.acronyms.Longest(w.text[i:])
	if size == 0 {
		return i
	}
	w.piece = append(w.piece[:0], w.lex.initialsOf[value]...)
	w.replace(i, i+size, Phrase)
	return i + size
}
