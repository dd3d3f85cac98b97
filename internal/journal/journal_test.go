package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// open opens a journal that is closed with the test.
func open(t *testing.T, dir string, options Options) *Journal {
	t.Helper()
	j, err := Open(t.Context(), dir, options)
	require.NoError(t, err)
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func add(t *testing.T, j *Journal, records ...string) uint64 {
	t.Helper()
	data := make([][]byte, len(records))
	for i, r := range records {
		data[i] = []byte(r)
	}
	seq, err := j.Append(t.Context(), data...)
	require.NoError(t, err)
	return seq
}

// replay returns what is replayed, and the error at the end. It checks the numbering.
func replay(t *testing.T, j *Journal, from uint64) ([]string, error) {
	t.Helper()
	var got []string
	next := max(from, j.First())
	for r, err := range j.Replay(t.Context(), from) {
		if err != nil {
			return got, err
		}
		require.Equal(t, next, r.Seq)
		next++
		got = append(got, string(r.Data))
	}
	return got, nil
}

func requireRecords(t *testing.T, j *Journal, from uint64, want ...string) {
	t.Helper()
	got, err := replay(t, j, from)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestAppendAndReplay(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "folder")
	j := open(t, dir, Options{})
	require.Equal(t, uint64(0), j.Last())
	require.Equal(t, uint64(1), j.First())
	requireRecords(t, j, 0)

	require.Equal(t, uint64(1), add(t, j, "一"))
	require.Equal(t, uint64(4), add(t, j, "two", "", "four"))
	require.Equal(t, uint64(4), add(t, j), "no records: the last number there is")
	requireRecords(t, j, 0, "一", "two", "", "four")
	requireRecords(t, j, 3, "", "four")
	requireRecords(t, j, 5)
	requireRecords(t, j, 500)

	require.NoError(t, j.Close())
	require.NoError(t, j.Close(), "close twice")
	_, err := j.Append(t.Context(), nil)
	require.ErrorIs(t, err, ErrClosed)
	require.ErrorIs(t, j.Sync(t.Context()), ErrClosed)
	require.ErrorIs(t, j.Discard(1), ErrClosed)
	_, err = replay(t, j, 0)
	require.ErrorIs(t, err, ErrClosed)

	for range 3 { // opening and closing adds nothing
		j = open(t, dir, Options{})
		require.Nil(t, j.Cut())
		require.Equal(t, uint64(4), j.Last())
		requireRecords(t, j, 0, "一", "two", "", "four")
		require.NoError(t, j.Close())
	}
	info, err := os.Stat(numbered(dir, 1, segmentSuffix))
	require.NoError(t, err)
	require.EqualValues(t, segmentHeader+3*markFrame+4*frameHeader+len("一twofour"), info.Size())
	j = open(t, dir, Options{})
	require.Equal(t, uint64(5), add(t, j, "five"))
	requireRecords(t, j, 4, "four", "five")
}

func TestReplayStopsWithItsLoop(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), Options{SegmentBytes: 64})
	add(t, j, "a", "b")
	add(t, j, "c")
	for r, err := range j.Replay(t.Context(), 0) {
		require.NoError(t, err)
		require.Equal(t, "a", string(r.Data))
		break
	}
	for r, err := range j.Replay(t.Context(), 0) {
		require.NoError(t, err)
		require.LessOrEqual(t, r.Seq, uint64(3), "records appended meanwhile are not of this loop")
		add(t, j, "later")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range j.Replay(ctx, 0) {
		require.ErrorIs(t, err, context.Canceled)
	}
}

func TestLongRecordsAndLargeBatches(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), Options{})
	_, err := j.Append(t.Context(), []byte("small"), make([]byte, MaxRecordBytes+1))
	require.ErrorIs(t, err, ErrTooLarge)
	require.ErrorContains(t, err, "record 2 of the call has 67108865 bytes")
	require.Zero(t, j.Last())

	var want []string
	for i := range 100 { // in all more than is written at a time
		want = append(want, strings.Repeat(string(rune('a'+i%26)), 1+i*1999))
	}
	require.Equal(t, uint64(100), add(t, j, want...))
	requireRecords(t, j, 0, want...)
}

func TestRotateAndDiscard(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, Options{SegmentBytes: 200})
	var want []string
	for i := range 50 {
		want = append(want, fmt.Sprintf("record %d", i+1))
		add(t, j, want[i])
	}
	requireRecords(t, j, 0, want...)
	requireRecords(t, j, 33, want[32:]...)
	firsts, err := listNumbered(dir, segmentSuffix)
	require.NoError(t, err)
	require.Greater(t, len(firsts), 10)

	require.NoError(t, j.Discard(0))
	require.Equal(t, uint64(1), j.First())
	require.NoError(t, j.Discard(firsts[3]-1))
	require.Equal(t, firsts[3], j.First())
	require.NoError(t, j.Discard(firsts[4]), "the segment goes on behind")
	require.Equal(t, firsts[4], j.First())
	_, err = replay(t, j, 1)
	require.ErrorIs(t, err, ErrDiscarded)
	requireRecords(t, j, 0, want[firsts[4]-1:]...)

	require.NoError(t, j.Discard(1000), "all of it")
	require.Equal(t, uint64(51), j.First())
	require.Equal(t, uint64(50), j.Last())
	requireRecords(t, j, 0)
	require.NoError(t, j.Close())
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.Equal(t, []string{numbered(dir, 51, segmentSuffix), filepath.Join(dir, "lock")}, left)

	j = open(t, dir, Options{SegmentBytes: 200})
	require.Equal(t, uint64(50), j.Last())
	require.Equal(t, uint64(51), add(t, j, "goes on"))
	requireRecords(t, j, 0, "goes on")
}

func TestDiscardDuringReplay(t *testing.T) {
	t.Parallel()
	j := open(t, t.TempDir(), Options{SegmentBytes: 64})
	for range 5 {
		add(t, j, "one segment each")
	}
	var last error
	for _, err := range j.Replay(t.Context(), 0) {
		if last = err; err == nil {
			require.NoError(t, j.Discard(5))
		}
	}
	require.ErrorIs(t, last, ErrDiscarded)
}

func TestOneAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j := open(t, dir, Options{})
	_, err := Open(t.Context(), dir, Options{})
	require.ErrorIs(t, err, ErrLocked)
	require.ErrorContains(t, err, dir)
	_, err = Salvage(t.Context(), dir, func(Record) error { return nil })
	require.ErrorIs(t, err, ErrLocked)
	require.NoError(t, j.Close())
	open(t, dir, Options{})
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	_, err := Open(t.Context(), t.TempDir(), Options{Sync: 7})
	require.ErrorContains(t, err, "unknown sync policy 7")
	_, err = Open(t.Context(), t.TempDir(), Options{Interval: -1})
	require.ErrorContains(t, err, "negative")
	_, err = Open(t.Context(), t.TempDir(), Options{SegmentBytes: -1})
	require.ErrorContains(t, err, "negative")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Open(ctx, t.TempDir(), Options{})
	require.ErrorIs(t, err, context.Canceled)
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	_, err = Open(t.Context(), path, Options{})
	require.ErrorContains(t, err, "is not a folder")
}

func TestManyWriters(t *testing.T) {
	t.Parallel()
	for _, policy := range []SyncPolicy{SyncAlways, SyncInterval, SyncNever} {
		j := open(t, t.TempDir(), Options{Sync: policy, SegmentBytes: 4096, Interval: time.Millisecond})
		var mu sync.Mutex
		want := map[uint64]string{}
		var group sync.WaitGroup
		for w := range 8 {
			group.Go(func() {
				buffer := make([]byte, 0, 100) // reused: the journal must have its own copy
				for i := range 50 {
					buffer = fmt.Appendf(buffer[:0], "writer %d record %d", w, i)
					seq, err := j.Append(t.Context(), buffer, []byte("and"))
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					want[seq-1], want[seq] = string(buffer), "and"
					mu.Unlock()
				}
			})
		}
		group.Wait()
		require.Len(t, want, 800)
		got, err := replay(t, j, 0)
		require.NoError(t, err)
		require.Len(t, got, 800)
		for i, r := range got {
			require.Equal(t, want[uint64(i+1)], r)
		}
		require.NoError(t, j.Close())
	}
}

// Records that are queued are served by Close; those that come after it are refused.
func TestCloseBesideAppend(t *testing.T) {
	t.Parallel()
	for range 20 {
		dir := t.TempDir()
		j := open(t, dir, Options{})
		var mu sync.Mutex
		acknowledged := uint64(0)
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				for {
					seq, err := j.Append(t.Context(), []byte("record"))
					if err != nil {
						if !errors.Is(err, ErrClosed) {
							t.Error(err)
						}
						return
					}
					mu.Lock()
					acknowledged = max(acknowledged, seq)
					mu.Unlock()
				}
			})
		}
		first := add(t, j, "first")
		require.NoError(t, j.Close())
		group.Wait()
		j = open(t, dir, Options{})
		require.Equal(t, max(first, acknowledged), j.Last())
	}
}

// A log that is syncing cannot be hurried, but nobody has to wait for it.
func TestAppendHonoursItsContext(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gate := &gatedFile{entered: make(chan struct{}, 10), pass: make(chan struct{})}
	j := open(t, dir, Options{wrap: func(_ string, f file) file { gate.file = f; return gate }})
	gate.armed.Store(true)

	first, cancelFirst := context.WithCancel(t.Context())
	second, cancelSecond := context.WithCancel(t.Context())
	errs := make(chan error)
	go func() { _, err := j.Append(first, []byte("being written")); errs <- err }()
	<-gate.entered
	go func() { _, err := j.Append(second, []byte("waits")); errs <- err }()
	for j.waiting() == 0 {
		time.Sleep(time.Microsecond) // polling: there is no event for it
	}
	cancelSecond()
	err := <-errs
	require.ErrorIs(t, err, context.Canceled)
	require.NotContains(t, err.Error(), "may be kept")
	cancelFirst()
	err = <-errs
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, "may be kept")
	gate.armed.Store(false)
	close(gate.pass)
	require.Equal(t, uint64(2), add(t, j, "later"))
	requireRecords(t, j, 0, "being written", "later")

	_, err = j.Append(first, []byte("too late"))
	require.ErrorIs(t, err, context.Canceled)
}

func (j *Journal) waiting() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.queue)
}

// The policies differ in when they sync, and Sync always does.
func TestSyncPolicies(t *testing.T) {
	t.Parallel()
	for policy, want := range map[SyncPolicy][]int{SyncAlways: {2, 2, 2, 2}, SyncInterval: {0, 1, 1, 2}, SyncNever: {0, 0, 1, 1}} {
		synctest.Test(t, func(t *testing.T) {
			counter := &gatedFile{}
			j, err := Open(t.Context(), t.TempDir(), Options{Sync: policy, Interval: time.Minute, wrap: func(_ string, f file) file { counter.file = f; return counter }})
			require.NoError(t, err)
			defer func() { require.NoError(t, j.Close()) }()
			counter.syncs.Store(0)
			var got []int
			note := func() { got = append(got, int(counter.syncs.Load())) }
			add(t, j, "a")
			add(t, j, "b")
			note()
			time.Sleep(time.Minute + time.Second)
			synctest.Wait()
			note()
			require.NoError(t, j.Sync(t.Context()))
			require.NoError(t, j.Sync(t.Context()), "nothing to do")
			note()
			if policy == SyncInterval {
				add(t, j, "c")
			}
			time.Sleep(5 * time.Minute)
			synctest.Wait()
			note()
			require.Equal(t, want, got, "policy %d", policy)
		})
	}
}

func TestAppendAllocates(t *testing.T) {
	j := open(t, t.TempDir(), Options{Sync: SyncNever})
	record, ctx := bytes.Repeat([]byte("r"), 24), t.Context()
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() { _, _ = j.Append(ctx, record) }), 2.0)
}
