package measure

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// generated is Chinese prose as far as measuring can tell: runs of common characters, some of Latin letters and
// digits, punctuation and lines.
func generated(size int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < size {
		for range 4 + random.IntN(12) {
			b.WriteRune(rune(0x4E00 + random.IntN(0x5000)))
		}
		switch random.IntN(8) {
		case 0:
			b.WriteString(" assistant ")
		case 1:
			b.WriteString("2026")
		case 2:
			b.WriteString("。\n")
		case 3:
			b.WriteString("“好”")
		default:
			b.WriteString("，")
		}
	}
	return b.String()
}

func BenchmarkWidth(b *testing.B) {
	text := generated(1 << 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Width(text)
	}
}

func BenchmarkCut(b *testing.B) {
	text := generated(1 << 20)
	width := Width(text) - 10
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Columns{}.Cut(text, width)
	}
}

func BenchmarkGraphemes(b *testing.B) {
	text := generated(1 << 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		GraphemeCount(text)
	}
}

func BenchmarkSentences(b *testing.B) {
	text := generated(1 << 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for range Sentences(text) {
		}
	}
}

func BenchmarkTokens(b *testing.B) {
	text := generated(1 << 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Tokens(text, O200k)
	}
}
