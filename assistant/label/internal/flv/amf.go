package flv

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// Markers of AMF0 values.
const (
	amfNumber  = 0
	amfBool    = 1
	amfString  = 2
	amfObject  = 3
	amfNull    = 5
	amfUndef   = 6
	amfRef     = 7
	amfArray   = 8 // with names
	amfEnd     = 9
	amfList    = 10
	amfDate    = 11
	amfLong    = 12
	amfNothing = 13
	amfXML     = 15
)

// maxDepth bounds how deep values are nested.
const maxDepth = 32

var (
	onMetaData = []byte("\x02\x00\x0aonMetaData")
	emptyMeta  = append(append([]byte(nil), onMetaData...), amfArray, 0, 0, 0, 0)
)

// A meta is the data of an onMetaData tag, taken apart.
type meta struct {
	prefix    []byte // name, marker, and the count of an array
	fields    []field
	suffix    []byte // what follows the end of the fields
	positions []int  // where numbers stand that count from the start of the file
}

type field struct {
	name string
	all  []byte // name and value
	text []byte // of a string
}

// parseMeta takes the data of a script tag apart. It reports false if that is no onMetaData.
func parseMeta(data []byte) (m meta, ok bool, err error) {
	if !bytes.HasPrefix(data, onMetaData) {
		return m, false, nil
	}
	at := len(onMetaData)
	switch {
	case at < len(data) && data[at] == amfObject:
		at++
	case at+5 <= len(data) && data[at] == amfArray:
		at += 5
	default:
		return m, false, errors.New("it is no object")
	}
	m.prefix = data[:at]
	w := walker{data: data, at: at}
	err = w.fields(0, func(name string, start, value int) {
		f := field{name: name, all: data[start:w.at]}
		switch {
		case data[value] == amfString:
			f.text = data[value+3 : w.at]
		case data[value] == amfLong:
			f.text = data[value+5 : w.at]
		}
		m.fields = append(m.fields, f)
	})
	if err != nil {
		return m, false, err
	}
	m.suffix, m.positions = data[w.at:], w.positions
	return m, true, nil
}

// with returns the data with text as the label; with an empty text, without any.
func (m *meta) with(text string) []byte {
	out := bytes.Clone(m.prefix)
	n := 0
	for _, f := range m.fields {
		if f.name != keyLabel {
			out = append(out, f.all...)
			n++
		}
	}
	if text != "" {
		out = append(out, 0, byte(len(keyLabel)))
		out = append(out, keyLabel...)
		if len(text) < 1<<16 {
			out = binary.BigEndian.AppendUint16(append(out, amfString), uint16(len(text)))
		} else {
			out = binary.BigEndian.AppendUint32(append(out, amfLong), uint32(len(text)))
		}
		out = append(out, text...)
		n++
	}
	if k := len(m.prefix); m.prefix[k-1] != amfObject || len(m.prefix) != len(onMetaData)+1 {
		binary.BigEndian.PutUint32(out[k-4:], uint32(n))
	}
	out = append(out, 0, 0, amfEnd)
	return append(out, m.suffix...)
}

// A walker goes over values.
type walker struct {
	data      []byte
	at        int
	items     int
	place     bool // numbers are positions in the file
	positions []int
}

var errShort = errors.New("a value is cut short")

func (w *walker) take(n int) error {
	if n < 0 || n > len(w.data)-w.at {
		return errShort
	}
	w.at += n
	return nil
}

// fields goes over names and values up to their end, and calls do after each if it is not nil.
func (w *walker) fields(depth int, do func(name string, start, value int)) error {
	for {
		start := w.at
		if err := w.take(2); err != nil {
			return err
		}
		n := int(binary.BigEndian.Uint16(w.data[start:]))
		if n == 0 && w.at < len(w.data) && w.data[w.at] == amfEnd {
			w.at++
			return nil
		}
		if err := w.take(n); err != nil {
			return err
		}
		name, value := string(w.data[start+2:w.at]), w.at
		was := w.place
		w.place = was || name == "filepositions" || name == "lastkeyframelocation" || name == "filesize"
		if err := w.value(depth + 1); err != nil {
			return fmt.Errorf("field %q: %w", name, err)
		}
		w.place = was
		if do != nil {
			do(name, start, value)
		}
	}
}

func (w *walker) value(depth int) error {
	if w.items++; depth > maxDepth || w.items > carrier.MaxItems {
		return errors.New("too many values")
	}
	marker := w.at
	if err := w.take(1); err != nil {
		return err
	}
	switch w.data[marker] {
	case amfNumber:
		if w.place {
			w.positions = append(w.positions, w.at)
		}
		return w.take(8)
	case amfBool:
		return w.take(1)
	case amfString:
		return w.sized(2)
	case amfLong, amfXML:
		return w.sized(4)
	case amfNull, amfUndef, amfNothing:
		return nil
	case amfRef:
		return w.take(2)
	case amfDate:
		return w.take(10)
	case amfArray:
		if err := w.take(4); err != nil {
			return err
		}
		return w.fields(depth, nil)
	case amfObject:
		return w.fields(depth, nil)
	case amfList:
		at := w.at
		if err := w.take(4); err != nil {
			return err
		}
		for range binary.BigEndian.Uint32(w.data[at:]) {
			if err := w.value(depth + 1); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("a value of the unknown kind %d", w.data[marker])
}

// sized takes a length of so many bytes and what it counts.
func (w *walker) sized(width int) error {
	at := w.at
	if err := w.take(width); err != nil {
		return err
	}
	n := int(binary.BigEndian.Uint16(w.data[at:]))
	if width == 4 {
		long := binary.BigEndian.Uint32(w.data[at:])
		if uint64(long) > uint64(len(w.data)) {
			return errShort
		}
		n = int(long)
	}
	return w.take(n)
}
