package route

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUnescape(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`plain`:              `plain`,
		`\u59d3\u540D\uff1a`: `姓名：`,
		`\ud83d\ude00!`:      `😀!`,
		`\ud83d\u0041`:       "\ufffdA",
		`\ud83d`:             "\ufffd",
		`a\nb\tc\"d\"\\e\/f`: `a b c"d"\e/f`,
		`\u12`:               `\u12`,
		`\uzzzz`:             `\uzzzz`,
		`end\`:               `end\`,
		`\u0031\u0033８`:      `13８`,
	} {
		require.Equal(t, want, unescape(in), in)
	}
}

// What is no escape is left, and what package json has escaped is read again.
func FuzzUnescape(f *testing.F) {
	f.Add("姓名：张伟\n\t\"<13812345678>\"\u2028")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := json.Marshal(s)
		require.NoError(t, err)
		var plain string
		require.NoError(t, json.Unmarshal(b, &plain))
		blanks := regexp.MustCompile(`[\n\r\t\x08\x0c]`)
		require.Equal(t, blanks.ReplaceAllString(plain, " "), unescape(string(b[1:len(b)-1])))
		_ = unescape(s)
	})
}

func TestReply(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"是", "好的。", " 可以！", "行吧", "OK", "同意", "當然可以", "係", "冇問題", "对的", "好啊"} {
		yes, ok := reply(s)
		require.True(t, yes && ok, s)
	}
	for _, s := range []string{"不", "不用了", "算了吧", "唔使", "No.", "别发", "不要啊"} {
		yes, ok := reply(s)
		require.True(t, !yes && ok, s)
	}
	for _, s := range []string{"", "好的，再帮我定个闹钟", "不要明天的", "可以吃吗", "对不起", "是谁", "行程", "吧", "了", "要多少钱"} {
		_, ok := reply(s)
		require.False(t, ok, s)
	}
}

func TestLastSentence(t *testing.T) {
	t.Parallel()
	require.Equal(t, "您的qq号是多少？", lastSentence("好的。您的QQ号是多少？ "))
	require.Equal(t, "一句", lastSentence("一句"))
	require.Equal(t, "二？！", lastSentence("一。二？！"))
	require.Empty(t, lastSentence(" "))
	require.NotPanics(t, func() { lastSentence(string(slices.Repeat([]rune("长"), 999))) })
}

// All wordings have all sentences, with the same fields in them.
func TestWords(t *testing.T) {
	t.Parallel()
	fields := regexp.MustCompile(`\{[a-z]+\}`)
	s, zero := reflect.ValueOf(Simplified()), reflect.ValueOf(Words{}.withDefaults())
	for _, w := range []Words{Traditional(), Cantonese()} {
		v := reflect.ValueOf(w)
		for i := range v.NumField() {
			require.NotEmpty(t, v.Field(i).String(), v.Type().Field(i).Name)
			require.Equal(t, fields.FindAllString(s.Field(i).String(), -1), fields.FindAllString(v.Field(i).String(), -1), v.Type().Field(i).Name)
			require.Equal(t, s.Field(i).String(), zero.Field(i).String(), "the default has all words")
		}
	}
	require.Equal(t, "再见", Words{Offline: "再见"}.withDefaults().Offline)
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, p := range []Place{Device, Trusted, Partner} {
		b, err := p.MarshalText()
		require.NoError(t, err)
		var q Place
		require.NoError(t, q.UnmarshalText(b))
		require.Equal(t, p, q)
	}
	_, err := Place(7).MarshalText()
	require.ErrorContains(t, err, "no place 7")
}

func TestSpoken(t *testing.T) {
	t.Parallel()
	types, _, err := typesNamed("documents")
	require.NoError(t, err)
	require.Equal(t, "身份证号、旧身份证号、居住证号等", spoken(types))
	require.Len(t, classNames(types), 10)
}

func TestClause(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"设闹钟，到点叫醒": "设闹钟", " 查天气。": "查天气", "Set an alarm. Or two": "Set an alarm", "把一个很长的描述一口气说完不带任何标点": "", "": "",
	} {
		require.Equal(t, want, clause(in))
	}
}
