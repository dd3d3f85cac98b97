package xmp

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const (
	label = `{"Label":"1","ContentProducer":"Example","ProduceID":"p<1>&\"2\""}`
	open  = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`
	end   = `</rdf:RDF></x:xmpmeta>`
	title = `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>题 目</dc:title></rdf:Description>`
	space = ` xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"`
)

func requireLabels(t *testing.T, packet string, want ...string) {
	t.Helper()
	labels, err := Labels([]byte(packet))
	require.NoError(t, err)
	require.Equal(t, append([]string{}, want...), labels)
}

// However a label stands in a packet, it is read, and updated where it stands.
func TestForms(t *testing.T) {
	t.Parallel()
	escaped := html.EscapeString(label)
	for name, packet := range map[string]string{
		"an element":               open + title + `<rdf:Description rdf:about=""` + space + `><TC260:AIGC>` + escaped + `</TC260:AIGC></rdf:Description>` + end,
		"an attribute":             open + title + `<rdf:Description rdf:about=""` + space + ` TC260:AIGC="` + escaped + `"/>` + end,
		"an attribute in quotes":   open + title + `<rdf:Description TC260:AIGC = '` + escaped + "'\n" + space + `/>` + end,
		"another prefix":           open + title + `<rdf:Description xmlns:a="http://www.tc260.org.cn/ns/AIGC/1.0/" a:AIGC="` + escaped + `"/>` + end,
		"another one's attribute":  open + title + `<rdf:Description xmlns:b="b" b:AIGC="no"` + space + ` TC260:AIGC="` + escaped + `"/>` + end,
		"a namespace not declared": open + title + `<rdf:Description TC260:AIGC="` + escaped + `"/>` + end,
		"escaped twice":            open + title + `<rdf:Description` + space + `><TC260:AIGC>` + html.EscapeString(escaped) + `</TC260:AIGC></rdf:Description>` + end,
		"CDATA":                    open + title + `<rdf:Description` + space + `><TC260:AIGC><![CDATA[` + label + `]]></TC260:AIGC></rdf:Description>` + end,
		"a list":                   open + title + `<rdf:Description` + space + `><TC260:AIGC><rdf:Seq><rdf:li>` + escaped + `</rdf:li></rdf:Seq></TC260:AIGC></rdf:Description>` + end,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requireLabels(t, packet, label)
			updated, err := Write([]byte(packet), "new")
			require.NoError(t, err)
			requireLabels(t, string(updated), "new")
			require.Contains(t, string(updated), title)
			require.NotContains(t, string(updated), "Example")
		})
	}
}

// A packet keeps what it had, byte for byte, and the label is added once.
func TestMerge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ packet, around string }{
		"others":           {open + title + end, open + title + "|" + end},
		"nothing in it":    {open + end, open + "|" + end},
		"one tag":          {`<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"  />`, `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"  >|</r:RDF>`},
		"padding and NULs": {open + title + end + "  \n<?xpacket end='w'?>\x00\x00", open + title + "|" + end + "  \n<?xpacket end='w'?>"},
		"an empty element": {open + `<rdf:Description` + space + `><TC260:AIGC/></rdf:Description>` + end, open + `<rdf:Description` + space + `></rdf:Description>|` + end},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			merged, err := Write([]byte(c.packet), label)
			require.NoError(t, err)
			before, after, _ := strings.Cut(c.around, "|")
			require.True(t, strings.HasPrefix(string(merged), before), string(merged))
			require.True(t, strings.HasSuffix(string(merged), after), string(merged))
			requireLabels(t, string(merged), label)
			again, err := Write(merged, "x")
			require.NoError(t, err)
			again, err = Write(again, label)
			require.NoError(t, err)
			require.Equal(t, string(merged), string(again), "an update leaves nothing behind")
		})
	}
}

func TestSeveralBecomeOne(t *testing.T) {
	t.Parallel()
	d := `<rdf:Description` + space + ` TC260:AIGC="a"><TC260:AIGC>b</TC260:AIGC></rdf:Description>`
	requireLabels(t, open+d+d+end, "a", "b", "a", "b")
	merged, err := Write([]byte(open+d+d+end), label)
	require.NoError(t, err)
	requireLabels(t, string(merged), label)
}

func TestFresh(t *testing.T) {
	t.Parallel()
	for _, old := range []string{"", "\x00\x00", " \n"} {
		packet, err := Write([]byte(old), label)
		require.NoError(t, err)
		requireLabels(t, string(packet), label)
	}
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	for name, packet := range map[string]string{
		"not XML":      "hello <",
		"no RDF":       "<a/>",
		"cut off":      open + title,
		"too deep":     strings.Repeat("<a>", maxDepth+1),
		"outside RDF":  `<a` + space + `>` + open + end + `<TC260:AIGC/></a>`,
		"other escape": open + "&nbsp;" + end,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Write([]byte(packet), label)
			require.ErrorIs(t, err, carrier.ErrMalformed)
		})
	}
}

func TestTrim(t *testing.T) {
	t.Parallel()
	require.Equal(t, open+end+`<?xpacket end="w"?>`, string(Trim([]byte(open+end+strings.Repeat(" \n", 999)+`<?xpacket end="w"?>`))))
	require.Equal(t, open+end, string(Trim([]byte(open+end))))
}

func FuzzWrite(f *testing.F) {
	f.Add(open + title + end)
	f.Add(open + `<rdf:Description` + space + ` TC260:AIGC="a"><TC260:AIGC>b</TC260:AIGC></rdf:Description>` + end)
	f.Add(string(fresh(label)))
	f.Fuzz(func(t *testing.T, packet string) {
		_, _ = Labels([]byte(packet))
		merged, err := Write([]byte(packet), label)
		if err == nil {
			requireLabels(t, string(merged), label)
		}
	})
}
