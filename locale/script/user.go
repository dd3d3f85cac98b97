package script

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// A Pair is an entry of a user's dictionary: From in a text becomes To.
type Pair struct{ From, To string }

// Bounds of a user's entries, so that a stream needs no more than a small buffer.
const (
	maxFrom = 64   // characters
	maxTo   = 1024 // bytes
)

// With returns a converter with the pairs in addition. At each place of the text the longest key is taken, whether
// from the pairs or from the converter's own dictionaries, and the pair's if they are equally long; so a pair whose To
// is its From protects a word. To is final: no further conversion sees it. Of pairs with the same From the last is
// right, and a pair replaces one of an earlier With.
//
// It fails if From is empty, not UTF-8 or longer than 64 characters, or To is not UTF-8 or longer than 1,024 bytes.
func (c Converter) With(pairs ...Pair) (Converter, error) {
	all := make(map[string]string)
	if c.user != nil {
		maps.Copy(all, c.user.pairs)
	}
	for _, p := range pairs {
		switch {
		case p.From == "":
			return Converter{}, fmt.Errorf("user dictionary: a pair with To %q has an empty From", p.To)
		case !utf8.ValidString(p.From) || !utf8.ValidString(p.To):
			return Converter{}, fmt.Errorf("user dictionary: pair %q to %q is not UTF-8", p.From, p.To)
		case utf8.RuneCountInString(p.From) > maxFrom:
			return Converter{}, fmt.Errorf("user dictionary: From %q is longer than %d characters", p.From, maxFrom)
		case len(p.To) > maxTo:
			return Converter{}, fmt.Errorf("user dictionary: To of %q is longer than %d bytes", p.From, maxTo)
		}
		all[p.From] = p.To
	}
	return Converter{c.configuration, &userDictionary{base: Converter{configuration: c.configuration}, pairs: all}}, nil
}

// A userDictionary is the pairs of a user on top of a converter.
type userDictionary struct {
	base  Converter
	pairs map[string]string

	once  sync.Once
	fused *fused
}

// compiled returns the converter with the pairs, made on first use. It shares all but the table of characters with
// the converter without them.
func (u *userDictionary) compiled() *fused {
	u.once.Do(func() {
		f := &fused{}
		switch m := u.base.machine(); {
		case m.fused != nil:
			*f = *m.fused
		case m.table != nil:
			f.table, f.near = *m.table, m.table.opens
		default:
			f.trie = &doublearray.Trie{}
		}
		f.chars.index, f.chars.pages = slices.Clone(f.chars.index), slices.Clone(f.chars.pages)
		f.user = userTable(u.pairs)
		for r, e := range f.user.chars.all() {
			if e.state() != 0 {
				*f.chars.entry(r) |= custom
			}
		}
		f.chars.close()
		u.fused = f
	})
	return u.fused
}

// userTable returns a table in which all keys, also single characters, are in the trie.
func userTable(pairs map[string]string) *table {
	t := &table{}
	var entries []doublearray.Entry
	common := func(r rune) rune { return cmp.Or(compatibility()[r], r) } // as the text is read
	normal := make(map[string]string, len(pairs))
	for _, from := range slices.Sorted(maps.Keys(pairs)) {
		normal[strings.Map(common, from)] = pairs[from]
	}
	for _, from := range slices.Sorted(maps.Keys(normal)) {
		entries = append(entries, doublearray.Entry{Key: from, Value: uint32(len(entries))})
		t.values.add(normal[from], 0)
	}
	t.values.close()
	t.trie = build(entries)
	t.finish(keysOf(entries))
	return t
}
