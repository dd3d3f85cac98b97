package language

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Language{
		"今天天气很好，我们去公园散步吧。":              Chinese,
		"這個軟體可以用滑鼠操作嗎？":                 Chinese,
		"学而时习之，不亦说乎？":                   Chinese,
		"床前明月光，疑是地上霜。":                  Chinese,
		"请帮我用 Kubernetes 部署这个 service。": Chinese,
		"鮮の每日": Chinese,
		"日语的“ありがとう”就是谢谢的意思":             Chinese,
		"他在北京的公司里上班":                    Chinese,
		"我哋而家去食飯，你要唔要一齊嚟？":              Cantonese,
		"佢话听日唔得闲":                       Cantonese,
		"我係香港人":                         Cantonese,
		"這都係真嘅":                         Cantonese,
		"我們的關係很好，係數是三":                  Chinese,
		"¿Qué?":                         Unknown,
		"Łódź":                          Unknown,
		"naïve ideas":                   English,
		"呢件衫几靓㗎，你喺边度买嘅":                 Cantonese,
		"今日はいい天気ですね。":                   Japanese,
		"コンピュータ":                        Japanese,
		"東京駅で会いましょう":                    Japanese,
		"経済産業省関係労働法":                    Japanese,
		"科学技術の発展は社会を変える":                Japanese,
		"안녕하세요, 반갑습니다.":                 Korean,
		"오늘 北京에서 회의가 있습니다":              Korean,
		"The weather is nice today.":    English,
		"What's the plan for tomorrow?": English,
		"How do you say 谢谢 in English?": English,
		"Hello world":                   English,
		"La pluie tombe sur les toits de la ville, et je ne suis pas sorti.": Unknown,
		"Das ist nicht mein Hund, und ich habe keine Katze.":                 Unknown,
		"Hôm nay trời đẹp quá":                                               Unknown,
		"Saya tidak tahu apa yang terjadi":                                   Unknown,
		"Сегодня хорошая погода":                                             Unknown,
		"":           Unknown,
		"123, 456！😀": Unknown,
		"\xff\xfe":   Unknown,
	} {
		d := Detect(s)
		require.Equal(t, want, d.Language, "%q %+v", s, d)
		if want == Unknown {
			require.Zero(t, d.Confidence)
		} else {
			require.Greater(t, d.Confidence, 0.0, s)
			require.Less(t, d.Confidence, 1.0, s)
		}
	}
}

func TestConfidence(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{ // the first one is the surer
		{"我们这些人都是从北京来的", "东京大学"},
		{"東京に行きたいと思います", "のです"},
		{"我们大家一起去 park", "我们大家 go to the park"},
		{"This is the one that you have.", "Kubernetes"},
		{"我哋唔知佢喺邊", "我哋知道他在哪里"},
	} {
		require.Greater(t, Detect(c[0]).Confidence, Detect(c[1]).Confidence, c)
	}
	require.Greater(t, Detect("我们都觉得这个问题没有什么大不了的").Confidence, 0.8)
	require.Less(t, Detect("東京").Confidence, 0.4)
	require.Less(t, Detect("OK").Confidence, 0.4)
}

func TestScripts(t *testing.T) {
	t.Parallel()
	require.Equal(t, []Share{{"Hani", 0.5}, {"Latn", 0.25}, {"Hira", 0.125}, {"Kana", 0.125}}, Detect("漢字かカ ab 中文123").Scripts)
	require.Equal(t, []Share{{"Cyrl", 0.5}, {"Hang", 0.25}, {"Zzzz", 0.25}}, Detect("да 가 α").Scripts)
	require.Equal(t, []Share{{"Latn", 1}}, Detect("ＡＢé").Scripts)
	require.Equal(t, []Share{{"Bopo", 1}}, Detect("ㄅㄆ").Scripts)
	require.Empty(t, Detect("…，1").Scripts)
}

func TestRuns(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":        "",
		"123":     "und:123",
		"今天很好。":   "zh:今天很好。",
		"“今天”":    "zh:“今天”",
		"我用Go写程序": "zh:我用|en:Go|zh:写程序",
		"她说：“ありがとう”，就走了。":          "zh:她说：“|ja:ありがとう”，|zh:就走了。",
		"東京でPythonを勉強する":           "ja:東京で|en:Python|ja:を勉強する",
		"東京。大阪。行きます。":              "ja:東京。大阪。行きます。",
		"안녕，你好 hello":              "ko:안녕，|zh:你好 |en:hello",
		"你好吗？佢哋唔知。":                "zh:你好吗？|yue:佢哋唔知。",
		"Bonjour, c'est la vie 你好": "und:Bonjour, c'est la vie |zh:你好",
		"да и нет，不是":              "und:да и нет，|zh:不是",
		"\xff中\xfe":                "zh:\xff中\xfe",
	} {
		var got []string
		for run := range Runs(s) {
			got = append(got, fmt.Sprintf("%s:%s", run.Language, s[run.Start:run.End]))
		}
		require.Equal(t, want, strings.Join(got, "|"))
	}
	for run := range Runs("好 good") {
		require.Equal(t, Run{Chinese, 0, 4}, run)
		break
	}
}

func TestLong(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"好", "a", "a ", "\xff", "か，", "好a", "'"} {
		long := strings.Repeat(s, 1<<17)
		Detect(long)
		for range Runs(long) {
		}
	}
}

// TestLists checks that no character or word is in two lists.
func TestLists(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for _, r := range chineseCharacters + cantoneseCharacters + japaneseCharacters {
		require.False(t, seen[string(r)], "%c is there twice", r)
		seen[string(r)] = true
		require.NotZero(t, characters().of(r), "%c is outside of the table", r)
	}
	for _, word := range strings.Fields(englishWords + " " + foreignWords) {
		require.False(t, seen[word], "%s is there twice", word)
		seen[word] = true
		require.LessOrEqual(t, len(word), maxWord, word)
	}
}

func FuzzLanguage(f *testing.F) {
	f.Add("我用Go写程序，ありがとう")
	f.Add("안녕 it's \xff好")
	f.Fuzz(func(t *testing.T, s string) {
		d := Detect(s)
		require.True(t, 0 <= d.Confidence && d.Confidence <= 1, d.Confidence)
		require.Equal(t, d.Language == Unknown, d.Confidence == 0)
		at, last := 0, Language("")
		for run := range Runs(s) {
			require.Equal(t, at, run.Start)
			require.Greater(t, run.End, at)
			require.NotEqual(t, last, run.Language)
			at, last = run.End, run.Language
		}
		require.Equal(t, len(s), at)
	})
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat("今天天气很好，我们去公园散步吧。Let's go to the park, 好不好？\n", 1<<12)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Detect(text)
	}
}

func BenchmarkRuns(b *testing.B) {
	text := strings.Repeat("今天天气很好，我们去公园散步吧。Let's go to the park, 好不好？\n", 1<<12)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for range Runs(text) {
		}
	}
}
