package number_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// Whether values fit two machine words or not, the arithmetic is that of rational numbers.
func TestArithmetic(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 8))
	integer := func() int64 {
		k := int64(rng.Uint64() >> rng.IntN(64))
		if rng.IntN(50) == 0 {
			k = []int64{0, 1, -1, math.MaxInt64, math.MinInt64}[rng.IntN(5)]
		}
		return k
	}
	rational := func() *big.Rat {
		den := integer()
		for den == 0 {
			den = integer()
		}
		return big.NewRat(integer(), den)
	}
	for range 20000 {
		a, b, k := rational(), rational(), integer()
		n, factor := number.FromRat(a), new(big.Rat).SetInt64(k)
		require.Zero(t, n.Add(number.FromRat(b)).Rat().Cmp(new(big.Rat).Add(a, b)), "%s + %s", a, b)
		require.Zero(t, n.Mul(k).Rat().Cmp(new(big.Rat).Mul(a, factor)), "%s * %d", a, k)
		require.Zero(t, n.Neg().Rat().Cmp(new(big.Rat).Neg(a)), "- %s", a)
		require.Equal(t, a.Cmp(b), n.Cmp(number.FromRat(b)), "%s and %s", a, b)
		if k != 0 {
			require.Zero(t, n.Div(k).Rat().Cmp(new(big.Rat).Quo(a, factor)), "%s / %d", a, k)
		}
	}
}
