package others_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/learn/others"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	all := others.Sentences()
	require.Greater(t, len(all), 400)
	seen := slices.Clone(all)
	slices.Sort(seen)
	require.Equal(t, len(all), len(slices.Compact(seen)), "a sentence twice")
	for _, s := range all {
		require.False(t, strings.ContainsAny(s, "()|#"), s)
		require.NotEmpty(t, s)
	}
}
