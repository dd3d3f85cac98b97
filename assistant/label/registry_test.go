package label_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

// A clock shows the time it is set to.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func at() *clock { return &clock{t: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)} }

func TestNumbers(t *testing.T) {
	t.Parallel()
	c := at()
	r := &label.Registry{Store: new(label.Memory), Prefix: "chat-", Now: c.now}
	var ids []string
	for i := range 3000 {
		ids = append(ids, r.NewID())
		switch i {
		case 1000:
			c.add(time.Millisecond)
		case 2000:
			c.add(-time.Hour) // numbers rise whatever the clock does
		}
	}
	require.True(t, slices.IsSorted(ids))
	require.Len(t, slices.Compact(slices.Clone(ids)), 3000)
	require.Len(t, ids[0], len("chat-")+26)
	l := label.First("Example", ids[0], label.CopyOnFirstWrite)
	require.NoError(t, l.Check())
	c.add(2 * time.Hour)
	require.Greater(t, r.NewID(), ids[len(ids)-1])

	// Many at once, of several registries with one clock, are all different.
	var mu sync.Mutex
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			other := &label.Registry{Store: new(label.Memory), Prefix: "chat-", Now: c.now}
			for range 500 {
				a, b := r.NewID(), other.NewID()
				mu.Lock()
				seen[a], seen[b] = true, true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	require.Len(t, seen, 4000)
}

// Every store keeps what is registered.
func TestRegistry(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	folder := t.TempDir()
	open := func(t *testing.T) *label.Folder {
		t.Helper()
		f, err := label.OpenFolder(ctx, folder)
		require.NoError(t, err)
		return f
	}
	first := open(t)
	memory := new(label.Memory)
	for name, s := range map[string]struct {
		store  label.Store
		reopen func() label.Store
	}{
		"memory": {memory, func() label.Store { return memory }},
		"folder": {first, func() label.Store {
			require.NoError(t, first.Close())
			first = open(t)
			return first
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := at()
			r := &label.Registry{Store: s.store, Now: c.now}
			digest, err := label.Digest(strings.NewReader("a picture"))
			require.NoError(t, err)
			e, err := r.Register(ctx, label.Entry{Subject: "hash of a person", Model: "qwen-image", Content: digest})
			require.NoError(t, err)
			require.Equal(t, c.t, e.Time)
			same, err := r.Register(ctx, label.Entry{Content: digest})
			require.NoError(t, err)
			_, err = r.Grant(ctx, "never given out", "hash of a person", "v3")
			require.ErrorIs(t, err, label.ErrUnknownID)
			_, err = r.Grant(ctx, e.ProduceID, "", "v3")
			require.ErrorContains(t, err, "required")
			old, err := r.Grant(ctx, e.ProduceID, "hash of a person", "v3")
			require.NoError(t, err)
			c.add(time.Hour)
			late, err := r.Grant(ctx, e.ProduceID, "hash of another", "v3")
			require.NoError(t, err)

			for range 2 {
				r.Store = s.reopen()
				got, err := r.Resolve(ctx, e.ProduceID)
				require.NoError(t, err)
				require.Equal(t, e, got)
				list, err := r.Find(ctx, digest)
				require.NoError(t, err)
				require.Equal(t, []label.Entry{e, same}, list, "a copy without its label is found")
				grants, err := r.Grants(ctx, e.ProduceID)
				require.NoError(t, err)
				require.Equal(t, []label.Grant{old, late}, grants)
			}
			_, err = r.Resolve(ctx, "never given out")
			require.ErrorIs(t, err, label.ErrUnknownID)

			r.Keep = time.Hour // less than it must be
			c.add(label.KeepGrants - time.Hour)
			n, err := r.Sweep(ctx)
			require.NoError(t, err)
			require.Zero(t, n, "for six months nothing is forgotten")
			c.add(time.Second)
			n, err = r.Sweep(ctx)
			require.NoError(t, err)
			require.Equal(t, 1, n)
			r.Store = s.reopen()
			grants, err := r.Grants(ctx, e.ProduceID)
			require.NoError(t, err)
			require.Equal(t, []label.Grant{late}, grants)
			got, err := r.Resolve(ctx, e.ProduceID)
			require.NoError(t, err, "labels stay resolvable")
			require.Equal(t, e, got)
			c.add(time.Hour)
			n, err = r.Sweep(ctx)
			require.NoError(t, err)
			require.Equal(t, 1, n)
		})
	}
	require.NoError(t, first.Close())
	r := &label.Registry{Store: first}
	_, err := r.Register(ctx, label.Entry{})
	require.Error(t, err, "closed")
	r = &label.Registry{Store: new(label.Memory), Prefix: "my app "}
	_, err = r.Register(ctx, label.Entry{})
	require.ErrorIs(t, err, label.ErrInvalid)
}

// A folder belongs to one program at a time.
func TestFolderIsLocked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f, err := label.OpenFolder(t.Context(), dir)
	require.NoError(t, err)
	_, err = label.OpenFolder(context.Background(), dir)
	require.ErrorContains(t, err, "open the registry")
	require.NoError(t, f.Close())
}
