package peers

import (
	"sync"
	"testing"

	"github.com/go-ego/gse"

	"github.com/zhushou-ai/zhushou/locale/segment"
)

var gseSegmenter = sync.OnceValues(func() (*gse.Segmenter, error) {
	s := &gse.Segmenter{SkipLog: true}
	return s, s.LoadDict()
})

// BenchmarkSegment cuts the text line by line. Dictionary is the work that gse does without a model of unknown words;
// Rules has names, numbers and times on top.
func BenchmarkSegment(b *testing.B) {
	all := lines(b)
	size := 0
	for _, line := range all {
		size += len(line)
	}
	peer, err := gseSegmenter()
	if err != nil {
		b.Fatal(err)
	}
	rules, dictionary, search := &segment.Segmenter{}, &segment.Segmenter{DictionaryOnly: true}, &segment.Segmenter{Mode: segment.Search}
	for _, c := range []struct {
		name string
		cut  func(line string) int
	}{
		{"Rules", func(line string) int { return count(rules, line) }},
		{"Dictionary", func(line string) int { return count(dictionary, line) }},
		{"Search", func(line string) int { return count(search, line) }},
		{"gse/Segment", func(line string) int { return len(peer.Segment([]byte(line))) }},
		{"gse/Cut", func(line string) int { return len(peer.Cut(line)) }},
		{"gse/CutHMM", func(line string) int { return len(peer.Cut(line, true)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			tokens := 0
			loop(b, size, func() {
				for _, line := range all {
					tokens += c.cut(line)
				}
			})
			if tokens == 0 {
				b.Fatal("no tokens")
			}
		})
	}
}

func count(g *segment.Segmenter, line string) int {
	n := 0
	for range g.Cut(line) {
		n++
	}
	return n
}
