package main

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/zhushou-ai/zhushou/recommend"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sunday is the clock of the tests.
func sunday() time.Time { return time.Date(2025, 11, 23, 9, 30, 0, 0, time.UTC) }

// opened is one shop for all tests that only look.
var opened = sync.OnceValues(func() (*shop, error) { return openShop(context.Background(), sunday, recommend.LearnOptions{Seed: 1}) })

func open(t *testing.T) *shop {
	t.Helper()
	s, err := opened()
	require.NoError(t, err)
	return s
}

// openQuick opens a shop of a test's own, to do things in.
func openQuick(t *testing.T) *shop {
	t.Helper()
	s, err := openShop(t.Context(), sunday, recommend.LearnOptions{Seed: 3, GraphOnly: true})
	require.NoError(t, err)
	return s
}

// titles are those of what is suggested.
func titles(t *testing.T, s *shop, user, text string) []string {
	t.Helper()
	list, _, err := s.suggest(t.Context(), user, text)
	require.NoError(t, err)
	var out []string
	for _, c := range list {
		out = append(out, c.Title)
	}
	return out
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	items, err := readCatalogue(catalogueTSV, sunday())
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(items), 300)
	ids, names, marks := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, item := range items {
		require.False(t, ids[item.ID] || names[item.Title], "%s comes twice", item.Title)
		ids[item.ID], names[item.Title] = true, true
		require.NotEmpty(t, item.Brand, item.Title)
		require.GreaterOrEqual(t, len(item.Categories), 2, item.Title)
		for _, mark := range slices.Concat(item.Categories, item.Tags) {
			marks[mark] = true
		}
	}
	for _, taste := range tastes { // no taste for what is not sold
		for _, mark := range taste.drawn {
			require.True(t, marks[mark], "%s: %s", taste.name, mark)
		}
	}
	for _, c := range changes {
		for _, mark := range slices.Concat(c.before, c.after) {
			require.True(t, marks[mark], "%s: %s", c.name, mark)
		}
	}
}

func TestSeasonalGoodsAreOnOfferInTheirMonths(t *testing.T) {
	t.Parallel()
	for month, want := range map[time.Month]bool{time.September: true, time.November: false} {
		items, err := readCatalogue(catalogueTSV, time.Date(2025, month, 10, 0, 0, 0, 0, time.UTC))
		require.NoError(t, err)
		i := slices.IndexFunc(items, func(it recommend.Item) bool { return strings.Contains(it.Title, "月饼") })
		require.Equal(t, want, !items[i].Unavailable, month)
	}
}

func TestBadCatalogueNamesTheLine(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"a\tb":                     "2 columns",
		"a\t茶\t茶饮\t雾岭\t便宜\t\t\t\t": `price "便宜"`,
		"a\t茶\t茶饮\t雾岭\t9\t两周\t\t\t":   `days "两周"`,
		"a\t茶\t茶饮\t雾岭\t9\t-1\t\t\t":   "rebuy days are negative",
		"a\t茶\t茶饮\t雾岭\t9\t\t\t杭州\t":   `attribute "杭州"`,
		"\t茶\t茶饮\t雾岭\t9\t\t\t产地=杭州\t": "item id",
	} {
		_, err := readCatalogue("编号\n"+line, sunday())
		require.ErrorContains(t, err, "line 2")
		require.ErrorContains(t, err, want)
	}
}

func TestShoppersHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := open(t)
	require.Len(t, s.people, shoppers)
	names := map[string]bool{}
	for _, p := range s.people {
		require.False(t, names[p.Name], p.Name)
		names[p.Name] = true
		require.NotEmpty(t, p.About())
		require.NotContains(t, p.tastes, -1)
	}
}

func TestHistoriesEndNow(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, p := range s.people[:50] {
		data, err := s.engine.Export(t.Context(), p.Name)
		require.NoError(t, err)
		var held recommend.Held
		require.NoError(t, json.Unmarshal(data, &held))
		require.NotEmpty(t, held.Events, p.Name)
		for _, e := range held.Events {
			require.False(t, e.Time.After(sunday()) || e.Time.Before(sunday().AddDate(0, 0, -days)), "%s at %s", p.Name, e.Time)
		}
	}
}

// What is suggested to people is what their tastes draw them to, far more than what is suggested to anybody.
func TestSuggestionsFitTheTastes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	s := open(t)
	anybody, _, err := s.suggest(t.Context(), "一个生人", "")
	require.NoError(t, err)
	var own, general int
	for _, p := range s.people[:100] {
		var drawn []string
		for _, i := range p.tastes {
			drawn = append(drawn, tastes[i].drawn...)
		}
		if p.change >= 0 {
			drawn = slices.Concat(drawn, changes[p.change].before, changes[p.change].after)
		}
		fits := func(list []card) (n int) {
			for _, c := range list {
				if slices.ContainsFunc(slices.Concat(c.Categories, c.Tags), func(m string) bool { return slices.Contains(drawn, m) }) {
					n++
				}
			}
			return n
		}
		list, _, err := s.suggest(t.Context(), p.Name, "")
		require.NoError(t, err)
		require.Len(t, list, shown)
		own, general = own+fits(list), general+fits(anybody)
	}
	t.Logf("of %d suggestions %d fit, of those to anybody %d", 100*shown, own, general)
	require.Greater(t, own, 100*shown*6/10)
	require.Greater(t, own, 3*general)
}

func TestWishes(t *testing.T) {
	t.Parallel()
	s := open(t)
	for text, is := range map[string]func(c card) bool{
		"送妈妈的生日礼物 三百以内": func(c card) bool { return strings.Contains(c.Text, "妈妈") && c.Price.Amount <= 30000 },
		"不要茶叶 送爸爸 200到500元": func(c card) bool {
			return strings.Contains(c.Text, "爸爸") && !slices.Contains(c.Categories, "茶叶") && c.Price.Amount >= 20000 && c.Price.Amount <= 50000
		},
		"给宝宝的玩具": func(c card) bool { return slices.Contains(c.Categories, "玩具") },
		"雾岭的茶":   func(c card) bool { return c.Brand == "雾岭" && slices.Contains(c.Categories, "茶叶") },
		"火锅":     func(c card) bool { return strings.Contains(c.Title+strings.Join(c.Tags, ""), "火锅") },
	} {
		list, met, err := s.suggest(t.Context(), "来问的人", text)
		require.NoError(t, err)
		require.True(t, met, text)
		require.NotEmpty(t, list, text)
		for _, c := range list {
			require.True(t, is(c), "%s: %s", text, c.Title)
			require.NotEmpty(t, c.Reason())
		}
	}
	require.Len(t, titles(t, s, "来问的人", "推荐三款绿茶"), 3)
	sour := titles(t, s, "来问的人", "无糖酸奶")
	require.Contains(t, sour[0], "无糖", "what fits best comes first")
	require.Contains(t, sour[0], "酸奶")
	cheap, _, err := s.suggest(t.Context(), "来问的人", "便宜点的零食")
	require.NoError(t, err)
	require.True(t, slices.IsSortedFunc(cheap, func(a, b card) int { return int(a.Price.Amount - b.Price.Amount) }))
	_, met, err := s.suggest(t.Context(), "来问的人", "qwxyz")
	require.NoError(t, err)
	require.False(t, met)
}

func TestSummerGivesWayInWinter(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"夏天"}, outOfSeason(time.November).Boosts[0].Tags)
	require.Equal(t, []string{"冬天"}, outOfSeason(time.July).Boosts[0].Tags)
}

func TestSameSeedSameShop(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	s := open(t)
	again, err := openShop(t.Context(), sunday, recommend.LearnOptions{Seed: 1})
	require.NoError(t, err)
	other, err := openShop(t.Context(), sunday, recommend.LearnOptions{Seed: 2, GraphOnly: true})
	require.NoError(t, err)
	require.Equal(t, s.people, again.people)
	var differs bool
	for _, p := range s.people[:len(regulars)] {
		want := titles(t, s, p.Name, "")
		require.Equal(t, want, titles(t, again, p.Name, ""))
		differs = differs || !slices.Equal(want, titles(t, other, p.Name, ""))
	}
	require.True(t, differs)
}

func TestCancelledOpening(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := openShop(ctx, sunday, recommend.LearnOptions{})
	require.ErrorIs(t, err, context.Canceled)
}
