package match_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/zhushou-ai/zhushou/locale/match"
)

// A language makes words and texts whose characters are as uneven as those of Chinese.
type language struct {
	rng   *rand.Rand
	runes *rand.Zipf
}

func newLanguage() language {
	rng := rand.New(rand.NewPCG(8, 1))
	return language{rng, rand.NewZipf(rng, 1.3, 60, 6000)}
}

func (l language) word() string {
	var b strings.Builder
	for range 2 + l.rng.IntN(2)*l.rng.IntN(3) {
		b.WriteRune('一' + rune(l.runes.Uint64())*3)
	}
	return b.String()
}

func (l language) words(n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = l.word()
	}
	return words
}

// text returns a text of about n bytes that consists mostly of such words.
func (l language) text(words []string, n int) string {
	var b strings.Builder
	for b.Len() < n {
		switch l.rng.IntN(8) {
		case 0:
			b.WriteString("，")
		case 1:
			b.WriteString(" Go 1.26 ")
		case 2, 3:
			b.WriteString(words[l.rng.IntN(len(words))])
		default:
			b.WriteString(l.word())
		}
	}
	return b.String()
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		l := newLanguage()
		words := l.words(n)
		text := l.text(words, 1<<20)
		for name, c := range map[string]match.Config{
			"plain":      {},
			"gaps":       {MaxGap: 3},
			"exceptions": {Exceptions: []string{words[0] + words[1]}},
			"whole":      {WholeWords: true},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				c.Words = list(words...)
				m := build(b, c)
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					for range m.Find(text) {
					}
				}
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for _, n := range []int{10, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			words := list(newLanguage().words(n)...)
			for b.Loop() {
				build(b, match.Config{Words: words})
			}
		})
	}
}

// BenchmarkShort is a line of a chat.
func BenchmarkShort(b *testing.B) {
	m := build(b, match.Config{Words: list(newLanguage().words(10_000)...), MaxGap: 3})
	b.ReportAllocs()
	for b.Loop() {
		if m.Contains("今天晚上八点开会") {
			b.Fatal("a word that is not there")
		}
	}
}

func BenchmarkStream(b *testing.B) {
	l := newLanguage()
	words := l.words(10_000)
	text := l.text(words, 1<<16)
	s := build(b, match.Config{Words: list(words...), MaxGap: 3}).Stream()
	var hits []match.Hit
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for rest := text; rest != ""; {
			n := min(len(rest), 12)
			hits = s.Append(hits[:0], rest[:n])
			rest = rest[n:]
		}
		hits = s.Flush(hits[:0])
	}
}
