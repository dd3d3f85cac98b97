package guard

import (
	"time"
	"unicode/utf8"
)

// A sampler shows a text to the classifiers: sentence by sentence if it is held back, else when there is enough of it.
// Where it is cut into samples depends on the text alone, unless a sentence is judged before its end because it took too
// long to come.
type sampler struct {
	check *check
	text  window // what is shown: the sentence, and some text before it
	from  int    // offset of text
	read  int    // offset of the end of what was read
	done  int    // offset of the end of what was judged
	runes int    // since then
	since time.Time
}

// contextSize is how many bytes before a sentence classifiers are shown.
const contextSize = 4096

// next returns how much of a piece to read before the classifiers are due, if they are.
func (s *sampler) next(piece string) (n int, due bool) {
	if s.check.whole { // all of it at once
		s.text.add(piece)
		s.read += len(piece)
		return len(piece), false
	}
	p := &s.check.policy
	if p.MaxHold > 0 && s.read > s.done && time.Since(s.since) > p.MaxHold {
		return 0, true
	}
	if s.read == s.done {
		s.since = time.Now()
	}
	for i, r := range piece {
		s.runes++
		if s.runes >= p.unit() || p.Mode == Hold && endsSentence(r) {
			_, size := utf8.DecodeRuneInString(piece[i:])
			n, due = i+size, true
			break
		}
	}
	if !due {
		n = len(piece)
	}
	s.text.add(piece[:n])
	s.read += n
	return n, due
}

func endsSentence(r rune) bool {
	switch r {
	case '。', '！', '？', '；', '…', '\n', '!', '?', ';':
		return true
	}
	return false
}

// judge shows what was not judged, and appends the changes that come of it.
func (s *sampler) judge(changes []change, final bool) []change {
	if s.read == s.done {
		return changes
	}
	sample := Sample{Stage: s.check.stage, Text: s.text.text(), New: s.done - s.from, Final: final}
	s.check.late = s.check.policy.Mode == Retract && !s.check.whole
	defer func() { s.check.late = false }()
	for _, f := range s.check.classify(sample) {
		if f.Start += s.from; f.End == 0 {
			f.Start, f.End = s.done, s.read
		} else {
			f.End += s.from
		}
		changes = s.check.found(changes, f, 0)
	}
	s.skip()
	return changes
}

// skip leaves unjudged what is read.
func (s *sampler) skip() {
	s.done, s.runes = s.read, 0
	size := len(s.text.text())
	drop := max(0, size-contextSize)
	for t := s.text.text(); drop < size && !utf8.RuneStart(t[drop]); {
		drop++
	}
	s.text.take(drop)
	s.from += drop
}

// passed returns the offset up to which text may be shown.
func (s *sampler) passed() int {
	if s.check.policy.Mode == Hold {
		return s.done
	}
	return s.read
}

func (s *sampler) reset() { *s = sampler{check: s.check} }
