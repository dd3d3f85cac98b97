package script

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// dictionaryText has a section for each dictionary: its name in brackets, then lines of a key, a tab and what replaces
// it; only the key where nothing changes.
//
//go:embed dictionaries.txt
var dictionaryText string

// phraseTrie has the keys of the dictionary of simplified phrases, numbered. The section of that dictionary lists the
// replacements of the first numbers; all other phrases convert as their characters do.
//
//go:embed phrases.bin
var phraseTrie string

const simplifiedPhrases = "STPhrases"

// A pair is an entry of a dictionary.
type pair struct{ from, to string }

// sections returns the text of each dictionary by name.
var sections = sync.OnceValue(func() map[string]string {
	byName := make(map[string]string)
	for _, section := range strings.Split(dictionaryText, "\n[")[1:] {
		name, lines, _ := strings.Cut(section, "]\n")
		byName[name] = lines
	}
	return byName
})

func dictionary(name string) []pair {
	lines := sections()[name]
	pairs := make([]pair, 0, strings.Count(lines, "\n")+1)
	for line := range strings.Lines(lines) {
		from, to, changed := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !changed {
			to = from
		}
		pairs = append(pairs, pair{from, to})
	}
	return pairs
}

// phrases returns the trie of simplified phrases.
var phrases = sync.OnceValue(func() *doublearray.Trie { return open(phraseTrie) })

// open reads a trie that was built by this module.
func open(data string) *doublearray.Trie {
	trie, err := doublearray.Open(data)
	if err != nil {
		return &doublearray.Trie{} // a broken build; the tests would not let it pass
	}
	return trie
}

// merge joins dictionaries as OpenCC groups them: the longest key of the first dictionary that has any key at a place
// is taken. So a key of a later dictionary that begins with a key of an earlier one can never be taken, and is left out.
func merge(dictionaries ...[]pair) []pair {
	var merged []pair
	earlier := make(map[string]bool)
	for _, d := range dictionaries {
		n := len(merged)
		for _, p := range d {
			if !startsWithAny(p.from, earlier) {
				merged = append(merged, p)
			}
		}
		for _, p := range merged[n:] {
			earlier[p.from] = true
		}
	}
	return merged
}

func startsWithAny(s string, keys map[string]bool) bool {
	if len(keys) == 0 {
		return false
	}
	for i := range s {
		if i > 0 && keys[s[:i]] {
			return true
		}
	}
	return keys[s]
}
