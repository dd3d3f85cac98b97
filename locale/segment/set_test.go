package segment

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSet(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var s set
		end, want := 1+rng.IntN(blockSize), map[int]bool{}
		for range rng.IntN(100) {
			k, ok := rng.IntN(blockSize+1), rng.IntN(3) > 0
			s.addIf(k, ok)
			want[k] = want[k] || ok
		}
		for range rng.IntN(20) {
			k := rng.IntN(blockSize + 1)
			s.remove(k)
			delete(want, k)
		}
		var members, found []int
		for k := range end {
			if want[k] {
				members = append(members, k)
			}
		}
		for k := s.next(0, end); k < end; k = s.next(k+1, end) {
			found = append(found, k)
		}
		require.Equal(t, members, found)
		require.Equal(t, end, s.next(end, end))
		s.clear(end)
		require.Equal(t, end, s.next(0, end))
		if k := s.next(end, blockSize+1); k <= blockSize {
			require.True(t, want[k]) // what is beyond may stay
		}
	}
}
