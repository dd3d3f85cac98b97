package offheap_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/offheap"
)

func TestMove(t *testing.T) {
	t.Parallel()
	bytes, words, longs := make([]uint8, 100_001), make([]uint32, 50_000), make([]uint64, 3)
	for i := range bytes {
		bytes[i] = uint8(i)
	}
	for i := range words {
		words[i] = uint32(i * i)
	}
	longs[2] = 1 << 60
	m := offheap.Reserve(len(bytes) + 4*len(words) + 8*len(longs))
	a, b, c := offheap.Move(m, bytes), offheap.Move(m, words), offheap.Move(m, longs)
	require.Equal(t, bytes, a)
	require.Equal(t, words, b)
	require.Equal(t, longs, c)
	if runtime.GOOS == "linux" {
		require.NotSame(t, &bytes[0], &a[0])
		require.NotSame(t, &words[0], &b[0])
		require.NotSame(t, &longs[0], &c[0])
	}
	runtime.KeepAlive(m)
}

// What has no room stays where it is.
func TestMoveWithoutRoom(t *testing.T) {
	t.Parallel()
	table := make([]uint16, 1000)
	require.Same(t, &table[0], &offheap.Move(offheap.Reserve(2*len(table)), table)[0])
	large := make([]uint16, 1<<20)
	require.Same(t, &large[0], &offheap.Move(offheap.Reserve(1<<20), large)[0])
	require.Empty(t, offheap.Move(offheap.Reserve(1<<20), table[:0]))
	names := []struct {
		number int
		name   string
	}{{1, "茶"}}
	require.Same(t, &names[0], &offheap.Move(offheap.Reserve(1<<20), names)[0], "the collector must see the name")
}

// Memory that nobody holds is given back to the system.
func TestMemoryIsFreed(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/statm"); err != nil {
		t.Skip("the system does not say how much memory a program has")
	}
	const size, rounds = 8 << 20, 40
	table := make([]uint8, size)
	table[size-1] = 7
	for range rounds {
		m := offheap.Reserve(size)
		require.True(t, slices.Contains(offheap.Move(m, table), 7))
		runtime.KeepAlive(m)
	}
	for range 1000 { // the collector frees in its own time
		runtime.GC()
		if resident(t) < rounds*size/2 {
			return
		}
		runtime.Gosched()
	}
	t.Fatal("nothing was given back")
}

// resident returns how many bytes the program has in memory.
func resident(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/statm")
	require.NoError(t, err)
	var size, pages int
	_, err = fmt.Sscan(string(b), &size, &pages)
	require.NoError(t, err)
	return pages * os.Getpagesize()
}
