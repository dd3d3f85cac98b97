package normalize

import "strings"

// A fence is what fenced code of Markdown is between: lines that begin with ``` or ~~~, however deep in lists and
// quotations. The zero fence is outside.
type fence struct {
	mark byte
	size int // of the line that opened it, 0 outside
}

// line takes the next line, and reports whether it is code or a fence.
func (f *fence) line(s string) bool {
	text := strings.TrimLeft(s, " \t>")
	if len(text) == 0 || text[0] != '`' && text[0] != '~' {
		return f.size > 0
	}
	size := 1
	for size < len(text) && text[size] == text[0] {
		size++
	}
	rest := text[size:]
	switch {
	case f.size == 0:
		if size < 3 || strings.IndexByte(rest, '`') >= 0 {
			return false
		}
		f.mark, f.size = text[0], size
	case text[0] == f.mark && size >= f.size && strings.Trim(rest, " \t\r\n") == "":
		f.size = 0
	}
	return true
}

// mayFence reports whether a fence may be in s.
func mayFence(s string) bool { return strings.Contains(s, "```") || strings.Contains(s, "~~~") }

// fenced calls mark for the lines of fenced code, fences included.
func (b *block) fenced(mark func(from, to int)) {
	if !b.holds("`~") || !mayFence(b.s) {
		return
	}
	var f fence
	start := 0
	for line := range strings.Lines(b.s) {
		end := start
		for offset := int(b.at[start]) + len(line); int(b.at[end]) < offset; {
			end++
		}
		if f.line(line) {
			mark(start, end)
		}
		start = end
	}
}

// destinationEnd returns the end of the link that begins at character i where Markdown says it: in [text](link) and
// <https://link>, where Chinese characters do not end it; i if it does not.
func (b *block) destinationEnd(i int) int {
	closed := rune('>')
	switch {
	case b.rune(i-1) == '(' && b.rune(i-2) == ']':
		closed = ')'
	case b.rune(i-1) != '<' || !b.isAddress(i):
		return i
	}
	deep := 0
	for end := i; end < len(b.r) && end < i+maxLink && !isBlank(b.r[end]); end++ {
		switch r := b.r[end]; {
		case r == '(':
			deep++
		case r == closed && deep == 0:
			return end
		case r == ')':
			deep--
		}
	}
	return i
}

// isAddress reports whether a link to the web begins at character i.
func (b *block) isAddress(i int) bool {
	s := b.s[b.at[i]:]
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// maxLink is how long such a link can be, in characters.
const maxLink = 500

// maxEntity is how long the name of an HTML entity can be.
const maxEntity = 10

// endsEntity reports whether the semicolon at character i ends an HTML entity.
func (b *block) endsEntity(i int) bool {
	for start := i - 1; start >= i-maxEntity-2; start-- {
		if r := b.rune(start); r == '&' {
			return b.entityEnd(start) == i+1
		} else if !isWord(r) && r != '#' {
			break
		}
	}
	return false
}

// entityEnd returns the end of the HTML entity that begins at character i, such as &amp;, or i.
func (b *block) entityEnd(i int) int {
	start := i + 1
	if b.rune(start) == '#' {
		start++
	}
	end := start
	for end < start+maxEntity && isWord(b.rune(end)) {
		end++
	}
	if b.rune(end) != ';' || end < i+3 {
		return i
	}
	return end + 1
}
