package journal

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// FuzzSegment reads anything as a segment, in order and as salvage does. It must end, stay within the
// file and hold no more than the file has.
func FuzzSegment(f *testing.F) {
	dir := f.TempDir()
	j, err := Open(f.Context(), dir, Options{SegmentBytes: 1 << 10})
	require.NoError(f, err)
	for _, r := range []string{"", "a record", "记录"} {
		_, err := j.Append(f.Context(), []byte(r), []byte(r))
		require.NoError(f, err)
	}
	require.NoError(f, j.Close())
	good, err := os.ReadFile(numbered(dir, 1, segmentSuffix))
	require.NoError(f, err)
	f.Add(good)
	f.Add(good[:len(good)-50])
	f.Add(append(good[:len(good):len(good)], make([]byte, 100)...))
	f.Add([]byte(segmentMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := parseHeader("fuzz", data)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrVersion) {
				t.Fatal(err)
			}
			if len(data) < segmentHeader {
				return
			}
		}
		sc := newScanner(bytes.NewReader(data), "fuzz", int64(len(data)), h)
		for {
			before := sc.offset
			_, err := sc.next()
			if err == nil {
				require.Greater(t, sc.offset, before)
			} else if err == io.EOF {
				break
			} else {
				require.ErrorIs(t, err, ErrCorrupt)
				if _, err := sc.syncedBeyond(sc.offset); err != nil {
					t.Fatal(err)
				}
				at := sc.offset
				if err := sc.resync(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				require.Greater(t, sc.offset, at)
			}
			require.LessOrEqual(t, sc.offset, sc.size)
			require.LessOrEqual(t, cap(sc.window), len(data))
		}
	})
}

// FuzzSnapshot opens anything as a snapshot, as it is and with the checksums of header and directory made
// to fit, and reads all that opens, without checksums.
func FuzzSnapshot(f *testing.F) {
	good, err := os.ReadFile(writeExample(f))
	require.NoError(f, err)
	f.Add(good)
	f.Add(good[:100])
	f.Add([]byte(snapshotMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		words := make([]uint64, len(data)/8+1)
		aligned := unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(data))
		for _, seal := range []bool{false, true} {
			copy(aligned, data)
			if seal {
				reseal(aligned)
			}
			s := &Snapshot{path: "fuzz", options: SnapshotOptions{SkipChecksums: true}, unmap: func() error { return nil }, users: 1}
			if err := s.parse(aligned); err != nil {
				if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrVersion) {
					t.Fatal(err)
				}
				continue
			}
			for _, sec := range s.sections {
				n, err := viewed(sec)
				if err != nil {
					require.ErrorIs(t, err, ErrNoSection) // an unknown kind
					continue
				}
				require.LessOrEqual(t, n, len(data))
				if blobs, err := sec.Blobs(); err == nil {
					for i := range blobs.Len() {
						require.LessOrEqual(t, len(blobs.At(i)), len(data))
					}
				}
			}
			_ = s.Verify(t.Context())
			require.NoError(t, s.Close())
		}
	})
}
