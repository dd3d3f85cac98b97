//go:build unix

package peers

import (
	"testing"

	xcollate "golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/zhushou-ai/zhushou/locale/collate"
)

func BenchmarkCollationKeys(b *testing.B) {
	whole, each := text(b), lines(b)
	b.Run("collate", func(b *testing.B) {
		var key []byte
		loop(b, len(whole), func() {
			for _, line := range each {
				key = collate.Pinyin.AppendKey(key[:0], line)
			}
		})
	})
	b.Run("x-text", func(b *testing.B) {
		pinyin := xcollate.New(language.Chinese)
		var buffer xcollate.Buffer
		loop(b, len(whole), func() {
			for _, line := range each {
				pinyin.KeyFromString(&buffer, line)
				buffer.Reset()
			}
		})
	})
}
