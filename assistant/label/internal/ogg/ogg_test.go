package ogg

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier/carriertest"
)

// sheet is a page by hand.
type sheet struct {
	flags            byte
	serial, sequence uint32
	packets          string // of less than 255 bytes, or the middle of one
}

func (s sheet) bytes() []byte {
	var lacing []byte
	n := len(s.packets)
	for ; n >= 255; n -= 255 {
		lacing = append(lacing, 255)
	}
	if n > 0 || s.flags&4 == 0 { // with 4, the packet goes on
		lacing = append(lacing, byte(n))
	}
	b := append([]byte(capture), 0, s.flags&3)
	b = binary.LittleEndian.AppendUint64(b, 7)
	b = binary.LittleEndian.AppendUint32(b, s.serial)
	b = binary.LittleEndian.AppendUint32(b, s.sequence)
	b = append(b, 0, 0, 0, 0, byte(len(lacing)))
	b = append(append(b, lacing...), s.packets...)
	seal(b)
	return b
}

func join(sheets ...sheet) []byte {
	var b []byte
	for _, s := range sheets {
		b = append(b, s.bytes()...)
	}
	return b
}

func block(prefix string, list ...string) string {
	b := binary.LittleEndian.AppendUint32([]byte(prefix), 4)
	b = binary.LittleEndian.AppendUint32(append(b, "them"...), uint32(len(list)))
	for _, v := range list {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(v))), v...)
	}
	return string(b)
}

const head = "OpusHead"

func opus(comments ...string) []byte {
	return join(sheet{2, 5, 0, head}, sheet{0, 5, 1, block("OpusTags", comments...)},
		sheet{0, 5, 2, "media one"}, sheet{0, 6, 9, "of nobody"}, sheet{0, 5, 3, "media two"})
}

// vorbis has its second and third header on one page.
func vorbisFile(comments ...string) []byte {
	first, tags := sheet{2, 5, 0, "\x01vorbis"}, block("\x03vorbis", comments...)+"\x01"
	pages, n := appendPages(nil, 5, [][]byte{[]byte(tags), []byte("\x05vorbis" + strings.Repeat("s", 600))})
	return append(append(first.bytes(), pages...), join(sheet{0, 5, n + 1, "media one"}, sheet{0, 5, n + 2, "media two"})...)
}

func flacFile() []byte {
	tags := block("")
	tags = "\x04\x00\x00" + string(byte(len(tags))) + tags
	return join(sheet{2, 5, 0, "\x7fFLAC\x01\x00\x00\x02"}, sheet{0, 5, 1, tags}, sheet{0, 5, 2, "\x86\x00\x00\x01p"}, sheet{0, 5, 3, "media one"}, sheet{0, 5, 4, "media two"})
}

// films has two streams whose headers come in turns.
func films() []byte {
	return join(sheet{2, 5, 0, "\x80theora"}, sheet{2, 6, 0, head}, sheet{2, 7, 0, "fishead\x00"},
		sheet{0, 5, 1, block("\x81theora")}, sheet{0, 6, 1, block("OpusTags")}, sheet{0, 5, 2, "\x82theora"},
		sheet{0, 5, 3, "media one"}, sheet{0, 6, 2, "media two"})
}

// requireSound checks the numbers and sums of all pages.
func requireSound(t *testing.T, file []byte) {
	t.Helper()
	next := map[uint32]uint32{6: 9}
	if bytes.Contains(file, []byte("fishead")) {
		next[6] = 0
	}
	src := bytes.NewReader(file)
	for at := int64(0); at < src.Size(); {
		p, err := readPage(src, at)
		require.NoError(t, err)
		b := bytes.Clone(file[at : at+p.size()])
		seal(b)
		require.Equal(t, b, file[at:at+p.size()], "the sum of the page at %d", at)
		require.Equal(t, next[p.serial], p.sequence, "the number of the page at %d", at)
		next[p.serial] = p.sequence + 1
		at += p.size()
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 65_000) // with the label, more than a page
	for name, file := range map[string][]byte{
		"Opus":                                   opus("TITLE=a"),
		"Vorbis":                                 vorbisFile("TITLE=a"),
		"FLAC":                                   flacFile(),
		"Theora":                                 films(),
		"Speex":                                  join(sheet{2, 5, 0, "Speex   1"}, sheet{0, 5, 1, block("")}, sheet{0, 5, 2, "media one"}, sheet{0, 5, 3, "media two"}),
		"Vorbis whose comments grow over a page": vorbisFile(long),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requireSound(t, file)
			labelled := carriertest.RoundTrip(t, Read, Write, file)
			requireSound(t, labelled)
			for _, part := range []string{"media one", "media two", "TITLE=a", "of nobody", "fishead"} {
				require.Equal(t, bytes.Count(file, []byte(part)), bytes.Count(labelled, []byte(part)), part)
			}
			require.Equal(t, labelled, carriertest.Put(t, Write, carriertest.Put(t, Write, labelled, carriertest.Longer), carriertest.Label))
			if len(file) < 4000 {
				cut(t, labelled)
			}
		})
	}
}

// cut cuts the file within its headers; the media are not looked at.
func cut(t *testing.T, file []byte) {
	t.Helper()
	for n := range bytes.Index(file, []byte("media one")) - headSize - 1 {
		carriertest.Any(t, Read, Write, file[:n])
	}
	_, err := Read(bytes.NewReader(file[:headSize+20]))
	require.ErrorIs(t, err, carrier.ErrMalformed)
}

// Comments that take more pages than before move the numbers of all pages of that stream, up to where
// another stream begins, and no others.
func TestRenumbered(t *testing.T) {
	t.Parallel()
	chained := sheet{2, 5, 0, "another begins"}.bytes()
	file := append(append(opus(strings.Repeat("x", 65_000)), chained...), "no page"...)
	labelled := carriertest.Put(t, Write, file, carriertest.Label)
	carriertest.Has(t, Read, labelled, carriertest.Label)
	require.True(t, bytes.HasSuffix(labelled, append(chained, "no page"...)))
	requireSound(t, labelled[:len(labelled)-len(chained)-len("no page")])
	require.True(t, bytes.Contains(labelled, sheet{0, 5, 4, "media two"}.bytes()), "it had the number 3")
}

// A packet that is a multiple of 255 long, and one that ends with its page.
func TestLacing(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 254, 255, 256, 510, 255*254 + 1, 255 * 255, 255*255 + 1, 255 * 510, 200_000} {
		packets := [][]byte{bytes.Repeat([]byte("a"), n), []byte("b")}
		pages, count := appendPages(nil, 5, packets)
		s := &stream{codec: codec{"x", "", strings.Repeat("a", min(n, 1)), 3}, serial: 5}
		src := bytes.NewReader(pages)
		at := int64(0)
		for i := range count {
			p, err := readPage(src, at)
			require.NoError(t, err)
			require.Equal(t, i+1, p.sequence)
			_ = s.add(src, p) // the comments are none
			at += p.size()
		}
		require.Equal(t, src.Size(), at)
		require.Equal(t, packets, [][]byte{append([]byte{}, s.packets[0]...), s.packets[1]}, "%d", n)
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	first := sheet{2, 5, 0, head}
	for name, file := range map[string][]byte{
		"no stream":             sheet{0, 5, 0, head}.bytes(),
		"page cut off":          first.bytes()[:30],
		"headers do not end":    join(first, sheet{4, 5, 1, "OpusTags" + strings.Repeat("x", 247)}),
		"no comments":           join(first, sheet{0, 5, 1, "Tags"}),
		"not whole":             join(first, sheet{4, 5, 1, "OpusTags" + strings.Repeat("x", 247)}, sheet{0, 5, 2, "x"}),
		"media on the page":     append(first.bytes(), two()...),
		"FLAC without comments": join(sheet{2, 5, 0, "\x7fFLAC\x01\x00\x00\x01"}, sheet{0, 5, 1, "\x86\x00\x00\x01p"}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(bytes.NewReader(file))
			require.ErrorIs(t, err, carrier.ErrMalformed)
			require.ErrorIs(t, Write(io.Discard, bytes.NewReader(file), "x"), carrier.ErrMalformed)
		})
	}
	unknown := join(sheet{2, 5, 0, "unknown"}, sheet{0, 5, 1, "media"})
	require.ErrorIs(t, Write(io.Discard, bytes.NewReader(unknown), "x"), carrier.ErrMalformed)
	both := bytes.ReplaceAll(films(), sheet{0, 6, 1, block("OpusTags")}.bytes(), sheet{0, 6, 1, block("OpusTags", "AIGC={}")}.bytes())
	require.ErrorContains(t, Write(io.Discard, bytes.NewReader(both), "x"), "has a label of its own")
}

// two are comments and media on one page.
func two() []byte {
	pages, _ := appendPages(nil, 5, [][]byte{[]byte(block("OpusTags")), []byte("media")})
	return pages
}

func FuzzReadWrite(f *testing.F) {
	carriertest.Fuzz(f, Read, Write, opus("TITLE=a"), vorbisFile("AIGC=x"), flacFile(), films())
}
