package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// copyFolder copies the files of dir, but for the lock, into a new folder.
func copyFolder(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		if e.Name() == "lock" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(to, e.Name()), data, 0o600))
	}
	return to
}

// written is a log of three commits, as a crash leaves it, or closed.
type written struct {
	data    []byte
	records []string
	commits []int64 // where each begins
	ends    []int64 // where each record ends
}

func writeLog(t *testing.T, closed bool) written {
	dir := t.TempDir()
	j := open(t, dir, Options{SegmentBytes: 1 << 20})
	w := written{}
	for _, batch := range [][]string{{"first"}, {"second", "第三"}, {"fourth", strings.Repeat("fifth ", 20)}} {
		w.commits = append(w.commits, j.end)
		at := j.end + markFrame
		for _, r := range batch {
			at += frameHeader + int64(len(r))
			w.ends = append(w.ends, at)
		}
		add(t, j, batch...)
		w.records = append(w.records, batch...)
		require.Equal(t, at, j.end)
	}
	end := j.end
	if closed {
		require.NoError(t, j.Close())
		end += markFrame
	}
	data, err := os.ReadFile(numbered(dir, 1, segmentSuffix))
	require.NoError(t, err)
	w.data = data[:end]
	return w
}

// whole is how many records end at or before the offset.
func (w written) whole(offset int64) int {
	n := 0
	for n < len(w.ends) && w.ends[n] <= offset {
		n++
	}
	return n
}

// at returns the record that a byte belongs to, or 0, and whether it is in the length of a frame.
func (w written) at(offset int) (record int, inLength bool) {
	if offset < segmentHeader {
		return 0, false
	}
	for at := segmentHeader; ; {
		n := openFrameLen(w.data[at:])
		isRecord := binary.LittleEndian.Uint32(w.data[at:])&kindMask == kindRecord
		if isRecord {
			record++
		}
		if offset < at+n {
			if !isRecord {
				record = 0
			}
			return record, offset < at+4
		}
		at += n
	}
}

func logOf(t *testing.T, data []byte) string {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(numbered(dir, 1, segmentSuffix), data, 0o600))
	return dir
}

// Torn at any byte, with nothing, zeros or rubbish behind, what is whole is kept and the rest is cut.
func TestTornTail(t *testing.T) {
	t.Parallel()
	w := writeLog(t, false)
	tails := []string{strings.Repeat("\x00", 100), strings.Repeat("\x00\x00\x00\x00\x00\x00\x00\x00rubbish", 20), strings.Repeat("rubbish that is no frame", 20)}
	step := int64(1)
	if testing.Short() {
		step = 7
	}
	for at := int64(0); at < int64(len(w.data)); at += step {
		for _, behind := range []string{"", tails[at%3]} {
			if at < segmentHeader && behind != "" {
				continue // the header is on disk before there is more
			}
			dir := logOf(t, append(w.data[:at:at], behind...))
			options := unsynced
			options.Sync = SyncPolicy(at / 3 % 3)
			j, err := Open(t.Context(), dir, options)
			require.NoError(t, err, "torn at %d with %q", at, behind)
			want := w.whole(at)
			if want == 0 {
				requireRecords(t, j, 0)
			} else {
				requireRecords(t, j, 0, w.records[:want]...)
			}
			if cut := j.Cut(); cut != nil {
				require.Contains(t, cut.String(), numbered(dir, 1, segmentSuffix))
				require.LessOrEqual(t, cut.Offset, at)
				require.Equal(t, at+int64(len(behind)), cut.Offset+cut.Bytes)
			} else {
				require.True(t, strings.Trim(behind, "\x00") == "", "rubbish at %d was not noticed", at)
			}
			require.Equal(t, uint64(want+1), add(t, j, "goes on"))
			copied := copyFolder(t, dir) // as another crash leaves it
			require.NoError(t, j.Close())
			j = open(t, copied, unsynced)
			require.Nil(t, j.Cut())
			requireRecords(t, j, uint64(want+1), "goes on")
			require.NoError(t, j.Close())
		}
	}
}

// Whatever bit flips is found. Before the last commit it is an error, in the last commit of a crashed log
// a torn tail.
func TestFlippedBits(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, closed := range []bool{false, true} {
		w := writeLog(t, closed)
		promised := w.commits[2]
		if closed {
			promised = int64(len(w.data)) - markFrame
		}
		for at := range int64(len(w.data)) {
			data := append([]byte(nil), w.data...)
			data[at] ^= 1 << (at % 8)
			dir := logOf(t, data)
			j, err := Open(t.Context(), dir, unsynced)
			if at < promised {
				require.Error(t, err, "byte %d", at)
				var damage *CorruptError
				if errors.As(err, &damage) {
					require.ErrorIs(t, err, ErrCorrupt)
					require.Equal(t, numbered(dir, 1, segmentSuffix), damage.File)
					require.LessOrEqual(t, damage.Offset, at)
					require.Greater(t, damage.Offset+200, at)
				} else {
					require.ErrorIs(t, err, ErrVersion)
				}
				after, err := os.ReadFile(numbered(dir, 1, segmentSuffix))
				require.NoError(t, err)
				require.Equal(t, data, after, "nothing is changed")
				continue
			}
			require.NoError(t, err, "byte %d", at)
			require.NotNil(t, j.Cut())
			requireRecords(t, j, 0, w.records[:w.whole(at)]...)
			require.NoError(t, j.Close())
		}
	}
}

func TestUnknownVersionOfSegment(t *testing.T) {
	t.Parallel()
	w := writeLog(t, true)
	w.data[8] = 9
	_, err := Open(t.Context(), logOf(t, w.data), Options{})
	require.ErrorIs(t, err, ErrVersion)
	require.ErrorContains(t, err, "unknown format version 9, this release reads 1")
}

// Frames that are good in another place are not good here.
func TestMovedFrames(t *testing.T) {
	t.Parallel()
	w := writeLog(t, true)
	first, second := w.data[segmentHeader:w.commits[1]], w.data[w.commits[1]:w.commits[2]]
	for name, data := range map[string][]byte{
		"a commit is missing": append(append(w.data[:segmentHeader:segmentHeader], second...), w.data[w.commits[2]:]...),
		"a commit twice":      append(append(w.data[:w.commits[1]:w.commits[1]], first...), w.data[w.commits[1]:]...),
	} {
		j, err := Open(t.Context(), logOf(t, data), Options{})
		if err == nil { // marks of moved frames do not count either, so that it may pass for a torn tail
			require.NotNil(t, j.Cut(), name)
			got, err := replay(t, j, 0)
			require.NoError(t, err)
			require.Subset(t, w.records[:1], got, name)
			require.NoError(t, j.Close())
		}
	}
}

// Older segments are checked when they are read.
func TestDamageInAnOlderSegment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, Options{SegmentBytes: 100})
	var want []string
	for i := range 10 {
		want = append(want, fmt.Sprintf("record number %d", i+1))
		add(t, j, want[i])
	}
	require.NoError(t, j.Close())
	firsts, err := listNumbered(dir, segmentSuffix)
	require.NoError(t, err)
	require.Greater(t, len(firsts), 3)
	path := numbered(dir, firsts[1], segmentSuffix)
	good, err := os.ReadFile(path)
	require.NoError(t, err)

	for name, bad := range map[string][]byte{
		"flipped":   append(append([]byte(nil), good[:90]...), append([]byte{good[90] ^ 4}, good[91:]...)...),
		"short":     good[:90],
		"a record":  good[:segmentHeader+markFrame],
		"no header": good[:10],
		"empty":     {},
		"another":   append(header{first: 77, salt: 1}.encode(), good[segmentHeader:]...),
	} {
		require.NoError(t, os.WriteFile(path, bad, 0o600))
		j, err := Open(t.Context(), dir, Options{})
		require.NoError(t, err, name)
		got, err := replay(t, j, 0)
		require.ErrorIs(t, err, ErrCorrupt, name)
		require.ErrorContains(t, err, filepath.ToSlash(path), name)
		require.Less(t, len(got), int(firsts[2]-1), name)
		requireRecords(t, j, firsts[2], want[firsts[2]-1:]...)
		require.NoError(t, j.Close())
	}
	require.NoError(t, os.Remove(path))
	j = open(t, dir, Options{})
	_, err = replay(t, j, 0)
	require.ErrorIs(t, err, ErrCorrupt, "a segment is missing")
}

func salvaged(t *testing.T, dir string) (kept map[uint64]string, lost []*CorruptError) {
	t.Helper()
	kept = map[uint64]string{}
	last := uint64(0)
	lost, err := Salvage(t.Context(), dir, func(r Record) error {
		require.Greater(t, r.Seq, last)
		last = r.Seq
		kept[r.Seq] = string(r.Data)
		return nil
	})
	require.NoError(t, err)
	return kept, lost
}

// Salvage keeps all but what is hit: a flip in the data of a record costs that record alone.
func TestSalvage(t *testing.T) {
	t.Parallel()
	w := writeLog(t, true)
	for at := range len(w.data) {
		data := append([]byte(nil), w.data...)
		data[at] ^= 1 << (at % 8)
		if at >= 8 && at < 12 {
			continue // another version
		}
		kept, lost := salvaged(t, logOf(t, data))
		require.NotEmpty(t, lost, "byte %d", at)
		for seq, r := range kept {
			require.Equal(t, w.records[seq-1], r)
		}
		want := 5
		if record, inLength := w.at(at); inLength {
			want = 3 // what follows in the commit may be lost with it
		} else if record > 0 {
			want = 4
			require.NotContains(t, kept, uint64(record))
		}
		require.GreaterOrEqual(t, len(kept), want, "byte %d", at)
	}
	stop := errors.New("stop")
	_, err := Salvage(t.Context(), logOf(t, w.data), func(Record) error { return stop })
	require.ErrorIs(t, err, stop)
	_, err = Salvage(t.Context(), filepath.Join(t.TempDir(), "none"), nil)
	require.ErrorIs(t, err, os.ErrNotExist)
}

// A missing segment is one of the losses.
func TestSalvageWithoutASegment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, Options{SegmentBytes: 50})
	for range 4 {
		add(t, j, "one segment each")
	}
	require.NoError(t, j.Close())
	require.NoError(t, os.Remove(numbered(dir, 2, segmentSuffix)))
	kept, lost := salvaged(t, dir)
	require.Len(t, kept, 3)
	require.Len(t, lost, 1)
	require.Contains(t, lost[0].Error(), "records 2 to 2 before this file are missing")
}

// The payload of a record may look like anything, a whole log included.
func TestLogInALog(t *testing.T) {
	t.Parallel()
	w := writeLog(t, true)
	dir := t.TempDir()
	j := open(t, dir, Options{})
	add(t, j, "before")
	add(t, j, string(w.data[segmentHeader:]))
	data, err := os.ReadFile(numbered(dir, 1, segmentSuffix))
	require.NoError(t, err)
	torn := logOf(t, data[:j.end-1])
	j = open(t, torn, Options{})
	require.NotNil(t, j.Cut())
	requireRecords(t, j, 0, "before")
}
