package match

import "iter"

// A Hit is a word found in a text.
type Hit struct {
	Start, End int // the offsets in the text: from its first character to its last, with all that stands between them
	Word       *Word
}

// Find yields all hits in s, also those that overlap, in order of their ends; of those that end together the one that
// starts first comes first. Breaking out of the loop ends the search. It does not allocate, except for words of more
// than 32 characters and where many hits wait to learn whether they stand in an exception.
func (m *Matcher) Find(s string) iter.Seq[Hit] {
	return func(yield func(Hit) bool) { m.scan(s, false, yield) }
}

// Longest yields hits that do not overlap, from left to right: always the one that starts first, and of those that start
// together the longest.
func (m *Matcher) Longest(s string) iter.Seq[Hit] {
	return func(yield func(Hit) bool) { m.scan(s, true, yield) }
}

// Contains reports whether there is a hit in s. It reads no further than the first.
func (m *Matcher) Contains(s string) bool {
	for range m.Find(s) {
		return true
	}
	return false
}
