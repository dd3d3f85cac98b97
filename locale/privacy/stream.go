package privacy

import (
	"strings"
	"unicode/utf8"
)

// A Stream finds private data in a text that arrives in pieces, such as the answer of a model. What it finds does not
// depend on how the text is cut, not even inside a character, and is what [Detector.Find] finds in the whole. It keeps
// no more of the text than is undecided, about a thousand bytes at most.
//
// A Stream must not be copied nor used by two goroutines at once.
type Stream struct {
	finder finder
	begins *beginnings
	buffer strings.Builder // what has arrived
	from   int             // of the text in it
	text   string          // what is undecided, and a little before it
	offset int             // of text
	hold   hold
}

// Stream returns a stream at the beginning of a text.
func (d Detector) Stream() *Stream {
	return &Stream{finder: finder{detector: d}}
}

// bufferSize is how many bytes a stream allocates at once.
const bufferSize = 2 * maxBlock

// Append reads the next piece of the text and appends to found what is now certain. Offsets count from the beginning
// of the text.
func (s *Stream) Append(found []Finding, piece string) []Finding {
	s.add(piece)
	return s.read(found, false)
}

// add makes the text longer.
func (s *Stream) add(piece string) {
	if s.buffer.Cap()-s.buffer.Len() < len(piece) {
		s.buffer.Reset()
		s.buffer.Grow(max(bufferSize, 2*(len(s.text)+len(piece))))
		s.buffer.WriteString(s.text)
		s.from = 0
	}
	s.buffer.WriteString(piece)
	s.text = s.buffer.String()[s.from:]
}

// Flush ends the text and appends to found what waited for more of it. The stream is then at the beginning of another
// text.
func (s *Stream) Flush(found []Finding) []Finding {
	found = s.read(found, true)
	s.finder.cutter = cutter{}
	s.buffer.Reset()
	s.from, s.text, s.offset, s.hold = 0, "", 0, hold{}
	return found
}

func (s *Stream) read(found []Finding, final bool) []Finding {
	f := &s.finder
	if s.begins == nil {
		s.begins = beginningTable()
		f.open()
	}
	defer f.close()
	for {
		some, ok := f.next(s.text, final)
		if !ok {
			break
		}
		for _, one := range some {
			one.Start += s.offset
			one.End += s.offset
			found = append(found, one)
		}
	}
	if drop := f.cutter.start - lookBehind; drop > 0 {
		s.text = s.text[drop:]
		s.from += drop
		s.offset += drop
		f.cutter.start -= drop
		f.cutter.next -= drop
	}
	return found
}

// Pending returns how many bytes at the end of what was read can still become part of something that was not yet
// found, or more. What lies before them is settled and can go on its way. It is less than 1100.
func (s *Stream) Pending() int {
	start := s.finder.cutter.start
	block := s.text[start:]
	if h := &s.hold; h.block != s.offset+start || h.seen > len(block) {
		*h = hold{block: s.offset + start}
	}
	want := s.finder.detector.Types
	if want == 0 {
		want = AllTypes
	}
	s.hold.read(s.begins, block, want)
	return len(block) - min(s.hold.earliest(s.hold.seen, want), keptBlock-utf8.UTFMax)
}
