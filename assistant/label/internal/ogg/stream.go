package ogg

import (
	"bytes"
	"encoding/binary"

	"github.com/zhushou-ai/zhushou/assistant/label/internal/carrier"
	"github.com/zhushou-ai/zhushou/assistant/label/internal/vorbis"
)

// A codec is what is known of one kind of stream.
type codec struct {
	name    string
	begins  string // the first packet
	comment string // the second one, before its comments
	headers int    // packets before the media
}

var codecs = [...]codec{
	{"Vorbis", "\x01vorbis", "\x03vorbis", 3},
	{"Opus", "OpusHead", "OpusTags", 2},
	{"Theora", "\x80theora", "\x81theora", 3},
	{"Speex", "Speex   ", "", 2},
	{"FLAC", "\x7fFLAC", "", 0}, // the first packet says how many
}

// A stream is one of those that a file has side by side.
type stream struct {
	codec    codec
	serial   uint32
	packets  [][]byte // the headers, without the first one
	partial  bool     // the last one goes on
	pages    uint32   // on which they stand, without the first one
	last     int64    // where the last of these begins
	done     bool
	comments vorbis.Comments
	prefix   []byte // of the packet with the comments
	shift    uint32 // by how much later pages are renumbered
}

// newStream tells from the first page what a stream is.
func newStream(src carrier.Source, p page) (*stream, error) {
	b, err := carrier.Bytes(src, name, p.at+headSize+int64(len(p.lacing)), p.body)
	if err != nil {
		return nil, err
	}
	s := &stream{serial: p.serial, done: true}
	for _, c := range codecs {
		if !bytes.HasPrefix(b, []byte(c.begins)) {
			continue
		}
		s.codec, s.done = c, false
		if c.headers == 0 {
			if len(b) < 9 || binary.BigEndian.Uint16(b[7:]) == 0 {
				s.done = true // nobody knows how many there are
				return s, nil
			}
			s.codec.headers = int(binary.BigEndian.Uint16(b[7:])) + 1
		}
	}
	return s, nil
}

// add reads a page of headers.
func (s *stream) add(src carrier.Source, p page) error {
	b, err := carrier.Bytes(src, name, p.at+headSize+int64(len(p.lacing)), p.body)
	if err != nil {
		return err
	}
	s.pages++
	s.last = p.at
	if s.partial != (p.flags&continued != 0) {
		return carrier.Malformed(name, p.at, "the headers of the %s stream are not whole", s.codec.name)
	}
	for _, v := range p.lacing {
		if !s.partial {
			if len(s.packets) == s.codec.headers-1 {
				return carrier.Malformed(name, p.at, "media follow the headers of the %s stream on the same page", s.codec.name)
			}
			s.packets = append(s.packets, nil)
		}
		i := len(s.packets) - 1
		s.packets[i] = append(s.packets[i], b[:v]...)
		b = b[v:]
		s.partial = v == 255
	}
	if s.partial || len(s.packets) < s.codec.headers-1 {
		return nil
	}
	s.done = true
	return s.parse()
}

// parse reads the comments.
func (s *stream) parse() error {
	packet := s.packets[0]
	n := len(s.codec.comment)
	if s.codec.name == "FLAC" {
		if n = 4; len(packet) < n || packet[0]&0x7f != 4 {
			return carrier.Malformed(name, s.last, "the second packet of the FLAC stream holds no comments")
		}
	} else if !bytes.HasPrefix(packet, []byte(s.codec.comment)) {
		return carrier.Malformed(name, s.last, "the second packet of the %s stream holds no comments", s.codec.name)
	}
	s.prefix = packet[:n:n]
	var err error
	s.comments, err = vorbis.Parse(packet[n:], name+" "+s.codec.name)
	return err
}

// appendHeaders writes the headers with a label as new pages.
func (s *stream) appendHeaders(b []byte, text string) ([]byte, error) {
	block := s.comments.With(text)
	if s.codec.name == "FLAC" {
		if len(block) >= 1<<24 {
			return nil, carrier.Malformed(name, s.last, "with the label the comments are too large")
		}
		s.prefix = []byte{s.prefix[0], byte(len(block) >> 16), byte(len(block) >> 8), byte(len(block))}
	}
	packets := append([][]byte{append(bytes.Clone(s.prefix), block...)}, s.packets[1:]...)
	b, pages := appendPages(b, s.serial, packets)
	s.shift = pages - s.pages
	return b, nil
}
