package audit

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
)

// BenchmarkAppend is one record at a time by many writers, on disk when acknowledged.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 64, 1024} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			l, err := Open(b.Context(), b.TempDir(), Config{})
			if err != nil {
				b.Fatal(err)
			}
			var n atomic.Int64
			b.SetParallelism(max(1, writers/2))
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					subject := fmt.Sprint(n.Add(1) % 1000)
					err := l.Append(context.Background(), Entry{Kind: "model.call", Subject: subject, Attrs: map[string]string{"model": "qwen-plus", "decision": "cloud"}})
					if err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.StopTimer()
			if err := l.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

// BenchmarkAppendBatch is a hundred records at a time by one writer.
func BenchmarkAppendBatch(b *testing.B) {
	l, err := Open(b.Context(), b.TempDir(), Config{})
	if err != nil {
		b.Fatal(err)
	}
	entries := make([]Entry, 100)
	for i := range entries {
		entries[i] = Entry{Kind: "model.call", Subject: fmt.Sprint(i), Attrs: map[string]string{"model": "qwen-plus", "decision": "cloud"}}
	}
	for b.Loop() {
		if err := l.Append(b.Context(), entries...); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N*len(entries))/b.Elapsed().Seconds(), "records/s")
}
