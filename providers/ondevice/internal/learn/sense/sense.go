// Package sense groups everyday words by what they mean in a request, so that a phrase with 播放 tells
// something about one with 来一首. The groups are in words.txt and were written for this package.
package sense

import (
	_ "embed"
	"iter"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// words.txt has the groups, and words.bin the words with the numbers of their groups, which a test makes of it.
//
//go:embed words.txt
var source string

//go:embed words.bin
var built string

// A Group is a set of words that mean about the same. The zero Group is that of words that are in none.
type Group uint16

// MaxRunes is the length of the longest word.
const MaxRunes = 12

type thesaurus struct {
	trie   *doublearray.Trie
	names  []string
	family []Group // of each group, the first one whose name begins alike
}

var words = sync.OnceValue(func() *thesaurus {
	t := &thesaurus{names: []string{""}, family: []Group{0}}
	first := make(map[string]Group)
	for name := range groups(source) {
		family, _, _ := strings.Cut(name, ".")
		if family == "act" || family == "ask" || family == "not" { // these are of one part of speech, no more
			family = name
		}
		if _, ok := first[family]; !ok {
			first[family] = Group(len(t.names))
		}
		t.names = append(t.names, name)
		t.family = append(t.family, first[family])
	}
	var err error
	if t.trie, err = doublearray.Open(built); err != nil {
		panic(err) // a test reads the same bytes
	}
	return t
})

// groups yields the names of the groups of a text, and their words.
func groups(text string) iter.Seq2[string, string] {
	return func(yield func(name, words string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			name, words, _ := strings.Cut(line, ": ")
			if !yield(name, words) {
				return
			}
		}
	}
}

// Longest returns the group of the longest word that the folded runes start with, and the length of
// the word. The length is 0 if they start with none.
func Longest(runes []rune) (Group, int) {
	t := words()
	s := t.trie.Root()
	var group Group
	length := 0
	for i, r := range runes {
		if s = t.trie.Step(s, r); s == 0 {
			break
		}
		if v, ok := t.trie.Value(s); ok {
			group, length = Group(v), i+1
		}
		if s.Final() {
			break
		}
	}
	return group, length
}

// Family returns the first of the groups that are related to g, which may be g itself.
func (g Group) Family() Group { return words().family[g] }

// Idle reports whether the words of the group say nothing about what is asked for.
func (g Group) Idle() bool { return g != 0 && strings.HasPrefix(words().names[g], "say.") }

// String returns the name of the group.
func (g Group) String() string { return words().names[g] }
