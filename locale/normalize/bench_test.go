package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// prose returns ordinary Chinese text, 1 MB of it.
func prose() string {
	words := strings.Fields("我们 今天 去 公园 散步 ， 天气 很好 。 他 说 ： “ 好的 ” ， 用 Go 写 程序 ， 版本 1.26 发布 了 ！ 请 打开 设置 （ 第 3 页 ）")
	rng := rand.New(rand.NewPCG(7, 7))
	var b strings.Builder
	for b.Len() < 1<<20 {
		b.WriteString(words[rng.IntN(len(words))])
		if rng.IntN(60) == 0 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func BenchmarkAppend(b *testing.B) {
	s := prose()
	for name, o := range variants {
		b.Run(name, func(b *testing.B) {
			dst := o.Append(nil, s)
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				dst = o.Append(dst[:0], s)
			}
		})
	}
}

// BenchmarkString normalizes what is normal already.
func BenchmarkString(b *testing.B) {
	s := strings.ReplaceAll(prose(), "1", "一")
	for name, o := range variants {
		s := o.String(s)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				_ = o.String(s)
			}
		})
	}
}
