package journal

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// A gatedFile counts its syncs and can hold them up.
type gatedFile struct {
	file
	syncs   atomic.Int64
	armed   atomic.Bool
	entered chan struct{}
	pass    chan struct{}
}

func (f *gatedFile) Sync() error {
	f.syncs.Add(1)
	if f.armed.Load() {
		f.entered <- struct{}{}
		<-f.pass
	}
	return f.file.Sync()
}

// unsynced leaves out the syncs, in tests that open many files and lose no power.
var unsynced = Options{wrap: func(_ string, f file) file { return unsyncedFile{f} }}

type unsyncedFile struct{ file }

func (unsyncedFile) Sync() error { return nil }

// A faultyFile fails on demand.
type faultyFile struct {
	file
	faults *faults
}

type faults struct {
	room     atomic.Int64 // bytes that still can be written; negative: no limit
	sync     atomic.Pointer[error]
	truncate atomic.Pointer[error]
}

func newFaults() *faults {
	f := &faults{}
	f.room.Store(-1)
	return f
}

func (f *faults) options() Options {
	return Options{SegmentBytes: 1000, wrap: func(_ string, under file) file { return &faultyFile{under, f} }}
}

func (f *faultyFile) WriteAt(b []byte, offset int64) (int, error) {
	room := f.faults.room.Load()
	if room < 0 {
		return f.file.WriteAt(b, offset)
	}
	n := int(min(room, int64(len(b))))
	f.faults.room.Add(-int64(n))
	if n, err := f.file.WriteAt(b[:n], offset); err != nil {
		return n, err
	}
	if n < len(b) {
		return n, &os.PathError{Op: "write", Path: "log", Err: errDiskFull}
	}
	return n, nil
}

func (f *faultyFile) Sync() error {
	if err := f.faults.sync.Load(); err != nil {
		return *err
	}
	return f.file.Sync()
}

func (f *faultyFile) Truncate(size int64) error {
	if err := f.faults.truncate.Load(); err != nil {
		return *err
	}
	return f.file.Truncate(size)
}

var errDisk = errors.New("input/output error")

// A full disk loses the call and nothing else, wherever within the write it fills up.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	for room := range int64(120) {
		dir, f := t.TempDir(), newFaults()
		j := open(t, dir, f.options())
		add(t, j, "before")
		f.room.Store(room)
		seq, err := j.Append(t.Context(), []byte("what does not fit"), []byte("nor this"))
		if err == nil {
			require.GreaterOrEqual(t, room, int64(markFrame+2*frameHeader+len("what does not fit")+len("nor this")))
			require.Equal(t, uint64(3), seq)
			continue
		}
		require.ErrorIs(t, err, errDiskFull)
		require.ErrorContains(t, err, "append 2 records: disk is full, free some space")
		f.room.Store(-1)
		require.Equal(t, uint64(2), add(t, j, "fits"))
		copied := copyFolder(t, dir) // as a crash would leave it
		requireRecords(t, open(t, copied, Options{}), 0, "before", "fits")
		require.NoError(t, j.Close())
	}
}

func TestDiskFullForTheNextSegment(t *testing.T) {
	t.Parallel()
	dir, f := t.TempDir(), newFaults()
	j := open(t, dir, f.options())
	add(t, j, string(make([]byte, 2000)))
	for range 3 {
		f.room.Store(10)
		_, err := j.Append(t.Context(), []byte("in a new segment"))
		require.ErrorIs(t, err, errDiskFull)
	}
	f.room.Store(-1)
	require.Equal(t, uint64(2), add(t, j, "in a new segment"))
	require.NoError(t, j.Close())
	requireRecords(t, open(t, dir, Options{}), 2, "in a new segment")
}

func TestFullDiskThatCannotTakeBack(t *testing.T) {
	t.Parallel()
	dir, f := t.TempDir(), newFaults()
	j := open(t, dir, f.options())
	add(t, j, "before")
	f.room.Store(50)
	f.truncate.Store(&errDisk)
	_, err := j.Append(t.Context(), []byte("what does not fit"))
	require.ErrorIs(t, err, ErrFailed)
	require.ErrorIs(t, err, errDiskFull)
	f.room.Store(-1)
	f.truncate.Store(nil)
	_, err = j.Append(t.Context(), []byte("refused"))
	require.ErrorIs(t, err, ErrFailed)
	require.Error(t, j.Close())
	requireRecords(t, open(t, dir, Options{}), 0, "before")
}

func TestFailedSync(t *testing.T) {
	t.Parallel()
	dir, f := t.TempDir(), newFaults()
	j := open(t, dir, f.options())
	add(t, j, "before")
	f.sync.Store(&errDisk)
	_, err := j.Append(t.Context(), []byte("in doubt"))
	require.ErrorIs(t, err, errDisk)
	require.ErrorIs(t, err, ErrFailed)
	f.sync.Store(nil) // the page may be lost although the next sync succeeds
	_, err = j.Append(t.Context(), []byte("refused"))
	require.ErrorIs(t, err, ErrFailed)
	require.ErrorIs(t, j.Sync(t.Context()), ErrFailed)
	require.ErrorIs(t, j.Discard(1), ErrFailed)
	require.Equal(t, uint64(1), j.Last())
	requireRecords(t, j, 0, "before")
	require.ErrorIs(t, j.Close(), errDisk)
	requireRecords(t, open(t, dir, Options{}), 0, "before", "in doubt")
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	f := newFaults()
	readOnly := error(&os.PathError{Op: "sync", Path: "log", Err: errReadOnly})
	f.sync.Store(&readOnly)
	_, err := Open(t.Context(), t.TempDir(), f.options())
	require.ErrorContains(t, err, "file system is read-only")

	if os.Geteuid() <= 0 {
		t.Skip("permissions do not bind this user")
	}
	dir := filepath.Join(t.TempDir(), "locked")
	require.NoError(t, os.Mkdir(dir, 0o500))
	_, err = Open(t.Context(), dir, Options{})
	require.ErrorContains(t, err, "folder must be writable")
}
