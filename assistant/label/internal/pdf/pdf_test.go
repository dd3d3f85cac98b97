package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

const label = `{"Label":"1","ContentProducer":"Example (x)","ProduceID":"p-1"}`

// classic returns a document with a table as its index. Info is the content of its information dictionary.
func classic(info, trailer string) []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	for _, o := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", "<<" + info + ">>"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), o)
	}
	start := b.Len()
	b.WriteString("xref\n0 4\n0000000000 65535 f \n")
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size 4/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF", trailer, start)
	return b.Bytes()
}

// modern returns a document with streams as index and for objects.
func modern(predict bool) []byte {
	deflate := func(b []byte) []byte {
		var out bytes.Buffer
		z := zlib.NewWriter(&out)
		z.Write(b)
		z.Close()
		return out.Bytes()
	}
	var b bytes.Buffer
	b.WriteString("junk\n%PDF-1.5\n") // offsets count from the header
	at := func() int { return b.Len() - len("junk\n") }
	one := at()
	b.WriteString("1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n")
	objects := []byte("2 0 3 32 <</Type/Pages/Kids[]/Count 0>>    <</Title(x)/Author<FEFF4E2D>>>")
	first := bytes.Index(objects, []byte("<<"))
	objects = bytes.Replace(objects, []byte("3 32"), fmt.Appendf(nil, "3 %2d", bytes.Index(objects, []byte("<</Title"))-first), 1)
	packed := deflate(objects)
	four := at()
	fmt.Fprintf(&b, "4 0 obj\n<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length 6 0 R>>\nstream\r\n%s\nendstream\nendobj\n", first, packed)
	six := at()
	fmt.Fprintf(&b, "6 0 obj\n%d\nendobj\n", len(packed))
	start := at()
	rows := [][]byte{{0, 0, 0, 0}, {1, byte(one >> 8), byte(one), 0}, {2, 0, 4, 0}, {2, 0, 4, 1}, {1, byte(four >> 8), byte(four), 0}, {1, byte(start >> 8), byte(start), 0}, {1, byte(six >> 8), byte(six), 0}}
	parms := ""
	data := bytes.Join(rows, nil)
	if predict {
		parms = "/DecodeParms<</Predictor 12/Columns 4>>"
		var out []byte
		above := make([]byte, 4)
		for _, r := range rows {
			out = append(out, 2)
			for i := range r {
				out = append(out, r[i]-above[i])
			}
			above = r
		}
		data = out
	}
	data = deflate(data)
	fmt.Fprintf(&b, "5 0 obj\n<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Info 3 0 R/Filter/FlateDecode%s/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", parms, len(data), data, start)
	return b.Bytes()
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file  []byte
		keeps map[string]string
	}{
		"no information": {classic("", ""), nil},
		"information":    {classic("/Title (a\\)b)/Made#20By (x)", "/Info 3 0 R"), map[string]string{"Title": "a)b", "Made By": "x"}},
		"a label":        {classic("/AIGC (old)/Title (t)", "/Info 3 0 R/ID[<00><01>]"), map[string]string{"Title": "t"}},
		"streams":        {modern(false), map[string]string{"Title": "x", "Author": "中"}},
		"predicted":      {modern(true), map[string]string{"Title": "x", "Author": "中"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := c.file
			for _, text := range []string{label, `a\b(c)`, "x"} {
				var out bytes.Buffer
				require.NoError(t, Write(&out, bytes.NewReader(file), text))
				require.True(t, bytes.HasPrefix(out.Bytes(), file), "what was there is untouched")
				file = out.Bytes()
				found, err := Read(bytes.NewReader(file))
				require.NoError(t, err)
				require.Equal(t, []carrier.Found{{Where: "PDF Info", Text: []byte(text)}}, found)
				d, err := open(bytes.NewReader(file))
				require.NoError(t, err)
				info, err := d.resolve(d.trailer.get("Info"))
				require.NoError(t, err)
				for k, v := range c.keeps {
					require.Equal(t, v, string(plain(info.get(k).text)), k)
				}
				root, err := d.resolve(d.trailer.get("Root"))
				require.NoError(t, err)
				require.Equal(t, "Catalog", root.get("Type").name)
				pages, err := d.resolve(root.get("Pages"))
				require.NoError(t, err)
				require.Equal(t, "Pages", pages.get("Type").name)
			}
		})
	}
}

func TestLabelInTheXMPPacket(t *testing.T) {
	t.Parallel()
	packet := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:T="http://www.tc260.org.cn/ns/AIGC/1.0/" T:AIGC="x"/></r:RDF></x:xmpmeta>`
	file := classic("", "")
	file = bytes.Replace(file, []byte("<</Type/Catalog/Pages 2 0 R>>"), []byte("<</Metadata 3 0 R>>          "), 1)
	stream := fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(packet), packet)
	file = bytes.Replace(file, []byte("<<>>"), []byte(stream), 1)
	file = bytes.Replace(file, fmt.Appendf(nil, "startxref\n%d", bytes.Index(classic("", ""), []byte("xref"))), fmt.Appendf(nil, "startxref\n%d", bytes.Index(file, []byte("xref"))), 1)
	found, err := Read(bytes.NewReader(file))
	require.NoError(t, err)
	require.Equal(t, []carrier.Found{{Where: "PDF XMP", Text: []byte("x"), Alternative: true}}, found)
}

func TestEncrypted(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, Write(io.Discard, bytes.NewReader(classic("", "/Encrypt 2 0 R")), label), ErrEncrypted)
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	for _, whole := range [][]byte{classic("/Title (t)", "/Info 3 0 R"), modern(true)} {
		for n := range bytes.Index(whole, []byte("%%EOF")) - 1 {
			require.ErrorIs(t, Write(io.Discard, bytes.NewReader(whole[:n]), label), carrier.ErrMalformed, "cut to %d bytes", n)
		}
	}
	file := string(classic("/Title (t)", "/Info 3 0 R"))
	for name, c := range map[string][2]string{
		"an index that points nowhere":    {"startxref\n", "startxref\n9"},
		"an index that points to objects": {"startxref\n", "startxref\n9%"},
		"a loop":                          {"/Size 4", "/Prev 9999/Size 4"},
		"endless":                         {"0 4\n", "0 999999999\n"},
		"no size":                         {"/Size 4", "/Sise 4"},
		"nested":                          {"/Title (t)", "/T" + strings.Repeat("[", 9999)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := Write(io.Discard, strings.NewReader(strings.Replace(file, c[0], c[1], 1)), label)
			require.ErrorIs(t, err, carrier.ErrMalformed)
		})
	}
}

func FuzzReadWrite(f *testing.F) {
	f.Add(classic("", ""))
	f.Add(classic("/AIGC (old)/Title (t)", "/Info 3 0 R"))
	f.Add(modern(false))
	f.Add(modern(true))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, _ = Read(bytes.NewReader(file))
		var out bytes.Buffer
		if Write(&out, bytes.NewReader(file), label) != nil {
			return
		}
		found, err := Read(bytes.NewReader(out.Bytes()))
		require.NoError(t, err)
		require.NotEmpty(t, found)
		require.Equal(t, label, string(found[0].Text))
	})
}

func FuzzObject(f *testing.F) {
	f.Add([]byte("<</A[1 0 R(x\\051)<41>true null -1.5]/B#20C/D>>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p := parser{b: b}
		o, err := p.object()
		if err == nil && len(o.raw) > len(b) {
			t.Error("an object is longer than what it was read from")
		}
	})
}
