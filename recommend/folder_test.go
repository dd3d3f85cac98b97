package recommend

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

func open(t testing.TB, dir string) *Engine {
	engine, err := Open(t.Context(), dir, Config{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, engine.Close()) })
	return engine
}

// TestReopened compares an engine that is closed and opened again and again, with and without snapshots,
// with one in memory.
func TestReopened(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		w := newWorld(seed)
		catalogue, events := w.catalogue(), w.events(1500)
		dir, memory := t.TempDir(), New(Config{})
		for step := range 6 {
			engine := open(t, dir)
			for _, e := range []*Engine{memory, engine} {
				require.NoError(t, e.Put(t.Context(), catalogue[10*step:10*step+20]...))
				require.NoError(t, e.Record(t.Context(), events[250*step:250*step+250]...))
				require.NoError(t, e.Remove(t.Context(), catalogue[step].ID))
				require.NoError(t, e.Personalize(t.Context(), fmt.Sprint("u", step), false))
				require.NoError(t, e.HideInterest(t.Context(), fmt.Sprint("u", 9+step), Interest{Kind: InCategory, Value: "茶叶"}))
				if step == 3 {
					require.NoError(t, e.Forget(t.Context(), "u1", "u20", "没来过"))
				}
			}
			if step%2 == 1 {
				require.NoError(t, engine.Compact(t.Context()))
			}
			require.NoError(t, engine.Close())
			engine = open(t, dir)
			for i := range memory.graph.lists { // those of the other are new as well
				memory.graph.lists[i].Store(nil)
			}
			requireSameAnswers(t, w, memory, engine)
			for who := range 30 {
				user := fmt.Sprint("u", who)
				want, err := memory.Export(t.Context(), user)
				require.NoError(t, err)
				got, err := engine.Export(t.Context(), user)
				require.NoError(t, err)
				require.Equal(t, events1(t, want), events1(t, got))
			}
			require.NoError(t, engine.Close())
		}
	}
}

// events1 takes the events out of an export.
func events1(t *testing.T, export []byte) []Event {
	var held Held
	require.NoError(t, json.Unmarshal(export, &held))
	return held.Events
}

func TestSettingsAreKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	engine := open(t, dir)
	w := newWorld(1)
	require.NoError(t, engine.Put(t.Context(), w.catalogue()...))
	require.NoError(t, engine.Record(t.Context(), w.events(1500)...))
	report, err := engine.Learn(t.Context(), LearnOptions{})
	require.NoError(t, err)
	want := ask(t, engine, Query{User: "u1"})
	for _, compact := range []bool{false, true} {
		if compact {
			require.NoError(t, engine.Compact(t.Context()))
		}
		require.NoError(t, engine.Close())
		engine = open(t, dir)
		learned, err := engine.Learned()
		require.NoError(t, err)
		require.Equal(t, compact, learned)
		again, err := engine.Learn(t.Context(), LearnOptions{Reuse: true})
		require.NoError(t, err)
		require.Equal(t, report.Settings, again.Settings)
		require.Equal(t, ids(want), ids(ask(t, engine, Query{User: "u1"})))
	}
	require.NoError(t, engine.Forget(t.Context(), "u1"))
	require.NoError(t, engine.Close())
	engine = open(t, dir)
	require.NotNil(t, engine.settings, "chosen anew, without them")
	require.NoError(t, engine.Close())
}

// TestForgottenIsGoneFromDisk looks for a user's id in all files.
func TestForgottenIsGoneFromDisk(t *testing.T) {
	t.Parallel()
	for _, reopened := range []bool{false, true} {
		forgetOnDisk(t, reopened)
	}
}

func forgetOnDisk(t *testing.T, reopened bool) {
	dir := t.TempDir()
	engine := open(t, dir)
	act(t, engine, Buy, "秘密用户 t1", "别人 t1")
	require.NoError(t, engine.Personalize(t.Context(), "秘密用户", false))
	require.NoError(t, engine.Compact(t.Context()))
	if reopened {
		require.NoError(t, engine.Close())
		engine = open(t, dir)
	}
	act(t, engine, View, "秘密用户 t2")
	require.Positive(t, filesWith(t, dir, "秘密用户"))
	require.NoError(t, engine.Forget(t.Context(), "秘密用户"))
	require.Zero(t, filesWith(t, dir, "秘密用户"))
	require.Positive(t, filesWith(t, dir, "别人"))
	require.NoError(t, engine.Close())
	require.Empty(t, events1(t, mustExport(t, open(t, dir), "秘密用户")))
}

func mustExport(t *testing.T, engine *Engine, user string) []byte {
	b, err := engine.Export(t.Context(), user)
	require.NoError(t, err)
	return b
}

func filesWith(t *testing.T, dir, text string) (n int) {
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(text)) {
			n++
		}
		return err
	}))
	return n
}

func TestClosed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, engine := range []*Engine{New(Config{}), open(t, dir)} {
		act(t, engine, Buy, "a t1")
		require.NoError(t, engine.Close())
		require.NoError(t, engine.Close())
		_, err := engine.Recommend(t.Context(), Query{User: "a"})
		require.ErrorIs(t, err, ErrClosed)
		_, err = engine.Learn(t.Context(), LearnOptions{})
		require.ErrorIs(t, err, ErrClosed)
		_, err = engine.Export(t.Context(), "a")
		require.ErrorIs(t, err, ErrClosed)
		require.ErrorIs(t, engine.Record(t.Context(), Event{User: "a", Item: "t1"}), ErrClosed)
		require.ErrorIs(t, engine.Put(t.Context(), Item{ID: "t1"}), ErrClosed)
		require.ErrorIs(t, engine.Forget(t.Context(), "a"), ErrClosed)
		require.ErrorIs(t, engine.Personalize(t.Context(), "a", false), ErrClosed)
		require.Empty(t, engine.Title("t1"))
		require.Empty(t, engine.Interests("a"))
	}
	engine := open(t, dir)
	_, err := Open(t.Context(), dir, Config{})
	require.ErrorIs(t, err, journal.ErrLocked)
	require.NoError(t, engine.Close())
	require.ErrorIs(t, engine.Compact(t.Context()), ErrClosed)
}

func TestCancelledOpen(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Open(ctx, t.TempDir(), Config{})
	require.ErrorIs(t, err, context.Canceled)
}

// FuzzReplay brings any record into an engine: an error or a change, never a panic, and what was taken in
// can be written to a snapshot and read again.
func FuzzReplay(f *testing.F) {
	item, err := encodePut(Item{ID: "1", Title: "茶", Price: Fen(100)}, []float32{1, 2})
	require.NoError(f, err)
	w, err := encodeChoices("a", &choices{Off: true, Hidden: []Interest{{Kind: InTag, Value: "送礼"}}})
	require.NoError(f, err)
	for _, record := range [][]byte{
		nil, item, w, encodeEvent(Event{User: "a", Item: "1", Kind: Rate, Weight: 4}, 1e9), encodeRemove("1"), encodeForget("a"), encodeForgetHistory("a"), []byte("s{}"), []byte("?"),
	} {
		f.Add(record)
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		engine := shop(t)
		act(t, engine, Buy, "a t1")
		if err := engine.replay(record); err != nil {
			require.ErrorIs(t, err, errRecord)
			return
		}
		path := filepath.Join(t.TempDir(), "snapshot")
		c, err := engine.capture()
		require.NoError(t, err)
		require.NoError(t, journal.WriteSnapshot(t.Context(), path, 1, c.write))
		snapshot, err := journal.OpenSnapshot(path, journal.SnapshotOptions{})
		require.NoError(t, err)
		defer snapshot.Close()
		again := New(Config{})
		require.NoError(t, again.load(t.Context(), snapshot))
		require.Equal(t, ids(ask(t, engine, Query{User: "a"})), ids(ask(t, again, Query{User: "a"})))
	})
}

// FuzzSnapshot opens snapshots whose columns hold any numbers: an error or an engine that answers.
func FuzzSnapshot(f *testing.F) {
	f.Add([]byte{0, 0, 1, 2}, []byte{0, 1, 2}, []byte{0, 1}, []byte{0, 2, 4})
	f.Fuzz(func(t *testing.T, items, starts, takers, takerStarts []byte) {
		engine := shop(t)
		act(t, engine, Buy, "a t1", "a t2", "b t2")
		c, err := engine.capture()
		require.NoError(t, err)
		c.deedItems, c.takers = numbered[int32](items), numbered[int32](takers)
		c.deedWeights, c.deedWhens = make([]float32, len(items)), numbered[int64](items)
		c.starts, c.takerStarts = numbered[int64](starts), numbered[int64](takerStarts)
		path := filepath.Join(t.TempDir(), "snapshot")
		require.NoError(t, journal.WriteSnapshot(t.Context(), path, 1, c.write))
		snapshot, err := journal.OpenSnapshot(path, journal.SnapshotOptions{})
		require.NoError(t, err)
		defer snapshot.Close()
		again := New(Config{})
		if again.load(t.Context(), snapshot) == nil {
			ask(t, again, Query{User: "a"})
			ask(t, again, Query{Recent: []string{"t1", "t2"}})
			require.NoError(t, again.Forget(t.Context(), "a"))
		}
	})
}

// numbered makes numbers of bytes.
func numbered[T int32 | int64](b []byte) []T {
	out := make([]T, len(b))
	for i, x := range b {
		out[i] = T(int8(x))
	}
	return out
}
