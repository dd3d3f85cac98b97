package pinyin

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func syllable(t *testing.T, text string) Syllable {
	t.Helper()
	s, ok := ParseSyllable(text)
	require.True(t, ok, text)
	return s
}

func TestParts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"zhōng": {"zh", "ong"}, "yuán": {"", "üan"}, "juàn": {"j", "üan"}, "wèi": {"", "ui"}, "duì": {"d", "ui"},
		"yǒu": {"", "iu"}, "liú": {"l", "iu"}, "wǒ": {"", "uo"}, "nǚ": {"n", "ü"}, "yī": {"", "i"}, "wú": {"", "u"},
		"yòng": {"", "iong"}, "xióng": {"x", "iong"}, "wēng": {"", "ueng"}, "ér": {"", "er"}, "ān": {"", "an"},
		"shì": {"sh", "i"}, "yún": {"", "ün"}, "lüè": {"l", "üe"}, "ḿ": {"", "m"}, "yǔ": {"", "ü"}, "ế": {"", "ê"},
	} {
		s := syllable(t, text)
		require.Equal(t, want, [2]string{s.Initial(), s.Final()}, text)
	}
}

func TestStyles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][styles]string{
		"zhōng": {"zhōng", "zhong1", "zho1ng", "zhong", "z", "zh", "ōng", "ㄓㄨㄥ", "chung¹"},
		"lǜ":    {"lǜ", "lü4", "lü4", "lü", "l", "l", "ǜ", "ㄌㄩˋ", "lü⁴"},
		"guì":   {"guì", "gui4", "gui4", "gui", "g", "g", "uì", "ㄍㄨㄟˋ", "kuei⁴"},
		"liú":   {"liú", "liu2", "liu2", "liu", "l", "l", "iú", "ㄌㄧㄡˊ", "liu²"},
		"yuán":  {"yuán", "yuan2", "yua2n", "yuan", "y", "", "üán", "ㄩㄢˊ", "yüan²"},
		"shì":   {"shì", "shi4", "shi4", "shi", "s", "sh", "ì", "ㄕˋ", "shih⁴"},
		"zǐ":    {"zǐ", "zi3", "zi3", "zi", "z", "z", "ǐ", "ㄗˇ", "tzŭ³"},
		"qù":    {"qù", "qu4", "qu4", "qu", "q", "q", "ǜ", "ㄑㄩˋ", "ch'ü⁴"},
		"xué":   {"xué", "xue2", "xue2", "xue", "x", "x", "üé", "ㄒㄩㄝˊ", "hsüeh²"},
		"de5":   {"de", "de5", "de", "de", "d", "d", "e", "˙ㄉㄜ", "tê⁵"},
		"wò":    {"wò", "wo4", "wo4", "wo", "w", "", "uò", "ㄨㄛˋ", "wo⁴"},
		"gǒu":   {"gǒu", "gou3", "go3u", "gou", "g", "g", "ǒu", "ㄍㄡˇ", "kou³"},
	} {
		for style := range styles {
			require.Equal(t, want[style], syllable(t, text).Format(style), "%s in style %d", text, style)
		}
	}
	require.Empty(t, Syllable(0).Format(ToneMark))
	require.Empty(t, Syllable(1<<16-1).Format(ToneMark))
	require.Empty(t, syllable(t, "a").Format(styles))
}

// Whatever the style of writing syllables in full, parsing gives the same syllable.
func TestEverySyllableIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for at := range sounds() {
		if at == 0 {
			continue
		}
		for tone := NoTone; tone <= Neutral; tone++ {
			s := Syllable(at<<toneBits | tone)
			require.Equal(t, tone, s.Tone())
			for _, style := range []Style{ToneNumber, ToneMark, ToneAfterVowel} {
				for umlaut := range LettersYU {
					text := s.format(style, umlaut)
					want := s
					if style != ToneNumber && tone == Neutral || style == ToneMark && text == "r" { // nothing to mark
						want = s.WithTone(NoTone)
					}
					got, ok := ParseSyllable(text)
					require.True(t, ok, text)
					require.Equal(t, want, got, text)
					got, ok = ParseSyllable(strings.ToUpper(text))
					require.True(t, ok, text)
					require.Equal(t, want, got, text)
				}
			}
			for style := range styles {
				for umlaut := range umlauts {
					text := s.format(style, umlaut)
					require.LessOrEqual(t, len(text), maxForm)
					require.True(t, utf8.ValidString(text), text)
					require.True(t, text != "" || style == InitialOnly, s)
				}
			}
			require.NotContains(t, s.Format(Zhuyin), "a", "%s has a final that zhuyin does not know", s)
		}
	}
}

func TestWithTone(t *testing.T) {
	t.Parallel()
	require.Equal(t, "hǎo", syllable(t, "hao4").WithTone(3).String())
	require.Equal(t, "hao", syllable(t, "hao4").WithTone(Neutral).String())
	require.Equal(t, "hào", syllable(t, "hao4").WithTone(9).String())
	require.Zero(t, Syllable(0).WithTone(1))
}
