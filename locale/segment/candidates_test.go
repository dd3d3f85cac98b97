package segment

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCandidates(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var c candidates
		end, want := 1+rng.IntN(blockSize), [rules]map[int]bool{{}, {}, {}, {}}
		for range rng.IntN(100) {
			k, begins := rng.IntN(blockSize+1), trait(0)
			for r := range want {
				if rng.IntN(3) == 0 {
					begins |= beginning[r]
					want[r][k] = true
				}
			}
			c.add(k, begins)
		}
		for range rng.IntN(20) {
			k := rng.IntN(blockSize + 1)
			c.remove(k)
			for r := range want {
				delete(want[r], k)
			}
		}
		for r, want := range want {
			var members, found []int
			for k := range end {
				if want[k] {
					members = append(members, k)
				}
			}
			for k := c.next(rule(r), 0, end); k < end; k = c.next(rule(r), k+1, end) {
				found = append(found, k)
			}
			require.Equal(t, members, found)
			require.Equal(t, end, c.next(rule(r), end, end))
		}
		c.clear(end)
		for r, want := range want {
			require.Equal(t, end, c.next(rule(r), 0, end))
			if k := c.next(rule(r), end, blockSize+1); k <= blockSize {
				require.True(t, want[k]) // what is beyond may stay
			}
		}
	}
}
