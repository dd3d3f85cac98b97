package number_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/locale/number"
)

// found writes the matches in s as 文=value, separated by blanks.
func found(t *testing.T, s string) string {
	t.Helper()
	var out []string
	end := 0
	for m := range number.Find(s) {
		require.GreaterOrEqual(t, m.Start, end, s)
		require.Equal(t, s[m.Start:m.End], m.Text)
		end = m.End
		mark := "="
		if m.Number.Approx {
			mark = "≈"
		}
		out = append(out, m.Text+mark+m.Number.String())
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"买两斤苹果和三个梨", "两=2 三=3"},
		{"360十二弦", "360=360 十二=12"},
		{"3十二", "3十二=32"},
		{"1546 -1610年", "1546=1546 1610=1610"},
		{"气温 -5", "-5=-5"},
		{"八字以内", "八=8"},
		{"一共花了一百二十五块", "一百二十五=125"},
		{"营收1.5亿元，同比增长百分之十二", "1.5亿=150000000 百分之十二=0.12"},
		{"打八五折，便宜三成", "八五折=0.85 三成=0.3"},
		{"大约有三十多人，预约三个", "三十多≈30 三=3"},
		{"来了三十多人", "三十多≈30"},
		{"約三百名學生", "約三百≈300"},
		{"等三四个小时", "三四≈3"},
		{"气温-5到3", "-5=-5 3=3"},
		{"5-20%之间", "5=5 20%=0.2"},
		{"十分钟后叫我", "十=10"},
		{"千万元大奖", "千万=10000000"},
		{"喝半杯水", "半=0.5"},
		{"订单号100，200", "100=100 200=200"},
		{"共1,234,567人", "1,234,567=1234567"},
		{"「七」和「九」", "七=7 九=9"},
		{"三点二十开会", "三=3 二十=20"},
		{"两点五十分钟", "两=2 五十=50"},
		{"十二點三十分", "十二=12 三十=30"},
		{"三点五分钟", "三=3 五=5"},
		{"三点五百万", "三点五百万=3500000"},
		{"得了九十七点五分", "九十七点五=97.5"},
		{"长2又1/4英寸", "2又1/4=2.25"},
		{"三五好友，三五個朋友", "三五≈3 三五≈3"},
		{"三五百人，三五年", "三五百≈300 三五=35"},
		{"来了一千来个人", "一千来≈1000"},
		{"一萬來塊錢，五千来自外地", "一萬來≈10000 五千=5000"},
		{"圆周率是三点一四", "三点一四=3.14"},
		{"一百来自各地的人", "一百=100"},
		{"他不去四川，答案是七", "七=7"},
		{"四成员工", "四=4"},
		{"三加五等于八", "三=3 五=5 八=8"},
		{"三的平方是九", "三=3 九=9"},
		{"结果不是六而是八", "六=6 八=8"},
		{"来了上百人，好几百辆车", "上百≈100 好几百≈100"},
		{"近百家企业，最近三年", "近百≈100 三=3"},
		{"价格是原来的两倍", "两=2"},
		{"耗资177.1 亿元", "177.1 亿=17710000000"},
		{"涨了.5个点", ".5=0.5"},
		{"他们有两个亿", "两个亿=200000000"},
		{"对折出售，不打折", "对折=0.5"},
		{"3GB内存和5G手机", "3=3"},
	} {
		require.Equal(t, c[1], found(t, c[0]), c[0])
	}
}

func TestFindNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "我们一起走吧", "万一下雨呢", "看一下", "十分高兴", "千万别忘", "千萬不要", "一定要来", "统一安排", "統一安排", "第一次见面", "第23届", "唯一的办法",
		"下一个", "每一条", "七零八落", "三下五除二", "半斤八两", "参股", "二项式", "八字", "第 2 组",
		"一点也不", "三心二意", "第三方", "一会儿", "十分好", "五一", "双十一", "双11", "一起", "万一", "一加手机", "一五一十", "他们俩", "网上百度", "一元二次方程",
		"四川好玩", "三明治好吃", "半岛铁盒", "大陆很大", "拾取石子", "两岸风光", "百度一下", "一看就懂", "mp3和iPhone15", "版本1.2.3", "10.20.30.40",
		"便宜一点", "有一点累", "几乎没有", "数据很多", "多少钱", "零食", "3D打印", "一会儿见", "乱七八糟", "几时来", "参加", "三五成群", "半夜", "大半个", "见 http://a.cn/p?x=3&y=%E4%B8%80",
		strings.Repeat("一", 1000), strings.Repeat("9", 1000),
	} {
		require.Empty(t, found(t, s), s)
	}
}

// What leads a number that is too long to be one is passed over with it.
func TestFindPassesOverTooLong(t *testing.T) {
	t.Parallel()
	digits := strings.Repeat("7", 300)
	for _, lead := range []string{"+", "-", "负", "约", "大约", "第", "对", ".", "百分之"} {
		require.Equal(t, "9=9", found(t, lead+digits+"，9"), lead)
	}
}

func TestFindStops(t *testing.T) {
	t.Parallel()
	n := 0
	for range number.Find("一个 两个 三个") {
		n++
		break
	}
	require.Equal(t, 1, n)
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"买两斤苹果", "1.2.3 或 3/4", "约三百，一起去", "二〇二六年\xff三月", "-5%", "第三十八届", "+" + strings.Repeat("7", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		found(t, s)
	})
}
