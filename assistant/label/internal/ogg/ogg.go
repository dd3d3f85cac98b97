package ogg

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
)

// Sniff reports whether a file that begins like head is an Ogg recording or film.
func Sniff(head []byte) bool { return bytes.HasPrefix(head, []byte(capture)) }

// maxStreams is how many streams a file may have at once.
const maxStreams = 64

// A file is what is known of one.
type file struct {
	streams []*stream
	pages   []page // up to the last header, in order
	end     int64  // of them
}

// look reads all headers.
func look(src carrier.Source) (*file, error) {
	f := &file{}
	held := int64(0)
	for n := 0; ; n++ {
		if f.end == src.Size() && n > 0 {
			for _, s := range f.streams {
				if !s.done {
					return f, carrier.Malformed(name, f.end, "the headers of the %s stream are not whole", s.codec.name)
				}
			}
			return f, nil
		}
		p, err := readPage(src, f.end)
		if err != nil {
			return f, err
		}
		s := f.stream(p.serial)
		switch {
		case p.flags&begins != 0 && s == nil:
			if s, err = newStream(src, p); err != nil {
				return f, err
			}
			if f.streams = append(f.streams, s); len(f.streams) > maxStreams {
				return f, carrier.Malformed(name, p.at, "more than %d streams side by side", maxStreams)
			}
		case p.flags&begins != 0 && !f.done():
			return f, carrier.Malformed(name, p.at, "a stream begins twice")
		case n == 0:
			return f, carrier.Malformed(name, 0, "it does not begin with a stream")
		case f.done():
			return f, nil // here the media begin
		case s != nil && !s.done:
			if err := s.add(src, p); err != nil {
				return f, err
			}
		}
		if held += p.size(); held > carrier.MaxMetadata || n == carrier.MaxItems {
			return f, carrier.Malformed(name, p.at, "the headers do not end")
		}
		f.pages = append(f.pages, p)
		f.end += p.size()
	}
}

func (f *file) stream(serial uint32) *stream {
	for _, s := range f.streams {
		if s.serial == serial {
			return s
		}
	}
	return nil
}

func (f *file) done() bool {
	for _, s := range f.streams {
		if !s.done {
			return false
		}
	}
	return true
}

// Read finds every label.
func Read(src carrier.Source) ([]carrier.Found, error) {
	f, err := look(src)
	var found []carrier.Found
	for _, s := range f.streams {
		for _, l := range s.comments.Labels() {
			found = append(found, carrier.Found{Where: name + " " + s.codec.name + " comment", Text: l})
		}
	}
	return found, err
}

// Write puts the label into the comments of the first stream that has some. The pages of that stream are
// numbered anew where the comments take more or fewer pages than before.
func Write(dst io.Writer, src carrier.Source, text string) error {
	f, err := look(src)
	if err != nil {
		return err
	}
	var target *stream
	for _, s := range f.streams {
		switch has := len(s.packets) > 0; {
		case has && target == nil:
			target = s
		case has && len(s.comments.Labels()) > 0:
			return carrier.Malformed(name, s.last, "a second stream, %s, has a label of its own", s.codec.name)
		}
	}
	if target == nil {
		return carrier.Malformed(name, 0, "none of its streams has comments that are known")
	}
	headers, err := target.appendHeaders(nil, text)
	if err != nil {
		return err
	}
	for _, p := range f.pages {
		switch {
		case p.serial != target.serial || p.flags&begins != 0 || p.at > target.last:
			err = carrier.Copy(dst, src, p.at, p.size())
		case p.at == target.last:
			_, err = dst.Write(headers)
		}
		if err != nil {
			return err
		}
	}
	return f.rest(dst, src, target)
}

// rest copies the media.
func (f *file) rest(dst io.Writer, src carrier.Source, target *stream) error {
	at := f.end
	if target.shift == 0 {
		return carrier.Copy(dst, src, at, src.Size()-at)
	}
	same := at // where what is copied as it is begins
	for at < src.Size() {
		p, err := readPage(src, at)
		if err != nil {
			break // not of a stream: copied as it is
		}
		at += p.size()
		if p.serial != target.serial {
			continue
		}
		if p.flags&begins != 0 {
			break // another stream with the same number follows
		}
		if err := carrier.Copy(dst, src, same, p.at-same); err != nil {
			return err
		}
		same = at
		b, err := carrier.Bytes(src, name, p.at, p.size())
		if err != nil {
			return err
		}
		binary.LittleEndian.PutUint32(b[18:], p.sequence+target.shift)
		seal(b)
		if _, err := dst.Write(b); err != nil {
			return err
		}
	}
	return carrier.Copy(dst, src, same, src.Size()-same)
}
