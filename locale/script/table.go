package script

import (
	"iter"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/decode"
	"github.com/zhushou-ai/zhushou/internal/doublearray"
)

// A stage is one step of a conversion: dictionaries that are applied together, the earlier before the later.
type stage struct {
	dictionaries []string
	once         sync.Once
	table        *table
}

// compiled returns the stage's table, made on first use.
func (g *stage) compiled() *table {
	g.once.Do(func() {
		if g.dictionaries[0] == simplifiedPhrases {
			g.table = phraseTable(dictionary(simplifiedPhrases), merge(each(g.dictionaries[1:])...))
		} else {
			g.table = newTable(merge(each(g.dictionaries)...))
		}
	})
	return g.table
}

func each(names []string) [][]pair {
	dictionaries := make([][]pair, len(names))
	for i, name := range names {
		dictionaries[i] = dictionary(name)
	}
	return dictionaries
}

// A table replaces the longest key at each place. It is immutable once made.
type table struct {
	chars  chars
	trie   *doublearray.Trie // keys of several characters, and such with several in their replacement
	values values            // by the numbers in trie
	opens  openings          // of the keys in trie
}

// values are the replacements of phrases. The text of number n is text[offsets[n]:offsets[n+1]], apart from the flags.
type values struct {
	offsets []uint32
	text    []byte
}

const (
	asCharacters uint32 = 1 << 31 // replaced as its characters are, the text is empty
	tokenOnly    uint32 = 1 << 30 // a key of the first stage that does not part the text
	offsetMask          = tokenOnly - 1
)

func (v *values) add(text string, flags uint32) {
	v.offsets = append(v.offsets, uint32(len(v.text))|flags)
	v.text = append(v.text, text...)
}

// close makes the values readable.
func (v *values) close() { v.offsets = append(v.offsets, uint32(len(v.text))) }

func (v *values) at(n uint32) []byte {
	return v.text[v.offsets[n]&offsetMask : v.offsets[n+1]&offsetMask]
}

// newTable returns the table of the pairs, no two of which have the same key.
func newTable(pairs []pair) *table {
	t := &table{}
	var entries []doublearray.Entry
	for _, p := range pairs {
		if r, ok := single(p.from); ok {
			if out, ok := single(p.to); ok {
				t.replace(r, out)
				continue
			}
		}
		entries = append(entries, doublearray.Entry{Key: p.from, Value: uint32(len(entries))})
		t.values.add(p.to, 0)
	}
	t.values.close()
	t.trie = build(entries)
	t.finish(keysOf(entries))
	return t
}

// phraseTable returns the table of the simplified phrases and of characters.
func phraseTable(own, characters []pair) *table {
	t := &table{trie: phrases()}
	for _, p := range characters {
		from, _ := single(p.from)
		to, _ := single(p.to)
		t.replace(from, to)
	}
	t.values.offsets = make([]uint32, 0, t.trie.Len()+1)
	for _, p := range own {
		t.values.add(p.to, 0)
	}
	for range t.trie.Len() - len(own) {
		t.values.add("", asCharacters)
	}
	t.values.close()
	t.finish(func(yield func(string) bool) {
		for key := range t.trie.All() {
			if !yield(key) {
				return
			}
		}
	})
	return t
}

func build(entries []doublearray.Entry) *doublearray.Trie {
	trie, err := doublearray.New(entries)
	if err != nil {
		return &doublearray.Trie{} // only keys that With has refused
	}
	return trie
}

func keysOf(entries []doublearray.Entry) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range entries {
			if !yield(e.Key) {
				return
			}
		}
	}
}

// single returns the character that is all of s.
func single(s string) (rune, bool) {
	r, size := utf8.DecodeRuneInString(s)
	return r, size == len(s) && size > 0
}

func (t *table) replace(from, to rune) {
	if from != to {
		t.chars.entry(from).setOut(to)
	}
}

// finish adds to the characters which keys they start, and gives compatibility characters what their common forms
// have.
func (t *table) finish(keys iter.Seq[string]) {
	t.opens = newOpenings()
	for key := range keys {
		r, size := utf8.DecodeRuneInString(key)
		e := t.chars.entry(r)
		if e.state() == 0 {
			e.setState(t.trie.Step(t.trie.Root(), r))
		}
		if size == len(key) {
			*e |= whole
		} else {
			second, _ := utf8.DecodeRuneInString(key[size:])
			t.opens.add(r, second)
		}
	}
	for _, span := range [][2]rune{{0x3000, 0x303f}, {0x4e00, 0x9fff}, {0xff00, 0xff3f}} {
		for r := span[0]; r <= span[1]; r += pageSize {
			t.chars.entry(r) // common characters and punctuation stay without a further look
		}
	}
	for r := '⿰'; r <= '⿿'; r++ {
		*t.chars.entry(r) |= operator
	}
	for r, common := range compatibility() {
		e := t.chars.at(common)
		e.setOut(e.out(common))
		if e.state() != 0 {
			e |= whole // what it opens stands under the common character
		}
		*t.chars.entry(r) = e
	}
	t.chars.close()
}

// compatibility returns the compatibility characters, each with the common character that it duplicates.
var compatibility = sync.OnceValue(func() map[rune]rune {
	common := make(map[rune]rune)
	for _, p := range dictionary("CJK_Compatibility_Ideographs") {
		from, _ := single(p.from)
		to, _ := single(p.to)
		common[from] = to
	}
	return common
})

// duplicates returns, of each common character that compatibility characters duplicate, these.
var duplicates = sync.OnceValue(func() map[rune][]rune {
	of := make(map[rune][]rune)
	for r, common := range compatibility() {
		of[common] = append(of[common], r)
	}
	return of
})

// step is a step of the trie in a text in which compatibility characters stand for the common ones.
func (t *table) step(s doublearray.State, r rune) doublearray.State {
	next := t.trie.Step(s, r)
	if next == 0 && r >= 0xf900 {
		return t.compatibleStep(s, r)
	}
	return next
}

func (t *table) compatibleStep(s doublearray.State, r rune) doublearray.State {
	if r > 0xfaff && r < 0x2f800 {
		return 0
	}
	if common, ok := compatibility()[r]; ok {
		return t.trie.Step(s, common)
	}
	return 0
}

// phrase returns the end and the number of the longest key at a place; s[i:] follows its first character, after which
// the trie is in state. The end is 0 if there is none.
func (t *table) phrase(s string, i int, state doublearray.State) (end int, number uint32) {
	number, end, left := t.trie.LongestAfter(state, s, i)
	if left < len(s) && s[left] >= 0xef {
		return t.compatiblePhrase(s, i, state) // U+F900, the first compatibility character, begins so
	}
	return end, number
}

// compatiblePhrase is phrase for a text that may have compatibility characters.
func (t *table) compatiblePhrase(s string, i int, state doublearray.State) (end int, number uint32) {
	for {
		if n, ok := t.trie.Value(state); ok {
			end, number = i, n
		}
		if state.Final() || i >= len(s) {
			return end, number
		}
		r, size := decode.Rune(s, i)
		if state = t.step(state, r); state == 0 {
			return end, number
		}
		i += size
	}
}

// append appends the conversion of s to dst, up to the first place at or after limit that no key covers, and returns
// that place too.
func (t *table) append(dst []byte, s string, limit int) ([]byte, int) {
	dst = slices.Grow(dst, limit)
	i := 0
	for i < limit {
		if dst, i = t.chars.appendQuiet(dst, s, i, limit, t.opens); i >= limit {
			break
		}
		r, size := decode.Rune(s, i)
		e := t.chars.at(r)
		if state := e.state(); state != 0 {
			if end, number := t.phrase(s, i+size, state); end > 0 {
				dst = t.appendValue(dst, s[i:end], number)
				i = end
				continue
			}
		}
		end := i + size
		if e&operator != 0 {
			end = max(end, sequence(s, i))
		}
		dst = appendCharacter(dst, s[i:end], r, e.out(r))
		i = end
	}
	return dst, i
}

// appendCharacter appends text, which is r or starts with it, or what replaces it.
func appendCharacter(dst []byte, text string, r, out rune) []byte {
	if out == r {
		return append(dst, text...)
	}
	return utf8.AppendRune(dst, out)
}

// appendValue appends what replaces the key with the number.
func (t *table) appendValue(dst []byte, key string, number uint32) []byte {
	if t.values.offsets[number]&asCharacters != 0 {
		return t.appendCharacters(dst, key)
	}
	return append(dst, t.values.at(number)...)
}

// character returns what replaces r when it stands alone.
func (t *table) character(r rune) rune {
	return t.chars.at(r).out(r)
}

// appendCharacters appends what replaces each character of text when it stands alone.
func (t *table) appendCharacters(dst []byte, text string) []byte {
	for i := 0; i < len(text); {
		r, size := decode.Rune(text, i)
		out := t.character(r)
		if size == 3 && out >= 0x800 && out <= 0xffff {
			dst = append3(dst, out)
		} else {
			dst = appendCharacter(dst, text[i:i+size], r, out)
		}
		i += size
	}
	return dst
}
