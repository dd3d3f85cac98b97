package pinyin

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
)

// An Entry is a word of an [Index]. Of words that a query finds equally well the one with the larger weight comes
// first.
type Entry struct {
	Word   string
	Weight float64
}

// An Index finds words by what is typed for them: zhongguoren, zgr, zhgr or 中guo for 中国人. It does not change once it
// is made, and is safe for concurrent use.
//
// Characters of words of up to four are found by all their readings in use, those of longer words by that which they
// have there.
type Index struct {
	entries  []Entry
	nodes    []node
	labels   []uint16 // of the edges of each node, ascending
	children []int32  // that the edges lead to
	refs     []ref    // of the words that end at each node
}

// A node is what has been read of some words. The edges and refs of a node begin where those of the one before end.
type node struct {
	edges, refs int32
	most        float32 // largest weight of the words at the node and below
}

// A ref is a word, read from its rune with a number on.
type ref struct {
	entry int32
	from  int16
}

const (
	maxIndexed  = 32  // characters of a word that are indexed
	maxWays     = 16  // to read a word that are indexed
	polyphonous = 4   // characters of a word that is indexed with all their readings
	literal     = 512 // label of an ASCII character: literal + itself; other labels are places of syllables
)

// NewIndex returns an index of the entries. Words are found from their beginning only; see NewInnerIndex.
func NewIndex(entries []Entry) *Index { return newIndex(entries, false) }

// NewInnerIndex returns an index of the entries that finds words from any of their characters on: 王小明 by xm.
func NewInnerIndex(entries []Entry) *Index { return newIndex(entries, true) }

// A path is the labels of a word in one of its readings.
type path struct {
	labels []uint16
	ref
}

func newIndex(entries []Entry, inner bool) *Index {
	x := &Index{entries: slices.Clone(entries)}
	var paths []path
	for i, e := range x.entries {
		paths = appendPaths(paths, e.Word, int32(i), inner)
	}
	slices.SortFunc(paths, func(a, b path) int {
		return cmp.Or(slices.Compare(a.labels, b.labels), cmp.Compare(a.entry, b.entry), cmp.Compare(a.from, b.from))
	})
	paths = slices.CompactFunc(paths, func(a, b path) bool {
		return a.ref == b.ref && slices.Equal(a.labels, b.labels)
	})
	x.grow(paths)
	return x
}

// grow makes the nodes breadth first, so that the edges of each follow those of the one before.
func (x *Index) grow(paths []path) {
	type span struct{ from, to, depth int }
	spans := []span{{0, len(paths), 0}}
	for at := 0; at < len(spans); at++ {
		s := spans[at]
		n := node{edges: int32(len(x.labels)), refs: int32(len(x.refs))}
		from := s.from
		for ; from < s.to && len(paths[from].labels) == s.depth; from++ {
			x.refs = append(x.refs, paths[from].ref)
		}
		for _, p := range paths[s.from:s.to] {
			n.most = max(n.most, float32(x.entries[p.entry].Weight))
		}
		for from < s.to {
			label, to := paths[from].labels[s.depth], from
			for to < s.to && paths[to].labels[s.depth] == label {
				to++
			}
			x.labels = append(x.labels, label)
			x.children = append(x.children, int32(len(spans)))
			spans = append(spans, span{from, to, s.depth + 1})
			from = to
		}
		x.nodes = append(x.nodes, n)
	}
	x.nodes = append(x.nodes, node{edges: int32(len(x.labels)), refs: int32(len(x.refs))})
}

// appendPaths appends the paths of a word.
func appendPaths(paths []path, word string, entry int32, inner bool) []path {
	var choices [][]uint16 // of each character the labels that it may have
	many := utf8.RuneCountInString(word) <= polyphonous
	for p := range All(word) {
		if p.Syllable == 0 {
			for _, r := range indexed(p.Text) {
				choices = append(choices, []uint16{literal + uint16(r)})
			}
			continue
		}
		labels := []uint16{uint16(p.Syllable >> toneBits)}
		if r, _ := utf8.DecodeRuneInString(p.Text); many {
			for _, sound := range reading.Default().InUse(r) {
				if label := sound >> toneBits; !slices.Contains(labels, label) {
					labels = append(labels, label)
				}
			}
		}
		choices = append(choices, labels)
		if len(choices) >= maxIndexed {
			break
		}
	}
	choices = choices[:min(len(choices), maxIndexed)]
	for from := range choices {
		if from > 0 && !inner {
			break
		}
		for _, labels := range ways(choices[from:]) {
			paths = append(paths, path{labels, ref{entry, int16(from)}})
		}
	}
	return paths
}

// indexed returns the characters of a text that an index knows, folded: those with a reading, and those of ASCII.
func indexed(text string) []rune {
	var runes []rune
	for _, r := range text {
		r = fold.All.Rune(r)
		if r > ' ' && r < utf8.RuneSelf || reading.Default().InUse(r) != nil {
			if runes = append(runes, r); len(runes) == maxIndexed {
				break
			}
		}
	}
	return runes
}

// ways returns the combinations of choices, those with the first choices before others, at most maxWays.
func ways(choices [][]uint16) [][]uint16 {
	all := [][]uint16{nil}
	for _, labels := range choices {
		var longer [][]uint16
		for _, label := range labels {
			for _, way := range all {
				if len(longer) < maxWays {
					longer = append(longer, append(slices.Clip(way), label))
				}
			}
		}
		all = longer
	}
	return all
}
