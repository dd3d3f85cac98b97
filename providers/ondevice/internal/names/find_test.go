package names

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/providers/ondevice/internal/view"
)

// of makes an index of names; aliases stand behind a slash.
func of(texts ...string) *Index {
	var all []Name
	for _, t := range texts {
		parts := strings.Split(t, "/")
		all = append(all, Name{Text: parts[0], Aliases: parts[1:]})
	}
	return Collect(slices.Values(all))
}

// show writes hits: 0:晴天 1.2:晴.
func show(sentence string, hits []Hit) string {
	var out []string
	for _, h := range hits {
		alias := ""
		if h.Alias >= 0 {
			alias = fmt.Sprint(".", h.Alias)
		}
		out = append(out, fmt.Sprintf("%d%s:%s", h.Name, alias, string([]rune(sentence)[h.Start:h.End])))
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		names    []string
		sentence string
		want     string
	}{
		{"one", []string{"晴天"}, "播放晴天吧", "0:晴天"},
		{"none", []string{"晴天"}, "播放雨天", ""},
		{"inside of others", []string{"客厅", "客厅的灯", "灯"}, "打开客厅的灯", "1:客厅的灯 0:客厅 2:灯"},
		{"several times", []string{"灯"}, "灯灯", "0:灯 0:灯"},
		{"overlapping", []string{"天天", "天"}, "天天天", "0:天天 1:天 0:天天 1:天 1:天"},
		{"alias", []string{"查理2号/小查"}, "叫小查来", "0.0:小查"},
		{"the same name twice", []string{"手机", "手机"}, "手机呢", "0:手机 1:手机"},
		{"an alias that is the name", []string{"手机/手機"}, "手机呢", "0:手机"},
		{"script, width and case", []string{"臥室LED檯燈"}, "打开卧室ｌｅｄ台灯", "0:卧室ｌｅｄ台灯"},
		{"spaces and marks", []string{"iPhone 15 Pro", "马克·吐温"}, "买 iphone15pro 还是马克吐温", "0:iphone15pro 1:马克吐温"},
		{"marks in the sentence", []string{"晴天"}, "播放《晴 天》。", "0:晴 天"},
		{"Chinese digits for others", []string{"查理2号"}, "打开查理二号", "0:查理二号"},
		{"digits for Chinese ones", []string{"查理二号"}, "打开查理2号", "0:查理2号"},
		{"numbers that are read", []string{"15路", "公交二十路", "30楼"}, "十五路和公交20路，到三十楼", "0:十五路 1:公交20路 2:三十楼"},
		{"numbers that are spelled", []string{"15路"}, "一五路", "0:一五路"},
		{"not in a number", []string{"2号"}, "12号，十二号，2号", "0:2号"},
		{"not in a word", []string{"app"}, "apple app apps", "0:app"},
		{"words and digits are apart", []string{"iphone", "15"}, "iphone15", "0:iphone 1:15"},
		{"one character", []string{"灯", "门"}, "开门", "1:门"},
		{"supplementary planes", []string{"𠮷野家"}, "去𠮷野家", "0:𠮷野家"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, show(c.sentence, of(c.names...).Find(Of(view.OfString(c.sentence)))))
		})
	}
	var none *Index
	require.Empty(t, none.Find(Of(view.OfString("晴天"))))
	require.Zero(t, none.Len())
	require.Empty(t, of("", "。").Find(Of(view.OfString("晴天"))))
}
