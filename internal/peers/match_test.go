package peers

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	bobu "github.com/BobuSumisu/aho-corasick"
	"github.com/cloudflare/ahocorasick"
	petar "github.com/petar-dambovaliev/aho-corasick"

	"github.com/zhushou-ai/zhushou/locale/match"
)

// commonWords returns the n commonest words of two characters and more in the dictionary of jieba, which
// ZHUSHOU_DICT names: dict.txt of the npm package @node-rs/jieba.
func commonWords(tb testing.TB, n int) []string {
	tb.Helper()
	path := os.Getenv("ZHUSHOU_DICT")
	if path == "" {
		tb.Skip("ZHUSHOU_DICT does not name the dict.txt of jieba")
	}
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	type word struct {
		text  string
		count int
	}
	var words []word
	for dict := bufio.NewScanner(file); dict.Scan(); {
		fields := strings.Fields(dict.Text())
		if count, err := strconv.Atoi(fields[1]); err == nil && utf8.RuneCountInString(fields[0]) > 1 {
			words = append(words, word{fields[0], count})
		}
	}
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(b.count, a.count) })
	common := make([]string, n)
	for i := range common {
		common[i] = words[i].text
	}
	return common
}

// rareWords returns as many words of the same characters, such as those of a block list: hardly one is ever found.
func rareWords(common []string) []string {
	rare := make([]string, len(common))
	for i := range common {
		backwards := []rune(common[i*3%len(common)])
		slices.Reverse(backwards)
		rare[i] = string(backwards) + common[(i*7+13)%len(common)]
	}
	slices.Sort(rare)
	return slices.Compact(rare)
}

// A wordList is what is looked for, as the library takes it and as its peers do.
type wordList struct {
	words []match.Word
	texts []string
}

func newWordList(texts []string) wordList {
	l := wordList{make([]match.Word, len(texts)), texts}
	for i, t := range texts {
		l.words[i].Text = t
	}
	return l
}

// matchers build a search for all hits, those that overlap too, of words in a text. It returns how many there are.
var matchers = []struct {
	name  string
	build func(wordList) (count func(text string) int)
}{
	{"match", func(l wordList) func(string) int { return ours(match.Config{Words: l.words}) }},
	{"match-gaps", func(l wordList) func(string) int { return ours(match.Config{Words: l.words, MaxGap: 3}) }},
	{"BobuSumisu", func(l wordList) func(string) int {
		trie := bobu.NewTrieBuilder().AddStrings(l.texts).Build()
		return func(text string) (hits int) {
			trie.Walk([]byte(text), func(_, _, _ int64) bool { hits++; return true })
			return hits
		}
	}},
	{"petar-NFA", func(l wordList) func(string) int { return petars(l.texts, false) }},
	{"petar-DFA", func(l wordList) func(string) int { return petars(l.texts, true) }},
	// It tells which words are there, not where or how often.
	{"cloudflare", func(l wordList) func(string) int {
		matcher := ahocorasick.NewStringMatcher(l.texts)
		return func(text string) int { return len(matcher.Match([]byte(text))) }
	}},
}

func ours(c match.Config) func(string) int {
	m, err := match.New(c)
	if err != nil {
		panic(err)
	}
	return func(text string) (hits int) {
		for range m.Find(text) {
			hits++
		}
		return hits
	}
}

func petars(words []string, dfa bool) func(string) int {
	builder := petar.NewAhoCorasickBuilder(petar.Opts{MatchKind: petar.StandardMatch, DFA: dfa})
	automaton := builder.Build(words)
	return func(text string) (hits int) {
		for all := automaton.IterOverlapping(text); all.Next() != nil; hits++ {
		}
		return hits
	}
}

// BenchmarkMatch reports beside the speed the heap that the search keeps, without the words themselves, and the time to
// build it. Some peers need several GB for 100,000 words.
func BenchmarkMatch(b *testing.B) {
	s := text(b)
	for _, n := range []int{10_000, 100_000} {
		common := commonWords(b, n)
		for i, list := range []wordList{newWordList(common), newWordList(rareWords(common))} {
			name := []string{"common", "rare"}[i]
			for _, m := range matchers {
				b.Run(fmt.Sprintf("%d/%s/%s", n, name, m.name), func(b *testing.B) {
					before, start := heap(), cpu(b)
					count := m.build(list)
					built := cpu(b) - start
					size := heap() - before
					hits := 0
					loop(b, len(s), func() { hits = count(s) })
					b.ReportMetric(float64(hits), "hits")
					b.ReportMetric(size/1e6, "heap-MB")
					b.ReportMetric(float64(built)/1e6, "build-cpu-s")
				})
			}
			runtime.KeepAlive(list)
		}
	}
}

func heap() float64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}
