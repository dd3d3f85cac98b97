package recommend

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/journal"
	"github.com/zhushou-ai/zhushou/recommend/learn"
)

// learnedFolder is an engine in a folder that has learned, with the world it knows.
func learnedFolder(t *testing.T, options LearnOptions) (*world, *Engine, string) {
	dir := t.TempDir()
	engine := open(t, dir)
	w := newWorld(7)
	require.NoError(t, engine.Put(t.Context(), w.catalogue()[:70]...))
	require.NoError(t, engine.Record(t.Context(), w.events(1500)...))
	_, err := engine.Learn(t.Context(), options)
	require.NoError(t, err)
	require.NoError(t, engine.Compact(t.Context()))
	return w, engine, dir
}

// again closes an engine and opens its folder.
func again(t *testing.T, engine *Engine, dir string) *Engine {
	require.NoError(t, engine.Close())
	return open(t, dir)
}

// answers asks many things of an engine whose lists of neighbours are new.
func answers(t *testing.T, w *world, engine *Engine) (all [][]Suggestion) {
	for i := range engine.graph.lists {
		engine.graph.lists[i].Store(nil)
	}
	asking := newWorld(99)
	asking.items, asking.users = w.items, w.users
	for range 100 {
		all = append(all, ask(t, engine, asking.query()))
	}
	return all
}

func TestLearnedIsKept(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]LearnOptions{"blend": {}, "graph": {GraphOnly: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, engine, dir := learnedFolder(t, options)
			require.NoError(t, engine.Record(t.Context(), w.events(100)...))
			require.NoError(t, engine.Put(t.Context(), w.catalogue()[60:]...)) // some came after the learning
			for compacted := range 3 {
				want := answers(t, w, engine)
				engine = again(t, engine, dir)
				require.Nil(t, engine.model.learner, "read when it is needed")
				require.Equal(t, want, answers(t, w, engine))
				learned, err := engine.Learned()
				require.NoError(t, err)
				require.True(t, learned)
				if compacted > 0 { // from what was read, and from what was not
					if compacted == 2 {
						engine = again(t, engine, dir)
					}
					require.NoError(t, engine.Compact(t.Context()))
				}
			}
			require.NoError(t, engine.Forget(t.Context(), "u3"))
			require.NotNil(t, engine.model, "learned anew")
			require.NoError(t, engine.Close())
			learned, err := engine.Learned()
			require.ErrorIs(t, err, ErrClosed)
			require.False(t, learned)
		})
	}
}

// TestUnreadableModel damages what was learned: nothing else is lost, and it is learned anew.
func TestUnreadableModel(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(t *testing.T, engine *Engine, dir string)
		want  error
	}{
		"damaged": {func(t *testing.T, _ *Engine, dir string) {
			spoilFile(t, dir, `"Dims":384`, `"Dims":385`)
		}, journal.ErrCorrupt},
		"damaged at its head": {func(t *testing.T, _ *Engine, dir string) {
			spoilFile(t, dir, `{"version":1,"recorded":1500,"options"`, `{"version":1,"recorded":1501,"options"`)
		}, journal.ErrCorrupt},
		"of another version": {func(t *testing.T, engine *Engine, _ string) {
			c, err := engine.capture()
			require.NoError(t, err)
			c.model = nil
			require.NoError(t, engine.store.Compact(t.Context(), engine.store.Last(), func(w *journal.SnapshotWriter) error {
				w.Bytes("model.about", []byte(`{"version":99}`))
				return c.write(w)
			}))
		}, journal.ErrVersion},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, engine, dir := learnedFolder(t, LearnOptions{})
			m := engine.model
			engine.adopt(nil)
			plain := answers(t, w, engine)
			engine.adopt(m)
			c.spoil(t, engine, dir)
			engine = again(t, engine, dir)
			require.Equal(t, plain, answers(t, w, engine), "as if it had not learned")
			learned, err := engine.Learned()
			require.ErrorIs(t, err, c.want)
			require.False(t, learned)
			require.NotNil(t, engine.settings)
			_, err = engine.Learn(t.Context(), LearnOptions{Reuse: true})
			require.NoError(t, err)
			require.NoError(t, engine.Compact(t.Context()))
			engine = again(t, engine, dir)
			learned, err = engine.Learned()
			require.NoError(t, err)
			require.True(t, learned)
		})
	}
}

// spoilFile puts other bytes of the same length into the newest snapshot.
func spoilFile(t *testing.T, dir, old, fresh string) {
	names, err := filepath.Glob(filepath.Join(dir, "*.snap"))
	require.NoError(t, err)
	require.Len(t, names, 1)
	data, err := os.ReadFile(names[0])
	require.NoError(t, err)
	at := bytes.LastIndex(data, []byte(old))
	require.Positive(t, at)
	f, err := os.OpenFile(names[0], os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteAt([]byte(fresh), int64(at))
	require.NoError(t, err)
	require.NoError(t, f.Close())
}

// TestForgottenBeforeItWasLearnedAnew ends an engine between the two.
func TestForgottenBeforeItWasLearnedAnew(t *testing.T) {
	t.Parallel()
	_, engine, dir := learnedFolder(t, LearnOptions{GraphOnly: true})
	require.NoError(t, engine.change(t.Context(), "forget", 1,
		func(int) ([]byte, error) { return encodeForget("u3"), nil }, func(int) { engine.forget("u3") }))
	require.NoError(t, engine.Compact(t.Context()))
	require.NotNil(t, engine.model)
	engine = again(t, engine, dir)
	require.Nil(t, engine.model, "what knows them is not kept")

	_, engine, dir = learnedFolder(t, LearnOptions{GraphOnly: true})
	require.NoError(t, engine.change(t.Context(), "forget", 1,
		func(int) ([]byte, error) { return encodeForget("u3"), nil }, func(int) { engine.forget("u3") }))
	engine = again(t, engine, dir)
	require.Nil(t, engine.model, "nor brought back")
}

// TestKeepGoesOnWithWhatTheFolderHolds restarts a service.
func TestKeepGoesOnWithWhatTheFolderHolds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for restart := range 2 {
		synctest.Test(t, func(t *testing.T) {
			engine, err := Open(t.Context(), dir, Config{})
			require.NoError(t, err)
			defer func() { require.NoError(t, engine.Close()) }()
			if restart == 0 {
				w := newWorld(7)
				require.NoError(t, engine.Put(t.Context(), w.catalogue()...))
				require.NoError(t, engine.Record(t.Context(), w.events(500)...))
			}
			learned := 0
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error)
			go func() {
				done <- engine.Keep(ctx, KeepOptions{
					LearnOptions: LearnOptions{GraphOnly: true}, Every: time.Second,
					Learned: func(_ *learn.Report, err error) {
						learned++
						if err != nil {
							t.Error(err)
						}
					},
				})
			}()
			time.Sleep(3 * time.Second)
			synctest.Wait()
			require.Equal(t, 1-restart, learned, "the second time it is there")
			ok, err := engine.Learned()
			require.NoError(t, err)
			require.True(t, ok)
			cancel()
			require.ErrorIs(t, <-done, context.Canceled)
		})
	}
}
