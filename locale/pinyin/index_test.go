package pinyin

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var places5 = []Entry{
	{"中国人", 5}, {"中国", 9}, {"重庆", 7}, {"张国荣", 3}, {"西安", 6}, {"先", 8}, {"长沙", 4}, {"女儿", 2}, {"卡拉OK", 1},
	{"中国银行", 3}, {"旅行", 2}, {"绿色", 2},
}

func words(matches []Match) string {
	var all []string
	for _, m := range matches {
		all = append(all, m.Word)
	}
	return strings.Join(all, " ")
}

func TestIndex(t *testing.T) {
	t.Parallel()
	x := NewIndex(places5)
	for query, want := range map[string]string{
		"zhongguoren": "中国人",
		"zgr":         "中国人 张国荣",
		"zhgr":        "中国人 张国荣",
		"zhongr":      "",
		"zhonggr":     "中国人",
		"zguoren":     "中国人",
		"zhongguor":   "中国人",
		"zhongguo":    "中国 中国人 中国银行",
		"中guo":        "中国 中国人 中国银行",
		"中国r":         "中国人",
		"zg人":         "中国人",
		"ZHONGGUO":    "中国 中国人 中国银行",
		"zhong1guo2":  "中国 中国人 中国银行",
		"國":           "",
		"中國":          "中国 中国人 中国银行",
		"xian":        "先 西安",
		"xi'an":       "西安",
		"xi an":       "西安",
		"chongqing":   "重庆",
		"zhongqing":   "重庆",
		"cq":          "重庆",
		"nver":        "女儿",
		"nüer":        "女儿",
		"lv":          "旅行 绿色",
		"lvx":         "旅行",
		"kalaok":      "卡拉OK",
		"kl":          "卡拉OK",
		"klok":        "卡拉OK",
		"ok":          "",
		"":            "",
		" ":           "",
		"q\xff":       "卡拉OK",
		"，":           "",
	} {
		require.Equal(t, want, words(x.Find(query)), query)
	}
}

func TestIndexTellsHowWordsFit(t *testing.T) {
	t.Parallel()
	x := NewIndex(places5)
	require.Equal(t, []Match{
		{Entry: Entry{"中国", 9}, Whole: true},
		{Entry: Entry{"中国人", 5}},
		{Entry: Entry{"中国银行", 3}},
	}, x.Find("zhongguo"))
	require.Equal(t, []Match{
		{Entry: Entry{"中国", 9}, Whole: true, Confused: 1},
		{Entry: Entry{"中国人", 5}, Confused: 1},
	}, x.Query(Query{Text: "zongguo", Fuzzy: Flat, Limit: 2}))
	require.Empty(t, x.Find("zongguo"))
	require.Equal(t, []Match{{Entry: Entry{"中国人", 5}, Whole: true, Abbreviated: true}}, x.Query(Query{Text: "zgren", Limit: 1}))
	require.Equal(t, "长沙", words(x.Query(Query{Text: "cangsa", Fuzzy: AllFuzzy})))
}

func TestInnerIndex(t *testing.T) {
	t.Parallel()
	x := NewInnerIndex([]Entry{{"王小明", 1}, {"王晓梅", 2}, {"单雄信", 1}, {"乔治·布什", 1}, {"小王", 0}})
	require.Equal(t, "王晓梅 王小明", words(x.Find("xm")))
	require.Equal(t, "王小明", words(x.Find("ming")))
	require.Equal(t, "小王 王晓梅 王小明", words(x.Find("wang")))
	require.Equal(t, "单雄信", words(x.Find("shan")))
	require.Equal(t, "单雄信", words(x.Find("dan")))
	bush := x.Find("布s")
	require.Equal(t, "乔治·布什", words(bush))
	require.Equal(t, 2, bush[0].Start)
}

func TestIndexOfOddWords(t *testing.T) {
	t.Parallel()
	require.Empty(t, NewIndex(nil).Find("a"))
	x := NewIndex([]Entry{{"", 1}, {"，", 1}, {strings.Repeat("长", 5000), 1}, {"\xff中", 1}, {"中", -1}, {"中", 3}, {strings.Repeat("z", 100), 0}})
	require.Equal(t, []string{"中", "\xff中", "中"}, []string{x.Find("zhong")[0].Word, x.Find("zhong")[1].Word, x.Find("zhong")[2].Word})
	require.Len(t, x.Find("chang"), 1)
	require.Len(t, x.Find(strings.Repeat("zh", 64)), 0)
	require.Len(t, x.Find(strings.Repeat("z", 20)), 1)
}

// A query is bounded, however many ways there are to take it apart.
func TestQueryOfManyWays(t *testing.T) {
	t.Parallel()
	var entries []Entry
	for i := range 2000 {
		word := ""
		for bit := range 11 {
			word += string([]rune("啊昂")[i>>bit&1])
		}
		entries = append(entries, Entry{word, float64(i)})
	}
	x := NewInnerIndex(entries)
	require.NotEmpty(t, x.Query(Query{Text: strings.Repeat("a", 11), Fuzzy: AllFuzzy}))
	require.Empty(t, x.Query(Query{Text: strings.Repeat("a", 127) + "b", Fuzzy: AllFuzzy}))
	require.LessOrEqual(t, len(x.Query(Query{Text: "a", Limit: 7})), 7)
}

func FuzzIndex(f *testing.F) {
	x := NewInnerIndex(append(places5, Entry{"乔治·布什", 1}, Entry{"𠀀A股", 2}))
	for _, s := range []string{"zgr", "中guo", "xi'an", "lv", "ok", "\xff", "国zz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, fuzzy := range []Fuzzy{0, AllFuzzy} {
			matches := x.Query(Query{Text: text, Fuzzy: fuzzy, Limit: 3})
			require.LessOrEqual(t, len(matches), 3)
			require.Equal(t, fmt.Sprint(matches), fmt.Sprint(x.Query(Query{Text: text, Fuzzy: fuzzy, Limit: 3})))
		}
	})
}
