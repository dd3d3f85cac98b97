package collate

import (
	"math/rand/v2"
	"testing"
)

// generated returns names of three ideographs, some with a Latin word or a number after them.
func generated(n int) []string {
	random := rand.New(rand.NewPCG(3, 4))
	names := make([]string, n)
	for i := range names {
		name := make([]rune, 3)
		for j := range name {
			name[j] = rune(0x4E00 + random.IntN(0x5000))
		}
		names[i] = string(name) + []string{"", "", " Lee", "2026", "（女）"}[random.IntN(5)]
	}
	return names
}

func BenchmarkAppendKey(b *testing.B) {
	names := generated(1 << 10)
	size := 0
	for _, name := range names {
		size += len(name)
	}
	for name, o := range orders {
		b.Run(name, func(b *testing.B) {
			var key []byte
			b.SetBytes(int64(size))
			for b.Loop() {
				for _, name := range names {
					key = o.AppendKey(key[:0], name)
				}
			}
		})
	}
}

func BenchmarkSort(b *testing.B) {
	names := generated(1 << 10)
	texts := make([]string, len(names))
	for b.Loop() {
		copy(texts, names)
		Pinyin.Sort(texts)
	}
}
