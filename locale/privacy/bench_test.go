package privacy_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// prose is Chinese text with nothing private in it: common characters, Latin words, years and punctuation.
func prose(size int) string {
	const common = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
	chars := []rune(common)
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < size {
		for range 4 + r.IntN(12) {
			b.WriteRune(chars[r.IntN(len(chars))])
		}
		b.WriteString(pick(r, "，|，|，|。|。\n|、| assistant |2026年|“好”"))
	}
	return b.String()
}

func BenchmarkFindInProse(b *testing.B) {
	text := prose(1 << 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for range privacy.Find(text) {
		}
	}
}

func BenchmarkFindInRecords(b *testing.B) {
	text := document(rand.New(rand.NewPCG(1, 2)), 2000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for range privacy.Find(text) {
		}
	}
}
