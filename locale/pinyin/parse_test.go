package pinyin

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParseSyllable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"zhōng": "zhong1", "zhong1": "zhong1", "zho1ng": "zhong1", "ZHŌNG": "zhong1", "Zhong": "zhong", "lü4": "lü4",
		"lv4": "lü4", "lu:4": "lü4", "lǜ": "lü4", "nve4": "nüe4", "nüe": "nüe", "lue4": "lüe4", "jü2": "ju2", "de5": "de5",
		"de0": "de5", "u\u0308\u0304": "", "lu\u0308\u0304": "lü1", "a\u0301": "a2", "ń": "n2", "ê": "ê", "r5": "r5", "m̄": "m1",
	} {
		s, ok := ParseSyllable(text)
		require.Equal(t, want != "", ok, text)
		require.Equal(t, want, s.Format(ToneNumber), text)
	}
	for _, text := range []string{"", "zhx", "1", "zhong12", "zhōng1", "xian an", "中", "zhongguo", "\xff", "aaaaaaaaaaaa", "üüüüüüüü", "aaanue", "aaaanue", "aaaaanue"} {
		_, ok := ParseSyllable(text)
		require.False(t, ok, text)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                   "",
		"zhōngguó":           "zhong1 guo2",
		"zhong1guo2":         "zhong1 guo2",
		"zho1ngguo2":         "zhong1 guo2",
		"Xī'ān":              "xi1 an1",
		"xian":               "xian",
		"fangan":             "fan gan",
		"fang’an":            "fang an",
		"nǚ'ér":              "nü3 er2",
		"nve4dai4":           "nüe4 dai4",
		"Běijīng, Shànghǎi!": "bei3 jing1 shang4 hai3",
		"tiananmen":          "tian an men",
		"yī-èr-sān":          "yi1 er4 san1",
		"zhongguorenmin":     "zhong guo ren min",
		"danshi":             "dan shi",
		"nUeAAnUe":           "nüe a a nüe",
		"xiàndài":            "xian4 dai4",
	} {
		all, err := Parse(text)
		require.NoError(t, err, text)
		var got []string
		for _, s := range all {
			got = append(got, s.Format(ToneNumber))
		}
		require.Equal(t, want, strings.Join(got, " "), text)
	}
	for text, message := range map[string]string{
		"zhong国":                            `"国" at byte 5 is not pinyin`,
		"hao xyz":                           `"xyz" at byte 4 does not begin with a syllable`,
		"7":                                 `"7" at byte 0`,
		"\xff":                              `"\xff" at byte 0`,
		strings.Repeat("ma", 300):           "512 letters",
		"ni hao " + strings.Repeat("q", 20): "at byte 7",
	} {
		_, err := Parse(text)
		require.ErrorContains(t, err, message, text)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"zhōngguó", "xi'an", "lu:4", "nve", "fangan", "ḿ", "a\u0301\u0308", "nUeAAnUe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all, err := Parse(text)
		if err != nil {
			require.Empty(t, all)
			return
		}
		var again strings.Builder
		for _, s := range all {
			again.WriteString(s.Format(ToneNumber) + " ")
		}
		same, err := Parse(again.String())
		require.NoError(t, err)
		require.Equal(t, all, same)
	})
}

func FuzzString(f *testing.F) {
	for _, s := range []string{"银行行长", "乾隆", "A股\xff", "著𠀀", "一不", "😀儿"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var all strings.Builder
		syllables := 0
		for p := range All(text) {
			all.WriteString(p.Text)
			if p.Syllable != 0 {
				syllables++
			}
		}
		require.Equal(t, text, all.String())
		c := Converter{Skip: true, Style: ToneNumber, Sandhi: true}
		back, err := Parse(c.String(text))
		require.NoError(t, err)
		require.Len(t, back, syllables)
	})
}
