package arguments

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxDepth is how many levels of objects and arrays are read.
const MaxDepth = 200

var errDepth = errors.New("nested too deep")

// repair is a set of the deviations from JSON that a reader met.
type repair uint16

const (
	repairQuotes repair = 1 << iota
	repairPunctuation
	repairCommas
	repairBrackets
	repairLiteral
	repairComment
	repairEscape
	repairCall
	repairDuplicate
	repairSpace
	repairEncoded
)

var repairNames = [...]string{
	"quotes", "punctuation", "commas", "brackets", "literals", "comments",
	"characters in strings", "call syntax", "duplicate fields", "white space", "JSON inside a string",
}

// reader reads values in JSON and in the dialects that models write, in time linear
// in the text. It stops where the text makes no sense as a value; repairs says how far
// what it read was from JSON.
type reader struct {
	src     string
	pos     int
	depth   int // levels left
	repairs repair
	err     error // the depth was exceeded

	open [3]int // objects, arrays and calls that are open, to place a stray bracket
}

const (
	inObject = iota
	inArray
	inCall
	atTop
)

// strict reads the whole text as JSON.
func (r *reader) strict() (value, error) {
	var raw json.RawMessage
	if err := json.Unmarshal([]byte(r.src), &raw); err != nil {
		return value{}, err
	}
	v, ok := r.value(atTop)
	if !ok {
		return value{}, errDepth
	}
	return v, nil
}

func (r *reader) note(n repair) { r.repairs |= n }

func (r *reader) eof() bool { return r.pos >= len(r.src) || r.err != nil }

// peek returns the next character, as its ASCII equivalent where it is punctuation in
// another width, and its length. Quotes of all kinds come back as they are.
func (r *reader) peek() (rune, int) { return punctuation(r.src, r.pos) }

func punctuation(s string, i int) (rune, int) {
	if i >= len(s) {
		return -1, 0
	}
	if s[i] < utf8.RuneSelf {
		return rune(s[i]), 1
	}
	c, size := utf8.DecodeRuneInString(s[i:])
	switch c {
	case '【':
		c = '['
	case '】':
		c = ']'
	case '：', '，', '；', '｛', '｝', '［', '］', '（', '）', '＝':
		c -= '！' - '!'
	}
	return c, size
}

// take consumes the character that peek returned.
func (r *reader) take(size int) {
	r.pos += size
	if size > 1 {
		r.note(repairPunctuation)
	}
}

// skip passes over white space and comments. A closing fence or tag ends the text.
func (r *reader) skip() {
	for r.pos < len(r.src) {
		rest := r.src[r.pos:]
		switch c := rest[0]; {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			r.pos++
		case c == '#' || strings.HasPrefix(rest, "//"):
			r.note(repairComment)
			if i := strings.IndexByte(rest, '\n'); i >= 0 {
				r.pos += i
			} else {
				r.pos = len(r.src)
			}
		case strings.HasPrefix(rest, "/*"):
			r.note(repairComment)
			if i := strings.Index(rest[2:], "*/"); i >= 0 {
				r.pos += i + 4
			} else {
				r.pos = len(r.src)
			}
		case strings.HasPrefix(rest, "```") || strings.HasPrefix(rest, "</"):
			r.src = r.src[:r.pos]
		case c < ' ':
			r.note(repairSpace)
			r.pos++
		default:
			u, size := utf8.DecodeRuneInString(rest)
			if c < utf8.RuneSelf || !unicode.IsSpace(u) && !unicode.Is(unicode.Cf, u) {
				return
			}
			r.note(repairSpace)
			r.pos += size
		}
	}
}

// value reads one value; false means that there is none at r.pos.
func (r *reader) value(in int) (value, bool) {
	r.skip()
	if r.eof() {
		return value{}, false
	}
	c, size := r.peek()
	switch c {
	case '{', '[', '(':
		r.take(size)
		if r.depth--; r.depth < 0 {
			r.err = errDepth
			return value{}, false
		}
		v, ok := r.container(c)
		r.depth++
		return v, ok
	}
	if isQuote(c) {
		return text(r.quoted(in, false)), true
	}
	return r.bare(in)
}

func (r *reader) container(opener rune) (value, bool) {
	if opener == '{' {
		return r.members('}', inObject)
	}
	if opener == '[' {
		v, _, ok := r.elements(']', inArray)
		return v, ok
	}
	r.note(repairLiteral)
	v, commas, ok := r.elements(')', inCall)
	if ok && len(v.items) == 1 && commas == 0 {
		return v.items[0], true
	}
	return v, ok
}

// closing handles a bracket that does not close what is being read: true means that it
// closes something around, so that the reading of this one ends before it.
func (r *reader) closing(c rune, size int) bool {
	around := inObject
	switch c {
	case ']':
		around = inArray
	case ')':
		around = inCall
	}
	r.note(repairBrackets)
	if r.open[around] > 0 {
		return true
	}
	r.take(size)
	return false
}

// members reads name-value pairs up to the closer.
func (r *reader) members(closer rune, in int) (value, bool) {
	r.open[in]++
	defer func() { r.open[in]-- }()
	o := value{kind: kindObject}
	var places map[string]int
	comma := true // between members, or none needed
	for {
		r.skip()
		c, size := r.peek()
		switch {
		case r.eof():
			if closer != 0 {
				r.note(repairBrackets)
			}
			return o, r.err == nil
		case c == closer:
			if comma && len(o.fields) > 0 {
				r.note(repairCommas)
			}
			r.take(size)
			return o, true
		case c == ',' || c == ';' || c == '、':
			if comma || c != ',' {
				r.note(repairCommas)
			}
			comma = true
			r.take(size)
			continue
		case c == '}' || c == ']' || c == ')':
			if r.closing(c, size) {
				return o, true
			}
			continue
		case strings.HasPrefix(r.src[r.pos:], "..."):
			r.note(repairLiteral)
			r.pos += 3
			continue
		case !comma:
			r.note(repairCommas)
		}
		name, ok := r.name(in)
		if !ok {
			return o, r.atBreak()
		}
		v, ok := r.member()
		if !ok {
			return o, r.atBreak()
		}
		comma = false
		o.put(name, v, &places, &r.repairs)
	}
}

// atBreak reports whether the text ended, which a reader takes as truncation.
func (r *reader) atBreak() bool {
	if r.err == nil && r.pos >= len(r.src) {
		r.note(repairBrackets)
		return true
	}
	return false
}

// put adds a member; the last of equal names wins.
func (v *value) put(name string, member value, places *map[string]int, repairs *repair) {
	const few = 16
	if len(v.fields) == few {
		*places = make(map[string]int, 2*few)
		for i := range v.fields {
			(*places)[v.fields[i].name] = i
		}
	}
	if *places != nil {
		if i, ok := (*places)[name]; ok {
			*repairs |= repairDuplicate
			v.fields[i].value = member
			return
		}
		(*places)[name] = len(v.fields)
	} else if old := v.field(name); old != nil {
		*repairs |= repairDuplicate
		*old = member
		return
	}
	v.fields = append(v.fields, field{name, member})
}

// member reads the separator and the value of a member.
func (r *reader) member() (value, bool) {
	r.skip()
	c, size := r.peek()
	if c != ':' && c != '=' {
		return value{}, false
	}
	r.take(size)
	if c == '=' {
		r.note(repairPunctuation)
		if strings.HasPrefix(r.src[r.pos:], ">") {
			r.pos++
		}
	}
	r.skip()
	if c, _ := r.peek(); c == ',' || c == '}' || c == ')' {
		r.note(repairLiteral)
		return value{}, true // no value is null
	}
	return r.value(inObject)
}

// elements reads values up to the closer, and counts the commas between.
func (r *reader) elements(closer rune, in int) (list value, commas int, ok bool) {
	r.open[in]++
	defer func() { r.open[in]-- }()
	list = value{kind: kindArray}
	comma := true
	for {
		r.skip()
		c, size := r.peek()
		switch {
		case r.eof():
			r.note(repairBrackets)
			return list, commas, r.err == nil
		case c == closer:
			if comma && len(list.items) > 0 {
				r.note(repairCommas)
			}
			r.take(size)
			return list, commas, true
		case c == ',' || c == ';' || c == '、':
			if comma || c != ',' {
				r.note(repairCommas)
			}
			comma = true
			commas++
			r.take(size)
			continue
		case c == '}' || c == ']' || c == ')':
			if r.closing(c, size) {
				return list, commas, true
			}
			continue
		case strings.HasPrefix(r.src[r.pos:], "..."):
			r.note(repairLiteral)
			r.pos += 3
			continue
		case !comma:
			r.note(repairCommas)
		}
		start := r.pos
		v, ok := r.value(inArray)
		if !ok {
			return list, commas, r.atBreak()
		}
		if v.kind == kindString && r.open[inObject] > 0 && r.pos-start < keyLimit && r.colonAhead() {
			r.note(repairBrackets) // the list was not closed, this is the next field's name
			r.pos = start
			return list, commas, true
		}
		comma = false
		list.items = append(list.items, v)
	}
}

func (r *reader) colonAhead() bool {
	c, _ := punctuation(r.src, spaceEnd(r.src, r.pos))
	return c == ':'
}

// call reads the arguments of a call, after its opening bracket: named ones as an
// object, one by position as itself, several as an array.
func (r *reader) call() (value, bool) {
	r.note(repairCall)
	if r.depth--; r.depth < 0 {
		r.err = errDepth
		return value{}, false
	}
	defer func() { r.depth++ }()
	for r.skip(); strings.HasPrefix(r.src[r.pos:], "*"); { // **{…}
		r.pos++
	}
	if c, size := r.peek(); c == ')' {
		r.take(size)
		return value{kind: kindObject}, true
	}
	if nameAhead(r.src, r.pos) {
		return r.members(')', inCall)
	}
	v, _, ok := r.elements(')', inCall)
	if ok && len(v.items) == 1 {
		return v.items[0], true
	}
	return v, ok
}
