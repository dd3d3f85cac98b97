package pdf

import (
	"bytes"
	"errors"
	"strconv"
	"unicode/utf16"
)

// An object is a value as it stands in a file.
type object struct {
	kind byte   // one of the following
	raw  []byte // as it is written
	num  int64  // of an integer, or the number of a reference
	gen  int    // of a reference
	name string
	text []byte // of a string
	list []object
	dict []entry
}

const (
	kindNull = iota
	kindBool
	kindInt
	kindReal
	kindName
	kindString
	kindArray
	kindDict
	kindRef
)

type entry struct {
	key   string
	value object
}

// get returns the value of a key.
func (o *object) get(key string) *object {
	for i := range o.dict {
		if o.dict[i].key == key {
			return &o.dict[i].value
		}
	}
	return &object{}
}

// int returns an integer, or the default if it is none.
func (o *object) int(otherwise int64) int64 {
	if o.kind != kindInt {
		return otherwise
	}
	return o.num
}

// A parser reads objects from bytes.
type parser struct {
	b     []byte
	at    int
	depth int
	items int
}

var errSyntax = errors.New("no object begins here")

const (
	maxDepth = 64
	maxItems = 1 << 20
)

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (p *parser) skip() {
	for p.at < len(p.b) {
		switch c := p.b[p.at]; {
		case isSpace(c):
			p.at++
		case c == '%':
			for p.at < len(p.b) && p.b[p.at] != '\n' && p.b[p.at] != '\r' {
				p.at++
			}
		default:
			return
		}
	}
}

// word takes a run of regular characters.
func (p *parser) word() string {
	from := p.at
	for p.at < len(p.b) && !isSpace(p.b[p.at]) && !isDelimiter(p.b[p.at]) {
		p.at++
	}
	return string(p.b[from:p.at])
}

// keyword takes the word and reports whether it is there.
func (p *parser) keyword(w string) bool {
	p.skip()
	before := p.at
	if p.word() == w {
		return true
	}
	p.at = before
	return false
}

// object takes the next object.
func (p *parser) object() (o object, err error) {
	if p.depth++; p.depth > maxDepth {
		return o, errors.New("objects are nested too deep")
	}
	defer func() { p.depth-- }()
	if p.items++; p.items > maxItems {
		return o, errors.New("too many objects")
	}
	p.skip()
	from := p.at
	defer func() { o.raw = p.b[from:p.at] }()
	if p.at == len(p.b) {
		return o, errSyntax
	}
	switch c := p.b[p.at]; {
	case c == '/':
		p.at++
		o.kind, o.name = kindName, unescapeName(p.word())
		return o, nil
	case c == '(':
		o.kind = kindString
		o.text, err = p.literal()
		return o, err
	case bytes.HasPrefix(p.b[p.at:], []byte("<<")):
		return p.dictionary()
	case c == '<':
		o.kind = kindString
		o.text, err = p.hex()
		return o, err
	case c == '[':
		return p.array()
	case isDelimiter(c):
		return o, errSyntax
	}
	return p.atom()
}

// atom takes a number, a reference or a word.
func (p *parser) atom() (o object, err error) {
	w := p.word()
	switch w {
	case "true", "false":
		o.kind = kindBool
		return o, nil
	case "null":
		return o, nil
	}
	n, err := strconv.ParseInt(w, 10, 64)
	if err != nil {
		if _, err := strconv.ParseFloat(w, 64); err != nil {
			return o, errSyntax
		}
		o.kind = kindReal
		return o, nil
	}
	o.kind, o.num = kindInt, n
	after := p.at
	p.skip()
	gen, err := strconv.Atoi(p.word())
	if err == nil && gen >= 0 && gen < 1<<16 && n > 0 && p.keyword("R") {
		o.kind, o.gen = kindRef, gen
		return o, nil
	}
	p.at = after
	return o, nil
}

func (p *parser) array() (o object, err error) {
	p.at++
	o.kind = kindArray
	for {
		p.skip()
		if p.at == len(p.b) {
			return o, errors.New("an array does not end")
		}
		if p.b[p.at] == ']' {
			p.at++
			return o, nil
		}
		v, err := p.object()
		if err != nil {
			return o, err
		}
		o.list = append(o.list, v)
	}
}

func (p *parser) dictionary() (o object, err error) {
	p.at += 2
	o.kind = kindDict
	for {
		p.skip()
		if bytes.HasPrefix(p.b[p.at:], []byte(">>")) {
			p.at += 2
			return o, nil
		}
		key, err := p.object()
		if err != nil {
			return o, err
		}
		if key.kind != kindName {
			return o, errors.New("a key of a dictionary is no name")
		}
		value, err := p.object()
		if err != nil {
			return o, err
		}
		o.dict = append(o.dict, entry{key.name, value})
	}
}

// literal takes a string in parentheses.
func (p *parser) literal() ([]byte, error) {
	var out []byte
	open := 0
	for p.at < len(p.b) {
		c := p.b[p.at]
		p.at++
		switch c {
		case '(':
			if open++; open > 1 {
				out = append(out, c)
			}
		case ')':
			if open--; open == 0 {
				return out, nil
			}
			out = append(out, c)
		case '\\':
			if p.at == len(p.b) {
				continue
			}
			out = p.escape(out)
		default:
			out = append(out, c)
		}
	}
	return nil, errors.New("a string does not end")
}

// escape takes what follows a backslash.
func (p *parser) escape(out []byte) []byte {
	c := p.b[p.at]
	p.at++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\r':
		if p.at < len(p.b) && p.b[p.at] == '\n' {
			p.at++
		}
		return out
	case '\n':
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	v := int(c - '0')
	for n := 0; n < 2 && p.at < len(p.b) && p.b[p.at] >= '0' && p.b[p.at] <= '7'; n++ {
		v = v*8 + int(p.b[p.at]-'0')
		p.at++
	}
	return append(out, byte(v))
}

// hex takes a string in hexadecimal digits.
func (p *parser) hex() ([]byte, error) {
	p.at++
	var out []byte
	high, half := byte(0), false
	for p.at < len(p.b) {
		c := p.b[p.at]
		p.at++
		var v byte
		switch {
		case c == '>':
			if half {
				out = append(out, high)
			}
			return out, nil
		case isSpace(c):
			continue
		case c >= '0' && c <= '9':
			v = c - '0'
		case c >= 'a' && c <= 'f':
			v = c - 'a' + 10
		case c >= 'A' && c <= 'F':
			v = c - 'A' + 10
		default:
			return nil, errors.New("a string has a character that is no hexadecimal digit")
		}
		if half {
			out = append(out, high|v)
		} else {
			high = v << 4
		}
		half = !half
	}
	return nil, errors.New("a string does not end")
}

// unescapeName undoes #xx.
func unescapeName(s string) string {
	if !bytes.Contains([]byte(s), []byte("#")) {
		return s
	}
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}

// plain returns a text string without its encoding. Of PDF's own encoding only what it shares with ASCII is
// right, which is all that a label may hold.
func plain(s []byte) []byte {
	if rest, ok := bytes.CutPrefix(s, []byte("\xfe\xff")); ok {
		units := make([]uint16, len(rest)/2)
		for i := range units {
			units[i] = uint16(rest[2*i])<<8 | uint16(rest[2*i+1])
		}
		return []byte(string(utf16.Decode(units)))
	}
	return bytes.TrimPrefix(s, []byte("\xef\xbb\xbf"))
}

// quote writes a string in parentheses.
func quote(s string) []byte {
	out := []byte{'('}
	for i := range len(s) {
		switch c := s[i]; c {
		case '(', ')', '\\':
			out = append(out, '\\', c)
		case '\r':
			out = append(out, '\\', 'r')
		default:
			out = append(out, c)
		}
	}
	return append(out, ')')
}
