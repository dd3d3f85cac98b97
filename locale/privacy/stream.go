package privacy

import "sync"

// A Stream finds private data in a text that arrives in pieces, such as the answer of a model. What it finds does not
// depend on how the text is cut, not even inside a character, and is what [Detector.Find] finds in the whole. It keeps
// no more of the text than is undecided, about a thousand bytes at most.
//
// A Stream must not be copied nor used by two goroutines at once.
type Stream struct {
	finder finder
	text   string // what is undecided, and a little before it
	offset int    // of text
}

// Stream returns a stream at the beginning of a text.
func (d Detector) Stream() *Stream { return &Stream{finder: finder{detector: d}} }

// Append reads the next piece of the text and appends to found what is now certain. Offsets count from the beginning
// of the text.
func (s *Stream) Append(found []Finding, piece string) []Finding {
	s.text += piece
	return s.read(found, false)
}

// Flush ends the text and appends to found what waited for more of it. The stream is then at the beginning of another
// text.
func (s *Stream) Flush(found []Finding) []Finding {
	found = s.read(found, true)
	*s = Stream{finder: finder{detector: s.finder.detector}}
	return found
}

func (s *Stream) read(found []Finding, final bool) []Finding {
	f := &s.finder
	f.open()
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
		s.offset += drop
		f.cutter.start -= drop
		f.cutter.next -= drop
	}
	return found
}

// farthest is the number of characters before the first telling one at which a finding can begin: the name before a
// title, the divisions before their 省 or 区, the street before its number.
const farthest = 24

// Pending returns how many bytes at the end of what was read can still become part of something that was not yet
// found, or more. What lies before them is settled and can go on its way. It is less than 1100.
func (s *Stream) Pending() int {
	text := s.text[s.finder.cutter.start:]
	table, ends := classTable(), placeEnds()
	var begins [farthest]int // of the last characters
	count := 0
	for i, r := range text {
		if table.of(r)&(word|numeral|special|starter) != 0 || ends[folding(r)] || r == '+' || r == '(' {
			break
		}
		if !invisible(r) {
			begins[count%farthest] = i
			count++
		}
	}
	if count <= farthest {
		return len(text)
	}
	return len(text) - begins[count%farthest]
}

// placeEnds are the last characters of divisions, streets and estates.
var placeEnds = sync.OnceValue(func() map[rune]bool {
	ends := make(map[rune]bool)
	for _, list := range [][][]rune{streetEnds(), estateEnds()} {
		for _, w := range list {
			ends[w[len(w)-1]] = true
		}
	}
	for _, places := range divisionTable().byFirst {
		for _, p := range places {
			if !p.short { // a short name counts only with another after it
				ends[p.name[len(p.name)-1]] = true
			}
		}
	}
	return ends
})
