package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// An entry is a change of notes.
type entry struct {
	Key    uint64 `json:"key"`
	Text   string `json:"text,omitzero"`
	Forget bool   `json:"forget,omitzero"`
}

// notes is the state that the tests keep.
type notes struct {
	mu   sync.Mutex
	of   map[uint64]string
	said []string // in order, since it was opened
}

func (n *notes) apply(e entry) (forgot bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.said = append(n.said, fmt.Sprint(e))
	if e.Forget {
		delete(n.of, e.Key)
		return true
	}
	n.of[e.Key] = e.Text
	return false
}

func (n *notes) all() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for key, text := range n.of {
			if !yield(entry{Key: key, Text: text}) {
				return
			}
		}
	}
}

func (n *notes) copied() map[uint64]string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.of)
}

func openNotes(ctx context.Context, dir string, options Options) (*State[entry], *notes, error) {
	n := &notes{of: map[uint64]string{}}
	s, err := OpenState(ctx, dir, options, Kept[entry]{Apply: n.apply, All: n.all()})
	return s, n, err
}

func mustOpenNotes(t *testing.T, dir string, options Options) (*State[entry], *notes) {
	t.Helper()
	s, n, err := openNotes(t.Context(), dir, options)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s, n
}

// holds reports whether a file in the folder holds the text.
func holds(t *testing.T, dir, text string) bool {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		if bytes.Contains(data, []byte(text)) {
			return true
		}
	}
	return false
}

// Whatever was changed in whatever order is there again, and what was forgotten is in no file.
func TestStateComesBack(t *testing.T) {
	t.Parallel()
	dir, random, want := t.TempDir(), rand.New(rand.NewPCG(5, 6)), map[uint64]string{}
	options := Options{after: 7, wrap: unsynced.wrap}
	s, n := mustOpenNotes(t, dir, options)
	for step := range 500 {
		var changes []entry
		var gone []string
		for range random.IntN(4) {
			e := entry{Key: random.Uint64N(6), Text: fmt.Sprintf("no. %d.", step)}
			if e.Forget = random.IntN(5) == 0; e.Forget {
				if e.Text = ""; want[e.Key] != "" {
					gone = append(gone, want[e.Key])
				}
				delete(want, e.Key)
			} else {
				want[e.Key] = e.Text
			}
			changes = append(changes, e)
		}
		require.NoError(t, s.Change(t.Context(), changes...))
		require.Equal(t, want, n.copied())
		for _, text := range gone {
			kept := false
			for _, other := range want {
				kept = kept || other == text // of the same step, under another key
			}
			require.True(t, kept || !holds(t, dir, text), "step %d: %q is forgotten", step, text)
		}
		if random.IntN(20) == 0 {
			require.NoError(t, s.Close())
			s, n = mustOpenNotes(t, dir, options)
			require.Equal(t, want, n.copied(), "step %d", step)
		}
		require.Less(t, s.store.Pending(), uint64(7+4), "the log is kept short")
	}
}

// Changes of many at once are applied in the order of the log.
func TestStateAppliesInTheOrderOfTheLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, n := mustOpenNotes(t, dir, Options{wrap: unsynced.wrap})
	var group sync.WaitGroup
	for w := range 8 {
		group.Go(func() {
			for i := range 40 {
				text := fmt.Sprint(w, " ", i)
				if err := s.Change(context.Background(), entry{Key: 1, Text: text}, entry{Key: 2, Text: text}); err != nil {
					panic(err)
				}
			}
		})
	}
	group.Wait()
	require.NoError(t, s.Close())
	again, replayed := mustOpenNotes(t, dir, Options{})
	require.Equal(t, n.said, replayed.said)
	require.Equal(t, replayed.of[1], replayed.of[2], "those of one call are next to each other")
	require.NoError(t, again.Close())
}

// Two may not have one folder, neither in one process nor in two.
func TestStateHasOneWriter(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, _ := mustOpenNotes(t, dir, Options{})
	_, _, err := openNotes(t.Context(), dir, Options{})
	require.ErrorIs(t, err, ErrLocked)
	require.NoError(t, s.Close())
	require.ErrorIs(t, s.Change(t.Context(), entry{}), ErrClosed)
	err = nil
	killedAfter(t, "state", dir, 1, 0, func(acknowledgement) {
		_, _, err = openNotes(t.Context(), dir, Options{})
	})
	require.ErrorIs(t, err, ErrLocked)
	mustOpenNotes(t, dir, Options{})
}

// A log that ends anywhere within its last record gives the state before it.
func TestStateWithATornTail(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, _ := mustOpenNotes(t, dir, Options{})
	require.NoError(t, s.Change(t.Context(), entry{Key: 1, Text: "whole"}))
	sizes := [2]int64{s.store.log.active.end}
	require.NoError(t, s.Change(t.Context(), entry{Key: 2, Text: "torn"}))
	sizes[1] = s.store.log.active.end
	left := copyFolder(t, dir) // as a crash leaves it
	for end := sizes[0]; end <= sizes[1]; end++ {
		at := copyFolder(t, left)
		require.NoError(t, os.Truncate(numbered(at, 1, segmentSuffix), end))
		want := map[uint64]string{1: "whole"}
		if end == sizes[1] {
			want[2] = "torn"
		}
		s, n := mustOpenNotes(t, at, Options{wrap: unsynced.wrap})
		require.Equal(t, want, n.copied(), "cut to %d of %d", end, sizes[1])
		require.NoError(t, s.Close())
	}
}

// A change that cannot be written is not made, in memory either, and the next one may be.
func TestStateOnABadDisk(t *testing.T) {
	t.Parallel()
	dir, f := t.TempDir(), newFaults()
	s, n := mustOpenNotes(t, dir, f.options())
	want := map[uint64]string{1: "kept"}
	require.NoError(t, s.Change(t.Context(), entry{Key: 1, Text: "kept"}))
	f.room.Store(3)
	require.ErrorIs(t, s.Change(t.Context(), entry{Key: 2, Text: "too much"}), errDiskFull)
	require.Equal(t, want, n.copied())
	f.room.Store(-1)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, s.Change(ended, entry{Key: 3}), context.Canceled)
	require.Equal(t, want, n.copied())
	want[4] = "room again"
	require.NoError(t, s.Change(t.Context(), entry{Key: 4, Text: "room again"}))
	require.Equal(t, want, n.copied())

	readOnly := error(&os.PathError{Op: "sync", Path: "log", Err: errReadOnly})
	f.sync.Store(&readOnly)
	require.ErrorContains(t, s.Change(t.Context(), entry{Key: 5}), "read-only")
	f.sync.Store(nil)
	require.ErrorIs(t, s.Change(t.Context(), entry{Key: 6}), ErrFailed, "what is on disk is in doubt")
	require.Equal(t, want, n.copied())
	require.Error(t, s.Close())
	_, n = mustOpenNotes(t, dir, Options{})
	delete(n.of, 5) // in doubt
	require.Equal(t, want, n.copied())
}

// block makes the next snapshots impossible, for whoever may write as well, and returns what undoes it.
func block(t *testing.T, dir string, from, to uint64) (undo func()) {
	t.Helper()
	for seq := from; seq <= to; seq++ {
		require.NoError(t, os.Mkdir(numbered(dir, seq, snapshotSuffix)+temporarySuffix, 0o700))
	}
	return func() {
		for seq := from; seq <= to; seq++ {
			require.NoError(t, os.Remove(numbered(dir, seq, snapshotSuffix)+temporarySuffix))
		}
	}
}

// Where new files cannot be made, forgetting says so, and is made good by the next change or opening.
func TestStateForgetsLate(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]func(t *testing.T, s *State[entry], dir string){
		"by the next change": func(t *testing.T, s *State[entry], dir string) {
			require.NoError(t, s.Change(t.Context(), entry{Key: 9}))
		},
		"by the next opening": func(t *testing.T, s *State[entry], dir string) {
			require.ErrorContains(t, s.Close(), snapshotSuffix)
			mustOpenNotes(t, dir, Options{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s, n := mustOpenNotes(t, dir, Options{})
			require.NoError(t, s.Change(t.Context(), entry{Key: 1, Text: "a secret"}))
			undo := block(t, dir, 1, 9)
			err := s.Change(t.Context(), entry{Key: 1, Forget: true})
			require.ErrorIs(t, err, ErrStale)
			require.Empty(t, n.copied())
			require.True(t, holds(t, dir, "a secret"))
			undo()
			next(t, s, dir)
			require.False(t, holds(t, dir, "a secret"))
		})
	}
}

// A snapshot that is only due may fail: nothing is lost, another try comes, and closing tells.
func TestStateLivesWithoutASnapshot(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, _ := mustOpenNotes(t, dir, Options{after: 3})
	block(t, dir, 1, 8)
	for i := range uint64(8) {
		require.NoError(t, s.Change(t.Context(), entry{Key: i}))
	}
	require.Equal(t, uint64(8), s.store.Pending())
	require.NoError(t, s.Change(t.Context(), entry{Key: 8}))
	require.Zero(t, s.store.Pending())
	require.NoError(t, s.Close())
}

func TestStateNamesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store := openStore(t, dir)
	letters(t, store, "1x")
	require.NoError(t, store.Close())
	_, _, err := openNotes(t.Context(), dir, Options{})
	require.ErrorContains(t, err, "record 1")
	_, _, err = openNotes(t.Context(), dir, Options{})
	require.NotErrorIs(t, err, ErrLocked, "the folder was given back")
}

// changeForever counts up under four keys, forgets every tenth number, and acknowledges the key and twice
// the number, plus one if it was forgotten.
func changeForever(dir string) error {
	s, n, err := openNotes(context.Background(), dir, Options{after: 20})
	if err != nil {
		return err
	}
	errs := make(chan error)
	for key := range uint64(4) {
		go func() {
			var at uint64
			if text := n.copied()[key]; text != "" {
				_, _ = fmt.Sscanf(text, "number %d", &at) // zero is as good
			}
			for {
				at++
				err := s.Change(context.Background(), entry{Key: key, Text: fmt.Sprintf("number %d of %d.", at, key)})
				if err == nil {
					err = acknowledge(key, []uint64{2 * at})
				}
				if err == nil && at%10 == 0 {
					if err = s.Change(context.Background(), entry{Key: key, Forget: true}); err == nil {
						err = acknowledge(key, []uint64{2*at + 1})
					}
				}
				if err != nil {
					errs <- err
				}
			}
		}()
	}
	return <-errs
}

// Killed again and again, the state has what was acknowledged or what came right after it, and the files
// have nothing whose forgetting was acknowledged.
func TestKillDuringChange(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 8))
	seen := 0
	for round := range max(5, kills(t)/4) {
		dir := t.TempDir()
		last := map[uint64]uint64{}
		for _, a := range killed(t, "state", dir, random) {
			last[a.seq] = a.id
			seen++
		}
		at := copyFolder(t, dir)
		s, n := mustOpenNotes(t, at, Options{})
		for key, id := range last {
			var got uint64
			switch text, ok := n.of[key]; {
			case ok:
				_, err := fmt.Sscanf(text, "number %d", &got)
				require.NoError(t, err)
				require.Contains(t, []uint64{id / 2, id/2 + 1}, got, "round %d, key %d", round, key)
			case id%2 == 0:
				require.Zero(t, id/2%10, "round %d, key %d: %d is lost", round, key, id/2)
			}
			if id%2 == 1 {
				require.False(t, holds(t, at, fmt.Sprintf("number %d of %d.", id/2, key)), "round %d", round)
			}
		}
		require.NoError(t, s.Close())
	}
	require.NotZero(t, seen)
}

func TestWriteFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path+temporarySuffix, []byte("what a crash left, and longer"), 0o600))
	require.NoError(t, WriteFile(path, []byte("one")))
	require.NoError(t, os.Mkdir(path+temporarySuffix, 0o700))
	require.ErrorContains(t, WriteFile(path, []byte("two")), path)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "one", string(data))
	require.Panics(t, func() {
		_ = replaceFile(path+"2", func(*os.File) error { panic("in the middle") })
	})
	_, err = os.Stat(path + "2" + temporarySuffix)
	require.True(t, errors.Is(err, os.ErrNotExist))
}
