package privacy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// Chinese characters before an @ are part of a mailbox where something says so, and text elsewhere.
func TestMailboxesWithChineseNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"邮箱：汉字@qq.com":             "汉字@qq.com",
		"我的邮箱是张三@qq.com，":          "张三@qq.com",
		"電子信箱為張三@example.com.tw":   "張三@example.com.tw",
		"邮\u200b箱地址 ：“张三丰@qq.com”": "张三丰@qq.com",
		"Email地址：张三@qq.com":        "张三@qq.com",
		"我的邮箱是我的邮箱是@qq.com":        "我的邮箱是@qq.com",
		"Email: 张三@qq.com":         "张三@qq.com",
		`{"e-mail":"张三@qq.com"}`:   "张三@qq.com",
		"张三 <张三@qq.com>":           "张三@qq.com",
		"邮箱是：一二三四五六@qq.com":        "一二三四五六@qq.com",
		"邮箱是：一二三四五六七@qq.com":       "",
		"电邮=老邮@qq.com":             "老邮@qq.com",
		"张三@qq.com":                "",
		"请联系张三@qq.com":             "",
		"请联系张三zhangsan@qq.com":     "zhangsan@qq.com",
		"邮箱张三@qq.com":              "",
		"我发邮件告诉张三@qq.com":          "",
		"邮箱：我不知道张三李四王五@qq.com":     "",
		"邮箱：张三，李四@qq.com":          "",
		"gmail：张三@qq.com":          "",
		"邮政：张三@qq.com":             "",
		"邮箱：张三@公司":                 "",
	} {
		got := ""
		for f := range (privacy.Detector{Types: privacy.TypesOf(privacy.Email)}).Find(text) {
			got += text[f.Start:f.End]
		}
		require.Equal(t, want, got, text)
	}
}
