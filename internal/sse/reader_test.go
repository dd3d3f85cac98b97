package sse_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/sse"
)

// item is an [sse.Item] that owns its strings.
type item struct {
	kind          sse.Kind
	typ, id, data string
	cut           bool
}

func readAll(src io.Reader, limit int) (items []item, err error) {
	r := sse.NewReader(src, limit)
	for {
		it, err := r.Next()
		if err != nil {
			return items, err
		}
		items = append(items, item{it.Kind, string(it.Type), string(it.ID), string(it.Data), it.Cut})
	}
}

func event(data string) item { return item{kind: sse.Event, data: data} }

func TestReader(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     []item
	}{
		{"nothing", "", nil},
		{"one event", "data: 你好\n\n", []item{event("你好")}},
		{"no space", "data:你好\n\n", []item{event("你好")}},
		{"only one space is taken", "data:  x\n\n", []item{event(" x")}},
		{"CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", []item{event("a"), event("b")}},
		{"CR", "data: a\r\rdata: b\r\r", []item{event("a"), event("b")}},
		{"mixed ends", "data: a\r\n\ndata: b\n\rdata: c\r\n\r\n", []item{event("a"), event("b"), event("c")}},
		{"several lines", "data: a\ndata\ndata: \ndata: bcd\n\n", []item{event("a\n\n\nbcd")}},
		{"longer second line", "data: a\nevent: long\ndata: bcdefghijkl\n\n", []item{{typ: "long", data: "a\nbcdefghijkl"}}},
		{"empty data", "data:\n\n", []item{event("")}},
		{"first data without value", "data\ndata: x\n\n", []item{event("\nx")}},
		{"type and id", "id: 7\nevent:error\ndata: x\n\ndata: y\n\n", []item{{typ: "error", id: "7", data: "x"}, event("y")}},
		{"fields without data are no event", "id: 1\n\nevent: ping\n\nretry: 10\n\ndata: x\n\n", []item{event("x")}},
		{"comment", ": keep-alive\n\n:\ndata: x\n\n", []item{{kind: sse.Comment, data: " keep-alive"}, {kind: sse.Comment}, event("x")}},
		{"comment inside an event", "data: a\n: hm\ndata: b\n\n", []item{{kind: sse.Comment, data: " hm"}, event("a\nb")}},
		{"blank lines", "\n\n\ndata: x\n\n\n\n", []item{event("x")}},
		{"byte order mark", "\xef\xbb\xbfdata: x\n\n", []item{event("x")}},
		{"byte order mark in the middle", "data: x\n\n\xef\xbb\xbfdata: y\n\n", []item{event("x"), {kind: sse.Stray, data: "\xef\xbb\xbfdata: y"}}},
		{"bare JSON", "data: x\n\n{\"error\":{\"code\":1}}\n", []item{event("x"), {kind: sse.Stray, data: `{"error":{"code":1}}`}}},
		{"HTML", "<html>\n", []item{{kind: sse.Stray, data: "<html>"}}},
		{"unknown field", "datum: x\n", []item{{kind: sse.Stray, data: "datum: x"}}},
		{"no blank line at the end", "data: x\n", []item{{data: "x", cut: true}}},
		{"no line end at the end", "data: a\ndata: b", []item{{data: "a\nb", cut: true}}},
		{"lone carriage return at the end", "data: x\r", []item{{data: "x", cut: true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, src := range []io.Reader{
				strings.NewReader(tt.in),
				iotest.OneByteReader(strings.NewReader(tt.in)),
				iotest.DataErrReader(strings.NewReader(tt.in)),
			} {
				got, err := readAll(src, 0)
				require.Equal(t, io.EOF, err)
				require.Equal(t, tt.want, got)
			}
		})
	}
}

func TestReaderLargeEvents(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("长", 100_000)
	in := "data: " + big + "\n\n: ok\ndata: " + big + "\ndata: " + big + "\n\ndata: x\n\n"
	got, err := readAll(iotest.HalfReader(strings.NewReader(in)), 0)
	require.Equal(t, io.EOF, err)
	require.Equal(t, []item{event(big), {kind: sse.Comment, data: " ok"}, event(big + "\n" + big), event("x")}, got)
}

func TestReaderLimit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		limit    int
		want     int // items before the error
		tooLarge bool
	}{
		{"fits", "data: 1234\n\n", 10, 1, false},
		{"line too long", "data: x\n\ndata: 12345\n\ndata: y\n\n", 10, 1, true},
		{"line without end", "data: x\n\ndata: 123456789", 10, 1, true},
		{"many lines", strings.Repeat("data: 1\n", 100), 40, 0, true},
		{"many events", strings.Repeat("data: 1\n\n", 100), 40, 100, false},
		{"many comments", strings.Repeat(": 1\n", 100), 10, 100, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := readAll(iotest.OneByteReader(strings.NewReader(tt.in)), tt.limit)
			require.Len(t, got, tt.want)
			if !tt.tooLarge {
				require.Equal(t, io.EOF, err)
				return
			}
			var too *sse.TooLargeError
			require.ErrorAs(t, err, &too)
			require.Equal(t, tt.limit, too.Limit)
		})
	}
}

func TestReaderErrorsStay(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	r := sse.NewReader(io.MultiReader(strings.NewReader("data: x\n"), iotest.ErrReader(broken)), 0)
	it, err := r.Next()
	require.NoError(t, err)
	require.True(t, it.Cut)
	for range 2 {
		_, err = r.Next()
		require.ErrorIs(t, err, broken)
		require.False(t, r.Ended())
	}

	r.Reset(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("data: x\n\n"))), 0)
	_, err = r.Next()
	require.NoError(t, err)
	_, err = r.Next()
	require.ErrorIs(t, err, iotest.ErrTimeout)

	r.Reset(stuck{}, 0)
	_, err = r.Next()
	require.ErrorIs(t, err, io.ErrNoProgress)
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestReaderReportsTheEnd(t *testing.T) {
	t.Parallel()
	r := sse.NewReader(iotest.DataErrReader(strings.NewReader("data: x\n\ndata: [DONE]\n\n")), 0)
	for range 2 {
		_, err := r.Next()
		require.NoError(t, err)
	}
	require.True(t, r.Ended(), "the end came with the last bytes")
}

func TestReaderDoesNotAllocate(t *testing.T) {
	in := strings.Repeat(": ok\nid: 1\nevent: result\ndata: {\"a\":1}\ndata: x\r\n\r\n", 200)
	src := strings.NewReader(in)
	r := sse.NewReader(src, 0)
	run := func() {
		src.Reset(in)
		r.Reset(src, 0)
		for {
			if _, err := r.Next(); err != nil {
				return
			}
		}
	}
	run()
	require.Zero(t, testing.AllocsPerRun(20, run))
}

func BenchmarkReader(b *testing.B) {
	const line = `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"你好"}}]}` + "\n\n"
	in := strings.Repeat(line, 1000)
	src := strings.NewReader(in)
	r := sse.NewReader(src, 0)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		src.Reset(in)
		r.Reset(src, 0)
		for {
			if _, err := r.Next(); err != nil {
				break
			}
		}
	}
}
