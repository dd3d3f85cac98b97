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
	piece  string          // instead of the buffer, if not empty: the text is part of one piece
	offset int             // of the text
	hold   hold

	narrow bool // nothing that is looked for begins with a plain character
	quiet  bool // nothing has begun that is narrow
	plain  bool // the last character is plain, or there is none
	let    int  // offset up to which the text could go on its way
}

// Stream returns a stream at the beginning of a text.
func (d Detector) Stream() *Stream {
	return &Stream{finder: finder{detector: d}, narrow: d.wanted()&anywhere == 0, quiet: true, plain: true}
}

// bufferSize is how many bytes a stream allocates at once.
const bufferSize = 2 * maxBlock

// Append reads the next piece of the text and appends to found what is now certain. Offsets count from the beginning
// of the text.
func (s *Stream) Append(found []Finding, piece string) []Finding {
	s.open()
	if s.narrow && s.quiet {
		at, whole := s.glance(piece)
		s.pass(piece, at)
		if whole && len(s.text())-s.finder.cutter.start < maxBlock {
			return found
		}
	} else {
		s.add(piece)
	}
	return s.read(found, false)
}

// glance looks for something that may begin in a piece after which nothing has begun, and reports whether there is
// nothing in the whole piece. At is the offset of a block in it with nothing before, or 0.
func (s *Stream) glance(piece string) (at int, whole bool) {
	for i := 0; ; {
		n := s.begins.plain.prefix(piece[i:])
		if end := s.finder.table.lastMark(piece[i:i+n], s.plain); end > 0 {
			at = i + end
		}
		if i += n; i == len(piece) {
			s.plain = s.plain || n > 0
			return at, true
		}
		if n = s.harmless(piece[i:]); n == 0 {
			return at, false
		}
		i += n
		s.plain = false
	}
}

func (s *Stream) open() {
	if s.begins == nil {
		s.begins = beginningTable()
		s.finder.open()
	}
}

// pass makes the text longer, and begins a block at the offset in the piece, if that is not 0: there is nothing before
// it.
func (s *Stream) pass(piece string, at int) {
	if at < lookBehind {
		s.add(piece)
		if at > 0 {
			s.finder.cutter.settle(len(s.text()) - len(piece) + at)
			s.drop()
		}
		return
	}
	s.offset += len(s.text()) + at - lookBehind
	s.piece = piece[at-lookBehind:]
	s.finder.cutter.settle(lookBehind)
}

// text returns what is undecided, and a little before it.
func (s *Stream) text() string {
	if s.piece != "" {
		return s.piece
	}
	return s.buffer.String()[s.from:]
}

// add makes the text longer.
func (s *Stream) add(piece string) {
	if s.piece != "" || s.buffer.Cap()-s.buffer.Len() < len(piece) {
		s.move(len(piece))
	}
	s.buffer.WriteString(piece)
}

// move writes the text at the end of the buffer, and makes room for more.
func (s *Stream) move(more int) {
	text := s.text()
	if size := len(text) + more; s.buffer.Cap()-s.buffer.Len() < size {
		s.buffer.Reset()
		s.buffer.Grow(max(bufferSize, 2*size))
	}
	s.from, s.piece = s.buffer.Len(), ""
	s.buffer.WriteString(text)
}

// drop forgets the text that is not looked at again.
func (s *Stream) drop() {
	c := &s.finder.cutter
	drop := c.start - lookBehind
	if drop <= 0 {
		return
	}
	if s.piece != "" {
		s.piece = s.piece[drop:]
	} else {
		s.from += drop
	}
	s.offset += drop
	c.start -= drop
	c.next -= drop
}

// Flush ends the text and appends to found what waited for more of it. The stream is then at the beginning of another
// text.
func (s *Stream) Flush(found []Finding) []Finding {
	s.open()
	found = s.read(found, true)
	*s = Stream{finder: finder{detector: s.finder.detector}, narrow: s.narrow, quiet: true, plain: true}
	return found
}

func (s *Stream) read(found []Finding, final bool) []Finding {
	f := &s.finder
	defer f.close()
	text := s.text()
	for {
		some, ok := f.next(text, final)
		if !ok {
			break
		}
		for _, one := range some {
			one.Start += s.offset
			one.End += s.offset
			found = append(found, one)
		}
	}
	s.quiet, s.plain = f.cutter.start == len(text), false
	s.drop()
	return found
}

// Pending returns how many bytes at the end of what was read can still become part of something that was not yet
// found, or more. What lies before them is settled and can go on its way. It is less than 1100.
func (s *Stream) Pending() int {
	if s.narrow && s.quiet {
		return 0
	}
	start := s.finder.cutter.start
	block := s.text()[start:]
	h := &s.hold
	if h.block != s.offset+start || h.seen > len(block) {
		*h = hold{block: s.offset + start}
	}
	want := s.finder.detector.wanted()
	h.read(s.begins, block, want)
	at := min(h.earliest(h.seen, want), keptBlock-utf8.UTFMax)
	if s.narrow {
		at = max(at, s.let-h.block)
		for n := -1; n != 0 && at < len(block); at += n {
			n = s.harmless(block[at:])
		}
	}
	at = h.mail.before(at)
	s.let = h.block + at
	s.quiet = at == len(block) && h.mailing == noMail
	return len(block) - at
}
