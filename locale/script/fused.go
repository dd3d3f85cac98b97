package script

import (
	"slices"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// A fused converter does in one pass what OpenCC does in several: cut the text at the phrases of a dictionary, then
// convert each piece by a first and by a second stage, where the pieces are the phrases and whatever stands between
// two of them.
//
// The conversion of a phrase is known beforehand, and so is that of most characters between phrases: table has both.
// What is left are places between phrases where the first stage replaces several characters at once, or where its
// result may be the start of a phrase of the second stage. They are rare, and [fused.between] converts them as OpenCC
// would.
//
// With a single stage it only adds the user's dictionary, whose keys part the text like phrases.
type fused struct {
	table
	near          openings // the pairs that open keys, and those that join
	first, second *table   // nil if there is one stage
	tokens        bool     // table.trie also has the phrases of the first stage, marked tokenOnly
	user          *table   // the user's dictionary, nil if there is none
}

// newFused returns the converter that cuts the text at cut's phrases and converts by the first and the second stage.
// If cut is nil, the first stage's own phrases cut the text.
func newFused(cut []pair, first, second *table) *fused {
	f := &fused{first: first, second: second, tokens: cut != nil}
	if f.tokens {
		f.trie = unite(cut, first.trie)
	} else {
		f.trie = first.trie
	}
	convert := func(text string) string {
		once, _ := first.append(nil, text, len(text))
		twice, _ := second.append(nil, string(once), len(once))
		return string(twice)
	}
	for _, t := range []*table{first, second} {
		for r := range t.chars.all() {
			f.fuseCharacter(r, convert)
		}
	}
	keys := make([]string, f.trie.Len())
	for key, number := range f.trie.All() {
		keys[number] = key
	}
	var plain []byte
	for number, key := range keys {
		if f.tokens && number >= len(cut) {
			f.values.add("", tokenOnly)
			continue
		}
		to := convert(key)
		if plain = f.appendCharacters(plain[:0], key); string(plain) == to {
			f.values.add("", asCharacters)
		} else {
			f.values.add(to, 0)
		}
	}
	f.values.close()
	f.finish(slices.Values(keys))
	f.near = f.opens.clone()
	f.openSecond()
	f.chars.close()
	return f
}

// openSecond adds the pairs of which the first stage makes what opens keys of the second. If the first stage may replace
// several characters at once, any pair may be such.
func (f *fused) openSecond() {
	if f.tokens {
		for r, e := range f.chars.all() {
			if e&joins != 0 {
				*f.chars.entry(r) |= whole
			}
		}
		return
	}
	before := make(map[rune][]rune) // by what the first stage makes of them
	for r := range f.first.chars.all() {
		out := f.first.character(r)
		before[out] = append(before[out], r)
	}
	origins := func(x rune) []rune {
		if f.first.character(x) == x {
			return slices.Concat(before[x], []rune{x})
		}
		return before[x]
	}
	for key := range f.second.trie.All() {
		r, size := utf8.DecodeRuneInString(key)
		for _, first := range origins(r) {
			if size == len(key) {
				*f.chars.entry(first) |= whole
				continue
			}
			second, _ := utf8.DecodeRuneInString(key[size:])
			for _, second := range origins(second) {
				f.near.add(first, second)
			}
		}
	}
}

// unite returns a trie of the keys of cut, numbered in their order, and then of the other keys of the trie.
func unite(cut []pair, others *doublearray.Trie) *doublearray.Trie {
	var entries []doublearray.Entry
	seen := make(map[string]bool)
	for _, p := range cut {
		entries = append(entries, doublearray.Entry{Key: p.from, Value: uint32(len(entries))})
		seen[p.from] = true
	}
	for key := range others.All() {
		if !seen[key] {
			entries = append(entries, doublearray.Entry{Key: key, Value: uint32(len(entries))})
		}
	}
	return build(entries)
}

// fuseCharacter sets what replaces r when it stands alone, and whether it may not.
func (f *fused) fuseCharacter(r rune, convert func(string) string) {
	if operands(r) > 0 {
		return
	}
	out, alone := single(convert(string(r)))
	if alone {
		f.replace(r, out)
	}
	once, _ := f.first.append(nil, string(r), utf8.RuneLen(r))
	for _, x := range string(once) {
		if !alone || f.second.chars.at(x).state() != 0 {
			*f.chars.entry(r) |= joins
		}
	}
}

// A match is a phrase in the text: where it ends, and its number in the table or in the user's dictionary.
type match struct {
	end    int
	number uint32
	user   bool
}

// cut returns the phrase that starts at s[i] and cuts the text there; its end is 0 if there is none. The character r
// there has the size and the entry. It also tells whether a phrase of the first stage starts there that does not cut.
func (f *fused) cut(s string, i, size int, r rune, e entry) (m match, token bool) {
	longest := 0
	m.end, m.number, longest = f.own(s, i+size, e)
	if e&custom != 0 {
		if end, number := f.user.phrase(s, i+size, f.user.chars.at(r).state()); end > 0 && end >= longest {
			return match{end, number, true}, false
		}
	}
	return m, longest > m.end
}

// own returns the longest phrase that cuts the text, and the end of the longest phrase that does or does not; s[i:]
// follows the first character, whose entry is e.
func (f *fused) own(s string, i int, e entry) (end int, number uint32, longest int) {
	state := e.state()
	switch {
	case state == 0:
	case f.tokens:
		return f.cutOrToken(s, i, state)
	default:
		end, number = f.phrase(s, i, state)
	}
	return end, number, end
}

// cutOrToken is [table.phrase] for a trie with phrases of both kinds: it returns the longest phrase that cuts the text,
// and the end of the longest of either kind.
func (f *fused) cutOrToken(s string, i int, state doublearray.State) (end int, number uint32, longest int) {
	for {
		if n, ok := f.trie.Value(state); ok {
			longest = i
			if f.values.offsets[n]&tokenOnly == 0 {
				end, number = i, n
			}
		}
		if state.Final() || i >= len(s) {
			return end, number, longest
		}
		r, size := decode.Rune(s, i)
		if state = f.step(state, r); state == 0 {
			return end, number, longest
		}
		i += size
	}
}

func (f *fused) appendMatch(dst []byte, s string, i int, m match) []byte {
	if m.user {
		return append(dst, f.user.values.at(m.number)...)
	}
	return f.appendValue(dst, s[i:m.end], m.number)
}

// append appends the conversion of s to dst, up to the first place at or after limit where a conversion can begin
// anew, and returns that place too. What begins at a place up to known can be decided; known is len(s) where nothing
// follows s. If a decision needs more, append stops before.
func (f *fused) append(dst []byte, s string, limit, known int) ([]byte, int) {
	dst = slices.Grow(dst, limit)
	i := 0
	for i < limit {
		if dst, i = f.chars.appendQuiet(dst, s, i, limit, f.near); i >= limit {
			break
		}
		r, size := decode.Rune(s, i)
		e := f.chars.at(r)
		token := false
		switch state := e.state(); {
		case e&custom != 0 || f.tokens && state != 0:
			var m match
			if m, token = f.cut(s, i, size, r, e); m.end > 0 {
				dst = f.appendMatch(dst, s, i, m)
				i = m.end
				continue
			}
		case state != 0 && (e&whole != 0 || size != 3 || f.opens.may(s, i)):
			if end, number := f.phrase(s, i+size, state); end > 0 {
				dst = f.appendValue(dst, s[i:end], number)
				i = end
				continue
			}
		}
		end := i + size
		switch {
		case e&operator != 0:
			end = max(end, sequence(s, i))
		case token || e&joins != 0 && !f.alone(s, end, r):
			if dst, end = f.between(dst, s, i, limit, known); end == i {
				return dst, i
			}
			i = end
			continue
		}
		dst = appendCharacter(dst, s[i:end], r, e.out(r))
		i = end
	}
	return dst, i
}
