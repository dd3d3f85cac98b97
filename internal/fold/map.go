package fold

import "sort"

// A Map leads from a folded text back to the original. The zero Map is that of a text that folding left as it is, or
// changed without moving anything. It takes room only where a rune changes its size in bytes.
type Map []run

// From a run's place on, and up to the next run, every from bytes of the original are to bytes of the folded text.
type run struct {
	folded, original int
	from, to         uint8
}

// Original returns the offset in the original text of the folded text's offset i. Where a rune begins or ends in the
// folded text, its original begins or ends; an offset inside a rune that has changed its size is its beginning.
func (m Map) Original(i int) int {
	n := sort.Search(len(m), func(n int) bool { return m[n].folded > i })
	if n == 0 {
		return i
	}
	r := m[n-1]
	return r.original + (i-r.folded)/int(r.to)*int(r.from)
}
