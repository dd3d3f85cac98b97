package usage

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func openFolder(t *testing.T, dir string) *Folder {
	t.Helper()
	f, err := OpenFolder(t.Context(), dir)
	require.NoError(t, err)
	return f
}

// A day that the process does not survive counts as one that it does.
func TestFolderCountsLikeMemory(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	dir := t.TempDir()
	folder, memory := openFolder(t, dir), new(Memory)
	now := at(5, 20, 0)
	for step := range 200 {
		person := fmt.Sprint("p", random.IntN(3))
		if random.IntN(30) == 0 {
			memory.Forget(person)
			require.NoError(t, folder.Forget(t.Context(), person))
		}
		now = now.Add(time.Duration(random.IntN(20)) * time.Minute)
		var got [2]Usage
		for i, s := range []Store{memory, folder} {
			c := &Clock{Store: s, Now: func() time.Time { return now }}
			var err error
			got[i], err = c.Update(t.Context(), person, func(u *Usage) {
				if step%5 == 0 {
					u.Set("reminded", u.Last)
				}
			})
			require.NoError(t, err)
		}
		require.Equal(t, got[0].Today, got[1].Today, "step %d", step)
		require.Equal(t, got[0].Day, got[1].Day)
		require.Equal(t, got[0].Continuous(), got[1].Continuous())
		require.True(t, got[0].Mark("reminded").Equal(got[1].Mark("reminded")))
		if random.IntN(10) == 0 {
			require.NoError(t, folder.Close())
			folder = openFolder(t, dir)
		}
	}
	require.NoError(t, folder.Close())
}

func TestFolderForgets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := openFolder(t, dir)
	c := &Clock{Store: f}
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if _, err := c.Touch(t.Context(), "somebody"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	_, err := c.Touch(t.Context(), "another")
	require.NoError(t, err)
	_, ok := f.Usage("somebody")
	require.True(t, ok)
	require.NoError(t, f.Forget(t.Context(), "somebody"))
	_, ok = f.Usage("somebody")
	require.False(t, ok)
	require.NoError(t, f.Close())
	_, err = c.Touch(t.Context(), "another")
	require.ErrorContains(t, err, "closed")
	kept := false
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		require.False(t, bytes.Contains(b, []byte("somebody")), e.Name())
		kept = kept || bytes.Contains(b, []byte("another"))
	}
	require.True(t, kept)
}
