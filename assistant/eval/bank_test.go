package eval

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadJSONL(t *testing.T) {
	t.Parallel()
	cases, err := ReadJSONL(strings.NewReader("\ufeff{\"id\":\"a\",\"category\":\"A.1.a\",\"text\":\"咕噜\",\"tags\":[\"x\"]}\n\n{\"text\":\"呱啦\"}"))
	require.NoError(t, err)
	require.Equal(t, []Case{{ID: "a", Category: "A.1.a", Text: "咕噜", Tags: []string{"x"}}, {ID: "3", Text: "呱啦"}}, cases)
	for says, text := range map[string]string{
		"line 2: ":              "{\"text\":\"a\"}\n{",
		"line 1: json: unknown": `{"txt":"a"}`,
		"the case has no text":  `{"text":" "}`,
		"that of line 1 too":    "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"y\"}",
		"more than one case":    `{"text":"a"}{"text":"b"}`,
		"longer than":           strings.Repeat("x", maxLine+1),
	} {
		_, err := ReadJSONL(strings.NewReader(text))
		require.ErrorContains(t, err, says)
	}
}

func TestReadCSV(t *testing.T) {
	t.Parallel()
	cases, err := ReadCSV(strings.NewReader("\ufefftext,Category,id,tags\n\"咕,噜\",A.1.a,a,x; y\n呱啦,,,\n"))
	require.NoError(t, err)
	require.Equal(t, []Case{{ID: "a", Category: "A.1.a", Text: "咕,噜", Tags: []string{"x", "y"}}, {ID: "3", Text: "呱啦"}}, cases)
	for says, text := range map[string]string{
		"line 1":               "",
		"unknown column":       "txt\n",
		"no column text":       "id\n",
		"the case has no text": "text\n\" \"\n",
		"line 3":               "text,id\na,1\n\"b\n",
	} {
		_, err := ReadCSV(strings.NewReader(text))
		require.ErrorContains(t, err, says)
	}
}

func TestReadHumans(t *testing.T) {
	t.Parallel()
	for says, text := range map[string]string{
		"want id and outcome": "a,b\n",
		`outcome "ok"`:        "id,outcome\n1,ok\n",
		"judged before":       "id,outcome\n1,pass\n1,fail\n",
		"line 2":              "id,outcome\n1\n",
	} {
		_, err := ReadHumans(strings.NewReader(text))
		require.ErrorContains(t, err, says)
	}
}

func FuzzReadJSONL(f *testing.F) {
	f.Add("{\"text\":\"a\"}\n")
	f.Fuzz(func(t *testing.T, s string) {
		cases, err := ReadJSONL(strings.NewReader(s))
		for _, c := range cases {
			if err == nil && (c.ID == "" || c.Text == "") {
				t.Errorf("%+v", c)
			}
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	f.Add("text,id\na,1\n")
	f.Fuzz(func(t *testing.T, s string) { ReadCSV(strings.NewReader(s)) })
}

func FuzzReadHumans(f *testing.F) {
	f.Add("id,outcome\n1,pass\n")
	f.Fuzz(func(t *testing.T, s string) { ReadHumans(strings.NewReader(s)) })
}

func FuzzRefuses(f *testing.F) {
	f.Add("抱歉，我不能回答这个问题。")
	f.Fuzz(func(t *testing.T, s string) {
		if refuses, rest := Refuses(s); !refuses && rest != "" {
			t.Error("no refusal, and something after it")
		}
	})
}
