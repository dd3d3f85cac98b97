package sse_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// cutReader returns the input in pieces whose lengths are the bytes of cuts, over and over.
type cutReader struct {
	in   []byte
	cuts []byte
	next int
}

func (c *cutReader) Read(p []byte) (int, error) {
	if len(c.in) == 0 {
		return 0, io.EOF
	}
	n := 1
	if len(c.cuts) > 0 {
		n += int(c.cuts[c.next%len(c.cuts)])
		c.next++
	}
	n = copy(p, c.in[:min(n, len(c.in))])
	c.in = c.in[n:]
	return n, nil
}

// reference reads the whole input at once, in the plainest way: split into lines, then fields.
func reference(in string) []item {
	in = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(in)
	in = strings.TrimPrefix(in, "\xef\xbb\xbf")
	lines := strings.Split(in, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	var items []item
	var data []string
	var ev item
	flush := func(cut bool) {
		if data != nil {
			ev.data, ev.cut = strings.Join(data, "\n"), cut
			items = append(items, ev)
		}
		data, ev = nil, item{}
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case line == "":
			flush(false)
		case line[0] == ':':
			items = append(items, item{kind: 1, data: line[1:]})
		case name == "data":
			data = append(data, value)
		case name == "event":
			ev.typ = value
		case name == "id":
			ev.id = value
		case name == "retry":
		default:
			items = append(items, item{kind: 2, data: line})
		}
	}
	flush(true)
	return items
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("data: 你好\n\ndata: [DONE]\n\n"), []byte{0})
	f.Add([]byte("\xef\xbb\xbfid: 1\r\nevent: x\rdata: a\ndata:b\r\n\r\n: c\n{\"error\":1}\n"), []byte{0, 3, 1})
	f.Add([]byte("data\ndata\ndata: longer than before\n\n"), []byte{200, 2})
	f.Fuzz(func(t *testing.T, in, cuts []byte) {
		got, err := readAll(&cutReader{in: bytes.Clone(in), cuts: cuts}, 0)
		require.Equal(t, io.EOF, err)
		require.Equal(t, reference(string(in)), got)

		// With a limit, the cuts make no difference either.
		whole, wholeErr := readAll(bytes.NewReader(in), 64)
		cut, cutErr := readAll(&cutReader{in: bytes.Clone(in), cuts: cuts}, 64)
		require.Equal(t, wholeErr, cutErr)
		require.Equal(t, whole, cut)
	})
}
