package collate

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// orders are all orders, and what options can do to them.
var orders = map[string]Order{
	"zero": {}, "pinyin": Pinyin, "stroke": Stroke, "zhuyin": Zhuyin,
	"CLDR":      Zhuyin.With(Options{HanFirst: true}),
	"numeric":   Pinyin.With(Options{Numeric: true}),
	"Han first": Stroke.With(Options{HanFirst: true, Numeric: true}),
	"names":     Zhuyin.With(Options{Names: true}),
	"readings":  Pinyin.With(Options{Readings: map[string]string{"银行": "银航", "行": "杏", "了": "too long"}, Names: true}),
}

// requireOrder checks that the texts are in this order, by all that gives an order.
func requireOrder(t *testing.T, o Order, texts ...string) {
	t.Helper()
	for i, a := range texts {
		for j, b := range texts {
			want := min(max(i-j, -1), 1)
			require.Equal(t, want, o.Compare(a, b), "%q %q", a, b)
			require.Equal(t, want, bytes.Compare(o.Key(a), o.Key(b)), "keys of %q %q", a, b)
		}
	}
	sorted := slices.Clone(texts)
	slices.Reverse(sorted)
	o.Sort(sorted)
	require.Equal(t, texts, sorted)
}

func TestOrders(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		order Order
		texts []string
	}{
		"pinyin":      {Pinyin, strings.Fields("阿 安徽 北京 广东 广西 杭州 江苏 江西 上海 深圳 天津 云南 浙江 重庆")},
		"same tone":   {Pinyin, strings.Fields("妈 麻 马 骂 吗")},
		"stroke":      {Stroke, strings.Fields("一 乙 丁 二 十 三 大 王 張 龍 龘")},
		"zhuyin":      {Zhuyin, strings.Fields("八 波 坡 摸 佛 大 他 你 來 家 中 日 安 一 五 雨")},
		"zero":        {Order{}, strings.Fields("北京 上海")},
		"traditional": {Pinyin, strings.Fields("广 廣 廣東 国 國")},
		"prefix":      {Pinyin, []string{"", "一", "一一", "一一一", "一意"}},
		"classes":     {Pinyin, []string{" ", "，", "$", "1", "a", "б", "한", "あ", "ㄅ", "阿", "𡎝", "\U0010FFFD"}},
		"Han first":   {orders["Han first"], []string{" ", "，", "1", "一", "𰽔", "\U000323AF", "a", "あ", "ㄅ"}},
		"case":        {Pinyin, []string{"a", "A", "á", "Á", "à", "ａ", "ab", "aB", "Ab", "áb", "B"}},
		"width":       {Pinyin, []string{"，", "1", "１", "1a", "１b", "2", "a"}},
		"kana":        {Pinyin, []string{"か", "カ", "が", "ガ", "かあ", "き", "ん"}},
		"digits":      {Pinyin, []string{"第10章", "第1章", "第2章"}},
		"numeric":     {orders["numeric"], []string{"第0章", "第00章", "第1章", "第01章", "第2章", "第９章", "第10章", "第１０章", "第999999999999999999999章", "第1000000000000000000000章"}},
		"radicals":    {Stroke, []string{"一", "⼀", "丁"}},
		"compatible":  {Pinyin, []string{"豈", "\uF900", "豈一"}},
		"marks":       {Pinyin, []string{"e", "ef", "e\u0301f", "eg"}},
		"invalid":     {Pinyin, []string{"\xe4", "\xe4\xb8", "a", "\u4e00"}},
		"places":      {Pinyin.With(Options{Names: true}), strings.Fields("成都 重庆 崇明")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requireOrder(t, c.order, c.texts...)
		})
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	names := Pinyin.With(Options{Names: true})
	requireOrder(t, names, "曹操", "重庆", "崇明", "仇英", "单雄信", "沈从文", "曾国藩", "翟志刚", "周瑜")
	requireOrder(t, Pinyin, "曹操", "曾国藩", "崇明", "仇英", "单雄信", "翟志刚", "重庆", "周瑜")
	require.Zero(t, names.Compare("重庆", "重庆"))
	require.Negative(t, names.Compare("重庆", "重慶"))
}

func TestReadings(t *testing.T) {
	t.Parallel()
	o := Pinyin.With(Options{Readings: map[string]string{"银行": "银航", "行": "杏"}})
	requireOrder(t, o, "杏子", "银海", "银行", "银河", "银杏")
	require.Equal(t, -1, o.Compare("杏", "行"))
	require.Equal(t, 1, o.Compare("行", "形"))
}

func TestBucket(t *testing.T) {
	t.Parallel()
	names := Pinyin.With(Options{Names: true, HanFirst: true})
	for _, c := range []struct {
		order Order
		s     string
		want  string
	}{
		{Pinyin, "上海", "S"}, {Pinyin, "阿里", "A"}, {Pinyin, "做", "Z"}, {Pinyin, "嗯", "N"}, {Pinyin, "囡", "N"},
		{Pinyin, "apple", "A"}, {Pinyin, "Émile", "E"}, {Pinyin, "Ｚ", "Z"},
		{Pinyin, "", "#"}, {Pinyin, "1", "#"}, {Pinyin, "《红楼梦》", "#"}, {Pinyin, "あ", "#"}, {Pinyin, "\U0003FFFD", "#"},
		{Pinyin, "重庆", "Z"}, {names, "重庆", "C"}, {names, "重要", "Z"}, {names, "单", "S"}, {names, "曾国藩", "Z"}, {names, "长沙", "C"},
		{names, "厦门", "X"}, {names, "長孫無忌", "Z"}, {names, "万俟卨", "M"}, {names, "Bob", "B"},
		{Stroke, "一", "1画"}, {Stroke, "上海", "3画"}, {Stroke, "龘", "48画"}, {Stroke, "a", "A"},
		{Zhuyin, "上海", "ㄕ"}, {Zhuyin, "二", "ㄦ"}, {Zhuyin, "王", "ㄨ"},
	} {
		require.Equal(t, c.want, c.order.Bucket(c.s), c.s)
	}
	require.Len(t, Pinyin.Buckets(), 23)
	require.Equal(t, "A", Pinyin.Buckets()[0])
	require.Equal(t, "1画", Stroke.Buckets()[0])
	require.Equal(t, "ㄅ", Zhuyin.Buckets()[0])
}

// TestTables checks the committed tables: every character once, in strictly rising weights, under the right heading.
func TestTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		order      Order
		characters int
		first      string
		last       string
	}{
		{Pinyin, 44083, "阿", "𪚔"}, {Stroke, 92906, "一", "𱁬"}, {Zhuyin, 41309, "", ""},
	} {
		table := c.order.table()
		byRank := make(map[int]rune)
		for i, page := range table.pages {
			if page == nil {
				continue
			}
			for j, w := range page {
				if lead := w >> 24; lead != hanLead && lead != hanLead+1 || uint8(w) != standard {
					continue
				}
				rank := int(w>>8) - hanLead<<16
				if other, ok := byRank[rank]; ok {
					require.Fail(t, "same rank", "%q %q", other, rune(i*pageSize+j))
				}
				byRank[rank] = rune(i*pageSize + j)
			}
		}
		require.Len(t, byRank, c.characters)
		require.True(t, slices.IsSorted(table.firsts))
		last := ""
		heading := -1
		for rank := range c.characters {
			r, ok := byRank[rank]
			if !ok {
				require.Fail(t, "no character", rank)
			}
			s := string(r)
			if last != "" && c.order.Compare(last, s) != -1 {
				require.Fail(t, "order", "%q %q", last, s)
			}
			if last != "" && bytes.Compare(c.order.Key(last), c.order.Key(s)) != -1 {
				require.Fail(t, "keys", "%q %q", last, s)
			}
			last = s
			for heading+1 < len(table.firsts) && table.firsts[heading+1] == rank {
				heading++
			}
			if got := c.order.Bucket(s); got != table.headings[heading] {
				require.Fail(t, "heading", "%q is under %s, want %s", s, got, table.headings[heading])
			}
		}
	}
}

// TestEveryCharacterDiffers checks that weights tell characters apart, or say that they do not.
func TestEveryCharacterDiffers(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"pinyin", "stroke", "zhuyin"} {
		o := orders[name]
		seen := make(map[string]rune)
		for r := range rune(0x33000) {
			key := string(o.Key(string(r)))
			if other, ok := seen[key]; ok && string(r) != string(other) {
				require.Fail(t, "same key", "%U %U", r, other)
			}
			seen[key] = r
		}
	}
}

func TestKeysAreAsLongAsTheText(t *testing.T) {
	require.Len(t, Pinyin.Key("今天天气很好、我们去公园。"), 3*11+2)
	buffer := make([]byte, 0, 100)
	require.Zero(t, testing.AllocsPerRun(10, func() { Pinyin.AppendKey(buffer, "今天Weather很好") }))
	require.Zero(t, testing.AllocsPerRun(10, func() { Pinyin.Compare("今天天气很好", "今天天氣很好") }))
}

func TestLong(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	for _, s := range []string{"0", "1", "一", "\xff", "\u0301", "重庆", "a"} {
		long := strings.Repeat(s, 1<<16)
		for name, o := range orders {
			require.NotZero(t, o.Compare(long+"二", long+"一"), name)
			require.Zero(t, o.Compare(long, strings.Clone(long)))
		}
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("重庆", "重慶", "第10章")
	f.Add("e\u0301", "é", "É")
	f.Add("\xe4\xb8", "\xe4", "一")
	f.Add("００1", "01", "1")
	f.Add("⼀", "一", "K")
	f.Add("银行", "行", "单")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for name, o := range orders {
			ab, bc, ac := o.Compare(a, b), o.Compare(b, c), o.Compare(a, c)
			require.Equal(t, ab, -o.Compare(b, a), name)
			require.Equal(t, ab == 0, a == b, name)
			require.Equal(t, ab, bytes.Compare(o.Key(a), o.Key(b)), name)
			if ab == bc && ab != 0 {
				require.Equal(t, ab, ac, name)
			}
			require.Equal(t, o.Compare(c+a, c+b), bytes.Compare(o.Key(c+a), o.Key(c+b)), name)
			require.NotEmpty(t, o.Bucket(a))
		}
	})
}

// TestCommon checks the lists of characters other than ideographs.
func TestCommon(t *testing.T) {
	t.Parallel()
	seen := make(map[rune]bool)
	for _, r := range punctuation + latin + kana {
		require.False(t, unicode.Is(unicode.Mn, r), "%U is a mark", r)
		require.False(t, seen[r] && r != ' ', "%q is there twice", r)
		seen[r] = true
	}
	require.Len(t, strings.Fields(latin), 26)
	require.Less(t, punctuationLead+utf8.RuneCountInString(punctuation), symbolLead)
}
