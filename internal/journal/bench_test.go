package journal

import (
	"context"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// event is as long as an event of a shop: who, what, when, how.
var event = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, 0x0102030405060708), 0x1122334455667788)

// BenchmarkAppend appends durably: one by one, by 8 writers at once, and in batches. An operation is one
// event.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			benchmarkAppend(b, Options{}, writers, 1)
		})
	}
	for _, batch := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("writers=1/batch=%d", batch), func(b *testing.B) {
			benchmarkAppend(b, Options{}, 1, batch)
		})
	}
	b.Run("never/writers=1", func(b *testing.B) { benchmarkAppend(b, Options{Sync: SyncNever}, 1, 1) })
	b.Run("never/writers=8", func(b *testing.B) { benchmarkAppend(b, Options{Sync: SyncNever}, 8, 1) })
}

func benchmarkAppend(b *testing.B, options Options, writers, batch int) {
	var syncs atomic.Int64
	options.wrap = func(_ string, f file) file { return &countingFile{f, &syncs} }
	j, err := Open(b.Context(), b.TempDir(), options)
	require.NoError(b, err)
	records := make([][]byte, batch)
	for i := range records {
		records[i] = event
	}
	var left atomic.Int64
	left.Store(int64(b.N))
	var group sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	for range writers {
		group.Go(func() {
			for left.Add(-int64(batch)) > -int64(batch) {
				if _, err := j.Append(context.Background(), records...); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(b.N)/float64(max(1, syncs.Load())), "events/sync")
	b.StopTimer()
	require.NoError(b, j.Close())
}

type countingFile struct {
	file
	syncs *atomic.Int64
}

func (f *countingFile) Sync() error {
	f.syncs.Add(1)
	return f.file.Sync()
}

// BenchmarkReplay reads a log of a million events from the cache of the system. An operation is one event.
func BenchmarkReplay(b *testing.B) {
	j, err := Open(b.Context(), b.TempDir(), Options{Sync: SyncNever})
	require.NoError(b, err)
	batch := make([][]byte, 1000)
	for i := range batch {
		batch[i] = event
	}
	for range 1000 {
		_, err := j.Append(b.Context(), batch...)
		require.NoError(b, err)
	}
	b.SetBytes(int64(len(event)))
	b.ReportAllocs()
	b.ResetTimer()
	for done := 0; done < b.N; {
		for _, err := range j.Replay(b.Context(), 1) {
			if err != nil {
				b.Fatal(err)
			}
			if done++; done == b.N {
				break
			}
		}
	}
	b.StopTimer()
	require.NoError(b, j.Close())
}

// BenchmarkSnapshot writes and opens a snapshot of 10 million events of 24 bytes in four columns, from the
// cache of the system: "open" is OpenSnapshot and all views without their checksums, "check" with them.
func BenchmarkSnapshot(b *testing.B) {
	const events = 10_000_000
	users, items := make([]int32, events), make([]int32, events)
	times, weights, kinds := make([]int64, events), make([]float32, events), make([]int32, events)
	for i := range users {
		users[i], items[i], times[i], weights[i], kinds[i] = int32(i%30_000), int32(i*7%41_000), int64(i), 1, int32(i%5)
	}
	path := filepath.Join(b.TempDir(), "events")
	write := func() {
		require.NoError(b, WriteSnapshot(b.Context(), path, events, func(w *SnapshotWriter) error {
			w.Int32s("users", users)
			w.Int32s("items", items)
			w.Int64s("times", times)
			w.Float32s("weights", weights)
			w.Int32s("kinds", kinds)
			return nil
		}))
	}
	b.Run("write", func(b *testing.B) {
		b.SetBytes(24 * events)
		for b.Loop() {
			write()
		}
	})
	write()
	for _, skip := range []bool{true, false} {
		b.Run(map[bool]string{true: "open", false: "check"}[skip], func(b *testing.B) {
			b.SetBytes(24 * events)
			for b.Loop() {
				s, err := OpenSnapshot(path, SnapshotOptions{SkipChecksums: skip})
				if err != nil {
					b.Fatal(err)
				}
				for _, name := range s.Names() {
					sec, err := s.Section(name)
					if err != nil {
						b.Fatal(err)
					}
					if _, err := viewed(sec); err != nil {
						b.Fatal(err)
					}
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// viewed returns the number of elements of any column.
func viewed(s *Section) (int, error) {
	switch s.kind {
	case kindInt32:
		v, err := s.Int32s()
		return len(v), err
	case kindInt64:
		v, err := s.Int64s()
		return len(v), err
	case kindFloat32:
		v, err := s.Float32s()
		return len(v), err
	case kindUint16:
		v, err := s.Uint16s()
		return len(v), err
	case kindBlobs:
		v, err := s.Blobs()
		return v.Len(), err
	}
	v, err := s.Bytes()
	return len(v), err
}
