package privacy

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTablesAreWellFormed(t *testing.T) {
	t.Parallel()
	for name := range rows(cueText) {
		require.Contains(t, cueNames, name)
	}
	for name := range rows(givenText) {
		require.Contains(t, []string{"常", "非"}, name)
	}
	for name := range rows(boundText) {
		require.Contains(t, []string{"界", "非名", "孤"}, name)
	}
	for kind := cueResidentID; kind <= cueOther; kind++ {
		found := false
		for _, words := range cueTable().byFirst {
			found = found || slices.ContainsFunc(words, func(w cueWord) bool { return slices.Contains(w.kinds, kind) })
		}
		require.True(t, found, "kind %d has no word", kind)
	}
	for t1 := Type(1); t1 < typeCount; t1++ {
		require.NotEmpty(t, typeNames[t1])
		form := placeholder(t1, 7, "甲")
		canonical, size, _ := readPlaceholder(form)
		require.Equal(t, len(form), size, form)
		require.NotEmpty(t, canonical)
		require.Less(t, len(form), maxLook)
	}
	require.Equal(t, len(reasonNames), strings.Count(Reasons(1<<len(reasonNames)-1).String(), "、")+1)
}

func TestRegions(t *testing.T) {
	t.Parallel()
	d := divisionTable()
	for code, want := range map[int]region{
		110101: regionKnown, 110103: regionUnknown, 440305: regionKnown, 810000: regionKnown, 710000: regionKnown,
		830000: regionNone, 990101: regionNone, 90101: regionNone, 659001: regionKnown,
	} {
		require.Equal(t, want, d.region(code), "%d", code)
	}
	require.Greater(t, len(d.codes), 3200)
}
