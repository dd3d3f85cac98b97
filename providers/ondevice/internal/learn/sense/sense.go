// Package sense groups everyday words by what they mean in a request, so that a phrase with 播放 tells
// something about one with 来一首. The groups are in words.txt and were written for this package.
package sense

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
	"github.com/zhushou-ai/zhushou/internal/fold"
)

//go:embed words.txt
var source string

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
	t, err := parse(source)
	if err != nil {
		panic(err) // a test reads the same text
	}
	return t
})

func parse(text string) (*thesaurus, error) {
	t := &thesaurus{names: []string{""}, family: []Group{0}}
	var entries []doublearray.Entry
	first := make(map[string]Group)
	seen := make(map[string]string)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, list, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, fmt.Errorf("no colon after the name of a group: %q", line)
		}
		g := Group(len(t.names))
		family, _, _ := strings.Cut(name, ".")
		if family == "act" || family == "ask" || family == "not" { // these are of one part of speech, no more
			family = name
		}
		if _, ok := first[family]; !ok {
			first[family] = g
		}
		t.names = append(t.names, name)
		t.family = append(t.family, first[family])
		for w := range strings.FieldsSeq(list) {
			w, _ = fold.All.String(w)
			if other, ok := seen[w]; ok {
				if other != name {
					return nil, fmt.Errorf("%s is in %s and in %s", w, other, name)
				}
				continue
			}
			seen[w] = name
			entries = append(entries, doublearray.Entry{Key: w, Value: uint32(g)})
		}
	}
	var err error
	if t.trie, err = doublearray.New(entries); err != nil {
		return nil, err
	}
	if n := t.trie.MaxRunes(); n > MaxRunes {
		return nil, fmt.Errorf("a word has %d characters", n)
	}
	return t, nil
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
