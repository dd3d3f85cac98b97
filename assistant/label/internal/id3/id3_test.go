package id3

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
)

const sound = "\xff\xfb\x90\x00 the recording \xff\x00\xff"

// tagged builds a file with a tag.
func tagged(version, flags byte, body string) []byte {
	b := appendSyncsafe([]byte{'I', 'D', '3', version, 0, flags}, int64(len(body)))
	return append(append(b, body...), sound...)
}

// entry builds a frame.
func entry(version byte, id string, flags byte, body string) string {
	n := len(body)
	switch version {
	case 2:
		return id + string([]byte{byte(n >> 16), byte(n >> 8), byte(n)}) + body
	case 3:
		return id + string([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n), 0, flags}) + body
	}
	return id + string(append(appendSyncsafe(nil, int64(n)), 0, flags)) + body
}

func wide16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	title2, title3, title4 := entry(2, "TT2", 0, "\x00abc"), entry(3, "TIT2", 0, "\x00abc"), entry(4, "TIT2", 0, "\x03abc")
	pad := string(make([]byte, 4000))
	for name, c := range map[string]struct {
		file   []byte
		title  string
		inside bool // the tag has room
	}{
		"no tag":               {[]byte(sound), "", false},
		"version 2":            {tagged(2, 0, title2), title2, false},
		"version 3":            {tagged(3, 0, title3), title3, false},
		"version 4":            {tagged(4, 0, title4), title4, false},
		"padding":              {tagged(3, 0, title3+pad), title3, true},
		"footer":               {append(append(tagged(4, footer, title4)[:10+len(title4)], "3DI\x04\x00\x10\x00\x00\x00\x00"...), sound...), title4, false},
		"extended, version 3":  {tagged(3, extended, "\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00"+title3), title3, false},
		"extended, version 4":  {tagged(4, extended, "\x00\x00\x00\x06\x01\x00"+title4), title4, false},
		"unsynchronised":       {tagged(3, unsynchronised, entry(3, "TIT2", 0, "\x00a\xffb")[:13]+"\x00b"), entry(3, "TIT2", 0, "\x00a\xffb")[:12], false},
		"another user's text":  {tagged(4, 0, title4+entry(4, "TXXX", 0, "\x00mine\x00x")), title4 + entry(4, "TXXX", 0, "\x00mine\x00x"), false},
		"sizes of version 3":   {tagged(4, 0, entry(3, "TIT2", 0, "\x03"+string(bytes.Repeat([]byte("a"), 200)))+title4), title4, false},
		"padding, just enough": {tagged(3, 0, title3+pad[:len(entry(3, "TXXX", 0, "\x00AIGC\x00"+carriertest.Longer))]), title3, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.True(t, Sniff(c.file))
			labelled := carriertest.RoundTrip(t, Read, Write, c.file)
			require.True(t, bytes.HasSuffix(labelled, []byte(sound)), "the recording changed")
			require.Equal(t, 1, bytes.Count(labelled, []byte("the recording")))
			require.Contains(t, string(labelled), c.title)
			require.Equal(t, c.inside, len(labelled) == len(c.file))
			again := carriertest.Put(t, Write, labelled, carriertest.Longer)
			require.Len(t, again, len(labelled), "an update finds room")
			carriertest.Cut(t, Read, Write, labelled)
		})
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"Latin-1":        tagged(3, 0, entry(3, "TXXX", 0, "\x00AIGC\x00"+carriertest.Label)),
		"ended":          tagged(3, 0, entry(3, "TXXX", 0, "\x00aigc\x00"+carriertest.Label+"\x00")),
		"UTF-8":          tagged(4, 0, entry(4, "TXXX", 0, "\x03AIGC\x00"+carriertest.Label)),
		"UTF-16":         tagged(3, 0, entry(3, "TXXX", 0, "\x01"+wide16("AIGC\x00\ufeff"+carriertest.Label))),
		"version 2":      tagged(2, 0, entry(2, "TXX", 0, "\x00AIGC\x00"+carriertest.Label)),
		"with a length":  tagged(4, 0, entry(4, "TXXX", frameLength, "\x00\x00\x00\x40\x03AIGC\x00"+carriertest.Label)),
		"in a group":     tagged(3, 0, entry(3, "TXXX", frameGroup3, "g\x00AIGC\x00"+carriertest.Label)),
		"in a group (4)": tagged(4, 0, entry(4, "TXXX", frameGroup4, "g\x00AIGC\x00"+carriertest.Label)),
		"unsynchronised": tagged(4, unsynchronised, entry(4, "TXXX", frameUnsynchronised, "\x00AIGC\x00"+carriertest.Label)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			carriertest.Has(t, Read, file, carriertest.Label)
			labelled := carriertest.Put(t, Write, file, carriertest.Longer)
			carriertest.Has(t, Read, labelled, carriertest.Longer)
		})
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"tag longer than the file":   []byte("ID3\x03\x00\x00\x7f\x7f\x7f\x7fTIT2"),
		"frame longer than the tag":  tagged(3, 0, "TIT2\x7f\xff\xff\xff\x00\x00"),
		"extended header, too long":  tagged(3, extended, "\x7f\xff\xff\xff"),
		"extended header, cut":       tagged(3, extended, "\x00"),
		"extended header, too short": tagged(4, extended, "\x00\x00\x00\x01"),
		"packed, version 2":          tagged(2, extended, ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(bytes.NewReader(file))
			require.ErrorIs(t, err, carrier.ErrMalformed)
			require.ErrorIs(t, Write(io.Discard, bytes.NewReader(file), "x"), carrier.ErrMalformed)
		})
	}
}

func TestSniff(t *testing.T) {
	t.Parallel()
	for _, no := range []string{"", "ID3", "ID3\x09\x00\x00\x00\x00\x00\x00", "\xff\xd8\xff\xe0", "\xff\xf1\x50\x80", "\xff\xfe\x41\x00"} {
		require.False(t, Sniff([]byte(no)), "%q", no)
	}
}

func FuzzReadWrite(f *testing.F) {
	carriertest.Fuzz(f, Read, Write, []byte(sound), tagged(2, 0, entry(2, "TT2", 0, "\x00abc")), tagged(4, 0, entry(4, "TIT2", 0, "\x03abc")),
		tagged(3, unsynchronised, entry(3, "TXXX", 0, "\x00AIGC\x00x")), tagged(3, extended, "\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00"))
}
