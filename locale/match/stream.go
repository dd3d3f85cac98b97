package match

import "unicode/utf8"

// A Stream finds words in a text that arrives in pieces. What it finds does not depend on how the text is cut, not even
// inside a character. Its memory does not grow with the text. It keeps its matcher: a new word list is for new streams.
//
// A Stream must not be copied nor used by two goroutines at once.
type Stream struct {
	scanner scanner           // without a matcher if that has no words
	rest    [utf8.UTFMax]byte // the beginning of a rune
	carried int               // bytes in rest
	offset  int               // of rest, or of what comes next
}

// Stream returns a stream at the beginning of a text.
func (m *Matcher) Stream() *Stream {
	s := &Stream{}
	if !m.empty() {
		s.scanner = m.scanner(false)
	}
	return s
}

// Append reads the next piece of the text and appends to hits those that are now certain, as [Matcher.Find] orders
// them. Their offsets count from the beginning of the text.
func (s *Stream) Append(hits []Hit, piece string) []Hit {
	if s.empty() {
		return hits
	}
	for s.carried > 0 && piece != "" {
		s.rest[s.carried] = piece[0]
		s.carried++
		piece = piece[1:]
		hits = s.carry(hits, false)
	}
	hits, taken := s.read(hits, piece, false)
	s.carried += copy(s.rest[s.carried:], piece[taken:])
	return hits
}

// Flush ends the text and appends to hits those that waited for more of it. The stream is then at the beginning of
// another text.
func (s *Stream) Flush(hits []Hit) []Hit {
	if s.empty() {
		return hits
	}
	hits = s.carry(hits, true)
	s.scanner.finish()
	hits = append(hits, s.scanner.out.all()...)
	s.scanner = s.scanner.Matcher.scanner(false)
	s.offset = 0
	return hits
}

// Pending returns how many bytes at the end of what was read can still become part of a hit that was not reported: more
// text decides. What lies before them is settled and can go on its way. At the end of a character it is exact: after
// some continuations a hit begins just there. The beginning of a character counts as what it may become, and the
// beginning of an exception as that of a word.
func (s *Stream) Pending() int {
	if s.empty() {
		return 0
	}
	return s.offset + s.carried - min(s.offset, s.scanner.pending())
}

func (s *Stream) empty() bool { return s.scanner.Matcher.empty() }

// carry reads the beginning of a rune once it is one, or will never be.
func (s *Stream) carry(hits []Hit, last bool) []Hit {
	hits, taken := s.read(hits, string(s.rest[:s.carried]), last)
	s.carried = copy(s.rest[:], s.rest[taken:s.carried])
	return hits
}

// read reads a piece up to the beginning of a rune at its end.
func (s *Stream) read(hits []Hit, piece string, last bool) (found []Hit, taken int) {
	for taken < len(piece) {
		n := s.scanner.read(piece[taken:], s.offset, last)
		if n == 0 {
			break
		}
		taken += n
		s.offset += n
		for s.scanner.next() {
			hits = append(hits, s.scanner.out.all()...)
		}
	}
	return hits, taken
}
