package measure

import (
	"strings"
	"unicode/utf8"
)

// A cutter looks for the end of the sentence that a text begins with. It can be asked again when there is more text,
// and then goes on where it stopped.
type cutter struct {
	max int // bound of a sentence in runes, or 0

	pos    int  // how far the text has been read
	runes  int  // how many runes that are
	first  int  // where the first visible character begins
	begun  bool // that has been read
	ended  bool // a mark has ended the sentence, unless a comma follows
	spaced bool // and then a space
	lined  bool // or the end of a line
	quoted bool // an odd number of " is before pos in the line

	places
}

// quotation is the number of runes of a quotation or a bracket that is not parted, with its marks.
const quotation = 32

// A verdict is the answer to a question about text of which more may come.
type verdict uint8

const (
	no verdict = iota
	yes
	wait // for more text
)

// next returns the end of the sentence that s begins with, and whether that is known. If final, s is all there is.
func (c *cutter) next(s string, final bool) (end int, ok bool) {
	for c.pos < len(s) {
		r, size, known := peek(s, c.pos, final)
		if known == wait {
			return 0, false
		}
		if c.ended {
			if !c.trails(r) || c.max > 0 && c.runes >= 2*c.max {
				return c.cut(s, c.pos), true
			}
			c.read(r, size)
			continue
		}
		if c.max > 0 {
			c.before(s, r)
		}
		if c.max > 0 && c.runes >= c.max && (!stays(r) || c.runes >= 2*c.max) {
			return c.cut(s, c.places.best(c.pos)), true
		}
		ends := c.ends(s, r, size, final)
		n, runes, paired := c.pair(s, r, final)
		if ends == wait || paired == wait {
			return 0, false
		}
		if c.max > 0 {
			c.after(s, r, size)
		}
		if paired == yes {
			last, _ := utf8.DecodeLastRuneInString(s[:c.pos+n-utf8.RuneLen(closing(r))])
			c.ended = quotes(r) && (isMark(last) || isLatinMark(last))
			c.begin()
			c.pos, c.runes = c.pos+n, c.runes+runes
			continue
		}
		c.ended, c.lined = ends == yes, isLineEnd(r)
		c.read(r, size)
	}
	if final && len(s) > 0 {
		return c.cut(s, len(s)), true
	}
	return 0, false
}

// read goes on after r.
func (c *cutter) read(r rune, size int) {
	switch {
	case isLineEnd(r):
		c.quoted = false
	case r == '"':
		c.quoted = !c.quoted
	}
	if !isSpace(r) {
		c.begin()
	}
	c.pos, c.runes = c.pos+size, c.runes+1
}

func (c *cutter) begin() {
	if !c.begun {
		c.begun, c.first = true, c.pos
	}
}

// cut ends the sentence at end, and makes c ready for the next one.
func (c *cutter) cut(s string, end int) int {
	quoted := c.quoted != (strings.Count(s[end:c.pos], `"`)%2 == 1)
	*c = cutter{max: c.max, quoted: quoted}
	return end
}

// trails tells whether r, after the mark that ended the sentence, still belongs to it. A comma does, and shows that the
// sentence goes on; the space that a line begins with does not.
func (c *cutter) trails(r rune) bool {
	switch {
	case isLineEnd(r):
		c.lined = true
	case c.lined:
		return false
	case isSpace(r):
		c.spaced = true
	case c.spaced:
		return false
	case isComma(r):
		c.ended = false
	default:
		return isMark(r) || isLatinMark(r) || isClosing(r) || r == '\'' || r == '"' && c.quoted
	}
	return true
}

// ends tells whether r, at c.pos, ends a sentence.
func (c *cutter) ends(s string, r rune, size int, final bool) verdict {
	switch {
	case isMark(r):
		return yes
	case isLineEnd(r):
		if c.begun {
			return yes
		}
	case r == '.' || r == '．':
		return c.stops(s, c.pos+size, final)
	case isLatinMark(r):
		return parts(s, c.pos+size, final)
	}
	return no
}

// parts tells whether what follows a mark that Latin text also uses inside of words shows that it is not used so here.
// Of several marks, the last one decides.
func parts(s string, at int, final bool) verdict {
	r, _, known := peek(s, at, final)
	switch {
	case known != yes:
		return known
	case r == end || isSpace(r) || isClosing(r) || r == '"' || r == '\'':
		return yes
	case r < utf8.RuneSelf || isWord(r):
		return no
	}
	return yes
}

// pair returns the length of the quotation or bracket that r, at c.pos, opens, if it is to stay in one.
func (c *cutter) pair(s string, r rune, final bool) (n, runes int, found verdict) {
	closer := closing(r)
	if closer == 0 || r == '"' && c.quoted {
		return 0, 0, no
	}
	limit := quotation
	if c.max > 0 {
		limit = min(limit, c.max-c.runes)
	}
	depth := 0
	for i := c.pos; runes < limit; {
		q, size, known := peek(s, i, final)
		if known != yes {
			return 0, 0, known
		}
		if q == end || isLineEnd(q) {
			return 0, 0, no
		}
		i, runes = i+size, runes+1
		switch {
		case q == closer && runes > 1:
			if depth--; depth == 0 {
				return i - c.pos, runes, yes
			}
		case q == r:
			depth++
		}
	}
	return 0, 0, no
}

// end is what peek returns for the end of the text.
const end rune = -1

// peek returns the rune at s[at:], and whether it is known.
func peek(s string, at int, final bool) (r rune, size int, known verdict) {
	switch {
	case final && at >= len(s):
		return end, 0, yes
	case !final && (at >= len(s) || !utf8.FullRuneInString(s[at:])):
		return 0, 0, wait
	}
	r, size = utf8.DecodeRuneInString(s[at:])
	return r, size, yes
}
