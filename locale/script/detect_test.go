package script

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text   string
		script Script
		region string
	}{
		"nothing":                  {"", Unknown, ""},
		"Latin":                    {"hello", Unknown, ""},
		"the same in both":         {"中文大小人口", Unknown, ""},
		"bad bytes":                {"\xff\xfe", Unknown, ""},
		"simplified":               {"今天我们去图书馆学习汉语", Hans, "CN"},
		"traditional":              {"今天我們去圖書館學習漢語", Hant, ""},
		"Taiwan":                   {"這個軟體可以用滑鼠操作，影片品質很好", Hant, "TW"},
		"Hong Kong":                {"香港嘅巴士同的士，呢個鐘數冇車，衞生署話着重", Hant, "HK"},
		"a place":                  {"台灣", Hant, ""},
		"another":                  {"台湾", Hans, "CN"},
		"words in both scripts":    {"皇后和公里", Unknown, ""},
		"both":                     {"简体字：图书馆。繁體字：圖書館。", Mixed, ""},
		"a name in the other":      {"今天我们去图书馆学习汉语，认识了一位叫劉的老师", Hans, "CN"},
		"traditional with English": {"OpenCC 是一個開源的轉換專案", Hant, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := Detect(c.text)
			require.Equal(t, c.script.String(), d.Script.String(), "%+v", d)
			if c.region != "" || d.Script != Hant {
				require.Equal(t, c.region, d.Region, "%+v", d)
			}
			require.GreaterOrEqual(t, d.Confidence, 0.0)
			require.Less(t, d.Confidence, 1.0)
			require.Equal(t, d.Script == Unknown, d.Confidence == 0)
		})
	}
	require.Greater(t, Detect(strings.Repeat("汉语", 50)).Confidence, 0.98)
	require.InDelta(t, 0.5, Detect("汉").Confidence, 1e-9)
}
