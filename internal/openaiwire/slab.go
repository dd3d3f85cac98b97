package openaiwire

import "strings"

const (
	firstSlab = 256
	lastSlab  = 8 << 10
)

// A slab makes many short strings out of few allocations. A string keeps the slab alive that it was
// cut from, at most 8 KiB.
type slab struct {
	b    strings.Builder
	size int
}

func (s *slab) string(text []byte) string {
	switch {
	case len(text) == 0:
		return ""
	case len(text) > lastSlab/4:
		return string(text)
	case s.b.Cap()-s.b.Len() < len(text):
		s.size = min(max(firstSlab, 2*s.size), lastSlab)
		s.b = strings.Builder{}
		s.b.Grow(max(s.size, len(text)))
	}
	start := s.b.Len()
	s.b.Write(text)
	return s.b.String()[start:]
}
