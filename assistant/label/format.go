package label

import (
	"errors"
	"fmt"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/avi"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/flac"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/flv"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/gif"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/heif"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/id3"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/isobmff"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/jpeg"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/markdown"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/matroska"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/ogg"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/ooxml"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/pdf"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/png"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/tiff"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/wav"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/webp"
)

// A Source is a file to be read, such as a [bytes.Reader] or an [io.SectionReader].
type Source interface {
	io.ReaderAt
	Size() int64
}

// A format is what this package knows about one kind of file.
type format struct {
	name  string
	sniff func(head []byte) bool
	read  func(carrier.Source) ([]carrier.Found, error)
	write func(dst io.Writer, src carrier.Source, text string) error
}

// formats are tried in order: those that are known by a signature first.
var formats = [...]format{
	{"PNG", png.Sniff, png.Read, png.Write},
	{"JPEG", jpeg.Sniff, jpeg.Read, jpeg.Write},
	{"WebP", webp.Sniff, webp.Read, webp.Write},
	{"GIF", gif.Sniff, gif.Read, gif.Write},
	{"TIFF", tiff.Sniff, tiff.Read, tiff.Write},
	{"WAV", wav.Sniff, wav.Read, wav.Write},
	{"FLAC", flac.Sniff, flac.Read, flac.Write},
	{"Ogg", ogg.Sniff, ogg.Read, ogg.Write},
	{"HEIF", heif.Sniff, heif.Read, readOnly},
	{"MP4", isobmff.Sniff, isobmff.Read, isobmff.Write},
	{"Matroska", matroska.Sniff, matroska.Read, matroska.Write},
	{"FLV", flv.Sniff, flv.Read, flv.Write},
	{"AVI", avi.Sniff, avi.Read, avi.Write},
	{"OOXML", ooxml.Sniff, ooxml.Read, ooxml.Write},
	{"PDF", pdf.Sniff, pdf.Read, pdf.Write},
	{"MP3", id3.Sniff, id3.Read, id3.Write},                     // two bytes only, if it has no tag
	{"Markdown", markdown.Sniff, markdown.Read, markdown.Write}, // any text
}

// readOnly stands for the functions of formats that nothing is written to.
func readOnly(io.Writer, carrier.Source, string) error {
	return fmt.Errorf("%w: files of this kind are read and not written", ErrFormat)
}

// ErrFormat says that a file is of no kind that has a place for a label, or of one that is not known.
var ErrFormat = errors.New("no known place for a label in such a file")

// ErrMalformed is matched by errors about files that are not what they seem to be.
var ErrMalformed = carrier.ErrMalformed

// headSize is how much of a file is looked at to know its format.
const headSize = 4096

// detect tells the format of a file.
func detect(src Source) (*format, error) {
	head := make([]byte, min(headSize, max(0, src.Size())))
	n, err := src.ReadAt(head, 0)
	if n < len(head) && err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	for i := range formats {
		if formats[i].sniff(head[:n]) {
			return &formats[i], nil
		}
	}
	return nil, ErrFormat
}
