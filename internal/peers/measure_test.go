//go:build unix

package peers

import (
	"testing"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"github.com/rivo/uniseg"

	"github.com/zhushou-ai/zhushou/locale/measure"
)

// over runs what is measured over the whole text at once, and, as a list needs it, over each of its lines.
func over(b *testing.B, name string, measured func(s string)) {
	whole, each := text(b), lines(b)
	b.Run(name+"/whole", func(b *testing.B) {
		loop(b, len(whole), func() { measured(whole) })
	})
	b.Run(name+"/lines", func(b *testing.B) {
		loop(b, len(whole), func() {
			for _, line := range each {
				measured(line)
			}
		})
	})
}

func BenchmarkDecode(b *testing.B) {
	over(b, "RuneCount", func(s string) { utf8.RuneCountInString(s) })
}

func BenchmarkWidth(b *testing.B) {
	over(b, "measure", func(s string) { measure.Width(s) })
	over(b, "runewidth", func(s string) { runewidth.StringWidth(s) })
	over(b, "uniseg", func(s string) { uniseg.StringWidth(s) })
}

func BenchmarkCutByWidth(b *testing.B) {
	over(b, "measure", func(s string) { measure.Columns{}.Cut(s, len(s)*5/8) })
	over(b, "runewidth", func(s string) { runewidth.Truncate(s, len(s)*5/8, "") })
}

func BenchmarkGraphemes(b *testing.B) {
	over(b, "measure", func(s string) { measure.GraphemeCount(s) })
	over(b, "uniseg", func(s string) { uniseg.GraphemeClusterCount(s) })
}

func BenchmarkTokens(b *testing.B) {
	for name, tokenizer := range map[string]measure.Tokenizer{"o200k": measure.O200k, "cl100k": measure.CL100k, "qwen": measure.Qwen} {
		over(b, name, func(s string) { measure.Tokens(s, tokenizer) })
	}
}
