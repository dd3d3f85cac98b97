package carrier

import (
	"fmt"
	"io"
)

// A Window reads single bytes of a file, a piece at a time, for formats that are chains of small parts.
type Window struct {
	src    Source
	format string
	at     int64
	buf    []byte
	room   [16 << 10]byte
}

// NewWindow returns a window on a file.
func NewWindow(src Source, format string) *Window { return &Window{src: src, format: format} }

// Byte returns the byte at an offset.
func (w *Window) Byte(offset int64) (byte, error) {
	if i := offset - w.at; i >= 0 && i < int64(len(w.buf)) {
		return w.buf[i], nil
	}
	if offset < 0 || offset >= w.src.Size() {
		return 0, Malformed(w.format, offset, "a byte should follow and the file has %d", w.src.Size())
	}
	n, err := w.src.ReadAt(w.room[:min(int64(len(w.room)), w.src.Size()-offset)], offset)
	if n == 0 {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return 0, fmt.Errorf("%s, byte %d: %w", w.format, offset, err)
	}
	w.at, w.buf = offset, w.room[:n]
	return w.buf[0], nil
}
