package pinyin

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/practice"
	"github.com/zhushou-ai/zhushou/locale/script"
)

func TestString(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                      "",
		"中国人":                   "zhōng guó rén",
		"银行行长":                  "yín háng háng zhǎng",
		"长大后当了校长":               "zhǎng dà hòu dāng le xiào zhǎng",
		"他头发长了，桥长五米":            "tā tóu fa zhǎng le，qiáo cháng wǔ mǐ",
		"重庆的重要会议":               "chóng qìng de zhòng yào huì yì",
		"会计和会议":                 "kuài jì hé huì yì",
		"人参参差不齐":                "rén shēn cēn cī bù qí",
		"快乐的音乐":                 "kuài lè de yīn yuè",
		"他得走了，跑得快，得到":           "tā děi zǒu le，pǎo de kuài，dé dào",
		"慢慢地走在地上":               "màn màn de zǒu zài dì shàng",
		"还有三百只羊，还钱":             "hái yǒu sān bǎi zhī yáng，huán qián",
		"只有一只":                  "zhǐ yǒu yī zhī",
		"爸爸妈妈和孩子们":              "bà ba mā ma hé hái zi men",
		"厦门、六安、番禺和蚌埠":           "xià mén、lù ān、pān yú hé bèng bù",
		"曾国藩和任正非":               "zēng guó fān hé rén zhèng fēi",
		"旅行和女儿":                 "lǚ xíng hé nǚ ér",
		"Go语言1.26版":             "Go yǔ yán 1.26 bǎn",
		"喝了3杯水。 好！":             "hē le 3 bēi shuǐ。 hǎo！",
		"𠀀\xff中\xed\xa0\x80":    "hē\xffzhōng\xed\xa0\x80",
		"儿子有一会儿了":               "ér zi yǒu yī huì er le",
		"葛\U000e0100根的好\ufe00人": "gé gēn de hǎo rén",
	} {
		require.Equal(t, want, String(text, ToneMark), text)
	}
}

func TestTraditionalTextIsReadAsSimplified(t *testing.T) {
	t.Parallel()
	for traditional, want := range map[string]string{
		"乾隆皇帝說衣服乾了": "qián lóng huáng dì shuō yī fu gān le",
		"發現頭髮白了":    "fā xiàn tóu fa bái le",
		"後來皇后吃了麵":   "hòu lái huáng hòu chī le miàn",
		"看著著名的著作":   "kàn zhe zhù míng de zhù zuò",
		"瞭解情況，瞭望塔":  "liǎo jiě qíng kuàng，liào wàng tǎ",
		"知識和朋友":     "zhī shi hé péng you",
		"一隻鳥只有一隻腳":  "yī zhī niǎo zhǐ yǒu yī zhī jiǎo",
		"銀行長期借錢給校長": "yín háng cháng qī jiè qián gěi xiào zhǎng",
	} {
		require.Equal(t, want, String(traditional, ToneMark), traditional)
	}
	for _, simplified := range []string{"重庆银行的行长长得很高", "他还了三只鸡的钱", "我们为人民服务", "藏族人藏书"} {
		require.Equal(t, String(simplified, ToneMark), String(script.S2T.String(simplified), ToneMark), simplified)
	}
}

func TestConverter(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]struct {
		converter Converter
		text      string
	}{
		"xī'ān de nǚ'ér":          {Converter{Words: true}, "西安的女儿"},
		"zhong-guo-ren":           {Converter{Style: Plain, Separator: "-"}, "中国人"},
		"zhongguoren":             {Converter{Style: Plain, Together: true}, "中国人"},
		"zgr":                     {Converter{Style: FirstLetter, Together: true}, "中国人"},
		"lv4 se4":                 {Converter{Style: ToneNumber, Umlaut: LetterV}, "绿色"},
		"lyu":                     {Converter{Style: Plain, Umlaut: LettersYU}, "吕"},
		"wǒ yòng gē":              {Converter{Skip: true}, "我用Go 1.26，哥！"},
		"ㄓㄨㄥ ㄍㄨㄛˊ ˙ㄌㄜ":            {Converter{Style: Zhuyin}, "中国了"},
		"pei³ ching¹":             {Converter{Style: WadeGiles}, "北京"},
		"ní hǎo":                  {Converter{Sandhi: true}, "你好"},
		"bú duì yí gè yì tiān":    {Converter{Sandhi: true}, "不对一个一天"},
		"tǒng yī dì yī cì":        {Converter{Sandhi: true}, "统一第一次"},
		"kàn bu kàn shuō yi shuō": {Converter{Sandhi: true}, "看不看说一说"},
		"báo guán hǎo":            {Converter{Sandhi: true}, "保管好"},
	} {
		require.Equal(t, want, c.converter.String(c.text), c.text)
		require.Equal(t, ">"+want, string(c.converter.Append([]byte(">"), c.text)), c.text)
	}
	require.Equal(t, "", (&Converter{Style: 99}).String("中国"))
}

func TestPiecesAreTheText(t *testing.T) {
	t.Parallel()
	check := func(text string) {
		var all strings.Builder
		for p := range All(text) {
			require.Equal(t, all.Len(), p.Start)
			require.NotEmpty(t, p.Text)
			all.WriteString(p.Text)
		}
		require.Equal(t, text, all.String())
	}
	parts := []string{"银行", "长", "，", "ABC", " ", "\xff", "三百五十万", "著", "😀", "𠀀", "〇", "\n", "曾国藩", "3.14", "的", "了"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var text strings.Builder
		for range random.IntN(700) {
			text.WriteString(parts[random.IntN(len(parts))])
		}
		check(text.String())
	}
	check(strings.Repeat("长", 100_000))
	check(strings.Repeat("一", 100_000))
	check(strings.Repeat("\xe9", 100_000))
}

func TestAllStops(t *testing.T) {
	t.Parallel()
	n := 0
	for range All(strings.Repeat("中国，", 1000)) {
		if n++; n == 3 {
			break
		}
	}
	require.Equal(t, 3, n)
}

func TestNothingIsAllocatedPerSyllable(t *testing.T) {
	var c Converter
	text := strings.Repeat("他在重庆的银行里长大，得走了。", 200)
	room := c.Append(nil, text)
	perText := testing.AllocsPerRun(20, func() {
		room = c.Append(room[:0], text)
		for range c.All(text) {
		}
	})
	require.Less(t, perText, 10.0)

	// A closure that is kept somewhere would be allocated for every text, however short.
	perText = testing.AllocsPerRun(2000, func() { room = c.Append(room[:0], "重庆，银行") })
	require.Less(t, perText, 0.5)
}

func TestReadings(t *testing.T) {
	t.Parallel()
	texts := func(r rune) (all []string) {
		for _, s := range Readings(r) {
			all = append(all, s.String())
		}
		return all
	}
	require.Equal(t, []string{"guó"}, texts('国'))
	require.Equal(t, []string{"cháng", "zhǎng"}, texts('长')[:2])
	require.Equal(t, []string{"le", "liǎo"}, texts('了')[:2])
	require.Equal(t, "fà", texts('髮')[0])
	require.Empty(t, texts('A'))
	require.Empty(t, texts(-1))
	require.Empty(t, texts(0x10ffff))
}

// The model that is shipped was fitted to these sentences: this holds what it is worth, not what it will be elsewhere.
func TestSentencesOfCPP(t *testing.T) {
	t.Parallel()
	lines := practice.Lines(t, "suites/locale/cpp/dev.tsv")
	right, total := 0, 0
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		want, ok := ParseSyllable(fields[3])
		require.True(t, ok, lines.Text())
		n, err := strconv.Atoi(fields[1])
		require.NoError(t, err)
		offset := len(string([]rune(fields[0])[:n]))
		for p := range All(fields[0]) {
			if p.Start == offset {
				total++
				if p.Syllable == want {
					right++
				}
			}
		}
	}
	require.NoError(t, lines.Err())
	require.Greater(t, float64(right), 0.98*float64(total), "%d of %d", right, total)
}
