package script

import "testing"

// BenchmarkAppend converts text that is thick with words of the dictionaries, harder than most.
func BenchmarkAppend(b *testing.B) {
	text := generated(5, 1<<20)
	for _, c := range all {
		b.Run(c.configuration.name, func(b *testing.B) {
			dst := c.Append(nil, text)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				dst = c.Append(dst[:0], text)
			}
		})
	}
}
