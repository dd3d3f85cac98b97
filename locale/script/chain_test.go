package script

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/decode"
)

// A plainGroup is dictionaries as OpenCC describes them, looked up in maps.
type plainGroup []plainDictionary

type plainDictionary struct {
	pairs   map[string]string
	longest int // bytes
}

func (d plainDictionary) match(s string) (key, value string) {
	for n := min(d.longest, len(s)); n > 0; n-- {
		if v, ok := d.pairs[s[:n]]; ok {
			return s[:n], v
		}
	}
	return "", ""
}

// match returns the longest key of the first dictionary that has any.
func (g plainGroup) match(s string) (key, value string) {
	for _, d := range g {
		if key, value = d.match(s); key != "" {
			return key, value
		}
	}
	return "", ""
}

// next returns the size of what is passed over at the beginning of s, where no key matches.
func next(s string) int {
	r, size := decode.Rune(s, 0)
	if operands(r) > 0 {
		if end := sequence(s, 0); end > 0 {
			return end
		}
	}
	return size
}

func (g plainGroup) convert(s string) string {
	var out strings.Builder
	for len(s) > 0 {
		key, value := g.match(s)
		if key == "" {
			key = s[:next(s)]
			value = key
		}
		out.WriteString(value)
		s = s[len(key):]
	}
	return out.String()
}

func (g plainGroup) cut(s string) []string {
	var pieces []string
	start := 0
	for i := 0; i < len(s); {
		key, _ := g.match(s[i:])
		if key == "" {
			i += next(s[i:])
			continue
		}
		if start < i {
			pieces = append(pieces, s[start:i])
		}
		i += len(key)
		start = i
		pieces = append(pieces, key)
	}
	if start < len(s) {
		pieces = append(pieces, s[start:])
	}
	return pieces
}

// A plainChain converts as OpenCC does: one pass after the other.
type plainChain struct {
	normal plainGroup
	cutter plainGroup // nil if the text is not cut
	stages []plainGroup
}

func (c plainChain) convert(s string) string {
	s = c.normal.convert(s)
	pieces := []string{s}
	if c.cutter != nil {
		pieces = c.cutter.cut(s)
	}
	var out strings.Builder
	for _, piece := range pieces {
		for _, stage := range c.stages {
			piece = stage.convert(piece)
		}
		out.WriteString(piece)
	}
	return out.String()
}

func plainDict(t testing.TB, name string) plainDictionary {
	d := plainDictionary{pairs: map[string]string{}}
	for _, p := range dictionary(name) {
		d.pairs[p.from] = p.to
	}
	if name == simplifiedPhrases {
		characters := plainDict(t, "STCharacters")
		for key := range phrases().All() {
			if _, own := d.pairs[key]; !own {
				d.pairs[key] = plainGroup{characters}.convert(key)
			}
		}
	}
	for key := range d.pairs {
		d.longest = max(d.longest, len(key))
	}
	require.NotZero(t, d.longest, name)
	return d
}

func plain(t testing.TB, c *configuration) plainChain {
	group := func(names ...string) plainGroup {
		var g plainGroup
		for _, name := range names {
			g = append(g, plainDict(t, name))
		}
		return g
	}
	chain := plainChain{normal: group("CJK_Compatibility_Ideographs")}
	for _, s := range c.stages {
		chain.stages = append(chain.stages, group(s.dictionaries...))
	}
	if len(c.stages) > 1 {
		chain.cutter = group(simplifiedPhrases)
		if strings.HasSuffix(strings.TrimSuffix(c.name, "p"), "2s") {
			chain.cutter = group("TSPhrases")
		}
	}
	return chain
}

// generated returns text of n bytes or a little more: keys and replacements of all dictionaries, whole and cut, with
// random characters, Latin and punctuation between them.
func generated(seed uint64, n int) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	var words []string
	for name := range sections() {
		for _, p := range dictionary(name) {
			words = append(words, p.from, p.to)
		}
	}
	words = sorted(words) // the sections come in any order
	var long []string
	for _, w := range words {
		if utf8.RuneCountInString(w) > 1 {
			long = append(long, w)
		}
	}
	var simplified []string
	for key := range phrases().All() {
		simplified = append(simplified, key)
	}
	var text strings.Builder
	for text.Len() < n {
		switch rng.IntN(12) {
		case 0, 1, 2:
			text.WriteString(simplified[rng.IntN(len(simplified))])
		case 3, 4, 5:
			text.WriteString(long[rng.IntN(len(long))])
		case 6, 7:
			text.WriteString(words[rng.IntN(len(words))])
		case 8:
			w := []rune(long[rng.IntN(len(long))])
			text.WriteString(string(w[rng.IntN(len(w)):]))
		case 9:
			w := []rune(long[rng.IntN(len(long))])
			text.WriteString(string(w[:rng.IntN(len(w))]))
		case 10:
			text.WriteRune('一' + rune(rng.IntN(0x5200)))
		default:
			text.WriteString([]string{"，", "。", "abc", " ", "\n", "123", "⿰亻言", "é", "😀"}[rng.IntN(9)])
		}
	}
	return text.String()
}
