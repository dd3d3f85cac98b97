package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const label = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1"}`

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	const body = "# 标题\n\n---\n\n正文\n"
	for name, c := range map[string]struct{ text, keeps string }{
		"no front matter":    {body, body},
		"other front matter": {"---\ntitle: 标题\ntags: [a, b]\n---\n" + body, "title: 标题\ntags: [a, b]\n"},
		"a label already":    {"---\nAIGC:\n  Label: \"2\"\n  ContentProducer: old\ntitle: 标题\n---\n" + body, "title: 标题\n"},
		"in braces":          {"---\ntitle: 标题\nAIGC: {\"Label\": \"2\"}\n---\n" + body, "title: 标题\n"},
		"two labels":         {"---\nAIGC:\n  Label: \"2\"\n\nAIGC:\n  Label: \"3\"\n---\n" + body, body},
		"carriage returns":   {"---\r\ntitle: 标题\r\n---\r\n" + body, "title: 标题\r\n"},
		"byte order mark":    {"\ufeff---\ntitle: 标题\n---\n" + body, "\ufeff---\ntitle: 标题\n"},
		"a line of dashes":   {"---\n正文\n", "---\n正文\n"},
		"empty":              {"", ""},
		"list in front":      {"---\nlist:\n- a\n- b\n---\n" + body, "list:\n- a\n- b\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := c.text
			for _, want := range []string{label, `{"Label":"1","ContentProducer":"x: # \"y\"","ProduceID":"'"}`} {
				var out strings.Builder
				require.NoError(t, Write(&out, strings.NewReader(text), want))
				text = out.String()
				found, err := Read(strings.NewReader(text))
				require.NoError(t, err)
				require.Equal(t, []carrier.Found{{Where: "Markdown front matter", Text: []byte(want)}}, found)
				require.Contains(t, text, c.keeps)
				if strings.Contains(c.text, body) {
					require.True(t, strings.HasSuffix(text, body))
				}
			}
			front, got := Split(text)
			require.NotContains(t, front+got, "ContentProducer")
		})
	}
}

func TestHowPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ yaml, want string }{
		"plain":          {"AIGC:\n  Label: 1\n  ContentProducer: 某 公司\n", `{"Label":1,"ContentProducer":"某 公司"}`},
		"word for label": {"AIGC:\n  Label: AIGC # no number\n", `{"Label":"AIGC"}`},
		"single quotes":  {"AIGC:\n  Label: '1'\n  ProduceID: 'it''s'\n", `{"Label":"1","ProduceID":"it's"}`},
		"comments":       {"AIGC: # label\n  # one\n  Label: \"1\" # yes\n", `{"Label":"1"}`},
		"quoted key":     {"\"AIGC\":\n  \"Label\": \"1\"\n", `{"Label":"1"}`},
		"braces, lines":  {"AIGC: {\n  \"Label\": \"1\"\n}\n", "{  \"Label\": \"1\"\n}"},
		"empty value":    {"AIGC:\n  ReservedCode1:\n", `{"ReservedCode1":""}`},
		"null":           {"AIGC:\n  ReservedCode1: ~\n", `{"ReservedCode1":null}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := Read(strings.NewReader("---\n" + c.yaml + "title: x\n---\n正文"))
			require.NoError(t, err)
			require.Len(t, found, 1)
			require.Equal(t, c.want, string(found[0].Text))
		})
	}
}

func TestSniff(t *testing.T) {
	t.Parallel()
	for head, want := range map[string]bool{
		"# 标题": true, "---\ntitle: x\n": true, "正文": true, "正文"[:5]: true, "\ufeff正文": true,
		"<html>": false, "{\"a\":1}": false, "%PDF-1.7": false, "a\x00b": false, "\xff\xfe": false, "": false,
	} {
		require.Equal(t, want, Sniff([]byte(head)), "%q", head)
	}
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "x", "[]", `{"Label":1}`, `{"Label"`} {
		require.ErrorIs(t, Write(new(bytes.Buffer), strings.NewReader("x"), text), carrier.ErrMalformed, text)
	}
	endless := "---\n" + strings.Repeat("a: b\n", maxFront/5)
	require.ErrorIs(t, Write(new(bytes.Buffer), strings.NewReader(endless), label), carrier.ErrMalformed)
}

func FuzzReadWrite(f *testing.F) {
	f.Add("---\nAIGC:\n  Label: \"2\"\ntitle: x\n---\nbody")
	f.Add("---\r\nAIGC: {}\r\n...\r\nbody")
	f.Add("body")
	f.Fuzz(func(t *testing.T, text string) {
		var out strings.Builder
		if Write(&out, strings.NewReader(text), label) != nil {
			return
		}
		found, err := Read(strings.NewReader(out.String()))
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, label, string(found[0].Text))
	})
}
