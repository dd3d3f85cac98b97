package privacy_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"checked and labelled":    {"身份证11010519491231002X。", []string{"身份证号 11010519491231002X 校验通过 确定"}},
		"failed with a label":     {"身份证号：110105194912310021", []string{"身份证号 110105194912310021 校验不符 可能"}},
		"failed without a label":  {"编码110105194912310021", nil},
		"dissolved district":      {"身份证110103194912310027", []string{"身份证号 110103194912310027 校验通过 很可能"}},
		"Chinese digits":          {"一三八，一二三四，五六七八", []string{"手机号 一三八，一二三四，五六七八 无校验 很可能"}},
		"full width":              {"電話：１３８１２３４５６７８", []string{"手机号 １３８１２３４５６７８ 无校验 确定"}},
		"circled":                 {"电话①③⑧①②③④⑤⑥⑦⑧", []string{"手机号 ①③⑧①②③④⑤⑥⑦⑧ 无校验 确定"}},
		"invisible characters":    {"电话138\u200b1234\u200b5678", []string{"手机号 138\u200b1234\u200b5678 无校验 确定"}},
		"in a longer number":      {"2138123456789", nil},
		"an order":                {"订单号：13812345678", nil},
		"extension":               {"电话：(010) 6552-9988 转 12", []string{"座机号 (010) 6552-9988 转 12 无校验 确定"}},
		"names in a list":         {"联系人：张三丰、李雷和韩梅梅", []string{"姓名 张三丰 无校验 确定", "姓名 李雷 无校验 确定", "姓名 韩梅梅 无校验 确定"}},
		"name beside a number":    {"李雷 13812345678", []string{"姓名 李雷 无校验 可能", "手机号 13812345678 无校验 很可能"}},
		"traditional":             {"收件人：歐陽娜娜，請寄到臺北市信義區市府路45號", []string{"姓名 歐陽娜娜 无校验 确定", "地址 臺北市信義區市府路45號 无校验 确定"}},
		"JSON":                    {`{"name":"李雷","phone":"13812345678"}`, []string{"姓名 李雷 无校验 确定", "手机号 13812345678 无校验 确定"}},
		"label on the line above": {"手机：\n13812345678\n", []string{"手机号 13812345678 无校验 确定"}},
		"public numbers":          {"请拨打10086、12345、95588或110", nil},
		"no name":                 {"任何先生和各位女士，我叫了外卖，姓名：必填", nil},
		"not UTF-8":               {"\xff电话13812345678\xe5", []string{"手机号 13812345678 无校验 确定"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for f := range privacy.Find(c.text) {
				got = append(got, fmt.Sprintf("%v %s %v %v", f.Type, c.text[f.Start:f.End], f.Check, f.Confidence))
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestDetectorFindsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	const s = "李雷 13812345678，邮箱a@b.com，身份证11010519491231002X"
	types := func(d privacy.Detector) (found []privacy.Type) {
		for f := range d.Find(s) {
			found = append(found, f.Type)
		}
		return found
	}
	require.Equal(t, []privacy.Type{privacy.Mobile, privacy.Email}, types(privacy.Detector{Types: privacy.TypesOf(privacy.Mobile, privacy.Email)}))
	require.Equal(t, []privacy.Type{privacy.Email, privacy.ResidentID}, types(privacy.Detector{Confidence: privacy.Certain}))
	require.NotContains(t, types(privacy.Detector{Types: privacy.AllTypes.Without(privacy.Name)}), privacy.Name)
	for range privacy.Find(s) {
		break // stopping early is allowed
	}
}

func TestMask(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"电话13812345678":         "电话138****5678",
		"电话+86 138-1234-5678":   "电话+86 138-****-5678",
		"电话010-65529988":        "电话010-****9988",
		"身份证11010519491231002X": "身份证110105********002X",
		"我叫张伟，":                 "我叫张*，",
		"我叫张三丰，":                "我叫张*丰，",
		"我叫歐陽娜娜，":               "我叫歐陽**，",
		"邮箱zhang@qq.com":        "邮箱z***@qq.com",
		"住在北京市海淀区中关村大街27号":      "住在北京市海淀区******",
		"车牌京A12388":             "车牌京A***88",
		"来自192.168.1.77":        "来自192.168.1.*",
		"生日1990年5月1日":           "生日****年*月*日",
		"热线400-123-4567":        "热线400-123-4567",
		"卡号6222021234567894130": "卡号622202*********4130",
		"没有":                    "没有",
	} {
		require.Equal(t, want, privacy.Mask(text))
	}
	m := privacy.Masker{Styles: map[privacy.Type]privacy.Style{privacy.Mobile: privacy.Whole, privacy.Name: privacy.Plain}, Char: '●'}
	require.Equal(t, "李雷 ●●●●●●", m.Mask("李雷 13812345678"))
	require.Equal(t, "●●", privacy.Keep(0, 0)("张三", '●'))
	require.Equal(t, "12●●56", privacy.Keep(9, 9)("123456", '●'))
}

// What is masked is not in the text any more.
func TestMaskHides(t *testing.T) {
	t.Parallel()
	for i, s := range sources {
		if s.t == privacy.Hotline {
			continue
		}
		r := rand.New(rand.NewPCG(2, uint64(i)))
		for range 200 {
			one := s.positive(r)
			masked := privacy.Mask(one.text)
			if strings.Contains(describe(one.text), one.want) {
				require.NotContains(t, masked, one.want, "%v", s.t)
			}
			require.True(t, utf8.ValidString(masked))
		}
	}
}

func TestHasher(t *testing.T) {
	t.Parallel()
	_, err := privacy.NewHasher([]byte("short secret"), privacy.Detector{})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "short secret")
	key := []byte("0123456789abcdef0123456789abcdef")
	h, err := privacy.NewHasher(key, privacy.Detector{})
	require.NoError(t, err)
	code := h.Value(privacy.Mobile, "13812345678")
	require.Len(t, code, 64)
	for _, same := range []string{"+86 138-1234-5678", "１３８１２３４５６７８", "一三八一二三四五六七八", "008613812345678"} {
		require.Equal(t, code, h.Value(privacy.Mobile, same), same)
	}
	require.NotEqual(t, code, h.Value(privacy.Mobile, "13812345679"))
	require.NotEqual(t, code, h.Value(privacy.QQ, "13812345678"))
	key[0]++ // the key is copied
	require.Equal(t, code, h.Value(privacy.Mobile, "13812345678"))
	other, err := privacy.NewHasher(key, privacy.Detector{})
	require.NoError(t, err)
	require.NotEqual(t, code, other.Value(privacy.Mobile, "13812345678"))
	require.Equal(t, "电话〔手机号#"+code[:16]+"〕。", h.Replace("电话13812345678。"))
	require.NotContains(t, fmt.Sprintf("%+v %#v %v", h, h, h), "0123456789abcdef")
}

func TestNothingFoundAllocatesNothing(t *testing.T) {
	text := strings.Repeat("今天天气很好，我们一起去公园散步。订单号：20231234567890，版本1.2.3.4，任何先生都可以来。", 50)
	require.Empty(t, slices.Collect(privacy.Find(text)))
	if raceEnabled {
		t.Skip("the race detector makes pools forget")
	}
	require.Zero(t, testing.AllocsPerRun(20, func() {
		for range privacy.Find(text) {
		}
	}))
}

func checkFindings(t *testing.T, s string) {
	last := 0
	for f := range privacy.Find(s) {
		require.LessOrEqual(t, last, f.Start)
		require.Less(t, f.Start, f.End)
		require.LessOrEqual(t, f.End, len(s))
		require.True(t, utf8.RuneStart(s[f.Start]))
		require.True(t, f.End == len(s) || utf8.RuneStart(s[f.End]) || !utf8.ValidString(s))
		last = f.End
	}
}

func FuzzFind(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 30 {
		f.Add(document(r, 3), uint8(r.IntN(256)))
	}
	f.Fuzz(func(t *testing.T, s string, n uint8) {
		checkFindings(t, s)
		size := 1 + int(n)%50
		checkStream(t, privacy.Detector{}, s, func() int { return size })
		require.Equal(t, privacy.Mask(s), privacy.Mask(s))
	})
}
