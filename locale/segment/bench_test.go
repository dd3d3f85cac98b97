package segment_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

// BenchmarkCut cuts text in which every sentence has work for the rules, harder than most.
func BenchmarkCut(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	var made strings.Builder
	for made.Len() < 1<<20 {
		made.WriteString(sentence(rng))
	}
	text := made.String()
	var d segment.Dictionary
	if err := d.Add("生命起源", 0, segment.Noun); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		g    *segment.Segmenter
	}{
		{"Precise", &segment.Segmenter{}},
		{"DictionaryOnly", &segment.Segmenter{DictionaryOnly: true}},
		{"Search", &segment.Segmenter{Mode: segment.Search}},
		{"Full", &segment.Segmenter{Mode: segment.Full}},
		{"Dictionary", &segment.Segmenter{Dictionary: &d}},
	} {
		b.Run(c.name, func(b *testing.B) {
			tokens := 0
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for range c.g.Cut(text) {
					tokens++
				}
			}
		})
	}
}
