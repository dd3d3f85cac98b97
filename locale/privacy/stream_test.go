package privacy_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/seed"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// document makes a text of samples and others.
func document(r *rand.Rand, size int) string {
	var b strings.Builder
	for range size {
		switch r.IntN(4) {
		case 0:
			b.WriteString(ordinary(r))
		case 1:
			b.WriteString(strings.Repeat(pick(r, "没有标点的长文字|1|12 |a|王|张三 "), r.IntN(600)))
		default:
			b.WriteString(sources[r.IntN(len(sources))].positive(r).text)
		}
		b.WriteString(pick(r, "。|，|\n| ||||\xe5|：|1"))
	}
	return b.String()
}

func TestStreamFindsTheSameHoweverTheTextIsCut(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(seed.For(t), 0))
	for range 150 {
		text := document(r, 1+r.IntN(12))
		size := 1 + r.IntN(40)
		if r.IntN(3) == 0 {
			size = 1 + r.IntN(3000)
		}
		checkStream(t, privacy.Detector{}, text, func() int { return 1 + r.IntN(size) })
	}
}

// soup makes a text of what private data begins with, goes on with and ends with, in no order: much of it is found.
func soup(r *rand.Rand) string {
	parts := strings.Split("张|王|欧阳|司马|爱新觉罗|伟|小明|芳|建国|的|是|在|有|我|了|老|小|大|先生|女士|老师|师傅|经理|总经理|工|医生|我叫|我是|姓名|姓名：|客户|客户：|收件人|"+
		"联系人=|找|免贵姓|北京|北京市|上海|江苏|四川省|都江堰市|昌都市|中沙群岛的岛礁及其海域|省|市|南京|南京市|海淀区|成都|成都市|武侯区|中关村|大街|中山|路|街道|里|弄|胡同|小区|花园|大厦|中心|号|号楼|单元|室|栋|3|12|101|二|三|十二|十|甲|第|"+
		"住在|寄到|地址|地址：|籍贯|住|都|很|请|和|去|军|空|字第|字|第1234567号|七|一二三四五六七号|京|沪|使|A12345|·|-| |  |(|)|（|）|+|+86 |，|。|、|：|/|“|”|《|"+
		"13812345678|一三八一二三四五六七八|138|@|a@b.com|@例子.com|@qq.com|张三@qq.com|邮箱|郵|箱|信|件|是|为|<|email|e-mail：|abc|微信|QQ|出生|1990年5月1日|生|生日|一九九〇年|五月|公园|天气|花开|春风|看见|国家|学校|阿依|古丽|買買提|張|臺北市|電話|①|\u200b|🙂|\n|39.9042,116.4074|A|座|B", "|")
	var b strings.Builder
	for range 1 + r.IntN(14) {
		b.WriteString(parts[r.IntN(len(parts))])
	}
	return b.String()
}

func TestStreamLetsNothingGoThatWillBeFound(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := rand.New(rand.NewPCG(seed.For(t), 0))
	for n := range 6000 {
		text := soup(r)
		size := 1 + n%4*4
		var d privacy.Detector
		if n%3 == 0 { // some of the types
			d.Types = privacy.AllTypes & privacy.Types(r.Uint64()&r.Uint64())
		}
		checkStream(t, d, text, func() int { return 1 + r.IntN(size) })
	}
}

// Where nothing is looked for that begins with an ordinary character, a stream passes over most of the text, but not
// over what decides about the rest.
func TestStreamPassesOverNothingThatDecides(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	parts := strings.Split("1|2|13|12345678|1234567|13812345678|一|三八|一二三四五六七|，|，|。|、|！|个|的|人很多|今天天气很好，我们去公园|两|十|京|使|京A|12345|A|AB|Go|E12345678|c|台胞证|护照|电话|座机|QQ|微信|手机|"+
		"-|：|:|(|（|）|+86 | |.|\n|“|”|<|邮|箱|信|件|邮箱|email|是|为|张三|@|@qq.com|张三@qq.com|①|\u200b|🙂|１|Ａ|不是|号码|编号", "|")
	r := rand.New(rand.NewPCG(seed.For(t), 0))
	d := privacy.Detector{Types: privacy.AllTypes.Without(privacy.Name, privacy.Address, privacy.MilitaryID, privacy.BirthDate, privacy.Coordinates)}
	for n := range 20_000 {
		var b strings.Builder
		for range 1 + r.IntN(12) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		size := 1 + n%4*6
		checkStream(t, d, b.String(), func() int { return 1 + r.IntN(size) })
	}
}

// checkStream compares a stream with the whole, and that nothing is found in what the stream had let go.
func checkStream(t *testing.T, d privacy.Detector, text string, size func() int) {
	t.Helper()
	want := slices.Collect(d.Find(text))
	var got []privacy.Finding
	s := d.Stream()
	settled := 0
	for rest, read := text, 0; rest != ""; {
		n := min(size(), len(rest))
		before := len(got)
		got = s.Append(got, rest[:n])
		for _, f := range got[before:] {
			require.GreaterOrEqual(t, f.Start, settled, "%v %q was let go of in %q", f.Type, text[f.Start:f.End], text)
		}
		read += n
		rest = rest[n:]
		pending := s.Pending()
		require.LessOrEqual(t, pending, 1100)
		require.LessOrEqual(t, pending, read)
		settled = max(settled, read-pending)
	}
	before := len(got)
	got = s.Flush(got)
	for _, f := range got[before:] {
		require.GreaterOrEqual(t, f.Start, settled, "%v %q was let go of in %q", f.Type, text[f.Start:f.End], text)
	}
	require.Equal(t, want, got, "%q", text)
}

func TestStreamLetsClearTextGo(t *testing.T) {
	t.Parallel()
	s := privacy.Detector{}.Stream()
	require.Empty(t, s.Append(nil, strings.Repeat("春风又绿江南岸", 20)))
	require.LessOrEqual(t, s.Pending(), 24*3)
	require.Empty(t, s.Append(nil, "。"))
	require.Zero(t, s.Pending())
	require.Empty(t, s.Append(nil, "打给1381234"))
	require.GreaterOrEqual(t, s.Pending(), len("1381234"))
	require.Len(t, s.Append(nil, "5678。"), 1)
	require.Zero(t, s.Pending())
}

// What waits is what something may begin with, and no more.
func TestStreamWaitsForWhatMayHaveBegun(t *testing.T) {
	t.Parallel()
	but := func(types ...privacy.Type) privacy.Detector {
		return privacy.Detector{Types: privacy.AllTypes.Without(types...)}
	}
	only := func(types ...privacy.Type) privacy.Detector {
		return privacy.Detector{Types: privacy.TypesOf(types...)}
	}
	for _, c := range []struct {
		name string
		d    privacy.Detector
		text string
		want string // waits
	}{
		{"nothing but numbers", only(privacy.Mobile), "今天天气很好", ""},
		{"a number", only(privacy.Mobile), "今天请打13", "13"},
		{"what a number may begin with", only(privacy.Mobile), "今天请打（+", "（+"},
		{"one Chinese digit", only(privacy.Mobile), "今天有一", "一"},
		{"no number", only(privacy.Mobile), "今天有一个", ""},
		{"digits that may become one", only(privacy.Mobile), "今天有一三", "一三"},
		{"too few digits", only(privacy.Mobile), "今天有一三个", ""},
		{"a comma that may be in a number", only(privacy.Mobile), "今天一，", "一，"},
		{"a comma after a number", only(privacy.Mobile), "今天一，三个", ""},
		{"too few letters", only(privacy.Mobile), "今天用Go写", ""},
		{"digits and letters", only(privacy.Mobile), "今天用A1写", "A1写"},
		{"a surname", only(privacy.Name), "今天我看见张", "张"},
		{"a name before a title", only(privacy.Name), "今天我看见张伟", "张伟"},
		{"a name that would be too long", only(privacy.Name), "今天我看见张伟的", ""},
		{"a title", only(privacy.Name), "今天我看见张伟老师很", "张伟老师很"},
		{"a title without a name", only(privacy.Name), "这里的老师很", ""},
		{"a label of a name", only(privacy.Name), "你好我叫", ""},
		{"a name after a label", only(privacy.Name), "你好我叫张伟去", "张伟去"},
		{"a name with dots that begins as what joins label and name", only(privacy.Name), "姓名：为", "为"},
		{"a name with dots in which a label stands", only(privacy.Name), "我叫姓名看", "姓名看"},
		{"a division", only(privacy.Address), "我去北京市", "北京市"},
		{"a division in a sentence", only(privacy.Address), "我去北京市的", ""},
		{"a division that is not one", only(privacy.Address), "他都江", "都江"},
		{"a street", only(privacy.Address), "我在中山路", "中山路"},
		{"no street", only(privacy.Address), "我在中山路上的", ""},
		{"an address after a label", only(privacy.Address), "他寄到了海淀区", "了海淀区"},
		{"a military card", only(privacy.MilitaryID), "他的军字第", "军字第"},
		{"a plate", only(privacy.Plate), "他的京", "京"},
		{"no plate", only(privacy.Plate), "他的京城", ""},
		{"no label of a mailbox", only(privacy.Email), "好，张伟", ""},
		{"a label of a mailbox", only(privacy.Email), "好，邮箱", ""},
		{"a name after the label of a mailbox", only(privacy.Email), "我的邮箱是：张三", "张三"},
		{"a name after a verb", only(privacy.Email), "我的邮箱是张三", "张三"},
		{"a name after a bracket", only(privacy.Email), "发给李四<张三", "张三"},
		{"a name after digits and a label", only(privacy.Email), "3个邮箱：张三", "邮箱：张三"},
		{"a name with a label in it", only(privacy.Email), "邮箱是老邮是@", "老邮是@"},
		{"a name that touches the label", only(privacy.Email), "我发邮件告诉他", ""},
		{"too much before an @", only(privacy.Email), "邮箱是张三今天就不来", ""},
		{"half a character", only(privacy.Mobile), "今天\xe5\xa4", "\xe5\xa4"},
		{"most types", but(privacy.Address, privacy.Email), "孩子们在草地跑步", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int{1, 3, len(c.text)} {
				s := c.d.Stream()
				for rest := c.text; rest != ""; {
					n := min(size, len(rest))
					require.Empty(t, s.Append(nil, rest[:n]))
					rest = rest[n:]
					if rest != "" {
						s.Pending()
					}
				}
				require.Equal(t, c.want, c.text[len(c.text)-s.Pending():])
			}
		})
	}
}
