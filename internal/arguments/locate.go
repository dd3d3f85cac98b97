package arguments

import (
	"iter"
	"strings"
)

// candidate is a value found in a text.
type candidate struct {
	value   value
	repairs repair
	prose   bool // something stood around it
	loose   bool // it is text that only may be an object: there were no braces
	wrapped bool // it was a member of a value that only carried it
	err     error
}

// mostCandidates bounds how many values of a text are tried.
const mostCandidates = 64

// candidates finds the values of the wanted types in what a model wrote, in order. Every
// part of the text is read once: reading goes on where it stopped, found or not.
func candidates(raw string, want types) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		l := locator{want: want, yield: yield}
		l.text(raw, 3)
	}
}

type locator struct {
	want   types
	yield  func(candidate) bool
	found  int
	done   bool
	around candidate // what was found out about the text around the one that is searched
}

func (l *locator) give(c candidate) {
	if l.done {
		return
	}
	l.found++
	c.repairs |= l.around.repairs
	c.prose = c.prose || l.around.prose
	l.done = !l.yield(c) || c.err != nil || l.found == mostCandidates
}

// text finds the candidates in s. A string that holds the value is opened, at most
// layers deep.
func (l *locator) text(s string, layers int) {
	s = strings.Trim(s, " \t\r\n\uFEFF　")
	if strings.HasPrefix(s, "<think>") {
		if i := strings.Index(s, "</think>"); i >= 0 {
			s = strings.TrimSpace(s[i+len("</think>"):])
			l.around.prose = true
		}
	}
	if s == "" && l.want&typeObject != 0 {
		l.give(candidate{value: value{kind: kindObject}, repairs: repairLiteral})
		return
	}
	if c, _ := punctuation(s, 0); isQuote(c) || isLiteral(s) {
		if l.scalar(s, layers) {
			return
		}
	}
	l.scan(s)
	if l.found == 0 && !l.done {
		l.body(s)
	}
}

// scalar takes s as one value without parts, or as the string that holds the value.
func (l *locator) scalar(s string, layers int) bool {
	r := reader{src: s, depth: MaxDepth}
	v, ok := r.value(atTop)
	r.skip()
	if !ok || r.pos < len(r.src) {
		return false
	}
	switch {
	case l.want.has(&v):
		l.give(candidate{value: v, repairs: r.repairs})
	case v.kind == kindNull:
		l.give(candidate{value: value{kind: kindObject}, repairs: repairLiteral})
	case v.kind == kindString && layers > 0:
		l.around.repairs |= r.repairs | repairEncoded
		l.text(v.text, layers-1)
	default:
		return false
	}
	return true
}

// scan reads a value wherever one can begin.
func (l *locator) scan(s string) {
	last := 0 // the end of what was read
	thought := strings.LastIndex(s, "</think>")
	for i := 0; i < len(s) && !l.done; {
		if i < thought && strings.HasPrefix(s[i:], "<think>") {
			i += strings.Index(s[i:], "</think>")
			continue
		}
		c, size := punctuation(s, i)
		if !l.begins(s, i, c, size, last) {
			i += size
			continue
		}
		r := reader{src: s[i:], depth: MaxDepth}
		if escaped(r.src, size) {
			r.src = unescape(r.src)
			r.note(repairEscape)
			s, i, thought = r.src, 0, -1
		}
		v, ok := r.value(atTop)
		if r.err != nil {
			l.give(candidate{err: r.err})
			return
		}
		end := i + max(r.pos, size)
		if ok {
			around := i > 0 || strings.TrimSpace(s[end:]) != ""
			l.values(candidate{value: v, repairs: r.repairs, prose: around})
		}
		i, last = end, end
	}
}

// begins reports whether a value can begin with the character c at s[i]: an object, a
// list that is all of the text or holds an object, a call.
func (l *locator) begins(s string, i int, c rune, size, last int) bool {
	switch c {
	case '{':
		return true
	case '[':
		next := spaceEnd(s, i+size)
		if l.want&typeArray != 0 && elementAhead(s, next) {
			return true
		}
		c, _ := punctuation(s, next)
		return i == 0 && c == -1 || c == '{' || c == '[' && i == 0 || l.callAt(s, next)
	}
	if i > last && isWordByte(s[i-1]) {
		return false
	}
	return l.callAt(s, i)
}

// callAt reports whether a call with arguments stands at s[i].
func (l *locator) callAt(s string, i int) bool {
	end := wordEnd(s, i)
	if end == i || end >= len(s) {
		return false
	}
	c, size := punctuation(s, end)
	if c != '(' {
		return false
	}
	inside := spaceEnd(s, end+size)
	c, _ = punctuation(s, inside)
	if c == '{' || c == '*' || c == ')' && end+size == inside {
		return true
	}
	word := wordEnd(s, inside)
	if word == inside {
		return false
	}
	c, _ = punctuation(s, spaceEnd(s, word))
	return c == '=' || c == '('
}

func isWordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.'
}

// values gives what was read: of a list of objects each one, if lists are not wanted.
func (l *locator) values(c candidate) {
	if l.want.has(&c.value) || c.value.kind == kindObject {
		l.give(c)
		return
	}
	for _, item := range c.value.items {
		if item.kind == kindObject {
			l.give(candidate{value: item, repairs: c.repairs | repairBrackets, prose: c.prose})
		}
	}
}

// escaped reports whether the text after the opening bracket is JSON that was escaped
// once too often, as in {\"a\": 1}.
func escaped(s string, size int) bool {
	return strings.HasPrefix(s[spaceEnd(s, size):], `\"`) || strings.HasPrefix(s[size:], `\n`)
}

// unescape takes one layer of escapes away.
func unescape(s string) string {
	r := reader{src: s}
	b := make([]byte, 0, len(s))
	for r.pos < len(s) {
		if s[r.pos] == '\\' {
			b = r.escape(b, '"')
			continue
		}
		b = append(b, s[r.pos])
		r.pos++
	}
	return string(b)
}

// body reads members that stand without braces around them, as "city": "北京" or one
// name: value per line.
func (l *locator) body(s string) {
	if l.want&typeObject == 0 || !strings.ContainsAny(s, ":：") || !nameAhead(s, 0) {
		return
	}
	r := reader{src: s, depth: MaxDepth}
	v, ok := r.members(0, inObject)
	if ok && len(v.fields) > 0 && r.pos >= len(r.src) {
		l.give(candidate{value: v, repairs: r.repairs | repairBrackets, loose: true})
	}
}
