package arguments

import (
	"strings"
	"unicode/utf8"
)

// Partial completes the beginning of a JSON document into a document of what is certain:
// open strings, arrays and objects are closed; a name without a value, and a number or
// literal that may go on, are left out. As the text grows the result grows with it: no
// element or field disappears, and only the last string changes, by getting longer.
//
// White space and an opening code fence before the document are passed over, and so is
// what follows it. It returns false where nothing is certain yet, where the text is
// not JSON, and beyond [MaxInput] or [MaxDepth].
func Partial(raw string) (json []byte, ok bool) {
	if len(raw) > MaxInput {
		return nil, false
	}
	p := partial{src: raw}
	p.fence()
	return p.document()
}

// partial scans strictly and remembers the last place where the document could be closed.
type partial struct {
	src  string
	pos  int
	open []byte // the closers of the open containers
	safe int    // up to here the text is certain
	tail string // what closes a string that is open at safe
	kept int    // how many containers are open at safe
}

// fence passes over white space and the line of an opening code fence.
func (p *partial) fence() {
	p.space()
	if strings.HasPrefix(p.src[p.pos:], "```") {
		if i := strings.IndexByte(p.src[p.pos:], '\n'); i >= 0 {
			p.pos += i + 1
		} else {
			p.pos = len(p.src)
		}
	}
	p.space()
}

func (p *partial) space() {
	for p.pos < len(p.src) && strings.IndexByte(" \t\r\n", p.src[p.pos]) >= 0 {
		p.pos++
	}
}

// keep marks everything before p.pos as certain.
func (p *partial) keep() { p.safe, p.tail, p.kept = p.pos, "", len(p.open) }

// step says how a scan of one token went.
type step int

const (
	whole  step = iota
	cut         // the text ended inside the token
	broken      // the text is not JSON
)

func (p *partial) document() ([]byte, bool) {
	start := p.pos
	p.safe = start
	var buf [32]byte
	p.open = buf[:0]
	state := p.value()
	for state == whole && len(p.open) > 0 {
		state = p.next()
	}
	if state == broken || p.safe == start {
		return nil, false
	}
	out := make([]byte, 0, p.safe-start+len(p.tail)+p.kept)
	out = append(append(out, p.src[start:p.safe]...), p.tail...)
	for i := p.kept - 1; i >= 0; i-- {
		out = append(out, p.open[i])
	}
	return out, true
}

// value scans a scalar, or the opening of a container.
func (p *partial) value() step {
	p.space()
	if p.pos == len(p.src) {
		return cut
	}
	switch c := p.src[p.pos]; c {
	case '{', '[':
		if len(p.open) == MaxDepth {
			return broken
		}
		p.open = append(p.open, c+2) // the closer, in ASCII
		p.pos++
		p.keep()
		return whole
	case '"':
		return p.string(true)
	case 't':
		return p.literal("true")
	case 'f':
		return p.literal("false")
	case 'n':
		return p.literal("null")
	default:
		return p.number()
	}
}

// next scans what follows a value or an opening inside a container.
func (p *partial) next() step {
	first := strings.IndexByte("{[", p.src[p.pos-1]) >= 0 && p.safe == p.pos
	p.space()
	if p.pos == len(p.src) {
		return cut
	}
	closer := p.open[len(p.open)-1]
	if c := p.src[p.pos]; c == closer {
		p.pos++
		p.open = p.open[:len(p.open)-1]
		p.keep()
		return whole
	} else if !first {
		if c != ',' {
			return broken
		}
		p.pos++
	}
	if closer == '}' {
		if s := p.name(); s != whole {
			return s
		}
	}
	return p.value()
}

// name scans a member's name and colon.
func (p *partial) name() step {
	p.space()
	if p.pos == len(p.src) {
		return cut
	}
	if p.src[p.pos] != '"' {
		return broken
	}
	if s := p.string(false); s != whole {
		return s
	}
	p.space()
	if p.pos == len(p.src) {
		return cut
	}
	if p.src[p.pos] != ':' {
		return broken
	}
	p.pos++
	return whole
}

// string scans a string. What there is of a value's string is certain up to the last
// complete character.
func (p *partial) string(value bool) step {
	for p.pos++; p.pos < len(p.src); {
		if value {
			p.keep()
			p.tail = `"`
		}
		c := p.src[p.pos]
		switch {
		case c == '"':
			p.pos++
			if value {
				p.keep()
			}
			return whole
		case c < ' ':
			return broken
		case c == '\\':
			if s := p.escape(); s != whole {
				return s
			}
		case c < utf8.RuneSelf:
			p.pos++
		default:
			if !utf8.FullRuneInString(p.src[p.pos:]) {
				return cut
			}
			r, size := utf8.DecodeRuneInString(p.src[p.pos:])
			if r == utf8.RuneError && size == 1 {
				return broken
			}
			p.pos += size
		}
	}
	if value {
		p.keep()
		p.tail = `"`
	}
	return cut
}

// escape scans an escape; a surrogate pair is one.
func (p *partial) escape() step {
	rest := p.src[p.pos+1:]
	if rest == "" {
		return cut
	}
	if strings.IndexByte(`"\/bfnrt`, rest[0]) >= 0 {
		p.pos += 2
		return whole
	}
	u, s := codeUnit(rest)
	if s != whole {
		return s
	}
	p.pos += 6
	if u < 0xD800 || u > 0xDBFF {
		return whole
	}
	rest = p.src[p.pos:]
	if rest == "" || rest == `\` {
		p.pos -= 6
		return cut
	}
	if rest[0] != '\\' || rest[1] != 'u' {
		return whole // a lone surrogate
	}
	low, s := codeUnit(rest[1:])
	if s == cut {
		p.pos -= 6
		return cut
	}
	if s == whole && low >= 0xDC00 && low <= 0xDFFF {
		p.pos += 6
	}
	return whole
}

// codeUnit reads u and four hexadecimal digits.
func codeUnit(s string) (rune, step) {
	if s[0] != 'u' {
		return 0, broken
	}
	s = s[1:min(len(s), 5)]
	for i := range len(s) {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(s[i])) {
			return 0, broken
		}
	}
	if len(s) < 4 {
		return 0, cut
	}
	u, _ := hex(s, 4)
	return u, whole
}

func (p *partial) literal(word string) step {
	rest := p.src[p.pos:]
	switch {
	case strings.HasPrefix(rest, word):
		p.pos += len(word)
		p.keep()
		return whole
	case strings.HasPrefix(word, rest):
		return cut
	}
	return broken
}

// number scans a number, which is certain only when something follows it.
func (p *partial) number() step {
	end := numberEnd(p.src, p.pos)
	rest := p.src[p.pos:]
	if end == len(p.src) || end < 0 && strings.Trim(rest, "-+.eE0123456789") == "" {
		return cut
	}
	if end < 0 {
		return broken
	}
	p.pos = end
	p.keep()
	return whole
}
