package normalize

import "unicode/utf8"

// A white is a kind of white space.
type white uint8

const (
	notWhite white = iota
	blank
	lineEnd
)

// mayBeWhite has the first bytes of white space.
var mayBeWhite = [256]bool{
	'\t': true, '\n': true, '\v': true, '\f': true, '\r': true, ' ': true, 0xC2: true, 0xE1: true, 0xE2: true, 0xE3: true,
}

// whiteAt returns the kind of the character at s[i] and, if it is white space, its size. \r\n is one.
func whiteAt(s string, i int) (white, int) {
	switch s[i] {
	case ' ', '\t':
		return blank, 1
	case '\n', '\v', '\f':
		return lineEnd, 1
	case '\r':
		if i+1 < len(s) && s[i+1] == '\n' {
			return lineEnd, 2
		}
		return lineEnd, 1
	case 0xC2, 0xE1, 0xE2, 0xE3:
		switch r, size := decode(s, i); r {
		case '\u0085', '\u2028', '\u2029':
			return lineEnd, size
		case '\u00A0', '\u1680', '\u2000', '\u2001', '\u2002', '\u2003', '\u2004', '\u2005', '\u2006', '\u2007', '\u2008',
			'\u2009', '\u200A', '\u202F', '\u205F', '\u3000':
			return blank, size
		}
	}
	return notWhite, 0
}

// nextWhite returns where the next row of white space begins, and ends, at s[i] or later.
func nextWhite(s string, i int) (start, end int) {
	for ; i < len(s); i++ {
		if !mayBeWhite[s[i]] {
			continue
		}
		kind, size := whiteAt(s, i)
		if kind == notWhite {
			continue
		}
		start = i
		for i += size; i < len(s); i += size {
			if kind, size = whiteAt(s, i); kind == notWhite {
				break
			}
		}
		return start, i
	}
	return len(s), len(s)
}

func (o Space) span(s string) int {
	for i := 0; i < len(s); {
		start, end := nextWhite(s, i)
		if start == len(s) {
			break
		}
		// A single space between two characters is what text is full of.
		if end != start+1 || s[start] != ' ' || start == 0 || end == len(s) {
			if !o.keeps(s, start, end) {
				return start
			}
		}
		i = end
	}
	return len(s)
}

func (o Space) write(e *editor, s string, p part, from int) {
	pending := 0
	for i := from; i < len(s); {
		start, end := nextWhite(s, i)
		i = end
		if start == len(s) || end == start+1 && s[start] == ' ' && start > 0 && end < len(s) {
			continue
		}
		e.dst = append(e.dst, s[pending:start]...)
		o.row(e, s, start, end, p)
		pending = end
	}
	e.dst = append(e.dst, s[pending:]...)
}

// keeps reports whether a row of white space, s[start:end], stays as it is.
func (o Space) keeps(s string, start, end int) bool {
	atEdge := start == 0 || end == len(s)
	if o&Trim != 0 && atEdge {
		return false
	}
	blanks, lines := 0, 0
	for i := start; i < end; {
		kind, size := whiteAt(s, i)
		if kind == lineEnd {
			if lines++; o&OneLineEnd != 0 && s[i:i+size] != "\n" {
				return false
			}
		} else if blanks++; o&OneSpace != 0 && s[i] != ' ' {
			return false
		}
		i += size
	}
	return o&Collapse == 0 || blanks == 0 && lines <= 2 || blanks == 1 && lines == 0 && !atEdge
}

// row writes what becomes of a row of white space, s[start:end].
func (o Space) row(e *editor, s string, start, end int, p part) {
	atStart, atEnd := start == 0 && p&first != 0, end == len(s) && p&last != 0
	if o&Trim != 0 && (atStart || atEnd) {
		e.note(e.length(), start, end)
		return
	}
	if o&Collapse == 0 {
		for i := start; i < end; {
			kind, size := whiteAt(s, i)
			o.one(e, s, kind, i, i+size, i+size)
			i += size
		}
		return
	}
	lines := 0
	for i := start; i < end; {
		kind, size := whiteAt(s, i)
		if kind == lineEnd {
			if lines++; lines <= 2 {
				o.one(e, s, kind, i, i+size, i+size)
			}
		}
		i += size
	}
	switch {
	case lines > 0:
	case atStart || atEnd:
	default:
		_, size := whiteAt(s, start)
		o.one(e, s, blank, start, start+size, end)
		return
	}
	e.noteCopy(e.length(), end)
}

// one writes what becomes of one space or line end, s[start:end], that stands for s[start:to].
func (o Space) one(e *editor, s string, kind white, start, end, to int) {
	at, c := e.length(), s[start:end]
	if kind == blank && o&OneSpace != 0 {
		c = " "
	} else if kind == lineEnd && o&OneLineEnd != 0 {
		c = "\n"
	}
	e.dst = append(e.dst, c...)
	if len(c) != to-start {
		e.note(at, start, to)
	} else {
		e.noteCopy(at, start)
	}
}

func (Space) known(s string, from int) (n, looked int) {
	end := wholeCharacters(s)
	for n = end; n > max(from, 0); {
		_, size := utf8.DecodeLastRuneInString(s[:n])
		n -= size
		if kind, _ := whiteAt(s, n); kind == notWhite && n > 0 {
			return n, end
		}
	}
	return 0, end
}

// wholeCharacters returns the length of s without a character at its end that may go on.
func wholeCharacters(s string) int {
	for k := 1; k <= min(utf8.UTFMax, len(s)); k++ {
		if utf8.RuneStart(s[len(s)-k]) {
			if !utf8.FullRuneInString(s[len(s)-k:]) {
				return len(s) - k
			}
			break
		}
	}
	return len(s)
}
