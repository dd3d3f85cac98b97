// Package carrier is what the packages of the file formats have in common: how they are asked, what they
// find, and the bounds that keep a hostile file from costing more than it should.
//
// A format is a package with two functions:
//
//	// Read finds every label in the file, well-formed or not.
//	func Read(src carrier.Source) ([]carrier.Found, error)
//
//	// Write copies the file with text as its one label, at the place that the format has for it. Labels
//	// that the file had are not copied; everything else is, byte for byte where the format allows it, and
//	// the media always.
//	func Write(dst io.Writer, src carrier.Source, text string) error
//
// Both read no more than they must: media are copied and never decoded, lengths are believed only as far as
// the file goes, and everything held in memory is bounded by [MaxMetadata].
package carrier

import (
	"errors"
	"fmt"
	"io"
)

// A Source is a file to be read: a [bytes.Reader], an [io.SectionReader].
type Source interface {
	io.ReaderAt
	Size() int64
}

// Found is one label in a file.
type Found struct {
	Where string // such as "PNG iTXt XMP"
	Text  []byte // the label's JSON as it is there
	// Alternative says that readers look there, and the guides name another place first.
	Alternative bool
}

// Bounds of what is held in memory.
const (
	MaxMetadata = 64 << 20 // of one file's metadata
	MaxLabel    = 1 << 20  // of one label
	MaxItems    = 1 << 20  // boxes, chunks, tags of one file
	MaxFound    = 64       // labels of one file
)

// Add appends a label that was found at an offset. It fails where there are too many, or it is too long.
func Add(found []Found, format string, offset int64, f Found) ([]Found, error) {
	switch {
	case len(found) == MaxFound:
		return found, Malformed(format, offset, "more than %d labels", MaxFound)
	case len(f.Text) > MaxLabel:
		return found, Malformed(format, offset, "a label of %d bytes", len(f.Text))
	}
	return append(found, f), nil
}

// ErrMalformed is matched by errors about files that are not what they seem to be.
var ErrMalformed = errors.New("malformed file")

// Malformed returns an error that matches [ErrMalformed] and says what is wrong at which byte.
func Malformed(format string, offset int64, what string, args ...any) error {
	return fmt.Errorf("%s, byte %d: %w: %s", format, offset, ErrMalformed, fmt.Sprintf(what, args...))
}

// Bytes reads n bytes at offset. It fails without reading if they are not all in the file or are too many.
func Bytes(src Source, format string, offset, n int64) ([]byte, error) {
	switch {
	case n < 0 || offset < 0 || offset > src.Size() || n > src.Size()-offset:
		return nil, Malformed(format, offset, "%d bytes should follow and the file has %d", n, src.Size())
	case n > MaxMetadata:
		return nil, Malformed(format, offset, "%d bytes of metadata, at most %d are read", n, int64(MaxMetadata))
	}
	b := make([]byte, n)
	if m, err := src.ReadAt(b, offset); m < len(b) {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("%s, byte %d: %w", format, offset, err)
	}
	return b, nil
}

// Copy copies n bytes at offset. Where both ends are files the operating system copies.
func Copy(dst io.Writer, src Source, offset, n int64) error {
	if n == 0 {
		return nil
	}
	var from io.Reader = io.NewSectionReader(src, offset, n)
	if s, ok := src.(interface{ Section(off, n int64) io.Reader }); ok {
		from = s.Section(offset, n)
	}
	m, err := io.Copy(dst, from)
	if err == nil && m < n {
		err = io.ErrUnexpectedEOF
	}
	return err
}
