package label_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"html"
	"image"
	"image/png"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label"
)

func verify(b []byte) label.Verification { return label.Verify(bytes.NewReader(b)) }

// picture is a PNG picture with text chunks.
func picture(tb testing.TB, texts ...string) []byte {
	tb.Helper()
	var b bytes.Buffer
	require.NoError(tb, png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))))
	file := bytes.Clone(b.Bytes()[:33])
	for _, t := range texts {
		body := []byte("tEXtAIGC\x00" + t)
		file = binary.BigEndian.AppendUint32(file, uint32(len(body)-4))
		file = binary.BigEndian.AppendUint32(append(file, body...), crc32.ChecksumIEEE(body))
	}
	return append(file, b.Bytes()[33:]...)
}

var example = label.First("Example", "p-1", label.CopyOnFirstWrite)

const bare = `{"Label":"1","ContentProducer":"Example","ProduceID":"p-1","ReservedCode1":"","ContentPropagator":"Example","PropagateID":"p-1","ReservedCode2":""}`

// What is met in files is read, and what is wrong with it is said.
func TestFieldReality(t *testing.T) {
	t.Parallel()
	old := example
	old.ProduceID, old.PropagateID = "", ""
	only := label.Label{Status: "1", ContentProducer: "Example", ProduceID: "p-1"}
	loose := example
	loose.Status, loose.ContentProducer = "AIGC", "我的 App"
	data := example
	data.ReservedCode1 = `{"Type":"TC260PG"}`
	for name, c := range map[string]struct {
		text string
		want label.Label
		bad  string // a reason; none if it is compliant
	}{
		"bare":                {bare, example, ""},
		"wrapped":             {`{"AIGC":` + bare + `}`, example, ""},
		"with white space":    {"\ufeff\n{ \"AIGC\" :\n" + bare + "}\x00", example, ""},
		"among others":        {`{"prompt":"猫","AIGC":` + bare + `}`, example, ""},
		"keys left out":       {`{"Label":"1","ContentProducer":"Example","ProduceID":"p-1"}`, only, ""},
		"Base64 inside":       {strings.Replace(bare, `"ReservedCode1":""`, `"ReservedCode1":"MIIB/a+=="`, 1), label.Label{Status: "1", ContentProducer: "Example", ProduceID: "p-1", ReservedCode1: "MIIB/a+==", ContentPropagator: "Example", PropagateID: "p-1"}, ""},
		"escaped as HTML":     {html.EscapeString(bare), example, "escaped as HTML"},
		"its name before":     {"AIGC" + bare, example, "stands before the object"},
		"Base64":              {base64.StdEncoding.EncodeToString([]byte(bare)), example, "Base64"},
		"JSON in JSON":        {strconv.Quote(bare), example, "a JSON string"},
		"quotes escaped":      {strings.ReplaceAll(bare, `"`, `\"`), example, "a JSON string"},
		"a string of it":      {`{"AIGC":` + strconv.Quote(bare) + `}`, example, "a JSON string"},
		"a number":            {strings.Replace(bare, `"1"`, `1`, 1), example, `Label: "1" is not a string`},
		"null":                {strings.Replace(bare, `"ReservedCode2":""`, `"ReservedCode2":null`, 1), label.Label{Status: "1", ContentProducer: "Example", ProduceID: "p-1", ContentPropagator: "Example", PropagateID: "p-1"}, "null is not a string"},
		"an object":           {strings.Replace(bare, `"ReservedCode1":""`, `"ReservedCode1":{"Type": "TC260PG"}`, 1), data, "ReservedCode1"},
		"words for a status":  {strings.NewReplacer(`"Label":"1"`, `"Label":"AIGC"`, `r":"Example"`, `r":"我的 App"`, `Propagator":"我的 App"`, `Propagator":"Example"`).Replace(bare), label.Label{Status: "AIGC", ContentProducer: "我的 App", ProduceID: "p-1", ContentPropagator: "我的 App", PropagateID: "p-1"}, "ContentProducer: the character"},
		"older keys":          {`{"AIGC":{"Label":"1","ServiceProvider":"Example","ServiceUser":"Example"}}`, old, "is written ServiceProvider"},
		"small letters":       {strings.Replace(bare, "ProduceID", "produceId", 1), example, "is written produceId"},
		"a key twice":         {strings.Replace(bare, `{`, `{"Label":"1",`, 1), example, "there twice"},
		"an unknown key":      {strings.Replace(bare, `{`, `{"Extra":"1",`, 1), example, "Extra: the key is not one"},
		"other escapes":       {strings.Replace(bare, `p-1`, `p\u002d1`, 1), example, "escaped otherwise"},
		"something behind":    {bare + "x", example, "something follows"},
		"bytes of no text":    {strings.Replace(bare, "Example", "Exa\xffmple", 1), label.Label{Status: "1", ContentProducer: "Exa\ufffdmple", ProduceID: "p-1", ContentPropagator: "Example", PropagateID: "p-1"}, "not UTF-8"},
		"an empty number":     {strings.ReplaceAll(bare, "p-1", ""), old, "ProduceID: it is empty"},
		"a code that is none": {strings.ReplaceAll(bare, "Example", "001191110000MA0123456710001"), label.First("001191110000MA0123456710001", "p-1", 0), "check digit"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := verify(picture(t, c.text))
			require.Len(t, v.Report.Findings, 1)
			f := v.Report.Findings[0]
			require.False(t, f.Unreadable)
			require.Equal(t, c.want, f.Label)
			require.Equal(t, c.text, f.Text)
			if c.bad == "" {
				require.Equal(t, label.Compliant, v.Verdict, v.Reasons)
				return
			}
			require.Equal(t, label.NonCompliant, v.Verdict)
			require.Contains(t, strings.Join(v.Reasons, "\n"), c.bad)
		})
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "hello", "{", `{"a":1}`, `{"AIGC":1}`, `{"AIGC":{"AIGC":` + bare + `}}`, "[]", `"x"`, "null"} {
		v := verify(picture(t, text))
		require.Equal(t, label.NonCompliant, v.Verdict, text)
		require.True(t, v.Report.Findings[0].Unreadable, text)
		_, ok := v.Report.Label()
		require.False(t, ok)
		require.ErrorIs(t, label.Write(new(bytes.Buffer), bytes.NewReader(picture(t, text)), example), label.ErrLabelled, "who knows whose it is")
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	require.Equal(t, label.NotFound, verify(picture(t)).Verdict)
	require.Equal(t, label.NonCompliant, verify(picture(t, bare, bare)).Verdict, "one label per file")
	for name, b := range map[string][]byte{"unknown": []byte("\x00\x01"), "empty": nil, "damaged": picture(t)[:20]} {
		v := verify(b)
		require.Equal(t, label.Inconclusive, v.Verdict, name)
		require.NotEmpty(t, v.Reasons, name)
	}
	whole := picture(t, bare)
	v := verify(whole[:len(whole)-5])
	require.Equal(t, label.Inconclusive, v.Verdict, "a good label in a file that is cut off")
	require.Len(t, v.Report.Findings, 1)
	v = verify(picture(t, slices.Repeat([]string{bare}, 100)...))
	require.Equal(t, label.NonCompliant, v.Verdict)
	require.Contains(t, strings.Join(v.Reasons, "\n"), "more than 64 labels", "what is held in memory is bounded")
	require.Equal(t, "inconclusive, not found, non-compliant, compliant",
		strings.Join([]string{label.Inconclusive.String(), label.NotFound.String(), label.NonCompliant.String(), label.Compliant.String()}, ", "))
	require.Equal(t, label.Inconclusive, label.VerifyFile(t.TempDir()+"/nothing").Verdict)
}

func TestChecks(t *testing.T) {
	t.Parallel()
	plain := picture(t)
	l := example
	var err error
	l.ReservedCode1, err = label.Digest(bytes.NewReader(plain))
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, label.Write(&out, bytes.NewReader(plain), l))
	v := verify(out.Bytes())
	require.Equal(t, label.Compliant, v.Verdict)
	require.Contains(t, strings.Join(v.Notes, ""), "not checked")
	v = label.Verify(bytes.NewReader(out.Bytes()), label.HasDigest(bytes.NewReader(plain)))
	require.Equal(t, label.Compliant, v.Verdict)
	require.Empty(t, v.Notes)
	v = label.Verify(bytes.NewReader(out.Bytes()), label.HasDigest(bytes.NewReader(plain[1:])), func(label.Label) error { return errors.New("forged") })
	require.Equal(t, label.NonCompliant, v.Verdict)
	require.Equal(t, []string{"ReservedCode1 holds the digest of another content", "forged"}, v.Reasons)
	require.ErrorContains(t, label.HasDigest(strings.NewReader(""))(example), "holds no digest")
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{bare, `{"AIGC":` + strconv.Quote(bare) + `}`, html.EscapeString(bare), "AIGC" + bare, base64.StdEncoding.EncodeToString([]byte(bare))} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := verify(picture(t, text))
		require.Len(t, v.Report.Findings, 1)
		// What is compliant can be written again as it is.
		if l, ok := v.Report.Label(); ok && v.Verdict == label.Compliant {
			require.NoError(t, l.Check())
		}
		if l, ok := v.Report.Label(); ok {
			again := verify(picture(t, l.String()))
			require.Equal(t, l, again.Report.Findings[0].Label)
		}
	})
}

// Whatever a file holds, it is an error, a verdict, or a file that can be read again.
func FuzzFile(f *testing.F) {
	f.Add(picture(f, bare))
	for _, path := range []string{"text.docx", "table.xlsx", "text.pdf", "text.md"} {
		b, err := os.ReadFile("testdata/" + path)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add(recording(1, 8000, "data"))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"))
	f.Add([]byte("\x00\x00\x00\x0cftypisom\x00\x00\x00\x08moov"))
	f.Fuzz(func(t *testing.T, b []byte) {
		before := verify(b)
		var out bytes.Buffer
		if label.Write(&out, bytes.NewReader(b), example) != nil {
			return
		}
		require.NotEqual(t, label.Inconclusive, before.Verdict)
		after := verify(out.Bytes())
		require.NotEmpty(t, after.Report.Findings)
		require.Equal(t, example, after.Report.Findings[0].Label)
	})
}
