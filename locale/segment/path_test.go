package segment

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStepKeepsItsParts(t *testing.T) {
	t.Parallel()
	s := newStep(madeNumber|value(Time), blockSize)
	require.Equal(t, blockSize, s.next())
	require.Equal(t, Time, s.value().tag())
	require.Equal(t, Number, s.value().class(han))
	require.Equal(t, Word, newStep(madeWord, 3).value().class(digit))
	require.Equal(t, Word, newStep(fromUser, 3).value().class(digit))
	require.Equal(t, Latin, newStep(0, 3).value().class(letter))
}
