package normalize

import (
	"strings"
	"unicode/utf8"
)

// quotes finds the quotes that belong together and takes the spaces just inside of them out.
func (p *panguText) quotes() {
	for _, mark := range []rune{'"', '`', '״'} {
		if mark < utf8.RuneSelf && !p.holds(string(mark)) {
			continue
		}
		open := -1 // the end of the opening quotes
		for i := 0; i < len(p.r); i++ {
			if p.rune(i) != mark {
				continue
			}
			end := i + 1
			for p.rune(end) == mark {
				end++
			}
			if open >= 0 {
				p.pair(open-1, i)
				open = -1
			} else {
				open = end
			}
			i = end - 1
		}
	}
	if p.holds("'") {
		p.singleQuotes()
	}
	p.curlyQuotes()
}

// pair notes that the characters open and end are the innermost of an opening and a closing mark.
func (p *panguText) pair(open, end int) {
	p.opens[open], p.closes[end] = true, true
	p.strip(open+1, 1)
	p.strip(end-1, -1)
}

// singleQuotes finds those around nothing but Chinese characters, which are left alone.
func (p *panguText) singleQuotes() {
	for i := 0; i < len(p.r); i++ {
		if p.rune(i) != '\'' {
			continue
		}
		end := i + 1
		for p.cjk(end) {
			end++
		}
		if end > i+1 && p.rune(end) == '\'' {
			p.simple[i], p.simple[end] = true, true
			p.glued[i], p.glued[i+1], p.glued[end], p.glued[end+1] = true, true, true, true
			i = end
		}
	}
}

// curlyQuotes finds those around plain words. Some people type both as closing ones.
func (p *panguText) curlyQuotes() {
	unclosed := false
	for i := 0; i < len(p.r); i++ {
		switch p.rune(i) {
		case '\n':
			unclosed = false
		case '“':
			unclosed = true
			if end := p.plainWords(i + 1); end > i+1 && p.rune(end) == '”' {
				p.simple[i] = true
			}
		case '”':
			if end := p.plainWords(i + 1); !unclosed && end > i+1 && p.rune(end) == '”' && (p.word(i-1) || p.cjk(i-1)) {
				p.pair(i, end)
				i = end
			}
			unclosed = false
		}
	}
}

// plainWords returns the end of the words from character i on.
func (p *panguText) plainWords(i int) int {
	for p.word(i) || p.cjk(i) || p.rune(i) == '-' || p.rune(i) == '_' || p.rune(i) == ' ' {
		i++
	}
	return i
}

// brackets finds the innermost pairs of brackets and takes the spaces just inside of them out.
func (p *panguText) brackets() {
	for _, kind := range []string{"()", "[]", "{}", "<>"} {
		if !p.holds(kind[:1]) {
			continue
		}
		open := -1
		for i, r := range p.r {
			if p.hidden[i] {
				continue
			}
			switch {
			case r == rune(kind[0]):
				open = i
			case r != rune(kind[1]) || open < 0:
			case r == '>' && (p.rune(open+1) == ' ' || p.rune(i-1) == ' '):
				open = -1 // less than, greater than
			default:
				p.pair(open, i)
				open = -1
			}
		}
	}
}

// bold finds the ** of Markdown that belong together in a line.
func (p *panguText) bold() {
	open := -1 // the last asterisk that opens
	for i := 0; i < len(p.r); i++ {
		switch p.rune(i) {
		case '\n':
			open = -1
		case '*':
			end := i + 1
			for p.rune(end) == '*' {
				end++
			}
			switch l, r := p.rune(i-1), p.rune(end); {
			case end-i != 2 && end-i != 3:
			case open >= 0 && !isBlank(l):
				p.opens[open], p.closes[i] = true, true
				open = -1
			case open < 0 && end < len(p.r) && !isBlank(r):
				open = end - 1
			}
			i = end - 1
		}
	}
}

// folders are those whose names make a path of what has slashes, beside hidden ones, such as .git.
const folders = " bin boot dev etc home lib media mnt opt proc root run sbin srv sys tmp usr var " +
	"assets build config dist docs node_modules out path project public scripts src static target templates test tests tools your "

func isPathRune(r rune) bool { return isWord(r) || r != 0 && strings.ContainsRune("_-.@+*", r) }

// name returns the end of the part of a path that begins at character i, and whether it is the name of a folder.
func (p *panguText) name(i int) (end int, folder bool) {
	for end = i; isPathRune(p.rune(end)); end++ {
	}
	if p.rune(i) == '.' && 'a' <= p.rune(i+1) && p.rune(i+1) <= 'z' {
		return end, true
	}
	return end, end > i && strings.Contains(folders, " "+p.s[p.at[i]:p.at[end]]+" ")
}

// startsPath reports whether a path begins at character i: /usr, /.bashrc, ./docs/a or .git/config.
func (p *panguText) startsPath(i int) bool {
	if p.rune(i) == '/' {
		if p.rune(i+1) == '.' {
			next := p.rune(i + 2)
			return isWord(next) || next == '_' || next == '-'
		}
		_, folder := p.name(i + 1)
		return folder
	}
	if p.rune(i) == '.' && p.rune(i+1) == '/' {
		i += 2
	}
	end, folder := p.name(i)
	return folder && p.rune(end) == '/' && isPathRune(p.rune(end+1))
}

// endsPath reports whether the slash at character i ends a path of folders: /usr/ or docs/api/.
func (p *panguText) endsPath(i int) bool {
	start, parts := i, 0
	for isPathRune(p.rune(start-1)) || p.rune(start-1) == '/' {
		start--
	}
	for at := start; at < i; {
		absolute := p.rune(at) == '/'
		if absolute {
			at++
		}
		end, folder := p.name(at)
		if end == at && end < i { // two slashes
			continue
		}
		hidden := absolute && p.rune(at) == '.'
		if folder && (absolute || end < i) || hidden {
			return true
		}
		parts++
		at = end
	}
	return false
}
