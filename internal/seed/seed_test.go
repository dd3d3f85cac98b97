package seed

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSeedIsTheSameUnlessAskedFor(t *testing.T) {
	t.Setenv(variable, "")
	require.Equal(t, For(t), For(t))
	t.Setenv(variable, "18446744073709551615")
	require.Equal(t, uint64(18446744073709551615), For(t))
	t.Setenv(variable, "random")
	require.NotEqual(t, For(t), For(t)) // once in 2⁶⁴ times
}

func TestSeedIsANumber(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"Random", "1 ", "-1", "18446744073709551616", "0x1"} {
		_, err := read(value)
		require.ErrorContains(t, err, variable, value)
	}
}
