package fold

import "unicode/utf8"

// A Set says which differences are folded. The zero Set folds none. All methods are safe for concurrent use.
type Set uint8

// The differences that can be folded.
const (
	// Width folds full-width forms of ASCII and half-width forms of kana, hangul and symbols to their common form.
	Width Set = 1 << iota
	// Case folds upper case, and letters that differ from another one only in upper case, to lower case.
	Case
	// Script folds traditional and compatibility characters to simplified ones.
	Script

	// All folds everything.
	All = Width | Case | Script
)

// Rune returns the folded form of r.
func (set Set) Rune(r rune) rune {
	if folded := set.table().at(r); folded != 0 {
		return folded
	}
	return r
}

// String returns the folded form of s and the way back. If nothing in s folds, it returns s itself and the zero Map,
// and does not allocate.
func (set Set) String(s string) (string, Map) {
	if set.Span(s) == len(s) {
		return s, nil
	}
	text, back := set.Append(make([]byte, 0, len(s)), nil, s)
	return string(text), back
}

// Span returns the length of the longest beginning of s that folding leaves as it is.
func (set Set) Span(s string) int {
	t := set.table()
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		if t.at(r) != 0 {
			return i
		}
		i += size
	}
	return len(s)
}

// Append appends the folded form of s to dst, and overwrites back with the way from the appended bytes into s. It
// allocates only where dst or back is too small. Bytes that are not UTF-8 stay as they are.
func (set Set) Append(dst []byte, back Map, s string) ([]byte, Map) {
	t := set.table()
	back = back[:0]
	var (
		start   = len(dst)
		pending = 0               // s[pending:i] is still to be copied
		last    = run{0, 0, 1, 1} // how offsets run at the end of dst
	)
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		folded := t.at(r)
		if folded == 0 {
			if last.from != last.to {
				last = run{len(dst) - start, i, 1, 1}
				back = append(back, last)
			}
			i += size
			continue
		}
		dst = append(dst, s[pending:i]...)
		next := run{len(dst) - start, i, uint8(size), uint8(utf8.RuneLen(folded))}
		if next.from == next.to {
			next.from, next.to = 1, 1
		}
		if next.from != last.from || next.to != last.to {
			last = next
			back = append(back, last)
		}
		dst = utf8.AppendRune(dst, folded)
		i += size
		pending = i
	}
	return append(dst, s[pending:]...), back
}

// decode is utf8.DecodeRuneInString(s[i:]) with the common cases in line. A byte that is not UTF-8 is U+FFFD, which
// nothing folds.
func decode(s string, i int) (rune, int) {
	b := s[i]
	if b < utf8.RuneSelf {
		return rune(b), 1
	}
	if b-0xe1 < 0xed-0xe1 && i+2 < len(s) { // three bytes, none of the special ranges of E0 and ED
		if c, d := s[i+1]^0x80, s[i+2]^0x80; c|d < 0x40 {
			return rune(b&0xf)<<12 | rune(c)<<6 | rune(d), 3
		}
	}
	return utf8.DecodeRuneInString(s[i:])
}
