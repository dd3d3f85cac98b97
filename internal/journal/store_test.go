package journal

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func openStore(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := OpenStore(t.Context(), dir, Options{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// contents is the text of the snapshot and the records after it.
func contents(t *testing.T, s *Store) string {
	t.Helper()
	var b strings.Builder
	if snapshot, release, err := s.Snapshot(); err == nil {
		defer release()
		text, err := section(t, snapshot, "text").Bytes()
		require.NoError(t, err)
		b.Write(text)
	} else {
		require.ErrorIs(t, err, ErrNoSnapshot)
	}
	b.WriteByte('|')
	for r, err := range s.Replay(t.Context()) {
		require.NoError(t, err)
		b.Write(r.Data)
	}
	return b.String()
}

// letters appends one record for each.
func letters(t *testing.T, s *Store, text string) uint64 {
	t.Helper()
	records := make([][]byte, len(text))
	for i := range text {
		records[i] = []byte{text[i]}
	}
	seq, err := s.Append(t.Context(), records...)
	require.NoError(t, err)
	return seq
}

func text(s string) func(*SnapshotWriter) error {
	return func(w *SnapshotWriter) error { w.Bytes("text", []byte(s)); return nil }
}

func TestStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openStore(t, dir)
	require.Equal(t, "|", contents(t, s))
	require.NoError(t, s.Compact(t.Context(), 0, text("")))
	letters(t, s, "abcd")
	require.Equal(t, "|abcd", contents(t, s))
	require.Equal(t, uint64(4), s.Pending())

	require.NoError(t, s.Compact(t.Context(), 3, text("abc")))
	require.Equal(t, "abc|d", contents(t, s), "what came after the state was taken stays in the log")
	require.Equal(t, uint64(1), s.Pending())
	require.ErrorContains(t, s.Compact(t.Context(), 2, text("ab")), "record 2 is not between the last snapshot, 3, and the last record, 4")
	require.ErrorContains(t, s.Compact(t.Context(), 5, text("")), "record 5")
	snapshot, release, err := s.Snapshot()
	require.NoError(t, err)
	old, err := section(t, snapshot, "text").Bytes()
	require.NoError(t, err)

	require.NoError(t, s.Compact(t.Context(), 4, text("abcd")))
	require.Equal(t, "abc", string(old), "valid until it is released")
	release()
	require.NoError(t, s.Compact(t.Context(), 4, text("abcD")), "again")
	require.Equal(t, "abcD|", contents(t, s))
	require.Zero(t, s.Pending())
	require.Equal(t, uint64(5), letters(t, s, "e"))
	require.NoError(t, s.Sync(t.Context()))
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())

	_, _, err = s.Snapshot()
	require.ErrorIs(t, err, ErrClosed)
	require.ErrorIs(t, s.Compact(t.Context(), 5, text("")), ErrClosed)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.Equal(t, []string{numbered(dir, 4, ".snap"), numbered(dir, 5, ".log"), filepath.Join(dir, "lock")}, files)

	s = openStore(t, dir)
	require.Nil(t, s.Cut())
	require.Equal(t, uint64(5), s.Last())
	require.Equal(t, "abcD|e", contents(t, s))
}

// A compaction that fails or is canceled changes nothing; one that waits can be canceled.
func TestCompactionThatFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openStore(t, dir)
	letters(t, s, "ab")
	require.ErrorIs(t, s.Compact(t.Context(), 2, func(*SnapshotWriter) error { return errDisk }), errDisk)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Compact(ctx, 2, func(w *SnapshotWriter) error {
		done := make(chan error)
		go func() { done <- s.Compact(ctx, 2, text("second")) }()
		cancel()
		require.ErrorIs(t, <-done, context.Canceled)
		return text("first")(w)
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, "|ab", contents(t, s))
	require.NoError(t, s.Close())
	require.Equal(t, "|ab", contents(t, openStore(t, dir)))
}

// Every state that a compaction can be stopped in opens as the same store.
func TestStoppedCompaction(t *testing.T) {
	t.Parallel()
	source := t.TempDir()
	s, err := OpenStore(t.Context(), source, Options{SegmentBytes: 64})
	require.NoError(t, err)
	for _, c := range "abcdefgh" {
		letters(t, s, string(c))
	}
	require.NoError(t, s.Compact(t.Context(), 3, text("abc")))
	before := copyFolder(t, source)
	require.NoError(t, s.Compact(t.Context(), 6, text("abcdef")))
	require.NoError(t, s.Close())
	fresh, err := os.ReadFile(numbered(source, 6, snapshotSuffix))
	require.NoError(t, err)

	write := func(dir, suffix string, data []byte) {
		require.NoError(t, os.WriteFile(numbered(dir, 6, suffix), data, 0o600))
	}
	written := func(dir string) { write(dir, snapshotSuffix, fresh) }
	remove := func(dir string, seqs ...uint64) {
		for _, seq := range seqs {
			require.NoError(t, os.Remove(numbered(dir, seq, segmentSuffix)))
		}
	}
	for name, stop := range map[string]struct {
		at   func(dir string)
		want string
	}{
		"not begun":         {func(string) {}, "abc|defgh"},
		"empty file":        {func(dir string) { write(dir, ".snap.tmp", nil) }, "abc|defgh"},
		"half a file":       {func(dir string) { write(dir, ".snap.tmp", fresh[:100]) }, "abc|defgh"},
		"not renamed":       {func(dir string) { write(dir, ".snap.tmp", fresh) }, "abc|defgh"},
		"renamed":           {written, "abcdef|gh"},
		"a segment removed": {func(dir string) { written(dir); remove(dir, 4) }, "abcdef|gh"},
		"all removed":       {func(dir string) { written(dir); remove(dir, 4, 5, 6) }, "abcdef|gh"},
		"old snapshot removed": {func(dir string) {
			written(dir)
			remove(dir, 4, 5, 6)
			require.NoError(t, os.Remove(numbered(dir, 3, snapshotSuffix)))
		}, "abcdef|gh"},
		"log lost":       {func(dir string) { written(dir); remove(dir, 4, 5, 6, 7, 8) }, "abcdef|"},
		"log cut before": {func(dir string) { written(dir); remove(dir, 6, 7, 8) }, "abcdef|"},
	} {
		dir := copyFolder(t, before)
		stop.at(dir)
		for range 2 {
			s := openStore(t, dir)
			require.Equal(t, stop.want, contents(t, s), name)
			require.NoError(t, s.Close())
		}
		s := openStore(t, dir)
		require.Equal(t, uint64(len(stop.want)), letters(t, s, "i"), name)
		require.Equal(t, stop.want+"i", contents(t, s), name)
		require.NoError(t, s.Close())
		files, err := os.ReadDir(dir)
		require.NoError(t, err)
		snapshots := 0
		for _, f := range files {
			require.NotContains(t, f.Name(), ".tmp", name)
			if strings.HasSuffix(f.Name(), snapshotSuffix) {
				snapshots++
			}
		}
		require.Equal(t, 1, snapshots, name)
	}
}

// A store with a hole does not open, and is not changed.
func TestStoreWithAHole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openStore(t, dir)
	letters(t, s, "abc")
	require.NoError(t, s.Compact(t.Context(), 3, text("abc")))
	letters(t, s, "d")
	require.NoError(t, s.Close())
	path := numbered(dir, 3, snapshotSuffix)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	data[20] ^= 1
	require.NoError(t, os.WriteFile(path, data, 0o600))
	_, err = OpenStore(t.Context(), dir, Options{})
	require.ErrorIs(t, err, ErrCorrupt)
	require.ErrorContains(t, err, filepath.ToSlash(path))

	require.NoError(t, os.Remove(path))
	for range 2 {
		_, err = OpenStore(t.Context(), dir, Options{})
		require.ErrorIs(t, err, ErrDiscarded)
		require.ErrorContains(t, err, "ends with record 0 and the log begins with record 4")
	}

	reseal(data) // whole again, but for the number
	require.NoError(t, os.WriteFile(numbered(dir, 3, snapshotSuffix), data, 0o600))
	_, err = OpenStore(t.Context(), dir, Options{})
	require.ErrorContains(t, err, "it says that it contains the log up to record")
}
