package profile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	old, err := Open("tc260-003-2024")
	require.NoError(t, err)
	require.Empty(t, Diff(old, old))

	now, err := Open("tc260-003-2024")
	require.NoError(t, err)
	now.Version = "2"
	now.Words.Total += 2000
	now.Abuse.Daily = 0
	now.Categories = append(now.Categories[1:], Category{ID: "A.6.a", Label: "新增 <类>"}, now.Categories[0]) // moved
	var said []string
	for _, c := range Diff(old, now) {
		said = append(said, c.String())
	}
	require.Equal(t, []string{
		"- abuse.daily: 5",
		`+ categories[A.6.a].id: "A.6.a"`,
		`+ categories[A.6.a].label: "新增 <类>"`,
		`version: "1" → "2"`,
		"words.total: 10000 → 12000",
	}, said)
	for _, c := range Diff(now, old) {
		require.NotEqual(t, c.From, c.To)
	}
	require.Len(t, Diff(now, old), 5)
}

func TestDiffOfTheShippedProfiles(t *testing.T) {
	t.Parallel()
	for _, from := range Names() {
		for _, to := range Names() {
			a, err := Open(from)
			require.NoError(t, err)
			b, err := Open(to)
			require.NoError(t, err)
			require.Equal(t, from == to, len(Diff(a, b)) == 0, "%s, %s", from, to)
		}
	}
}
