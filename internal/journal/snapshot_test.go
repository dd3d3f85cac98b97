package journal

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// example has a section of every kind, and names of every length modulo 8.
func example(w *SnapshotWriter) error {
	w.Bytes("b", []byte("字节"), nil, []byte("!"))
	w.Uint16s("u16", []uint16{1, math.MaxUint16}, []uint16{3})
	w.Int32s("int32", []int32{-1, math.MinInt32, 7})
	w.Int64s("64", []int64{-1, math.MaxInt64})
	w.Float32s("floats", []float32{0.5, float32(math.Inf(1))})
	w.Blobs("blobs!!", slices.Values([][]byte{[]byte("商品一"), nil, []byte("x")}))
	w.Blobs("no blobs", slices.Values([][]byte(nil)))
	w.Int32s("empty")
	return nil
}

func writeExample(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "example.snap")
	require.NoError(t, WriteSnapshot(t.Context(), path, 42, example))
	return path
}

func section(t testing.TB, s *Snapshot, name string) *Section {
	t.Helper()
	sec, err := s.Section(name)
	require.NoError(t, err)
	return sec
}

func requireExample(t *testing.T, s *Snapshot) {
	t.Helper()
	require.Equal(t, uint64(42), s.Seq())
	require.Equal(t, []string{"b", "u16", "int32", "64", "floats", "blobs!!", "no blobs", "empty"}, s.Names())
	require.NoError(t, s.Verify(t.Context()))
	b, err := section(t, s, "b").Bytes()
	require.NoError(t, err)
	require.Equal(t, "字节!", string(b))
	u16, err := section(t, s, "u16").Uint16s()
	require.NoError(t, err)
	require.Equal(t, []uint16{1, math.MaxUint16, 3}, u16)
	i32, err := section(t, s, "int32").Int32s()
	require.NoError(t, err)
	require.Equal(t, []int32{-1, math.MinInt32, 7}, i32)
	i64, err := section(t, s, "64").Int64s()
	require.NoError(t, err)
	require.Equal(t, []int64{-1, math.MaxInt64}, i64)
	require.Zero(t, uintptr(unsafe.Pointer(&i64[0]))%8, "aligned")
	f32, err := section(t, s, "floats").Float32s()
	require.NoError(t, err)
	require.Equal(t, []float32{0.5, float32(math.Inf(1))}, f32)
	blobs, err := section(t, s, "blobs!!").Blobs()
	require.NoError(t, err)
	require.Equal(t, 3, blobs.Len())
	require.Equal(t, "商品一", string(blobs.At(0)))
	require.Empty(t, blobs.At(1))
	require.Equal(t, "x", string(blobs.At(2)))
	require.Panics(t, func() { blobs.At(3) })
	none, err := section(t, s, "no blobs").Blobs()
	require.NoError(t, err)
	require.Zero(t, none.Len())
	empty, err := section(t, s, "empty").Int32s()
	require.NoError(t, err)
	require.Empty(t, empty)
}

func TestSnapshot(t *testing.T) {
	t.Parallel()
	for _, skip := range []bool{false, true} {
		s, err := OpenSnapshot(writeExample(t), SnapshotOptions{SkipChecksums: skip})
		require.NoError(t, err)
		requireExample(t, s)
		_, err = s.Section("none")
		require.ErrorIs(t, err, ErrNoSection)
		_, err = section(t, s, "int32").Int64s()
		require.ErrorIs(t, err, ErrNoSection)
		require.ErrorContains(t, err, "holds int32, not int64")
		require.NoError(t, s.Close())
	}
}

// The same through memory, as on systems that cannot map files.
func TestSnapshotInMemory(t *testing.T) {
	t.Parallel()
	f, err := os.Open(writeExample(t))
	require.NoError(t, err)
	defer f.Close()
	info, err := f.Stat()
	require.NoError(t, err)
	data, unmap, err := readFile(f, int(info.Size()))
	require.NoError(t, err)
	s := &Snapshot{path: f.Name(), unmap: unmap, users: 1}
	require.NoError(t, s.parse(data))
	requireExample(t, s)
	require.NoError(t, s.Close())
}

// What a big-endian machine does by hand is what this one does by view.
func TestPortableNumbers(t *testing.T) {
	t.Parallel()
	require.Equal(t, []byte{1, 0, 0xFF, 0xFF}, encode(nil, []uint16{1, math.MaxUint16}))
	require.Equal(t, []byte{0xFE, 0xFF, 0xFF, 0xFF}, encode(nil, []int32{-2}))
	require.Equal(t, []byte{1, 2, 0, 0, 0, 0, 0, 0x80}, encode(nil, []int64{math.MinInt64 + 0x201}))
	require.Equal(t, []byte{0, 0, 0x80, 0x3F}, encode(nil, []float32{1}))
	require.Equal(t, []uint16{1, math.MaxUint16}, decode[uint16](encode(nil, []uint16{1, math.MaxUint16})))
	require.Equal(t, []int32{-2, 5}, decode[int32](encode(nil, []int32{-2, 5})))
	require.Equal(t, []int64{-2, 5}, decode[int64](encode(nil, []int64{-2, 5})))
	require.Equal(t, []float32{-2.5, 5}, decode[float32](encode(nil, []float32{-2.5, 5})))
}

func TestSnapshotThatIsNotWritten(t *testing.T) {
	t.Parallel()
	path := writeExample(t)
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	boom := errors.New("boom")
	for name, c := range map[string]struct {
		ctx  context.Context
		fill func(*SnapshotWriter) error
		want string
	}{
		"fill fails": {t.Context(), func(*SnapshotWriter) error { return boom }, "boom"},
		"canceled":   {canceled, example, "context canceled"},
		"canceled at once": {canceled, func(w *SnapshotWriter) error {
			for i := 0; w.Err() == nil; i++ {
				w.Bytes(strings.Repeat("n", i+1), make([]byte, 1<<20))
			}
			return nil
		}, "context canceled"},
		"twice":   {t.Context(), func(w *SnapshotWriter) error { w.Bytes("a"); w.Int32s("a"); return nil }, `section "a" is written twice`},
		"no name": {t.Context(), func(w *SnapshotWriter) error { w.Bytes(""); w.Bytes("b"); return nil }, "the name of a section has 0 bytes"},
	} {
		err := WriteSnapshot(c.ctx, path, 1, c.fill)
		require.ErrorContains(t, err, c.want, name)
		require.ErrorContains(t, err, path, name)
	}
	require.Panics(t, func() { _ = WriteSnapshot(t.Context(), path, 1, func(*SnapshotWriter) error { panic(boom) }) })
	require.Error(t, WriteSnapshot(t.Context(), filepath.Join(path, "x"), 1, example), "the folder is a file")
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	require.NoError(t, err)
	require.Equal(t, []string{path}, files, "no temporary file is left")
}

// A flip of any bit is found, by opening if it is in the header or the directory, else by use; zeros that
// only fill up are the exception.
func TestFlippedBitsOfSnapshot(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	path := writeExample(t)
	good, err := os.ReadFile(path)
	require.NoError(t, err)
	s, err := OpenSnapshot(path, SnapshotOptions{})
	require.NoError(t, err)
	covered := make([]bool, len(good))
	for _, sec := range s.sections {
		for i := range sec.data {
			covered[int(sec.offset)+i] = true
		}
	}
	directory := int(binary.LittleEndian.Uint64(good[24:]))
	require.NoError(t, s.Close())
	bad := filepath.Join(t.TempDir(), "bad.snap")
	for at := range good {
		data := slices.Clone(good)
		data[at] ^= 1 << (at % 8)
		require.NoError(t, os.WriteFile(bad, data, 0o600))
		s, err := OpenSnapshot(bad, SnapshotOptions{})
		if at < snapshotHeader || at >= directory {
			require.Error(t, err, "byte %d", at)
			require.True(t, errors.Is(err, ErrCorrupt) || errors.Is(err, ErrVersion), "%v", err)
			continue
		}
		require.NoError(t, err)
		err = s.Verify(t.Context())
		require.Equal(t, covered[at], err != nil, "byte %d: %v", at, err)
		if err != nil {
			require.ErrorIs(t, err, ErrCorrupt)
			require.ErrorContains(t, err, bad)
		}
		failed := 0
		for _, sec := range s.sections {
			if _, err := viewed(sec); err != nil {
				require.ErrorIs(t, err, ErrCorrupt)
				failed++
			}
		}
		require.Equal(t, covered[at], failed == 1)
		require.NoError(t, s.Close())
	}
	for n := range good { // and a file that is cut short anywhere
		require.NoError(t, os.WriteFile(bad, good[:n], 0o600))
		_, err := OpenSnapshot(bad, SnapshotOptions{})
		require.ErrorIs(t, err, ErrCorrupt)
	}
}

// reseal makes the checksums of header and directory fit again.
func reseal(data []byte) {
	if len(data) < snapshotHeader {
		return
	}
	le := binary.LittleEndian
	copy(data, snapshotMagic)
	le.PutUint32(data[8:], snapshotVersion)
	le.PutUint64(data[40:], uint64(len(data)))
	offset, length := le.Uint64(data[24:]), le.Uint64(data[32:])
	if offset <= uint64(len(data)) && length <= uint64(len(data))-offset {
		le.PutUint32(data[48:], crc32.Checksum(data[offset:offset+length], castagnoli))
	}
	le.PutUint32(data[60:], crc32.Checksum(data[:60], castagnoli))
}

// Sums that fit do not make nonsense credible.
func TestNonsenseInTheDirectory(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile(writeExample(t))
	require.NoError(t, err)
	le := binary.LittleEndian
	directory := le.Uint64(good[24:])
	for name, spoil := range map[string]func(b []byte){
		"version":             func(b []byte) { le.PutUint32(b[8:], 2) },
		"more sections":       func(b []byte) { le.PutUint32(b[12:], math.MaxUint32) },
		"directory outside":   func(b []byte) { le.PutUint64(b[24:], uint64(len(b)+1)) },
		"directory too long":  func(b []byte) { le.PutUint64(b[32:], math.MaxUint64) },
		"section outside":     func(b []byte) { le.PutUint64(b[directory:], uint64(len(b)+7)&^7) },
		"section not aligned": func(b []byte) { le.PutUint64(b[directory:], 65) },
		"section too long":    func(b []byte) { le.PutUint64(b[directory+8:], math.MaxUint64) },
		"in the header":       func(b []byte) { le.PutUint64(b[directory:], 0) },
		"count":               func(b []byte) { le.PutUint64(b[directory+16:], 5) },
		"name too long":       func(b []byte) { le.PutUint16(b[directory+30:], math.MaxUint16) },
		"name of another":     func(b []byte) { copy(b[directory+2*40+32:], "u16\x00\x00"); le.PutUint16(b[directory+2*40+30:], 3) },
	} {
		data := slices.Clone(good)
		spoil(data)
		if name != "version" {
			reseal(data)
		}
		path := filepath.Join(t.TempDir(), "bad.snap")
		require.NoError(t, os.WriteFile(path, data, 0o600))
		_, err := OpenSnapshot(path, SnapshotOptions{})
		require.Error(t, err, name)
		if name == "version" {
			require.ErrorIs(t, err, ErrVersion)
			require.ErrorContains(t, err, "unknown format version 2, this release reads 1")
		} else {
			require.ErrorIs(t, err, ErrCorrupt, name)
		}
	}
}

func TestOpenSnapshotRefuses(t *testing.T) {
	t.Parallel()
	_, err := OpenSnapshot(filepath.Join(t.TempDir(), "none"), SnapshotOptions{})
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = OpenSnapshot(t.TempDir(), SnapshotOptions{})
	require.ErrorContains(t, err, "is not a file")
}

// After Close there are errors, and views that somebody has acquired are still there.
func TestUseAfterClose(t *testing.T) {
	t.Parallel()
	s, err := OpenSnapshot(writeExample(t), SnapshotOptions{})
	require.NoError(t, err)
	unmapped := false
	unmap := s.unmap
	s.unmap = func() error { unmapped = true; return unmap() }
	sec := section(t, s, "int32")
	release, err := s.Acquire()
	require.NoError(t, err)
	view, err := sec.Int32s()
	require.NoError(t, err)

	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	require.False(t, unmapped)
	require.Equal(t, []int32{-1, math.MinInt32, 7}, view)
	_, err = sec.Int32s()
	require.ErrorIs(t, err, ErrClosed)
	_, err = section(t, s, "blobs!!").Blobs()
	require.ErrorIs(t, err, ErrClosed)
	require.ErrorIs(t, s.Verify(t.Context()), ErrClosed)
	_, err = s.Acquire()
	require.ErrorIs(t, err, ErrClosed)

	release()
	require.True(t, unmapped)
	release()
	require.NoError(t, s.Close())
}

func TestCloseBesideReaders(t *testing.T) {
	t.Parallel()
	path := writeExample(t)
	for range 50 {
		s, err := OpenSnapshot(path, SnapshotOptions{})
		require.NoError(t, err)
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				for {
					release, err := s.Acquire()
					if err != nil {
						return
					}
					view, err := s.byName["int32"].Int32s()
					if err == nil && view[2] != 7 {
						t.Error("wrong view")
					}
					release()
				}
			})
		}
		require.NoError(t, s.Close())
		group.Wait()
	}
}

// A file that is cut short while it is open is an error of the sections that were not read before.
func TestSnapshotCutShortWhileOpen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "long.snap")
	require.NoError(t, WriteSnapshot(t.Context(), path, 1, func(w *SnapshotWriter) error {
		w.Bytes("long", make([]byte, 1<<20))
		return nil
	}))
	s, err := OpenSnapshot(path, SnapshotOptions{})
	require.NoError(t, err)
	if err := os.Truncate(path, 4096); err != nil {
		t.Skip("not while it is open, here")
	}
	_, err = section(t, s, "long").Bytes()
	if err != nil { // nil where the file was read, not mapped
		require.ErrorIs(t, err, ErrCorrupt)
	}
	require.NoError(t, s.Close())
}
