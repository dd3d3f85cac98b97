package tiff

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// A Comment is a label in a comment.
type Comment struct {
	Where string
	Text  []byte
	Blank carrier.Patch // blanks for where it stands
}

// Comments returns the labels in the comments of a TIFF file or of EXIF data.
func Comments(src carrier.Source) ([]Comment, error) {
	l, d, _, err := first(src)
	if err != nil {
		return nil, err
	}
	return l.comments(src, d)
}

func (l layout) comments(src carrier.Source, d directory) ([]Comment, error) {
	var found []Comment
	look := func(d directory, tag uint16, where string) error {
		e, ok := d.find(tag)
		if !ok || e.size > carrier.MaxLabel {
			return nil
		}
		b, err := carrier.Bytes(src, name, e.at, e.size)
		if err != nil {
			return err
		}
		if c, ok := l.comment(b, tag == tagComment); ok {
			c.Where = where
			c.Blank.Offset += e.at
			found = append(found, c)
		}
		return nil
	}
	if err := look(d, tagDescription, "EXIF ImageDescription"); err != nil {
		return nil, err
	}
	e, ok := d.find(tagExif)
	if !ok || e.size != 4 && e.size != l.word() {
		return found, nil
	}
	b, err := carrier.Bytes(src, name, e.at, e.size)
	if err != nil {
		return found, err
	}
	at := int64(l.order.Uint32(b))
	if e.size == 8 {
		at = l.uint(b)
	}
	exif, err := l.directory(src, at)
	if err != nil {
		return found, err
	}
	return found, look(exif, tagComment, "EXIF UserComment")
}

// unicodes are how comments begin that are written in two bytes a character.
var unicodes = []byte("UNICODE\x00")

// comment finds a label in the value of a tag. A coded one begins with eight bytes that say how it is
// written.
func (l layout) comment(b []byte, coded bool) (Comment, bool) {
	start := 0
	if coded && len(b) >= 8 && b[0] != '{' {
		start = 8
	}
	if start == 0 || !bytes.Equal(b[:8], unicodes) {
		s, ok := carrier.Find(b[start:])
		if !ok {
			return Comment{}, false
		}
		return Comment{
			Text:  bytes.Clone(b[start+s.From : start+s.To]),
			Blank: carrier.Patch{Offset: int64(start + s.From), Bytes: []byte(s.Blank())},
		}, true
	}
	for _, order := range []binary.ByteOrder{l.order, binary.LittleEndian, binary.BigEndian} { // some write their own
		units := make([]uint16, (len(b)-start)/2)
		for i := range units {
			units[i] = order.Uint16(b[start+2*i:])
		}
		text := []byte(string(utf16.Decode(units)))
		s, ok := carrier.Find(text)
		if !ok {
			continue
		}
		before := len(utf16.Encode([]rune(string(text[:s.From]))))
		n := len(utf16.Encode([]rune(string(text[s.From:s.To]))))
		var blank []byte
		for _, c := range []byte(s.Blank()[:n]) { // as many characters, which are no more than the bytes
			blank = appendOrder(blank, order, 2, uint64(c))
		}
		return Comment{Text: text[s.From:s.To], Blank: carrier.Patch{Offset: int64(start + 2*before), Bytes: blank}}, true
	}
	return Comment{}, false
}
