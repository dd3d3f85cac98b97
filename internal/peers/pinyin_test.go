package peers

import (
	"testing"

	gopinyin "github.com/mozillazg/go-pinyin"

	"github.com/zhushou-ai/zhushou/locale/pinyin"
)

func BenchmarkPinyin(b *testing.B) {
	all := lines(b)
	size := len(text(b))
	b.Run("zhushou", func(b *testing.B) {
		c := pinyin.Converter{}
		var room []byte
		loop(b, size, func() {
			for _, line := range all {
				room = c.Append(room[:0], line)
			}
		})
	})
	b.Run("zhushou-whole-text", func(b *testing.B) {
		c := pinyin.Converter{}
		var room []byte
		loop(b, size, func() { room = c.Append(room[:0], text(b)) })
	})
	b.Run("zhushou-pieces", func(b *testing.B) {
		loop(b, size, func() {
			for _, line := range all {
				for piece := range pinyin.All(line) {
					_ = piece
				}
			}
		})
	})
	args := gopinyin.NewArgs()
	args.Style = gopinyin.Tone
	b.Run("go-pinyin", func(b *testing.B) {
		loop(b, size, func() {
			for _, line := range all {
				gopinyin.LazyPinyin(line, args)
			}
		})
	})
}
