package entity_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/entity"
	"github.com/zhushou-ai/zhushou/locale/entity/private"
	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/locale/privacy"
	"github.com/zhushou-ai/zhushou/locale/quantity"
	"github.com/zhushou-ai/zhushou/locale/script"
	"github.com/zhushou-ai/zhushou/locale/when"
)

func readAll(s string) *entity.Lattice {
	return entity.Read(s, now, entity.Times{}, entity.Quantities{}, entity.Numbers{}, private.Data{})
}

// checkLattice requires what holds for every text.
func checkLattice(t *testing.T, s string) {
	t.Helper()
	l := readAll(s)
	all, best := l.All(), l.Best()
	for i, e := range all {
		require.Less(t, e.Start, e.End)
		require.Equal(t, s[e.Start:e.End], e.Text)
		require.True(t, onBoundary(s, e.Start) && onBoundary(s, e.End), "%q in %q", e.Text, s)
		switch v := e.Value.(type) {
		case when.Match:
			require.Equal(t, []any{e.Start, e.End, e.Text}, []any{v.Start, v.End, v.Text})
		case quantity.Match:
			require.Equal(t, []any{e.Start, e.End, e.Text}, []any{v.Start, v.End, v.Text})
		case number.Match:
			require.Equal(t, []any{e.Start, e.End, e.Text}, []any{v.Start, v.End, v.Text})
		case privacy.Finding:
			require.Equal(t, []any{e.Start, e.End}, []any{v.Start, v.End})
		default:
			require.Fail(t, "no value", "%+v", e)
		}
		if i > 0 {
			before := all[i-1]
			require.True(t, before.Start < e.Start || before.Start == e.Start && before.End >= e.End, "%q: %q before %q", s, before.Text, e.Text)
		}
		require.True(t, slices.ContainsFunc(l.At(e.Start), func(other entity.Entity) bool { return same(e, other) }))
	}
	for i, e := range best {
		require.True(t, i == 0 || best[i-1].End <= e.Start, "%q: %q and %q share text", s, best[max(i-1, 0)].Text, e.Text)
		require.True(t, slices.ContainsFunc(all, func(other entity.Entity) bool { return same(e, other) }))
	}
	// Nothing could be added to the best, and what is left out shares text with something no less telling.
	for _, e := range all {
		require.True(t, slices.ContainsFunc(best, func(b entity.Entity) bool { return b.Start < e.End && e.Start < b.End }), "%q: %q is missing", s, e.Text)
	}
}

func same(a, b entity.Entity) bool { return a.Kind == b.Kind && a.Start == b.Start && a.End == b.End }

// onBoundary reports whether i is not inside a character of s.
func onBoundary(s string, i int) bool {
	for k := max(0, i-utf8.UTFMax+1); k < i; k++ {
		if r, size := utf8.DecodeRuneInString(s[k:]); r != utf8.RuneError && k+size > i {
			return false
		}
	}
	return true
}

func TestLattice(t *testing.T) {
	t.Parallel()
	for i, c := range requests {
		checkLattice(t, c.text)
		checkLattice(t, c.text+requests[(i*7+1)%len(requests)].text)
		checkLattice(t, c.text[:len(c.text)*2/3]+c.text)
	}
}

// Neither width nor script changes what is found.
func TestWidthAndScript(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(string) string{"full width": wide, "traditional": script.S2T.String, "simplified": script.T2S.String} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, c := range requests {
				if strings.Contains(c.text, "1，500") && name == "full width" {
					continue // the comma between full-width digits parts thousands
				}
				changed := change(c.text)
				require.Equal(t, values(c.text), values(changed), changed)
			}
		})
	}
}

// values returns the kinds and values of the best entities, and of how many characters they are.
func values(s string) (out []any) {
	for _, e := range entity.Find(s, now, private.Data{}) {
		out = append(out, e.Kind, value(e), utf8.RuneCountInString(s[:e.Start]), utf8.RuneCountInString(e.Text))
	}
	return out
}

// wide returns s with ASCII in full width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '　'
		case r > ' ' && r <= '~':
			return r - '!' + '！'
		}
		return r
	}, s)
}

// What took more than time in proportion to the length would not end here.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for unit, size := range map[string]int{
		"1": 1 << 20, "一": 1 << 20, "１": 1 << 20,
		"十": 1 << 14, "3，": 1 << 14, "明天三点五公里": 1 << 14, "三点五": 1 << 14, "至少三天后": 1 << 14, "1小时2分": 1 << 14, "a1": 1 << 14,
	} {
		s := strings.Repeat(unit, size/len(unit))
		end := 0
		for _, e := range entity.Find(s, now, private.Data{}) {
			require.LessOrEqual(t, end, e.Start)
			end = e.End
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range requests {
		f.Add(c.text)
	}
	f.Add("三点\xff五公里")
	f.Add("1，２，三")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1000 {
			return
		}
		checkLattice(t, s)
	})
}
