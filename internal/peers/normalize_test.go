//go:build unix

package peers

import (
	"testing"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"github.com/zhushou-ai/zhushou/locale/normalize"
)

func BenchmarkNormalize(b *testing.B) {
	s := text(b)
	dst := make([]byte, 0, 2*len(s))
	for name, o := range map[string]normalize.Options{
		"NFKC":            {Form: normalize.NFKC},
		"NFKC of Chinese": {Form: normalize.NFKC, KeepPunctuation: true},
		"NFC":             {Form: normalize.NFC},
		"width":           {Width: true},
		"search":          normalize.Search,
		"tidy":            normalize.Tidy,
		"Pangu":           {Spacing: normalize.Pangu},
		"AutoCorrect":     {Spacing: normalize.AutoCorrect},
		"punctuation":     {Punctuation: normalize.FullPunctuation},
	} {
		b.Run(name, func(b *testing.B) {
			loop(b, len(s), func() { dst = o.Append(dst[:0], s) })
		})
	}
	b.Run("x-text/NFKC", func(b *testing.B) {
		loop(b, len(s), func() { dst = norm.NFKC.AppendString(dst[:0], s) })
	})
	b.Run("x-text/NFC", func(b *testing.B) {
		loop(b, len(s), func() { dst = norm.NFC.AppendString(dst[:0], s) })
	})
	b.Run("x-text/width", func(b *testing.B) {
		loop(b, len(s), func() { _ = width.Fold.String(s) })
	})
}

// BenchmarkIsNormal asks whether text is normal that is.
func BenchmarkIsNormal(b *testing.B) {
	s := norm.NFKC.String(text(b))
	b.Run("normalize", func(b *testing.B) {
		nfkc := normalize.Options{Form: normalize.NFKC}
		loop(b, len(s), func() {
			if !nfkc.IsNormal(s) {
				b.Fatal("not normal")
			}
		})
	})
	b.Run("x-text", func(b *testing.B) {
		loop(b, len(s), func() {
			if !norm.NFKC.IsNormalString(s) {
				b.Fatal("not normal")
			}
		})
	})
}
