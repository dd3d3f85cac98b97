package carrier

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestFind(t *testing.T) {
	t.Parallel()
	const label = `{"AIGC":{"Label":"1","ContentProducer":"x"}}`
	for name, c := range map[string]struct{ text, want string }{
		"alone":             {label, label},
		"among others":      {`{"prompt":"a cat","AIGC": {"ContentProducer":"x"} ,"n":1}`, `{"ContentProducer":"x"}`},
		"in a text":         {"prompt {a cat} " + label + " more", label},
		"with its name":     {"xxAIGC" + label + "\x00", "AIGC" + label},
		"the older keys":    {`{"ServiceProvider":"x"}`, `{"ServiceProvider":"x"}`},
		"escaped":           {`{&quot;ContentProducer&quot;:1} `, `{&quot;ContentProducer&quot;:1}`},
		"nothing":           {"a comment", ""},
		"only its words":    {"ContentProducer AIGC", ""},
		"not closed":        {`{"ContentProducer":`, ""},
		"many other braces": {strings.Repeat("{", 1000) + "ContentProducer", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, ok := Find([]byte(c.text))
			require.Equal(t, c.want != "", ok)
			require.Equal(t, c.want, c.text[s.From:s.To])
			if ok {
				left := c.text[:s.From] + s.Blank() + c.text[s.To:]
				require.Len(t, left, len(c.text))
				_, still := Find([]byte(left))
				require.False(t, still)
				require.Equal(t, json.Valid([]byte(c.text)) && name == "among others", json.Valid([]byte(left)))
			}
		})
	}
}

func TestCopyPatched(t *testing.T) {
	t.Parallel()
	src := bytes.NewReader([]byte("0123456789"))
	patches := []Patch{{7, []byte("xy")}, {2, []byte("AB")}, {0, []byte("z")}, {9, []byte("long")}}
	for _, c := range []struct {
		from, n int64
		want    string
	}{
		{0, 10, "z1AB456xy9"},
		{1, 9, "1AB456xy9"},
		{2, 2, "AB"},
		{3, 3, "345"}, // a patch across the edge is none
		{4, 0, ""},
	} {
		var out bytes.Buffer
		require.NoError(t, CopyPatched(&out, src, c.from, c.n, patches))
		require.Equal(t, c.want, out.String())
	}
	require.Error(t, CopyPatched(new(bytes.Buffer), src, 5, 9, nil))
	require.Error(t, CopyPatched(failing{}, src, 0, 9, patches))
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestBytes(t *testing.T) {
	t.Parallel()
	src := bytes.NewReader([]byte("0123456789"))
	b, err := Bytes(src, "X", 3, 4)
	require.NoError(t, err)
	require.Equal(t, "3456", string(b))
	for _, c := range [][2]int64{{-1, 1}, {3, -1}, {3, 8}, {11, 0}, {1 << 62, 1 << 62}} {
		_, err := Bytes(src, "X", c[0], c[1])
		require.ErrorIs(t, err, ErrMalformed)
	}
	_, err = Bytes(huge{}, "X", 0, MaxMetadata+1)
	require.ErrorIs(t, err, ErrMalformed)
	_, err = Bytes(huge{}, "X", 0, 5)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "a file that shrank")
}

// huge says that it is large and has nothing.
type huge struct{}

func (huge) Size() int64                       { return 1 << 40 }
func (huge) ReadAt([]byte, int64) (int, error) { return 0, io.EOF }

type broken struct{ *bytes.Reader }

func (broken) ReadAt([]byte, int64) (int, error) { return 0, iotest.ErrTimeout }

func TestWindow(t *testing.T) {
	t.Parallel()
	file := bytes.Repeat([]byte("0123456789"), 5000)
	w := NewWindow(bytes.NewReader(file), "X")
	for _, at := range []int64{0, 49_999, 16<<10 - 1, 16 << 10, 3} {
		b, err := w.Byte(at)
		require.NoError(t, err)
		require.Equal(t, file[at], b)
	}
	for _, at := range []int64{-1, 50_000} {
		_, err := w.Byte(at)
		require.ErrorIs(t, err, ErrMalformed)
	}
	_, err := NewWindow(broken{bytes.NewReader(file)}, "X").Byte(0)
	require.ErrorIs(t, err, iotest.ErrTimeout)
}
