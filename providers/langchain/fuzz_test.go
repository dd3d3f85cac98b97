package langchain

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// However a text is cut, whole characters come out, and in the end the whole text.
func FuzzText(f *testing.F) {
	f.Add("你好😀", uint8(1))
	f.Add("a\xff你\xe4", uint8(2))
	f.Add("", uint8(3))
	f.Fuzz(func(t *testing.T, s string, size uint8) {
		var streamed text
		var got strings.Builder
		for rest := s; rest != ""; {
			n := min(len(rest), int(size%7)+1)
			piece := streamed.add(rest[:n])
			require.True(t, utf8.ValidString(piece))
			got.WriteString(piece)
			rest = rest[n:]
		}
		if !utf8.ValidString(s) {
			return // how many signs stand for what is no text depends on the cuts
		}
		rest, err := streamed.rest(s)
		require.NoError(t, err)
		require.Equal(t, s, got.String()+rest)
	})
}

// Whatever a body holds, it passes unchanged, and what is learnt from it does not depend on how it is cut.
func FuzzWatched(f *testing.F) {
	f.Add("data: {\"id\":\"a\",\"choices\":[]}\n\ndata: [DONE]\n\n", true)
	f.Add("event: error\r\ndata: {\"error\":1}\r\n\r\ndata: {", true)
	f.Add("{\"error\":{\"message\":\"x\"}}\n: \ufeffdata:", true)
	f.Add("{\"id\":\"a\",\"model\":\"m\"}", false)
	f.Fuzz(func(t *testing.T, body string, stream bool) {
		pass := func(src io.Reader) *record {
			r := &record{status: 200}
			w := &watched{ReadCloser: io.NopCloser(src), record: r, stream: stream}
			got, err := io.ReadAll(w)
			require.NoError(t, err)
			require.Equal(t, body, string(got))
			require.NoError(t, w.Close())
			return r
		}
		whole, bits := pass(strings.NewReader(body)), pass(iotest.OneByteReader(strings.NewReader(body)))
		require.Equal(t, whole, bits)
	})
}

// Rows come out in order, every one of them, or as they were.
func FuzzRows(f *testing.F) {
	f.Add([]byte(`{"data":[{"index":1,"embedding":[1]},{"index":0,"embedding":[2]}],"model":"m"}`))
	f.Add([]byte(`{"data":[{"index":1,"embedding":[null]},{"index":1}]}`))
	f.Add([]byte(`{"data":null}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := orderRows(bytes.Clone(body))
		if got == nil || err != nil || bytes.Equal(got, body) {
			require.True(t, got == nil || bytes.Equal(got, body))
			return
		}
		type rows struct{ Data []struct{ Index int } }
		var before, after rows
		require.NoError(t, json.Unmarshal(got, &after))
		_ = json.Unmarshal(body, &before)
		require.Len(t, after.Data, len(before.Data))
		for i, row := range after.Data {
			require.Equal(t, i, row.Index)
		}
	})
}
