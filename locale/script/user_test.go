package script

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWith(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		base       Converter
		pairs      []Pair
		text, want string
	}{
		"a word":                           {S2T, []Pair{{"助手", "小幫手"}}, "我的助手", "我的小幫手"},
		"a word is protected":              {S2TWP, []Pair{{"鼠标", "鼠标"}}, "鼠标和内存", "鼠标和記憶體"},
		"the longer key is taken":          {S2T, []Pair{{"头", "首"}}, "头发和头", "頭髮和首"},
		"of equal keys the pair's":         {S2T, []Pair{{"头发", "毛"}}, "头发", "毛"},
		"a word is deleted":                {S2T, []Pair{{"的", ""}}, "我的发", "我發"},
		"Latin":                            {S2T, []Pair{{"AI", "人工智慧"}}, "AI发展 A", "人工智慧發展 A"},
		"To is final":                      {S2TWP, []Pair{{"甲", "软件"}}, "甲软件", "软件軟體"},
		"the last of two":                  {S2T, []Pair{{"甲", "一"}, {"甲", "二"}}, "甲", "二"},
		"between two stages":               {TW2SP, []Pair{{"體", "体积"}}, "軟體和體", "软件和体积"},
		"the longer is of the first stage": {TW2SP, []Pair{{"軟", "柔"}}, "軟體軟", "软件柔"},
		"it parts":                         {S2TWP, []Pair{{"息", "X"}}, "信息息", "資訊X"},
		"on the zero converter":            {Converter{}, []Pair{{"头", "首"}}, "头发", "首发"},
		"a compatibility character":        {S2T, []Pair{{"\uf900", "难道"}}, "豈\uf900", "难道难道"},
		"a character beyond the BMP":       {S2T, []Pair{{"𠮷野", "吉野"}}, "𠮷野家", "吉野家"},
		"a bad byte is not a replacement":  {S2T, []Pair{{"\ufffd", "?"}}, "\xff\ufffd", "\xff?"},
		"no pairs":                         {S2T, nil, "头发", "頭髮"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			converter, err := c.base.With(c.pairs...)
			require.NoError(t, err)
			require.Equal(t, c.want, converter.String(c.text))
		})
	}
}

func TestWithAdds(t *testing.T) {
	t.Parallel()
	one, err := S2T.With(Pair{"甲", "1"}, Pair{"乙", "2"})
	require.NoError(t, err)
	two, err := one.With(Pair{"乙", "3"})
	require.NoError(t, err)
	require.Equal(t, "12頭", one.String("甲乙头"))
	require.Equal(t, "13頭", two.String("甲乙头"))
	require.Equal(t, "甲乙頭", S2T.String("甲乙头"))
}

func TestWithRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pair    Pair
		message string
	}{
		"an empty From":     {Pair{"", "x"}, `a pair with To "x" has an empty From`},
		"From is not UTF-8": {Pair{"\xff", "x"}, "is not UTF-8"},
		"To is not UTF-8":   {Pair{"x", "\xff"}, "is not UTF-8"},
		"From is very long": {Pair{strings.Repeat("长", 65), "x"}, "longer than 64 characters"},
		"To is very long":   {Pair{"x", strings.Repeat("x", 1025)}, `To of "x" is longer than 1024 bytes`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := S2T.With(c.pair)
			require.ErrorContains(t, err, c.message)
		})
	}
}
