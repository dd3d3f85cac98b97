package pattern

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// A naive matcher tries all ways of one phrase.
type naive struct {
	text  *view.Text
	scope *Scope
	spans []span // candidates and, of kind skipKind, words to skip
}

// A way is how far a part has led, and at what cost.
type ways map[int]cost

func (w ways) add(end int, c cost) {
	if old, ok := w[end]; !ok || c < old {
		w[end] = c
	}
}

// match returns the least cost of the phrase for the whole sentence.
func (m *naive) match(n *node) (cost, bool) {
	all := m.after(n, ways{0: 0})
	c, ok := m.skips(all)[len(m.text.Runes)]
	return c, ok
}

// skips adds what can be reached by skipping words.
func (m *naive) skips(from ways) ways {
	out := ways{}
	for i := range len(m.text.Runes) + 1 {
		if c, ok := from[i]; ok {
			out.add(i, c)
		}
		c, ok := out[i]
		for _, s := range m.spans {
			if ok && s.kind == skipKind && int(s.start) == i {
				out.add(int(s.end), c+cost(s.end-s.start)*(perUncovered+perSkipped))
			}
		}
	}
	return out
}

// after returns where n leads to from each place.
func (m *naive) after(n *node, from ways) ways {
	out := ways{}
	switch n.op {
	case opWords:
		out = from
		for _, r := range spoken(n.words) {
			next := ways{}
			for i, c := range m.skips(out) {
				if i < len(m.text.Runes) && m.text.Runes[i] == r {
					next.add(i+1, c)
				}
			}
			out = next
		}
	case opSequence:
		out = from
		for _, item := range n.items {
			out = m.after(item, out)
		}
	case opChoice:
		for _, item := range n.items {
			for i, c := range m.after(item, from) {
				out.add(i, c)
			}
		}
	case opOrder, opBoth:
		permute(len(n.items), func(order []int) {
			at := from
			any := &node{op: opAny, most: unbounded}
			for _, i := range order {
				if n.op == opBoth {
					at = m.after(any, at)
				}
				at = m.after(n.items[i], at)
			}
			if n.op == opBoth {
				at = m.after(any, at)
			}
			for i, c := range at {
				out.add(i, c)
			}
		})
	case opSlot:
		for i, c := range m.skips(from) {
			m.slot(n.slot, i, c, out)
		}
	case opAny:
		for i, c := range from {
			if n.least == 0 {
				out.add(i, c)
			}
		}
		for i, c := range m.skips(from) {
			m.any(max(1, n.least), n.most, i, c, out)
		}
	}
	return out
}

func (m *naive) any(least, most, i int, c cost, out ways) {
	for end := i + least; m.text.Parted(i) && end <= len(m.text.Runes) && (most == unbounded || end <= i+most); end++ {
		if m.text.Parted(end) {
			out.add(end, c+cost(end-i)*perUncovered)
		}
	}
}

func (m *naive) slot(s Slot, i int, c cost, out ways) {
	kinds := []Kind{Text}
	if m.scope.has(s.Of) {
		kinds = m.scope.Kinds[s.Of]
	}
	for _, kind := range kinds {
		if kind == Text {
			m.any(1, unbounded, i, c+perSlot, out)
		}
		for _, sp := range m.spans {
			if kind != Text && sp.kind == kind && int(sp.start) == i {
				out.add(int(sp.end), c+cost(sp.doubt)*perUncovered+cost(sp.end-sp.start)*perFilled+perSlot)
			}
		}
	}
	for k, value := range m.scope.Lists[s.Of] {
		n, err := readPlain(0, value, "", m.scope)
		if err != nil {
			panic(err)
		}
		inner := &naive{text: m.text, scope: m.scope}
		for end := range inner.after(n, ways{i: 0}) {
			if m.text.Parted(i) && m.text.Parted(end) {
				out.add(end, c+cost(end-i)*perFilled+perSlot)
			}
		}
		_ = k
	}
}

func permute(n int, f func([]int)) {
	order := make([]int, 0, n)
	var rec func()
	rec = func() {
		if len(order) == n {
			f(order)
			return
		}
	next:
		for i := range n {
			for _, o := range order {
				if o == i {
					continue next
				}
			}
			order = append(order, i)
			rec()
			order = order[:len(order)-1]
		}
	}
	rec()
}

// A generator makes phrases and sentences of few characters, so that they often fit.
type generator struct{ *rand.Rand }

func (g generator) words(most int) string {
	var b strings.Builder
	for range 1 + g.IntN(most) {
		b.WriteString([]string{"开", "关", "灯", "的", "A", "b", "1", "2"}[g.IntN(8)])
	}
	return b.String()
}

func (g generator) phrase(depth int) string {
	var b strings.Builder
	for range 1 + g.IntN(3) {
		kind := g.IntN(12)
		if depth == 0 {
			kind %= 5
		}
		inner := func() string { return g.phrase(depth - 1) }
		switch kind {
		case 0, 1:
			b.WriteString(g.words(2))
		case 2:
			b.WriteString([]string{"{text}", "{time}", "{song}", "{room}", "{x:color}"}[g.IntN(5)])
		case 3:
			b.WriteString([]string{"{*}", "{*1-2}", "{*2}", "{*2-}"}[g.IntN(4)])
		case 4, 5:
			b.WriteString("[" + g.words(2) + "]")
		case 6, 7:
			b.WriteString("(" + inner() + "|" + inner() + ")")
		case 8:
			b.WriteString("[" + inner() + "]")
		case 9:
			b.WriteString("(" + inner() + ";" + inner() + ")")
		case 10:
			b.WriteString("(" + inner() + "&&" + inner() + ")")
		case 11:
			b.WriteString("<rule>")
		}
	}
	return b.String()
}

// The automaton finds what trying all ways finds, with the same cost.
func TestLikeNaive(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	scope := &Scope{
		Rules: map[string]string{"rule": "(开|[的]关)灯"},
		Lists: map[string][]string{"room": {"灯", "(开|关)的", "灯的"}, "color": {"A[b]", "12", "的"}},
		Kinds: map[string][]Kind{"time": {moment}, "song": {song, Text}, "color": {number}},
	}
	skip := []string{"的", "开灯", "A"}
	fit, tried := 0, 0
	for seed := range uint64(250) {
		g := generator{rand.New(rand.NewPCG(seed, 0))}
		var phrases []Phrase
		var nodes []*node
		for len(phrases) < 6 {
			p := Phrase{Text: g.phrase(2), Scope: scope}
			n, err := readPhrase(0, p)
			if err != nil {
				require.ErrorContains(t, err, "fits an empty sentence", p.Text)
				continue
			}
			phrases, nodes = append(phrases, p), append(nodes, n)
		}
		set, err := Compile(phrases, skip)
		require.NoError(t, err)
		for range 20 {
			sentence := g.words(9)
			var candidates []Candidate
			m := &naive{text: view.OfString(sentence), scope: scope}
			for range g.IntN(4) {
				start := g.IntN(len(sentence))
				c := Candidate{start, start + 1 + g.IntN(3), []Kind{moment, song, number}[g.IntN(3)], g.IntN(2)}
				candidates = append(candidates, c)
				if n := len(m.text.Runes); c.End <= n {
					m.spans = append(m.spans, span{start: int32(c.Start), end: int32(c.End), kind: c.Kind, doubt: int32(c.Doubt)})
				}
			}
			loose := g.IntN(2) == 0
			if loose {
				m.spans = append(m.spans, m.skipWords(skip)...)
			}
			got := make(map[int]Match)
			matches := set.Match(m.text, candidates, Options{Loose: loose})
			for _, found := range matches {
				got[found.Phrase] = found
			}
			require.Len(t, got, len(matches), "a phrase is found twice")
			for i, n := range nodes {
				tried++
				want, ok := m.match(n)
				at := fmt.Sprintf("%q in %q loose %v with %v", phrases[i].Text, sentence, loose, candidates)
				found, is := got[i]
				require.Equal(t, ok, is, at)
				if !ok {
					continue
				}
				fit++
				filled := 0
				for _, f := range found.Fills {
					if f.Candidate >= 0 || f.Value >= 0 {
						filled += f.End - f.Start
					}
				}
				have := cost(found.Free+found.Skipped+found.Doubt)*perUncovered + cost(found.Skipped)*perSkipped +
					cost(filled)*perFilled + cost(len(found.Fills))*perSlot
				require.Equal(t, want, have, at)
				require.Equal(t, len(m.text.Runes), found.Literal+found.Free+found.Skipped+filled, at)
			}
		}
	}
	t.Logf("%d of %d fit", fit, tried)
	require.Greater(t, fit, tried/20, "the test compares too little")
}

// skipWords finds words to skip.
func (m *naive) skipWords(words []string) []span {
	var out []span
	for _, word := range words {
		w := spoken(word)
		for i := 0; i+len(w) <= len(m.text.Runes); i++ {
			if string(m.text.Runes[i:i+len(w)]) == string(w) && m.text.Parted(i) && m.text.Parted(i+len(w)) {
				out = append(out, span{start: int32(i), end: int32(i + len(w)), kind: skipKind})
			}
		}
	}
	return out
}
