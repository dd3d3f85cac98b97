package pinyin

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/zhushou-ai/zhushou/internal/fold"
	"github.com/zhushou-ai/zhushou/locale/pinyin/internal/reading"
)

// A Match is a word that a query has found.
type Match struct {
	Entry

	// Start is the number of the character from which the query fits, 0 without [NewInnerIndex]. Characters that have
	// no pinyin and are no letters or digits are not counted.
	Start int

	// Whole is whether the query is all of the word from there on, and not only its beginning.
	Whole bool

	// Abbreviated is whether a syllable is not typed in full.
	Abbreviated bool

	// Confused is the number of syllables that fit only as something alike, with [Query.Fuzzy].
	Confused int
}

// A Query is a question to an [Index].
type Query struct {
	// Text is what is typed. Each character of a word stands in it as its pinyin without a tone (ü as v or ü), as its
	// initial or first letter, or as the character itself; the last one also as any beginning of its pinyin. Spaces
	// and apostrophes may stand between. Letters and digits of a word stand for themselves.
	Text string

	// Limit is the largest number of matches. If zero, it is 20.
	Limit int

	// Fuzzy are differences that do not count.
	Fuzzy Fuzzy
}

const (
	defaultLimit = 20
	maxQuery     = 128    // bytes of a query that are looked at
	maxSteps     = 50_000 // edges that a query looks at
)

// Find returns the words that the text fits, best first: whole words before longer ones, then those without confused
// syllables, those without abbreviated ones, those of larger weight, and those that fit from an earlier character.
func (x *Index) Find(text string) []Match { return x.Query(Query{Text: text}) }

// Query returns what the query finds, in the order of [Index.Find]. Its time is bounded: where a query fits very many
// words some are missed, of those that go on after the query the ones of small weight.
func (x *Index) Query(q Query) []Match {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	w := walk{index: x, steps: maxSteps, seen: make(map[int32]int)}
	if w.text = typed(q.Text); w.text == "" {
		return nil
	}
	if q.Fuzzy&AllFuzzy != 0 {
		w.alike = q.Fuzzy.alike()
	}
	w.follow(0, 0, 0, end{})
	return w.collect(q.Limit)
}

// typed returns the text in the form that words are compared in: folded, with ü as v, and spaces for all that separates.
func typed(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch r = fold.All.Rune(r); {
		case r == 'ü':
			b.WriteByte('v')
		case r == utf8.RuneError:
		case r <= ' ', r == '\'', r == '’', r == '-', r == '　':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
		if b.Len() >= maxQuery {
			break
		}
	}
	return strings.TrimSpace(b.String())
}

// A walk follows a query through an index.
type walk struct {
	index *Index
	text  string
	alike [][]string // with Fuzzy: names that a label is the same as, its own first
	steps int
	ends  []end
	seen  map[int32]int // node → the end that was found there
}

// An end is a node to which the whole query leads, and what it has taken to get there.
type end struct {
	node        int32
	confused    int
	abbreviated bool
	chars       []char
}

// A char is a character that a word must have at a place, counted from where the query fits.
type char struct {
	at int
	r  rune
}

// follow follows the query from its byte at on, from a node that so many characters of a word have led to.
func (w *walk) follow(n int32, at, depth int, so end) {
	for at < len(w.text) && w.text[at] == ' ' {
		at++
	}
	if at == len(w.text) {
		so.node = n
		w.finish(so)
		return
	}
	r, size := utf8.DecodeRuneInString(w.text[at:])
	var readings []uint16
	if r >= utf8.RuneSelf {
		if readings = reading.Default().InUse(r); readings == nil {
			return
		}
	}
	first, last := w.index.nodes[n].edges, w.index.nodes[n+1].edges
	for e := first; e < last && w.steps > 0; e++ {
		w.steps--
		label, child := w.index.labels[e], w.index.children[e]
		switch {
		case label >= literal:
			if r == rune(label-literal) {
				w.follow(child, at+1, depth+1, so)
			}
		case readings != nil:
			if slices.ContainsFunc(readings, func(s uint16) bool { return s>>toneBits == label }) {
				next := so
				next.chars = append(slices.Clip(so.chars), char{depth, r})
				w.follow(child, at+size, depth+1, next)
			}
		default:
			w.spelled(child, label, at, depth, so)
		}
	}
}

// spelled follows an edge whose syllable is typed at a byte of the query, in full or abbreviated.
func (w *walk) spelled(child int32, label uint16, at, depth int, so end) {
	var one [1]string
	names := one[:]
	if one[0] = sounds()[label].name; w.alike != nil {
		names = w.alike[label]
	}
	rest := w.text[at:]
	tried := 0 // set of lengths
	for i, name := range names {
		if strings.Contains(name, "ü") {
			name = strings.ReplaceAll(name, "ü", "v")
		}
		common := 0
		for common < len(name) && common < len(rest) && name[common] == rest[common] {
			common++
		}
		for n := 1; n <= common; n++ {
			whole := n == len(name)
			initial := n == 1 || n == 2 && name[1] == 'h'
			if !(whole || initial || n == len(rest)) || tried>>n&1 != 0 {
				continue
			}
			tried |= 1 << n
			next := at + n
			if whole && next < len(w.text) && w.text[next] >= '1' && w.text[next] <= '5' {
				next++ // a tone
			}
			then := so
			then.confused += min(i, 1)
			then.abbreviated = so.abbreviated || !whole
			w.follow(child, next, depth+1, then)
		}
	}
}

// finish notes that the whole query leads to a node.
func (w *walk) finish(so end) {
	i, ok := w.seen[so.node]
	switch {
	case !ok:
		w.seen[so.node] = len(w.ends)
		w.ends = append(w.ends, so)
	case so.confused < w.ends[i].confused || so.confused == w.ends[i].confused && !so.abbreviated:
		w.ends[i] = so
	}
}

// collect returns the best of the words at and below the ends.
func (w *walk) collect(limit int) []Match {
	var matches []Match
	found := make(map[int32]bool)
	take := func(e end, whole bool, refs []ref) {
		for _, r := range refs {
			if !found[r.entry] && hasChars(w.index.entries[r.entry].Word, int(r.from), e.chars) {
				found[r.entry] = true
				matches = append(matches, Match{w.index.entries[r.entry], int(r.from), whole, e.abbreviated, e.confused})
			}
		}
	}
	slices.SortStableFunc(w.ends, func(a, b end) int {
		return cmp.Or(cmp.Compare(a.confused, b.confused), compareBool(a.abbreviated, b.abbreviated))
	})
	for _, e := range w.ends {
		take(e, true, w.index.at(e.node))
	}
	sortMatches(matches)
	if len(matches) >= limit {
		return matches[:limit]
	}
	whole := len(matches)
	var below frontier
	for _, e := range w.ends {
		below.pushBelow(w.index, e)
	}
	for steps := maxSteps; len(below) > 0 && len(matches)-whole < limit && steps > 0; steps-- {
		e := heap.Pop(&below).(weighted)
		take(e.end, false, w.index.at(e.node))
		below.pushBelow(w.index, e.end)
	}
	sortMatches(matches[whole:])
	return matches[:min(limit, len(matches))]
}

func sortMatches(matches []Match) {
	slices.SortStableFunc(matches, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Confused, b.Confused), compareBool(a.Abbreviated, b.Abbreviated),
			cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Start, b.Start))
	})
}

// compareBool puts false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// at returns the words that end at a node.
func (x *Index) at(n int32) []ref { return x.refs[x.nodes[n].refs:x.nodes[n+1].refs] }

// hasChars reports whether word has the characters at their places, counted from the character from on.
func hasChars(word string, from int, chars []char) bool {
	if len(chars) == 0 {
		return true
	}
	runes := indexed(word)
	for _, c := range chars {
		if at := from + c.at; at >= len(runes) || runes[at] != c.r {
			return false
		}
	}
	return true
}

// A frontier is a heap of nodes, the one with the largest weight below it first.
type frontier []weighted

type weighted struct {
	end
	most float32
}

func (f *frontier) pushBelow(x *Index, e end) {
	first, last := x.nodes[e.node].edges, x.nodes[e.node+1].edges
	for _, child := range x.children[first:last] {
		e.node = child
		heap.Push(f, weighted{e, x.nodes[child].most})
	}
}

func (f frontier) Len() int           { return len(f) }
func (f frontier) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f frontier) Less(i, j int) bool { return f[i].most > f[j].most }
func (f *frontier) Push(v any)        { *f = append(*f, v.(weighted)) }
func (f *frontier) Pop() any {
	last := len(*f) - 1
	v := (*f)[last]
	*f = (*f)[:last]
	return v
}
