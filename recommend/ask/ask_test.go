package ask_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend"
	"github.com/zhushou-ai/zhushou/recommend/ask"
)

func TestReadTellsNamesAndFilter(t *testing.T) {
	t.Parallel()
	w := newReader(t).Read("送媽媽的茶，不要Apple，100美元以下")
	require.Equal(t, []ask.Term{
		{Text: "媽媽", Kind: ask.Recipient},
		{Text: "茶", Kind: ask.Category, Name: "茶叶"},
		{Text: "Apple", Kind: ask.Brand, Name: "苹果", Not: true},
	}, w.Terms)
	require.Equal(t, recommend.Filter{Categories: []string{"茶叶"}, MaxPrice: recommend.Money{Amount: 10000, Currency: "USD"}}, w.Filter)
	require.Equal(t, "媽媽", w.Text(), "a name in the filter is not searched for as well")
	require.True(t, w.Refuses())
}

func TestReadWithoutNames(t *testing.T) {
	t.Parallel()
	var none *ask.Reader
	for _, r := range []*ask.Reader{none, {}} {
		require.Equal(t, "茶叶 华为 ≤¥300", note(r.Read("茶叶 华为 三百以内")))
	}
}

func TestReadContradictions(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	for _, c := range []struct{ name, text, want string }{
		{"refused after all", "茶叶，算了不要茶叶", "-茶叶/c"},
		{"wanted after all", "不要咖啡，哦还是要咖啡", "咖啡"},
		{"price corrected", "300以内，不对，500以上", "≥¥500"},
		{"price narrowed", "300以内，200以内", "≤¥200"},
		{"other currency", "300元以内，100美元以上", "≥100.00 USD"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := note(r.Read(c.text))
			require.Contains(t, got, c.want)
			require.NotContains(t, got, "≤¥300")
		})
	}
}

func TestNewNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		v    ask.Vocabulary
		want string
	}{
		{"empty name", ask.Vocabulary{Brands: []string{""}}, "name"},
		{"name too long", ask.Vocabulary{Categories: []string{strings.Repeat("茶", 65)}}, "茶茶"},
		{"also for nothing", ask.Vocabulary{Also: map[string][]string{"茶叶": {"茶"}}}, `"茶叶", which is neither`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := ask.New(c.v)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestNewPrefersCategories(t *testing.T) {
	t.Parallel()
	r, err := ask.New(ask.Vocabulary{Categories: []string{"小米"}, Brands: []string{"小米"}})
	require.NoError(t, err)
	require.Equal(t, "小米/c", note(r.Read("小米")))
}

func TestQuery(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	base := recommend.Query{User: "u1", Text: "旧", Limit: 7, Filter: recommend.Filter{Tags: []string{"送礼"}, MinPrice: recommend.Fen(1)}}
	got := r.Read("推荐三款华为手机 三百以内 防水").Query(base)
	require.Equal(t, recommend.Query{User: "u1", Text: "防水", Limit: 3, Filter: recommend.Filter{
		Tags: []string{"送礼"}, Categories: []string{"手机"}, Brands: []string{"华为"}, MinPrice: recommend.Fen(1), MaxPrice: recommend.Fen(30000)}}, got)
	require.NoError(t, got.Validate())
	require.Equal(t, base, ask.Wish{}.Query(base), "nothing said changes nothing")
	require.Equal(t, recommend.MaxLimit, r.Read("推荐99999款").Query(base).Limit)
}

func TestQueryNeverWidensAFilter(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	own := recommend.Filter{Categories: []string{"手机", "耳机"}, Brands: []string{"华为"}, MinPrice: recommend.Fen(10000), MaxPrice: recommend.Fen(50000)}
	for _, c := range []struct {
		name, text string
		want       recommend.Filter
	}{
		{"narrower", "耳机 200到300元", recommend.Filter{Categories: []string{"耳机"}, Brands: []string{"华为"}, MinPrice: recommend.Fen(20000), MaxPrice: recommend.Fen(30000)}},
		{"wider", "华为或小米，50到1000元", own},
		{"elsewhere", "小米的茶叶，1000元以上", own},
		{"other currency", "20美元以上", own},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, r.Read(c.text).Query(recommend.Query{Filter: own}).Filter)
		})
	}
}

func TestAccepts(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	item := recommend.Item{ID: "1", Title: "西湖龍井綠茶礼盒", Categories: []string{"茶叶"}, Brand: "苹果", Tags: []string{"含香精"}}
	for _, c := range []struct {
		name, text, title string
		want              bool
	}{
		{"nothing refused", "绿茶", "", true},
		{"category", "不要茶叶", "", false},
		{"category by another word", "不要茶", "", false},
		{"brand by another word", "不要iPhone的", "", false},
		{"word of the title in the other script", "不要龙井", "", false},
		{"tag", "不要香精", "", false},
		{"something else", "不要咖啡", "", true},
		{"absent by its title", "不含酒精的", "无酒精洗手液", true},
		{"none of it", "不加糖的", "0糖可乐", true},
		{"not none of it", "不加糖的", "100糖豆", false},
		{"present", "不含酒精的", "75%酒精", false},
		{"present once and absent once", "不含酒精的", "无酒精与酒精两用", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			it := item
			if c.title != "" {
				it = recommend.Item{ID: "2", Title: c.title}
			}
			require.Equal(t, c.want, r.Read(c.text).Accepts(it))
		})
	}
}

func TestWishIsPlainJSON(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(newReader(t).Read("送妈妈，不要茶，便宜点"))
	require.NoError(t, err)
	require.JSONEq(t, `{"terms":[{"text":"妈妈","kind":"recipient"},{"text":"茶","kind":"category","name":"茶叶","not":true}],"cheap":true}`, string(b))
	require.Equal(t, "unknown", ask.Kind(99).String())
}

// FuzzRead holds what every wish keeps: a valid query, terms that were said and are there once, ordered
// prices.
func FuzzRead(f *testing.F) {
	for _, group := range cases {
		for _, c := range group {
			f.Add(c[0])
		}
	}
	f.Add("不要\xff茶５００ｍl 塊以內満減")
	r := newReader(f)
	f.Fuzz(func(t *testing.T, text string) {
		w := r.Read(text)
		require.NoError(t, w.Query(recommend.Query{}).Validate())
		said := strings.ToValidUTF8(text[:min(len(text), ask.MaxText)], "")
		seen := make(map[ask.Term]bool)
		for _, term := range w.Terms {
			require.Contains(t, said, term.Text)
			require.NotEmpty(t, term.Text)
			require.True(t, utf8.ValidString(term.Text))
			require.False(t, seen[term])
			seen[term] = true
		}
		if !w.Filter.MaxPrice.IsZero() {
			require.LessOrEqual(t, w.Filter.MinPrice.Amount, w.Filter.MaxPrice.Amount)
		}
		require.Equal(t, w, r.Read(text), "the same text is read the same way")
		w.Accepts(recommend.Item{Title: text})
	})
}

func BenchmarkRead(b *testing.B) {
	r := newReader(b)
	b.ReportAllocs()
	for b.Loop() {
		r.Read("给老婆挑生日礼物，五百到八百，不要茶叶，推荐三款")
	}
}

func BenchmarkAccepts(b *testing.B) {
	w := newReader(b).Read("不要茶和酒")
	it := recommend.Item{Title: "不锈钢保温杯 500ml", Categories: []string{"杯具"}, Tags: []string{"送礼"}}
	b.ReportAllocs()
	for b.Loop() {
		w.Accepts(it)
	}
}
