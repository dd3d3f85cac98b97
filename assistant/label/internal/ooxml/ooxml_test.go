package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const label = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1"}`

const (
	types     = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`
	relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdAIGC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	body      = `<?xml version="1.0"?><w:document xmlns:w="w"><w:p>正文</w:p></w:document>`
)

// document returns a package with the custom properties, or none.
func packed(t testing.TB, custom, types, relations string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{{partTypes, types}, {partRelations, relations}, {"word/document.xml", body}, {partCustom, custom}} {
		if p[1] == "" {
			continue
		}
		w, err := z.Create(p[0])
		require.NoError(t, err)
		_, err = io.WriteString(w, p[1])
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func part(t testing.TB, file []byte, part string) string {
	t.Helper()
	d, err := open(bytes.NewReader(file))
	require.NoError(t, err)
	b, err := d.read(part)
	require.NoError(t, err)
	return string(b)
}

// custom returns what a reader of properties sees: names, numbers and values.
func custom(t testing.TB, file []byte) map[string]string {
	t.Helper()
	var p struct {
		Property []struct {
			Name  string `xml:"name,attr"`
			PID   string `xml:"pid,attr"`
			Value string `xml:"lpwstr"`
		} `xml:"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties property"`
	}
	require.NoError(t, xml.Unmarshal([]byte(part(t, file, partCustom)), &p))
	out, pids := map[string]string{}, map[string]bool{}
	for _, v := range p.Property {
		require.False(t, pids[v.PID], "number %s is there twice", v.PID)
		pids[v.PID] = true
		out[v.Name] = v.Value
	}
	return out
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	property := func(pid, name, value string) string {
		return `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="` + pid + `" name="` + name + `"><vt:lpwstr>` + value + `</vt:lpwstr></property>`
	}
	properties := func(inner string) string {
		return `<?xml version="1.0"?><Properties xmlns="` + customProperties + `" xmlns:vt="` + variantTypes + `">` + inner + `</Properties>`
	}
	withRelation := strings.Replace(relations, "</Relationships>", `<Relationship Id="r2" Type="`+relationCustom+`" Target="/docProps/custom.xml"/></Relationships>`, 1)
	withType := strings.Replace(types, "</Types>", `<Override PartName="/docProps/custom.xml" ContentType="`+typeCustom+`"/></Types>`, 1)
	for name, file := range map[string][]byte{
		"no properties":    packed(t, "", types, relations),
		"other properties": packed(t, properties(property("7", "项目", "甲")), withType, withRelation),
		"a label already":  packed(t, properties(property("2", "AIGC", "old")+property("3", "项目", "甲")), withType, withRelation),
		"an empty list":    packed(t, `<Properties xmlns="`+customProperties+`"/>`, withType, withRelation),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			has := strings.Contains(part(t, file, partCustom), "项目")
			for _, text := range []string{label, "x & <y>"} {
				var out bytes.Buffer
				require.NoError(t, Write(&out, bytes.NewReader(file), text))
				file = out.Bytes()
				found, err := Read(bytes.NewReader(file))
				require.NoError(t, err)
				require.Equal(t, []carrier.Found{{Where: "OOXML docProps/custom.xml", Text: []byte(text)}}, found)
				got := custom(t, file)
				require.Equal(t, text, got["AIGC"])
				if has {
					require.Equal(t, "甲", got["项目"])
				}
				require.Equal(t, body, part(t, file, "word/document.xml"))
				require.Equal(t, 1, strings.Count(part(t, file, partTypes), "/docProps/custom.xml"))
				require.Equal(t, 1, strings.Count(part(t, file, partRelations), "custom-properties"))
				require.NoError(t, xml.Unmarshal([]byte(part(t, file, partRelations)), new(struct{})))
				require.Equal(t, 1, strings.Count(part(t, file, partRelations), `Id="rIdAIGC"`))
			}
		})
	}
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	deep := `<Properties xmlns="` + customProperties + `">` + strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200) + `</Properties>`
	for name, file := range map[string][]byte{
		"nothing":        nil,
		"not a package":  packed(t, "", "", relations),
		"no relations":   packed(t, "", types, ""),
		"broken XML":     packed(t, "<Properties><", types, relations),
		"deep":           packed(t, deep, types, relations),
		"broken types":   packed(t, "", "<Types", relations),
		"empty types":    packed(t, "", `<Types/>`, relations),
		"huge":           packed(t, `<Properties xmlns="`+customProperties+`">`+strings.Repeat(" ", maxPart)+`</Properties>`, types, relations),
		"broken archive": packed(t, "", types, relations)[:300],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorIs(t, Write(new(bytes.Buffer), bytes.NewReader(file), label), carrier.ErrMalformed)
		})
	}
}

func FuzzProperties(f *testing.F) {
	f.Add([]byte(`<Properties xmlns="x"><property name="AIGC" pid="2"><lpwstr>old</lpwstr></property></Properties>`), "x")
	f.Add([]byte{}, label)
	f.Fuzz(func(t *testing.T, b []byte, text string) {
		out, err := withLabel(b, text)
		if err != nil {
			return
		}
		p, err := parseProperties(out)
		require.NoError(t, err)
		require.Len(t, p.labels, 1)
	})
}

func FuzzRead(f *testing.F) {
	f.Add(packed(f, "", types, relations))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _ = Read(bytes.NewReader(file))
		_ = Write(io.Discard, bytes.NewReader(file), label)
	})
}
